"""What is still to happen in the demo, each thing when its moment comes.

A journey is a generator: it does something and yields the moment at which it goes
on. So many journeys are told side by side, in the order of the clock.
"""

from collections.abc import Generator
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any

# Yields moments, is sent nothing, and may answer something in the end.
Journey = Generator[datetime, None, Any]


class Agenda:
    """Takes journeys and lets the one go on whose moment is next."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Journey]] = []
        self._serials = count()

    def add(self, journey: Journey) -> None:
        """Let a journey go on up to the next moment it names; ended, it is gone."""
        moment = next(journey, None)
        if moment is not None:
            heappush(self._waiting, (moment, next(self._serials), journey))

    def run(self, until: datetime) -> None:
        """Everything before that moment happens; what lies later stays undone."""
        while self._waiting and self._waiting[0][0] < until:
            _moment, _serial, journey = heappop(self._waiting)
            self.add(journey)

"""What all journeys of the demo share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from dossiers.demo.agenda import Agenda
from dossiers.demo.moments import Hours
from dossiers.demo.organisations import Office
from dossiers.demo.people import CITY
from dossiers.item_numbers import check_digit
from procedures.models import TransitNorm
from procedures.working_days import WorkingCalendar


@dataclass
class Scene:
    """The office, its calendar, the lot, and the numbers given out so far."""

    office: Office
    calendar: WorkingCalendar
    rng: Random
    agenda: Agenda = field(default_factory=Agenda)
    hours: Hours = field(init=False)
    serials: Iterator[int] = field(default_factory=lambda: count(1))
    letters: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Make the hours ready."""
        self.hours = Hours(self.calendar, self.rng)

    def item_number(self) -> str:
        """The next envelope's number, of the empty range 9900 0000."""
        serial = f"9900{next(self.serials):04d}"
        return f"EA{serial}{check_digit(serial)}VN"

    def postage(self) -> int:
        """What an envelope costs, in đồng."""
        return self.rng.randrange(26_000, 35_500, 500)


def seal_of(number: str) -> str:
    """The seal that goes with an envelope."""
    return f"NP 41{number[6:10]}"


def route_to(address: str) -> TransitNorm.Route:
    """The desk is in the city: to an address there the way is shorter."""
    if CITY in address:
        return TransitNorm.Route.SAME_DISTRICT
    return TransitNorm.Route.WITHIN_PROVINCE

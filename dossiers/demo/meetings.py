"""The meetings of the desk and the postman: what is handed over, by signed minutes.

He fetches what goes out on Tuesdays and Fridays in the afternoon, and brings then
what the desk is owed; a new dossier he brings at any hour.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.moments import at
from dossiers.demo.scans import scan_of
from dossiers.demo.scene import Scene
from dossiers.models import Handover, HandoverLine
from postal_tthc.lib.vietnamese import fold

Direction = Handover.Direction

TUESDAY, FRIDAY = 1, 4
# Before that day the post office signed on paper.
POST_SIGNS_HERE_FROM = date(2019, 6, 1)
POSTMAN = "Nguyễn Văn Bưu Tá (mẫu)"

COUNTING = timedelta(minutes=18)
BETWEEN_SIGNATURES = timedelta(minutes=3)
OUT_AFTER_IN = timedelta(minutes=25)
AFTERWARDS = timedelta(minutes=10)


@dataclass
class Load:
    """One thing in the pile: what is scanned, and what is written on its line.

    ``missing`` originals were listed and are not there.
    """

    text: str
    envelope: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    missing: int = 0


@dataclass
class Meeting:
    """One meeting: ``at`` is when both have signed for what comes in."""

    at: datetime
    coming: list[Load] = field(default_factory=list)
    going: list[Load] = field(default_factory=list)
    minutes_out: Handover | None = None

    @property
    def over(self) -> datetime:
        """When everything on the minutes has happened."""
        return self.at + OUT_AFTER_IN + AFTERWARDS


class Meetings:
    """Arranges meetings and holds them when their moment comes."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._planned: dict[datetime, Meeting] = {}

    def on(self, moment: datetime) -> Meeting:
        """The meeting at that moment, arranged if need be."""
        if moment not in self._planned:
            self._planned[moment] = Meeting(moment)
            self._scene.agenda.add(self._hold(self._planned[moment]))
        return self._planned[moment]

    def after(self, moment: datetime) -> Meeting:
        """The next one for which something ready at ``moment`` is in time."""
        day = timezone.localdate(moment)
        while True:
            meeting_at = at(day, 15, 5 + day.day)
            in_time = moment + COUNTING + BETWEEN_SIGNATURES < meeting_at
            if in_time and self._is_a_day_of_his(day):
                return self.on(meeting_at)
            day += timedelta(days=1)

    def _is_a_day_of_his(self, day: date) -> bool:
        works = self._scene.calendar.is_working_day(day)
        return works and day.weekday() in (TUESDAY, FRIDAY)

    def _hold(self, meeting: Meeting) -> Journey:
        desk_signs = meeting.at - BETWEEN_SIGNATURES
        yield desk_signs
        minutes_in = self._count(Direction.IN, meeting.coming, desk_signs)
        yield meeting.at
        self._sign_for_post(minutes_in, meeting.at)
        desk_signs += OUT_AFTER_IN
        yield desk_signs
        meeting.minutes_out = self._count(Direction.OUT, meeting.going, desk_signs)
        yield meeting.at + OUT_AFTER_IN
        self._sign_for_post(meeting.minutes_out, meeting.at + OUT_AFTER_IN)

    def _count(
        self, direction: Direction, pile: list[Load], signed_at: datetime
    ) -> Handover | None:
        """Count the pile and sign for the desk; None when there is no pile."""
        if not pile:
            return None
        clerk, moment = self._scene.office.clerk, signed_at - COUNTING
        minutes = actions.open_handover(
            self._scene.office.desk, direction, by=clerk, at=moment
        )
        for load in pile:
            moment += timedelta(minutes=1)
            scanned = actions.scan(minutes, load.text, by=clerk, at=moment)
            if load.envelope:
                actions.scan(minutes, load.envelope, by=clerk, at=moment)
            for line in scanned.lines:
                actions.write_line(line, _facts(load, line), by=clerk)
        return actions.sign_for_desk(minutes, by=clerk, at=signed_at)

    def _sign_for_post(self, minutes: Handover | None, moment: datetime) -> None:
        office = self._scene.office
        if minutes is None:
            return
        if minutes.day >= POST_SIGNS_HERE_FROM:
            actions.sign_for_post(minutes, by=office.postal_clerk, at=moment)
            return
        name = f"{fold(minutes.code)}.pdf"
        actions.record_paper_signature(
            minutes,
            signatory=POSTMAN,
            signed_at=moment,
            scan=scan_of(name, minutes.code),
            by=office.clerk,
        )


def _facts(load: Load, line: HandoverLine) -> dict[str, Any]:
    if not load.missing:
        return load.facts
    return load.facts | {"originals": line.originals - load.missing}

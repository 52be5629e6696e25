"""What synthetic dossiers have in common: agencies, procedures, people, days.

Plain values only, so that a helper process can be given all of it.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random

from dossiers.deadlines import Policy, resumed
from dossiers.demo.people import People
from dossiers.statuses import ApplicantKind
from postal_tthc.lib.vietnamese import fold
from procedures.working_days import TimeUnit, WorkingCalendar

PEOPLE = 3_000  # different applicants; after that the same ones come again
ASKS = (*["person"] * 7, "commune itself", "commune itself", "department", "company")
LAST_DELAY = 400  # calendar days after the last receipt that steps may fall on
# Minutes after midnight in Vietnam. ``CLOCK`` writes them in UTC: the same day still.
OPENS, CLOSES = 7 * 60 + 30, 16 * 60 + 30
UTC_OFFSET = 7 * 60
CLOCK = {
    n: f"{(n - UTC_OFFSET) // 60:02d}:{(n - UTC_OFFSET) % 60:02d}:00"
    for n in range(UTC_OFFSET, 24 * 60)
}


@dataclass(frozen=True)
class Place:
    """An agency with its counter, its post office and its people, by their numbers.

    ``numbers`` has what its series of the days have given out before.
    """

    agency: int
    desk: int
    post_office: int
    clerk: int
    officer: int
    postal_clerk: int
    identifiers: tuple[tuple[date, str], ...]
    rules: tuple["Rule", ...]
    postal_rules: tuple["Rule", ...]
    numbers: dict[date, int] = field(default_factory=dict)

    def identifier_on(self, day: date) -> str:
        """The identifier in codes of that day."""
        return next(value for since, value in self.identifiers if since <= day)


@dataclass(frozen=True)
class Rule:
    """A procedure as its dossiers keep it; ``papers`` are names and forms."""

    procedure: int
    days: int
    unit: str
    policy: str
    papers: tuple[tuple[str, str], ...]

    @cached_property
    def written(self) -> tuple[int, int, str, str]:
        """The columns of a dossier that its procedure fills."""
        return self.procedure, self.days, self.unit, self.policy


@dataclass(frozen=True)
class Person:
    """An applicant, with the folded name for search."""

    kind: str
    name: str
    id_number: str
    phone: str
    email: str
    address: str
    representative: str
    folded: str

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The columns of a dossier that its applicant fills."""
        return (
            self.kind,
            self.name,
            self.id_number,
            self.phone,
            self.email,
            self.address,
            self.representative,
        )

    @cached_property
    def addressed(self) -> tuple[str, str, str]:
        """Where a result goes by post."""
        return self.name, self.phone, self.address


class Days:
    """The working days from the first receipt on, by their places in a row."""

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        self.calendar = calendar
        self.first = first
        length = (last - first).days + LAST_DELAY
        every = [first + timedelta(days=n) for n in range(length + 1)]
        self.working = [day for day in every if calendar.is_working_day(day)]
        self.text = [day.isoformat() for day in self.working]
        self.quoted = [f'"{day}"' for day in self.text]
        # Of each calendar day the place of the first working day not before it.
        self.next_place: list[int] = []
        place = 0
        for day in every:
            if place < len(self.working) and self.working[place] < day:
                place += 1
            self.next_place.append(place)

    def due(self, place: int, days: int, unit: str) -> int:
        """The place of the due day of a period that begins at a working day."""
        if unit == TimeUnit.WORKING_DAYS:
            return place + days
        if not days:
            return place
        return self.next_place[(self.working[place] - self.first).days + days]

    def resumed(self, rule: Rule, due: int, stopped: int, goes_on: int) -> int:
        """The place of the due day once a supplement is complete."""
        day = resumed(
            Policy(rule.policy),
            due_on=self.working[due],
            stopped_on=self.working[stopped],
            resumed_on=self.working[goes_on],
            processing_time=rule.days,
            unit=TimeUnit(rule.unit),
            calendar=self.calendar,
        )
        return self.next_place[(day - self.first).days]

    def last_not_after(self, day: date) -> int:
        """The place of the last working day up to a day; -1 before the first."""
        return bisect_right(self.working, day) - 1


def make_people(rng: Random) -> tuple[Person, ...]:
    """The applicants, each marked as a sample by the name."""
    people, made = People(rng), []
    for _ in range(PEOPLE):
        x = people.applicant(rng.choice(ASKS))
        made.append(
            Person(
                kind=ApplicantKind(x.kind).value,
                name=x.name,
                id_number=x.id_number,
                phone=x.phone,
                email=x.email,
                address=x.address,
                representative=x.representative,
                folded=fold(f"{x.name} {x.representative}"),
            )
        )
    return tuple(made)


@dataclass(frozen=True)
class Scenery:
    """Everything that a day of receipts is dealt from.

    ``today`` and ``live`` are places: what was received before ``live`` was taken
    over from an old register, with nothing but its days.
    """

    seed: int
    days: Days
    today: int
    live: int
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    starts: dict[str, int]

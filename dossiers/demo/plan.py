"""Which dossiers come in, when, for what, how they travel and how they end.

Drawn by lot within ``counts``, and always the same: no clock, no database.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random
from typing import TypeVar

from django.utils import timezone

from dossiers.demo.aftermath import aftermath
from dossiers.demo.catalogue import BY_POST, Row
from dossiers.demo.counts import (
    CUT_OFF,
    FIXED_DAYS,
    LAST_BY_POST,
    LAST_SERVED_LATE,
    YEARS,
    Fate,
    Year,
)
from dossiers.demo.moments import Moments
from dossiers.demo.stories import Receipt, deal
from dossiers.statuses import IntakeChannel, ReturnChannel
from procedures.working_days import TimeUnit, WorkingCalendar

T = TypeVar("T")

# How dossiers that do not go by post come in and go out, in hundredths.
INTAKE = {
    IntakeChannel.COUNTER: 70,
    IntakeChannel.ONLINE: 25,
    IntakeChannel.OTHER_COURIER: 5,
}
RETURN = {ReturnChannel.COUNTER: 90, ReturnChannel.ONLINE: 10}


def plan(rows: Iterable[Row], calendar: WorkingCalendar, rng: Random) -> list[Receipt]:
    """Every dossier of the demo in the order of receipt."""
    rows = tuple(rows)
    counted = [
        receipt for year in YEARS for receipt in deal(_plan(year, rows, calendar, rng))
    ]
    return counted + aftermath(rows)


def _plan(
    year: Year, rows: tuple[Row, ...], calendar: WorkingCalendar, rng: Random
) -> list[Receipt]:
    moments = Moments(calendar, rng)
    by_post = [
        moments.in_month(year.number, month, until=LAST_BY_POST)
        for month, count in enumerate(year.by_post, start=1)
        for _ in range(count)
    ]
    others = [
        moments.in_month(year.number, month, until=CUT_OFF)
        for month, count in enumerate(year.others, start=1)
        for _ in range(count)
    ]
    fates = _deal_fates(year, by_post, others, rng)
    fates |= {moments.on(day): fate for day, fate in year.fixed.items()}
    journeys = zip(
        by_post, _rows_by_post(year, rows, rng), _ways_by_post(year, rng), strict=True
    )
    receipts = [Receipt(at, row, *way, fates[at]) for at, row, way in journeys] + [
        _other(at, fate, rows, rng) for at, fate in fates.items() if at not in by_post
    ]
    return sorted(receipts, key=lambda receipt: receipt.at)


def _deal_fates(
    year: Year, by_post: list[datetime], others: list[datetime], rng: Random
) -> dict[datetime, Fate]:
    everybody = [*by_post, *others]
    fates = dict.fromkeys(everybody, Fate.EARLY)

    def deal(fate: Fate, count: int, among: Iterable[datetime]) -> None:
        left = [moment for moment in among if fates[moment] == Fate.EARLY]
        fates.update(dict.fromkeys(rng.sample(left, count), fate))

    deal(Fate.REFUSED, year.refused, others)
    deal(Fate.WITHDRAWN, year.withdrawn, others)
    deal(
        Fate.LATE,
        year.late,
        (at for at in everybody if timezone.localdate(at) <= LAST_SERVED_LATE),
    )
    deal(Fate.ON_TIME, year.on_time, everybody)
    return fates


def _rows_by_post(year: Year, rows: tuple[Row, ...], rng: Random) -> list[Row]:
    used = [row for row in rows if row.post == BY_POST and row.asked]
    counted = zip(used, year.used, strict=True)
    dealt = [row for row, count in counted for _ in range(count)]
    rng.shuffle(dealt)
    return dealt


def _ways_by_post(year: Year, rng: Random) -> list[tuple[IntakeChannel, ReturnChannel]]:
    posted, by_return = IntakeChannel.PUBLIC_POST, ReturnChannel.PUBLIC_POST
    ways = [(posted, by_return)] * year.both_legs
    ways += [(posted, ReturnChannel.COUNTER)] * year.intake_only
    ways += [
        (rng.choice((IntakeChannel.COUNTER, IntakeChannel.ONLINE)), by_return)
        for _ in range(sum(year.by_post) - len(ways))
    ]
    rng.shuffle(ways)
    return ways


def _other(at: datetime, fate: Fate, rows: tuple[Row, ...], rng: Random) -> Receipt:
    day = timezone.localdate(at)
    asked = [row for row in rows if row.asked and row.is_in_force(day)]
    if fate in {Fate.LEFT_OVER, Fate.NOT_COLLECTED}:
        asked = [
            row
            for row in asked
            if row.unit == TimeUnit.WORKING_DAYS and row.version(day).days == FIXED_DAYS
        ]
    row = _draw({row: row.asked for row in asked}, rng)
    returned = _draw(RETURN, rng)
    if fate == Fate.NOT_COLLECTED:
        returned = ReturnChannel.COUNTER
    return Receipt(at, row, _draw(INTAKE, rng), returned, fate)


def _draw(weights: Mapping[T, int], rng: Random) -> T:
    return rng.choices(list(weights), list(weights.values()))[0]

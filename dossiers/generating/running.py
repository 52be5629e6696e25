"""Generating: how many on which day, told by a helper process, written by this one."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import perf_counter
from typing import Any

from django.utils.translation import gettext as _

from dossiers.generating import settling, tables, telling, writing
from dossiers.generating.scenery import Days, Place, Scenery, make_people
from dossiers.models import Dossier, NumberSeries
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Invalid
from procedures.calendar import working_calendar

FIRST_DAY = date(2019, 1, 2)
# The system was taken into use so long ago; what is older came from old registers.
LIVE = timedelta(days=2 * 365)
A_SLICE = 1_000  # dossiers told and written at a time
WORTH_A_HELPER = 5_000  # dossiers
AHEAD = 8  # slices that helpers may be ahead; what waits to be written lies in memory
GROWTH = 0.08  # a year
QUIET_MONTHS, QUIET = (1, 2), 0.7  # around Tết

# A slice: the places of its days, the number of its first dossier, how many a day.
Slice = list[tuple[int, int, int]]
# The last running number given out to an agency on a day.
Numbers = dict[tuple[int, str], int]


@dataclass(frozen=True)
class Generated:
    """How many dossiers, how many rows of all tables, and how long writing took."""

    dossiers: int
    rows: int
    seconds: float


def generate(
    count: int,
    seed: int,
    *,
    until: date,
    organisation: Organisation | None = None,
    beside_real_data: bool = False,
    each: Callable[[int], None] | None = None,
) -> Generated:
    """Write ``count`` synthetic dossiers, received from 2019 up to ``until``.

    All or nothing. The same count, seed and day give the same dossiers in the same
    database. Without ``organisation``, which must be a sample, sample agencies are
    added. ``each`` hears how many are written. Raises ``Conflict`` or ``Invalid``.
    """
    if until <= FIRST_DAY:
        raise Invalid(
            _("The last day must be after %(first)s.")
            % {"first": f"{FIRST_DAY:%d/%m/%Y}"}
        )
    settling.check_may_be_filled(beside_real_data=beside_real_data)
    if organisation is None:
        places = settling.settle(FIRST_DAY)
    else:
        places = (settling.place_of(organisation, FIRST_DAY),)
    scenery = _scenery(seed, places, until)
    before = Dossier.objects.count()
    started, done, rows = perf_counter(), 0, 0
    last: Numbers = {}
    pays = count >= writing.WORTH_REBUILDING and count >= before
    hastily = not settling.holds_real_data()
    with _without_collecting(), writing.bulk(rebuilds_indexes=pays, hastily=hastily):
        for told, given in _told(scenery, slices(scenery, count)):
            rows += writing.write(told)
            last |= given
            done += told.dossiers
            if each is not None:
                each(done)
        _keep_numbers(last)
    return Generated(done, rows, perf_counter() - started)


def _scenery(seed: int, places: tuple[Place, ...], until: date) -> Scenery:
    days = Days(working_calendar(FIRST_DAY, until), FIRST_DAY, until)
    return Scenery(
        seed=seed,
        days=days,
        today=days.last_not_after(until),
        live=days.last_not_after(until - LIVE) + 1,
        places=places,
        people=make_people(Random(seed)),
        starts=writing.next_numbers(),
    )


def slices(scenery: Scenery, count: int) -> Iterator[Slice]:
    """The days of receipt with their dossiers, in parts of about ``A_SLICE``."""
    working = scenery.days.working[: scenery.today + 1]
    weights = [
        (1 + GROWTH * (day.year - FIRST_DAY.year))
        * (QUIET if day.month in QUIET_MONTHS else 1)
        for day in working
    ]
    whole, reached, given = sum(weights), 0.0, 0
    part: Slice = []
    for place, weight in enumerate(weights):
        reached += weight
        upto = round(count * reached / whole)
        if upto > given:
            part.append((place, given, upto - given))
            given = upto
        if part and given - part[0][1] >= A_SLICE:
            yield part
            part = []
    if part:
        yield part


def _told(
    scenery: Scenery, parts: Iterator[Slice]
) -> Iterator[tuple[writing.Packed, Numbers]]:
    """The rows of every part, in order; on a second processor where there is one."""
    _begin(scenery)
    listed = list(parts)
    count = sum(x[2] for part in listed for x in part)
    helpers = (os.cpu_count() or 1) - 1
    if not helpers or count < WORTH_A_HELPER:
        yield from map(_tell, listed)
        return
    # Forked, so that the scenery need not be sent; it never asks the database.
    context = multiprocessing.get_context("fork")
    with context.Pool(helpers) as pool:
        waiting: deque[Any] = deque()
        for part in listed:
            waiting.append(pool.apply_async(_tell, (part,)))
            if len(waiting) > AHEAD * helpers:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


_present: list[Scenery] = []


def _begin(scenery: Scenery) -> None:
    """What the helpers find when they are forked."""
    _present[:] = [scenery]


def _tell(part: Slice) -> tuple[writing.Packed, Numbers]:
    (scenery,) = _present
    rows, last = tables.empty(), Numbers()
    with _without_collecting():
        for place, first, count in part:
            last |= telling.tell_day(scenery, rows, place, first, count)
        return writing.pack(rows), last


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of small rows, and no circles among them: nothing to look for."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _keep_numbers(last: Numbers) -> None:
    """The series of the days go on after the numbers given out here."""
    NumberSeries.objects.bulk_create(
        (
            NumberSeries(
                kind=NumberSeries.Kind.DOSSIER, agency_id=agency, day=day, last=number
            )
            for (agency, day), number in last.items()
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["agency", "day", "kind"],
        update_fields=["last"],
    )

"""What the columns of a register say of a dossier."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from dossiers.models import Dossier, PostalItem
from postal_tthc.lib.sheets import Cell
from procedures.models import Leg
from procedures.spreadsheets.cells import write_text
from procedures.spreadsheets.lines import ProcessingTime
from procedures.spreadsheets.phrases import write_time
from procedures.working_days import TimeUnit


def field(name: str) -> Callable[[Dossier], Cell]:
    """The writer of a field of text, as it is."""

    def write(dossier: Dossier) -> Cell:
        return write_text(getattr(dossier, name))

    return write


def own(name: str) -> Callable[[Dossier], Cell]:
    """The writer of a field of another kind: a day or a number."""

    def write(dossier: Dossier) -> Any:
        return getattr(dossier, name)

    return write


def word(name: str, named: dict[str, str]) -> Callable[[Dossier], Cell]:
    """The writer of a choice, in words."""

    def write(dossier: Dossier) -> Cell:
        return named.get(getattr(dossier, name)) or None

    return write


def received_on(dossier: Dossier) -> date | None:
    """The day of receipt, here; none of what nobody has received."""
    # Until then ``received_at`` is when it was announced.
    if dossier.clock_started_on is None:
        return None
    return timezone.localdate(dossier.received_at)


def received_time(dossier: Dossier) -> Cell:
    """The hour of receipt, here: ``08:30``; none of what nobody has received."""
    if dossier.clock_started_on is None:
        return None
    return f"{timezone.localtime(dossier.received_at):%H:%M}"


def return_items(dossier: Dossier) -> list[PostalItem]:
    """Its envelopes on the way back, the first one first."""
    return _items_of(dossier, Leg.RETURN)


def _items_of(dossier: Dossier, leg: str) -> list[PostalItem]:
    # Sorted here: asked for in an order, what was fetched ahead is fetched again.
    found = [item for item in dossier.postal_items.all() if item.leg == leg]
    return sorted(found, key=lambda item: item.pk)


def items(leg: str) -> Callable[[Dossier], Cell]:
    """The writer of the item numbers of a leg."""

    def write(dossier: Dossier) -> Cell:
        return ", ".join(item.number for item in _items_of(dossier, leg)) or None

    return write


def sum_of_return(name: str) -> Callable[[Dossier], Cell]:
    """The writer of a sum (đồng) over the items on the way back; none is empty."""

    def write(dossier: Dossier) -> Cell:
        known = [getattr(item, name) for item in return_items(dossier)]
        return sum(x for x in known if x) if any(x is not None for x in known) else None

    return write


def posted_on(dossier: Dossier) -> Cell:
    """The last day on which the post took the result."""
    days = [item.posted_on for item in return_items(dossier)]
    return max(filter(None, days), default=None)


def version(dossier: Dossier) -> int | None:
    """The sequence of its last entry, as ``for_writing`` fetched it."""
    known = getattr(dossier, "version", None)
    if known is None:
        known = dossier.custody.aggregate(last=Max("sequence"))["last"]
    return known


def time_allowed(dossier: Dossier) -> Cell:
    """The processing time in the words of the catalogue."""
    unit = TimeUnit(dossier.time_unit)
    return write_time(ProcessingTime(dossier.processing_time, unit))

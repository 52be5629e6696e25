"""What the columns of a register say of a dossier."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from dossiers.models import Dossier
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


def received_on(dossier: Dossier) -> date:
    """The day of receipt, here."""
    return timezone.localdate(dossier.received_at)


def received_time(dossier: Dossier) -> Cell:
    """The hour of receipt, here: ``08:30``."""
    return f"{timezone.localtime(dossier.received_at):%H:%M}"


def items(leg: str) -> Callable[[Dossier], Cell]:
    """The writer of the item numbers of a leg."""

    def write(dossier: Dossier) -> Cell:
        found = [x for x in dossier.postal_items.all() if x.leg == leg]
        numbers = [item.number for item in sorted(found, key=lambda item: item.pk)]
        return ", ".join(numbers) or None

    return write


def sum_of_return(name: str) -> Callable[[Dossier], Cell]:
    """The writer of a sum (đồng) over the items on the way back; none is empty."""

    def write(dossier: Dossier) -> Cell:
        found = [x for x in dossier.postal_items.all() if x.leg == Leg.RETURN]
        known = [getattr(item, name) for item in found]
        return sum(x for x in known if x) if any(x is not None for x in known) else None

    return write


def posted_on(dossier: Dossier) -> Cell:
    """The last day on which the post took the result."""
    found = [x for x in dossier.postal_items.all() if x.leg == Leg.RETURN]
    return max((item.posted_on for item in found if item.posted_on), default=None)


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

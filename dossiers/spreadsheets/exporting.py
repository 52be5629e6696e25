"""Writing dossiers to a file: what somebody asked for, in bounded memory.

The dossiers come from the database in slices, each with what its columns need, and
leave row by row; a million of them take no more memory than a thousand.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

from django.db.models import Max, Min, Prefetch
from django.http import QueryDict
from django.utils.translation import gettext as _

from dossiers.filters import DossierFilter, narrow_to_tab
from dossiers.models import CustodyEntry, Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.spreadsheets.columns import SHOWN, by_key
from dossiers.spreadsheets.layouts import LAYOUTS, Layout, Span, keys_written
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Invalid
from postal_tthc.lib import big_sheets
from postal_tthc.lib.vietnamese import write_number

SLICE = 500
EVERYTHING = tuple(column.key for column in SHOWN)
# Filters that an own part of the wish says, or that only turn pages.
NOT_FILTERS = ("after", "template", "layout", "columns", "order", "renaming", "name")
NEWEST, BY_RECEIPT = "newest", "receipt"
ORDERS = {NEWEST: ("-received_at", "-pk"), BY_RECEIPT: ("received_at", "pk")}
# Long, and of no column.
UNUSED = ("search_text", "last_seal", "public_token")


@dataclass(frozen=True)
class Wish:
    """What is to be written, and how.

    ``query`` has the filters of the page; ``columns`` stand in the order of the sheet.
    """

    query: str = ""
    layout: str = "columns"
    columns: tuple[str, ...] = EVERYTHING
    order: str = NEWEST
    file_format: str = "xlsx"

    @classmethod
    def of(cls, parameters: dict[str, Any]) -> Self:
        """The wish that was kept as plain values."""
        return cls(**{**parameters, "columns": tuple(parameters["columns"])})

    def parameters(self) -> dict[str, Any]:
        """The wish as plain values, to be kept."""
        return {**asdict(self), "columns": list(self.columns)}


@dataclass(frozen=True)
class Chosen:
    """The dossiers of a wish, and the days they were asked for."""

    dossiers: DossierQuerySet
    span: Span = field(default_factory=Span)


def choose(wish: Wish, user: User) -> Chosen:
    """The dossiers that this person sees with these filters.

    Raises ``Invalid`` when the filters say nothing that can be looked up.
    """
    query = QueryDict(wish.query)
    visible = Dossier.objects.visible_to(user)
    request = SimpleNamespace(user=user)
    narrowed = DossierFilter(query, queryset=visible, request=request)
    if not narrowed.form.is_valid():
        raise Invalid(_("The filters are not understood. Set them again."))
    layout, tab = LAYOUTS[wish.layout], query.get("tab", "all")
    found = _belonging(narrow_to_tab(narrowed.qs, tab), layout)
    days = narrowed.form.cleaned_data
    start, end, before = days["received_from"], days["received_to"], 0
    if start:
        undated = query.copy()
        for name in ("received_from", "received_to"):
            undated.pop(name, None)
        rest = DossierFilter(undated, queryset=visible, request=request)
        before = numbered_before(narrow_to_tab(rest.qs, tab), start)
    return Chosen(found, span_of(found, layout, Span(start, end, before)))


def of_organisation(
    wish: Wish, organisation: Organisation, start: date, end: date
) -> Chosen:
    """What an organisation and all below it received on these days."""
    whole = Dossier.objects.of(organisation)
    found = whole.filter(clock_started_on__range=(start, end))
    span = Span(start, end, numbered_before(whole, start))
    return Chosen(_belonging(found, LAYOUTS[wish.layout]), span)


def _belonging(dossiers: DossierQuerySet, layout: Layout) -> DossierQuerySet:
    return dossiers if layout.narrow is None else dossiers.filter(layout.narrow)


def span_of(dossiers: DossierQuerySet, layout: Layout, asked: Span) -> Span:
    """The days that an official sheet names: where none were asked for, its own."""
    if not layout.by_receipt or (asked.start and asked.end):
        return asked
    found = dossiers.order_by().aggregate(
        first=Min("clock_started_on"), last=Max("clock_started_on")
    )
    return replace(
        asked, start=asked.start or found["first"], end=asked.end or found["last"]
    )


def numbered_before(dossiers: DossierQuerySet, start: date) -> int:
    """How many stand in the book of that year before a day."""
    same_year = dossiers.filter(clock_started_on__year=start.year)
    return same_year.filter(clock_started_on__lt=start).count()


def write(
    chosen: Chosen,
    wish: Wish,
    organisation: Organisation,
    path: Path,
    *,
    each: Callable[[int], None] | None = None,
) -> int:
    """Write the file and answer how many dossiers are in it.

    ``each`` hears how many are done. Raises ``Invalid`` for more than a sheet holds.
    """
    layout, done = LAYOUTS[wish.layout], 0

    def counted() -> Iterator[Dossier]:
        nonlocal done
        for dossier in in_slices(chosen.dossiers, wish):
            yield dossier
            done += 1
            if each is not None:
                each(done)

    table = layout.table(wish.columns, organisation, chosen.span)
    rows = layout.rows(counted(), wish.columns, chosen.span)
    try:
        big_sheets.write(table, rows, path, wish.file_format)
    except big_sheets.TooManyRows:
        raise too_many() from None
    return done


def too_many() -> Invalid:
    """The sentence for more rows than a sheet holds."""
    return Invalid(
        _("A sheet holds %(most)s dossiers at most. Narrow the list, by year say.")
        % {"most": write_number(big_sheets.MOST_ROWS)}
    )


def in_slices(dossiers: DossierQuerySet, wish: Wish) -> Iterator[Dossier]:
    """The dossiers in their order, each with what the sheet reads of it."""
    layout = LAYOUTS[wish.layout]
    needs = set(layout.needs)
    keys = keys_written(wish.columns) if wish.layout == "columns" else ()
    for key in keys:
        needs.update(by_key[key].needs)
    order = BY_RECEIPT if layout.by_receipt else wish.order
    ordered = dossiers.order_by(*ORDERS[order]).defer(*UNUSED)
    # Fetched by slices, not joined: the same procedure is made once, not for each.
    ahead = [_ahead(need) for need in sorted(needs)]
    left = ordered.prefetch_related(*ahead).iterator(chunk_size=SLICE)
    while part := list(islice(left, SLICE)):
        if "version" in keys:
            _add_versions(part)
        yield from part
        # What was fetched ahead points back at its dossier: such circles lie about
        # until Python looks for them, by the hundred thousand.
        for dossier in part:
            getattr(dossier, "_prefetched_objects_cache", {}).clear()


def _ahead(need: str) -> str | Prefetch:
    if need == "custody":
        fields = ("dossier", "sequence", "step", "at")
        return Prefetch("custody", CustodyEntry.objects.only(*fields))
    return need


def _add_versions(part: list[Dossier]) -> None:
    """The last sequence of each: grouped here, not over the whole table at once."""
    entries = CustodyEntry.objects.filter(dossier__in=part).order_by()
    known = dict(entries.values_list("dossier").annotate(last=Max("sequence")))
    for dossier in part:
        dossier.version = known.get(dossier.pk)

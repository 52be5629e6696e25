"""The totals of an agency as pages show them: a year, and a month to fill in."""

from dataclasses import dataclass
from datetime import date, datetime

from auditlog.models import LogEntry
from django.utils.translation import gettext as _

from dossiers.actions.opening import months_with_dossiers
from dossiers.models import OpeningTotal
from dossiers.models.opening_total import NUMBERS
from dossiers.opening_rules import label, open_after
from postal_tthc.accounts.models import Organisation
from procedures.models import Procedure

OPEN = "open"
MOST_DEEDS = 60


@dataclass(frozen=True)
class Offer:
    """A procedure that a month may have totals of."""

    procedure: Procedure
    is_in_force: bool


def offers(agency: Organisation, month: date) -> list[Offer]:
    """Every procedure of the agency, one version each: those in force come first.

    The catalogue of the years before the system is often not here, so a procedure
    out of force is offered too, by the version nearest to the month.
    """
    by_code: dict[str, list[Procedure]] = {}
    versions = Procedure.objects.filter(agency=agency).select_related("field")
    for version in versions.order_by("code", "in_force_from"):
        by_code.setdefault(version.code, []).append(version)
    after = next_month(month)
    found = []
    for known in by_code.values():
        begun = [x for x in known if x.in_force_from < after]
        version = begun[-1] if begun else known[0]
        is_in_force = bool(begun) and (
            version.in_force_to is None or version.in_force_to >= month
        )
        found.append(Offer(version, is_in_force))
    return sorted(
        found,
        key=lambda x: (not x.is_in_force, x.procedure.field.name, x.procedure.code),
    )


@dataclass(frozen=True)
class BookMonth:
    """A month of the year: what it holds, so that a page can say it."""

    month: date
    has_totals: bool
    has_dossiers: bool
    is_over: bool
    number: int


@dataclass(frozen=True)
class BookRow:
    """A procedure through the year; None where nothing stands."""

    procedure: Procedure
    numbers: tuple[int | None, ...]
    total: int


@dataclass(frozen=True)
class Year:
    """One number of every procedure and month; ``total`` is of the last column."""

    year: int
    months: tuple[BookMonth, ...]
    rows: tuple[BookRow, ...]
    total: int


def year_of(agency: Organisation, year: int, show: str, *, today: date) -> Year:
    """The year of an agency, by one of ``NUMBERS`` or ``OPEN``.

    What is open is added over procedures, never over months: its total is that of
    the end of the year.
    """
    first, last = date(year, 1, 1), date(year, 12, 1)
    months = [date(year, n, 1) for n in range(1, 13)]
    accounts = _accounts(agency, last)
    rows = []
    for account in accounts.values():
        inside = {row.month: row for row in account if row.month >= first}
        is_left = open_after(row for row in account if row.month < first)
        if not inside and not is_left:
            continue
        if show == OPEN:
            numbers = tuple(_open_in(account, month) for month in months)
            total = numbers[-1] or 0
        else:
            numbers = tuple(
                getattr(inside[m], show) if m in inside else None for m in months
            )
            total = sum(n or 0 for n in numbers)
        rows.append(BookRow(account[-1].procedure, numbers, total))
    rows.sort(key=lambda x: (x.procedure.field.name, x.procedure.code))
    itemised = months_with_dossiers(agency, months)
    with_totals = {row.month for account in accounts.values() for row in account}
    return Year(
        year,
        tuple(
            BookMonth(
                month,
                month in with_totals,
                month in itemised,
                next_month(month) <= today,
                sum(row.numbers[n] or 0 for row in rows),
            )
            for n, month in enumerate(months)
        ),
        tuple(rows),
        sum(row.total for row in rows),
    )


def open_before(agency: Organisation, month: date) -> dict[str, int]:
    """How many each procedure with earlier totals has open when the month begins."""
    accounts = _accounts(agency, month)
    return {
        code: open_after(row for row in account if row.month < month)
        for code, account in accounts.items()
        if account[0].month < month
    }


def standing(agency: Organisation, month: date) -> dict[str, OpeningTotal]:
    """What stands for a month, by procedure code."""
    rows = OpeningTotal.objects.filter(organisation=agency, month=month)
    rows = rows.select_related("procedure__field", "document", "entered_by")
    return {row.procedure.code: row for row in rows}


@dataclass(frozen=True)
class Deed:
    """What somebody did to a row of the month; old and new numbers where it changed."""

    deed: str
    subject: str
    at: datetime
    who: str
    reason: str
    changes: list[tuple[str, str, str]]


def history(agency: Organisation, month: date) -> list[Deed]:
    """Who entered, changed or took away totals of the month, newest first."""
    logs = LogEntry.objects.get_for_model(OpeningTotal).select_related("actor")
    about = logs.filter(
        additional_data__agency=agency.pk, object_repr__endswith=f" {month:%m/%Y}"
    )
    return [_deed(entry) for entry in about.order_by("-timestamp", "-pk")[:MOST_DEEDS]]


def _deed(entry: LogEntry) -> Deed:
    words = {
        LogEntry.Action.CREATE: _("added"),
        LogEntry.Action.UPDATE: _("changed"),
        LogEntry.Action.DELETE: _("taken away"),
    }
    told = {} if entry.action == LogEntry.Action.CREATE else entry.changes
    changes = [
        (label(name), old, "–" if new == "None" else new)
        for name, (old, new) in told.items()
        if name in NUMBERS and {old, new} - {"0", "None"}
    ]
    return Deed(
        deed=words.get(entry.action, ""),
        subject=entry.object_repr,
        at=entry.timestamp,
        who=str(entry.actor or ""),
        reason=(entry.additional_data or {}).get("reason", ""),
        changes=changes,
    )


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _open_in(account: list[OpeningTotal], month: date) -> int | None:
    if month < account[0].month:
        return None
    return open_after(row for row in account if row.month <= month)


def _accounts(agency: Organisation, last: date) -> dict[str, list[OpeningTotal]]:
    """The rows of each code up to a month, in the order of months."""
    accounts: dict[str, list[OpeningTotal]] = {}
    rows = OpeningTotal.objects.filter(organisation=agency, month__lte=last)
    for row in rows.select_related("procedure__field").order_by("month"):
        accounts.setdefault(row.procedure.code, []).append(row)
    return accounts

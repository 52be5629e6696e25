"""Totals of the years before the system: entering, changing, taking away.

A month of an agency has dossiers or totals that receive, never both. Whoever writes
totals holds the agency's row alone; whoever receives a dossier holds it with others.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import Dossier, OpeningTotal
from dossiers.models.opening_total import NUMBERS, month_of
from dossiers.opening_permissions import check_can_enter_totals
from dossiers.opening_rules import FIRST_YEAR, Fault, account_faults, row_faults
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from procedures.models import Decision, Procedure

KEPT = (*NUMBERS, "source", "document_id")


@dataclass(frozen=True)
class Source:
    """Where the numbers stand: in words, and the document when it is registered."""

    text: str
    document: Decision | None = None


@dataclass(frozen=True)
class Written:
    """How many rows were added, changed and taken away."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@transaction.atomic
def enter_totals(
    agency: Organisation,
    rows: Sequence[OpeningTotal],
    *,
    source: Source,
    by: User,
    at: datetime,
    reason: str = "",
    seen: str | None = None,
) -> Written:
    """Write the totals of procedures and months; all rows, or none.

    ``rows`` are unsaved, each with its procedure, month and numbers. One takes the
    place of what stands for its procedure and month; without numbers it takes that
    away. Changing or taking away asks for a ``reason``. ``seen`` is the
    ``fingerprint`` of the month a page was opened with. Raises ``Refused``,
    ``Conflict`` or ``Invalid`` with the first sentence of ``total_faults``.
    """
    check_can_enter_totals(by, agency)
    Organisation.objects.select_for_update().get(pk=agency.pk)
    months = {row.month for row in rows}
    if seen is not None and seen != fingerprint(agency, months):
        raise Conflict(
            _(
                "Somebody else has changed these totals since the page was opened. "
                "Look at them in another tab, then send yours again."
            )
        )
    if not source.text.strip():
        raise Invalid(
            _("Write where the numbers stand: the number and day of book or report.")
        )
    for fault in total_faults(agency, rows, today=timezone.localdate(at)):
        raise Invalid(f"{fault.code}, {fault.month:%m/%Y}: {fault.sentence}")
    standing = _standing(agency, {row.procedure.code for row in rows})
    added, changed, removed = _compare(agency, rows, standing, source)
    if (changed or removed) and not reason.strip():
        raise Invalid(_("These totals stand already: write why they are changed."))
    for row in (*added, *changed):
        row.entered_by, row.entered_at, row.reason = by, at, reason
        row.save()
    for row in removed:
        row.reason = reason
        row.delete()
    return Written(len(added), len(changed), len(removed))


def remove_month(
    agency: Organisation, month: date, *, by: User, at: datetime, reason: str
) -> Written:
    """Take away all totals of a month, so that dossiers may be received in it.

    Raises ``Refused``, ``Conflict`` (nothing there) or ``Invalid`` (no reason, or
    what later months finish would be missing).
    """
    check_can_enter_totals(by, agency)
    there = OpeningTotal.objects.filter(organisation=agency, month=month)
    rows = [
        OpeningTotal(procedure=row.procedure, month=month)
        for row in there.select_related("procedure")
    ]
    if not rows:
        raise Conflict(
            _("%(month)s has no totals to take away.") % {"month": f"{month:%m/%Y}"}
        )
    return enter_totals(agency, rows, source=Source("–"), by=by, at=at, reason=reason)


def total_faults(
    agency: Organisation, rows: Sequence[OpeningTotal], *, today: date
) -> list[Fault]:
    """Everything that stands against these rows, in their order."""
    found = []
    itemised = months_with_dossiers(agency, {row.month for row in rows})
    seen: set[tuple[str, date]] = set()
    for row in rows:
        for name, sentence in _place_faults(agency, row, today, itemised):
            found.append(Fault(row.procedure.code, row.month, name, sentence))
        if (row.procedure.code, row.month) in seen:
            sentence = _("This procedure stands twice in the month. Keep one.")
            found.append(Fault(row.procedure.code, row.month, "", sentence))
        seen.add((row.procedure.code, row.month))
        found += row_faults(row)
    if found:
        return found
    accounts = _standing(agency, {row.procedure.code for row in rows})
    for row in rows:
        accounts.setdefault(row.procedure.code, {})[row.month] = row
    for account in accounts.values():
        kept = [account[month] for month in sorted(account)]
        found += account_faults([row for row in kept if not row.is_empty])
    return found


def months_with_dossiers(agency: Organisation, months: Collection[date]) -> set[date]:
    """Which of these months have dossiers of the agency."""
    if not months:
        return set()
    last = max(months)
    started = Dossier.objects.filter(
        agency=agency,
        clock_started_on__gte=min(months),
        clock_started_on__lt=date(last.year + last.month // 12, last.month % 12 + 1, 1),
    )
    return set(started.dates("clock_started_on", "month")) & set(months)


def check_month_is_itemised(agency: Organisation, day: date) -> None:
    """No totals receive in the month of this day, and none will until we are done.

    Call it inside the transaction that starts a clock. Raises ``Conflict``.
    """
    if connection.vendor == "postgresql":
        # Shared with other receipts, against ``enter_totals``; Django has no words
        # for it. SQLite has one writer at a time anyhow.
        with connection.cursor() as cursor:
            table = Organisation._meta.db_table
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [agency.pk]
            )
    totals = OpeningTotal.objects.receiving().filter(
        organisation=agency, month=month_of(day)
    )
    if (row := totals.first()) is not None:
        raise Conflict(
            _(
                "%(month)s of %(agency)s stands here in totals (%(source)s), so no "
                "dossier is received in it. A catalogue manager must take those "
                "totals away first."
            )
            % {"month": f"{day:%m/%Y}", "agency": agency, "source": row.source}
        )


def fingerprint(agency: Organisation, months: Iterable[date]) -> str:
    """What stands for these months, to see whether somebody changes it meanwhile."""
    rows = OpeningTotal.objects.filter(organisation=agency, month__in=set(months))
    last = rows.order_by("-entered_at").values_list("entered_at", flat=True).first()
    return f"{rows.count()}-{last.isoformat() if last else ''}"


def _place_faults(
    agency: Organisation, row: OpeningTotal, today: date, itemised: set[date]
) -> Iterable[tuple[str, str]]:
    month = {"month": f"{row.month:%m/%Y}"}
    if row.procedure.agency_id != agency.pk:
        yield "", _("This procedure belongs to another agency.")
    if row.month.year < FIRST_YEAR:
        yield "", _("Totals begin with the year %(year)d.") % {"year": FIRST_YEAR}
    if row.month >= month_of(today):
        yield (
            "",
            _("%(month)s is not over: totals are entered afterwards.") % month,
        )
    if row.received and row.month in itemised:
        yield (
            "received",
            _(
                "%(month)s has dossiers here, so nothing is received as totals. Only "
                "what earlier totals left open may be finished."
            )
            % month,
        )


def _standing(
    agency: Organisation, codes: Collection[str]
) -> dict[str, dict[date, OpeningTotal]]:
    """What is here of these procedures: by code and month."""
    accounts: dict[str, dict[date, OpeningTotal]] = {}
    rows = OpeningTotal.objects.filter(organisation=agency, procedure__code__in=codes)
    for row in rows.select_related("procedure"):
        accounts.setdefault(row.procedure.code, {})[row.month] = row
    return accounts


def _compare(
    agency: Organisation,
    rows: Sequence[OpeningTotal],
    standing: dict[str, dict[date, OpeningTotal]],
    source: Source,
) -> tuple[list[OpeningTotal], list[OpeningTotal], list[OpeningTotal]]:
    """What is new, what is otherwise now, and what goes."""
    added, changed, removed = [], [], []
    versions: dict[str, Procedure] = {
        code: next(iter(account.values())).procedure
        for code, account in standing.items()
    }
    for row in rows:
        code = row.procedure.code
        known = standing.get(code, {}).get(row.month)
        row.organisation = agency
        row.procedure = versions.setdefault(code, row.procedure)
        row.source, row.document = source.text, source.document
        if row.is_empty:
            removed += [known] if known else []
        elif known is None:
            added.append(row)
        elif any(getattr(known, name) != getattr(row, name) for name in KEPT):
            for name in KEPT:
                setattr(known, name, getattr(row, name))
            changed.append(known)
    return added, changed, removed

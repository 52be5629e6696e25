"""Totals of the years before the system: a year to look at, a month to fill in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers import actions
from dossiers.actions.opening import (
    Written,
    fingerprint,
    months_with_dossiers,
    total_faults,
)
from dossiers.models import Dossier, OpeningTotal
from dossiers.models.opening_total import NUMBERS
from dossiers.opening_permissions import can_enter_totals, check_can_enter_totals
from dossiers.opening_rules import FIRST_YEAR, label
from postal_tthc.accounts.models import Organisation
from postal_tthc.attempting import attempt
from postal_tthc.errors import Conflict
from reports import totals_book
from reports.forms.totals import MonthTable, RemoveForm, SourceForm
from reports.permissions import chosen, readable

LAST_YEAR = 2099
# More would be slow to draw and to send; the Excel form has no such limit.
MOST_ROWS = 400


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """The totals of an agency, procedures by months."""
    agency = asked_agency(request)
    today = timezone.localdate()
    shown_year = _asked_year(request, agency, today)
    shows = [*NUMBERS, totals_book.OPEN]
    show = request.GET.get("show", "")
    show = show if show in shows else "received"
    context = {
        "agency": agency,
        "agencies": _agencies(request),
        "book": totals_book.year_of(agency, shown_year, show, today=today),
        "show": show,
        "shows": [(name, _label(name)) for name in shows],
        "can_enter": can_enter_totals(request.user, agency),
        "has_any": OpeningTotal.objects.filter(organisation=agency).exists(),
        "sources": _sources(agency, shown_year),
        "first_year": FIRST_YEAR,
        "this_year": today.year,
    }
    return render(request, "reports/totals/year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month of all procedures: everybody with figures reads, managers write."""
    agency = asked_agency(request)
    day = _month(year, month)
    may_enter = can_enter_totals(request.user, agency)
    if request.method == "POST":
        check_can_enter_totals(request.user, agency)
    known = totals_book.standing(agency, day)
    table = _table(agency, day, known)
    form = SourceForm(request.POST or None, initial=_source_of(agency, day, known))
    if request.method == "POST":
        is_read = table.read(request.POST)
        if form.is_valid() and is_read:
            rows = table.totals(day)
            table.blame(total_faults(agency, rows, today=timezone.localdate()), day)
            if not table.has_errors and (
                written := _enter(request, form, agency, rows)
            ):
                messages.success(request, said(written))
                return redirect(year_address(agency, day.year))
    context = {
        "agency": agency,
        "month": day,
        "before": date(year - (month == 1), month - 1 or 12, 1),
        "after": totals_book.next_month(day),
        "table": table,
        "form": form,
        "known": known,
        "sources": list({(x.source, x.document): None for x in known.values()}),
        "is_itemised": bool(months_with_dossiers(agency, {day})),
        "is_over": totals_book.next_month(day) <= timezone.localdate(),
        "can_enter": may_enter,
        "remove": RemoveForm(),
        "history": totals_book.history(agency, day),
        "back": year_address(agency, day.year),
        "too_many": len(table.rows) >= MOST_ROWS,
    }
    is_wrong = bool(form.errors) or table.has_errors
    return render(
        request, "reports/totals/month.html", context, status=422 if is_wrong else 200
    )


@require_POST
def remove(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Take a month away, with a reason."""
    agency = asked_agency(request)
    day = _month(year, month)
    reason = RemoveForm(request.POST)
    said_why = reason.cleaned_data["reason"] if reason.is_valid() else ""
    actions.remove_month(
        agency, day, by=request.user, at=timezone.now(), reason=said_why
    )
    messages.success(
        request,
        _("The totals of %(month)s were taken away.") % {"month": f"{day:%m/%Y}"},
    )
    return redirect(year_address(agency, year))


def asked_agency(request: HttpRequest) -> Organisation:
    """The agency in the address; without one the own, or the first below it.

    Raises ``Refused`` when its figures are not this person's to read, and
    ``Conflict`` where there is no agency at all.
    """
    symbol = request.GET.get("organisation", "")
    organisation = chosen(request.user, symbol)
    if organisation.kind == Organisation.Kind.AGENCY:
        return organisation
    below = _agencies(request)
    if not below:
        raise Conflict(
            _("%(name)s has no agency below it whose totals could be entered.")
            % {"name": organisation}
        )
    return below[0]


def year_address(agency: Organisation, year: int) -> str:
    """The page of a year."""
    query = urlencode({"organisation": agency.symbol, "year": year})
    return f"{reverse('reports:totals')}?{query}"


def said(written: Written) -> str:
    """What was written, in words."""
    return _(
        "Totals written: %(added)d added, %(changed)d changed, %(removed)d taken away."
    ) % {
        "added": written.added,
        "changed": written.changed,
        "removed": written.removed,
    }


def _enter(
    request: HttpRequest,
    form: SourceForm,
    agency: Organisation,
    rows: list[OpeningTotal],
) -> Written | None:
    return attempt(
        form,
        lambda: actions.enter_totals(
            agency,
            rows,
            source=form.named(),
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        ),
    )


def _table(
    agency: Organisation, day: date, known: dict[str, OpeningTotal]
) -> MonthTable:
    offers = totals_book.offers(agency, day)[:MOST_ROWS]
    return MonthTable(
        [(offer.procedure, offer.is_in_force) for offer in offers],
        before=totals_book.open_before(agency, day),
        known=known,
        is_itemised=bool(months_with_dossiers(agency, {day})),
    )


def _source_of(
    agency: Organisation, day: date, known: dict[str, OpeningTotal]
) -> dict[str, Any]:
    """The source of the month; of a new one, that of the totals entered last."""
    entered = OpeningTotal.objects.filter(organisation=agency)
    last = next(iter(known.values()), None) or entered.order_by("-entered_at").first()
    return {
        "source": last.source if last else "",
        "document": last.document_id if last else None,
        "seen": fingerprint(agency, [day]),
    }


def _agencies(request: HttpRequest) -> list[Organisation]:
    kind = Organisation.Kind.AGENCY
    return [x for x in readable(request.user) if x.kind == kind]


def _month(year: int, month: int) -> date:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    return date(year, month, 1)


def _asked_year(request: HttpRequest, agency: Organisation, today: date) -> int:
    """The year in the address; else the newest with totals, else before dossiers."""
    asked = request.GET.get("year", "")
    if asked.isdecimal() and FIRST_YEAR <= int(asked[:6]) <= LAST_YEAR:
        return int(asked)
    totals = OpeningTotal.objects.filter(organisation=agency)
    newest = totals.order_by("-month").values_list("month", flat=True).first()
    if newest:
        return newest.year
    started = Dossier.objects.filter(agency=agency, clock_started_on__isnull=False)
    first = started.order_by("clock_started_on").first()
    return (first.clock_started_on if first else today).year - 1


def _sources(agency: Organisation, year: int) -> list[str]:
    rows = OpeningTotal.objects.filter(organisation=agency, month__year=year)
    return list(rows.order_by("source").values_list("source", flat=True).distinct())


def _label(name: str) -> str:
    words = label(name) if name in NUMBERS else _("open at the end")
    return words[:1].upper() + words[1:]

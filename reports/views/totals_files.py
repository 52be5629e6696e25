"""Totals by Excel: the form of a year, and the filled form back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import actions
from dossiers.opening_permissions import check_can_enter_totals
from dossiers.opening_rules import FIRST_YEAR
from postal_tthc import downloads
from postal_tthc.accounts.models import Organisation
from postal_tthc.attempting import attempt
from reports import totals_reading, totals_sheet
from reports.forms.totals import TotalsFileForm
from reports.totals_reading import JudgedTotals
from reports.views.totals import LAST_YEAR, asked_agency, said, year_address


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The form of a year, with every procedure and what stands already."""
    agency = asked_agency(request)
    asked = request.GET.get("year", "")
    year = timezone.localdate().year - 1
    if asked.isdecimal() and FIRST_YEAR <= int(asked[:6]) <= LAST_YEAR:
        year = int(asked)
    content = totals_sheet.blank(agency, year)
    return downloads.workbook(content, f"so-tong-hop-{agency.symbol}-{year}.xlsx")


def load(request: HttpRequest) -> HttpResponse:
    """A filled form: every fault at once with its row and column, or all of it."""
    agency = asked_agency(request)
    check_can_enter_totals(request.user, agency)
    form = TotalsFileForm(request.POST or None, request.FILES or None)
    judged = None
    if request.method == "POST" and form.is_valid():
        judged = attempt(form, lambda: _judge(form, agency))
        if judged and judged.rows and (year := _enter(request, form, agency, judged)):
            return redirect(year_address(agency, year))
    context = {
        "agency": agency,
        "form": form,
        "faults": judged.faults if judged else (),
        "back": year_address(agency, timezone.localdate().year - 1),
    }
    is_wrong = bool(form.errors) or bool(context["faults"])
    return render(
        request, "reports/totals/load.html", context, status=422 if is_wrong else 200
    )


def _judge(form: TotalsFileForm, agency: Organisation) -> JudgedTotals:
    file = form.cleaned_data["file"]
    filled = totals_reading.read(file, name=file.name)
    return totals_reading.judge(filled, agency, today=timezone.localdate())


def _enter(
    request: HttpRequest,
    form: TotalsFileForm,
    agency: Organisation,
    judged: JudgedTotals,
) -> int | None:
    """The year that was entered, once it was."""
    written = attempt(
        form,
        lambda: actions.enter_totals(
            agency,
            judged.rows,
            source=form.named(),
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        ),
    )
    if written is None:
        return None
    messages.success(request, said(written))
    if not (written.added or written.changed or written.removed):
        messages.info(request, _("Everything in the file stood here already."))
    return judged.rows[0].month.year

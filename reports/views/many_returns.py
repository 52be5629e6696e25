"""Handing in the returns of many organisations at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from reports import periods, wording
from reports.consolidation import background, many, pages
from reports.consolidation.permissions import check_can_collect, collector_of
from reports.forms.consolidation import ManyReturnsForm
from reports.periods import Period


def hand_in_many(request: HttpRequest) -> HttpResponse:
    """Choose the files of a period; they are judged and written one by one."""
    collector = collector_of(request.user)
    check_can_collect(request.user, collector)
    try:
        period = _asked(request)
    except Invalid as error:  # an address that was cut short
        messages.warning(request, str(error))
        return redirect("reports:consolidation")
    is_sent = request.method == "POST"
    form = ManyReturnsForm(*([request.POST, request.FILES] if is_sent else []))
    if is_sent and form.is_valid():
        sent = many.keep(form.cleaned_data["files"])
        return redirect(
            background.start_returns(sent, collector, period, by=request.user)
        )
    context = {
        "organisation": collector,
        "period": period,
        "period_name": wording.period_name(period),
        "form": form,
        "back": pages.address("reports:consolidation", period),
    }
    return render(
        request,
        "reports/consolidation/many.html",
        context,
        status=422 if form.errors else 200,
    )


def _asked(request: HttpRequest) -> Period:
    word = request.GET.get("period", "")
    if not word:
        raise Invalid(_("Choose the period first."))
    try:
        return periods.parse(word)
    except ValueError as error:
        raise Invalid(_("«%(word)s» is not a period.") % {"word": word[:60]}) from error

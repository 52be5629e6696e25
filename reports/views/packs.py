"""All files of reports in one .zip, asked for with a press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from postal_tthc.errors import Invalid
from reports import packs

MOST_DIGITS = 18  # of a row's number


@require_POST
def pack(request: HttpRequest) -> HttpResponse:
    """Begin the pack of the reports that were chosen, and go to its page."""
    asked = request.POST.getlist("report")
    numbers = [
        int(x) for x in asked if x.isascii() and x.isdecimal() and len(x) <= MOST_DIGITS
    ]
    try:
        reports = packs.chosen(request.user, numbers)
    except Invalid as error:
        messages.error(request, str(error))
        return redirect("reports:papers")
    return redirect(packs.start(reports, by=request.user))

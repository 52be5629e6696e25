"""The periods that a page is asked for, in its address or its form."""

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import Dossier
from reports import periods
from reports.periods import Period

MOST_PERIODS = 6


def asked_periods(request: HttpRequest, query: QueryDict | None = None) -> list[Period]:
    """The periods in the address, each once, in order; a wrong word is said."""
    found: dict[str, Period] = {}
    words = (request.GET if query is None else query).getlist("period")
    if len(words) > MOST_PERIODS:
        text = _("At most %(n)d periods stand side by side; the rest is left out.")
        messages.warning(request, text % {"n": MOST_PERIODS})
    for word in words[:MOST_PERIODS]:
        try:
            period = periods.parse(word)
        except ValueError:
            messages.warning(
                request, _("«%(word)s» is not a period.") % {"word": word[:60]}
            )
        else:
            found[period.word] = period
    return sorted(found.values(), key=lambda x: (x.start, x.end))


def latest_year(request: HttpRequest) -> Period:
    """This year, or the last one in which anything was received."""
    today = timezone.localdate()
    newest = (
        Dossier.objects.visible_to(request.user)
        # What is only announced has no clock, and PostgreSQL sorts it first.
        .filter(clock_started_on__isnull=False)
        .order_by("-clock_started_on")
        .values_list("clock_started_on", flat=True)
        .first()
    )
    return periods.parse(str((newest or today).year))

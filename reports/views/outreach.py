"""The outreach ledger: everybody with figures reads, clerks and managers write."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postal_tthc.accounts.models import Organisation
from postal_tthc.attempting import attempt
from reports.actions import outreach as actions
from reports.actions.outreach import can_keep_ledger, check_can_keep_ledger
from reports.forms.outreach import OutreachForm, VoidForm
from reports.models import OutreachEvent
from reports.permissions import chosen, readable


@dataclass(frozen=True)
class KindCount:
    """How often something was done in the year, and the way to these lines."""

    kind: str
    label: str
    number: int
    reached: int


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What was done in a year so that people know, the newest first."""
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    events = OutreachEvent.objects.filter(organisation=organisation)
    years = _years(events)
    latest = events.order_by("-held_on").values_list("held_on", flat=True).first()
    year = _asked_year(request, years, (latest or timezone.localdate()).year)
    of_year = list(
        events.filter(held_on__year=year).select_related("document", "entered_by")
    )
    kinds = _counted([event for event in of_year if not event.is_void])
    kind = request.GET.get("kind", "")
    known = {count.kind for count in kinds}
    shown = [event for event in of_year if kind not in known or event.kind == kind]
    context = {
        "organisation": organisation,
        "organisations": readable(request.user),
        "years": years,
        "year": year,
        "kinds": kinds,
        "kind": kind if kind in known else "",
        "events": shown,
        "total": sum(count.number for count in kinds),
        "reached": sum(count.reached for count in kinds),
        "has_any": latest is not None,
        "can_keep": can_keep_ledger(request.user, organisation),
    }
    return render(request, "reports/outreach/ledger.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Write a line."""
    organisation = chosen(request.user, "")
    check_can_keep_ledger(request.user, organisation)
    form = OutreachForm(
        request.POST or None, instance=OutreachEvent(organisation=organisation)
    )
    if _is_sent(request) and form.is_valid():
        saved = attempt(
            form,
            lambda: actions.record(form.instance, by=request.user, at=timezone.now()),
        )
        if saved:
            messages.success(request, _("The line was written into the ledger."))
            return redirect(_address(saved))
    return _form_page(request, form, _("New line of the ledger"), organisation)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a line."""
    event = _mine(request, pk)
    actions.check_stands(event)
    form = OutreachForm(
        request.POST or None,
        instance=get_object_or_404(OutreachEvent, pk=pk),
        initial={"seen": actions.fingerprint(event)},
    )
    if _is_sent(request) and form.is_valid():
        values = {name: form.cleaned_data[name] for name in actions.WRITTEN}
        saved = attempt(
            form,
            lambda: actions.correct(
                event,
                values,
                by=request.user,
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
            ),
        )
        if saved:
            messages.success(request, _("The line was corrected."))
            return redirect(_address(saved))
    return _form_page(request, form, _("Correct a line"), event.organisation)


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a line was entered by mistake."""
    event = _mine(request, pk)
    actions.check_stands(event)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: actions.void(
                event, reason=form.cleaned_data["reason"], by=request.user
            ),
        )
        if done:
            messages.success(request, _("The line is void and is not counted."))
            return redirect(_address(event))
    context = {"form": form, "event": event, "cancel": _address(event)}
    return render(
        request,
        "reports/outreach/void.html",
        context,
        status=422 if form.errors else 200,
    )


def _mine(request: HttpRequest, pk: int) -> OutreachEvent:
    """A line that this person may change."""
    organisations = readable(request.user)
    events = OutreachEvent.objects.filter(organisation__in=organisations)
    event = get_object_or_404(events.select_related("document", "organisation"), pk=pk)
    check_can_keep_ledger(request.user, event.organisation)
    return event


def _is_sent(request: HttpRequest) -> bool:
    """Whether it is meant to be written, and not only looked at."""
    return request.method == "POST" and "look" not in request.POST


def _form_page(
    request: HttpRequest, form: OutreachForm, title: str, organisation: Organisation
) -> HttpResponse:
    looks = request.method == "POST" and not _is_sent(request)
    if looks:
        form.is_valid()
    sentence = form.sentence()
    if looks and request.htmx:
        return render(
            request, "reports/outreach/_sentence.html", {"sentence": sentence}
        )
    context = {
        "form": form,
        "title": title,
        "organisation": organisation,
        "sentence": sentence,
        "cancel": reverse("reports:outreach"),
    }
    status = 422 if form.errors and not looks else 200
    return render(request, "reports/outreach/form.html", context, status=status)


def _address(event: OutreachEvent) -> str:
    query = {"organisation": event.organisation.symbol, "year": event.held_on.year}
    return f"{reverse('reports:outreach')}?{urlencode(query)}"


def _years(events: object) -> list[int]:
    """The years with lines and this year, the newest first."""
    found = events.order_by().annotate(year=ExtractYear("held_on"))
    years = set(found.values_list("year", flat=True)) | {timezone.localdate().year}
    return sorted(years, reverse=True)


def _asked_year(request: HttpRequest, years: list[int], latest: int) -> int:
    """The year in the address; without one the newest that has lines."""
    asked = request.GET.get("year", "")
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    return latest


def _counted(events: list[OutreachEvent]) -> list[KindCount]:
    """Kinds in the order of the form, those that were done."""
    numbers = Counter(event.kind for event in events)
    reached = Counter[str]()
    for event in events:
        reached[event.kind] += event.reached or 0
    return [
        KindCount(kind.value, str(kind.label), numbers[kind], reached[kind])
        for kind in OutreachEvent.Kind
        if numbers[kind]
    ]

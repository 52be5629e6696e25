"""The calendar of public offices: a year at a glance, and its overrides."""

import calendar
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from postal_tthc.attempting import attempt
from procedures import actions
from procedures.calendar import FIRST_YEAR, LAST_YEAR, working_calendar
from procedures.forms import CalendarDayForm
from procedures.models import CalendarDay
from procedures.permissions import can_edit, check_can_edit

WEEKDAYS = (
    gettext_noop("Mo"),
    gettext_noop("Tu"),
    gettext_noop("We"),
    gettext_noop("Th"),
    gettext_noop("Fr"),
    gettext_noop("Sa"),
    gettext_noop("Su"),
)


@login_not_required
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Twelve months with their days off and make-up days, and why."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    number = (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    )
    number = number if FIRST_YEAR <= number <= LAST_YEAR else today.year
    known = working_calendar(date(number, 1, 1))
    reasons = {**known.days_off, **known.make_up_days}
    context = {
        "year": number,
        "today": today,
        "months": [_month(number, month, known) for month in range(1, 13)],
        "exceptions": sorted(
            (day, reason, day in known.make_up_days)
            for day, reason in reasons.items()
            if day.year == number
        ),
        "overrides": CalendarDay.objects.filter(day__year=number).order_by("day"),
        "weekdays": [_(name) for name in WEEKDAYS],
        "can_edit": can_edit(request.user),
    }
    return render(request, "procedures/calendar.html", context)


def _month(number: int, month: int, known: object) -> dict[str, object]:
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(number, month)
    return {
        "first": date(number, month, 1),
        "weeks": [
            [(day, _kind(day, known)) if day.month == month else None for day in week]
            for week in weeks
        ],
    }


def _kind(day: date, known: object) -> str:
    if day in known.make_up_days:
        return "make-up"
    if day in known.days_off:
        return "day-off"
    return "work" if known.is_working_day(day) else "weekend"


def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter or mend a day that breaks the calendar, with its document."""
    check_can_edit(request.user)
    day = get_object_or_404(CalendarDay, pk=pk) if pk else None
    form = CalendarDayForm(request.POST or None, instance=day)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form, lambda: actions.save_calendar_day(form.instance, by=request.user)
        )
        if saved:
            messages.success(
                request,
                _("%(day)s was saved. Due dates promised earlier stay as they were.")
                % {"day": saved},
            )
            return _to_year(saved.day)
    context = {
        "form": form,
        "title": _("Calendar day"),
        "cancel": reverse("procedures:calendar"),
    }
    return render(
        request, "procedures/form.html", context, status=422 if form.errors else 200
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an override away."""
    day = get_object_or_404(CalendarDay, pk=pk)
    removed = actions.remove_calendar_day(day, by=request.user)
    messages.success(
        request,
        _("The plain calendar holds again on %(day)s.")
        % {"day": f"{removed:%d/%m/%Y}"},
    )
    return _to_year(removed)


def _to_year(day: date) -> HttpResponse:
    return redirect(f"{reverse('procedures:calendar')}?year={day.year}")

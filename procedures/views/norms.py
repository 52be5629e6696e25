"""Transit times and printed forms: everybody reads, catalogue managers edit."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postal_tthc.attempting import attempt
from procedures import actions, transit
from procedures.models import Dated, OfficialForm, TransitNorm
from procedures.norm_forms import DatedForm, PrintedForm, TransitNormForm
from procedures.permissions import can_edit, check_can_edit

FORMS: dict[type[Dated], type[DatedForm]] = {
    TransitNorm: TransitNormForm,
    OfficialForm: PrintedForm,
}


class Shown(NamedTuple):
    """A row on the page; the newest of its thing is the one to replace."""

    row: Dated
    is_coming: bool
    is_newest: bool


@login_not_required
@require_safe
def norms(request: HttpRequest) -> HttpResponse:
    """Both tables in the order of the law, each with what held before."""
    context = {
        "norms": _table(TransitNorm, TransitNorm.Route.values),
        "forms": _table(OfficialForm, OfficialForm.Kind.values),
        "complaint_months": transit.COMPLAINT_WITHIN_MONTHS,
        "answer_inside": transit.ANSWER_DAYS_INSIDE_A_PROVINCE,
        "answer_otherwise": transit.ANSWER_DAYS_OTHERWISE,
        "complaint_source": transit.COMPLAINT_SOURCE,
        "can_edit": can_edit(request.user),
    }
    return render(request, "procedures/norms.html", context)


def mend(request: HttpRequest, pk: int, model: type[Dated]) -> HttpResponse:
    """Correct a row in place: what was typed wrong, or its days."""
    check_can_edit(request.user)
    row = get_object_or_404(model, pk=pk)
    form = FORMS[model](request.POST or None, instance=row)
    title = _("Correct: %(name)s") % {"name": row}
    return _edit(request, form, title, actions.mend_row)


def start(request: HttpRequest, pk: int, model: type[Dated]) -> HttpResponse:
    """A new row from a day on, beginning with the words of the present one."""
    check_can_edit(request.user)
    draft = get_object_or_404(model, pk=pk)
    title = _("New from a day on: %(name)s") % {"name": draft}
    draft.pk, draft._state.adding = None, True
    draft.valid_from = draft.valid_to = None
    draft.source = draft.note = ""
    form = FORMS[model](request.POST or None, instance=draft, begins=True)
    return _edit(request, form, title, actions.start_row)


def _table(model: type[Dated], order: list[str]) -> dict[str, list[Shown]]:
    """What holds or will hold, and apart from it what held before."""
    today = timezone.localdate()
    rows = sorted(model.objects.all(), key=lambda x: order.index(getattr(x, x.KEY)))
    seen: set[str] = set()
    table: dict[str, list[Shown]] = {"present": [], "past": []}
    for row in rows:
        thing = getattr(row, row.KEY)
        is_past = row.valid_to is not None and row.valid_to < today
        is_coming = row.valid_from is not None and row.valid_from > today
        table["past" if is_past else "present"].append(
            Shown(row, is_coming, is_newest=thing not in seen)
        )
        seen.add(thing)
    return table


def _edit(
    request: HttpRequest, form: DatedForm, title: str, verb: Callable[..., Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: verb(form.instance, by=request.user))
        if saved:
            messages.success(request, _("%(name)s was saved.") % {"name": saved})
            return redirect("procedures:norms")
    context = {"form": form, "title": title, "cancel": reverse("procedures:norms")}
    return render(
        request, "procedures/form.html", context, status=422 if form.errors else 200
    )

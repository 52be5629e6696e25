"""The steps of a dossier: each a small form, one verb, one sentence."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import actions, permissions
from dossiers.forms import ReasonForm, ReturnForm, StepForm
from dossiers.models import Dossier
from dossiers.statuses import Status
from postal_tthc.attempting import attempt


class Step(NamedTuple):
    """A step as a page: its title, its form, and how the form calls its verb."""

    title: Promise
    form: type[StepForm]
    act: Callable[[Dossier, Any, Any], Dossier]


def _on_day(verb: Callable[..., Dossier]) -> Callable[[Dossier, Any, Any], Dossier]:
    return lambda dossier, form, user: verb(dossier, by=user, at=form.moment())


def _with_reason(
    verb: Callable[..., Dossier],
) -> Callable[[Dossier, Any, Any], Dossier]:
    return lambda dossier, form, user: verb(
        dossier, by=user, at=form.moment(), reason=form.cleaned_data["reason"]
    )


def _return(dossier: Dossier, form: ReturnForm, user: Any) -> Dossier:
    return actions.return_result(
        dossier,
        by=user,
        at=form.moment(),
        kept=form.cleaned_data["kept"],
        item=form.envelope(),
    )


STEPS: dict[Status, Step] = {
    Status.PROCESSING: Step(
        gettext_lazy("Hand to the case officer"),
        StepForm,
        _on_day(actions.start_processing),
    ),
    Status.RESULT_READY: Step(
        gettext_lazy("Record the result"), StepForm, _on_day(actions.mark_result_ready)
    ),
    Status.RETURNED: Step(gettext_lazy("Return the result"), ReturnForm, _return),
    Status.REFUSED: Step(
        gettext_lazy("Refuse"), ReasonForm, _with_reason(actions.refuse)
    ),
    Status.WITHDRAWN: Step(
        gettext_lazy("Record a withdrawal"), ReasonForm, _with_reason(actions.withdraw)
    ),
}


def offered(user: Any, dossier: Dossier) -> list[tuple[str, Promise]]:
    """The steps to offer: the address part and the words of each button."""
    return [(to.value, STEPS[to].title) for to in permissions.moves(user, dossier)]


def step(request: HttpRequest, code: str, to: str) -> HttpResponse:
    """One step of a dossier: confirm the day, then do it."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), code=code)
    try:
        status = Status(to)
        page = STEPS[status]
    except (ValueError, KeyError):
        raise Http404 from None
    permissions.check_can_move(request.user, dossier, status)
    extra = {"dossier": dossier} if page.form is ReturnForm else {}
    form = page.form(request.POST or None, **extra)
    if request.method == "POST" and form.is_ready():
        moved = attempt(form, lambda: page.act(dossier, form, request.user))
        if moved:
            messages.success(
                request,
                _("Dossier %(code)s: %(status)s.")
                % {"code": code, "status": moved.get_status_display().lower()},
            )
            return redirect(moved)
    ends = page.form is ReasonForm
    return _page(request, dossier, form, page.title, is_grave=ends, gives_back=ends)


def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Undo the last step, with the reason."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), code=code)
    permissions.check_can_take_back(request.user, dossier)
    form = ReasonForm(request.POST or None)
    del form.fields["on"]
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        by, now = request.user, timezone.now()
        if attempt(
            form, lambda: actions.take_back(dossier, reason=reason, by=by, at=now)
        ):
            messages.success(
                request,
                _("The last step of dossier %(code)s was taken back.") % {"code": code},
            )
            return redirect(dossier)
    return _page(request, dossier, form, _("Take the last step back"), is_grave=True)


def _page(
    request: HttpRequest, dossier: Dossier, form: Any, title: Any, **context: bool
) -> HttpResponse:
    context |= {"dossier": dossier, "form": form, "title": title}
    status = 422 if form.errors or getattr(form, "doubts", None) else 200
    return render(request, "dossiers/step.html", context, status=status)

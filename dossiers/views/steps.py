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
from dossiers.actions.stepping import check_unchanged
from dossiers.forms import steps as forms
from dossiers.models import Dossier
from dossiers.statuses import Status, Step, next_steps
from postal_tthc.attempting import attempt
from postal_tthc.errors import Conflict, allows


class Page(NamedTuple):
    """A step as a page: its title, its form, its verb, and how it is permitted."""

    title: Promise
    form: type[forms.StepForm]
    verb: Callable[..., Dossier]
    check: Callable[[Any, Dossier], None] | None = None
    is_grave: bool = False


PAGES: dict[Step, Page] = {
    Step.RECEIVED: Page(
        gettext_lazy("Receive it"),
        forms.PapersTakenForm,
        actions.receive_registered,
        permissions.check_can_receive_registered,
    ),
    Step.PROCESSING: Page(
        gettext_lazy("Hand to the case officer"),
        forms.StepForm,
        actions.start_processing,
    ),
    Step.SUPPLEMENTED: Page(
        gettext_lazy("The supplement is complete"),
        forms.SupplementForm,
        actions.receive_supplement,
    ),
    Step.PAID: Page(
        gettext_lazy("It was paid"), forms.NoteForm, actions.record_payment
    ),
    Step.RESULT_READY: Page(
        gettext_lazy("Record the result"), forms.NoteForm, actions.mark_result_ready
    ),
    Step.HANDED_TO_POST: Page(
        gettext_lazy("Hand to the post"), forms.HandToPostForm, actions.hand_to_post
    ),
    Step.RETURNED: Page(
        gettext_lazy("Return the result"),
        forms.KeepsPapersForm,
        actions.return_result,
    ),
    Step.SUPPLEMENT_REQUESTED: Page(
        gettext_lazy("Ask for a supplement"),
        forms.SupplementRequestForm,
        actions.request_supplement,
    ),
    Step.PAYMENT_REQUESTED: Page(
        gettext_lazy("Ask for payment"), forms.ReasonForm, actions.request_payment
    ),
    Step.REAPPOINTED: Page(
        gettext_lazy("Apologise, new date"),
        forms.ReappointForm,
        actions.reappoint,
        permissions.check_can_reappoint,
    ),
    Step.REFUSED: Page(
        gettext_lazy("Refuse"), forms.NoticeForm, actions.refuse, is_grave=True
    ),
    Step.WITHDRAWN: Page(
        gettext_lazy("Record a withdrawal"),
        forms.EndForm,
        actions.withdraw,
        is_grave=True,
    ),
    Step.DISCONTINUED: Page(
        gettext_lazy("Discontinue"),
        forms.NoticeForm,
        actions.discontinue,
        is_grave=True,
    ),
    Step.PAPERS_MOVED: Page(
        gettext_lazy("Give the papers back"),
        forms.StepForm,
        actions.give_papers_back,
        permissions.check_can_give_back,
    ),
}


def check(user: Any, dossier: Dossier, step: Step) -> None:
    """The permission that goes with a step's page. Raises a ``DomainError``."""
    if own := PAGES[step].check:
        own(user, dossier)
    else:
        permissions.check_can_move(user, dossier, step)


class Offer(NamedTuple):
    """A step to offer: its address part, the words of its button, its weight."""

    step: str
    title: Promise
    is_grave: bool


def offered(user: Any, dossier: Dossier) -> list[Offer]:
    """The steps to offer, the likeliest first."""
    # Only those that the table leads to from here are asked about one by one.
    possible = next_steps(Status(dossier.status))
    steps = [
        x
        for x, page in PAGES.items()
        if (page.check or x in possible) and allows(check, user, dossier, x)
    ]
    steps.sort(key=lambda x: x not in (Step.HANDED_TO_POST, Step.RETURNED))
    return [Offer(x.value, PAGES[x].title, PAGES[x].is_grave) for x in steps]


def step(request: HttpRequest, code: str, to: str) -> HttpResponse:
    """One step of a dossier: confirm the day, then do it."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).referred_to(code)
    )
    try:
        step = Step(to)
        page = PAGES[step]
    except (ValueError, KeyError):
        raise Http404 from None
    form = page.form(request.POST or None, dossier=dossier)
    shown = {"is_grave": page.is_grave, "seen": _last(dossier)}
    try:
        check(request.user, dossier, step)
    except Conflict as error:
        if request.method != "POST":
            raise
        # Somebody was quicker; what was typed here stays on the page.
        form.is_valid()
        form.add_error(None, str(error))
        return _page(request, dossier, form, page.title, **shown)
    if request.method == "POST" and form.is_ready():
        by, at, seen = request.user, form.moment(), _seen(request)

        def verb() -> Dossier:
            check_unchanged(dossier, seen)
            return page.verb(dossier, by=by, at=at, **form.values())

        if moved := attempt(form, verb):
            messages.success(
                request,
                _("Dossier %(code)s: %(status)s.")
                % {"code": moved, "status": moved.get_status_display().lower()},
            )
            return redirect(moved)
    return _page(request, dossier, form, page.title, **shown)


def _last(dossier: Dossier) -> int:
    """The sequence of the last entry in the log."""
    return dossier.custody.order_by("-sequence").first().sequence


def _seen(request: HttpRequest) -> int | None:
    """The sequence that was the last one when the page was opened, if it was told."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Undo the last step, with the reason."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).referred_to(code)
    )
    permissions.check_can_take_back(request.user, dossier)
    last = _last(dossier)
    form = forms.TakeBackForm(
        request.POST or None, dossier=dossier, initial={"seen": last}
    )
    if request.method == "POST" and form.is_valid():
        by, now, values = request.user, timezone.now(), form.values()
        if attempt(form, lambda: actions.take_back(dossier, by=by, at=now, **values)):
            messages.success(
                request,
                _("The last step of dossier %(code)s was taken back.")
                % {"code": dossier},
            )
            return redirect(dossier)
        # Told once what the others did; the next press means it.
        form.data = form.data.copy()
        form.data["seen"] = str(last)
    return _page(request, dossier, form, _("Take the last step back"), is_grave=True)


def _page(
    request: HttpRequest, dossier: Dossier, form: Any, title: Any, **context: Any
) -> HttpResponse:
    context |= {"dossier": dossier, "form": form, "title": title}
    status = 422 if form.errors or getattr(form, "doubts", None) else 200
    return render(request, "dossiers/step.html", context, status=status)

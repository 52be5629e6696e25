"""Entering a dossier: the page, and the promise shown while typing."""

from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import actions, deadlines, permissions
from dossiers.actions.drafting import stamp
from dossiers.book_pages import LINES, read_page
from dossiers.entry_rules import not_in_force, why_not_by_post
from dossiers.forms import (
    AnnounceForm,
    EntryForm,
    PapersFormSet,
    papers_for,
    papers_from,
)
from dossiers.forms.entry import page_of_desk
from dossiers.models import Dossier, Paper
from dossiers.statuses import EXPECTED, IntakeChannel, Status
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.attempting import attempt
from postal_tthc.lib.vietnamese import write_date
from procedures.calendar import working_calendar
from procedures.models import Leg, Procedure
from procedures.working_days import TimeUnit

MOST_GUESSES = 8
MOST_TYPED = 200  # letters of a procedure code or name


def new(request: HttpRequest) -> HttpResponse:
    """One page: fill, save, and on to the dossier or to the next one."""
    entry_form = _form_for(request.user)
    desk = request.user.organisation
    if request.method != "POST":
        return _opened(request, entry_form)
    form = entry_form(request.POST, desk=desk, is_expected="register" in request.POST)
    papers = PapersFormSet(request.POST, prefix="papers")
    if "fill" in request.POST:
        return _filled(request, form)
    if not (form.is_ready() and papers.is_valid()):
        return _page(request, form, papers, status=422)
    dossier = attempt(form, lambda: _save(request.user, form, papers))
    if dossier is None:
        return _page(request, form, papers, status=422)
    key = form.cleaned_data["draft"]
    actions.discard_draft(request.user, key)
    messages.success(
        request, _said_of(dossier), extra_tags=f"draft-gone kept-{key}".strip()
    )
    return redirect(_next_page(form) if "next" in request.POST else dossier)


def _form_for(user: User) -> type[EntryForm]:
    """The page of a clerk, or that of a postal clerk. Raises ``Refused``."""
    permissions.check_ability(user, Ability.ANNOUNCE)
    if user.organisation.kind == Organisation.Kind.POST_OFFICE:
        return AnnounceForm
    permissions.check_can_receive(user)
    return EntryForm


def _save(user: User, form: EntryForm, papers: BaseFormSet) -> Dossier:
    lines = [Paper(**x) for x in papers.cleaned_data if x.get("name")]
    if form.is_expected:
        return actions.register(
            form.instance,
            by=user,
            at=form.instance.received_at,
            papers=lines,
            item=form.envelope(),
        )
    return actions.receive(
        form.instance, by=user, at=timezone.now(), papers=lines, item=form.envelope()
    )


def _said_of(dossier: Dossier) -> str:
    """What has become of it, in a sentence."""
    if dossier.status not in EXPECTED:
        return _("Dossier %(code)s was received; the answer is due on %(day)s.") % {
            "code": dossier.code,
            "day": write_date(dossier.due_on),
        }
    if dossier.status == Status.ANNOUNCED:
        said = _(
            "Dossier %(code)s was announced to %(desk)s. It is received with the "
            "handover minutes."
        )
    else:
        said = _(
            "Dossier %(code)s was registered at %(desk)s. Its code, its clock and its "
            "papers begin when it is received."
        )
    return said % {"code": dossier.reference, "desk": dossier.desk}


def _next_page(form: EntryForm) -> str:
    """An empty page again; of the book, the next line of the same page."""
    address = reverse("dossiers:new")
    page, line = form.cleaned_data["book_page"], form.cleaned_data["line"]
    if not page or line >= LINES:
        return address
    day = f"{form.cleaned_data['received_on']:%d/%m/%Y}"
    return f"{address}?{urlencode({'book': page, 'line': line + 1, 'day': day})}"


def _opened(request: HttpRequest, entry_form: type[EntryForm]) -> HttpResponse:
    """An empty page, a line of the power-cut book, or a draft as it was left."""
    desk = request.user.organisation
    initial: dict[str, Any] = {}
    lines: list[dict[str, Any]] = []
    judged = None
    if key := request.GET.get("draft"):
        draft = request.user.drafts.filter(key=key).first()
        if draft is None:
            messages.info(request, _("This draft was saved as a dossier, or deleted."))
            return redirect("dossiers:new")
        typed = dict(draft.fields)
        # An unticked box sends nothing, and must not come back ticked.
        initial = {name: typed.get(name, "") for name in entry_form.base_fields}
        initial["draft"] = key
        lines = papers_from(typed)
        judged = entry_form(typed, desk=desk)
        judged.is_valid()
    elif page := request.GET.get("book"):
        initial = {
            "book_page": str(page_of_desk(page, desk)),
            "line": request.GET.get("line", ""),
            "received_on": request.GET.get("day", ""),
            "received_time": "",
        }
    elif number := request.GET.get("item"):
        # An envelope of the postman's pile that nobody had announced.
        initial = {
            "intake_channel": IntakeChannel.PUBLIC_POST,
            "item_number": number.replace("\x00", "")[:MOST_TYPED],
        }
    form = entry_form(initial=initial, desk=desk)
    papers = PapersFormSet(prefix="papers", initial=lines)
    return _page(request, form, papers, judged=judged)


@require_safe
def promise(request: HttpRequest) -> HttpResponse:
    """The fragment beside the form: procedure, fee, due date, papers to fill in."""
    typed = _form_for(request.user)(request.GET, desk=request.user.organisation)
    typed.is_valid()
    context = _promise(request, typed)
    procedure = context["procedure"]
    if procedure and request.GET.get("papers_for") != str(procedure.pk):
        context["papers"] = PapersFormSet(
            prefix="papers", initial=papers_for(procedure)
        )
        context["papers_for"] = str(procedure.pk)
    return render(request, "dossiers/_promise.html", context)


def _filled(request: HttpRequest, form: EntryForm) -> HttpResponse:
    """Without JavaScript: the same page with the procedure's papers filled in."""
    form.is_valid()
    blank = PapersFormSet(prefix="papers", initial=papers_for(form.procedure))
    typed = {name: request.POST.get(name, "") for name in form.fields}
    kept = type(form)(initial=typed, desk=request.user.organisation)
    return _page(request, kept, blank, judged=form)


def _page(
    request: HttpRequest,
    form: EntryForm,
    papers: BaseFormSet,
    *,
    status: int = 200,
    judged: EntryForm | None = None,
) -> HttpResponse:
    context = _promise(request, judged or form)
    key = form["draft"].value() or token_urlsafe(16)
    draft = request.user.drafts.filter(key=key).first()
    context |= {
        "form": form,
        "papers": papers,
        "papers_for": form["papers_for"].value() or "",
        "asked": [x["name"] for x in papers_for((judged or form).procedure)],
        "key": key,
        "draft": draft,
        "seen": stamp(draft) if draft else "",
        "is_restored": draft is not None and request.method != "POST",
        "book": _book(request.user, form),
    }
    return render(request, "dossiers/new.html", context, status=status)


def _book(user: User, form: EntryForm) -> dict[str, Any] | None:
    """The page of the power-cut book that is being typed in, and what is done."""
    page = read_page(form["book_page"].value() or "")
    if page is None:
        return None
    typed = Dossier.objects.filter(
        desk=user.organisation, book_line__in=[page.line(n + 1) for n in range(LINES)]
    )
    lines = sorted(typed.values_list("book_line", flat=True))
    return {"page": page, "typed": [int(line.rpartition("/")[2]) for line in lines]}


def _promise(request: HttpRequest, form: EntryForm) -> dict[str, object]:
    """What is known from what has been typed so far; nothing is refused here."""
    procedure = form.procedure
    typed = (form["procedure_code"].value() or "").replace("\x00", "").strip()
    typed = typed[:MOST_TYPED]
    day = form.day or timezone.localdate()
    context: dict[str, object] = {"procedure": procedure, "typed": typed, "day": day}
    context["is_of_post"] = isinstance(form, AnnounceForm)
    if procedure is None:
        catalogue = Procedure.objects.of(request.user.organisation.scope)
        if typed:
            found = catalogue.in_force(day).matching(typed)
            context["guesses"] = found.select_related("agency")[:MOST_GUESSES]
        return context
    if not procedure.is_in_force(day):
        return context | {"refusal": not_in_force(procedure, day)}
    try:
        calendar = working_calendar(day)
    except ValueError:
        return context
    unit = TimeUnit(procedure.time_unit)
    legs = {leg: why_not_by_post(procedure, leg, day) for leg in Leg}
    return context | {
        "promise": deadlines.promise(day, procedure.processing_time, unit, calendar),
        "legs": [(leg.label, refusal) for leg, refusal in legs.items()],
        "offers_return": not legs[Leg.RETURN],
    }

"""Handover minutes: the list, the postman-is-here page, the signed minutes."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from dossiers import actions, paging, permissions
from dossiers.actions.handing_over import line_fault
from dossiers.actions.scanning import Scanned
from dossiers.expected import expected, key_of
from dossiers.forms.handovers import CounterLineForm, LineForm, PaperSignatureForm
from dossiers.models import Handover, HandoverLine
from dossiers.printing import minutes
from dossiers.views.printing import sheet
from postal_tthc.attempting import attempt
from postal_tthc.errors import DomainError

RECENT = 30
UNSIGNED = (Handover.Status.OPEN, Handover.Status.DESK_SIGNED)
Direction = Handover.Direction


def _visible(request: HttpRequest, pk: int) -> Handover:
    minutes = Handover.objects.visible_to(request.user)
    return get_object_or_404(
        minutes.select_related("desk", "post_office", "desk_signed_by"), pk=pk
    )


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """What waits to be handed over, what waits for a signature, what was signed."""
    user = request.user
    minutes = Handover.objects.visible_to(user).select_related("desk", "post_office")
    desk = user.organisation
    hands_over = desk is not None and permissions.can_hand_over(user, desk)
    locked = minutes.exclude(status__in=UNSIGNED)
    signed, older = paging.rows_after(locked, request.GET.get("before", ""), RECENT)
    context = {
        "waiting": [
            (direction, len(expected(desk, direction))) for direction in Direction
        ]
        if hands_over
        else [],
        "unsigned": minutes.filter(status__in=UNSIGNED),
        "signed": signed,
        "older": older,
    }
    return render(request, "dossiers/handovers/list.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """The postman is here: open the minutes of a direction, or go on with them."""
    direction = request.POST.get("direction", "")
    if direction not in Direction:
        raise Http404
    handover = actions.open_handover(
        request.user.organisation,
        Direction(direction),
        by=request.user,
        at=timezone.now(),
    )
    return redirect(handover)


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the minutes: counting, or what was signed."""
    handover = _visible(request, pk)
    if handover.status == Handover.Status.OPEN and permissions.can_hand_over(
        request.user, handover.desk
    ):
        return render(request, "dossiers/handovers/count.html", _counted(handover))
    context = _counted(handover) | {
        "can_sign_for_post": permissions.can_sign_for_post(request.user, handover),
        "can_reopen": handover.status == Handover.Status.DESK_SIGNED
        and permissions.can_hand_over(request.user, handover.desk),
        "can_cancel": permissions.can_cancel_line(request.user, handover),
    }
    return render(request, "dossiers/handovers/minutes.html", context)


def _counted(handover: Handover, scanned: Scanned | None = None) -> dict[str, Any]:
    """The lines newest first, what is still missing, and the totals."""
    lines = list(
        handover.lines.select_related(
            "handover",
            "dossier",
            "dossier__procedure",
            "item",
            "cancels",
            "cancelled_by",
        )
        .prefetch_related("dossier__papers")
        .order_by(
            "-position" if handover.status == Handover.Status.OPEN else "position"
        )
    )
    present = {key_of(line) for line in lines if line.cancels_id is None}
    missing = []
    if handover.status == Handover.Status.OPEN:
        waiting = expected(handover.desk, handover.direction, handover.post_office)
        missing = [x for x in waiting if x.key not in present]
    standing = [
        x
        for x in lines
        if not (x.set_aside or x.cancels_id or hasattr(x, "cancelled_by"))
    ]
    return {
        "handover": handover,
        "lines": [(line, _fault(line)) for line in lines],
        "missing": missing,
        "unknown": sum(line.kind == HandoverLine.Kind.UNKNOWN for line in lines),
        "totals": {
            name: sum(getattr(line, name) for line in standing)
            for name in ("originals", "certified_copies", "copies", "fees_dong")
        },
        "standing": len(standing),
        "scanned": scanned,
        "newest": {line.pk for line in scanned.lines} if scanned else set(),
    }


def _fault(line: HandoverLine) -> str:
    is_open = line.handover.status == Handover.Status.OPEN
    return line_fault(line) if is_open else ""


@require_POST
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """One scan: the list again, with what it did, in words, colour and sound."""
    handover = _visible(request, pk)
    text = request.POST.get("scanned", "").replace("\x00", "")
    try:
        scanned = actions.scan(handover, text, by=request.user, at=timezone.now())
    except DomainError as error:
        if not request.htmx:
            raise
        scanned = Scanned("wrong", str(error))
        handover.refresh_from_db()
    if not request.htmx:
        level = messages.SUCCESS if scanned.lines else messages.WARNING
        messages.add_message(request, level, scanned.sentence)
        return redirect(handover)
    return render(request, "dossiers/handovers/_pile.html", _counted(handover, scanned))


@require_POST
def remove(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Undo one scan."""
    handover = _visible(request, pk)
    line = actions.remove_line(handover, position, by=request.user)
    said = Scanned(
        "undone", _("%(text)s was taken off the list.") % {"text": line.scanned}
    )
    if not request.htmx:
        messages.success(request, said.sentence)
        return redirect(handover)
    return render(request, "dossiers/handovers/_pile.html", _counted(handover, said))


def line(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """What was counted on one line."""
    handover = _visible(request, pk)
    permissions.check_can_hand_over(request.user, handover.desk)
    line = get_object_or_404(
        handover.lines.select_related("dossier"), position=position
    )
    form = LineForm(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(form, lambda: actions.write_line(line, facts, by=request.user)):
            return redirect(handover)
    return _form(request, handover, form, _("Line %(n)d") % {"n": position}, line=line)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk signs."""
    handover = _visible(request, pk)
    try:
        handover = actions.sign_for_desk(handover, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(handover)
    messages.success(
        request,
        _("You have signed %(minutes)s. Now %(office)s signs.")
        % {"minutes": handover, "office": handover.post_office},
    )
    return redirect(handover)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Count again, as long as the post has not signed."""
    handover = actions.reopen(_visible(request, pk), by=request.user)
    return redirect(handover)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give unsigned minutes up."""
    handover = actions.abandon(_visible(request, pk), by=request.user)
    messages.success(
        request, _("The minutes were given up unsigned; nothing has changed hands.")
    )
    return redirect(handover)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The postal clerk signs with an account of the own."""
    handover = _visible(request, pk)
    try:
        handover = actions.sign_for_post(handover, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(handover)
    return _locked(request, handover)


def on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the post's signature on paper, with its scan."""
    handover = _visible(request, pk)
    permissions.check_can_hand_over(request.user, handover.desk)
    form = PaperSignatureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        signed = attempt(
            form,
            lambda: actions.record_paper_signature(
                handover,
                signatory=values["signatory"],
                signed_at=form.moment(),
                scan=values["scan"],
                by=request.user,
            ),
        )
        if signed:
            return _locked(request, signed)
    return _form(request, handover, form, _("The post signed on paper"), is_upload=True)


def _locked(request: HttpRequest, handover: Handover) -> HttpResponse:
    moment = timezone.localtime(handover.signed_at)
    messages.success(
        request,
        _("%(minutes)s: signed by both at %(moment)s and locked.")
        % {"minutes": handover, "moment": f"{moment:%H:%M, %d/%m/%Y}"},
    )
    return redirect(handover)


def cancel_line(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Cancel a line of locked minutes with a counter-line."""
    handover = _visible(request, pk)
    permissions.check_can_cancel_line(request.user, handover)
    line = get_object_or_404(handover.lines, position=position)
    form = CounterLineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        cancelled = attempt(
            form,
            lambda: actions.cancel_line(
                handover, position, reason=reason, by=request.user, at=now
            ),
        )
        if cancelled:
            messages.success(
                request,
                _("Line %(n)d was cancelled by line %(counter)d.")
                % {"n": position, "counter": cancelled.position},
            )
            return redirect(handover)
    title = _("Cancel line %(n)d") % {"n": position}
    return _form(request, handover, form, title, line=line, is_grave=True)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of the signed paper."""
    handover = _visible(request, pk)
    if not handover.scan:
        raise Http404
    return FileResponse(handover.scan.open("rb"), as_attachment=True)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Two copies on A4, with the codes as Code 128; always in Vietnamese."""
    handover = _visible(request, pk)
    with override("vi"):
        context = _counted(handover) | {
            "lines": handover.lines.select_related(
                "dossier", "dossier__procedure", "item", "cancels", "cancelled_by"
            ),
            "sheet": minutes.sheet_of(handover),
            "head": minutes.head_of_minutes(handover),
            "signatures": minutes.signatures_of(handover),
            "sides": minutes.sides_of(handover),
            "copies": (handover.desk.name, handover.post_office.name),
        }
    return sheet(request, "minutes", context, back=handover.get_absolute_url())


def _form(
    request: HttpRequest, handover: Handover, form: Any, title: str, **context: Any
) -> HttpResponse:
    context |= {"handover": handover, "form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "dossiers/handovers/form.html", context, status=status)

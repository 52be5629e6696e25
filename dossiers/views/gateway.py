"""The door for what the post's systems push; the page of what came in, to settle it."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dossiers import paging
from dossiers.gateway import adapters
from dossiers.gateway.adapters.base import Push
from dossiers.gateway.taking import Taken, can_read_again, take
from dossiers.gateway.taking import read_again as read_event_again
from dossiers.models import Gateway, GatewayEvent, PostalItem
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Invalid, Refused

MOST_BYTES = 64 * 1024
Outcome = GatewayEvent.Outcome
SENTENCES: dict[str, Callable[[], str]] = {
    Outcome.APPLIED: lambda: _("Taken."),
    Outcome.UNKNOWN_ITEM: lambda: _("Kept; nothing was changed."),
    Outcome.UNKNOWN_STATUS: lambda: _("Kept; nothing was changed."),
    Outcome.CONTRADICTS: lambda: _("Kept; nothing was changed."),
}


class _No(Exception):
    """Not taken: HTTP status, stable code, sentence."""


def _answers_json(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return view(*args, **kwargs)
        except _No as no:
            status, code, sentence = no.args
            return _json(code, sentence, status)

    return answer


@csrf_exempt
@login_not_required
@_answers_json
def push(request: HttpRequest, name: str) -> JsonResponse:
    """One status, signed. Taken is 200 whatever it did, so nobody sends it again."""
    if request.method != "POST":
        raise _No(405, "method_not_allowed", _("Send events with POST."))
    body = _body(request)
    gateway = _signed(Push(request.headers, body), name)
    payload = _payload(body)
    try:
        news = adapters.adapter(gateway.adapter).read(payload)
    except Invalid as error:
        raise _No(400, "malformed", str(error)) from error
    return _taken(take(gateway, news, payload))


def _body(request: HttpRequest) -> bytes:
    # Read by ourselves: request.body would accept megabytes.
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise _No(
            413,
            "too_large",
            _("An event has at most %(most)s bytes.") % {"most": MOST_BYTES},
        )
    return body


def _signed(push: Push, name: str) -> Gateway:
    """The gateway, if the push is its own and of now.

    Who does not know the secret is not told whether the gateway exists.
    """
    gateways = Gateway.objects.select_related("organisation__parent")
    gateway = gateways.filter(name=name, is_active=True).first()
    try:
        adapter = adapters.adapter(gateway.adapter if gateway else "generic")
    except KeyError:
        gateway, adapter = None, adapters.adapter("generic")
    is_signed = adapter.is_signed(push, gateway.secret if gateway else "unknown")
    if gateway is None or not is_signed:
        raise _No(
            401, "bad_signature", _("The signature does not belong to this message.")
        )
    if not adapter.is_timely(push, timezone.now().timestamp()):
        raise _No(
            401,
            "stale_timestamp",
            _("The message is not of this moment. Compare the clocks."),
        )
    return gateway


def _payload(body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(body, parse_constant=_no_number)
        # What a database can keep: no lone halves of letters, no NUL.
        kept = json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise _No(400, "malformed", _("The body is not JSON.")) from error
    if not isinstance(payload, dict) or b"\\u0000" in kept:
        raise _No(400, "malformed", _("The body is not a JSON object of plain text."))
    return payload


def _no_number(_word: str) -> None:
    raise ValueError


def _taken(taken: Taken) -> JsonResponse:
    event = taken.event
    if taken.is_other:
        sentence = _("Event %(id)s was taken before and said something else.")
        raise _No(409, "id_reused", sentence % {"id": event.event_id})
    sentence = " ".join(filter(None, (SENTENCES[event.outcome](), event.note)))
    if taken.is_repeated:
        return _json(
            "duplicate",
            _("Taken before."),
            200,
            outcome=event.outcome,
            id=event.event_id,
        )
    return _json(event.outcome, sentence, 200, id=event.event_id)


def _json(code: str, sentence: str, status: int, **more: str) -> JsonResponse:
    return JsonResponse(
        {"code": code, "sentence": sentence, **more},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What came in, newest first, by what became of it."""
    visible = visible_events(request.user)
    tabs = {
        Outcome.CONTRADICTS: _("Contradictions"),
        Outcome.UNKNOWN_STATUS: _("Unknown statuses"),
        Outcome.UNKNOWN_ITEM: _("Unknown items"),
        Outcome.APPLIED: _("Applied"),
    }
    name = request.GET.get("tab", "")
    tab = name if name in tabs else "all"
    shown = visible.filter(outcome=tab) if tab != "all" else visible
    shown = shown.select_related("gateway", "item")
    rows, next_key = paging.rows_after(shown, request.GET.get("after", ""))
    for event in rows:
        event.raw = json.dumps(event.payload, ensure_ascii=False)
        event.may_be_read_again = can_read_again(request.user, event)
    context = {
        "tabs": [
            ("all", _("All"), paging.count(visible)),
            *(
                (outcome.value, label, paging.count(visible.filter(outcome=outcome)))
                for outcome, label in tabs.items()
            ),
        ],
        "tab": tab,
        "rows": rows,
        "next_key": next_key,
        "is_first": not request.GET.get("after"),
    }
    return render(request, "dossiers/webhooks/events.html", context)


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a kept event in once more, and say what came of it."""
    event = get_object_or_404(visible_events(request.user), pk=pk)
    try:
        event = read_event_again(event, by=request.user)
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
    else:
        is_applied = event.outcome == Outcome.APPLIED
        tell = messages.success if is_applied else messages.warning
        said = _("Event %(id)s was read again: «%(outcome)s».") % {
            "id": event.event_id,
            "outcome": event.get_outcome_display(),
        }
        tell(request, " ".join(filter(None, (said, event.note))))
    # Back to the tab and the page of the list that the button stood on.
    query = request.GET.urlencode()
    page = reverse("dossiers:gateway_events")
    return redirect(f"{page}?{query}" if query else page)


def visible_events(user: User) -> QuerySet[GatewayEvent]:
    """Events of the own gateways, and of the items that this person may see."""
    is_reader = user.may(Ability.CARRY) or user.may(Ability.MANAGE_ACCOUNTS)
    if not is_reader:
        raise Refused(
            _("%(name)s may not do this: the role «%(role)s» does not include it.")
            % {"name": user, "role": user.get_role_display()}
        )
    own = Organisation.objects.within(user.organisation.scope)
    is_own = Q(gateway__organisation__in=own)
    if user.organisation.kind == Organisation.Kind.POST_OFFICE:
        is_own = Q(gateway__organisation=user.organisation)
    items = PostalItem.objects.visible_to(user).values("pk")
    return GatewayEvent.objects.filter(is_own | Q(item__in=items))

"""Sends what is queued: claim, sign, send, write down what came of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import WebhookDelivery, WebhookEndpoint
from dossiers.webhooks.addresses import resolve
from dossiers.webhooks.posting import Answer, post
from dossiers.webhooks.signing import SIGNATURE, TIMESTAMP, sign
from postal_tthc import audit
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, Invalid

Status = WebhookDelivery.Status
EVENT = "X-Postal-Event"  # the id by which a receiver knows a repetition
# How long to wait after the first, second… attempt that failed; then it is given up.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(PAUSES) + 1
# A sender that died half-way: its delivery is taken up again after so long.
CLAIM = timedelta(minutes=2)
LONGEST_ANSWER = 500


@dataclass(frozen=True)
class Sent:
    """What one round did."""

    delivered: int = 0
    failed: int = 0
    given_up: int = 0


def send_due(*, most: int = 500) -> Sent:
    """Send everything that is due, the oldest first, to endpoints that are active.

    An endpoint that does not answer is asked once in a round; the rest of its
    queue waits for the next, so that it does not hold up the others.
    """
    counts = {Status.DELIVERED: 0, Status.WAITING: 0, Status.GIVEN_UP: 0}
    silent: set[int] = set()
    for delivery in _due(most):
        if delivery.endpoint_id in silent or not _claim(delivery):
            continue
        answer = send(delivery)
        if not answer.status:
            silent.add(delivery.endpoint_id)
        counts[Status(delivery.status)] += 1
    return Sent(
        counts[Status.DELIVERED], counts[Status.WAITING], counts[Status.GIVEN_UP]
    )


def send_some() -> Sent:
    """A short round, for a worker that has other work too."""
    return send_due(most=20)


def send(delivery: WebhookDelivery) -> Answer:
    """One attempt at a claimed delivery, outside any transaction, and its outcome."""
    endpoint = delivery.endpoint
    now = timezone.now()
    body = body_of(delivery)
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "postal-tthc",
        EVENT: delivery.event_id,
        TIMESTAMP: timestamp,
        SIGNATURE: sign(endpoint.secret, timestamp, body),
    }
    try:
        answer = post(resolve(endpoint.url), body, headers)
    except Invalid as error:
        answer = Answer(0, str(error))
    _write_down(delivery, answer, timezone.now())
    return answer


def body_of(delivery: WebhookDelivery) -> bytes:
    """What is sent, the same in every attempt."""
    message = {"id": delivery.event_id, **delivery.payload}
    return json.dumps(message, ensure_ascii=False, sort_keys=True).encode()


@transaction.atomic
def resend(delivery: WebhookDelivery, *, by: User) -> None:
    """Begin again with a delivery, from the first attempt; the audit log keeps who.

    Raises ``Conflict`` for an endpoint that is switched off.
    """
    if not WebhookEndpoint.objects.filter(
        pk=delivery.endpoint_id, is_active=True
    ).exists():
        raise Conflict(_("The endpoint is switched off. Switch it on first."))
    kept = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
    changed = {"status": (kept.status, Status.WAITING.value)}
    kept.status, kept.attempts, kept.delivered_at = Status.WAITING, 0, None
    kept.next_attempt_at = timezone.now()
    kept.save()
    audit.log(kept, audit.Action.UPDATE, changed, by=by)


def _due(most: int) -> Iterator[WebhookDelivery]:
    due: QuerySet[WebhookDelivery] = WebhookDelivery.objects.filter(
        status=Status.WAITING,
        next_attempt_at__lte=timezone.now(),
        endpoint__is_active=True,
    )
    yield from due.select_related("endpoint").order_by("created_at", "pk")[:most]


def _claim(delivery: WebhookDelivery) -> bool:
    """Whether this sender has it: of two at once, one."""
    claimed = WebhookDelivery.objects.filter(
        pk=delivery.pk,
        status=Status.WAITING,
        next_attempt_at=delivery.next_attempt_at,
    ).update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + CLAIM)
    delivery.attempts += claimed
    return bool(claimed)


def _write_down(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    words = answer.words
    delivery.next_attempt_at = now
    if answer.is_taken:
        delivery.status, delivery.delivered_at = Status.DELIVERED, now
    elif delivery.attempts >= MOST_ATTEMPTS:
        delivery.status = Status.GIVEN_UP
        words = _("Given up after %(n)d attempts. The last one: %(words)s") % {
            "n": delivery.attempts,
            "words": words,
        }
    else:
        delivery.next_attempt_at = now + PAUSES[delivery.attempts - 1]
    delivery.last_answer = words[:LONGEST_ANSWER]
    delivery.save(
        update_fields=["status", "next_attempt_at", "last_answer", "delivered_at"]
    )

"""Which endpoints hear of an entry in the log; queued in the entry's transaction."""

import hashlib
from typing import Any

from django.utils import timezone

from dossiers.models import CustodyEntry, Dossier, WebhookDelivery, WebhookEndpoint


def queue(entry: CustodyEntry) -> None:
    """Queue an entry for every active endpoint whose organisation has the dossier.

    Call it in the transaction that wrote the entry: both are there, or neither is.
    Nothing is sent here.
    """
    deliveries = [
        WebhookDelivery(
            endpoint=endpoint,
            event_id=event_id(entry, endpoint),
            payload=payload(entry),
            next_attempt_at=entry.recorded_at,
            created_at=timezone.now(),
        )
        for endpoint in WebhookEndpoint.objects.filter(is_active=True).select_related(
            "organisation__parent"
        )
        if hears(endpoint, entry)
    ]
    if deliveries:
        WebhookDelivery.objects.bulk_create(deliveries)


def hears(endpoint: WebhookEndpoint, entry: CustodyEntry) -> bool:
    """Whether the step was chosen and the dossier is the organisation's.

    The same dossiers as the organisation's own people see (``Dossier.objects.of``).
    """
    if endpoint.steps and entry.step not in endpoint.steps:
        return False
    own = Dossier.objects.of(endpoint.organisation)
    return own.filter(pk=entry.dossier_id).exists()


def event_id(entry: CustodyEntry, endpoint: WebhookEndpoint) -> str:
    """The same for every attempt: by it the receiver knows what it has had before."""
    return hashlib.sha256(f"{entry.seal}:{endpoint.pk}".encode()).hexdigest()


def payload(entry: CustodyEntry) -> dict[str, Any]:
    """What is told: codes, statuses and moments, never a person's name or address.

    ``sequence`` grows by one with each entry of a dossier: by it a receiver puts
    messages in order that came in another one.
    """
    dossier = entry.dossier
    return {
        "dossier": dossier.reference,
        "procedure": dossier.procedure.code,
        "step": str(entry.step),
        "status": str(entry.status),
        "sequence": entry.sequence,
        "at": timezone.localtime(entry.at).isoformat(),
        "held_by": entry.held_by.symbol if entry.held_by else None,
        "item": entry.item.number if entry.item else None,
        "due_on": dossier.due_on.isoformat() if dossier.due_on else None,
        "seal": entry.seal,
    }

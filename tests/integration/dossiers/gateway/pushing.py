"""Pushing as the post's system does: signed over the moment and the body."""

import json
import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

from dossiers.models import Gateway, PostalItem
from dossiers.webhooks.signing import sign
from tests.factories.offices import Office

SECRET = "mot-bi-mat-dai-va-kho-doan"


def open_gateway(office: Office, name: str = "vnpost", **values: Any) -> Gateway:
    """A gateway of the post office of an office."""
    values = {"organisation": office.post_office, "secret": SECRET} | values
    return Gateway.objects.create(name=name, **values)


def told(item: PostalItem | str, status: str, at: str, **values: Any) -> dict[str, Any]:
    """A message of the generic adapter."""
    message = {"item_number": str(item), "status": status, "at": at}
    return {"event_id": f"{item}-{status}-{at}", **message, **values}


def push(
    message: Any, *, name: str = "vnpost", secret: str = SECRET, **headers: str
) -> HttpResponse:
    """Send a message as the post would, with a session of nobody."""
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    timestamp = headers.pop("timestamp", str(int(time.time())))
    signature = headers.pop("signature", sign(secret, timestamp, body))
    return Client(enforce_csrf_checks=True).post(
        f"/gateway/{name}/events/",
        body,
        content_type="application/json",
        headers={
            "X-Postal-Timestamp": timestamp,
            "X-Postal-Signature": signature,
            "Cookie": "django_language=en",
            **headers,
        },
    )

"""A request with an Idempotency-Key is carried out once, however often it comes."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from postal_tthc.rest.models import ApiToken, IdempotencyKey
from postal_tthc.rest.one_time import KEPT, forget_old
from postal_tthc.rest.problems import KeyReused

LONGEST = 100
KEPT_HEADERS = ("ETag", "Location")


def once(request: Request, act: Callable[[], Response]) -> Response:
    """Do it in one transaction, or give the answer that was given before.

    What was refused is not kept: the same key may bring the mended request. Raises
    ``KeyReused`` when the key came with another request.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        with transaction.atomic():
            return act()
    if len(key) > LONGEST or not key.isprintable():
        raise ValidationError(
            {"Idempotency-Key": [_("At most %(n)d letters.") % {"n": LONGEST}]}
        )
    key = of_asker(request, key)
    mark = fingerprint(request)
    if known := _known(request, key):
        return _again(known, mark)
    try:
        with transaction.atomic():
            return _first(request, key, mark, act)
    except IntegrityError:
        # Somebody else with the same key was quicker by a moment.
        if known := _known(request, key):
            return _again(known, mark)
        raise


def of_asker(request: Request, key: str) -> str:
    """A key as it is kept: each token has its own, and so has the session."""
    asker = request.auth.pk if isinstance(request.auth, ApiToken) else ""
    return hashlib.sha256(f"{asker}|{key}".encode()).hexdigest()


def _first(
    request: Request, key: str, mark: str, act: Callable[[], Response]
) -> Response:
    forget_old(request.user)
    row = IdempotencyKey.objects.create(
        user=request.user, key=key, fingerprint=mark, made_at=timezone.now()
    )
    response = act()
    row.status = response.status_code
    row.answer = json.loads(json.dumps(response.data, cls=JSONEncoder))
    row.headers = {x: response[x] for x in KEPT_HEADERS if response.has_header(x)}
    row.save()
    return response


def _known(request: Request, key: str) -> IdempotencyKey | None:
    since = timezone.now() - KEPT
    rows = IdempotencyKey.objects.filter(user=request.user, made_at__gte=since)
    return rows.filter(key=key).first()


def _again(known: IdempotencyKey, mark: str) -> Response:
    if known.fingerprint != mark:
        raise KeyReused(
            _("This Idempotency-Key came with another request. Take a new key.")
        )
    headers = {**known.headers, "Idempotent-Replay": "true"}
    return Response(known.answer, status=known.status, headers=headers)


def fingerprint(request: Request) -> str:
    """SHA-256 over method, address and what was sent, files by their content."""
    told = [request.method, request.get_full_path(), _plain(request.data)]
    words = json.dumps(told, sort_keys=True, cls=JSONEncoder)
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(data: Any) -> Any:
    if not hasattr(data, "lists"):
        return data
    return {name: [_as_text(x) for x in values] for name, values in data.lists()}


def _as_text(value: Any) -> str:
    if not isinstance(value, UploadedFile):
        return str(value)
    content = hashlib.sha256(b"".join(value.chunks())).hexdigest()
    value.seek(0)
    return content

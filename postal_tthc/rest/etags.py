"""Versions of things, against lost updates (RFC 9110, ETag and If-Match)."""

import hashlib
import json
from typing import Any

from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from postal_tthc.rest.problems import ChangedMeanwhile, PreconditionRequired


def etag(version: Any) -> str:
    """A version as a header has it."""
    return f'"{version}"'


def fingerprint(document: Any) -> str:
    """The version of what counts none itself: a hash of all that is told of it."""
    words = json.dumps(document, sort_keys=True, cls=JSONEncoder)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def told(
    request: Request, document: Any, *, version: Any = None, status: int = 200
) -> Response:
    """A document with its version; 304 for who reads and has it already.

    Without ``version`` it is the document's ``fingerprint``.
    """
    seen = fingerprint(document) if version is None else version
    headers = {"ETag": etag(seen)}
    if request.method in SAFE_METHODS and is_known(request, seen):
        return Response(status=304, headers=headers)
    return Response(document, status=status, headers=headers)


def is_known(request: Request, version: Any) -> bool:
    """Whether the asker has this version already (If-None-Match)."""
    return _matches(request.headers.get("If-None-Match", ""), version)


def asked_version(request: Request, version: Any) -> None:
    """The thing is still what If-Match names; without the header nothing is asked.

    Raises ``ChangedMeanwhile``.
    """
    given = request.headers.get("If-Match", "")
    if given and not _matches(given, version):
        raise ChangedMeanwhile(
            _("It has changed meanwhile. Read it again, compare, and send again.")
        )


def demand_version(request: Request, version: Any) -> None:
    """As ``asked_version``, and the header must be there."""
    if not request.headers.get("If-Match"):
        raise PreconditionRequired(
            _("Read it first, and send its ETag as If-Match with the change.")
        )
    asked_version(request, version)


def _matches(header: str, version: Any) -> bool:
    given = [x.removeprefix("W/") for x in parse_etags(header)]
    return "*" in given or etag(version) in given

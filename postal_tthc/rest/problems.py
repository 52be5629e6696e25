"""Every no as a problem document (RFC 9457): a stable code and a sentence."""

import logging
import math
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import (
    PermissionDenied as DjangoDenied,
)
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    UnreadablePostError,
)
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from postal_tthc.errors import Conflict, DomainError, Refused

CONTENT_TYPE = "application/problem+json"
API = "/api/v1/"
BUSY_FOR = 10  # seconds until a request may find the database free
log = logging.getLogger("django.request")

# What each status is called; codes are for programs and never change.
CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "refused",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "changed_meanwhile",
    413: "too_large",
    415: "unsupported_media_type",
    422: "doubtful",
    428: "precondition_required",
    429: "too_many_requests",
    500: "internal_error",
    503: "busy",
}
# More precise ones beside them.
OTHER_CODES = {
    "validation_failed": 400,
    "not_readable": 400,
    "missing_scope": 403,
    "key_reused": 422,
}


class ProblemSerializer(serializers.Serializer):
    """A no, in a code for programs and a sentence for people."""

    type = serializers.CharField(help_text="Always «about:blank».")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do about it.")
    code = serializers.ChoiceField(choices=sorted({*CODES.values(), *OTHER_CODES}))
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Sentences by field, when fields are at fault.",
    )


class ChangedMeanwhile(exceptions.APIException):
    """The thing is no longer what ``If-Match`` names."""

    status_code = 412
    default_code = "changed_meanwhile"


class TooLarge(exceptions.APIException):
    """More was sent at once than is read."""

    status_code = 413
    default_code = "too_large"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Too much at once: at most %(n)d bytes are read.") % {"n": most}
        )


class PreconditionRequired(exceptions.APIException):
    """A change that could overwrite another's needs ``If-Match``."""

    status_code = 428
    default_code = "precondition_required"


class KeyReused(exceptions.APIException):
    """An idempotency key came back with another request."""

    status_code = 422
    default_code = "key_reused"


class Doubtful(exceptions.APIException):
    """What looks wrong but may be right; ``errors`` says what, field by field."""

    status_code = 422
    default_code = "doubtful"

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(
            _("This looks wrong but may be right. Send it with accept_doubts if it is.")
        )
        self.errors = errors


def problem(
    status: int,
    sentence: str,
    *,
    code: str = "",
    errors: dict[str, list[str]] | None = None,
) -> dict[str, Any]:
    """The document itself."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        "code": code or CODES.get(status, "invalid"),
    }
    return told | ({"errors": errors} if errors else {})


def handle(error: Exception, context: dict[str, Any]) -> Response:
    """What the framework calls for everything a view raises."""
    if isinstance(error, DomainError):
        document = problem(error.http_status, str(error), code=code_of(error))
        return Response(document, status=error.http_status, content_type=CONTENT_TYPE)
    response = exception_handler(_told_otherwise(error), context)
    if response is None:
        return _unexpected(error, context["request"])
    response.data = _document(_told_otherwise(error), response)
    response.content_type = CONTENT_TYPE
    return response


def _told_otherwise(error: Exception) -> Exception:
    """What Django itself raises about a request, as the framework says it."""
    if isinstance(error, RequestDataTooBig):
        return TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(error, (SuspiciousOperation, BadRequest, UnreadablePostError)):
        return exceptions.ParseError(_("What was sent cannot be read."))
    return error


def _unexpected(error: Exception, request: Any) -> Response:
    """A fault of ours: logged as Django logs it, told without any detail."""
    asked: HttpRequest = request._request
    is_busy = isinstance(error, OperationalError)
    status = 503 if is_busy else 500
    log.error(
        "%s: %s",
        HTTPStatus(status).phrase,
        asked.path,
        exc_info=error,
        extra={"status_code": status, "request": asked},
    )
    # As Django does, for whoever listens; a test sees the error itself.
    got_request_exception.send(sender=None, request=asked)
    headers = {"Retry-After": str(BUSY_FOR)} if is_busy else {}
    return Response(
        problem(status, _sentence(status)),
        status=status,
        headers=headers,
        content_type=CONTENT_TYPE,
    )


def _sentence(status: int) -> str:
    if status == 503:
        return _("The database is busy. Send the same again in a moment.")
    return _("An error of ours. It was logged; nothing of this request was written.")


def code_of(error: DomainError) -> str:
    """The code of a rule's own no."""
    if isinstance(error, Refused):
        return CODES[403]
    return CODES[409] if isinstance(error, Conflict) else CODES[400]


def _document(error: Exception, response: Response) -> dict[str, Any]:
    status = response.status_code
    if isinstance(error, exceptions.ValidationError):
        errors = dict(flat(error.detail))
        sentence = _("Some values are not as they should be; «errors» names them.")
        return problem(status, sentence, code="validation_failed", errors=errors)
    if isinstance(error, Http404):
        return problem(status, _("There is nothing here, or not for you."))
    if isinstance(error, exceptions.ParseError):
        return problem(status, str(error.detail), code="not_readable")
    if isinstance(error, DjangoDenied):
        return problem(status, _("This is not for you."))
    given = getattr(error, "get_codes", str)()
    code = given if isinstance(given, str) and given in OTHER_CODES else ""
    errors = getattr(error, "errors", None)
    return problem(status, _words(error), code=code, errors=errors)


def _words(error: exceptions.APIException) -> str:
    """What is said of it: our own words where the framework has English ones alone."""
    if isinstance(error, exceptions.NotAuthenticated):
        return _("Send a token: «Authorization: Bearer tthc_…». See /api/.")
    if isinstance(error, exceptions.Throttled):
        return _("Too many requests. Ask again after %(n)d seconds.") % {
            "n": math.ceil(error.wait or 1)
        }
    if isinstance(error, exceptions.NotAcceptable):
        return _("Only JSON is answered. Ask for application/json.")
    if isinstance(error, exceptions.UnsupportedMediaType):
        return _("This media type is not read here. Send JSON; a scan as multipart.")
    return str(error.detail)


def flat(detail: Any, path: str = "") -> list[tuple[str, list[str]]]:
    """Sentences by field; a field inside another is written «papers.0.name»."""
    if isinstance(detail, dict):
        inside = detail.items()
    elif isinstance(detail, list) and any(isinstance(x, dict) for x in detail):
        inside = enumerate(detail)
    else:
        sentences = detail if isinstance(detail, list) else [detail]
        return [(path or "non_field_errors", [str(x) for x in sentences])]
    return [
        pair
        for name, part in inside
        if part
        for pair in flat(part, f"{path}.{name}" if path else str(name))
    ]


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> JsonResponse:
    """An address of the API that does not exist."""
    return _plain(404, _("There is nothing here, or not for you."))


def server_error(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What no view could answer: of the API as a problem, else as a page."""
    if not request.path.startswith(API):
        return defaults.server_error(request, *args, **kwargs)
    return _plain(500, _sentence(500))


def bad_request(
    request: HttpRequest, exception: Exception, *args: Any, **kwargs: Any
) -> HttpResponse:
    """What Django refuses before any view: of the API as a problem, else as a page."""
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception, *args, **kwargs)
    return _plain(400, _("What was sent cannot be read."))


def _plain(status: int, sentence: str) -> JsonResponse:
    return JsonResponse(
        problem(status, sentence), status=status, content_type=CONTENT_TYPE
    )

"""Every no is a problem document with a stable code, also ours and Django's own."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.management import call_command
from django.db import OperationalError
from django.http import Http404
from django.test import Client, override_settings
from django.urls import include, path
from django.views.debug import get_exception_reporter_filter
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from postal_tthc import urls
from postal_tthc.errors import Conflict, Invalid, Refused
from postal_tthc.rest.parsers import DEEPEST, LARGEST_UPLOAD
from tests.factories.dossiers import MONDAY, at
from tests.factories.handovers import begin
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask, token_of
from tests.integration.api.routes import FORM, Operation, aimed, body_of, operations

API = "/api/v1/"
LIST = f"{API}dossiers/"
PROBLEM = "application/problem+json"
BROKEN = {
    "fault": (ZeroDivisionError("secret detail"), 500, "internal_error"),
    "busy": (OperationalError("database is locked"), 503, "busy"),
    "suspicious": (SuspiciousOperation("x"), 400, "not_readable"),
    "gone": (Http404("x"), 404, "not_found"),
    "refused": (Refused("Không được."), 403, "refused"),
    "conflict": (Conflict("Đã xong."), 409, "conflict"),
    "invalid": (Invalid("Thiếu."), 400, "invalid"),
}


class Breaks(APIView):
    """Raises what its address asks for."""

    permission_classes = ()

    def get(self, request: Any, what: str) -> Response:
        raise BROKEN[what][0]


class Unspeakable(APIView):
    """Answers what cannot be written as JSON."""

    permission_classes = ()
    renderer_classes = (JSONRenderer,)

    def get(self, request: Any) -> Response:
        return Response({"what": object()})


urlpatterns = [
    path("api/v1/breaks/<str:what>/", Breaks.as_view()),
    path("api/v1/unspeakable/", Unspeakable.as_view()),
    path("", include("postal_tthc.urls")),
]
handler400, handler500 = urls.handler400, urls.handler500


def quiet() -> APIClient:
    """A client that is told what a browser would be told."""
    client = APIClient(raise_request_exception=False)
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("what", BROKEN)
def test_whatever_is_raised_is_told_as_a_problem(what: str) -> None:
    _error, status, code = BROKEN[what]
    answer = quiet().get(f"{API}breaks/{what}/")
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    told = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert "secret detail" not in answer.text
    assert told["detail"].endswith(".")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_fault_of_ours_is_logged_with_its_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, "django.request"):
        quiet().get(f"{API}breaks/fault/")
    record = caplog.records[0]
    assert "/api/v1/breaks/fault/" in record.getMessage()
    assert record.exc_info[0] is ZeroDivisionError
    assert record.status_code == 500


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_busy_database_says_when_to_come_again() -> None:
    assert int(quiet().get(f"{API}breaks/busy/")["Retry-After"]) > 0


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_fails_outside_of_a_view_is_a_problem_too() -> None:
    answer = quiet().get(f"{API}unspeakable/")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    page = quiet().get("/api/v1/dossiers/", HTTP_HOST="elsewhere.example")
    assert (page.status_code, page["Content-Type"]) == (400, PROBLEM)
    # Pages stay pages.
    page = quiet().get("/", HTTP_HOST="elsewhere.example")
    assert page["Content-Type"].startswith("text/html")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [f"{API}nothing/", f"{API}dossiers", "/api/v1/", f"{API}items/x/"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_address_that_is_none_is_told_as_a_problem(address, method) -> None:
    answer = getattr(quiet(), method)(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("path", sorted({x.path for x in operations()}))
def test_a_method_that_a_route_does_not_know_is_told(ask: Ask, path: str) -> None:
    known = {x.method for x in operations() if x.path == path}
    one = next(x for x in operations() if x.path == path)
    client = ask("clerk")
    for method in {"get", "post", "put", "patch", "delete"} - known:
        answer = getattr(client, method)(aimed(one, {}))
        assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM), method
        assert answer.json()["code"] == "method_not_allowed"
        assert set(answer["Allow"].lower().split(", ")) >= known


WRITES = [x for x in operations() if x.takes]


@pytest.mark.parametrize("one", WRITES, ids=lambda x: x.name)
def test_another_media_type_is_not_read(ask: Ask, one: Operation) -> None:
    client = ask("clerk")
    answer = getattr(client, one.method)(
        aimed(one, {}), "a: 1", content_type="application/yaml", HTTP_IF_MATCH="*"
    )
    assert answer["Content-Type"] == PROBLEM
    # What is not there, or not for this role, is said before the body is looked at.
    assert answer.status_code in (403, 404, 415), answer.text
    assert answer.json()["code"] in ("refused", "not_found", "unsupported_media_type")


def test_only_json_is_answered(ask: Ask) -> None:
    answer = ask("clerk").get(LIST, headers={"accept": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


DEEP = "[" * 200_000
NESTED = "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param(b"{", "not JSON", id="cut off"),
        pytest.param(b"", "not JSON", id="empty"),
        pytest.param(b"\xff\xfe", "not JSON", id="not UTF-8"),
        pytest.param(DEEP.encode(), "nested", id="deep enough to break a reader"),
        pytest.param(NESTED.encode(), "nested", id="deep"),
        pytest.param(b'{"a": NaN}', "NaN is not", id="NaN"),
        pytest.param(b'{"a": -Infinity}', "-Infinity is not", id="infinite"),
        pytest.param(b'{"a": 1e999}', "too large", id="a large float"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "too large", id="5000 digits"),
        pytest.param(b'{"a": 9223372036854775808}', "too large", id="2 to the 63rd"),
        pytest.param(b'{"a": "\\ud800"}', "half of a letter", id="a lone surrogate"),
        pytest.param(b'{"\\ud800": 1}', "half of a letter", id="one in a name"),
        pytest.param(b'{"a": 1, "a": 2}', "stands twice", id="a name twice"),
        pytest.param(b'{"\\udc00": 1, "\\udc00": 2}', "half", id="such a name twice"),
    ],
)
def test_json_that_cannot_be_kept_is_refused_in_words(
    ask: Ask, sent: bytes, words: str
) -> None:
    answer = ask("clerk").post(LIST, sent, content_type="application/json")
    if not sent:
        # Nothing is sent as nothing: its fields are missing.
        assert answer.json()["code"] == "validation_failed"
        return
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["code"] == "not_readable"
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("charset", ["utf-7", "bz2_codec", "nonsense", "utf-16"])
def test_other_letters_than_utf_8_break_nothing(ask: Ask, charset: str) -> None:
    answer = ask("clerk").post(
        LIST, b"BZh91AY&SY", content_type=f"application/json; charset={charset}"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "not_readable")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_more_than_is_read_is_refused_by_its_size(ask: Ask) -> None:
    answer = ask("clerk").post(LIST, b" " * 1001, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert "1000" in answer.json()["detail"]


def test_a_large_upload_is_refused_before_it_is_read(ask: Ask, office: Office) -> None:
    def read(*args: object) -> bytes:
        raise AssertionError("it was read")

    minutes = begin(office, at(MONDAY, 10))
    one = next(x for x in operations() if FORM in x.takes)
    told = {
        "wsgi.input": SimpleNamespace(read=read, readline=read),
        "CONTENT_LENGTH": str(LARGEST_UPLOAD + 1),
    }
    answer = ask("clerk").generic(
        "POST",
        aimed(one, {"handovers": [minutes.pk]}),
        content_type="multipart/form-data; boundary=x",
        **told,
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_no_secret_stands_in_what_is_logged(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    secret = token_of(office, "clerk")
    client = quiet()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    with caplog.at_level(logging.DEBUG):
        for address in (LIST, f"{API}nothing/", f"{LIST}?cursor=x"):
            answer = client.get(address)
        client.post(LIST, b"{", content_type="application/json")
        call_command("check")
    assert secret not in caplog.text
    assert secret[5:] not in caplog.text
    # Nor in the report of an error that goes by mail to the administrator.
    request = answer.wsgi_request
    safe = get_exception_reporter_filter(request).get_safe_request_meta(request)
    assert secret not in str(safe)


def test_a_session_that_is_not_of_this_site_writes_nothing(office: Office) -> None:
    for one in (x for x in operations() if x.method != "get"):
        client = Client(enforce_csrf_checks=True)
        client.force_login(office.clerk)
        answer = getattr(client, one.method)(
            aimed(one, {}), body_of(one) or {}, content_type="application/json"
        )
        assert answer.status_code == 403, one.name
        assert "CSRF" in answer.json()["detail"], one.name

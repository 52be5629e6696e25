"""Pages of lists: as long as was asked for, from where was given out, or a no."""

from base64 import b64encode

import pytest
from django.utils import translation

from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.api.conftest import Ask
from tests.integration.api.routes import aimed, operations

LIST = "/api/v1/dossiers/"
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def cursor(text: str) -> str:
    """A cursor as the framework writes one."""
    return b64encode(text.encode()).decode()


LIMITS = ["abc", "0", "-1", "201", "9999", "5.0", "1e2", " 5", "+5", "１０", "9" * 5000]
CURSORS = [
    pytest.param("abc", id="a word"),
    pytest.param("é", id="not plain"),
    pytest.param(cursor("p=abc"), id="not a number"),
    pytest.param(cursor("p="), id="no number"),
    pytest.param(cursor("p=" + "9" * 20), id="longer than a row's number"),
    pytest.param(cursor("o=x"), id="an odd offset"),
    pytest.param(cursor("o=201"), id="a long way off"),
    pytest.param(cursor("o=" + "9" * 20), id="further than a database counts"),
]


def refusal(answer) -> dict[str, list[str]]:
    """What is said of each parameter."""
    document = answer.json()
    assert answer.status_code == document["status"] == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert document["code"] == "validation_failed"
    return document["errors"]


def test_a_page_is_as_long_as_was_asked_for(ask: Ask, office: Office) -> None:
    procedure = make_procedure(office)
    for _n in range(3):
        receive(office, procedure)
    client = ask("clerk")
    for limit, expected in {"1": 1, "2": 2, "200": 3, "": 3}.items():
        answer = client.get(LIST, {"limit": limit})
        assert len(answer.json()["results"]) == expected, limit


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_that_cannot_be_is_refused_with_the_largest(
    ask: Ask, limit: str
) -> None:
    errors = refusal(ask("clerk").get(LIST, {"limit": limit}))
    assert errors == {"limit": ["Write a whole number from 1 to 200."]}


@pytest.mark.parametrize("text", CURSORS)
def test_a_cursor_that_nobody_gave_out_is_refused(ask: Ask, text: str) -> None:
    errors = refusal(ask("clerk").get(LIST, {"cursor": text}))
    assert list(errors) == ["cursor"]
    assert errors["cursor"][0].startswith("This cursor was not given out here.")


def test_no_list_passes_over_a_limit_or_a_cursor(ask: Ask, office: Office) -> None:
    client, lists = ask("clerk"), 0
    for one in operations():
        told = {x["name"]: x for x in one.told.get("parameters", [])}
        if "limit" not in told:
            continue
        sizes = told["limit"]["schema"]
        assert (sizes["minimum"], sizes["maximum"], sizes["default"]) == (1, 200, 50)
        address = aimed(one, {})
        for name in ("limit", "cursor"):
            answer = client.get(f"{address}?{name}=abc")
            # A list below something that is not there has no pages.
            if answer.status_code == 404 and address.count("/") > 4:
                continue
            # Not for a clerk, whatever is asked.
            if answer.status_code == 403:
                continue
            assert list(refusal(answer)) == [name], one.name
            lists += 1
    assert lists > 12


@pytest.mark.parametrize("name", ["limit", "cursor"])
def test_the_no_is_told_in_the_language_of_the_request(
    ask: Ask, office: Office, name: str
) -> None:
    client = ask("clerk")
    said = {}
    for language in ("en", "vi"):
        client.cookies["django_language"] = language
        answer = client.get(f"{LIST}?{name}=abc")
        with translation.override(language):
            said[language] = refusal(answer)[name][0]
        assert answer["Content-Language"] == language
    assert "Invalid cursor" not in said.values()

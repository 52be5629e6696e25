"""Every field of every route is sent what nobody means: a no in words, never a 5xx."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from postal_tthc.accounts.roles import Role
from tests.factories.offices import Office
from tests.integration.api import sensible
from tests.integration.api.conftest import Ask
from tests.integration.api.routes import FORM, Operation, aimed, operations, resolved
from tests.integration.api.world import fill

QUICK = {"read": "1000000/s", "write": "1000000/s", "anonymous": "1000000/s"}
NUL = "a\x00b"
DEEP: Any = [[[[{"a": [{"b": {}}]}]]]]
HOSTILE: dict[str, Any] = {
    "a NUL": NUL,
    "a NUL alone": "\x00",
    "a very long text": "x" * 100_000,
    "a huge number": 2**62,
    "a huge number below zero": -(2**62),
    "a large float": 1e300,
    "nothing": None,
    "true": True,
    "a list": [],
    "an object": {},
    "nested": DEEP,
    "the year 1": "0001-01-01",
    "the year 9999": "9999-12-31",
    "a moment of the year 1": "0001-01-01T00:00:00-12:00",
    "a moment of the year 9999": "9999-12-31T23:59:59-12:00",
    "a naive moment of the year 1": "0001-01-01T00:00:00",
    "30 February": "2020-02-30",
    "digits that are none": "٣٤",
    "a command": "'; DROP TABLE dossiers_dossier; --",
    "turned around": "\u202e\u200b",
}
# In an address a text is all there is.
IN_QUERY = {x: y for x, y in HOSTILE.items() if isinstance(y, str)} | {
    "a huge number": "9" * 30,
    "below zero": "-1",
    "nan": "nan",
    "infinite": "1e999",
}
SENT = [x for x in operations() if x.takes and FORM not in x.takes]
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def changes_of(one: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each value in all fields at once, then in each field whose kind it is of."""
    node = resolved(next(iter(one.takes.values()))["schema"])
    for what, value in HOSTILE.items():
        yield f"everywhere {what}", dict.fromkeys(node["properties"], value)
        for field, told in node["properties"].items():
            is_text = resolved(told).get("type") == "string"
            if isinstance(value, str) == is_text:
                yield f"{field} {what}", {field: value}


def who(one: Operation) -> Role:
    """Somebody who may do it, so that what was sent is looked at."""
    if one.name in ("reports_sign", "reports_withdraw"):
        return Role.LEADER
    if one.family in ("reports", "totals"):
        return Role.CATALOGUE_MANAGER
    by_post = ("items_news", "items_attempt", "items_delivered", "handovers_confirm")
    return Role.POSTAL_CLERK if one.name in by_post else Role.CLERK


@override_settings(API_RATES=QUICK)
def test_no_field_of_any_route_breaks_anything(office: Office, ask: Ask) -> None:
    there = fill(office)
    clients = {role: ask(role) for role in Role}
    for client in clients.values():
        client.raise_request_exception = False
    wrong, looked_at = [], set()
    for one in SENT:
        # Of dossiers one that is being processed: most of its steps read what is sent.
        place = 3 if one.family == "dossiers" and one.has_object else 0
        address, sound = aimed(one, there, place), sensible.body(one, there, place)
        for what, change in changes_of(one):
            with transaction.atomic():
                answer = one.ask(
                    clients[who(one)], address, sound | change, HTTP_IF_MATCH="*"
                )
                transaction.set_rollback(True)
            told = answer.status_code
            if told >= 500 or (told >= 400 and not answer.json()["detail"]):
                wrong.append(f"{one.name} {what}: {told}")
            if told in (400, 422):
                looked_at.add(one.name)
    assert wrong == []
    # Not all was turned away at the door.
    assert len(looked_at) > len(SENT) * 0.8, {x.name for x in SENT} - looked_at


@override_settings(API_RATES=QUICK)
def test_no_parameter_of_any_route_breaks_anything(office: Office, ask: Ask) -> None:
    there = fill(office)
    client = ask(Role.CLERK)
    client.raise_request_exception = False
    wrong = []
    for one in (x for x in operations() if x.method == "get"):
        names = [
            x["name"] for x in one.told.get("parameters", []) if x["in"] == "query"
        ]
        for name in names:
            for what, value in IN_QUERY.items():
                answer = client.get(aimed(one, there), {name: value[:2000]})
                if answer.status_code >= 500:
                    wrong.append(f"{one.name} {name} {what}: {answer.status_code}")
    assert wrong == []


@override_settings(API_RATES=QUICK)
def test_no_address_breaks_anything(office: Office, ask: Ask) -> None:
    client = ask(Role.CLERK)
    parts = [
        "0",
        "9" * 30,
        "9" * 5000,
        "%00",
        "a%00",
        "%F0%9F%92%A9",
        "..",
        "%2F",
        "-1",
    ]
    for one in (x for x in operations() if x.has_object):
        for part in parts:
            names = dict.fromkeys(
                ("id", "reference", "position", "organisation", "month"), part
            )
            address = one.path.format(**names)
            answer = one.ask(client, address, {}, HTTP_IF_MATCH="*")
            assert answer.status_code in (403, 404), f"{one.name} {part[:40]}"


@override_settings(API_RATES=QUICK)
@pytest.mark.parametrize("header", ["*", 'W/""', "x" * 5000, '"\u00e9"'])
def test_no_header_breaks_anything(office: Office, ask: Ask, header: str) -> None:
    there = fill(office)
    client = ask(Role.CLERK)
    for one in operations():
        with transaction.atomic():
            answer = one.ask(
                client,
                aimed(one, there),
                sensible.body(one, there, 0),
                HTTP_IF_MATCH=header,
                HTTP_IF_NONE_MATCH=header,
            )
            transaction.set_rollback(True)
        assert answer.status_code < 500, one.name
        if answer.streaming:
            answer.getvalue()

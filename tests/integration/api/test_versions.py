"""No write goes over what somebody else has written meanwhile."""

import pytest
from django.db import transaction
from django.test import override_settings
from rest_framework.test import APIClient

from dossiers.models import Handover, PostalItem
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import MONDAY, at, dossier_at, register
from tests.factories.handovers import begin, scan
from tests.factories.offices import Office
from tests.integration.api import sensible
from tests.integration.api.conftest import Ask
from tests.integration.api.routes import Operation, aimed, operations, version_at
from tests.integration.api.world import fill

API = "/api/v1/"
QUICK = {"read": "1000000/s", "write": "1000000/s", "anonymous": "1000000/s"}
DEMANDING = [x for x in operations() if x.demands_version]
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def test_whatever_overwrites_demands_the_version_that_was_read() -> None:
    told = {x.name for x in DEMANDING}
    for one in operations():
        assert (one.method in ("put", "patch", "delete")) <= (one.name in told)
    assert {"dossiers_take_back", "items_void", "totals_remove"} <= told
    assert len(told) > 11


def tried(
    one: Operation, client: APIClient, address: str, body: object, **headers: str
) -> int:
    """What is answered; whatever happened is undone."""
    with transaction.atomic():
        answer = one.ask(client, address, body, headers=headers)
        transaction.set_rollback(True)
    return answer.status_code


@override_settings(API_RATES=QUICK)
def test_without_a_version_428_with_an_old_one_412_with_the_right_one_done(
    office: Office, ask: Ask
) -> None:
    there = fill(office)
    clients = [ask(role) for role in (Role.CLERK, Role.LEADER, Role.CATALOGUE_MANAGER)]
    seen: dict[str, set[tuple[int, int, int]]] = {}
    for one in DEMANDING:
        for place in range(len(there[one.family])):
            address = aimed(one, there, place)
            for client in clients:
                body = sensible.body(one, there, place)
                right = version_at(client, address)
                told = (
                    tried(one, client, address, body),
                    tried(one, client, address, body, **{"If-Match": '"old"'}),
                    tried(one, client, address, body, **right),
                )
                seen.setdefault(one.name, set()).add(told)
            if any(x[:2] == (428, 412) and x[2] < 300 for x in seen[one.name]):
                break
        assert any(x[:2] == (428, 412) and x[2] < 300 for x in seen[one.name]), (
            one.name,
            seen[one.name],
        )


def test_what_is_known_already_is_not_told_again(office: Office, ask: Ask) -> None:
    there = fill(office)
    client = ask(Role.CATALOGUE_MANAGER)
    versioned = 0
    for one in (x for x in operations() if x.method == "get" and x.has_object):
        answer = client.get(aimed(one, there))
        if not answer.has_header("ETag"):
            continue
        versioned += 1
        again = client.get(aimed(one, there), headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b""), one.name
    assert versioned >= 7


def test_a_signature_is_not_set_under_minutes_that_changed(
    office: Office, ask: Ask
) -> None:
    minutes = begin(office, at(MONDAY, 10))
    scan(minutes, register(office), office, at(MONDAY, 10))
    client, address = ask("clerk"), f"{API}handovers/{minutes.pk}/"
    seen = client.get(address)["ETag"]
    scan(minutes, register(office), office, at(MONDAY, 11))
    answer = client.post(f"{address}sign/", headers={"If-Match": seen})
    assert (answer.status_code, answer.json()["code"]) == (412, "changed_meanwhile")
    assert Handover.objects.get().status == Handover.Status.OPEN
    now = client.get(address)["ETag"]
    assert client.post(f"{address}sign/", headers={"If-Match": now}).status_code == 200


def test_news_that_nobody_has_seen_is_not_taken_away(office: Office, ask: Ask) -> None:
    dossier_at(Status.WITH_POST, office)
    item, client = PostalItem.objects.get(), ask("postal_clerk")
    address = f"{API}items/{item.pk}/"
    client.post(f"{address}news/", {"status": "in_transit"}, format="json")
    seen = client.get(address)["ETag"]
    client.post(f"{address}attempt/", {"reason": "moved"}, format="json")
    answer = client.post(f"{address}void/", headers={"If-Match": seen})
    assert answer.status_code == 412
    told = client.get(f"{address}events/").json()["results"]
    assert [x["is_void"] for x in told] == [False] * len(told)
    assert told[-1]["reason"] == "moved"


def test_two_lists_of_minutes_are_not_counted_at_once(
    office: Office, ask: Ask, sign_in
) -> None:
    minutes = begin(office, at(MONDAY, 10))
    scan(minutes, register(office), office, at(MONDAY, 10))
    client = ask("clerk")
    client.post(f"{API}handovers/{minutes.pk}/sign/")
    begin(office, at(MONDAY, 11))
    answer = client.post(f"{API}handovers/{minutes.pk}/reopen/")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "are being counted already" in answer.json()["detail"]
    page = sign_in("clerk").post(f"/dossiers/handovers/{minutes.pk}/reopen/")
    assert page.status_code == 409

"""A request with an Idempotency-Key is carried out once, however often it comes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation
from rest_framework.test import APIClient

from dossiers.models import Dossier
from postal_tthc.rest.models import IdempotencyKey
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask, token_of

LIST = "/api/v1/dossiers/"
KEY = {"Idempotency-Key": "kho-1"}
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def test_the_same_key_gives_the_same_answer_and_one_dossier(ask: Ask, entry) -> None:
    client = ask("clerk")
    first = client.post(LIST, entry, format="json", headers=KEY)
    again = client.post(LIST, entry, format="json", headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    for name in ("ETag", "Location"):
        assert first[name] == again[name]
    assert not first.has_header("Idempotent-Replay")
    assert again["Idempotent-Replay"] == "true"
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"applicant_name": "Trần Thị B"}, id="another body"),
        pytest.param({"note": "x"}, id="one fact more"),
    ],
)
def test_the_same_key_with_another_request_is_refused(ask: Ask, entry, other) -> None:
    client = ask("clerk")
    client.post(LIST, entry, format="json", headers=KEY)
    answer = client.post(LIST, entry | other, format="json", headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert Dossier.objects.count() == 1


def test_the_same_key_at_another_address_is_refused(ask: Ask, entry) -> None:
    client = ask("clerk")
    client.post(LIST, entry, format="json", headers=KEY)
    answer = client.post("/api/v1/handovers/", {"direction": "in"}, headers=KEY)
    assert answer.status_code == 415
    answer = client.post(
        "/api/v1/handovers/", {"direction": "in"}, format="json", headers=KEY
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_each_token_and_the_session_have_keys_of_their_own(
    ask: Ask, entry, office: Office
) -> None:
    session = APIClient()
    session.force_login(office.clerk)
    for client in (ask("clerk"), ask("clerk"), session):
        answer = client.post(LIST, entry, format="json", headers=KEY)
        assert answer.status_code == 201
        assert not answer.has_header("Idempotent-Replay")
    assert Dossier.objects.count() == 3


def test_a_key_is_forgotten_in_time(ask: Ask, entry) -> None:
    client = ask("clerk")
    client.post(LIST, entry, format="json", headers=KEY)
    IdempotencyKey.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert client.post(LIST, entry, format="json", headers=KEY).status_code == 201
    assert Dossier.objects.count() == 2
    assert IdempotencyKey.objects.count() == 1


def test_a_key_of_what_was_refused_takes_the_mended_request(ask: Ask, entry) -> None:
    client = ask("clerk")
    wrong = entry | {"procedure": "9.999999"}
    assert client.post(LIST, wrong, format="json", headers=KEY).status_code == 400
    assert not IdempotencyKey.objects.exists()
    assert client.post(LIST, entry, format="json", headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["x" * 101, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(ask: Ask, entry, key: str) -> None:
    answer = ask("clerk").post(
        LIST, entry, format="json", headers={"Idempotency-Key": key}
    )
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["errors"]
    assert not Dossier.objects.exists()


def test_what_is_kept_of_a_key_does_not_tell_it(ask: Ask, entry) -> None:
    ask("clerk").post(LIST, entry, format="json", headers=KEY)
    assert "kho-1" not in str(IdempotencyKey.objects.values())


def at_once(send: Callable[[int], Any], count: int) -> list[Any]:
    """The answers to requests that are sent in the same moment."""
    ready = Barrier(count)

    def one(number: int) -> Any:
        ready.wait(10)
        try:
            with translation.override("en"):
                return send(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
@override_settings(API_RATES={"read": "9/s", "write": "99/s", "anonymous": "9/s"})
def test_four_at_once_with_one_key_make_one_dossier(entry, office: Office) -> None:
    secret = token_of(office, "clerk")

    def send(_number: int) -> Any:
        client = APIClient(headers={"authorization": f"Bearer {secret}"})
        return client.post(LIST, entry, format="json", headers=KEY)

    answers = at_once(send, 4)
    assert [x.status_code for x in answers] == [201] * 4
    assert len({x.json()["code"] for x in answers}) == 1
    assert sum(x.has_header("Idempotent-Replay") for x in answers) == 3
    assert Dossier.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@override_settings(API_RATES={"read": "9/s", "write": "99/s", "anonymous": "9/s"})
def test_of_two_corrections_at_once_one_is_told_that_it_was_late(
    entry, office: Office
) -> None:
    secret = token_of(office, "clerk")
    headers = {"authorization": f"Bearer {secret}"}
    made = APIClient(headers=headers).post(LIST, entry, format="json")
    address, seen = made["Location"], {"If-Match": made["ETag"]}

    def send(number: int) -> Any:
        change = {"note": f"Lần {number}"}
        return APIClient(headers=headers).patch(
            address, change, format="json", headers=seen
        )

    answers = at_once(send, 2)
    statuses = sorted(x.status_code for x in answers)
    assert statuses in ([200, 409], [200, 412]), statuses
    won = next(x for x in answers if x.status_code == 200)
    assert Dossier.objects.get().note == won.json()["note"]

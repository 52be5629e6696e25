"""What is counted and remembered of one person is not held against another."""

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from dossiers.models import Dossier
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

LIST = "/api/v1/dossiers/"
KEY = {"Idempotency-Key": "kho-1"}
ONCE = {"read": "1/h", "write": "1/h", "anonymous": "1/h"}


def signed_in(office: Office, role: str = "clerk") -> APIClient:
    client = APIClient()
    client.force_login(getattr(office, role))
    return client


@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
def test_two_people_may_choose_the_same_key(
    office: Office, other_office: Office, entry
) -> None:
    # The same program at both, so key and body are the same to the letter.
    for place in (office, other_office):
        make_procedure(place, code="1.001450")
    same = entry | {"procedure": "1.001450"}

    answers = [
        signed_in(place).post(LIST, same, format="json", headers=KEY)
        for place in (office, other_office)
    ]

    assert [x.status_code for x in answers] == [201, 201]
    assert not any(x.has_header("Idempotent-Replay") for x in answers)
    codes = [x.json()["code"] for x in answers]
    assert [x.partition("-")[0] for x in codes] == ["H02.16", "H05.12"]
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_two_people_with_a_session_are_counted_apart(
    office: Office, method: str
) -> None:
    first, second = signed_in(office), signed_in(office, "leader")
    with override_settings(API_RATES=ONCE):
        told = [
            getattr(client, method)(LIST, format="json").status_code == 429
            for client in (first, first, second, second)
        ]
    assert told == [False, True, False, True]

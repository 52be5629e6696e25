"""If-Match where it may be left out: who sends it is heeded."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import override_settings
from rest_framework.test import APIClient

from dossiers import actions
from dossiers.models import CustodyEntry
from dossiers.statuses import Status, Step
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import dossier_at, receive
from tests.factories.offices import Office
from tests.integration.api import sensible
from tests.integration.api.conftest import Ask, token_of
from tests.integration.api.routes import Operation, There, aimed, operations
from tests.integration.api.world import fill

API = "/api/v1/"
QUICK = {"read": "1000000/s", "write": "1000000/s", "anonymous": "1000000/s"}
OLD = {"If-Match": '"old"'}
ASKING = (
    Role.CLERK,
    Role.CASE_OFFICER,
    Role.LEADER,
    Role.POSTAL_CLERK,
    Role.CATALOGUE_MANAGER,
)
# Sends a file, and has a test of its own: test_signed_on_paper.py.
WITH_A_FILE = {"handovers_on_paper"}
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def is_asked_by_choice(one: Operation) -> bool:
    told = [x for x in one.told.get("parameters", []) if x["name"] == "If-Match"]
    return one.method == "post" and bool(told) and not told[0].get("required")


BY_CHOICE = [
    x for x in operations() if is_asked_by_choice(x) and x.name not in WITH_A_FILE
]


def tried(one: Operation, client: APIClient, address: str, body: object, how) -> int:
    """What is answered; whatever happened is undone."""
    with transaction.atomic():
        answer = one.ask(client, address, body, headers=how)
        transaction.set_rollback(True)
    return answer.status_code


def ways(
    one: Operation, there: There, clients: list[APIClient]
) -> Iterator[tuple[APIClient, str, object]]:
    """Everything that is there, asked by everybody."""
    for place in range(len(there[one.family])):
        for client in clients:
            yield client, aimed(one, there, place), sensible.body(one, there, place)


@override_settings(API_RATES=QUICK)
def test_who_names_an_old_version_is_told_wherever_it_would_have_gone(
    office: Office, ask: Ask
) -> None:
    there = fill(office)
    clients = [ask(role) for role in ASKING]
    answers: dict[str, int] = {}
    for one in BY_CHOICE:
        for way in ways(one, there, clients):
            if tried(one, *way, {}) < 300:
                answers[one.name] = tried(one, *way, OLD)
                break
    assert answers == {x.name: 412 for x in BY_CHOICE}
    assert len(answers) > 25


def test_a_star_stands_for_whatever_is_there(office: Office, ask: Ask) -> None:
    dossier = receive(office)
    answer = ask("clerk").patch(
        f"{API}dossiers/{dossier.code}/",
        {"note": "Gọi buổi sáng"},
        format="json",
        headers={"If-Match": "*"},
    )
    assert (answer.status_code, answer.json()["note"]) == (200, "Gọi buổi sáng")


@pytest.mark.django_db(transaction=True)
@override_settings(API_RATES=QUICK)
def test_of_two_who_take_back_at_once_only_one_step_is_taken_back(
    office: Office,
) -> None:
    dossier = dossier_at(Status.RESULT_READY, office)
    secret = token_of(office, "leader")
    headers = {"authorization": f"Bearer {secret}", "accept-language": "en"}
    address = f"{API}dossiers/{dossier.code}/"
    seen = {"If-Match": APIClient(headers=headers).get(address)["ETag"]}

    def second():
        try:
            return APIClient(headers=headers).post(
                f"{address}take-back/",
                {"reason": "Nhầm"},
                format="json",
                headers=seen,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            moment = dossier.custody.latest("sequence").at
            first = {"reason": "Nhầm hồ sơ", "by": office.leader, "at": moment}
            actions.take_back(dossier, **first)
            late = threads.submit(second)
            # It has read the version and waits for the dossier, or for its turn.
            time.sleep(0.5)
        answer = late.result(20)

    assert answer.status_code in (409, 412), answer.json()
    assert CustodyEntry.objects.filter(step=Step.TAKEN_BACK).count() == 1
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING

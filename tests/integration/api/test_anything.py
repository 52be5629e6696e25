"""Asks the API everything that its schema allows, and more, and believes nothing."""

import json
import os
import random
import time
import traceback
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from django.core.signals import (
    got_request_exception,
    request_finished,
    request_started,
)
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import Client

from postal_tthc.accounts.roles import Role
from procedures.models import Procedure
from tests.factories.offices import Office
from tests.integration.api import sensible
from tests.integration.api.conftest import token_of
from tests.integration.api.routes import FORM, Operation, There, aimed, operations
from tests.integration.api.world import fill

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ASKERS = (
    Role.CLERK,
    Role.POSTAL_CLERK,
    Role.CASE_OFFICER,
    Role.LEADER,
    Role.CATALOGUE_MANAGER,
    Role.CONSOLIDATOR,
    Role.ADMINISTRATOR,
)
QUICK = {"read": "1000000/s", "write": "1000000/s", "anonymous": "1000000/s"}
SECONDS = float(os.environ.get("API_SECONDS", "60"))
ENOUGH = settings(
    max_examples=int(os.environ.get("API_EXAMPLES", "12")),
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
pytestmark = pytest.mark.usefixtures(
    "known_calendar_days", "known_norms_and_forms", "_one_connection"
)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As Django's own test client: a request does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def application(environ: dict[str, Any], start: Any) -> list[bytes]:
    """The product; files that are sent are closed at once."""
    parts = get_wsgi_application()(environ, start)
    try:
        return [b"".join(parts)]
    finally:
        parts.close()


@override_settings(API_RATES=QUICK)
def test_whatever_is_asked_is_answered_as_the_schema_says(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    there = fill(office)
    secrets = {role: token_of(office, role) for role in ASKERS}
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
    raised: list[str] = []
    keep = keeper(raised)
    got_request_exception.connect(keep)
    dice, wrong, reached = random.Random(2020), {}, {}
    ends = time.monotonic() + SECONDS
    known = {x.name: x for x in operations()}
    asked, counted = 0, []
    began = time.monotonic()
    for number, found in enumerate(schema.get_all_operations()):
        operation = found.ok()
        one = known[operation.definition.raw["operationId"]]
        seen = reached.setdefault(one.name, set())
        try:
            reach(one, operation, there, secrets, seen)
            # Of the time that is left, each operation has its share.
            left = (ends - time.monotonic()) / (len(known) - number)
            if left > 0:
                asking(operation, there, secrets, dice, seen, left, counted)()
        except (Exception, BaseExceptionGroup) as error:
            wrong[one.name] = f"{error}\n{''.join(raised[-1:])}"
        asked += 1
        raised.clear()
    got_request_exception.disconnect(keep)
    done = {name for name, seen in reached.items() if any(x < 300 for x in seen)}
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{len(done)} of {asked} operations were reached with a 2xx; "
            f"{len(counted)} random requests in {time.monotonic() - began:.0f} s."
        )
    assert wrong == {}, "\n\n".join(f"{x}: {y}" for x, y in wrong.items())
    missed = {name: seen for name, seen in reached.items() if name not in done}
    assert missed == {}


def reach(
    one: Operation,
    operation: Any,
    there: There,
    secrets: dict[Role, str],
    seen: set[int],
) -> None:
    """Ask sensibly, of this and of that, until it is done; then it is undone."""
    client, may = Client(application), list(ASKERS)
    for place in range(len(there.get(one.family) or [1])):
        for role in list(may):
            address = aimed(one, there, place)
            body = sensible.body(one, there, place)
            headers = {"Authorization": f"Bearer {secrets[role]}", "If-Match": "*"}
            with transaction.atomic():
                answer = client.open(
                    address,
                    method=one.method.upper(),
                    headers=headers,
                    **sent(one, body),
                )
                transaction.set_rollback(True)
            seen.add(answer.status_code)
            if answer.status_code == 403:
                may.remove(role)
            if answer.status_code >= 500:
                raise AssertionError(f"{address} {body}: {answer.status_code}")
            if answer.status_code < 300:
                operation.validate_response(answer)
                return


def sent(one: Operation, body: Any) -> dict[str, Any]:
    """The body as a request has it."""
    if body is None:
        return {}
    if FORM in one.takes:
        return {"data": body | {"scan": (BytesIO(b"%PDF-1.4"), "bien-ban.pdf")}}
    return {"data": json.dumps(body), "content_type": "application/json"}


def asking(
    operation: Any,
    there: There,
    secrets: dict[Role, str],
    dice: random.Random,
    seen: set[int],
    seconds: float,
    counted: list[int],
) -> Callable[[], None]:
    """What asks one operation many things, and believes no answer."""
    until = time.monotonic() + seconds

    @ENOUGH
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        if time.monotonic() > until:
            return
        counted.append(1)
        aim(case, there, dice)
        headers = {"Authorization": f"Bearer {secrets[dice.choice(ASKERS)]}"}
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS, headers=headers)

    return ask


def aim(case: Any, there: There, dice: random.Random) -> None:
    """Mostly ask for something that is there."""
    code = Procedure.objects.get(pk=there["procedures"][0]).code
    family = case.operation.path.removeprefix("/api/v1/").split("/")[0]
    parameters = case.path_parameters or {}
    if there.get(family) and dice.random() < 0.8:
        one = dice.choice(there[family])
        names = one if isinstance(one, dict) else {"id": one, "reference": one}
        known = {"position": 1, "pk": one, **names}
        parameters.update({x: str(known[x]) for x in parameters if x in known})
    if isinstance(case.body, dict) and "procedure" in case.body and dice.random() < 0.8:
        case.body |= {"procedure": code, "received_at": "2020-06-01T09:00:00+07:00"}
    # A right version now and then; what was drawn is seldom one.
    if case.headers and "If-Match" in case.headers and dice.random() < 0.7:
        case.headers["If-Match"] = "*"


def keeper(raised: list[str]) -> Callable[..., None]:
    """Remembers what a view raised, to tell it with the answer."""

    def keep(**kwargs: Any) -> None:
        raised.append(traceback.format_exc()[-2000:])

    return keep

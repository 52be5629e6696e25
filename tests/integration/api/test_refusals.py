"""Every route turns away who has no business there: one table, read from the schema."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import ABILITIES, Ability, Role
from postal_tthc.rest import tokens
from postal_tthc.rest.models import ApiToken, Scope
from tests.factories.offices import Office
from tests.integration.api import sensible
from tests.integration.api.conftest import Ask
from tests.integration.api.routes import (
    Operation,
    There,
    aimed,
    body_of,
    operations,
)
from tests.integration.api.world import fill

ALL = operations()
PRIVATE = [x for x in ALL if not x.is_public]
WITH_OBJECT = [x for x in PRIVATE if x.has_object]
# Each list, and who has something in it.
OWNERS = {"totals_list": Role.CATALOGUE_MANAGER, "reports_list": Role.LEADER}
# What asking itself writes down.
BOOKKEEPING = {"rest", "sessions", "auditlog", "contenttypes", "auth", "django_tasks"}
QUICK = {"read": "1000000/s", "write": "1000000/s", "anonymous": "1000000/s"}


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a request may change."""
    kept: list[type[models.Model]] = [
        x for x in apps.get_models() if x._meta.app_label not in BOOKKEEPING
    ]
    return {x._meta.label: list(x.objects.order_by("pk").values_list()) for x in kept}


def test_there_are_routes_to_try() -> None:
    assert len(ALL) > 85
    assert len(WITH_OBJECT) > 60
    assert {x.family for x in ALL if x.is_public} == {
        "procedures",
        "decisions",
        "calendar-days",
        "transit-norms",
    }


def test_no_route_but_the_catalogue_answers_a_stranger(office: Office) -> None:
    for one in ALL:
        answer = one.ask(APIClient(), aimed(one, {}), body_of(one))
        expected = {200, 404} if one.is_public else {401}
        assert answer.status_code in expected, f"{one.name}: {answer.content!r}"
        if answer.status_code == 401:
            assert answer.json()["code"] == "not_authenticated"
            assert answer["WWW-Authenticate"] == "Bearer"


SPOILED = {
    "unknown": lambda t: ApiToken.objects.filter(pk=t.pk).update(digest="x"),
    "expired": lambda t: ApiToken.objects.filter(pk=t.pk).update(
        expiry=timezone.now() - timedelta(seconds=1)
    ),
    "revoked": lambda t: tokens.revoke(t, by=t.made_by),
    "switched off": lambda t: User.objects.filter(pk=t.user_id).update(is_active=False),
    "elsewhere": lambda t: User.objects.filter(pk=t.user_id).update(
        organisation=t.organisation.parent
    ),
}


@pytest.mark.parametrize("why", SPOILED)
def test_a_token_that_ended_opens_no_route(office: Office, ask: Ask, why: str) -> None:
    client = ask("clerk")
    SPOILED[why](ApiToken.objects.get())
    for one in ALL:
        answer = one.ask(client, aimed(one, {}), body_of(one))
        assert answer.status_code == 401, f"{one.name}: {answer.content!r}"


@override_settings(API_RATES=QUICK)
@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
def test_no_route_finds_or_changes_what_belongs_to_another_organisation(
    office: Office, other_office: Office, ask: Ask
) -> None:
    there = fill(office)
    assert all(there.values())
    before = everything()
    strangers = {role: ask(role, other_office) for role in Role}
    for one in WITH_OBJECT:
        for place in range(min(3, len(there[one.family]))):
            address, body = aimed(one, there, place), sensible.body(one, there, place)
            seen = set()
            for role, stranger in strangers.items():
                answer = one.ask(stranger, address, body, HTTP_IF_MATCH="*")
                assert answer.status_code in (403, 404), f"{one.name} {role}"
                assert "H02.16" not in answer.content.decode()
                seen.add(answer.status_code)
            # Not there at all, for who could see such a thing.
            assert 404 in seen, one.name
    assert everything() == before


@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
def test_nothing_can_be_made_with_what_belongs_to_another_organisation(
    office: Office, other_office: Office, ask: Ask
) -> None:
    there = fill(office)
    before = everything()
    makers = [x for x in PRIVATE if x.method == "post" and not x.has_object]
    names = {"dossiers_receive", "dossiers_register", "incidents_report"}
    for one in (x for x in makers if x.name in names):
        answer = one.ask(
            ask("clerk", other_office), aimed(one, there), sensible.body(one, there, 2)
        )
        assert answer.status_code in (400, 404), f"{one.name}: {answer.content!r}"
    assert everything() == before


@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
def test_no_list_tells_of_another_organisation(
    office: Office, other_office: Office, ask: Ask
) -> None:
    fill(office)
    lists = [x for x in PRIVATE if x.method == "get" and not x.has_object]
    counted = {"figures_read": "received", "why_not_post_read": "total"}
    for role in Role:
        client = ask(role, other_office)
        for one in lists:
            answer = client.get(one.path)
            if answer.status_code == 403:
                continue
            told = answer.json()
            assert not told[counted.get(one.name, "results")], f"{one.name} {role}"
    for one in (x for x in lists if x.name not in counted):
        owner = ask(OWNERS.get(one.name, Role.CLERK))
        assert owner.get(one.path).json()["results"], one.name
    figures = ask(Role.LEADER, other_office).get("/api/v1/figures/?organisation=SNV")
    assert figures.status_code == 403


def test_every_route_refuses_a_token_without_its_scope(
    office: Office, ask: Ask
) -> None:
    clients: dict[frozenset[str], APIClient] = {}
    before = everything()
    for one in ALL:
        told = one.told["description"].rpartition(":")[2]
        needed = set(re.findall(r"`(\w+)`", told))
        assert needed, one.name
        assert needed <= set(Scope.values), told
        lacking = frozenset(set(Scope.values) - needed)
        if lacking not in clients:
            clients[lacking] = ask("clerk", scopes=tuple(lacking))
        answer = one.ask(clients[lacking], aimed(one, {}), body_of(one))
        assert answer.status_code == 403, f"{one.name}: {answer.content!r}"
        assert answer.json()["code"] == "missing_scope"
    assert everything() == before


@override_settings(API_RATES=QUICK)
@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
def test_a_token_is_answered_as_its_person_is(office: Office, ask: Ask) -> None:
    there = fill(office)
    for role in (Role.CLERK, Role.POSTAL_CLERK, Role.LEADER):
        token = ask(role)
        session = APIClient(headers={"accept-language": "en"})
        session.cookies["django_language"] = "en"
        session.force_login(office.people[role])
        for one in (x for x in PRIVATE if x.method != "get"):
            address, body = aimed(one, there), sensible.body(one, there, 0)
            told = []
            for client in (token, session):
                with transaction.atomic():
                    answer = one.ask(client, address, body, HTTP_IF_MATCH="*")
                    transaction.set_rollback(True)
                told.append(answer.status_code)
            assert told[0] == told[1], f"{one.name} {role}: {told}"


def test_reading_needs_no_more_than_read_and_writing_more(
    office: Office, ask: Ask
) -> None:
    client = ask("clerk", scopes=("read",))
    assert client.get("/api/v1/dossiers/").status_code == 200
    answer = client.post("/api/v1/dossiers/", {}, format="json")
    assert answer.json()["code"] == "missing_scope"
    assert "write" in answer.json()["detail"]


# What a route needs of the person, beside the scopes of the token.
NEEDED: dict[str, Ability] = {
    "dossiers_receive": Ability.RECEIVE,
    "dossiers_correct": Ability.RECEIVE,
    "dossiers_result_ready": Ability.PROCESS,
    "dossiers_returned": Ability.RETURN,
    "items_news": Ability.CARRY,
    "figures_read": Ability.READ_FIGURES,
    "outreach_record": Ability.KEEP_LEDGER,
    "outreach_void": Ability.KEEP_LEDGER,
    "reports_sign": Ability.SIGN_REPORTS,
    "totals_enter": Ability.ENTER_TOTALS,
}


def places(one: Operation, there: There) -> range:
    """What of its kind it may be aimed at."""
    return range(len(there.get(one.family) or [1]))


def tried(one: Operation, client: APIClient, there: There, place: int) -> Any:
    """The answer; what was done is undone, what was refused has done nothing."""
    address, body = aimed(one, there, place), sensible.body(one, there, place)
    with transaction.atomic():
        answer = one.ask(client, address, body, HTTP_IF_MATCH="*")
        transaction.set_rollback(answer.status_code < 300)
    return answer


@override_settings(API_RATES=QUICK)
@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
def test_a_token_allows_no_more_than_its_person(
    office: Office, other_office: Office, ask: Ask
) -> None:
    there = fill(office)
    own = {role: ask(role) for role in Role}
    strangers = {role: ask(role, other_office) for role in Role}
    before = everything()
    for one in (x for x in ALL if x.name in NEEDED):
        able = {x for x in Role if NEEDED[one.name] in ABILITIES[x]}
        for role in able:
            answers = (tried(one, own[role], there, n) for n in places(one, there))
            assert any(x.status_code < 300 for x in answers), f"{one.name} {role}"
            if one.has_object:
                answer = tried(one, strangers[role], there, 0)
                assert answer.status_code == 404, f"{one.name} {role}"
        for role in set(Role) - able:
            # What the role does not see at all is not there; the rest is refused.
            answers = [tried(one, own[role], there, n) for n in places(one, there)[:3]]
            told = [x.json() for x in answers if x.status_code != 404]
            assert told, f"{one.name} {role}"
            for each in told:
                assert each.get("code") == "refused", f"{one.name} {role}: {each}"
                assert f"role «{role.label}»" in each["detail"]
    assert everything() == before


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing/", "/api/v1/dossiers/H02.16-200601-9999/"]
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_what_is_not_there_is_told_as_a_problem(
    ask: Ask, address: str, method: str
) -> None:
    answer = getattr(ask("clerk"), method)(address)
    assert answer.status_code in (404, 405)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] in ("not_found", "method_not_allowed")

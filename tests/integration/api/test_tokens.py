"""Tokens: hashed, for a time, for a purpose, for an organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from postal_tthc.rest import tokens
from postal_tthc.rest.models import ApiToken, IdempotencyKey
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask, token_of
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.test_at_the_same_time import all_at_once

LIST = "/api/v1/dossiers/"
PAGE = "/api/tokens/"


def with_token(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_only_the_hash_of_a_token_is_kept(office: Office) -> None:
    secret = token_of(office, "clerk")
    token = ApiToken.objects.get()
    assert secret.startswith("tthc_")
    assert len(secret) > 60
    kept = [str(getattr(token, x.attname)) for x in ApiToken._meta.concrete_fields]
    assert not any(secret in value for value in kept)
    assert with_token(secret).get(LIST).status_code == 200


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(
            lambda t: ApiToken.objects.update(
                expiry=timezone.now() - timedelta(seconds=1)
            ),
            id="expired",
        ),
        pytest.param(lambda t: tokens.revoke(t, by=t.made_by), id="revoked"),
        pytest.param(
            lambda t: User.objects.filter(pk=t.user_id).update(is_active=False),
            id="person switched off",
        ),
        pytest.param(
            lambda t: User.objects.filter(pk=t.user_id).update(
                organisation=t.organisation.parent
            ),
            id="person went to another organisation",
        ),
    ],
)
def test_a_token_that_ended_opens_nothing_and_stays_on_record(
    office: Office, spoil
) -> None:
    client = with_token(token_of(office, "clerk"))
    assert client.get(LIST).status_code == 200
    spoil(ApiToken.objects.get())
    answer = client.get(LIST)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "not_authenticated"
    assert ApiToken.objects.count() == 1


def test_who_sends_no_token_is_told_what_to_send() -> None:
    client = APIClient()
    client.cookies["django_language"] = "en"
    answer = client.get(LIST)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "Authorization: Bearer" in answer.json()["detail"]


def test_scopes_are_told_in_the_order_of_the_form(office: Office) -> None:
    token_of(office, "clerk", ("post", "write", "read"))
    told = [x.partition(":")[0] for x in ApiToken.objects.get().scope_labels]
    assert told == ["Read", "Write", "Post"]


def test_every_column_of_the_tokens_has_a_head(office: Office, sign_in) -> None:
    token_of(office, "clerk")
    page = sign_in("administrator").get(reverse("rest:tokens")).content.decode()
    row = page.split("<tbody>")[1].split("</tr>")[0]
    head = page.split("<thead>")[1].split("</thead>")[0]
    assert head.count("<th ") == row.count("<td") == 6
    assert "<td" not in head


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer nonsense", "Bearer é"]
)
def test_what_is_no_token_is_refused_in_words(office: Office, header: str) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    answer = client.get(LIST)
    assert answer.status_code == 401
    assert answer.json()["detail"]


def test_the_day_of_last_use_is_kept(office: Office) -> None:
    client = with_token(token_of(office, "clerk"))
    client.get(LIST)
    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_a_session_asks_too_and_writes_only_with_its_csrf_token(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.clerk)
    assert client.get(LIST).status_code == 200
    answer = client.post(LIST, "{}", content_type="application/json")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]


def test_nobody_gets_in_without_signing_in(office: Office, db: None) -> None:
    answer = APIClient().get(LIST)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("kind", "method"), [("read", "get"), ("write", "post"), ("anonymous", "")]
)
def test_too_many_requests_are_told_how_long_to_wait(
    ask: Ask, kind: str, method: str
) -> None:
    rates = {"read": "9/min", "write": "9/min", "anonymous": "9/min", kind: "2/min"}
    client = ask("clerk") if method else APIClient()
    with override_settings(API_RATES=rates):
        answers = [
            getattr(client, method or "get")(
                "/api/v1/procedures/" if not method else LIST
            )
            for _n in range(3)
        ]
    assert answers[1].status_code != 429
    assert answers[2].status_code == 429
    assert answers[2].json()["code"] == "too_many_requests"
    assert int(answers[2]["Retry-After"]) > 0


def test_two_tokens_are_counted_apart(ask: Ask) -> None:
    first, second = ask("clerk"), ask("clerk")
    rates = {"read": "1/min", "write": "1/min", "anonymous": "1/min"}
    with override_settings(API_RATES=rates):
        assert first.get(LIST).status_code == 200
        assert first.get(LIST).status_code == 429
        assert second.get(LIST).status_code == 200


def test_an_administrator_makes_and_revokes_a_token_on_the_page(
    office: Office, sign_in
) -> None:
    client = sign_in("administrator")
    page = reverse("rest:tokens")
    answer = client.post(page, filled(client, office))
    token = ApiToken.objects.get()
    assert answer.status_code == 200
    assert token.scopes == ["read"]
    assert (token.user, token.organisation) == (office.clerk, office.desk)
    secret = answer.context["secret"]
    assert with_token(secret).get(LIST).status_code == 200
    assert secret not in client.get(page).content.decode()
    client.post(reverse("rest:revoke", args=[token.token_key]))
    assert with_token(secret).get(LIST).status_code == 401
    assert "revoked on" in client.get(page).content.decode()


def test_what_is_wrong_with_a_new_token_is_said_and_nothing_typed_is_lost(
    office: Office, sign_in
) -> None:
    client = sign_in("administrator")
    told = filled(client, office, scopes=[], days=4000)
    answer = client.post(PAGE, told)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"scopes", "days"}
    assert "Cổng" in answer.content.decode()
    assert not ApiToken.objects.exists()
    # What was refused is mended in the same form.
    answer = client.post(PAGE, told | {"scopes": ["read"], "days": 30})
    assert with_token(answer.context["secret"]).get(LIST).status_code == 200


def filled(client: Client, office: Office, **values: Any) -> dict[str, Any]:
    """The form of a new token as a browser would send it."""
    told = {"name": "Cổng", "user": office.clerk.pk, "scopes": ["read"], "days": 30}
    return fields_of(client.get(PAGE)) | told | values


def test_a_page_that_is_loaded_again_makes_no_second_token(
    office: Office, sign_in
) -> None:
    client = sign_in("administrator")
    told = filled(client, office)
    secret = client.post(PAGE, told).context["secret"]

    for _time in range(2):
        answer = client.post(PAGE, told)
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
        page = client.get(PAGE).content.decode()
        assert "was made already, and its secret was shown once" in page
        assert "revoke the token and make another one" in page
        assert secret not in page

    assert ApiToken.objects.count() == IdempotencyKey.objects.count() == 1
    assert with_token(secret).get(LIST).status_code == 200
    assert "made already" not in client.get(PAGE).content.decode()


def test_the_form_below_a_new_secret_makes_the_next_token(
    office: Office, sign_in
) -> None:
    client = sign_in("administrator")
    told = filled(client, office)
    made = client.post(PAGE, told)
    again = client.post(PAGE, told | {"once": fields_of(made)["once"]})
    assert again.context["secret"] not in ("", made.context["secret"])
    assert ApiToken.objects.count() == 2


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda value: "", id="none"),
        pytest.param(lambda value: "x", id="made up"),
        pytest.param(lambda value: f"{value}x", id="another"),
        pytest.param(lambda value: f"x{value}", id="not the one that was signed"),
    ],
)
def test_a_form_that_no_page_gave_out_makes_nothing(
    office: Office, sign_in, spoil
) -> None:
    client = sign_in("administrator")
    told = filled(client, office)
    answer = client.post(PAGE, told | {"once": spoil(told["once"])})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Look it over and send it again" in page
    assert "Cổng" in page
    assert not ApiToken.objects.exists()
    assert not IdempotencyKey.objects.exists()
    # The page that says so has a good one.
    answer = client.post(PAGE, told | {"once": fields_of(answer)["once"]})
    assert answer.context["secret"]


def test_a_form_is_not_taken_once_its_repetition_would_be_forgotten(
    office: Office, sign_in, time_machine
) -> None:
    start = timezone.now()
    time_machine.move_to(start)
    client = sign_in("administrator")
    told = filled(client, office)
    assert client.post(PAGE, told).context["secret"]

    time_machine.move_to(start + timedelta(days=7, seconds=2))
    client.force_login(office.administrator)
    assert client.post(PAGE, told).status_code == 422
    assert ApiToken.objects.count() == 1


def test_what_a_rule_refuses_is_not_remembered(
    office: Office, sign_in, monkeypatch
) -> None:
    client = sign_in("administrator")
    told = filled(client, office)

    def refuse(*_args: Any, **_values: Any) -> None:
        raise Refused("Not now.")

    with monkeypatch.context() as patched:
        patched.setattr(tokens, "make", refuse)
        answer = client.post(PAGE, told)
    assert answer.status_code == 422
    assert "Not now." in answer.content.decode()
    assert not IdempotencyKey.objects.exists()
    assert client.post(PAGE, told).context["secret"]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_token(office: Office, sign_in) -> None:
    client = sign_in("administrator")
    told = filled(client, office)

    def click() -> int:
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(PAGE, told).status_code

    answers = all_at_once(*[click] * 4)

    assert sorted(answers) == [200, 302, 302, 302]
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("role", [x for x in Role if x != Role.ADMINISTRATOR])
def test_only_administrators_see_the_page(office: Office, sign_in, role: Role) -> None:
    assert sign_in(role).get(reverse("rest:tokens")).status_code == 403


def test_an_administrator_makes_no_token_for_others(
    office: Office, other_office: Office
) -> None:
    for verb in (
        lambda: tokens.make(
            other_office.clerk,
            name="x",
            scopes=["read"],
            days=1,
            by=office.administrator,
        ),
        lambda: tokens.make(
            office.clerk, name="x", scopes=["read"], days=1, by=office.leader
        ),
    ):
        with pytest.raises(Refused):
            verb()
    with pytest.raises(Invalid):
        tokens.make(
            office.clerk, name="x", scopes=["all"], days=1, by=office.administrator
        )
    assert not ApiToken.objects.exists()


def test_a_token_of_others_is_not_revoked_and_one_is_revoked_once(
    office: Office, other_office: Office, sign_in
) -> None:
    token_of(other_office, "clerk")
    token = ApiToken.objects.get()
    address = reverse("rest:revoke", args=[token.token_key])
    assert sign_in("administrator").post(address).status_code == 404
    tokens.revoke(token, by=other_office.administrator)
    with pytest.raises(Conflict):
        tokens.revoke(token, by=other_office.administrator)

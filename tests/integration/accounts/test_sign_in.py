"""Signing in and out, the own password, and where each role's day begins."""

import pytest
from django.utils import translation

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from tests.factories.offices import PASSWORD

LOGIN, LOGOUT = "/accounts/login/", "/accounts/logout/"
CHANGE = "/accounts/password/"
NEW_PASSWORD = "Con-trau-di-truoc-cai-cay"
HOME = {
    Role.CLERK: "/dossiers/today/",
    Role.CASE_OFFICER: "/dossiers/today/",
    Role.LEADER: "/reports/",
    Role.CATALOGUE_MANAGER: "/procedures/",
    Role.POSTAL_CLERK: "/dossiers/today/",
    Role.CONSOLIDATOR: "/reports/",
    Role.ADMINISTRATOR: "/admin/",
}


@pytest.fixture
def clerk(office) -> User:
    return office.clerk


@pytest.fixture
def sign_in_with(client):
    client.cookies["django_language"] = "en"
    return lambda name, password, **more: client.post(
        LOGIN, {"username": name, "password": password, **more}
    )


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_name_and_password_open_the_door(client, clerk, sign_in_with):
    response = sign_in_with(clerk.username, PASSWORD)

    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(clerk.pk)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        pytest.param("clerk-SNV", "Bao-cao-sai-2020", id="wrong password"),
        pytest.param("clerk-SNV", PASSWORD.lower(), id="other capitals"),
        pytest.param("nobody", PASSWORD, id="unknown name"),
        pytest.param("clerk-SNV\x00", PASSWORD, id="NUL"),
        pytest.param("' OR 1=1 --", PASSWORD, id="injection"),
        pytest.param("x" * 10_000, PASSWORD, id="long name"),
    ],
)
@pytest.mark.usefixtures("clerk")
def test_a_wrong_name_or_password_is_told_without_saying_which(
    client, sign_in_with, name, password
):
    page = sign_in_with(name, password)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert 'role="alert"' in page.text
    assert PASSWORD not in page.text
    assert not is_signed_in(client)


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize("name", ["clerk-SNV", "nobody"])
def test_the_sentence_is_the_same_for_an_unknown_name(sign_in_with, name):
    page = sign_in_with(name, "Bao-cao-sai-2020")

    (told,) = page.context["form"].non_field_errors()
    assert told.startswith("Please enter a correct username and password.")


def test_the_sentence_is_vietnamese_for_whoever_did_not_switch(client, clerk):
    page = client.post(LOGIN, {"username": clerk.username, "password": "sai"})

    with translation.override("vi"):
        told = page.context["form"].non_field_errors()[0]
    assert "mật khẩu" in told
    assert told in page.text


def test_a_person_who_is_switched_off_stays_outside(client, clerk, sign_in_with):
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    sign_in_with(clerk.username, PASSWORD)

    assert not is_signed_in(client)


def test_a_person_switched_off_while_inside_is_sent_out(client, clerk):
    client.force_login(clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert client.get("/dossiers/").url.startswith(LOGIN)


@pytest.mark.parametrize("role", Role)
def test_each_role_begins_its_day_on_its_own_page(client, office, sign_in_with, role):
    sign_in_with(office.people[role].username, PASSWORD)

    page = client.get("/", follow=True)

    assert page.redirect_chain == [(HOME[role], 302)]
    assert page.status_code == 200


def test_a_person_without_a_role_begins_at_the_catalogue(client, db):
    client.force_login(User.objects.create(username="la"))

    assert client.get("/").url == "/procedures/"


@pytest.mark.django_db
def test_the_first_page_asks_a_stranger_to_sign_in(client):
    assert client.get("/").url == f"{LOGIN}?next=/"


def test_after_signing_in_one_stands_where_one_wanted_to_go(clerk, sign_in_with):
    response = sign_in_with(clerk.username, PASSWORD, next="/dossiers/?q=lan")

    assert response.url == "/dossiers/?q=lan"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\x00//evil.example",
        "http:evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(clerk, sign_in_with, elsewhere):
    assert sign_in_with(clerk.username, PASSWORD, next=elsewhere).url == "/"


def test_whoever_is_signed_in_needs_no_sign_in_page(client, clerk):
    client.force_login(clerk)

    assert client.get(LOGIN).url == "/"


def test_signing_out_is_done_by_a_button(client, clerk):
    client.force_login(clerk)

    response = client.post(LOGOUT)

    assert response.url == LOGIN
    assert not is_signed_in(client)


def test_no_link_signs_anybody_out(client, clerk):
    client.force_login(clerk)

    assert client.get(LOGOUT).status_code == 405
    assert is_signed_in(client)


@pytest.fixture
def change(sign_in):
    client = sign_in(Role.CLERK)
    return lambda old, new, again: client.post(
        CHANGE, {"old_password": old, "new_password1": new, "new_password2": again}
    )


def test_the_own_password_is_changed_and_one_stays_inside(client, clerk, change):
    response = change(PASSWORD, NEW_PASSWORD, NEW_PASSWORD)

    clerk.refresh_from_db()
    assert response.status_code == 302
    assert clerk.check_password(NEW_PASSWORD)
    assert "The password was changed." in client.get("/", follow=True).text


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        pytest.param("sai", NEW_PASSWORD, NEW_PASSWORD, "old password", id="old"),
        pytest.param(PASSWORD, NEW_PASSWORD, "khac", "didn’t match", id="not twice"),
        pytest.param(
            PASSWORD, "ngan-lam", "ngan-lam", "at least 10 characters", id="short"
        ),
        pytest.param(
            PASSWORD, "7302915846", "7302915846", "entirely numeric", id="numeric"
        ),
        pytest.param(PASSWORD, "basketball", "basketball", "too common", id="common"),
        pytest.param(
            PASSWORD, "clerk-SNV-1", "clerk-SNV-1", "too similar", id="the own name"
        ),
    ],
)
def test_a_bad_password_is_told_in_words(clerk, change, old, new, again, sentence):
    page = change(old, new, again)

    clerk.refresh_from_db()
    told = [line for lines in page.context["form"].errors.values() for line in lines]
    assert sentence in " ".join(told)
    assert clerk.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("ngan-lam", "10 ký tự"),
        ("7302915846", "hoàn toàn là số"),
        ("basketball", "quá phổ biến"),
    ],
)
def test_the_rules_are_told_in_vietnamese(client, clerk, new, words):
    client.force_login(clerk)

    page = client.post(
        CHANGE, {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )

    assert words in page.text

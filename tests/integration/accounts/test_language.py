"""Vietnamese unless the visitor switched, whatever the browser says."""

import pytest

LOGIN = "/accounts/login/"
pytestmark = pytest.mark.django_db


def words(page) -> str:
    """The language of a page, by its mark, its header and its button."""
    assert f'<html lang="{page.headers["Content-Language"]}">' in page.text
    assert ("Đăng nhập" in page.text) != ("Sign in" in page.text)
    return page.headers["Content-Language"]


@pytest.mark.parametrize(
    "header", ["", "en", "en-US,en;q=0.9", "fr,en;q=0.5", "vi", "\x00", "x" * 5_000]
)
def test_the_language_of_the_browser_changes_nothing(client, header):
    page = client.get(LOGIN, headers={"accept-language": header})

    assert words(page) == "vi"


def test_a_visitor_switches_to_english_and_back(client):
    page = "/accounts/login/?next=/dossiers/"

    for language in ("en", "vi"):
        answer = client.post("/language/", {"language": language, "next": page})
        assert answer.url == page
        assert words(client.get(LOGIN)) == language


def test_the_switch_offers_the_other_language(client):
    assert 'value="en" lang="en"' in client.get(LOGIN).text

    client.post("/language/", {"language": "en"})

    assert 'value="vi" lang="vi"' in client.get(LOGIN).text


def test_signing_in_keeps_the_chosen_language(sign_in):
    page = sign_in("clerk").get("/dossiers/")

    assert page.headers["Content-Language"] == "en"
    assert "Dossier register" in page.text


def test_a_signed_in_person_reads_vietnamese_by_default(client, office):
    client.force_login(office.clerk)

    page = client.get("/dossiers/", headers={"accept-language": "en"})

    assert page.headers["Content-Language"] == "vi"
    assert "Dossier register" not in page.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ],
)
def test_switching_sends_nobody_to_another_site(client, elsewhere):
    answer = client.post("/language/", {"language": "en", "next": elsewhere})

    assert answer.url == "/"


@pytest.mark.parametrize("unknown", ["fr", "", "en-us\x00", "<b>", "../vi"])
def test_an_unknown_language_means_vietnamese(client, unknown):
    client.post("/language/", {"language": unknown, "next": "/"})
    assert words(client.get(LOGIN)) == "vi"

    client.cookies["django_language"] = "fr"
    assert words(client.get(LOGIN)) == "vi"


def test_a_link_does_not_switch(client):
    client.get("/language/?language=en")

    assert words(client.get(LOGIN)) == "vi"

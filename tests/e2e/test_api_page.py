"""The API is read and tried out in a browser, from our own files alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from postal_tthc.rest.models import ApiToken
from tests.e2e.conftest import sign_in
from tests.e2e.visitors import speak_english
from tests.factories.offices import PASSWORD, Office
from tests.factories.procedures import make_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a careful proxy would put in front: no script but our own files.
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:"


def _guarded(route: Route) -> None:
    answer = route.fetch()
    headers = answer.headers | {"content-security-policy": POLICY}
    route.fulfill(response=answer, headers=headers)


@pytest.mark.usefixtures("known_calendar_days")
def test_the_api_is_browsed_and_tried_without_leaving_the_house(
    office: Office, open_page: Callable[..., Page]
) -> None:
    procedure = make_procedure(office)
    page = open_page()
    refused: list[str] = []
    page.on(
        "console",
        lambda told: refused.append(told.text) if "Policy" in told.text else None,
    )
    page.route("**/api/", _guarded)
    page.goto("/api/")
    page.locator(".opblock-tag", has_text="Catalogue").click()
    page.locator(".opblock-summary", has_text="/procedures/").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table")).to_contain_text(procedure.code)
    assert refused == []


def test_a_secret_is_shown_once(office: Office, open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844)
    sign_in(page, office.administrator.username, PASSWORD)
    speak_english(page)
    page.goto("/api/tokens/")
    page.get_by_label("What it is for").fill("Cổng dịch vụ công")
    page.get_by_label("In whose name").select_option(str(office.clerk.pk))
    page.get_by_role("button", name="Make the token").click()
    secret = page.get_by_label("Copy it now").input_value()
    assert secret.startswith(ApiToken.objects.get().token_key)
    page.goto("/api/tokens/")
    expect(page.get_by_label("Copy it now")).to_have_count(0)
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("revoked on")).to_be_visible()
    assert not ApiToken.objects.get().is_usable

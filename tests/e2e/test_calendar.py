"""A day swap entered on the page moves the due dates promised from then on."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in
from tests.factories.offices import PASSWORD, make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_override_added_through_the_page_changes_due_dates(
    open_page: Callable[..., Page], capsys: pytest.CaptureFixture[str]
) -> None:
    def due() -> str:
        call_command("due_date", "--from=2027-06-04", "--days=2")
        return capsys.readouterr().out.strip()

    assert due() == "2027-06-08"
    office = make_office()
    page = open_page()
    sign_in(page, office.catalogue_manager.username, PASSWORD)

    page.goto("/procedures/calendar/new/")
    page.get_by_label("Ngày *").fill("7/6/2027")
    page.get_by_label("Ngày nghỉ", exact=True).check()
    page.get_by_label("Lý do").fill("Nghỉ bầu cử (mẫu)")
    page.get_by_label("Văn bản").fill("Văn bản số 1/VPCP-KGVX ngày 01/06/2027 (mẫu)")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("status")).to_contain_text("07/06/2027")
    assert due() == "2027-06-09"

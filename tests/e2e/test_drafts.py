"""Nothing typed is lost, not by an expired sign-in either."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in
from tests.factories.offices import PASSWORD, make_office
from tests.factories.procedures import make_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_dossier_half_typed_survives_an_expired_sign_in(
    open_page: Callable[..., Page],
) -> None:
    office = make_office()
    make_procedure(office, code="1.990001")
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    page.goto("/dossiers/new/")
    page.locator("#id_procedure_code").fill("990001")
    expect(page.locator("#promise")).to_contain_text("Hẹn trả kết quả")
    page.locator("#id_applicant_name").fill("Nguyễn Văn A")
    page.get_by_label("Bưu chính công ích").last.check()

    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/login/**")
    sign_in(page, office.clerk.username, PASSWORD)
    page.goto("/dossiers/new/")

    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("#id_applicant_name")).to_have_value("Nguyễn Văn A")
    expect(page.get_by_label("Bưu chính công ích").last).to_be_checked()
    expect(page.locator("[name=papers-0-name]")).to_have_value("Đơn đề nghị")
    page.locator("#id_applicant_address").fill("Số 1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/dossiers/H02.16-*/")

    page.goto("/dossiers/new/")
    expect(page.locator("#kept")).to_be_hidden()


def test_a_paper_typed_by_hand_stays_when_the_procedure_changes(
    open_page: Callable[..., Page],
) -> None:
    office = make_office()
    make_procedure(office, code="1.990001", papers=("Đơn một",))
    make_procedure(office, code="1.990002", papers=("Đơn hai",))
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    page.goto("/dossiers/new/")
    page.locator("#id_procedure_code").fill("990001")
    first = page.locator("[name=papers-0-name]")
    expect(first).to_have_value("Đơn một")
    page.locator("[name=papers-1-name]").fill("Giấy tự ghi")
    expect(page.locator("[name=papers-2-name]")).to_be_visible()

    page.locator("#id_procedure_code").fill("990002")
    expect(first).to_have_value("Đơn hai")
    expect(page.locator("[name=papers-1-name]")).to_have_value("Giấy tự ghi")

"""The main job, end to end: a clerk enters, a leader counts, Excel agrees."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in
from tests.factories.offices import PASSWORD, make_office
from tests.factories.procedures import make_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ITEM = "EO793894515VN"


def headline(page: Page) -> str:
    """Numerator and denominator of the leader's first figure."""
    page.goto("/reports/")
    return page.locator(".figure.headline .parts").inner_text()


def enter_by_keyboard(page: Page, code: str) -> None:
    """A dossier with both legs by post; no mouse from here to the saved page."""
    press, write = page.keyboard.press, page.keyboard.type
    write(code)
    press("Enter")
    expect(page.locator("#promise")).to_contain_text("Hẹn trả kết quả")
    expect(page.locator("[name=papers-0-name]")).to_have_value("Đơn đề nghị")
    write("Nguyễn Văn A")
    press("Tab")
    write("0912345678")
    press("Tab")
    write("Số 1 đường Hùng Vương, Bắc Giang")
    press("Alt+B")
    write(ITEM)
    press("Alt+T")
    expect(page.get_by_label("Gửi cho chính người nộp")).to_be_checked()
    press("Control+Enter")
    page.wait_for_url("**/dossiers/H02.16-*/")


def test_a_postal_dossier_goes_from_the_keyboard_to_the_excel_report(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    office = make_office()
    make_procedure(office, code="1.990001", name="Tiếp nhận vào công chức cấp xã")
    clerk, leader = open_page(), open_page()
    sign_in(leader, office.leader.username, PASSWORD)
    assert headline(leader).split() == ["0", "/", "0"]

    sign_in(clerk, office.clerk.username, PASSWORD)
    clerk.goto("/dossiers/new/")
    enter_by_keyboard(clerk, "990001")
    assert clerk.get_by_text("Số 1 đường Hùng Vương, Bắc Giang").count() == 2
    code = clerk.locator("h1").inner_text()

    clerk.keyboard.press("/")
    clerk.keyboard.type("nguyen van a")
    clerk.keyboard.press("Enter")
    expect(clerk.locator("table.rows tbody tr")).to_have_count(1)
    expect(clerk.locator("table.rows")).to_contain_text("Nguyễn Văn A")
    clerk.goto("/")
    clerk.locator("#jump").fill(ITEM)
    clerk.keyboard.press("Enter")
    expect(clerk.locator("h1")).to_have_text(code)

    assert headline(leader).split() == ["1", "/", "1"]
    leader.locator(".figure.headline .parts a").first.click()
    expect(leader.locator("table.rows tbody tr")).to_have_count(1)

    leader.goto("/reports/yearly/")
    with leader.expect_download() as download:
        leader.get_by_role("link", name="Excel").click()
    file = tmp_path / "report.xlsx"
    download.value.save_as(file)
    sheets = load_workbook(file)
    listed = [
        cell.value for row in sheets["Hồ sơ qua bưu chính"].iter_rows() for cell in row
    ]
    assert code in listed
    assert "Nguyễn Văn A" in listed

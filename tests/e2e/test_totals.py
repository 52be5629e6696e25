"""A month of totals is typed like a spreadsheet: keys, a pasted block, live sums."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from dossiers.models import OpeningTotal
from tests.e2e.conftest import sign_in
from tests.factories.offices import PASSWORD, make_office
from tests.factories.procedures import make_procedure
from tests.factories.totals import enter, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A block copied from a sheet: two rows, received and by post.
BLOCK = "12\t5\r\n1.030\t7\r\n"
PASTE = """(block) => {
  const data = new DataTransfer();
  data.setData("text/plain", block);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  );
}"""


def test_a_month_is_filled_in_by_keys_and_a_pasted_block(
    open_page: Callable[..., Page],
) -> None:
    office = make_office()
    first, _second = (make_procedure(office) for _ in range(2))
    enter(office, row(first, date(2018, 2, 1), received=4))
    page = open_page()
    sign_in(page, office.catalogue_manager.username, PASSWORD)
    page.goto("/reports/totals/2018/3/")

    page.locator(f"#id_received-{first.pk}").focus()
    page.evaluate(PASTE, BLOCK)
    page.locator(f"#id_on_time-{first.pk}").focus()
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    page.keyboard.type("30")

    expect(page.locator("[data-sum=received]")).to_have_text("1.042")
    expect(page.locator("[data-sum=on_time]")).to_have_text("36")
    left = page.locator("[data-left]")
    expect(left.nth(0)).to_have_text("10")
    expect(left.nth(1)).to_have_text("1.000")
    expect(page.locator("[data-sum=left]")).to_have_text("1.010")
    assert page.url.endswith("/3/")  # Enter moves, it does not send

    page.locator("[name=source]").fill("Sổ theo dõi hồ sơ quyển 01/2018")
    page.locator("form[method=post] button.primary").first.click()
    page.wait_for_url("**/reports/totals/?organisation=SNV&year=2018")

    written = OpeningTotal.objects.filter(month=date(2018, 3, 1)).order_by("procedure")
    assert list(written.values_list("received", "by_post", "on_time")) == [
        (12, 5, 6),
        (1030, 7, 30),
    ]

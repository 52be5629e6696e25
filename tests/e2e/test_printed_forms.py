"""Every form as it leaves the printer: paper, pages, words, codes, and nothing cut."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Page

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import Step
from procedures.models import Leg
from tests.e2e.conftest import sign_in
from tests.factories.dossiers import at, envelope, register, take
from tests.factories.offices import PASSWORD, Office
from tests.factories.printing import (
    HOME,
    LONG_ADDRESS,
    LONG_NAME,
    MANY_PAPERS,
    NEW_DAY,
    OLD_DAY,
    PEOPLE,
    received,
)
from tests.printing import (
    codes_in,
    needs_poppler,
    page_sizes,
    pages_as_images,
    pdf_of,
    text_of,
)

pytestmark = [
    pytest.mark.browser,
    needs_poppler,
    pytest.mark.usefixtures("known_norms_and_forms"),
]

A5, A4, WIDE = (148, 210), (210, 297), (297, 210)
REGIMES = [
    pytest.param(OLD_DAY, A5, "01/2018/TT-VPCP", id="last day of TT 01/2018"),
    pytest.param(NEW_DAY, A4, "03/2025/TT-VPCP", id="first day of TT 03/2025"),
]
# Of the page, in dots of 203 dpi: no printer reaches the outermost 4 mm.
EDGE = 32


class Printed(NamedTuple):
    """What came out of the printer."""

    sizes: list[tuple[int, int]]
    words: str
    images: list[Image.Image]

    @property
    def codes(self) -> set[str]:
        """Everything a scanner reads on its pages."""
        return set().union(*map(codes_in, self.images))


Printer = Callable[[str], Printed]


@pytest.fixture
def desk(open_page, office: Office) -> Page:
    """The clerk at her desk."""
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    return page


@pytest.fixture
def printer(desk: Page) -> Printer:
    """Prints a page as the clerk does, and looks whether anything was cut off."""

    def printed(address: str) -> Printed:
        answer = desk.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        desk.evaluate("document.fonts.ready")
        assert overflowing(desk) == []
        pdf = pdf_of(desk)
        images = pages_as_images(pdf)
        for image in images:
            assert is_white_at_the_edge(image)
        words = " ".join(text_of(pdf).split())
        return Printed(page_sizes(pdf), words, images)

    return printed


def overflowing(page: Page) -> list[str]:
    """Every piece of a sheet whose words reach beyond it."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".sheet, .sheet *:not(svg, svg *)")]
          .filter((x) => x.scrollWidth > x.clientWidth + 1 && x.clientWidth)
          .map((x) => `${x.tagName}.${x.className}: ${x.textContent.slice(0, 40)}`)"""
    )


def is_white_at_the_edge(image: Image.Image) -> bool:
    wide, high = image.size
    edges = (
        (0, 0, wide, EDGE),
        (0, high - EDGE, wide, high),
        (0, 0, EDGE, high),
        (wide - EDGE, 0, wide, high),
    )
    grey = image.convert("L")
    return all(grey.crop(edge).getextrema() == (255, 255) for edge in edges)


def public(dossier: Dossier, live_server) -> str:
    return f"{live_server.url}/d/{dossier.public_token}/"


def of(dossier: Dossier, form: str) -> str:
    return f"/dossiers/print/{dossier.reference}/{form}/"


@pytest.mark.parametrize(("day", "size", "circular"), REGIMES)
def test_the_receipt_is_two_sheets_with_code_and_address(
    printer, office, live_server, day, size, circular
):
    dossier = received(office, day, **HOME)

    receipt = printer(of(dossier, "receipt"))

    assert receipt.sizes == [size, size]
    assert receipt.words.count(f"Mẫu số 01 – Thông tư số {circular}") == 2
    assert "(Liên 1: Lưu)" in receipt.words
    assert "(Liên 2: Giao khách hàng)" in receipt.words
    for image in receipt.images:
        assert codes_in(image) == {dossier.code, public(dossier, live_server)}


@pytest.mark.parametrize(("day", "size", "circular"), REGIMES)
@pytest.mark.parametrize(
    "kind", ["supplement", "refusal", "apology", "discontinuation"]
)
def test_a_notice_is_one_sheet_with_code_and_address(
    printer, office, live_server, kind, day, size, circular
):
    dossier = received(office, day)
    told = {"by": office.case_officer, "at": at(day, 10), "reason": "Lý do cụ thể"}
    if kind == "supplement":
        papers = [{"name": "Bằng tốt nghiệp", "form": "original", "quantity": 1}] * 3
        actions.request_supplement(dossier, papers=papers, **told)
    elif kind == "refusal":
        actions.refuse(dossier, gives_back=False, **told)
    elif kind == "apology":
        actions.reappoint(dossier, new_date=date(2025, 10, 20), **told)
    else:
        take(Step.PROCESSING, dossier, office, at(day))
        actions.discontinue(dossier, gives_back=False, **told)
    if kind == "discontinuation" and day == OLD_DAY:
        size, circular = A4, "PHẢI KHÔNG CÓ"

    notice = printer(of(dossier, f"notices/{dossier.notices.get().pk}"))

    assert notice.sizes == [size]
    assert (circular in notice.words) == (circular != "PHẢI KHÔNG CÓ")
    assert "Lý do cụ thể" in notice.words
    assert notice.codes == {dossier.code, public(dossier, live_server)}


@pytest.mark.parametrize(("day", "size", "circular"), REGIMES)
def test_the_control_slip_begins_on_one_sheet(
    printer, office, live_server, day, size, circular
):
    dossier = received(office, day)

    slip = printer(of(dossier, "control-slip"))

    assert slip.sizes == [size]
    assert circular in slip.words
    assert slip.codes == {dossier.code, public(dossier, live_server)}


def test_the_control_slip_of_a_whole_journey_repeats_its_head(printer, office):
    dossier = received(office, OLD_DAY, **HOME)
    dossier = take(Step.PROCESSING, dossier, office, at(OLD_DAY, 10))
    dossier = take(Step.RESULT_READY, dossier, office, at(OLD_DAY, 11))
    day = OLD_DAY
    for serial in (1, 2):
        item = envelope(serial, Leg.RETURN)
        item.proof_of_posting = f"BG-{serial}/2025"
        actions.hand_to_post(
            dossier, item, by=office.clerk, at=at(day + timedelta(days=1))
        )
        item = dossier.postal_items.get(number=item.number)
        day += timedelta(days=2)
        actions.record_attempt(item, "refused_it", by=office.postal_clerk, at=at(day))
        actions.come_back(item, by=office.clerk, at=at(day))
        dossier.refresh_from_db()

    slip = printer(of(dossier, "control-slip"))

    assert slip.sizes == [A5, A5]
    assert slip.words.count("TÊN CƠ QUAN") == 2
    assert slip.words.count("BG-2/2025") == 2


def test_the_posting_slip_is_one_sheet_with_the_number_of_its_item(
    printer, office, live_server
):
    dossier = register(office, on=NEW_DAY, **PEOPLE)
    item = dossier.postal_items.get()

    slip = printer(f"/dossiers/items/{item.pk}/slip/")

    assert slip.sizes == [A4]
    assert "PHIẾU GỬI HỒ SƠ" in slip.words
    assert slip.codes == {item.number, public(dossier, live_server)}


def test_the_register_lies_on_its_side_and_counts_its_pages(printer, office):
    for _ in range(30):
        received(office, NEW_DAY)

    book = printer("/dossiers/print/register/")

    assert set(book.sizes) == {WIDE}
    pages = len(book.sizes)
    assert pages > 1
    assert book.words.count("(14) (15)") == pages
    assert re.findall(r"Trang (\d+)/(\d+)", book.words) == [
        (str(n), str(pages)) for n in range(1, pages + 1)
    ]
    assert "30 H02.16" in book.words


def test_the_power_cut_book_is_as_many_sheets_as_asked_for(
    printer, office, live_server
):
    book = printer("/dossiers/book/pages/?pages=3&first=8")

    assert book.sizes == [WIDE] * 3
    codes = re.findall(r"SNV-MC-\d{8}-\d\d", book.words)
    assert [code[-2:] for code in codes] == ["08", "09", "10"]
    for image, code in zip(book.images, codes, strict=True):
        assert codes_in(image) == {f"{live_server.url}/dossiers/new/?book={code}"}


@pytest.mark.parametrize(("day", "size", "circular"), REGIMES)
def test_fifty_papers_break_across_pages_under_a_repeated_head(
    printer, office, live_server, day, size, circular
):
    dossier = received(
        office,
        day,
        papers=MANY_PAPERS,
        applicant_name=LONG_NAME,
        applicant_address=LONG_ADDRESS,
        return_channel="public_post",
        return_name=LONG_NAME,
        return_address=LONG_ADDRESS,
    )

    receipt = printer(of(dossier, "receipt"))

    pages = len(receipt.sizes)
    assert set(receipt.sizes) == {size}
    assert pages % 2 == 0
    assert receipt.words.count("Tên giấy tờ") >= pages - 2
    for number in range(1, 51):
        assert receipt.words.count(f"Giấy tờ số {number},") == 2
    assert receipt.words.count("NGƯỜI TIẾP NHẬN HỒ SƠ") == 2
    assert receipt.codes == {dossier.code, public(dossier, live_server)}


def test_long_names_stay_on_every_other_form(printer, office):
    long = {
        "applicant_name": LONG_NAME,
        "applicant_address": LONG_ADDRESS,
        "applicant_email": f"{'a' * 60}@{'b' * 60}.vn",
        "return_channel": "public_post",
        "return_name": LONG_NAME,
        "return_address": LONG_ADDRESS,
    }
    dossier = received(office, OLD_DAY, papers=MANY_PAPERS, **long)
    dossier = take(Step.PROCESSING, dossier, office, at(OLD_DAY, 10))
    told = {"by": office.case_officer, "reason": "Q" * 300}
    papers = [
        {"name": name, "form": form, "quantity": 1} for name, form, _ in MANY_PAPERS
    ]
    actions.request_supplement(
        dossier, papers=papers, number="0" * 60, at=at(OLD_DAY, 11), **told
    )
    supplement = dossier.notices.get()
    day = OLD_DAY + timedelta(days=2)
    dossier = actions.receive_supplement(dossier, by=office.clerk, at=at(day))
    dossier = actions.reappoint(
        dossier, new_date=date(2025, 10, 20), at=at(day, 10), **told
    )
    dossier = take(Step.PROCESSING, dossier, office, at(day, 10))
    apology = dossier.notices.get(kind="apology")
    dossier = take(Step.RESULT_READY, dossier, office, at(day, 11))
    item = envelope(1, Leg.RETURN)
    item.recovers, item.seal_number, item.proof_of_posting = (
        "W" * 300,
        "W" * 40,
        "W" * 60,
    )
    actions.hand_to_post(dossier, item, by=office.clerk, at=at(day, 12))

    forms = [
        printer(of(dossier, f"notices/{supplement.pk}")),
        printer(of(dossier, f"notices/{apology.pk}")),
        printer(of(dossier, "control-slip")),
        printer(f"/dossiers/items/{dossier.postal_items.get().pk}/slip/"),
        printer("/dossiers/print/register/"),
    ]

    for form in forms:
        assert "ộộộ" in form.words.replace(" ", "")
    assert forms[0].words.count("Thành phần hồ sơ") == len(forms[0].sizes) - 1
    assert "Giấy tờ số 50," in forms[3].words


@pytest.mark.parametrize(("day", "size", "circular"), REGIMES)
def test_a_dossier_of_five_papers_by_post_still_has_one_sheet_a_copy(
    printer, office, day, size, circular
):
    papers = tuple((f"Giấy tờ thứ {n}", "original", 1) for n in range(1, 6))

    receipt = printer(of(received(office, day, papers=papers, **HOME), "receipt"))

    assert receipt.sizes == [size, size]


def test_the_tools_stay_on_the_screen(desk: Page, office):
    dossier = received(office, NEW_DAY)
    desk.goto(of(dossier, "receipt"))
    tools = desk.locator(".tools")

    assert tools.get_by_role("button").is_visible()
    assert tools.get_by_role("link").get_attribute("href") == (
        dossier.get_absolute_url()
    )
    desk.emulate_media(media="print")
    assert not tools.is_visible()


def test_the_button_and_the_address_open_the_dialog(desk: Page, office):
    dossier = received(office, NEW_DAY)
    desk.add_init_script("window.printed = 0; window.print = () => { printed += 1; };")
    desk.goto(of(dossier, "receipt"))
    assert desk.evaluate("printed") == 0

    desk.locator("[data-print]").click()
    assert desk.evaluate("printed") == 1

    desk.goto("about:blank")
    desk.goto(f"{of(dossier, 'receipt')}#print")
    desk.wait_for_function("printed === 1")


def test_the_menu_leads_to_the_forms(desk: Page, office):
    dossier = received(office, NEW_DAY)
    desk.goto(dossier.get_absolute_url())

    desk.locator(".print-menu summary").click()
    desk.locator(".print-menu a").first.click()

    assert desk.url.endswith(of(dossier, "receipt"))


@pytest.mark.parametrize("width", [360, 800, 1366])
def test_the_menu_lies_inside_the_page(desk: Page, office, width):
    dossier = received(office, NEW_DAY)
    desk.set_viewport_size({"width": width, "height": 800})
    for address in (dossier.get_absolute_url(), "/dossiers/"):
        desk.goto(address)
        desk.locator(".print-menu summary").click()

        box = desk.locator(".print-menu .menu-body").bounding_box()

        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [360, 1366])
def test_the_public_page_fits_a_phone(open_page, office, width):
    dossier = received(office, NEW_DAY, **HOME)
    page = open_page(width=width)

    page.goto(f"/d/{dossier.public_token}/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="English").click()
    assert page.url.endswith(f"/d/{dossier.public_token}/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_text("At the one-stop desk since").is_visible()

"""The postman is here: a pile of envelopes, scanned by keystrokes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dossiers.models import Dossier, Handover
from dossiers.statuses import Status
from tests.e2e.conftest import sign_in
from tests.factories.dossiers import envelope, register
from tests.factories.offices import PASSWORD, Office, make_office
from tests.factories.procedures import make_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PILE = 20


@pytest.fixture
def pile(known_calendar_days) -> Office:
    """Twenty envelopes announced yesterday."""
    office = make_office()
    procedure = make_procedure(office)
    yesterday = timezone.localdate() - timedelta(days=1)
    for serial in range(1, PILE + 1):
        register(
            office,
            on=yesterday,
            procedure=procedure,
            item=envelope(serial),
            applicant_name=f"Nguyễn Thị Bưu Phẩm {serial}",
        )
    return office


def key_in(page: Page, text: str) -> None:
    """As a scanner does: the letters, then Enter, into whatever has the focus."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def result(page: Page, outcome: str, words: str) -> None:
    """The last scan is told in words and in its colour."""
    told = page.locator(f".scan-result.{outcome}")
    expect(told).to_contain_text(words)


def tally(page: Page, name: str) -> str:
    return page.locator(".tally > div", has_text=name).locator("dd").inner_text()


def test_a_pile_with_one_missing_one_unknown_and_one_double(open_page, pile):
    page = open_page()
    sign_in(page, "clerk-SNV", PASSWORD)
    page.goto("/dossiers/handovers/")
    expect(page.get_by_text("20 món đang chờ bưu chính giao đến")).to_be_visible()
    page.get_by_role("button", name="Bắt đầu kiểm đếm").first.click()
    expect(page.locator("#scanned")).to_be_focused()

    # Envelope 13 is missing; nobody waits between two scans.
    for serial in [n for n in range(1, PILE + 1) if n != 13]:
        key_in(page, envelope(serial).number)
    expect(page.locator(".pile tbody tr")).to_have_count(19)
    assert tally(page, "Còn thiếu") == "1"
    expect(page.locator(".missing li")).to_contain_text(envelope(13).number)

    key_in(page, envelope(5).number.lower())
    result(page, "double", "đã quét rồi")
    key_in(page, envelope(77).number)
    result(page, "unknown", "chưa có trong hệ thống")
    assert (tally(page, "Đã đếm"), tally(page, "Chưa rõ")) == ("20", "1")
    expect(page.locator("#scanned")).to_be_focused()

    # A scan is never taken for a key of the page, wherever the focus is.
    page.locator("h1").click()
    first = Dossier.objects.earliest("pk").reference
    key_in(page, first.lower())
    result(page, "double", first)

    # The unknown one holds the signature up; it is taken off the list again.
    page.get_by_role("button", name="Ký thay bộ phận một cửa").click()
    expect(page.locator(".messages .error")).to_contain_text(envelope(77).number)
    page.locator("tr.is-unknown").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".pile tbody tr")).to_have_count(19)

    page.get_by_role("button", name="Ký thay bộ phận một cửa").click()
    expect(page.locator("h1")).to_contain_text("BBGN-SNV-MC-")
    assert Dossier.objects.filter(status=Status.ANNOUNCED).count() == PILE

    post = open_page(390, 844)
    sign_in(post, "postal_clerk-SNV", PASSWORD)
    post.goto(Handover.objects.get().get_absolute_url())
    post.get_by_role("button", name="Ký thay bưu chính").click()
    expect(post.locator(".messages .success")).to_contain_text("đã khóa")

    received = Dossier.objects.filter(status=Status.RECEIVED)
    assert received.count() == 19
    assert {x.clock_started_on for x in received} == {timezone.localdate()}
    numbers = sorted(int(x.code[-4:]) for x in received)
    assert numbers == list(range(1, 20))
    left = Dossier.objects.get(status=Status.ANNOUNCED)
    assert left.postal_items.get().number == envelope(13).number


def test_a_scan_during_a_break_of_the_line_is_not_lost(open_page, pile):
    page = open_page()
    sign_in(page, "clerk-SNV", PASSWORD)
    page.goto("/dossiers/handovers/")
    page.get_by_role("button", name="Bắt đầu kiểm đếm").first.click()

    expect(page.locator("#scanned")).to_be_focused()
    page.context.set_offline(True)
    key_in(page, envelope(3).number)
    key_in(page, envelope(4).number)
    result(page, "wrong", "Chưa gửi được: 2 mã")
    page.context.set_offline(False)

    result(page, "added", envelope(4).number)
    expect(page.locator(".pile tbody tr")).to_have_count(2)


def test_both_directions_of_a_journey_from_posting_to_the_receipt(
    open_page, known_calendar_days
):
    """The whole story, by the screens of those who take part in it."""
    office = make_office()
    procedure = make_procedure(office, processing_time=5)
    today = timezone.localdate()
    number, back = envelope(1).number, envelope(2).number

    # At the post office: the postal clerk announces what was posted.
    post = open_page(390, 844)
    sign_in(post, "postal_clerk-SNV", PASSWORD)
    post.goto("/dossiers/new/")
    post.locator("#id_procedure_code").fill(procedure.code)
    post.locator("#id_item_number").fill(number)
    post.locator("#id_applicant_name").fill("Trần Thị Hồng Nhung")
    post.locator("#id_applicant_address").fill("Thôn Đồi, xã Nghĩa Phương, Lục Nam")
    post.locator("#id_applicant_phone").fill("0912345678")
    post.locator("[name=return_channel][value=public_post]").check(force=True)
    post.keyboard.press("Control+Enter")
    post.wait_for_url(lambda url: "/new/" not in url)
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.code) == (Status.ANNOUNCED, None)

    # At the desk: the postman is here, both sign.
    desk = open_page()
    sign_in(desk, "clerk-SNV", PASSWORD)
    hand_over(desk, post, 0, [number])
    dossier.refresh_from_db()
    assert (dossier.status, dossier.clock_started_on) == (Status.RECEIVED, today)

    # The citizen's phone: where the papers are, and when the answer is due.
    phone = open_page(390, 844)
    phone.goto(f"/d/{dossier.public_token}/")
    body = phone.locator("body")
    expect(body).to_contain_text(f"{dossier.due_on:%d/%m/%Y}")
    expect(body).not_to_contain_text("Nhung")

    # The work, and the result.
    for step in ("processing", "result_ready"):
        desk.goto(f"{dossier.get_absolute_url()}{step}/")
        desk.locator("main form button.primary, main form button").last.click()
        desk.wait_for_url(lambda url, step=step: not url.endswith(f"/{step}/"))
        dossier.refresh_from_db()

    # Out with the post, and into the citizen's hands.
    hand_over(desk, post, 1, [dossier.code, back])
    dossier.refresh_from_db()
    assert (dossier.status, dossier.returned_on) == (Status.WITH_POST, today)
    item = dossier.postal_items.get(number=back)
    post.goto(f"/dossiers/items/{item.pk}/")
    post.get_by_role("link", name="Phát thành công").first.click()
    post.locator("main form button.primary").last.click()
    post.wait_for_load_state("networkidle")

    dossier.refresh_from_db()
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, today)
    phone.reload()
    expect(body).to_contain_text("Đã trả kết quả")
    desk.goto(dossier.get_absolute_url())
    expect(desk.locator(".timeline li")).to_have_count(6)


def hand_over(desk: Page, post: Page, direction: int, scans: list[str]) -> None:
    """One meeting: the desk counts and signs, the postal clerk signs."""
    desk.goto("/dossiers/handovers/")
    desk.get_by_role("button", name="Bắt đầu kiểm đếm").nth(direction).click()
    expect(desk.locator("#scanned")).to_be_focused()
    for text in scans:
        key_in(desk, text)
        expect(desk.locator(".scan-result")).to_contain_text(text)
    desk.get_by_role("button", name="Ký thay bộ phận một cửa").click()
    desk.wait_for_load_state("networkidle")
    post.goto(desk.url)
    post.get_by_role("button", name="Ký thay bưu chính").click()
    expect(post.locator(".messages .success")).to_contain_text("đã khóa")

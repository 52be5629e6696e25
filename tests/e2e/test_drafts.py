"""Nothing typed is lost: not by a server that is down, nor an expired sign-in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from dossiers.models import Dossier, Draft
from tests.e2e.conftest import sign_in
from tests.e2e.visitors import speak_english
from tests.factories.offices import PASSWORD, Office, make_office
from tests.factories.procedures import make_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "/dossiers/new/"
SAVED = "Draft saved at"


@pytest.fixture
def office() -> Office:
    office = make_office()
    make_procedure(office, code="1.990001", papers=("Đơn một",))
    make_procedure(office, code="1.990002", papers=("Đơn hai",))
    return office


@pytest.fixture
def clerk(open_page: Callable[..., Page], office: Office) -> Page:
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    speak_english(page)
    page.goto(NEW)
    return page


def name(page: Page):
    return page.locator("#id_applicant_name")


def paper(page: Page, number: int, part: str):
    return page.locator(f"[name=papers-{number}-{part}]")


def expect_words(page: Page, *said: str) -> None:
    """What the page says of its draft, as it is seen."""
    for text in said:
        expect(page.locator("#draft-state")).to_contain_text(text, use_inner_text=True)


def type_papers_by_hand(page: Page) -> None:
    """The procedure's own paper, and two lines that nobody asked for."""
    page.locator("#id_procedure_code").fill("990001")
    expect(paper(page, 0, "name")).to_have_value("Đơn một")
    paper(page, 1, "name").fill("Giấy tự ghi")
    paper(page, 1, "form").select_option("copy")
    paper(page, 1, "quantity").fill("3")
    paper(page, 2, "name").fill("Bản đồ")
    paper(page, 2, "sheets").fill("12")


def expect_papers_by_hand(page: Page, first: str = "Đơn một") -> None:
    expect(paper(page, 0, "name")).to_have_value(first)
    expect(paper(page, 1, "name")).to_have_value("Giấy tự ghi")
    expect(paper(page, 1, "form")).to_have_value("copy")
    expect(paper(page, 1, "quantity")).to_have_value("3")
    expect(paper(page, 2, "name")).to_have_value("Bản đồ")
    expect(paper(page, 2, "sheets")).to_have_value("12")


def test_what_is_typed_is_saved_by_itself_and_said(clerk: Page, office: Office) -> None:
    expect(clerk.locator("#draft-state")).not_to_contain_text(
        SAVED, use_inner_text=True
    )

    name(clerk).press_sequentially("Nguyễn Văn A")

    expect_words(clerk, SAVED)
    assert Draft.objects.get().title == "Nguyễn Văn A"
    assert Draft.objects.get().owner == office.clerk
    clerk.reload()
    expect(name(clerk)).to_have_value("Nguyễn Văn A")
    expect(clerk.locator("#kept")).to_be_visible()


def test_a_server_that_is_down_is_told_and_tried_again(clerk: Page) -> None:
    def is_down(route: Route) -> None:
        route.abort()

    clerk.route("**/dossiers/drafts/**", is_down)
    name(clerk).fill("Nguyễn Văn A")

    expect_words(clerk, "Not saved.")
    expect_words(clerk, "The server does not answer.")
    assert not Draft.objects.exists()
    clerk.unroute("**/dossiers/drafts/**", is_down)
    clerk.get_by_role("button", name="Try again").click()

    expect_words(clerk, SAVED)
    expect(clerk.locator("#draft-state")).not_to_contain_text(
        "Not saved.", use_inner_text=True
    )
    assert Draft.objects.get().title == "Nguyễn Văn A"


def test_a_fault_of_the_server_is_told_in_its_own_words(
    clerk: Page, office: Office
) -> None:
    for number in range(20):
        Draft.objects.create(owner=office.clerk, key=f"k{number}", fields=[])

    name(clerk).fill("Nguyễn Văn A")

    expect_words(clerk, "You have 20 drafts already.")
    Draft.objects.filter(key="k1").delete()
    clerk.get_by_role("button", name="Try again").click()
    expect_words(clerk, SAVED)


def test_a_dossier_half_typed_survives_an_expired_sign_in(
    clerk: Page, office: Office
) -> None:
    type_papers_by_hand(clerk)
    name(clerk).fill("Nguyễn Văn A")
    clerk.locator("[name=return_channel][value=public_post]").check()

    clerk.context.clear_cookies(name="sessionid")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_url("**/login/**")
    sign_in_here(clerk, office)

    expect(clerk.locator("#kept")).to_be_visible()
    expect(name(clerk)).to_have_value("Nguyễn Văn A")
    expect(clerk.locator("[name=return_channel][value=public_post]")).to_be_checked()
    expect(clerk.locator("#promise")).to_contain_text("Answer due on")
    expect_papers_by_hand(clerk)
    clerk.locator("#id_applicant_address").fill("Số 1")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_url("**/dossiers/H02.16-*/")

    assert Dossier.objects.get().papers.count() == 3
    assert not Draft.objects.exists()
    clerk.goto(NEW)
    expect(clerk.locator("#kept")).to_have_count(0)
    expect(name(clerk)).to_have_value("")


def sign_in_here(page: Page, office: Office) -> None:
    """On the sign-in page that came instead of the one asked for."""
    page.locator("#id_username").fill(office.clerk.username)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_signed_out_while_typing_is_told_and_mended_in_another_tab(
    clerk: Page, office: Office
) -> None:
    name(clerk).fill("Nguyễn Văn A")
    expect_words(clerk, SAVED)
    clerk.context.clear_cookies(name="sessionid")

    name(clerk).fill("Nguyễn Văn An")
    expect_words(clerk, "You have been signed out.")
    other = clerk.context.new_page()
    other.goto("/accounts/login/")
    sign_in_here(other, office)
    other.close()
    clerk.get_by_role("button", name="Try again").click()

    expect_words(clerk, SAVED)
    assert Draft.objects.get().title == "Nguyễn Văn An"
    clerk.locator("#id_procedure_code").fill("990001")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_url("**/dossiers/H02.16-*/")


def test_two_tabs_are_two_drafts(clerk: Page) -> None:
    other = clerk.context.new_page()
    other.goto(NEW)

    name(clerk).fill("Nguyễn Văn A")
    name(other).fill("Trần Thị B")
    expect_words(clerk, SAVED)
    expect_words(other, SAVED)

    titles = set(Draft.objects.values_list("title", flat=True))
    assert titles == {"Nguyễn Văn A", "Trần Thị B"}


def test_one_draft_opened_in_two_tabs_becomes_two(clerk: Page) -> None:
    name(clerk).fill("Nguyễn Văn A")
    expect_words(clerk, SAVED)
    other = clerk.context.new_page()
    other.goto(clerk.url)

    name(other).fill("Trần Thị B")
    expect_words(other, "Saving")
    expect_words(other, SAVED)
    name(clerk).fill("Lê C")
    clerk.wait_for_function("key => !location.search.includes(key)", arg=other.url[-8:])

    titles = set(Draft.objects.values_list("title", flat=True))
    assert titles == {"Trần Thị B", "Lê C"}


def test_what_was_typed_a_moment_before_leaving_is_kept_too(clerk: Page) -> None:
    name(clerk).fill("Nguyễn Văn A")
    clerk.goto("/dossiers/today/")

    expect(clerk.locator("body")).to_contain_text("Today")
    clerk.wait_for_function(
        "() => !Object.keys(sessionStorage).some((x) => x.startsWith('draft:'))"
    )
    assert Draft.objects.get().title == "Nguyễn Văn A"


def test_a_draft_is_opened_from_the_desk_and_deleted_there(clerk: Page) -> None:
    name(clerk).fill("Nguyễn Văn A")
    expect_words(clerk, SAVED)
    clerk.goto("/dossiers/today/")

    clerk.keyboard.press("d")
    clerk.keyboard.press("Enter")
    expect(name(clerk)).to_have_value("Nguyễn Văn A")
    clerk.goto("/dossiers/today/")
    section = clerk.locator("#drafts")
    section.get_by_text("Delete…").click()
    assert Draft.objects.exists()
    section.get_by_role("button", name="Delete this draft for good").click()

    expect(clerk.locator(".messages")).to_contain_text("was deleted")
    assert not Draft.objects.exists()


def test_save_and_next_leaves_no_draft_behind(clerk: Page) -> None:
    clerk.locator("#id_procedure_code").fill("990001")
    name(clerk).fill("Nguyễn Văn A")
    expect_words(clerk, SAVED)

    name(clerk).fill("Nguyễn Văn B")
    clerk.keyboard.press("Alt+N")

    expect(clerk.locator(".messages")).to_contain_text("was received")
    expect(name(clerk)).to_have_value("")
    assert Dossier.objects.get().applicant_name == "Nguyễn Văn B"
    clerk.wait_for_timeout(2500)
    assert not Draft.objects.exists()


def test_papers_typed_by_hand_stay_when_the_procedure_changes(clerk: Page) -> None:
    type_papers_by_hand(clerk)

    clerk.locator("#id_procedure_code").fill("990002")

    expect_papers_by_hand(clerk, first="Đơn hai")
    clerk.wait_for_timeout(2500)
    clerk.reload()
    clerk.locator("#id_procedure_code").fill("990001")
    expect_papers_by_hand(clerk, first="Đơn một")

"""The desk by keyboard alone: from what waits to its next action."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from tests.e2e.conftest import sign_in
from tests.e2e.test_screenshots import READ_IN, SIZES, faults_of
from tests.e2e.visitors import speak_english
from tests.factories.dossiers import dossier_at, receive
from tests.factories.offices import PASSWORD, Office, make_office
from tests.factories.procedures import make_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/dossiers/today/"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def clerk(open_page: Callable[..., Page], office: Office) -> Page:
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    speak_english(page)
    return page


def test_the_day_begins_on_the_desk(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)

    page.wait_for_url(f"**{DESK}")


def test_from_the_desk_to_the_next_action_and_back_by_keyboard(
    clerk: Page, office: Office
) -> None:
    """Late, first line, hand over, confirm, and back to a shorter desk."""
    first, second = receive(office), receive(office)
    press = clerk.keyboard.press
    clerk.goto(DESK)

    press("j")
    press("j")
    expect(clerk.locator(":focus")).to_have_attribute(
        "aria-label", f"Hand to the case officer: {second.reference}"
    )
    press("k")
    press("Enter")
    clerk.wait_for_url(f"**{first.get_absolute_url()}processing/")
    clerk.locator("#id_on").focus()
    press("Control+Enter")
    clerk.wait_for_url(f"**{first.get_absolute_url()}")
    press("t")
    clerk.wait_for_url(f"**{DESK}")

    first.refresh_from_db()
    assert first.status == Status.PROCESSING
    expect(clerk.locator("#to_forward .desk-lines li")).to_have_count(1)


def test_a_number_jumps_to_its_list(clerk: Page, office: Office) -> None:
    receive(office)
    ready = dossier_at(
        Status.RESULT_READY,
        office,
        return_channel="public_post",
        return_name="A",
        return_address="Số 1",
    )
    clerk.goto(DESK)

    clerk.keyboard.press("5")
    expect(clerk.locator(":focus")).to_have_attribute(
        "aria-label", f"Hand to the post: {ready.reference}"
    )
    clerk.keyboard.press("9")
    expect(clerk.locator("#papers")).to_be_focused()
    clerk.keyboard.press("k")
    clerk.keyboard.press("5")
    clerk.keyboard.press("o")
    clerk.wait_for_url(f"**{ready.get_absolute_url()}")


def test_keys_do_nothing_while_somebody_writes(clerk: Page, office: Office) -> None:
    receive(office)
    clerk.goto(DESK)

    clerk.keyboard.press("/")
    clerk.keyboard.type("n1jt?")

    expect(clerk.locator("#jump")).to_have_value("n1jt?")
    assert clerk.url.endswith(DESK)
    expect(clerk.locator("#keys")).to_be_hidden()


def told_keys(page: Page) -> dict[str, str]:
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    expect(dialog).to_be_visible()
    keys = dialog.locator("dt").all_inner_texts()
    words = dialog.locator("dd").all_inner_texts()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    return {" ".join(key.split()): told for key, told in zip(keys, words, strict=True)}


def test_the_help_lists_the_keys_that_work_here_and_no_others(
    clerk: Page, office: Office
) -> None:
    clerk.goto(DESK)
    empty = told_keys(clerk)
    receive(office)
    clerk.reload()
    full = told_keys(clerk)

    assert empty["1"] == full["1"] == "Late"
    assert empty["n"] == full["n"] == "New dossier"
    assert full["j k ↓ ↑"] == "next line, line before"
    assert "j k ↓ ↑" not in empty
    assert "Ctrl+Enter" not in full

    clerk.goto("/dossiers/")
    register = told_keys(clerk)
    assert {"/", "n", "t", "?"} <= set(register)
    assert "1" not in register


def test_the_help_of_the_entry_page_follows_what_is_shown(
    clerk: Page, office: Office
) -> None:
    make_procedure(office, code="1.990001")
    clerk.goto("/dossiers/new/")
    clerk.locator("h1").click()
    before = told_keys(clerk)
    clerk.locator("#id_procedure_code").fill("990001")
    expect(clerk.locator("#field_why_not_post")).to_be_visible()
    clerk.locator("h1").click()
    after = told_keys(clerk)

    assert before["Ctrl+Enter"] == after["Ctrl+Enter"] == "Save"
    assert {"Alt+B", "Alt+T", "Alt+N", "Alt+R"} <= set(before)
    assert "Alt+1" not in before
    assert after["Alt+1"] == "Why not by post? Fears for the originals"


def test_one_key_tells_why_not_by_post(clerk: Page, office: Office) -> None:
    make_procedure(office, code="1.990001")
    make_procedure(office, code="1.990002", by_post=False)
    clerk.goto("/dossiers/new/")
    line = clerk.locator("#field_why_not_post")
    expect(line).to_be_hidden()
    clerk.keyboard.type("990002")
    expect(clerk.locator("#promise")).to_contain_text("not by post")
    expect(line).to_be_hidden()

    clerk.locator("#id_procedure_code").fill("990001")
    expect(line).to_be_visible()
    clerk.keyboard.press("Enter")
    clerk.keyboard.type("Nguyễn Văn A")
    clerk.keyboard.press("Alt+T")
    expect(line).to_be_hidden()
    clerk.locator("[name=return_channel][value=counter]").check()
    clerk.keyboard.press("Alt+3")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_url("**/dossiers/H02.16-*/")

    assert Dossier.objects.get().why_not_post == "slow"


SCREENS = {
    "clerk": (
        DESK,
        "/dossiers/",
        "/dossiers/?work=late",
        "/dossiers/drafts/",
        "/dossiers/why-not/",
        "/dossiers/new/?draft=k1",
        "/dossiers/new/?book=SNV-MC-20200601-01&line=3",
    ),
    "postal_clerk": (DESK, "/dossiers/new/"),
    "leader": (DESK,),
}


def test_every_screen_of_the_day_fits_and_can_be_read(
    open_page: Callable[..., Page], office: Office
) -> None:
    long_name = "Công ty Trách nhiệm hữu hạn Một thành viên Nguyễn Hoàng Phượng Ngưỡng"
    for status in Status:
        dossier_at(status, office, applicant_name=long_name)
    receive(office, why_not_post="fear", applicant_name=long_name)
    actions.keep_draft(office.clerk, "k1", [("applicant_name", long_name)], seen="")
    faults = {}
    for size, shape in SIZES.items():
        for person, addresses in SCREENS.items():
            page = open_page(*shape)
            sign_in(page, office.people[Role(person)].username, PASSWORD)
            for address in addresses:
                assert page.goto(address).status == 200, address
                page.wait_for_load_state("networkidle")
                if found := faults_of(page, reads=size in READ_IN):
                    faults[person, address, size] = found
            page.context.close()
    assert not faults, "\n".join(f"{key}: {found}" for key, found in faults.items())

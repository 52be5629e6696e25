"""The editor of a report's words: figures are chips, and nothing typed is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from reports import actions
from reports.models import Report
from tests.e2e.conftest import sign_in
from tests.e2e.test_screenshots import READ_IN, SIZES, faults_of
from tests.e2e.visitors import speak_english
from tests.factories.dossiers import at, receive
from tests.factories.offices import PASSWORD, Office, make_office
from tests.factories.procedures import make_procedure
from tests.factories.reports import AUTUMN, begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RECEIVED, RATIO = "{2020-H1:received}", "{2020-H1:by_post_ratio}"
OWN = f"Sở đã nhận {RECEIVED} hồ sơ, đạt {RATIO}."


@pytest.fixture
def office() -> Office:
    office = make_office()
    procedure = make_procedure(office, code="1.990001", name="Xếp lương")
    for channel in ("public_post", "counter"):
        receive(office, procedure, on=date(2020, 6, 1), return_channel=channel)
    return office


@pytest.fixture
def report(office: Office) -> Report:
    """A draft with one paragraph of somebody's own, with two figures in it."""
    made = begin(office)
    return actions.save_words(
        made,
        [actions.Word("tasks", OWN)],
        by=office.leader,
        at=at(AUTUMN),
        seen=made.revision,
    )


def open_words(page: Page, office: Office, report: Report) -> Page:
    sign_in(page, office.catalogue_manager.username, PASSWORD)
    speak_english(page)
    page.goto(f"{report.get_absolute_url()}words/")
    return page


@pytest.fixture
def page(open_page: Callable[..., Page], office: Office, report: Report) -> Page:
    return open_words(open_page(), office, report)


def own(report: Report) -> str:
    return report.paragraphs.get(origin="").text


def editor(page: Page, report: Report) -> Locator:
    """The editor of the paragraph of somebody's own."""
    key = report.paragraphs.get(origin="").key
    return page.locator(f"#id_text-{key} + .words-editor")


def cursor_at(place: Locator, letters: int) -> None:
    """Put the cursor behind so many letters of the first piece of text."""
    place.focus()
    place.evaluate(
        "(node, at) => getSelection().collapse(node.firstChild, at)", letters
    )


def save(page: Page, report: Report) -> None:
    """From wherever the cursor is in the form."""
    if not page.evaluate("!!document.activeElement.closest('.words-form')"):
        page.locator(".words-editor").first.focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{report.get_absolute_url()}")


def test_figures_are_shown_and_no_references(page: Page, report: Report) -> None:
    words = editor(page, report)

    expect(words).to_have_text("Sở đã nhận 02 hồ sơ, đạt 01/02 (50,00%).")
    expect(words.locator(".figure-chip")).to_have_text(["02", "01/02 (50,00%)"])
    for text in page.locator(".words-editor").all_inner_texts():
        assert "{" not in text
    expect(page.locator("textarea.words:visible")).to_have_count(0)


def test_typing_around_a_figure_keeps_its_reference(page: Page, report: Report) -> None:
    words = editor(page, report)
    cursor_at(words, len("Sở đã "))
    page.keyboard.type("tiếp ")
    words.press("Control+End")
    page.keyboard.type(" Xin hết.")

    save(page, report)

    assert own(report) == f"Sở đã tiếp nhận {RECEIVED} hồ sơ, đạt {RATIO}. Xin hết."
    expect(page.locator(".paper")).to_contain_text("Sở đã tiếp nhận 02 hồ sơ")


def test_a_page_saved_untouched_changes_no_words(page: Page, report: Report) -> None:
    before = list(report.paragraphs.values_list("origin", "text", "is_edited"))

    save(page, report)

    after = list(report.paragraphs.values_list("origin", "text", "is_edited"))
    assert after == before


def test_a_figure_goes_as_one_piece(page: Page, report: Report) -> None:
    words = editor(page, report)
    words.focus()
    # Behind the first figure.
    words.evaluate("node => getSelection().collapse(node, 2)")
    page.keyboard.press("Backspace")
    expect(words.locator(".figure-chip")).to_have_count(1)

    save(page, report)

    assert own(report) == f"Sở đã nhận  hồ sơ, đạt {RATIO}."


def chosen(page: Page, reference: str) -> Locator:
    return page.locator(f'.palette [data-reference="{reference}"]')


def test_a_figure_is_put_where_the_cursor_is(page: Page, report: Report) -> None:
    words = editor(page, report)
    cursor_at(words, len("Sở "))
    chosen(page, "{2020-H1:results}").click()
    page.keyboard.type(" ")

    expect(words.locator(".figure-chip").first).to_have_text("0")
    save(page, report)
    assert own(report).startswith(f"Sở {{2020-H1:results}} đã nhận {RECEIVED} hồ sơ")


def test_searching_for_a_figure_does_not_lose_the_place(
    page: Page, report: Report
) -> None:
    words = editor(page, report)
    cursor_at(words, len("Sở "))
    search = page.get_by_label("Find a figure")
    search.fill("kết quả ĐÃ trả")
    expect(chosen(page, "{2020-H1:results}")).to_be_visible()
    expect(chosen(page, RECEIVED)).to_be_hidden()
    search.press("Enter")  # sends nothing

    chosen(page, "{2020-H1:results}").click()
    page.keyboard.type(" ")
    save(page, report)

    assert own(report).startswith(f"Sở {{2020-H1:results}} đã nhận {RECEIVED} hồ sơ")


def test_a_search_that_is_cleared_shows_everything_again(page: Page) -> None:
    lines = page.locator(".palette li")
    everything = lines.count()
    search = page.get_by_label("Find a figure")

    search.fill("không có gì như thế")
    expect(page.locator(".palette li:visible")).to_have_count(0)
    search.fill("")

    expect(page.locator(".palette li:not([hidden])")).to_have_count(everything)


def test_a_reference_typed_by_hand_becomes_a_figure(page: Page, report: Report) -> None:
    words = editor(page, report)
    words.press("Control+End")
    page.keyboard.type(f" Thêm {RECEIVED}.")
    page.get_by_label("Find a figure").focus()

    expect(words.locator(".figure-chip")).to_have_count(3)
    save(page, report)
    assert own(report) == f"{OWN} Thêm {RECEIVED}."


def test_a_new_paragraph_of_two_lines_is_kept(page: Page, report: Report) -> None:
    page.locator("#id_new-closing-0").locator("xpath=ancestor::details/summary").click()
    words = page.locator("#id_new-closing-0 + .words-editor")
    words.focus()
    page.keyboard.type("Dòng một")
    page.keyboard.press("Enter")
    page.keyboard.type("Dòng hai")

    save(page, report)

    assert report.paragraphs.get(section="closing", origin="").text == (
        "Dòng một\nDòng hai"
    )


def test_an_unknown_reference_comes_back_with_what_was_typed(
    page: Page, report: Report
) -> None:
    words = editor(page, report)
    words.press("Control+End")
    page.keyboard.type(" Và {2018:received}.")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert")).to_contain_text("stands for no figure")
    expect(editor(page, report)).to_contain_text("Và {2018:received}.")
    expect(page.locator(".figure-chip.is-unknown")).to_have_count(1)


def test_what_was_typed_survives_an_expired_sign_in(
    page: Page, report: Report, office: Office
) -> None:
    words = editor(page, report)
    words.press("Control+End")
    page.keyboard.type(" Gõ dở.")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/login/**")
    page.locator("#id_username").fill(office.catalogue_manager.username)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/words/")

    expect(editor(page, report)).to_contain_text("50,00%). Gõ dở.")
    save(page, report)
    assert own(report) == f"{OWN} Gõ dở."


def test_writing_one_paragraph_anew_keeps_what_was_typed_in_another(
    page: Page, report: Report, office: Office
) -> None:
    report.refresh_from_db()
    actions.save_words(
        report,
        [actions.Word("closing", "Tự viết.", key="closing")],
        by=office.leader,
        at=at(AUTUMN),
        seen=report.revision,
    )
    page.reload()
    words = editor(page, report)
    words.press("Control+End")
    page.keyboard.type(" Vừa gõ.")

    page.get_by_role("button", name="Write anew from the figures").click()

    expect(page.get_by_role("status")).to_contain_text("written anew")
    expect(editor(page, report)).to_contain_text("Vừa gõ.")
    assert own(report) == f"{OWN} Vừa gõ."
    assert "tổng hợp theo quy định" in report.paragraphs.get(origin="closing").text


def test_without_scripts_the_words_are_edited_with_their_references(
    open_page, office: Office, report: Report
) -> None:
    page = open_words(open_page(scripts=False), office, report)
    field = page.locator(f"#id_text-{report.paragraphs.get(origin='').key}")
    expect(field).to_have_value(OWN)
    expect(page.locator(".palette .reference").first).to_be_visible()
    field.fill(f"Chỉ còn {RATIO}.")

    page.get_by_role("button", name="Save").click()

    page.wait_for_url(f"**{report.get_absolute_url()}")
    assert own(report) == f"Chỉ còn {RATIO}."


def test_letters_are_words_and_no_shortcuts(page: Page, report: Report) -> None:
    words = editor(page, report)
    words.press("Control+End")
    page.keyboard.type(" n1jt?/o")

    expect(words).to_contain_text("n1jt?/o")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.url.endswith("/words/")
    save(page, report)
    assert own(report) == f"{OWN} n1jt?/o"


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_and_can_be_read(
    open_page: Callable[..., Page], office: Office, report: Report, size: str
) -> None:
    page = open_words(open_page(*SIZES[size]), office, report)

    faults = {}
    for name in ("words/", "", "facts/", "adjustments/"):
        page.goto(f"{report.get_absolute_url()}{name}")
        page.wait_for_load_state("networkidle")
        if found := faults_of(page, reads=size in READ_IN):
            faults[name] = found

    assert faults == {}

"""Pages of figures fit a phone and a sheet of paper, and read well, empty or full."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from dossiers.demo.aftermath import PRESENT
from dossiers.demo.loading import load
from dossiers.demo.organisations import PASSWORD as DEMO_PASSWORD
from postal_tthc.accounts.models import User
from reports.models import OutreachEvent
from tests.e2e.conftest import sign_in
from tests.e2e.visitors import speak_english
from tests.factories.demo import write_demo
from tests.factories.offices import PASSWORD, make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "dashboard": "/reports/?period=2020-9M",
    "post": "/reports/post/?period=2020-9M",
    "drift": "/reports/drift/?period=2020-9M",
    "effect": "/reports/outreach/effect/?period=2020",
    "workload": "/reports/workload/?period=2020-9M",
}
SIZES = {
    "desktop": (1366, 768, "light"),
    "desktop dark": (1366, 768, "dark"),
    "phone": (390, 844, "light"),
    "narrow dark": (360, 640, "dark"),
}
# A4 within its margins, at the 96 dots an inch of a browser.
PAPER = {"dashboard": 624, "drift": 624, "post": 1009, "effect": 1009, "workload": 1009}


@pytest.fixture
def demo(time_machine) -> None:
    write_demo(load)
    time_machine.move_to(PRESENT, tick=False)
    clerk = User.objects.get(username="motcua")
    OutreachEvent.objects.get_or_create(
        organisation=clerk.organisation.scope,
        kind="briefing",
        held_on="2020-06-15",
        title="phổ biến Quyết định số 45/2016/QĐ-TTg tới toàn thể công chức",
        defaults={"entered_by": clerk, "entered_at": timezone.now()},
    )


def faults_of(page: Page) -> list[str]:
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    return [f"{wide} px wide"] * (wide > screen) + [
        f"{x['id']}: {x['nodes'][0]['html'][:150]}"
        for x in found.response["violations"]
    ]


def wider_than_paper(page: Page, width: int) -> list[str]:
    """Tables that a sheet of paper would cut."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(media="print")
    return page.evaluate(
        """limit => [...document.querySelectorAll("table")]
            .filter(table => table.getBoundingClientRect().right > limit + 1)
            .map(table => table.closest("section")?.querySelector("h2")?.innerText)""",
        width,
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_the_screen_and_reads_well(
    open_page: Callable[..., Page], demo: None, size: str
) -> None:
    page = open_page(*SIZES[size])
    sign_in(page, "lanhdao", DEMO_PASSWORD)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        if found := faults_of(page):
            faults[name] = found

    assert faults == {}


def test_every_page_fits_on_paper_with_its_names(
    open_page: Callable[..., Page], demo: None
) -> None:
    page = open_page()
    sign_in(page, "lanhdao", DEMO_PASSWORD)
    for name, address in PAGES.items():
        page.goto(address)
        assert wider_than_paper(page, PAPER[name]) == [], name
        hidden = page.locator("tbody th[scope=row] a:not(:visible)").count()
        assert hidden == 0, name
        assert page.locator(".picker").first.is_hidden()


def test_every_page_says_what_to_do_in_an_empty_house(
    open_page: Callable[..., Page],
) -> None:
    office = make_office()
    page = open_page(390, 844)
    sign_in(page, office.leader.username, PASSWORD)
    for name, address in PAGES.items():
        page.goto(address)
        assert faults_of(page) == [], name


def test_a_leader_goes_from_a_number_to_its_dossiers_and_takes_the_file_along(
    open_page: Callable[..., Page], demo: None
) -> None:
    page = open_page()
    sign_in(page, "lanhdao", DEMO_PASSWORD)
    speak_english(page)
    page.goto(PAGES["post"])

    place = page.get_by_role("row", name="Xã Song Mai")
    number = place.get_by_role("link").first.inner_text()
    place.get_by_role("link").first.click()

    expect(page.locator(".tabs [aria-current] .count")).to_have_text(number)
    expect(page.locator(".chips")).to_contain_text("Xã Song Mai, thành phố Bắc Giang")
    page.get_by_title("Take this filter away").filter(has_text="Place").click()
    expect(page.locator(".tabs [aria-current] .count")).not_to_have_text(number)

    page.goto(PAGES["post"])
    with page.expect_download() as download:
        page.get_by_role("link", name="This page in Excel").click()
    assert download.value.suggested_filename == "So-lieu_post_SNV_2020-9M.xlsx"

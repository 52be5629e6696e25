"""Long work as people see it: the bar moves, the tab may be closed, a button stops it."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from postal_tthc.jobs import start
from postal_tthc.jobs.models import Job
from tests.e2e.conftest import sign_in
from tests.e2e.visitors import speak_english
from tests.factories.jobs import wait_for_worker, worker, written
from tests.factories.offices import PASSWORD, Office, make_office
from tests.factories.reports import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LARGE = 1_000_000


def ask(office: Office, work: str, **parameters) -> Job:
    return start(
        f"sample-{work}",
        title="Nhập sổ theo dõi hồ sơ",
        by=office.clerk,
        parameters=parameters,
        size=LARGE,
    )


def visit(open_page: Callable[..., Page], office: Office) -> Page:
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    speak_english(page)
    return page


@pytest.mark.parametrize("work", ["parts", "whole"])
def test_the_bar_is_seen_moving_until_the_work_is_done(
    open_page: Callable[..., Page], work: str
) -> None:
    office = make_office()
    page = visit(open_page, office)
    pause = 0.2 if work == "whole" else 0.6  # for each row, for each part
    job = ask(office, work, count=60, slice=3, pause=pause)
    page.goto(job.get_absolute_url())
    expect(page.get_by_text("python manage.py work")).to_be_visible()

    with worker():
        bar = page.get_by_role("progressbar")
        bar.wait_for(timeout=20_000)
        seen = []
        while bar.count() and len(seen) < 3:
            value = bar.evaluate("bar => bar.value")
            if value and value not in seen:
                seen.append(value)
            page.wait_for_timeout(200)
        assert len(seen) == 3
        assert seen == sorted(seen)
        assert "% · Nhập sổ theo dõi hồ sơ" in page.title()
        told = page.locator(".job-bar")
        expect(told).to_contain_text(re.compile(r"\d+ / 60 · Writing"))
        expect(told).to_contain_text(re.compile(r"\d+ a (second|minute)"))
        expect(told).to_contain_text(re.compile(r"about \d+ seconds? left"))
        expect(page.get_by_role("button", name="Stop this work")).to_be_visible()
        expect(page.get_by_text("60 written.")).to_be_visible(timeout=30_000)

    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert page.title().startswith("Nhập sổ")
    assert written(job) == 60


def test_a_button_stops_the_work_and_nothing_is_left(
    open_page: Callable[..., Page],
) -> None:
    office = make_office()
    page = visit(open_page, office)
    job = ask(office, "whole", count=2000, pause=0.05)
    with worker():
        wait_for_worker()
        page.goto("/jobs/")
        page.get_by_role("link", name=job.title).click()
        page.get_by_role("progressbar").wait_for(timeout=20_000)
        page.get_by_role("button", name="Stop this work").click()
        told = page.get_by_text(f"Stopped by {office.clerk} at")
        expect(told).to_be_visible(timeout=30_000)

    assert written(job) == 0


@pytest.mark.libreoffice
def test_reports_are_ticked_and_come_as_one_file(
    open_page: Callable[..., Page],
) -> None:
    office = make_office()
    begin(office, "2020-H1")
    begin(office, "2019")
    page = visit(open_page, office)
    with worker():
        wait_for_worker()
        page.goto("/reports/papers/")
        # The name of a report is a link over its whole row: a box is above it.
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_role("button", name="All files of the chosen reports").click()
        told = page.get_by_text("8 files of 2 reports.")
        expect(told).to_be_visible(timeout=60_000)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download bao-cao-SNV-").click()
    with ZipFile(download.value.path()) as pack:
        endings = sorted(name[-4:] for name in pack.namelist())
    assert endings == [".pdf"] * 2 + ["docx"] * 2 + ["xlsx"] * 4


def test_without_scripts_the_page_is_read_again_and_the_file_is_fetched(
    open_page,
) -> None:
    office = make_office()
    page = open_page(scripts=False)
    sign_in(page, office.clerk.username, PASSWORD)
    speak_english(page)
    job = ask(office, "letter", content="Kính gửi")
    page.goto(job.get_absolute_url())
    with worker():
        told = page.get_by_text("The letter is written.")
        expect(told).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download Thư mời.txt").click()
    assert download.value.suggested_filename == "Thư mời.txt"
    assert Path(download.value.path()).read_text() == "Kính gửi"

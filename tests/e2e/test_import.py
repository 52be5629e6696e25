"""An old register comes in: chosen, mapped, judged, written, and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dossiers.models import CustodyEntry, Dossier
from dossiers.spreadsheets import background
from tests.e2e.conftest import sign_in
from tests.e2e.visitors import speak_english
from tests.factories.imports import large_register, slow_worker
from tests.factories.offices import PASSWORD, make_office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = 2_500


def choose(page: Page, path: Path) -> None:
    """The file, through the door that the list of dossiers shows."""
    page.goto("/dossiers/imports/")
    page.get_by_label("Register (.xlsx, .xls, .ods, .csv)").set_input_files(path)
    page.get_by_role("button", name="Judge the file").click()


def test_headings_nobody_knows_are_mapped_faults_are_seen_and_good_rows_are_written(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    office = make_office()
    code = make_procedure(office).code
    lines = [
        ["SỔ CŨ NĂM 2020"],
        ["Mục A", "Mục B", "Mục C"],
        [code, workbooks.DAY, "Nguyễn Thị Đào"],
        [code, "hôm qua", "Trần Văn Bình"],
    ]
    path = tmp_path / "sổ cũ.xlsx"
    path.write_bytes(workbooks.packed(workbooks.book(lines)[0]))
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    speak_english(page)

    choose(page, path)
    expect(page.get_by_role("heading", name="sổ cũ.xlsx")).to_be_visible()
    expect(page.get_by_text("No column is the day of receipt")).to_be_visible()
    assert page.get_by_role("button", name="Write").count() == 0
    for heading, column in (
        ("A: Mục A", "Mã TTHC"),
        ("B: Mục B", "Ngày tiếp nhận"),
        ("C: Mục C", "Chủ hồ sơ"),
    ):
        page.get_by_label(heading).select_option(label=column)
    page.get_by_role("button", name="Judge again").click()

    expect(page.get_by_role("cell", name="hôm qua", exact=True)).to_be_visible()
    expect(page.get_by_text("Write the day as 20/01/2020.")).to_be_visible()
    counts = page.locator(".import-counts li")
    assert [" ".join(text.split()) for text in counts.all_inner_texts()] == [
        "2 Rows",
        "1 New",
        "0 Already here",
        "0 Changed",
        "1 Faulty",
    ]
    assert not Dossier.objects.exists()

    page.get_by_role("button", name="Write 1 good row").click()
    expect(page.get_by_text("1 dossiers added, 0 changed.")).to_be_visible()
    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Đào"


def test_a_large_register_is_seen_coming_in_and_is_taken_back(
    open_page: Callable[..., Page], tmp_path: Path, settings, monkeypatch
) -> None:
    settings.JOBS_INLINE_SIZE = 0
    monkeypatch.setattr(background, "SMALL_FILE", 10)
    office = make_office()
    path = tmp_path / "so-2019.xlsx"
    path.write_bytes(large_register(make_procedure(office).code, ROWS))
    page = open_page()
    sign_in(page, office.clerk.username, PASSWORD)
    speak_english(page)

    with slow_worker():
        choose(page, path)
        expect(page.get_by_text("2.500 rows judged, 0 of them faulty.")).to_be_visible(
            timeout=60_000
        )
        page.get_by_role("link", name="Open what came out").click()
        page.get_by_role("button", name="Write all").click()
        seen = seen_of_the_bar(page)
        expect(page.get_by_text("2.500 dossiers added, 0 changed.")).to_be_visible(
            timeout=60_000
        )
        assert len(seen) >= 3
        assert seen == sorted(seen)
        assert {step for step, _rows in seen} == {1, 2}
        page.get_by_role("link", name="Open what came out").click()
        assert Dossier.objects.count() == ROWS

        page.get_by_text("Undo this import").click()
        page.get_by_role("button", name="Yes, undo it").click()
        told = page.get_by_text("2.500 dossiers that it brought are gone")
        expect(told).to_be_visible(timeout=60_000)
        page.get_by_role("link", name="Open what came out").click()

    expect(page.get_by_text("Undone by")).to_be_visible()
    assert not Dossier.objects.exists()
    assert not CustodyEntry.objects.exists()


def seen_of_the_bar(page: Page) -> list[list[int]]:
    """Step and rows done, each time the page told something else, until the end."""
    bar = page.get_by_role("progressbar")
    bar.wait_for(timeout=30_000)
    seen: list[list[int]] = []
    while bar.count():
        # The page replaces its bar every second.
        told = page.evaluate(
            """() => {
                const bar = document.querySelector("progress");
                const step = bar?.parentNode.textContent.match(/Step (\\d) of 2/);
                return step && [Number(step[1]), bar.value];
            }"""
        )
        if told and told not in seen:
            seen.append(told)
        page.wait_for_timeout(100)
    return seen

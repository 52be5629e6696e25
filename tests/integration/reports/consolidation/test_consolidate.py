"""``manage.py consolidate``: the report of a province as a file."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from docx import Document
from openpyxl import load_workbook

from dossiers.demo.loading import load
from tests.factories.demo import write_demo
from tests.integration.reports.consolidation.scenes import AFTER, agency, hand_in


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def run(output: Path, *more: str, organisation: str = "UBND") -> str:
    told = StringIO()
    call_command(
        "consolidate",
        *("--organisation", organisation, "--period", "2019"),
        *("--output", str(output), *more),
        stdout=told,
    )
    return told.getvalue()


def rows(output: Path) -> dict[str, tuple[object, ...]]:
    sheet = load_workbook(output, data_only=True)["Tổng hợp"]
    return {x[1] or x[0]: x for x in sheet.iter_rows(min_row=7, values_only=True)}


@pytest.mark.django_db
def test_the_demo_province_has_the_numbers_of_the_report(tmp_path):
    write_demo(load)
    output = tmp_path / "province.xlsx"

    told = run(output)

    assert told.splitlines() == [str(output)]
    agency_row = rows(output)["Sở Nội vụ tỉnh Bắc Giang"]
    assert agency_row[6:8] == (212, 23)
    assert agency_row[8] == pytest.approx(0.1085)
    assert rows(output)["Tổng cộng"][6:8] == (212, 23)


@time_machine.travel(AFTER, tick=False)
def test_who_has_not_reported_is_printed(office, tmp_path):
    hand_in(agency(office), office.consolidator)
    output = tmp_path / "province.xlsx"

    told = run(output)

    assert "Not reported: Sở SNV (SNV)" in told
    assert "SYT" not in told
    assert rows(output)["Sở SYT"][6] == 40


@time_machine.travel(AFTER, tick=False)
def test_word_says_the_same(office, tmp_path):
    hand_in(agency(office), office.consolidator)
    output = tmp_path / "province.docx"

    run(output, "--format", "docx")

    document = Document(output)
    words = "\n".join(x.text for x in document.paragraphs)
    assert "Chưa báo cáo: Sở SNV." in words
    assert "Hồ sơ qua bưu chính công ích: 17/37 (45,95%)" in words
    cells = [
        [cell.text for cell in row.cells]
        for table in document.tables
        for row in table.rows
    ]
    assert any("Sở SYT" in row and "40" in row for row in cells)
    assert any("Tổng cộng" in row and "37" in row for row in cells)


@time_machine.travel(AFTER, tick=False)
def test_successors_are_summed_on_request(office, tmp_path):
    new = agency(office, "SM", name="Sở mới", valid_from=AFTER.date())
    old = agency(office, "SC", name="Sở cũ", valid_to=AFTER.date(), successor=new)
    hand_in(old, office.consolidator)
    apart, together = tmp_path / "apart.xlsx", tmp_path / "together.xlsx"

    run(apart)
    run(together, "--successors")

    assert "Sở mới" not in rows(apart)
    assert rows(together)["Sở mới"][6] == rows(together)["Sở cũ"][6] == 40
    assert rows(apart)["Tổng cộng"] == rows(together)["Tổng cộng"]


@pytest.mark.parametrize(
    ("organisation", "sentence"),
    [("XX", "«XX»"), ("SNV", "collects from nobody"), ("BĐ-UBND", "post office")],
)
def test_what_collects_nothing_is_refused(office, tmp_path, organisation, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path / "province.xlsx", organisation=organisation)
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_folder_that_is_not_there_is_said(office, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        run(tmp_path / "nowhere" / "province.xlsx")

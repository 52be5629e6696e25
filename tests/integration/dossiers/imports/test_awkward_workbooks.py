"""Awkward files are read as a person would read them."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dossiers.models import Dossier
from dossiers.spreadsheets import faulty
from dossiers.spreadsheets.columns import by_key
from postal_tthc.lib.table_files import read_table_file
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, judge
from tests.integration.dossiers.imports.workbooks import DAY, HEADINGS, RETURNED, rows

CSV_AS_EXCEL = "Text - txt - csv (StarCalc):59,34,76"  # semicolons, quotes, UTF-8


@pytest.mark.parametrize("build", workbooks.AWKWARD, ids=lambda build: build.__name__)
def test_an_awkward_workbook_is_read_as_a_person_would(office, build):
    procedure = make_procedure(office, code="1.001450")

    bring(office, build(procedure.code))

    assert [what_it_says(x) for x in Dossier.objects.order_by("pk")] == [
        {
            "Mã TTHC": procedure.code,
            "Chủ hồ sơ": "Nguyễn Thị Đào",
            "Ngày tiếp nhận": DAY,
            "Cách nộp": "Tại quầy",
            "Ngày trả kết quả": RETURNED,
            "Trạng thái": "Đã trả kết quả",
        },
        {
            "Mã TTHC": procedure.code,
            "Chủ hồ sơ": "Trần Văn Bình",
            "Ngày tiếp nhận": DAY,
            "Cách nộp": "Bưu chính công ích",
            "Ngày trả kết quả": None,
            "Trạng thái": "Tiếp nhận",
        },
    ]


def what_it_says(dossier: Dossier) -> dict[str, Any]:
    """The dossier as the columns of a register say it."""
    keys = (
        "procedure_code",
        "applicant_name",
        "received_on",
        "intake_channel",
        "returned_on",
        "status",
    )
    return {by_key[key].heading: by_key[key].write(dossier) for key in keys}


@pytest.mark.parametrize("ending", ["xls", "ods", "csv"])
@pytest.mark.libreoffice
def test_the_same_list_is_read_from_every_kind_of_file(office, tmp_path, ending):
    procedure = make_procedure(office, code="1.001450")
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbooks.heading_three_rows_down(procedure.code))
    converted = saved_as(path, ending)

    bring(office, converted.read_bytes(), converted.name)

    first, second = map(what_it_says, Dossier.objects.order_by("pk"))
    assert (first["Chủ hồ sơ"], first["Ngày tiếp nhận"]) == ("Nguyễn Thị Đào", DAY)
    assert (first["Ngày trả kết quả"], first["Cách nộp"]) == (RETURNED, "Tại quầy")
    assert (second["Chủ hồ sơ"], second["Trạng thái"]) == ("Trần Văn Bình", "Tiếp nhận")


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.libreoffice
def test_an_old_mac_counts_its_days_in_every_kind_of_file(office, tmp_path, ending):
    procedure = make_procedure(office, code="1.001450")
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbooks.epoch_1904_as_numbers(procedure.code))
    converted = saved_as(path, ending)

    bring(office, converted.read_bytes(), converted.name)

    assert {x.clock_started_on for x in Dossier.objects.all()} == {DAY}


def saved_as(path: Path, ending: str) -> Path:
    """The workbook as LibreOffice saves it in another form."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice was not found.")
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    form = f"{ending}:{CSV_AS_EXCEL}" if ending == "csv" else ending
    told = [office, profile, "--headless", "--convert-to", form, "--outdir"]
    subprocess.run(
        [*told, str(path.parent), str(path)], check=True, capture_output=True
    )
    return path.with_suffix(f".{ending}")


def test_a_faulty_row_of_an_old_mac_is_mended_and_comes_back(office):
    procedure = make_procedure(office)
    lines = [HEADINGS, *rows(procedure.code)]
    lines[1][3], lines[1][4], lines[2][4] = 42433, "bồ câu", "bồ câu"
    made, sheet = workbooks.book([])
    made.epoch = CALENDAR_MAC_1904
    for line in lines:
        sheet.append(line)
    sheets = read_table_file(BytesIO(workbooks.packed(made)), name="so.xlsx")
    returned = faulty.workbook(sheets[0], 1, {2: "?", 3: "?"})
    mended = load_workbook(BytesIO(returned))
    for row in (2, 3):
        mended.active.cell(row, 6).value = "BCCI"

    bring(office, workbooks.packed(mended))

    assert {x.clock_started_on for x in Dossier.objects.all()} == {DAY}


def test_a_formula_is_its_last_result(office):
    procedure = make_procedure(office)
    made, _sheet = workbooks.book([HEADINGS, *rows(procedure.code)])
    content = _with_formula(workbooks.packed(made))

    summary = judge(office, content)

    assert not summary.faults
    assert summary.counts["new"] == 2


def _with_formula(content: bytes) -> bytes:
    """The day of the first row as a formula with its kept result, as Excel saves it."""
    fresh = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(fresh, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<v>43895</v>" in part
                part = part.replace(
                    b"<v>43895</v>", b"<f>DATE(2020,3,5)</f><v>43895</v>", 1
                )
            new.writestr(name, part)
    return fresh.getvalue()


@pytest.mark.parametrize(
    ("yes", "no"), [("x", None), (1, 0), ("1", "0"), (True, False)]
)
def test_the_post_is_ticked_for_each_leg(office, yes, no):
    procedure = make_procedure(office)
    lines = [
        ["Mã TTHC", "Tên người nộp", "Ngày nhận", "Nhận qua BCCI", "Trả qua BCCI"],
        [procedure.code, "Nguyễn Thị Đào", DAY, yes, no],
        [procedure.code, "Trần Văn Bình", DAY, no, yes],
    ]

    bring(office, workbooks.listed(*lines))

    legs = Dossier.objects.order_by("pk").values_list(
        "applicant_name", "intake_channel", "return_channel"
    )
    assert list(legs) == [
        ("Nguyễn Thị Đào", "public_post", "counter"),
        ("Trần Văn Bình", "counter", "public_post"),
    ]


def test_a_code_that_stands_twice_is_a_fault_of_the_second_row(office):
    procedure = make_procedure(office)
    lines = [
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận"],
        ["H02.16-200305-0001", procedure.code, DAY],
        ["h02.16-200305-0001 ", procedure.code, DAY],
    ]

    summary = judge(office, workbooks.packed(workbooks.book(lines)[0]))

    (fault,) = summary.faults
    assert (fault.row, fault.heading) == (3, "Mã hồ sơ")
    assert "row 2" in fault.sentence


@pytest.mark.parametrize(
    "content",
    [
        "Mã TTHC;Ngày tiếp nhận;Người nộp\r\n{code};05/03/2020;Nguyễn Thị Đào\r\n",
        "sep=;\r\nMã TTHC;Ngày tiếp nhận;Người nộp\r\n{code};05/03/2020;Nguyễn Thị Đào",
        "Mã TTHC;Ngày tiếp nhận;Người nộp;Địa chỉ\n{code};05/03/2020;Nguyễn Thị Đào;1, tổ 2, khu 3, phố 4",
        'Mã TTHC;"Ngày tiếp\nnhận";Người nộp;Địa chỉ\n{code};05/03/2020;"Nguyễn\nThị Đào";"Tân Mỹ;\r\nBắc Giang"',
        "\ufeffMã TTHC,Ngày tiếp nhận,Người nộp\n{code},2020-03-05,Nguyễn Thị Đào\n",
        "Mã TTHC\tNgày tiếp nhận\tNgười nộp\n{code}\t05/03/2020\tNguyễn Thị Đào\n",
    ],
    ids=[
        "semicolons",
        "sign told",
        "commas in an address",
        "lines in cells",
        "commas with a mark of UTF-8",
        "tabs",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_text_is_read_whatever_stands_between_cells(office, content, encoding):
    procedure = make_procedure(office)

    text = content.format(code=procedure.code)
    if encoding == "cp1258":  # its marks stand behind their letters
        text = in_windows_letters(text.removeprefix("\ufeff"))
    bring(office, text.encode(encoding), name="so.csv")

    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Đào"
    assert Dossier.objects.get().clock_started_on == DAY


def in_windows_letters(text: str) -> str:
    """The text as Vietnamese Windows keeps it: tones apart, other marks not."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        apart = normalize("NFD", letter)
        tone = "".join(x for x in apart if x in tones)
        rest = "".join(x for x in apart if x not in tones)
        letters.append(normalize("NFC", rest) + tone)
    return "".join(letters)

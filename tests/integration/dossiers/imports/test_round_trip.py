"""A sheet of ours comes back: cell by cell, and nothing overwritten unseen."""

from datetime import date
from io import BytesIO, StringIO
from unicodedata import normalize

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from dossiers import actions
from dossiers.models import CustodyEntry, Dossier
from dossiers.spreadsheets.columns import COLUMNS, by_key, for_writing
from dossiers.spreadsheets.exporting import Wish, choose, write
from dossiers.statuses import Step
from postal_tthc.errors import Invalid
from tests.factories.dossiers import dossier_at, receive
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, judge

DAY = date(2020, 3, 5)
PLACES = {column.key: place for place, column in enumerate(COLUMNS, start=1)}


def exported(dossiers=None) -> bytes:
    """All columns of the dossiers, as the one list of columns writes them."""
    found = for_writing(dossiers or Dossier.objects.order_by("pk"))
    lines = [[column.heading for column in COLUMNS]]
    lines += [[column.write(dossier) for column in COLUMNS] for dossier in found]
    return workbooks.packed(workbooks.book(lines)[0])


def with_cell(content: bytes, key: str, value, row: int = 2) -> bytes:
    """The same workbook with another value in one cell."""
    made = load_workbook(BytesIO(content))
    made.active.cell(row, PLACES[key]).value = value
    return workbooks.packed(made)


@pytest.mark.parametrize("status", ["received", "returned", "announced", "withdrawn"])
def test_a_sheet_that_was_not_changed_changes_nothing(office, status):
    dossier_at(status, office, on=DAY)

    summary = judge(office, exported())

    assert not summary.faults
    assert summary.counts["unchanged"] == 1


def test_a_changed_cell_is_shown_and_written_by_the_real_verb(office):
    dossier = receive(office, on=DAY, applicant_name="Lê Văn Cũ", note="cũ")
    content = with_cell(exported(), "applicant_name", "Lê Văn Mới")
    content = with_cell(content, "note", None)

    (change,) = judge(office, content).changes
    assert change["cells"] == [
        ["Chủ hồ sơ", "Lê Văn Cũ", "Lê Văn Mới"],
        ["Ghi chú", "cũ", ""],
    ]
    bring(office, content)

    dossier.refresh_from_db()
    assert (dossier.applicant_name, dossier.note) == ("Lê Văn Mới", "")
    entry = dossier.custody.last()
    assert entry.step == Step.CORRECTED
    assert "«Lê Văn Cũ» → «Lê Văn Mới»" in entry.note


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("received_on", date(2020, 3, 6)),
        ("due_on", date(2030, 1, 1)),
        ("status", "Đã trả kết quả"),
        ("returned_on", date(2020, 3, 9)),
        ("procedure_code", "1.999999"),
        ("intake_channel", "Trực tuyến"),
        ("received_time", "23:00"),
        ("sets", 9),
        ("field", "Lĩnh vực khác"),
        ("agency", "Sở khác"),
        ("desk", "Nơi khác"),
        ("intake_item", "RR123456785VN"),
        ("posted_on", date(2020, 3, 9)),
        ("postage", 30_000),
        ("processing_time", "99 ngày làm việc"),
        ("reappointed_to", date(2030, 1, 1)),
        ("closed_on", date(2020, 3, 9)),
        ("closing_reason", "Vì thế"),
    ],
)
def test_clocks_and_custody_are_not_changed_by_a_sheet(office, key, value):
    receive(office, on=DAY)

    content = with_cell(exported(), key, value)
    summary = judge(office, content)

    (fault,) = summary.faults
    column = COLUMNS[PLACES[key] - 1]
    assert fault.heading == column.heading
    assert "does not change this" in fault.sentence
    assert summary.counts["faulty"] == 1
    with pytest.raises(Invalid):
        bring(office, content)
    assert CustodyEntry.objects.count() == 1


def test_letters_and_spaces_that_only_look_alike_are_no_change(office):
    receive(
        office,
        on=DAY,
        applicant_name="Nguyễn Thị  Đào",
        applicant_phone="0912 345 678",
        applicant_address="Xã Tân Mỹ,\nTP Bắc Giang",
    )
    content = exported()
    for key, value in (
        ("applicant_name", normalize("NFD", " Nguyễn  Thị Đào ")),
        ("applicant_phone", "０９１２ 345 678"),
        ("applicant_address", "Xã Tân Mỹ,  TP Bắc Giang\u200b"),
        ("received_on", "05/03/2020"),
        ("return_channel", normalize("NFD", "tại  QUẦY")),
    ):
        content = with_cell(content, key, value)

    summary = judge(office, content)

    assert not summary.faults
    assert summary.changes == []
    assert summary.counts["unchanged"] == 1


def test_the_same_changed_sheet_twice_changes_nothing_more(office):
    dossier = receive(office, on=DAY)
    content = with_cell(exported(), "applicant_name", "Lê Văn Mới")
    bring(office, content)

    again = judge(office, content)

    assert again.counts["unchanged"] == 1
    assert not again.faults
    assert dossier.custody.count() == 2


def test_a_sheet_with_columns_and_an_order_of_its_own_comes_back(office):
    dossier = receive(office, on=DAY, applicant_name="Lê Văn Cũ")
    keys = ["note", "version", "applicant_name", "status", "id"]
    found = for_writing(Dossier.objects.all()).get()
    lines = [[by_key[key].heading for key in keys]]
    lines += [[by_key[key].write(found) for key in keys]]
    lines[1][0] = "đã gọi điện"

    summary = judge(office, workbooks.packed(workbooks.book(lines)[0]))

    assert not summary.faults
    (change,) = summary.changes
    assert change["code"] == dossier.code
    assert change["cells"] == [["Ghi chú", "", "đã gọi điện"]]


def test_a_choice_of_columns_is_exported_changed_and_written(office, tmp_path):
    dossier = receive(office, on=DAY, applicant_name="Lê Văn Cũ")
    wish = Wish(columns=("applicant_name", "code", "received_on"))
    path = tmp_path / "so.xlsx"
    write(choose(wish, office.clerk), wish, office.agency, path)
    made = load_workbook(path)
    (cell,) = [x for row in made.active for x in row if x.value == "Lê Văn Cũ"]
    cell.value = "Lê Văn Mới"

    bring(office, workbooks.packed(made))

    dossier.refresh_from_db()
    assert dossier.applicant_name == "Lê Văn Mới"


def test_another_code_is_refused(office):
    receive(office, on=DAY)

    (fault,) = judge(office, with_cell(exported(), "code", "H02.16-200305-0099")).faults

    assert "H02.16-200305-0001" in fault.sentence


def test_a_change_made_meanwhile_is_named_and_kept(office):
    dossier = receive(office, on=DAY)
    name = dossier.applicant_name
    content = with_cell(exported(), "applicant_name", "Lê Văn Mới")
    actions.correct(
        dossier, {"applicant_phone": "0912345678"}, by=office.clerk, at=timezone.now()
    )

    faults = judge(office, content).faults

    told = next(
        fault.sentence for fault in faults if "since the sheet" in fault.sentence
    )
    assert office.clerk.full_name in told
    assert "0912345678" in told
    assert len(faults) == 1  # no advice to put anything back
    assert dossier.custody.count() == 2
    with pytest.raises(Invalid):
        bring(office, content)
    dossier.refresh_from_db()
    assert (dossier.applicant_name, dossier.applicant_phone) == (name, "0912345678")


def test_a_row_that_was_added_is_refused(office):
    receive(office, on=DAY)
    made = load_workbook(BytesIO(exported()))
    made.active.append([None, "1.000001", *[None] * 4, DAY])

    (fault,) = judge(office, workbooks.packed(made)).faults

    assert (fault.row, fault.heading) == (3, "[id]")


def told_of_faults(page) -> str:
    """What the list of faults says."""
    return page.content.decode().partition("<h2>Faults")[2].partition("</section>")[0]


def test_a_dossier_of_another_organisation_does_not_exist(
    office, other_office, sign_in
):
    theirs = receive(other_office, on=DAY)
    content = with_cell(exported(), "applicant_name", "Lê Văn Mới")

    (fault,) = judge(office, content).faults

    assert "among yours" in fault.sentence
    assert theirs.applicant_name not in str(fault)
    assert theirs.code not in str(fault)
    page = sign_in("clerk").post(
        "/dossiers/imports/",
        {"file": SimpleUploadedFile("so.xlsx", with_cell(content, "code", None))},
        follow=True,
    )
    assert theirs.code not in page.content.decode()
    assert theirs.due_on.strftime("%d/%m/%Y") not in told_of_faults(page)
    assert judge(other_office, content).counts["changed"] == 1


def test_the_same_dossier_twice_is_a_fault(office):
    receive(office, on=DAY)
    made = load_workbook(BytesIO(exported()))
    made.active.append([cell.value for cell in made.active[2]])

    (fault,) = judge(office, workbooks.packed(made)).faults

    assert fault.row == 3


def test_a_closed_dossier_is_not_changed_by_a_sheet(office):
    dossier_at("returned", office, on=DAY)

    (fault,) = judge(
        office, with_cell(exported(), "applicant_name", "Lê Văn Mới")
    ).faults

    assert "is closed" in fault.sentence


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "ods"])
def test_every_exported_file_comes_back_without_a_change(office, tmp_path, file_format):
    receive(office, on=DAY, applicant_phone="0912345678", note="=1+1")
    dossier_at("returned", office, on=DAY)
    path = tmp_path / f"so.{file_format}"
    call_command(
        "export_register",
        "--organisation=SNV",
        "--from=2020-01-01",
        "--to=2020-12-31",
        f"--format={file_format}",
        f"--output={path}",
        stdout=StringIO(),
    )

    summary = judge(office, path.read_bytes(), path.name)

    assert not summary.faults
    assert summary.counts["unchanged"] == summary.counts["rows"] == 2

"""Importing: what is written, what stays out, and that twice is once."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from dossiers import actions, custody
from dossiers.models import Dossier, ImportedRow, NumberSeries, RegisterImport
from dossiers.spreadsheets import importing
from dossiers.spreadsheets.mapping import Places, remember
from dossiers.statuses import Status, Step
from postal_tthc.errors import Conflict, Invalid, Refused
from tests.factories.dossiers import at, receive
from tests.factories.procedures import make_procedure
from tests.factories.totals import enter, row
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, judge, kept

DAY = date(2020, 3, 5)


def test_a_historical_row_gets_what_is_known(office):
    procedure = make_procedure(office)
    content = workbooks.listed(
        ["Mã TTHC", "Ngày tiếp nhận", "Cách nộp", "Cách trả kết quả", "Ngày trả"],
        [procedure.code, DAY, "BCCI", "BCCI", date(2020, 3, 12)],
    )

    source = bring(office, content)

    dossier = Dossier.objects.get()
    assert dossier.code == "H02.16-200305-0001"
    assert dossier.status == Status.RETURNED
    assert dossier.applicant_name == dossier.return_address == "Không rõ"
    assert dossier.closed_on == dossier.finished_on == date(2020, 3, 12)
    (entry,) = dossier.custody.all()
    assert (entry.step, entry.by) == (Step.IMPORTED, office.clerk)
    assert "so.xlsx" in entry.note
    assert custody.verify().breaks == []
    assert source.counts["new"] == 1


def test_the_same_file_twice_changes_nothing(office):
    content = workbooks.plain(make_procedure(office).code)
    bring(office, content)

    again = kept(office, content)

    assert (again.counts["unchanged"], again.counts["new"]) == (2, 0)
    with pytest.raises(Invalid, match="already here"):
        importing.write(again, by=office.clerk, at=timezone.now())
    assert Dossier.objects.count() == 2


def test_equal_rows_are_two_dossiers_and_stay_two(office):
    code = make_procedure(office).code
    content = workbooks.listed(["Mã TTHC", "Ngày tiếp nhận"], [code, DAY], [code, DAY])

    bring(office, content)
    again = kept(office, content)

    assert sorted(Dossier.objects.values_list("code", flat=True)) == [
        "H02.16-200305-0001",
        "H02.16-200305-0002",
    ]
    assert again.counts["unchanged"] == 2


def test_numbers_of_the_file_are_not_given_out_again(office):
    procedure = make_procedure(office)
    content = workbooks.listed(
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận"],
        [None, procedure.code, DAY],
        ["H02.16-200305-0007", procedure.code, DAY],
    )

    bring(office, content)
    later = receive(office, procedure, on=DAY)

    codes = list(Dossier.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["H02.16-200305-0008", "H02.16-200305-0007", later.code]
    assert later.code == "H02.16-200305-0009"


@pytest.mark.parametrize(
    ("key", "heading", "cell", "says"),
    [
        pytest.param("day", "Ngày tiếp nhận", "hôm qua", "20/01/2020", id="no day"),
        pytest.param("day", "Ngày tiếp nhận", None, "must not be empty", id="empty"),
        pytest.param(
            "day", "Ngày tiếp nhận", date(2099, 1, 1), "in the future", id="future"
        ),
        pytest.param(
            "day", "Ngày tiếp nhận", date(2012, 1, 2), "not in force", id="before"
        ),
        pytest.param("code", "Mã TTHC", "1.999999", "not in the catalogue", id="code"),
        pytest.param("way", "Cách nộp", "bồ câu", "Tại quầy", id="channel"),
        pytest.param(
            "returned", "Ngày trả", date(2020, 3, 1), "before", id="returned before"
        ),
        pytest.param("status", "Trạng thái", "Đã trả", "which day", id="without a day"),
        pytest.param(
            "status",
            "Trạng thái",
            "Yêu cầu bổ sung giấy tờ",
            "stands still",
            id="waiting",
        ),
        pytest.param("mail", "Email", "không có", "ten@coquan.vn", id="e-mail"),
        pytest.param("number", "Mã hồ sơ", "12/2020", "no “/”", id="old number"),
    ],
)
def test_every_fault_is_told_with_row_column_value_and_what_to_do(
    office, key, heading, cell, says
):
    values = {"code": make_procedure(office).code, "day": DAY, "way": "Trực tiếp"}
    values = values | dict.fromkeys(("returned", "status", "mail", "number"))
    lines = {
        "code": "Mã TTHC",
        "day": "Ngày tiếp nhận",
        "way": "Cách nộp",
        "returned": "Ngày trả",
        "status": "Trạng thái",
        "mail": "Email",
        "number": "Mã hồ sơ",
    }
    good, bad = list(values.values()), list((values | {key: cell}).values())

    summary = judge(office, workbooks.listed(list(lines.values()), good, bad))

    assert summary.counts["faulty"] == summary.counts["new"] == 1
    fault = next(fault for fault in summary.faults if says in fault.sentence)
    assert fault.row == 3
    assert fault.value or cell is None or key == "status"


def test_one_faulty_row_keeps_everything_out_unless_told_otherwise(office):
    code = make_procedure(office).code
    content = workbooks.listed(
        ["Mã TTHC", "Ngày tiếp nhận"], [code, DAY], [code, "hôm qua"]
    )

    with pytest.raises(Invalid, match="faulty rows: 1"):
        bring(office, content)
    assert not Dossier.objects.exists()
    assert not NumberSeries.objects.exists()

    bring(office, content, skips_faulty=True)
    assert Dossier.objects.count() == 1


def test_people_are_changed_by_the_real_verb_and_clocks_are_not(office):
    dossier = receive(office, on=DAY)
    row = [dossier.code, dossier.procedure.code, DAY, "Lê Văn Mới"]
    headings = ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"]

    bring(office, workbooks.listed(headings, row))

    dossier.refresh_from_db()
    assert dossier.applicant_name == "Lê Văn Mới"
    assert dossier.custody.last().step == Step.CORRECTED
    row[2] = date(2020, 3, 6)
    (fault,) = judge(office, workbooks.listed(headings, row)).faults
    assert fault.heading == "Ngày tiếp nhận"
    assert "05/03/2020" in fault.sentence


def test_a_code_of_another_organisation_is_not_touched(office, other_office):
    theirs = receive(other_office, on=DAY)
    procedure = make_procedure(office)
    content = workbooks.listed(
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"],
        [theirs.code, procedure.code, DAY, "Lê Văn Mới"],
    )

    (fault,) = judge(office, content).faults

    assert "another organisation" in fault.sentence
    assert theirs.applicant_name not in str(fault)


def test_a_month_in_totals_receives_no_dossier(office):
    procedure = make_procedure(office)
    enter(office, row(procedure, date(2020, 3, 1), received=5))

    (fault,) = judge(office, workbooks.plain(procedure.code)).faults[:1]

    assert "03/2020" in fault.sentence


def test_a_register_that_changed_meanwhile_is_judged_again(office):
    procedure = make_procedure(office)
    content = workbooks.listed(
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận"],
        ["H02.16-200305-0001", procedure.code, DAY],
    )
    source = kept(office, content)
    receive(office, procedure, on=DAY)

    with pytest.raises(Conflict, match="judge the file again"):
        importing.write(source, by=office.clerk, at=timezone.now())

    assert not ImportedRow.objects.exists()


def test_what_would_be_written_over_is_what_was_shown(office):
    procedure = make_procedure(office)
    dossier = receive(office, procedure, on=DAY)
    source = kept(
        office,
        workbooks.listed(
            ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Ghi chú"],
            [dossier.code, procedure.code, DAY, "theo tệp"],
        ),
    )
    assert source.counts["changed"] == 1
    actions.correct(dossier, {"note": "gọi lại"}, by=office.clerk, at=timezone.now())

    with pytest.raises(Conflict, match="judge the file again"):
        importing.write(source, by=office.clerk, at=timezone.now())

    dossier.refresh_from_db()
    assert dossier.note == "gọi lại"


def test_a_fault_names_the_column_that_the_file_has(office):
    procedure = make_procedure(office)
    content = workbooks.listed(
        ["Tên thủ tục", "Ngày tiếp nhận"], [procedure.name, date(2011, 3, 5)]
    )

    faults = judge(office, content).faults

    not_in_force = [x for x in faults if "not in force" in x.sentence]
    assert [(x.heading, x.value) for x in not_in_force] == [
        ("Tên TTHC", procedure.name)
    ]


def test_a_code_in_the_column_of_names_is_understood(office):
    procedure = make_procedure(office)

    summary = judge(
        office,
        workbooks.listed(["Tên thủ tục", "Ngày tiếp nhận"], [procedure.code, DAY]),
    )

    assert summary.counts["new"] == 1


def test_an_import_is_written_once(office):
    source = bring(office, workbooks.plain(make_procedure(office).code))

    with pytest.raises(Conflict, match="was written already"):
        importing.write(source, by=office.clerk, at=timezone.now())


def test_only_a_clerk_of_the_organisation_writes(office, other_office):
    source = kept(office, workbooks.plain(make_procedure(office).code))

    with pytest.raises(Refused):
        importing.write(source, by=office.leader, at=timezone.now())
    with pytest.raises(Conflict, match="another organisation"):
        importing.write(source, by=other_office.clerk, at=timezone.now())
    assert not Dossier.objects.exists()


def test_an_imported_open_dossier_goes_on_with_the_usual_steps(office):
    bring(office, workbooks.plain(make_procedure(office).code))
    dossier = Dossier.objects.get(status=Status.RECEIVED)

    actions.start_processing(dossier, by=office.case_officer, at=at(date(2020, 3, 6)))
    dossier = actions.mark_result_ready(
        dossier, by=office.case_officer, at=at(date(2020, 3, 9))
    )

    assert dossier.status == Status.RESULT_READY
    assert custody.verify().breaks == []


def test_a_mapping_that_was_corrected_is_remembered(office):
    procedure = make_procedure(office)
    content = workbooks.listed(
        ["Cột một", "Cột hai", "Cột ba"], [procedure.code, "Trần Văn Bình", DAY]
    )
    source = kept(office, content)
    assert source.faults[0]["column"] == "Ngày tiếp nhận"
    places = {"procedure_code": 0, "applicant_name": 1, "received_on": 2}
    chosen = Places("Sổ", 1, places)
    remember(importing.read(source), chosen, source.organisation)

    again = bring(office, content)

    assert again.mapping["places"] == places
    assert Dossier.objects.get().applicant_name == "Trần Văn Bình"


def test_the_file_is_kept_as_it_was_sent(office):
    content = workbooks.plain(make_procedure(office).code)

    source = kept(office, content)

    assert Path(source.file.path).read_bytes() == content
    assert (len(source.file_hash), source.by) == (64, office.clerk)
    assert source.status == RegisterImport.Status.JUDGED


@pytest.mark.parametrize(
    ("code", "doubts"),
    [
        ("H02.16-200305-0007", []),
        ("000.00.16.H02-200305-0007", []),  # an identifier of earlier years
        ("SNV-7", []),  # of another system: it tells nothing
        ("H02.16-200306-0007", ["The code tells of another day than 05/03/2020."]),
        ("H99.16-200305-0007", ["H99.16 is no identifier of Sở SNV."]),
        (
            "000.00.99.H99-190105-0009",
            [
                "The code tells of another day than 05/03/2020.",
                "000.00.99.H99 is no identifier of Sở SNV.",
            ],
        ),
    ],
)
def test_a_code_that_tells_otherwise_than_its_row_is_doubted(office, code, doubts):
    office.agency.identifiers.create(value="000.00.16.H02", used_from=date(2009, 1, 1))
    content = workbooks.listed(
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận"],
        [code, make_procedure(office).code, DAY],
    )

    summary = judge(office, content)

    assert [doubt.sentence for doubt in summary.doubts] == doubts
    assert {doubt.heading for doubt in summary.doubts} <= {"Mã hồ sơ"}
    assert summary.counts["new"] == 1

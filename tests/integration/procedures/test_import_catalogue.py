"""Loading a catalogue: everything judged first, then all of it or nothing."""

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from procedures import catalogue
from procedures.catalogue import Kind, judging, snapshot
from procedures.models import (
    Decision,
    Field,
    PostalEligibility,
    Procedure,
    RequiredPaper,
)
from procedures.spreadsheets.reading import read
from tests.factories.catalogues import (
    NAME,
    NEW_DAY,
    OLD_DAY,
    TODAY,
    judge,
    kinds,
    load,
    sheet,
    told,
    versions,
)
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


def test_a_code_that_stands_twice_is_a_fault_also_in_a_faulty_row(office):
    rows = [{}, {"agency": "snv", "time": "?"}, {"name": "Khác"}]

    said = told(judge(office, *rows, effective_from=NEW_DAY))

    sentence = "This code stands in row 2 already. Keep one of the two rows."
    assert [(row, heading) for row, heading, _sentence in said] == [
        (3, "Thời hạn"),
        (3, "Mã TTHC"),
        (4, "Mã TTHC"),
    ]
    assert said[2][2] == sentence


@pytest.mark.parametrize("name", ["SNV", "sở snv", "Sở SNV (SNV)", None])
def test_the_agency_is_named_by_name_or_symbol_or_not_at_all(office, name):
    assert judge(office, {"agency": name}, effective_from=NEW_DAY).faults == ()


@pytest.mark.parametrize("name", ["Sở STP", "STP", "Tỉnh UBND", "SNV-MC", "?"])
def test_another_organisation_is_a_fault(office, other_office, name):
    (fault,) = judge(office, {"agency": name}, effective_from=NEW_DAY).faults

    assert (fault.heading, fault.value) == ("Cơ quan giải quyết", name)
    assert "is not Sở SNV or an agency below it" in fault.sentence


def test_a_province_loads_rows_that_name_their_agency(office):
    make_procedure(office, code="1.000009", name=NAME, field="Công chức")
    rows = [
        {"code": "1.000009", "intake": "x"},
        {"code": "1.000010", "agency": "SNV"},
        {"code": "1.000011"},
    ]

    judgement = judge(
        office, *rows, organisation=office.province, effective_from=NEW_DAY
    )

    assert kinds(judgement) == [Kind.UNCHANGED, Kind.NEW]
    assert [(f.row, f.heading) for f in judgement.faults] == [(4, "Cơ quan giải quyết")]


def test_a_desk_has_no_catalogue(office):
    with pytest.raises(Invalid, match="choose its agency"):
        judge(office, {}, organisation=office.desk)


def test_an_unknown_decision_must_be_entered_first(office, decision):
    rows = [{"decision": "104/QĐ-UBND ngày 17/01/2020"}, {"code": "1.000002"}]

    (fault,) = judge(office, *rows, effective_from=NEW_DAY).faults

    assert (fault.row, fault.heading) == (2, "Quyết định công bố")
    assert "Enter it on the page “Decisions” first" in fault.sentence


def test_a_decision_for_the_whole_file_stands_behind_unknown_ones(office, decision):
    load(office, {"decision": "Theo Trung ương"}, decision=decision)

    assert versions()[0].decision == decision


def test_a_number_of_several_decisions_needs_its_day(office, decision):
    Decision.objects.create(
        number="124/QĐ-UBND",
        issued_on=date(2021, 1, 1),
        issuer="x",
        title="y",
        effective_from=date(2021, 1, 1),
    )

    (fault,) = judge(office, {"decision": "124/qd-ubnd"}).faults[:1]

    assert "Several decisions have this number" in fault.sentence
    with pytest.raises(Invalid, match="Several decisions"):
        catalogue.find_decision("124/QĐ-UBND")
    assert catalogue.find_decision("124/QĐ-UBND ngày 20/01/2020") == decision


def test_good_rows_are_judged_beside_faulty_ones(office, old):
    judgement = judge(
        office,
        {},
        {"code": "1.000002", "time": "60 giờ làm việc"},
        {"code": "1.000003"},
        effective_from=NEW_DAY,
    )

    assert kinds(judgement) == [Kind.UNCHANGED, Kind.NEW]
    assert [(f.row, f.value) for f in judgement.faults] == [(3, "60 giờ làm việc")]


def test_a_procedure_that_is_not_in_the_file_is_listed_and_stays(office, old):
    judgement = load(office, {"code": "1.000002"}, effective_from=NEW_DAY)

    assert [missing.code for missing in judgement.missing] == ["1.001445"]
    assert versions()[0].in_force_to is None


def test_a_procedure_that_is_not_in_the_file_is_ended_when_asked(office, old):
    row = {"code": "1.000002"}
    load(office, row, effective_from=NEW_DAY, end_missing=True)

    assert versions()[0].in_force_to == NEW_DAY - timedelta(days=1)
    again = judge(office, row, effective_from=NEW_DAY, end_missing=True)
    assert kinds(again) == [Kind.UNCHANGED]


def test_ending_needs_a_day_after_the_beginning(office, old):
    row = {"code": "1.000002", "effective_from": NEW_DAY}

    (without,) = judge(office, row, end_missing=True).faults
    (too_early,) = judge(office, row, end_missing=True, effective_from=OLD_DAY).faults

    assert "Nothing says from which day" in without.sentence
    assert "begins only on 01/01/2015" in too_early.sentence


def test_judging_asks_the_database_only_for_the_snapshot(
    office, old, decision, django_assert_num_queries
):
    rows = [{"time": 7, "intake": "x", "decision": "124/QĐ-UBND"}, {"code": "1.000002"}]
    reading = read(sheet(*rows))
    request = judge(office, *rows, decision=decision).request
    known = snapshot.take(office.agency)

    with django_assert_num_queries(0):
        judging.judge(reading, request, known)


def test_nothing_is_written_when_there_are_faults(office):
    judgement = judge(office, {}, {"code": "?"}, effective_from=NEW_DAY)

    with pytest.raises(Invalid, match="nothing was loaded"):
        catalogue.load(judgement, by=office.catalogue_manager)
    assert not Procedure.objects.exists()


def test_nothing_is_left_when_loading_breaks_half_way(office, monkeypatch):
    rows = [{"code": f"1.00000{n}", "papers": "Đơn"} for n in range(1, 6)]
    judgement = judge(office, *rows, effective_from=NEW_DAY)
    real = PostalEligibility.save

    def save(self: PostalEligibility, *args: Any, **kwargs: Any) -> None:
        if self.procedure.code == "1.000003":
            raise OSError("the power went")
        real(self, *args, **kwargs)

    monkeypatch.setattr(PostalEligibility, "save", save)
    with pytest.raises(OSError, match="the power went"):
        catalogue.load(judgement, by=office.catalogue_manager)

    for model in (Procedure, Field, RequiredPaper, PostalEligibility):
        assert not model.objects.exists()


def test_what_changed_since_the_judgement_is_a_conflict(office, old):
    judgement = judge(office, {"time": 7}, effective_from=NEW_DAY)
    Procedure.objects.filter(pk=old.pk).update(processing_time=8)

    with pytest.raises(Conflict, match="has changed since"):
        catalogue.load(judgement, by=office.catalogue_manager)
    assert len(versions()) == 1


def test_a_judgement_is_loaded_once(office):
    judgement = load(office, {}, effective_from=NEW_DAY)

    with pytest.raises(Conflict, match="has changed since"):
        catalogue.load(judgement, by=office.catalogue_manager)


@pytest.mark.django_db(transaction=True)
def test_of_two_loads_at_once_one_is_a_conflict(office):
    judgement = judge(office, {}, effective_from=NEW_DAY)
    start = Barrier(2)

    def run() -> int | type[Exception]:
        start.wait()
        try:
            return catalogue.load(judgement, by=None)
        except Conflict:
            return Conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = [task.result() for task in [pool.submit(run) for _each in range(2)]]

    assert set(found) == {1, Conflict}
    assert len(versions()) == 1


def test_the_fingerprint_is_the_same_on_another_day(office, old):
    one = judge(office, {"time": 7}, effective_from=NEW_DAY)
    two = judge(
        office, {"time": 7}, effective_from=NEW_DAY, on=TODAY + timedelta(days=1)
    )
    three = judge(office, {"time": 8}, effective_from=NEW_DAY)

    assert one.fingerprint == two.fingerprint != three.fingerprint


@pytest.mark.parametrize("role", [r for r in Role if r != Role.CATALOGUE_MANAGER])
def test_only_a_catalogue_manager_loads(office, role):
    judgement = judge(office, {}, effective_from=NEW_DAY)

    with pytest.raises(Refused):
        catalogue.load(judgement, by=office.people[role])
    assert not Procedure.objects.exists()


def test_a_catalogue_manager_loads_for_the_own_organisation_only(office, other_office):
    judgement = judge(office, {}, effective_from=NEW_DAY)

    with pytest.raises(Refused):
        catalogue.load(judgement, by=other_office.catalogue_manager)


def test_every_row_written_is_in_the_audit_log(office, old):
    load(office, {"time": 7, "papers": "Đơn"}, effective_from=NEW_DAY)

    logged = LogEntry.objects.get_for_object(versions()[1])
    assert logged.filter(action=LogEntry.Action.CREATE).exists()


def saved(path: Path, rows: Iterable[dict[str, Any]]) -> str:
    (table,) = sheet(*rows)
    book = Workbook()
    book.active.merge_cells("A1:F1")
    book.active["A1"] = "DANH MỤC THỦ TỤC HÀNH CHÍNH"
    book.active.append([])
    for row in table.rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_catalogue", *args, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "danh-muc.xlsx"


def test_the_command_loads_a_file(office, old, decision, file):
    path = saved(file, [{"time": 7}, {"code": "1.000002"}])

    out, err = run(path, "--organisation", "SNV", "--decision", "124/QĐ-UBND")

    assert err == ""
    assert "New: 1\nChanged: 1\n" in out
    assert "Procedures written: 2." in out
    assert versions("1.000002")[0].decision == decision


def test_the_command_prints_every_fault_and_writes_nothing(office, file):
    path = saved(file, [{}, {"code": "?"}, {"code": "1.000002", "time": None}])
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="2 faults; nothing was loaded") as error:
        call_command(
            "import_catalogue",
            path,
            "--organisation=SNV",
            "--effective-from=2020-01-20",
            stdout=out,
            stderr=err,
            no_color=True,
        )

    assert error.value.returncode == 1
    assert [line.split(":")[0] for line in err.getvalue().splitlines()] == [
        "Row 5, Mã TTHC, “?”",
        "Row 6, Thời hạn",
    ]
    assert not Procedure.objects.exists()


def test_a_dry_run_writes_nothing(office, old, file):
    path = saved(file, [{"code": "1.000002"}])

    out, _err = run(
        path, "--organisation=SNV", "--dry-run", "--effective-from=2020-01-20"
    )

    assert "New: 1" in out
    assert "In force but not in the file: 1.001445" in out
    assert "Nothing was written" in out
    assert Procedure.objects.count() == 1


def test_the_command_ends_what_is_missing_when_asked(office, old, file):
    path = saved(file, [{"code": "1.000002"}])
    day = timezone.localdate().isoformat()

    run(path, "--organisation=SNV", "--end-missing", f"--effective-from={day}")

    assert versions()[0].in_force_to == timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--organisation=S"], "no organisation S. Known are: BĐ-UBND, SNV, SNV-MC"),
        (["--organisation=SNV", "--decision=1/QĐ"], "There is no decision 1/QĐ"),
        (["--organisation=SNV-MC"], "choose its agency"),
    ],
)
def test_the_command_says_what_it_does_not_know(office, file, arguments, sentence):
    path = saved(file, [{}])

    with pytest.raises(CommandError, match=sentence):
        run(path, *arguments)


def test_the_command_says_that_a_file_cannot_be_read(office, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(str(tmp_path / "none.xlsx"), "--organisation=SNV")
    (tmp_path / "list.csv").write_text("STT")
    with pytest.raises(CommandError, match="not an Excel workbook"):
        run(str(tmp_path / "list.csv"), "--organisation=SNV")

"""``manage.py import_register``: counts, faults, exit status."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from dossiers.models import Dossier, RegisterImport
from dossiers.spreadsheets import summary
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks


def run(path, *more: str) -> tuple[int, str]:
    """The exit status and what was printed."""
    said = StringIO()
    try:
        call_command(
            "import_register",
            str(path),
            "--organisation=SNV",
            *more,
            stdout=said,
            stderr=StringIO(),
        )
    except SystemExit as end:
        return int(end.code), said.getvalue()
    return 0, said.getvalue()


@pytest.fixture
def good(office, tmp_path):
    """A file without faults."""
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbooks.plain(make_procedure(office).code))
    return path


@pytest.fixture
def faulty(office, tmp_path):
    """A file with one good row and one faulty one."""
    first, second = workbooks.rows(make_procedure(office).code)
    second[3] = "hôm qua"
    path = tmp_path / "so.xlsx"
    made, _sheet = workbooks.book([workbooks.HEADINGS, first, second])
    path.write_bytes(workbooks.packed(made))
    return path


def test_a_good_file_is_imported_by_the_clerk(office, good):
    status, said = run(good, "--json")

    assert status == 0
    assert json.loads(said) == {
        "rows": 2,
        "new": 2,
        "unchanged": 0,
        "changed": 0,
        "faulty": 0,
        "faults": [],
    }
    assert RegisterImport.objects.get().by == office.clerk
    assert Dossier.objects.count() == 2
    assert json.loads(run(good, "--json")[1])["unchanged"] == 2


def test_a_dry_run_writes_nothing(office, good):
    assert run(good, "--dry-run")[0] == 0
    assert not Dossier.objects.exists()
    assert not RegisterImport.objects.exists()


def test_a_faulty_row_is_told_and_keeps_everything_out(office, faulty, tmp_path):
    report = tmp_path / "loi.xlsx"

    status, said = run(faulty, "--json", f"--report={report}")

    assert status == 1
    told = json.loads(said)
    assert told["faulty"] == told["new"] == 1
    assert told["faults"] == [
        {
            "row": 3,
            "column": "Ngày tiếp nhận",
            "value": "hôm qua",
            "message": "Write the day as 20/01/2020.",
        }
    ]
    assert load_workbook(report).active["D2"].value == "Trần Văn Bình"
    assert not Dossier.objects.exists()


def test_good_rows_are_written_on_request(office, faulty):
    assert run(faulty, "--skip-faulty")[0] == 1
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--organisation=KHONG"], "No organisation has the symbol «KHONG»"),
        (["--by=leader-SNV"], "«leader-SNV» is no one who may receive"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(office, good, more, says):
    with pytest.raises(CommandError, match=says):
        run(good, *more)


def test_a_file_that_is_no_list_is_a_sentence(office, tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"no")
    with pytest.raises(CommandError, match="damaged"):
        run(path)
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "x.xlsx")


def test_what_is_doubtful_and_what_stays_open_is_said(office, tmp_path):
    """As the page says it, before somebody finds it on the desk."""
    path, errors = tmp_path / "so.xlsx", StringIO()
    headings = ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận"]
    code = make_procedure(office).code
    rows = [["H02.16-200306-0007", code, "05/03/2020"]]
    path.write_bytes(workbooks.listed(headings, *rows))

    call_command(
        "import_register",
        str(path),
        "--organisation=SNV",
        "--dry-run",
        stdout=StringIO(),
        stderr=errors,
    )

    assert "The code tells of another day than 05/03/2020." in errors.getvalue()
    assert "1 are not finished, 1 of them overdue" in errors.getvalue()


def test_when_not_all_faults_are_told_their_number_is_said(
    office, tmp_path, monkeypatch
):
    monkeypatch.setattr(summary, "MOST_FAULTS", 1)
    path, errors = tmp_path / "so.xlsx", StringIO()
    row = [make_procedure(office).code, "hôm qua"]
    path.write_bytes(workbooks.listed(["Mã TTHC", "Ngày tiếp nhận"], row, row))
    with pytest.raises(SystemExit):
        call_command(
            "import_register",
            str(path),
            "--organisation=SNV",
            stdout=StringIO(),
            stderr=errors,
        )
    assert "The file has 2 faults; the first 1 of them" in errors.getvalue()

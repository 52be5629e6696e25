"""``manage.py export_register``: the whole file or a sentence."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dossiers.spreadsheets.columns import COLUMNS
from tests.factories.dossiers import receive
from tests.integration.dossiers.exports.test_layouts import sheet

YEAR = {"start": "2020-01-01", "end": "2020-12-31"}


def run(folder: Path, **values: Any) -> Path:
    path = folder / f"register.{values.get('format', 'xlsx')}"
    options = {"organisation": "SNV", **YEAR, "output": path, **values}
    out = StringIO()
    call_command("export_register", stdout=out, **options)
    assert out.getvalue().startswith(str(path))
    return path


def test_the_dossiers_received_on_these_days_are_written(office, tmp_path):
    receive(office, on=date(2019, 12, 30))
    first = receive(office, on=date(2020, 1, 2))
    last = receive(office, on=date(2020, 12, 31))

    head, *rows = sheet(run(tmp_path))

    assert head == [column.heading for column in COLUMNS]
    assert [row[0] for row in rows] == [first.code, last.code]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_official_layout_numbers_on_from_the_first_of_january(
    kind, office, tmp_path
):
    receive(office, on=date(2020, 1, 2))
    later = receive(office, on=date(2020, 6, 1))

    rows = sheet(run(tmp_path, layout="register", format=kind, start="2020-06-01"))

    assert rows[-1][:2] == [2, later.code]


def test_nobody_elses_dossiers_are_in_it(office, other_office, tmp_path):
    receive(other_office)

    assert len(sheet(run(tmp_path))) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"organisation": "XYZ"}, "No organisation has the symbol «XYZ».*SNV"),
        ({"start": "01/01/2020"}, "is not a day. Write it as 2020-09-30."),
        ({"start": "2021-01-01"}, "--from must not be later than --to."),
    ],
)
def test_what_cannot_be_written_is_said(values, sentence, office, tmp_path):
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, **values)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(office, tmp_path):
    with pytest.raises(CommandError, match="could not be written"):
        run(tmp_path / "nowhere")


def test_a_failure_half_way_leaves_the_old_file_and_no_other(
    office, tmp_path, monkeypatch
):
    receive(office)
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr("postal_tthc.lib.big_sheets.MOST_ROWS", 0)

    with pytest.raises(CommandError, match="A sheet holds 0 dossiers at most"):
        run(tmp_path)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]

"""What the days, sheets and codes of a file tell of its dossiers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dossiers.models import Dossier
from dossiers.spreadsheets import importing
from dossiers.spreadsheets.columns import by_key
from dossiers.spreadsheets.mapping import Places
from tests.factories.dossiers import receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, judge, kept

DAY, READY, RETURNED = date(2020, 3, 5), date(2020, 3, 10), date(2020, 3, 12)
HEADINGS = ["Mã TTHC", "Ngày tiếp nhận", by_key["finished_on"].heading, "Ngày trả"]


@pytest.mark.parametrize(
    ("days", "told_on", "is_held"),
    [
        pytest.param([None, None], DAY, True, id="received"),
        pytest.param([DAY, None], DAY, True, id="ready on its day"),
        pytest.param([READY, None], READY, True, id="ready"),
        pytest.param([READY, RETURNED], RETURNED, False, id="returned"),
    ],
)
def test_the_log_begins_on_the_last_day_told_and_with_who_holds_it_then(
    office, days, told_on, is_held
):
    row = [make_procedure(office).code, DAY, *days]

    bring(office, workbooks.listed(HEADINGS, row))

    entry = Dossier.objects.get().custody.get()
    assert timezone.localdate(entry.at) == told_on
    assert entry.held_by == (office.desk if is_held else None)


@pytest.mark.parametrize(
    ("key", "cell", "says"),
    [
        pytest.param(
            "returned_on", timedelta(days=1), "in the future", id="returned tomorrow"
        ),
        pytest.param(
            "finished_on", timedelta(days=1), "in the future", id="ready tomorrow"
        ),
        pytest.param("due_on", "05/03/3020", "between 2000 and 2099", id="in 3020"),
    ],
)
def test_a_day_that_cannot_be_is_a_fault_at_its_cell(office, key, cell, says):
    if isinstance(cell, timedelta):
        cell += timezone.localdate()
    headings = ["Mã TTHC", "Ngày tiếp nhận", by_key[key].heading]
    row = [make_procedure(office).code, DAY, cell]

    faults = judge(office, workbooks.listed(headings, row)).faults

    assert by_key[key].heading in [x.heading for x in faults if says in x.sentence]


def test_a_result_is_returned_today_at_the_latest(office):
    row = [make_procedure(office).code, DAY, None, timezone.localdate()]

    assert not judge(office, workbooks.listed(HEADINGS, row)).faults


def test_numbers_of_a_workbook_that_counts_from_1904_are_not_all_days(office):
    made, sheet = workbooks.book([])
    made.epoch = CALENDAR_MAC_1904
    sheet.append(["Mã TTHC", "Ngày tiếp nhận", by_key["sets"].heading, "Điện thoại"])
    sheet.append([make_procedure(office).code, DAY, 2, 912_345_678])

    bring(office, workbooks.packed(made))

    dossier = Dossier.objects.get()
    assert dossier.clock_started_on == DAY
    assert (dossier.sets, dossier.applicant_phone) == (2, "0912345678")


def test_a_second_sheet_of_a_file_brings_dossiers_of_its_own(office):
    code = make_procedure(office).code
    made = Workbook()
    for sheet, name in ((made.active, "Một"), (made.create_sheet(), "Hai")):
        sheet.title = name
        sheet.append(["Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"])
        sheet.append([code, DAY, f"Lê Thị {name}"])
    content = workbooks.packed(made)
    places = {"procedure_code": 0, "received_on": 1, "applicant_name": 2}
    bring(office, content)
    assert Dossier.objects.get().applicant_name == "Lê Thị Một"

    again = importing.judge(
        kept(office, content),
        by=office.clerk,
        now=timezone.now(),
        places=Places("Hai", 1, places),
    )

    assert (again.counts["new"], again.counts["unchanged"]) == (1, 0)


def test_a_row_brought_before_is_judged_by_the_code_it_is_found_to_have(office):
    """Its column of codes was not seen to be one when the file was first written."""
    procedure = make_procedure(office)
    known = receive(office, procedure, on=DAY, applicant_name="Lê Văn Cũ")
    content = workbooks.listed(
        ["Cột một", "Cột hai", "Cột ba", "Cột bốn"],
        [known.code, procedure.code, DAY, "Lê Văn Mới"],
    )
    without = {"procedure_code": 1, "received_on": 2, "applicant_name": 3}
    now, by = timezone.now(), office.clerk
    first = importing.judge(
        kept(office, content), by=by, now=now, places=Places("Sổ", 1, without)
    )
    importing.write(first, by=by, at=now)
    assert Dossier.objects.count() == 2

    again = importing.judge(
        kept(office, content),
        by=by,
        now=now,
        places=Places("Sổ", 1, without | {"code": 0}),
    )

    assert (again.counts["changed"], again.counts["unchanged"]) == (1, 0)
    importing.write(again, by=by, at=now)
    known.refresh_from_db()
    assert known.applicant_name == "Lê Văn Mới"
    assert Dossier.objects.count() == 2

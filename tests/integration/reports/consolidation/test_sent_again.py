"""Files among many that were handed in before, or that have more than one fault."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from postal_tthc.jobs.models import Job
from postal_tthc.jobs.running import perform
from reports.actions import returns
from reports.consolidation import background, many
from reports.models import AgencyReturn
from reports.periods import Period, parse
from tests.factories.offices import Office
from tests.factories.returns import FIRST, YEAR, form_of, put
from tests.integration.reports.consolidation.scenes import (
    AFTER,
    agency,
    hand_in,
    upload,
)

HERE, REFUSED = "Đã có từ trước", "Không ghi"
pytestmark = pytest.mark.usefixtures("_after_the_year")


def send(office: Office, *files, period: Period = YEAR) -> list[tuple]:
    """Hand files in together; the rows of the list of results."""
    sent = many.keep(files)
    job = background.start_returns(
        sent, office.province, period, by=office.consolidator
    )
    perform(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert job.status == "done", job.sentence
    with job.file.open("rb") as file:
        sheet = load_workbook(BytesIO(file.read())).active
    return list(sheet.iter_rows(min_row=5, values_only=True))


def test_a_file_whose_return_was_withdrawn_is_not_called_here(office):
    health = agency(office)
    content = form_of(health)
    kept = hand_in(health, office.consolidator, content=content)
    (before,) = send(office, upload(content))
    returns.withdraw(kept, reason="Sai số liệu", by=office.consolidator, at=AFTER)

    (after,) = send(office, upload(content))

    assert (before[3], after[3]) == (HERE, REFUSED)
    assert before[7] is None
    assert "withdrawn: “Sai số liệu”" in after[7]
    assert AgencyReturn.objects.get() == kept


def test_a_file_of_one_period_is_not_here_for_another(office):
    health = agency(office)
    content = form_of(health)
    hand_in(health, office.consolidator, content=content)

    rows = send(office, upload(content), period=parse("2018"))

    assert {row[3] for row in rows} == {REFUSED}
    assert any("not for 2018" in row[7] for row in rows)
    assert [x.period for x in AgencyReturn.objects.all()] == [YEAR.word]


def test_a_file_with_two_faults_has_two_rows_of_one_number(office):
    def spoil(workbook: Workbook) -> None:
        put("received", "hai mươi")(workbook)
        put("overdue", -1, row=FIRST + 1)(workbook)

    wrong = upload(form_of(agency(office), spoil=spoil), "y-te.xlsx")
    good = upload(form_of(agency(office, "STC")), "tai-chinh.xlsx")

    rows = send(office, wrong, good)

    faults = {(row[4], row[6]) for row in rows if row[1] == "y-te.xlsx"}
    assert {(str(FIRST), "hai mươi"), (str(FIRST + 1), "-1")} <= faults
    assert all(row[7] for row in rows[:-1])
    assert [row[0] for row in rows] == [1] * (len(rows) - 1) + [2]
    assert {row[3] for row in rows[:-1]} == {REFUSED}
    assert rows[-1][1:4] == ("tai-chinh.xlsx", "Sở STC", "Đã ghi")

"""What happened to a dossier keeps its import, also where the log does not tell it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from dossiers.actions.noticing import notify
from dossiers.models import Dossier, Incident, Notice, RegisterImport
from dossiers.spreadsheets.columns import by_key
from dossiers.spreadsheets.undoing import undo
from dossiers.statuses import Status
from postal_tthc.errors import Conflict
from reports.models import CountedDossier, Report
from tests.factories.dossiers import at
from tests.factories.handovers import Direction, begin, scan
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import report_at
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring

DAY, READY, LATER = date(2020, 3, 5), date(2020, 3, 10), date(2020, 3, 11)


@pytest.fixture
def source(office) -> RegisterImport:
    """One dossier, whose result is ready to go by post."""
    headings = ["Mã TTHC", "Ngày tiếp nhận", "Cách trả kết quả"]
    return bring(
        office,
        workbooks.listed(
            [*headings, by_key["finished_on"].heading],
            [make_procedure(office).code, DAY, "BCCI", READY],
        ),
    )


def paper(dossier: Dossier, office: Office) -> None:
    dossier.papers.create(
        name="Bằng tốt nghiệp", position=1, form="original", held_by=office.desk
    )


def handover_line(dossier: Dossier, office: Office) -> None:
    minutes = begin(office, at(LATER), Direction.OUT)
    assert scan(minutes, dossier, office, at(LATER)) == "added"


def incident(dossier: Dossier, office: Office) -> None:
    dossier.incidents.create(
        kind=Incident.Kind.LOST,
        found_out_on=LATER,
        description="Không thấy",
        opened_by=office.clerk,
        opened_at=at(LATER),
    )


def notice(dossier: Dossier, office: Office) -> None:
    by = office.case_officer
    notify(dossier, Notice.Kind.SUPPLEMENT, by=by, at=at(LATER), reason="Thiếu giấy")


@pytest.mark.parametrize("happens", [paper, handover_line, incident, notice])
def test_what_happened_since_keeps_the_import(
    office, source, happens: Callable[[Dossier, Office], None]
):
    dossier = Dossier.objects.get(status=Status.RESULT_READY)
    happens(dossier, office)
    assert dossier.custody.count() == 1  # the log tells nothing of it

    with pytest.raises(Conflict, match="Something has happened since to 1") as refusal:
        undo(source, by=office.clerk, at=timezone.now())

    assert dossier.code in str(refusal.value)
    source.refresh_from_db()
    assert (source.status, source.rows.count()) == ("written", 1)
    assert Dossier.objects.get() == dossier


def test_what_a_signed_report_counts_is_not_taken_away(office, source):
    dossier = Dossier.objects.get()
    report_at(Report.Status.SIGNED, office)
    assert CountedDossier.objects.filter(dossier=dossier).exists()

    with pytest.raises(Conflict, match="Something refers to dossiers") as refusal:
        undo(source, by=office.clerk, at=timezone.now())

    assert dossier.code in str(refusal.value)
    source.refresh_from_db()
    assert (source.status, source.rows.count()) == ("written", 1)
    assert dossier.custody.count() == 1

"""A step taken back leaves alone what an incident has moved before it."""

from datetime import date

import pytest

from dossiers import actions, custody
from dossiers.models import Dossier, Incident
from dossiers.statuses import Status
from tests.factories.dossiers import at, dossier_at

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

DAY = date(2020, 6, 10)
NOW = at(DAY)


def lose(dossier: Dossier, by) -> Incident:
    return actions.report_incident(
        Incident.Kind.LOST,
        dossier=dossier,
        papers=[1],
        found_out_on=DAY,
        description="Thất lạc",
        by=by,
        at=NOW,
    )


def test_a_lost_paper_is_not_found_by_taking_a_later_step_back(office):
    dossier = dossier_at(Status.PROCESSING, office)
    lose(dossier, office.clerk)
    dossier = actions.mark_result_ready(dossier, by=office.clerk, at=NOW)

    actions.take_back(dossier, reason="Nhầm", by=office.clerk, at=NOW)

    paper = dossier.papers.get()
    assert (paper.held_by, paper.outcome) == (None, "lost")
    assert custody.verify().breaks == []


def test_a_found_paper_that_went_home_waits_at_the_desk_again(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    incident = lose(dossier, office.clerk)
    dossier = actions.return_result(dossier, by=office.clerk, at=NOW)
    actions.resolve_incident(
        incident,
        Incident.Outcome.FOUND,
        holder=office.desk,
        resolution="Thấy",
        by=office.clerk,
        at=NOW,
    )
    dossier = actions.give_papers_back(dossier, by=office.clerk, at=NOW)

    actions.take_back(dossier, reason="Nhầm", by=office.clerk, at=NOW)

    dossier.refresh_from_db()
    paper = dossier.papers.get()
    assert (paper.held_by, paper.outcome) == (office.desk, "")
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, None)
    assert custody.verify().breaks == []

"""Reporting an incident: what becomes of papers and items, and who may."""

from datetime import date, timedelta

import pytest

from dossiers import actions, custody
from dossiers.models import Dossier, Incident, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus, Party
from dossiers.statuses import Status, Step
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from procedures.models import RequiredPaper
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    make_draft,
    receive,
    register,
)
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

Kind = Incident.Kind
DAY = date(2020, 6, 10)
NOW = at(DAY)
WHAT = {"found_out_on": DAY, "description": "Không còn trong tủ", "at": NOW}
MAY_REPORT = {Role.CLERK, Role.CASE_OFFICER, Role.POSTAL_CLERK}


def report(by, kind=Kind.LOST, **values) -> Incident:
    return actions.report_incident(kind, by=by, **WHAT | values)


@pytest.fixture
def dossier(office) -> Dossier:
    """Two originals and a copy, at the case officer's."""
    forms = RequiredPaper.Form
    papers = (("Bằng", forms.ORIGINAL), ("Đơn", forms.COPY), ("Sổ", forms.ORIGINAL))
    dossier = actions.receive(
        make_draft(make_procedure(office), return_channel="public_post"),
        by=office.clerk,
        at=at(MONDAY),
        papers=[Paper(name=name, form=form) for name, form in papers],
    )
    return actions.start_processing(dossier, by=office.clerk, at=at(MONDAY))


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


def where(dossier) -> list[tuple[object, str]]:
    return [(paper.held_by, paper.outcome) for paper in dossier.papers.all()]


def test_a_lost_paper_is_held_by_nobody(office, dossier):
    incident = report(
        office.case_officer, dossier=dossier, papers=[1], liable=Party.AGENCY
    )

    dossier.refresh_from_db()
    entry = dossier.custody.last()
    assert where(dossier) == [(None, "lost"), (office.agency, ""), (office.agency, "")]
    assert [paper.name for paper in incident.papers.all()] == ["Bằng"]
    assert (incident.kind, incident.liable) == (Kind.LOST, Party.AGENCY)
    assert incident.is_open
    assert (entry.step, entry.status) == (Step.INCIDENT, Status.PROCESSING)
    assert "Bằng: Không còn trong tủ" in entry.note
    assert entry.state["papers"]["1"] == "lost"
    assert custody.verify().breaks == []


@pytest.mark.parametrize("kind", [Kind.DAMAGED, Kind.SEAL, Kind.COUNT])
def test_other_incidents_move_no_paper(office, dossier, kind):
    before = where(dossier)

    incident = report(office.clerk, kind, dossier=dossier, papers=[3])

    assert where(dossier) == before
    assert [paper.name for paper in incident.papers.all()] == ["Sổ"]
    assert dossier.custody.last().step == Step.INCIDENT


def test_what_has_left_our_hands_is_not_lost_by_us(office):
    dossier = dossier_at(Status.RETURNED, office)
    before = everything_kept()

    with pytest.raises(Conflict, match="«Bằng tốt nghiệp» is not with us any more"):
        report(office.clerk, dossier=dossier, papers=[1])

    assert everything_kept() == before


def test_a_dossier_waits_for_no_paper_that_is_lost(office):
    """Withdrawn, its only paper waits to go home, and is lost before it does."""
    dossier = dossier_at(Status.PROCESSING, office)
    day = at(MONDAY + timedelta(days=2))
    actions.withdraw(dossier, reason="Rút", by=office.clerk, at=day, gives_back=False)

    report(office.clerk, dossier=dossier, papers=[1])

    dossier.refresh_from_db()
    assert dossier.closed_on == DAY


def test_the_result_goes_out_without_what_is_lost(office, dossier):
    report(office.case_officer, dossier=dossier, papers=[1])
    dossier = actions.mark_result_ready(dossier, by=office.clerk, at=NOW)
    actions.hand_to_post(dossier, envelope(7, "return"), by=office.clerk, at=NOW)

    actions.deliver(dossier.postal_items.get(), by=office.clerk, at=NOW)

    dossier.refresh_from_db()
    outcomes = [paper.outcome for paper in dossier.papers.all()]
    assert outcomes == ["lost", "returned", "returned"]
    assert dossier.closed_on == DAY


def test_an_incident_on_a_closed_dossier_leaves_its_day(office):
    dossier = dossier_at(Status.RETURNED, office)
    closed_on = dossier.closed_on

    report(office.clerk, Kind.DAMAGED, dossier=dossier, papers=[1])

    dossier.refresh_from_db()
    assert dossier.closed_on == closed_on
    assert dossier.custody.last().step == Step.INCIDENT
    assert custody.verify().breaks == []


def test_a_lost_item_takes_everything_in_it_along(office, item):
    incident = report(office.postal_clerk, item=item, liable=Party.POST)

    item.refresh_from_db()
    dossier = item.dossiers.get()
    assert (item.status, item.news_due_on) == (ItemStatus.LOST, None)
    assert item.events.last().status == ItemStatus.LOST
    assert where(dossier) == [(None, "lost")]
    assert dossier.status == Status.WITH_POST
    assert list(incident.papers.all()) == list(dossier.papers.all())
    assert dossier.custody.last().step == Step.INCIDENT
    assert not PostalItem.objects.silent(date(2021, 1, 1)).exists()


def test_a_lost_item_that_comes_in_was_never_received(office):
    dossier = register(office)

    report(office.postal_clerk, item=dossier.postal_items.get())

    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED
    assert where(dossier) == [(None, "lost")]


def test_the_case_about_its_silence_becomes_the_loss(office, item):
    case = actions.open_silence_case(item, by=office.clerk, at=NOW)
    actions.follow_up(case, {"complained_on": DAY}, by=office.clerk, at=NOW)

    incident = report(office.clerk, item=item)

    assert incident.pk == case.pk
    assert (incident.kind, incident.complained_on) == (Kind.LOST, DAY)
    assert incident.description.endswith("\nKhông còn trong tủ")
    assert case.description in incident.description


def test_what_the_post_does_not_have_is_not_lost_by_it(office, item):
    actions.deliver(item, by=office.clerk, at=NOW)
    before = everything_kept()

    with pytest.raises(Conflict, match="the post does not have it"):
        report(office.clerk, item=item)

    assert everything_kept() == before


def test_a_damaged_item_goes_on(office, item):
    report(office.postal_clerk, Kind.DAMAGED, item=item)

    item.refresh_from_db()
    assert item.status == ItemStatus.ACCEPTED
    assert where(item.dossiers.get()) == [(office.post_office, "")]


@pytest.mark.parametrize("role", Role)
def test_whoever_has_papers_in_hand_reports(office, role):
    dossier = receive(office, return_channel="public_post")
    before = everything_kept()

    if role in MAY_REPORT:
        report(office.people[role], Kind.DAMAGED, dossier=dossier)
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        report(office.people[role], Kind.DAMAGED, dossier=dossier)
    assert everything_kept() == before


def test_the_post_does_not_lose_what_the_desk_has(office):
    dossier = receive(office, return_channel="public_post")
    before = everything_kept()

    with pytest.raises(Refused, match="is with Một cửa SNV, which alone can say"):
        report(office.postal_clerk, dossier=dossier, papers=[1])

    assert everything_kept() == before


@pytest.mark.parametrize("about", ["dossier", "item"])
def test_another_office_reports_nothing(other_office, item, about):
    thing = {"item": item} if about == "item" else {"dossier": item.dossiers.get()}
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        report(other_office.clerk, **thing)

    assert everything_kept() == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"found_out_on": DAY + timedelta(days=1)}, "in the future"),
        ({"kind": Kind.SILENCE}, "Say which papers or which item"),
        ({"dossier": None}, "Say which papers or which item"),
    ],
    ids=["tomorrow", "silence", "nothing"],
)
def test_what_does_not_fit_is_refused(office, dossier, values, sentence):
    values = {"kind": Kind.LOST, "dossier": dossier} | values
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        report(office.clerk, **values)

    assert everything_kept() == before


def test_the_item_named_beside_a_dossier_is_one_of_its_own(office, dossier, item):
    with pytest.raises(Invalid, match="is not in that item"):
        report(office.clerk, dossier=dossier, item=item)


@pytest.mark.parametrize("about", ["dossier", "item"])
def test_a_power_cut_after_any_write_leaves_nothing_behind(office, item, about):
    thing = {"item": item}
    if about == "dossier":
        thing = {"dossier": item.dossiers.get(), "papers": [1]}

    writes = writes_that_leave_nothing_behind(lambda: report(office.clerk, **thing))

    assert writes >= 5  # the incident, its paper, the paper, dossier, log


SILENT_SINCE = date(2020, 6, 9)  # posted on Thursday the 4th, due on Monday the 8th


def open_case(item, by, day=SILENT_SINCE):
    return actions.open_silence_case(item, by=by, at=at(day))


def test_a_case_is_opened_about_an_item_that_is_silent(office, item):
    case = open_case(item, office.clerk)

    assert (case.kind, case.item, case.dossier) == (Kind.SILENCE, item, None)
    assert case.found_out_on == SILENT_SINCE
    assert item.number in case.description
    assert "08/06/2020" in case.description
    assert item.dossiers.get().custody.last().step == Step.INCIDENT


def test_no_case_is_opened_while_news_is_not_due(office, item):
    before = everything_kept()

    with pytest.raises(Conflict, match="is not silent: news is due by 08/06/2020"):
        open_case(item, office.clerk, date(2020, 6, 8))

    assert everything_kept() == before


def test_no_case_is_opened_about_what_has_arrived(office, item):
    actions.deliver(item, by=office.clerk, at=at(SILENT_SINCE))

    with pytest.raises(Conflict, match="no news of it is due"):
        open_case(item, office.clerk)


def test_one_case_about_an_item_is_open_at_a_time(office, item):
    case = open_case(item, office.clerk)
    before = everything_kept()

    with pytest.raises(Conflict, match="is open already"):
        open_case(item, office.clerk)
    assert everything_kept() == before

    actions.resolve_incident(
        case,
        Incident.Outcome.EXPLAINED,
        by=office.clerk,
        at=NOW,
        resolution="Bưu điện trả lời",
    )
    assert open_case(item, office.clerk, DAY).pk != case.pk


@pytest.mark.parametrize("role", Role)
def test_the_desk_opens_cases(office, item, role):
    before = everything_kept()

    if role == Role.CLERK:
        assert open_case(item, office.people[role]).is_open
        return
    with pytest.raises(Refused, match=f"the role «{role.label}»"):
        open_case(item, office.people[role])
    assert everything_kept() == before


def test_news_ends_the_silence_but_not_the_case(office, item):
    case = open_case(item, office.clerk)

    actions.record_news(
        item, ItemStatus.AT_OFFICE, by=office.postal_clerk, at=at(SILENT_SINCE)
    )

    case.refresh_from_db()
    assert case.is_open
    assert not PostalItem.objects.silent(SILENT_SINCE).exists()

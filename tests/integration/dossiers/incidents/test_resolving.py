"""Following an incident to its end: complaint, compensation, lost and found."""

from datetime import date, timedelta

import pytest

from dossiers import actions, custody
from dossiers.models import Incident, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus, Party
from dossiers.statuses import Status, Step
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from procedures.models import Leg, RequiredPaper, TransitNorm
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    make_draft,
    register,
)
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

Kind, Outcome = Incident.Kind, Incident.Outcome
DAY = date(2020, 6, 10)
NOW, LATER = at(DAY), at(DAY + timedelta(days=5))
WHAT = {"found_out_on": DAY, "description": "Thất lạc", "at": NOW}
PAID = {"compensation_paid_dong": 104_000, "compensation_paid_on": DAY}


def report(by, kind=Kind.LOST, **values) -> Incident:
    return actions.report_incident(kind, by=by, **WHAT | values)


def resolve(incident, outcome, by, **values) -> Incident:
    values = {"resolution": "Đã rõ", "at": LATER} | values
    return actions.resolve_incident(incident, outcome, by=by, **values)


def follow(incident, by, **values) -> Incident:
    return actions.follow_up(incident, values, by=by, at=LATER)


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


@pytest.fixture
def lost_item(office, item) -> Incident:
    return report(office.postal_clerk, item=item)


@pytest.fixture
def lost_paper(office) -> Incident:
    """Of a dossier whose result has been returned without it."""
    dossier = dossier_at(Status.RESULT_READY, office)
    incident = report(office.clerk, dossier=dossier, papers=[1])
    actions.return_result(dossier, by=office.clerk, at=NOW)
    return Incident.objects.get(pk=incident.pk)


def test_the_complaint_sets_the_day_of_its_answer(office, lost_item):
    incident = follow(lost_item, office.clerk, complained_on=DAY)

    assert incident.answer_due_on == date(2020, 6, 17)  # five working days


def test_between_provinces_the_post_has_seven_days(office, item):
    actions.correct_item(
        item,
        {"route": TransitNorm.Route.BETWEEN_PROVINCES},
        by=office.clerk,
        at=NOW,
    )
    incident = report(office.clerk, item=item)

    assert follow(incident, office.clerk, complained_on=DAY).answer_due_on == date(
        2020, 6, 19
    )


def test_a_complaint_that_was_not_sent_is_owed_no_answer(office, lost_item):
    follow(lost_item, office.clerk, complained_on=DAY)

    assert follow(lost_item, office.clerk, complained_on=None).answer_due_on is None


def test_who_answers_and_what_was_paid_is_kept_and_logged(office, lost_item):
    follow(
        lost_item,
        office.clerk,
        liable=Party.POST,
        liability_basis="Biên bản số 3",
        complained_on=DAY,
        answered_on=DAY + timedelta(days=2),
        answer="Nhận lỗi",
        compensation_due_dong=104_000,
        reissue_done=["told", "asked"],
        **PAID,
    )

    lost_item.refresh_from_db()
    note = lost_item.item.dossiers.get().custody.last().note
    assert (lost_item.liable, lost_item.answer) == (Party.POST, "Nhận lỗi")
    assert lost_item.compensation_paid_dong == 104_000
    assert lost_item.reissue_done == ["told", "asked"]
    for words in ("Biên bản số 3", "10/06/2020", "104000", "→"):
        assert words in note, words


def test_nothing_new_writes_nothing(office, lost_item):
    before = everything_kept()

    follow(lost_item, office.clerk, liable=Party.UNKNOWN, answer="")

    assert everything_kept() == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"complained_on": date(2999, 1, 1)}, "in the future"),
        ({"complained_on": DAY - timedelta(days=1)}, "older than what it is about"),
        ({"answered_on": DAY}, "An answer needs a complaint"),
        (
            {
                "complained_on": DAY + timedelta(days=1),
                "answered_on": DAY,
            },
            "older than the complaint",
        ),
        ({"compensation_paid_dong": 5}, "both what was paid and when"),
        ({"compensation_paid_on": DAY}, "both what was paid and when"),
    ],
)
def test_days_and_sums_fit_together(office, lost_item, values, sentence):
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        follow(lost_item, office.clerk, **values)

    assert everything_kept() == before


@pytest.mark.parametrize("role", Role)
def test_the_desk_follows_and_resolves(office, lost_item, role):
    by, before = office.people[role], everything_kept()

    if role == Role.CLERK:
        follow(lost_item, by, **PAID)
        assert not resolve(lost_item, Outcome.COMPENSATED, by).is_open
        return
    with pytest.raises(Refused, match=f"the role «{role.label}»"):
        follow(lost_item, by, **PAID)
    with pytest.raises(Refused, match=f"the role «{role.label}»"):
        resolve(lost_item, Outcome.REISSUED, by)
    assert everything_kept() == before


def test_another_office_neither_follows_nor_resolves(other_office, lost_item):
    before = everything_kept()

    for verb in (
        lambda: follow(lost_item, other_office.clerk, **PAID),
        lambda: resolve(lost_item, Outcome.REISSUED, other_office.clerk),
    ):
        with pytest.raises(Refused, match="belongs to another organisation"):
            verb()

    assert everything_kept() == before


def test_what_is_lost_does_not_end_as_harmless(office, lost_item):
    before = everything_kept()

    with pytest.raises(Invalid, match="not how such an incident ends"):
        resolve(lost_item, Outcome.EXPLAINED, office.clerk)

    assert everything_kept() == before


def test_compensated_means_paid(office, lost_item):
    before = everything_kept()

    with pytest.raises(Invalid, match="Write down first what was paid"):
        resolve(lost_item, Outcome.COMPENSATED, office.clerk)

    assert everything_kept() == before


def test_an_incident_is_resolved_once(office, item):
    incident = report(office.clerk, Kind.DAMAGED, item=item)
    resolve(incident, Outcome.EXPLAINED, office.clerk)
    before = everything_kept()

    with pytest.raises(Conflict, match="has been resolved"):
        resolve(incident, Outcome.EXPLAINED, office.clerk)

    assert everything_kept() == before


def test_a_paper_found_after_the_dossier_was_closed_is_owed_again(office, lost_paper):
    dossier = lost_paper.dossier
    assert dossier.closed_on == DAY

    incident = resolve(lost_paper, Outcome.FOUND, office.clerk, holder=office.desk)

    dossier.refresh_from_db()
    paper, entry = dossier.papers.get(), dossier.custody.last()
    assert (incident.outcome, incident.resolved_on) == (Outcome.FOUND, LATER.date())
    assert (paper.held_by, paper.outcome) == (office.desk, "")
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, None)
    assert (entry.step, entry.held_by) == (Step.INCIDENT, office.desk)
    assert custody.verify().breaks == []


def test_a_found_paper_goes_home_at_the_counter(office, lost_paper):
    dossier = lost_paper.dossier
    resolve(lost_paper, Outcome.FOUND, office.clerk, holder=office.desk)

    dossier = actions.give_papers_back(dossier, by=office.clerk, at=LATER)

    assert dossier.papers.get().outcome == Paper.Outcome.RETURNED
    assert dossier.closed_on == LATER.date()


def test_a_found_paper_goes_home_by_post(office, lost_paper):
    dossier = lost_paper.dossier
    resolve(lost_paper, Outcome.FOUND, office.clerk, holder=office.desk)

    actions.post_papers_home(
        dossier, envelope(8, Leg.RETURN), by=office.clerk, at=LATER
    )
    actions.deliver(dossier.postal_items.get(), by=office.clerk, at=LATER)

    dossier.refresh_from_db()
    assert dossier.status == Status.RETURNED
    assert dossier.closed_on == LATER.date()
    assert dossier.papers.get().outcome == Paper.Outcome.RETURNED


def test_a_dossier_with_nothing_to_give_back_gives_nothing_back(office, lost_paper):
    with pytest.raises(Conflict, match="no paper waits to go home"):
        actions.give_papers_back(lost_paper.dossier, by=office.clerk, at=LATER)


@pytest.mark.parametrize("holder", ["post_office", "province", None])
def test_whoever_holds_what_was_found_is_one_of_us(office, lost_paper, holder):
    before = everything_kept()

    with pytest.raises(Invalid, match="Say who holds now what was found"):
        resolve(
            lost_paper,
            Outcome.FOUND,
            office.clerk,
            holder=holder and getattr(office, holder),
        )

    assert everything_kept() == before


def test_while_something_is_lost_the_incident_stays_open(office):
    papers = [
        Paper(name=name, form=RequiredPaper.Form.ORIGINAL) for name in ("Bằng", "Sổ")
    ]
    dossier = actions.receive(
        make_draft(make_procedure(office)), by=office.clerk, at=NOW, papers=papers
    )
    incident = report(office.clerk, dossier=dossier, papers=[1, 2])
    desk = {"holder": office.desk}

    incident = resolve(incident, Outcome.FOUND, office.clerk, papers=[2], **desk)
    assert incident.is_open
    assert [paper.outcome for paper in dossier.papers.all()] == ["lost", ""]

    with pytest.raises(Invalid, match="Say which papers were found"):
        resolve(incident, Outcome.FOUND, office.clerk, papers=[2], **desk)

    incident = resolve(incident, Outcome.FOUND, office.clerk, papers=[1], **desk)
    assert not incident.is_open
    assert incident.resolution == "Đã rõ\nĐã rõ"


def test_what_was_issued_anew_may_still_be_found(office, lost_paper):
    resolve(lost_paper, Outcome.REISSUED, office.clerk)

    incident = resolve(
        lost_paper,
        Outcome.FOUND,
        office.clerk,
        holder=office.desk,
        resolution="Thấy dưới tủ",
    )

    assert incident.outcome == Outcome.REISSUED  # that is how it ended
    assert incident.resolution.endswith("Thấy dưới tủ")
    assert lost_paper.dossier.papers.get().held_by == office.desk
    with pytest.raises(Conflict, match="has been resolved"):
        resolve(lost_paper, Outcome.FOUND, office.clerk, holder=office.desk)


def test_an_item_found_by_the_post_goes_on(office, lost_item):
    item, dossier = lost_item.item, lost_item.item.dossiers.get()

    resolve(lost_item, Outcome.FOUND, office.clerk, holder=office.post_office)

    item.refresh_from_db()
    dossier.refresh_from_db()
    assert item.status == ItemStatus.AT_OFFICE
    assert dossier.papers.get().held_by == office.post_office
    assert dossier.status == Status.WITH_POST
    actions.deliver(item, by=office.postal_clerk, at=LATER)
    dossier.refresh_from_db()
    assert dossier.closed_on == LATER.date()


def test_an_item_found_at_the_desk_came_back(office, lost_item):
    item, dossier = lost_item.item, lost_item.item.dossiers.get()

    resolve(lost_item, Outcome.FOUND, office.clerk, holder=office.desk)

    item.refresh_from_db()
    dossier.refresh_from_db()
    assert (item.status, dossier.status) == (ItemStatus.CAME_BACK, Status.UNDELIVERED)
    assert dossier.papers.get().held_by == office.desk


@pytest.mark.parametrize("outcome", [Outcome.REISSUED, Outcome.COMPENSATED])
def test_a_result_issued_anew_can_be_sent_again(office, lost_item, outcome):
    item, dossier = lost_item.item, lost_item.item.dossiers.get()
    follow(lost_item, office.clerk, **PAID)

    resolve(lost_item, outcome, office.clerk)

    item.refresh_from_db()
    dossier.refresh_from_db()
    assert item.status == ItemStatus.LOST
    assert dossier.status == Status.UNDELIVERED
    assert dossier.papers.get().outcome == Paper.Outcome.LOST
    with pytest.raises(Conflict, match="was lost; its incident tells how"):
        actions.take_back(dossier, reason="x", by=office.clerk, at=LATER)
    again = envelope(9, Leg.RETURN)
    actions.hand_to_post(dossier, again, by=office.clerk, at=LATER)
    actions.deliver(dossier.postal_items.latest("pk"), by=office.postal_clerk, at=LATER)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, LATER.date())


def test_an_item_found_after_its_result_was_sent_anew_moves_no_result(
    office, lost_item
):
    item, dossier = lost_item.item, lost_item.item.dossiers.get()
    resolve(lost_item, Outcome.REISSUED, office.clerk)
    again = envelope(9, Leg.RETURN)
    actions.hand_to_post(dossier, again, by=office.clerk, at=LATER)

    with pytest.raises(Invalid, match="Say who holds now"):
        resolve(lost_item, Outcome.FOUND, office.clerk, holder=office.post_office)
    resolve(lost_item, Outcome.FOUND, office.clerk, holder=office.desk)

    item.refresh_from_db()
    dossier.refresh_from_db()
    assert item.status == ItemStatus.CAME_BACK
    assert dossier.status == Status.WITH_POST  # in the other envelope
    assert dossier.papers.get().held_by == office.desk
    actions.deliver(dossier.postal_items.latest("pk"), by=office.postal_clerk, at=LATER)
    dossier.refresh_from_db()
    # The paper did not travel: it still has to go home.
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, None)
    assert dossier.custody.last().held_by == office.desk
    assert dossier.papers.get().held_by == office.desk


def test_an_item_that_was_coming_in_is_found_by_the_post_only(office):
    incident = report(
        office.postal_clerk, item=register(office, on=MONDAY).postal_items.get()
    )

    with pytest.raises(Invalid, match="Say who holds now"):
        resolve(incident, Outcome.FOUND, office.clerk, holder=office.desk)
    resolve(incident, Outcome.FOUND, office.clerk, holder=office.post_office)

    assert incident.item.dossiers.get().papers.get().held_by == office.post_office


def test_two_dossiers_in_a_lost_item_are_issued_anew_together(office, item):
    second = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    actions.hand_to_post(
        second,
        PostalItem(number=item.number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(item.posted_on, 10),
    )
    incident = report(office.clerk, item=item)

    resolve(incident, Outcome.REISSUED, office.clerk)

    assert {x.status for x in item.dossiers.all()} == {Status.UNDELIVERED}
    assert incident.papers.count() == 2


def test_the_end_of_a_silence_moves_nothing(office, item):
    case = actions.open_silence_case(item, by=office.clerk, at=NOW)

    case = resolve(case, Outcome.EXPLAINED, office.clerk)

    item.refresh_from_db()
    assert not case.is_open
    assert item.status == ItemStatus.ACCEPTED
    assert item.dossiers.get().custody.last().note.endswith("Đã rõ")


@pytest.mark.parametrize(
    ("name", "outcome"), [("lost_item", "found"), ("lost_item", "reissued")]
)
def test_a_power_cut_after_any_write_leaves_nothing_behind(
    office, request, name, outcome
):
    incident = request.getfixturevalue(name)

    writes = writes_that_leave_nothing_behind(
        lambda: resolve(
            Incident.objects.get(pk=incident.pk),
            Outcome(outcome),
            office.clerk,
            holder=office.desk,
        )
    )

    assert writes >= 4


def test_a_power_cut_while_following_up_leaves_nothing_behind(office, lost_item):
    writes = writes_that_leave_nothing_behind(
        lambda: follow(
            Incident.objects.get(pk=lost_item.pk), office.clerk, complained_on=DAY
        )
    )

    assert writes >= 3

"""Taking the last move back: the dossier stands as before, the log keeps both."""

from datetime import timedelta

import pytest

from dossiers import actions, custody
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel, Status, Step
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Refused
from procedures.models import Leg, RequiredPaper
from tests.factories.dossiers import BY_POST, MONDAY, at, dossier_at, envelope, take
from tests.integration.dossiers.faults import everything_kept

LATER = at(MONDAY + timedelta(days=9))
DAY_3 = MONDAY + timedelta(days=3)
# The status before the last move, when `dossier_at` went the shortest way.
BEFORE = {
    Status.PROCESSING: Status.RECEIVED,
    Status.RESULT_READY: Status.PROCESSING,
    Status.RETURNED: Status.RESULT_READY,
    Status.REFUSED: Status.RECEIVED,
    Status.WITHDRAWN: Status.RECEIVED,
    Status.DISCONTINUED: Status.PROCESSING,
    Status.AWAITING_SUPPLEMENT: Status.PROCESSING,
    Status.AWAITING_PAYMENT: Status.PROCESSING,
    Status.WITH_POST: Status.RESULT_READY,
    Status.UNDELIVERED: Status.WITH_POST,
}
# Who takes back what the case officer did: that officer, or the leader.
MAY_TAKE_BACK_AN_OFFICERS_MOVE = {Role.CASE_OFFICER, Role.LEADER}


OWN_FOR_EVER = (
    "id",
    "code",
    "public_token",
    "procedure_id",
    "search_text",
    "last_seal",
)


def take_back(dossier: Dossier, by: User) -> Dossier:
    return actions.take_back(dossier, reason="Nhầm hồ sơ", by=by, at=LATER)


def state(dossier: Dossier) -> dict[str, object]:
    """Where it stands: everything but the log, and what is its own for ever."""
    row = Dossier.objects.filter(pk=dossier.pk).values().get()
    papers = list(dossier.papers.values())
    for own in OWN_FOR_EVER:
        del row[own]
    for paper in papers:
        del paper["id"], paper["dossier_id"]
    return {**row, "papers": papers}


@pytest.mark.parametrize("status", BEFORE)
def test_a_move_taken_back_leaves_the_dossier_as_it_was(office, status):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST} if status in BY_POST else {}
    dossier = dossier_at(status, office)

    take_back(dossier, office.leader)

    untouched = dossier_at(BEFORE[status], office, **by_post)
    assert state(dossier) == state(untouched)
    assert custody.verify().breaks == []


def test_a_delivery_taken_back_is_with_the_post_again(office):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}
    dossier = dossier_at(Status.RETURNED, office, **by_post)

    take_back(dossier, office.postal_clerk)

    item = dossier.postal_items.get()
    assert state(dossier) == state(dossier_at(Status.WITH_POST, office))
    assert (item.status, item.delivered_on, item.delivered_to) == ("accepted", None, "")
    assert list(item.events.values_list("status", "is_void")) == [
        ("accepted", False),
        ("delivered", True),
    ]


def test_a_receipt_taken_back_is_expected_again_and_keeps_its_code(office):
    dossier = dossier_at(Status.REGISTERED, office)
    waiting = state(dossier)
    code = take(Step.RECEIVED, dossier, office, at(MONDAY)).code

    take_back(dossier, office.clerk)

    assert state(dossier) == waiting
    dossier = take(Step.RECEIVED, dossier, office, at(MONDAY + timedelta(days=1)))
    assert dossier.code == code


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Step.SUPPLEMENT_REQUESTED, "supplement"),
        (Step.REFUSED, "refusal"),
        (Step.DISCONTINUED, "discontinuation"),
    ],
)
def test_a_notice_of_a_step_taken_back_is_void(office, step, kind):
    dossier = dossier_at(Status.PROCESSING, office)
    take(step, dossier, office, at(MONDAY + timedelta(days=1)))

    take_back(dossier, office.leader)
    take(step, dossier, office, at(MONDAY + timedelta(days=1)))

    notices = dossier.notices.order_by("pk").values_list("kind", "is_void")
    assert list(notices) == [(kind, True), (kind, False)]


def test_a_new_date_taken_back_may_be_promised_again(office):
    dossier = dossier_at(Status.PROCESSING, office)
    new_date, how = MONDAY + timedelta(days=15), {"by": office.clerk, "at": at(DAY_3)}
    actions.reappoint(dossier, new_date=new_date, reason="x", **how)

    dossier = take_back(dossier, office.clerk)
    assert dossier.reappointed_to is None

    actions.reappoint(dossier, new_date=new_date, reason="y", **how)
    with pytest.raises(Conflict, match="has been given a new date before"):
        actions.reappoint(dossier, new_date=new_date, reason="z", **how)


def test_papers_of_a_supplement_go_with_it_when_it_is_taken_back(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)
    paper = Paper(name="Sổ hộ khẩu", form=RequiredPaper.Form.ORIGINAL)
    actions.receive_supplement(dossier, by=office.clerk, at=LATER, papers=[paper])
    assert dossier.papers.count() == 2

    dossier = take_back(dossier, office.clerk)

    assert (dossier.status, dossier.papers.count()) == ("awaiting_supplement", 1)
    assert dossier.clock_stopped_on == MONDAY + timedelta(days=2)
    assert custody.verify().breaks == []


def test_papers_that_the_post_carries_home_are_not_taken_back(office):
    dossier = dossier_at(Status.PROCESSING, office)
    how = {"by": office.clerk, "at": LATER}
    actions.withdraw(dossier, reason="Xin rút", gives_back=False, **how)
    actions.post_papers_home(dossier, envelope(4, Leg.RETURN), **how)
    before = everything_kept()

    with pytest.raises(Conflict, match="The post has the papers in item EA000000045VN"):
        take_back(dossier, office.clerk)

    assert everything_kept() == before


@pytest.mark.parametrize("step", [Step.DELIVERED, Step.CAME_BACK])
def test_what_became_of_an_envelope_is_taken_back_for_all_in_it(office, step):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}
    both = [dossier_at(Status.RESULT_READY, office, **by_post) for _ in range(2)]
    for dossier in both:
        item = envelope(3, Leg.RETURN)
        actions.hand_to_post(dossier, item, by=office.clerk, at=at(DAY_3))
    take(step, both[0], office, LATER)

    take_back(both[0], office.leader)

    for dossier in both:
        dossier.refresh_from_db()
        assert dossier.status == Status.WITH_POST
        assert dossier.custody.last().step == Step.TAKEN_BACK
    assert custody.verify().breaks == []


@pytest.mark.parametrize("status", BEFORE)
def test_the_log_keeps_the_move_and_its_taking_back(office, status):
    dossier = dossier_at(status, office)
    before = list(dossier.custody.values())

    take_back(dossier, office.leader)

    *kept, added = dossier.custody.values()
    assert kept == before
    assert (added["step"], added["status"]) == ("taken_back", BEFORE[status])
    assert (added["by_id"], added["at"]) == (office.leader.pk, LATER)
    assert added["note"] == "Nhầm hồ sơ"


def test_a_receipt_cannot_be_taken_back(office):
    dossier = dossier_at(Status.RECEIVED, office)
    before = everything_kept()

    with pytest.raises(Conflict, match=f"{dossier.code} is at its beginning"):
        take_back(dossier, office.leader)

    assert everything_kept() == before


@pytest.mark.parametrize("role", Role)
def test_the_last_move_is_taken_back_by_its_maker_or_a_leader(office, role):
    dossier = dossier_at(
        Status.PROCESSING, office, intake_channel=IntakeChannel.PUBLIC_POST
    )
    before = everything_kept()

    if role in MAY_TAKE_BACK_AN_OFFICERS_MOVE:
        assert take_back(dossier, office.people[role]).status == Status.RECEIVED
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        take_back(dossier, office.people[role])
    assert everything_kept() == before


def test_a_clerk_takes_back_the_own_move(office):
    dossier = dossier_at(Status.RETURNED, office)

    assert take_back(dossier, office.clerk).status == Status.RESULT_READY


def test_a_leader_of_another_office_is_refused(office, other_office):
    dossier = dossier_at(Status.PROCESSING, office)
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        take_back(dossier, other_office.leader)

    assert everything_kept() == before


def test_moves_are_taken_back_one_by_one_down_to_the_receipt(office):
    dossier = dossier_at(Status.RETURNED, office)

    statuses = [take_back(dossier, office.leader).status for _ in range(3)]

    assert statuses == [Status.RESULT_READY, Status.PROCESSING, Status.RECEIVED]
    with pytest.raises(Conflict, match="is at its beginning"):
        take_back(dossier, office.leader)
    assert dossier.custody.count() == 7


def test_a_move_made_again_is_the_one_that_is_taken_back_next(office):
    dossier = dossier_at(Status.PROCESSING, office)
    take_back(dossier, office.leader)
    actions.withdraw(dossier, reason="Xin rút", by=office.clerk, at=LATER)

    assert take_back(dossier, office.leader).status == Status.RECEIVED


def test_a_correction_in_between_is_not_what_is_taken_back(office):
    dossier = dossier_at(Status.PROCESSING, office)
    actions.correct(
        dossier, {"applicant_phone": "0912345678"}, by=office.clerk, at=LATER
    )

    dossier = take_back(dossier, office.leader)

    assert dossier.status == Status.RECEIVED
    assert dossier.applicant_phone == "0912345678"


def test_a_move_taken_back_may_be_made_again_on_the_day_it_really_happened(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    take_back(dossier, office.leader)

    actions.mark_result_ready(
        dossier, by=office.case_officer, at=at(MONDAY + timedelta(days=1))
    )

    dossier.refresh_from_db()
    assert dossier.finished_on == MONDAY + timedelta(days=1)


def test_a_corrected_phone_does_not_stand_in_the_way_of_an_earlier_day(office):
    dossier = dossier_at(Status.PROCESSING, office)
    changes = {"applicant_phone": "0912345678"}
    actions.correct(dossier, changes, by=office.clerk, at=LATER)

    actions.mark_result_ready(
        dossier, by=office.case_officer, at=at(MONDAY + timedelta(days=2))
    )

    dossier.refresh_from_db()
    assert dossier.finished_on == MONDAY + timedelta(days=2)


def test_kept_and_returned_papers_come_back_to_whoever_held_them(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    actions.return_result(dossier, by=office.clerk, at=LATER, kept=[1])

    take_back(dossier, office.clerk)

    paper = dossier.papers.get()
    assert (paper.held_by, paper.outcome) == (office.desk, "")
    assert dossier.custody.last().held_by == office.desk


def test_a_result_taken_back_leaves_its_envelope_to_the_others_in_it(office):
    ours, other = (
        dossier_at(
            Status.RESULT_READY,
            office,
            intake_channel=IntakeChannel.PUBLIC_POST,
            item=envelope(n),
            return_channel=ReturnChannel.PUBLIC_POST,
        )
        for n in (1, 2)
    )
    for dossier in (ours, other):
        item = envelope(3, Leg.RETURN)
        actions.hand_to_post(dossier, item, by=office.clerk, at=LATER)

    take_back(ours, office.clerk)

    assert ours.postal_items.get() == PostalItem.objects.get(
        leg=Leg.INTAKE, dossiers=ours
    )
    assert PostalItem.objects.get(leg=Leg.RETURN).dossiers.get() == other


@pytest.mark.parametrize(
    "part", ["dossiers.models.Dossier.save", "dossiers.custody.record"]
)
def test_a_part_that_fails_leaves_nothing_behind(office, monkeypatch, part):
    dossier = dossier_at(Status.RETURNED, office)
    before = everything_kept()

    def fail(*args, **kwargs):
        raise RuntimeError(part)

    monkeypatch.setattr(part, fail)
    with pytest.raises(RuntimeError, match=part):
        take_back(dossier, office.leader)

    assert everything_kept() == before
    assert Paper.objects.get().outcome == Paper.Outcome.RETURNED

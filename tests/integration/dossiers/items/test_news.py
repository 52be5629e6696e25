"""What the post tells: news, failed attempts, delivery, the way back."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from dossiers import actions, item_history
from dossiers.models import PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status, Step
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register, take
from tests.integration.dossiers.faults import everything_kept

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

POSTED = MONDAY + timedelta(days=3)  # a Thursday; J+2 is Monday the 8th
FRIDAY = POSTED + timedelta(days=1)
REFUSED_IT = Reason.REFUSED_IT
VERBS = {
    "news": partial(actions.record_news, status=ItemStatus.IN_TRANSIT),
    "attempt": partial(actions.record_attempt, reason=Reason.ABSENT),
    "deliver": actions.deliver,
}
each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


@pytest.fixture
def item(office) -> PostalItem:
    """The envelope of a result that the post has taken."""
    return dossier_at(Status.WITH_POST, office).postal_items.get()


@pytest.fixture
def dossier(item):
    return item.dossiers.get()


def attempt(item, office, day, reason=Reason.ABSENT):
    return actions.record_attempt(item, reason, by=office.postal_clerk, at=at(day))


def test_the_post_accepts_an_item_and_its_norm_begins(item):
    assert (item.status, item.posted_on) == (ItemStatus.ACCEPTED, POSTED)
    assert item.expected_on == item.news_due_on == date(2020, 6, 8)
    assert item.events.get().status == ItemStatus.ACCEPTED


def test_news_says_where_it_is(office, item):
    item = actions.record_news(
        item,
        ItemStatus.AT_OFFICE,
        by=office.postal_clerk,
        at=at(FRIDAY, 15),
        place="Bưu cục Lạng Giang",
        note="Chờ phát",
    )

    told = item.events.last()
    assert item.status == ItemStatus.AT_OFFICE
    assert (told.place, told.note, told.by) == (
        "Bưu cục Lạng Giang",
        "Chờ phát",
        office.postal_clerk,
    )
    assert item.news_due_on == item.expected_on


@pytest.mark.parametrize(
    "status",
    [ItemStatus.DELIVERED, ItemStatus.CAME_BACK, ItemStatus.LOST, ItemStatus.PREPARED],
)
def test_what_moves_dossiers_is_not_written_down_as_news(office, item, status):
    before = everything_kept()

    with pytest.raises(Invalid, match="is not news of the way"):
        actions.record_news(item, status, by=office.clerk, at=at(FRIDAY))

    assert everything_kept() == before


def test_a_delivery_returns_the_result_and_brings_the_papers_home(
    office, item, dossier
):
    item = actions.deliver(
        item, by=office.postal_clerk, at=at(FRIDAY), to="Trần Thị B", note="Con gái"
    )

    dossier.refresh_from_db()
    paper, entry = dossier.papers.get(), dossier.custody.last()
    assert (item.status, item.delivered_on) == (ItemStatus.DELIVERED, FRIDAY)
    assert item.delivered_to == "Trần Thị B"
    assert item.news_due_on is None
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, FRIDAY)
    assert (paper.held_by, paper.outcome) == (None, "returned")
    assert (entry.step, entry.item, entry.held_by) == (Step.DELIVERED, item, None)
    assert dossier.returned_on == POSTED  # the result left on that day


def test_without_a_word_the_recipient_has_signed(office, item, dossier):
    dossier.refresh_from_db()

    assert (
        actions.deliver(item, by=office.clerk, at=at(FRIDAY)).delivered_to
        == dossier.return_name
    )


@each_verb
@pytest.mark.parametrize("role", Role)
def test_news_is_written_down_by_desk_and_post_only(office, item, verb, role):
    before = everything_kept()
    tell = partial(verb, item, by=office.people[role], at=at(FRIDAY))

    if role in (Role.CLERK, Role.POSTAL_CLERK):
        assert tell().events.count() == 2
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        tell()
    assert everything_kept() == before


@each_verb
def test_news_of_another_office_is_refused(other_office, item, verb):
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        verb(item, by=other_office.postal_clerk, at=at(FRIDAY))

    assert everything_kept() == before


@each_verb
def test_what_the_post_does_not_have_has_no_news(office, item, verb):
    actions.deliver(item, by=office.postal_clerk, at=at(FRIDAY))
    before = everything_kept()

    with pytest.raises(Conflict, match="is «Delivered»: the post does not have it"):
        verb(item, by=office.postal_clerk, at=at(FRIDAY))

    assert everything_kept() == before


@each_verb
@pytest.mark.parametrize(
    ("moment", "refusal", "sentence"),
    [
        (timezone.now() + timedelta(hours=1), Invalid, "cannot lie in the future"),
        (at(POSTED - timedelta(days=1)), Conflict, "this cannot be earlier"),
    ],
    ids=["future", "before the news before it"],
)
def test_news_comes_in_order(office, item, verb, moment, refusal, sentence):
    before = everything_kept()

    with pytest.raises(refusal, match=sentence):
        verb(item, by=office.postal_clerk, at=moment)

    assert everything_kept() == before


def test_on_one_day_the_later_entry_is_the_later_news(office, item):
    """People give the day, so the hour of what is written down later may be less."""
    early = at(POSTED, hour=1)

    item = actions.record_attempt(item, Reason.ABSENT, by=office.clerk, at=early)

    accepted, failed = item.events.all()
    assert (accepted.status, failed.status) == (
        ItemStatus.ACCEPTED,
        ItemStatus.ATTEMPTED,
    )
    assert failed.at == accepted.at


@pytest.mark.parametrize(
    ("first", "second", "is_allowed"),
    [
        pytest.param(FRIDAY, FRIDAY, False, id="the same day"),
        pytest.param(FRIDAY, date(2020, 6, 8), False, id="one working day apart"),
        pytest.param(FRIDAY, date(2020, 6, 9), True, id="two over a weekend"),
        pytest.param(date(2020, 6, 8), date(2020, 6, 10), True, id="two inside a week"),
        pytest.param(FRIDAY, date(2020, 6, 15), True, id="later"),
        pytest.param(
            date(2020, 9, 1), date(2020, 9, 3), False, id="one over a day off"
        ),
        pytest.param(date(2020, 9, 1), date(2020, 9, 4), True, id="two over a day off"),
    ],
)
def test_attempts_lie_two_working_days_apart(office, item, first, second, is_allowed):
    attempt(item, office, first)
    before = everything_kept()

    if is_allowed:
        assert attempt(item, office, second).events.count() == 3
        return
    with pytest.raises(Conflict, match=r"at least two working days.*TT 17/2017"):
        attempt(item, office, second)
    assert everything_kept() == before


def test_after_a_failure_news_is_due_when_the_next_attempt_may_be(office, item):
    assert attempt(item, office, FRIDAY).news_due_on == date(2020, 6, 9)


def test_one_attempt_at_an_absent_recipient_does_not_send_it_back(office, item):
    attempt(item, office, FRIDAY)
    before = everything_kept()

    with pytest.raises(Conflict, match="may not come back yet: the post tries twice"):
        actions.come_back(item, by=office.clerk, at=at(FRIDAY))
    with pytest.raises(Conflict, match="may not come back yet"):
        actions.record_news(
            item, ItemStatus.COMING_BACK, by=office.postal_clerk, at=at(FRIDAY)
        )

    assert everything_kept() == before


def test_two_attempts_send_it_back_to_the_desk(office, item, dossier):
    attempt(item, office, FRIDAY)
    attempt(item, office, date(2020, 6, 9))

    actions.record_news(
        item, ItemStatus.COMING_BACK, by=office.postal_clerk, at=at(date(2020, 6, 10))
    )
    item = actions.come_back(
        item,
        by=office.clerk,
        at=at(date(2020, 6, 11)),
        note="Bìa còn nguyên",
        opened_seal_number="NP-1",
    )

    dossier.refresh_from_db()
    assert (item.status, item.news_due_on) == (ItemStatus.CAME_BACK, None)
    assert item.opened_seal_number == "NP-1"
    assert (dossier.status, dossier.closed_on) == (Status.UNDELIVERED, None)
    assert dossier.papers.get().held_by == office.desk
    assert dossier.custody.last().step == Step.CAME_BACK
    assert "Bìa còn nguyên" in dossier.custody.last().note


def test_what_the_recipient_refuses_comes_back_at_once(office, item):
    attempt(item, office, FRIDAY, REFUSED_IT)

    assert (
        actions.come_back(item, by=office.clerk, at=at(FRIDAY)).status
        == ItemStatus.CAME_BACK
    )


def test_the_desk_alone_takes_in_what_came_back(office, item):
    attempt(item, office, FRIDAY, REFUSED_IT)
    before = everything_kept()

    with pytest.raises(Refused, match="«Postal clerk» does not include it"):
        actions.come_back(item, by=office.postal_clerk, at=at(FRIDAY))

    assert everything_kept() == before


@pytest.mark.parametrize(
    "verb", [VERBS["news"], VERBS["attempt"], VERBS["deliver"]], ids=list(VERBS)
)
def test_what_is_on_its_way_back_is_not_delivered(office, item, verb):
    attempt(item, office, FRIDAY, REFUSED_IT)
    clerk = office.postal_clerk
    actions.record_news(item, ItemStatus.COMING_BACK, by=clerk, at=at(FRIDAY))
    before = everything_kept()

    with pytest.raises(Conflict, match=r"on its way back.*void that news"):
        verb(item, by=clerk, at=at(date(2020, 6, 10)))

    assert everything_kept() == before


def test_what_comes_in_is_delivered_by_the_minutes(office):
    item = register(office).postal_items.get()
    before = everything_kept()

    for verb in (VERBS["attempt"], VERBS["deliver"]):
        with pytest.raises(Conflict, match="comes in: the handover minutes tell"):
            verb(item, by=office.postal_clerk, at=at(FRIDAY))

    assert everything_kept() == before


def test_the_last_news_is_voided_and_stays_readable(office, item):
    attempt(item, office, FRIDAY)

    item = actions.void_last_news(item, by=office.postal_clerk)

    accepted, failed = item.events.all()
    assert (accepted.is_void, failed.is_void) == (False, True)
    assert item.status == ItemStatus.ACCEPTED
    assert item.news_due_on == item.expected_on
    # A voided attempt does not hold up the next one.
    assert attempt(item, office, FRIDAY).status == ItemStatus.ATTEMPTED


def test_what_moved_dossiers_is_not_voided_but_taken_back(office, item):
    for start in (item, actions.deliver(item, by=office.clerk, at=at(FRIDAY))):
        before = everything_kept()

        with pytest.raises(Conflict, match="moved its dossiers: take the step"):
            actions.void_last_news(start, by=office.clerk)

        assert everything_kept() == before


def test_a_role_that_does_not_carry_voids_nothing(office, item):
    attempt(item, office, FRIDAY)
    before = everything_kept()

    with pytest.raises(Refused, match="does not include it"):
        actions.void_last_news(item, by=office.leader)

    assert everything_kept() == before


@pytest.fixture
def three(office):
    """Three results in one envelope, one of them of a dossier that was withdrawn."""
    first = dossier_at(Status.WITH_POST, office)
    number = first.postal_items.get().number
    second = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    actions.hand_to_post(
        second,
        PostalItem(number=number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(POSTED, 10),
    )
    third = dossier_at(Status.PROCESSING, office)
    day = at(MONDAY + timedelta(days=2))
    actions.withdraw(third, reason="Rút", by=office.clerk, at=day, gives_back=False)
    actions.post_papers_home(
        third,
        PostalItem(number=number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(POSTED, 11),
    )
    return first.postal_items.get(), (first, second, third)


def statuses(dossiers) -> list[str]:
    for dossier in dossiers:
        dossier.refresh_from_db()
    return [dossier.status for dossier in dossiers]


def test_one_delivery_is_of_everything_inside(office, three):
    item, inside = three

    actions.deliver(item, by=office.postal_clerk, at=at(FRIDAY))

    assert statuses(inside) == [Status.RETURNED, Status.RETURNED, Status.WITHDRAWN]
    assert [dossier.closed_on for dossier in inside] == [FRIDAY] * 3
    assert [dossier.papers.get().outcome for dossier in inside] == ["returned"] * 3
    assert [dossier.custody.last().step for dossier in inside] == [
        Step.DELIVERED,
        Step.DELIVERED,
        Step.PAPERS_MOVED,
    ]


def test_one_envelope_comes_back_with_everything_inside(office, three):
    item, inside = three
    attempt(item, office, FRIDAY, REFUSED_IT)

    actions.come_back(item, by=office.clerk, at=at(FRIDAY))

    ends = [Status.UNDELIVERED, Status.UNDELIVERED, Status.WITHDRAWN]
    assert statuses(inside) == ends
    assert {dossier.papers.get().held_by for dossier in inside} == {office.desk}
    assert {dossier.closed_on for dossier in inside} == {None}


def test_a_delivery_taken_back_is_taken_back_for_every_result_inside(office):
    first = dossier_at(Status.WITH_POST, office)
    item = first.postal_items.get()
    second = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    actions.hand_to_post(
        second,
        PostalItem(number=item.number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(POSTED, 10),
    )
    actions.deliver(item, by=office.clerk, at=at(FRIDAY))

    actions.take_back(second, reason="Nhầm", by=office.clerk, at=at(date(2020, 6, 9)))

    item.refresh_from_db()
    assert statuses((first, second)) == [Status.WITH_POST] * 2
    assert (item.status, item.delivered_on) == (ItemStatus.ACCEPTED, None)
    assert item.news_due_on == item.expected_on


def test_a_result_joins_no_envelope_that_left_on_another_day(office, item):
    second = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    before = everything_kept()

    with pytest.raises(Conflict, match="was posted on 04/06/2020"):
        actions.hand_to_post(
            second,
            PostalItem(number=item.number, leg=Leg.RETURN),
            by=office.clerk,
            at=at(FRIDAY),
        )

    assert everything_kept() == before


def test_what_came_back_goes_out_again_in_another_envelope_only(office):
    dossier = dossier_at(Status.UNDELIVERED, office)
    old = dossier.postal_items.get()
    before = everything_kept()
    day = at(date(2020, 6, 15))

    with pytest.raises(Conflict, match="has left already: «came back»"):
        actions.hand_to_post(
            dossier,
            PostalItem(number=old.number, leg=Leg.RETURN),
            by=office.clerk,
            at=day,
        )
    assert everything_kept() == before

    dossier = actions.hand_to_post(
        dossier, envelope(77, Leg.RETURN), by=office.clerk, at=day
    )
    new = dossier.postal_items.latest("pk")
    actions.deliver(new, by=office.postal_clerk, at=at(date(2020, 6, 16)))
    dossier.refresh_from_db()
    old.refresh_from_db()
    assert dossier.status == Status.RETURNED
    assert old.status == ItemStatus.CAME_BACK
    assert dossier.returned_on == POSTED


def test_a_number_left_by_a_step_taken_back_can_be_used_again(office, item, dossier):
    actions.take_back(dossier, reason="Nhầm bì", by=office.clerk, at=at(FRIDAY))

    again = PostalItem(number=item.number, leg=Leg.RETURN, postage_dong=30_000)
    actions.hand_to_post(dossier, again, by=office.clerk, at=at(FRIDAY))

    item.refresh_from_db()
    assert (item.status, item.posted_on) == (ItemStatus.ACCEPTED, FRIDAY)
    assert item.postage_dong == 30_000
    assert take(Step.DELIVERED, dossier, office, at(FRIDAY)).status == Status.RETURNED


@pytest.mark.parametrize(("ends", "is_silent"), [(False, True), (True, False)])
def test_what_ended_before_it_came_is_not_waited_for(office, ends, is_silent):
    dossier = register(office)
    if ends:
        take(Step.WITHDRAWN, dossier, office, at(MONDAY + timedelta(days=1)))
    item = dossier.postal_items.get()
    later = MONDAY + timedelta(days=60)

    assert PostalItem.objects.silent(later).exists() == is_silent
    assert item_history.is_silent(item, later) == is_silent

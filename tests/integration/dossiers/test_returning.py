"""Returning the result: the envelope it goes in, and the papers that go with it."""

from datetime import date, timedelta
from typing import Any

import pytest

from dossiers import actions
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import ReturnChannel, Status, Step
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Conflict, Invalid
from procedures.models import Leg, RequiredPaper
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    make_draft,
    take,
)
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import everything_kept

DAY = date(2020, 6, 10)
BY_POST = ReturnChannel.PUBLIC_POST
Outcome = Paper.Outcome


@pytest.fixture
def by_post(office):
    return dossier_at(Status.RESULT_READY, office, return_channel=BY_POST)


@pytest.fixture
def three_papers(office):
    """A finished dossier with the originals 1 and 3 and the copy 2."""
    forms = RequiredPaper.Form
    dossier = actions.receive(
        make_draft(make_procedure(office)),
        by=office.clerk,
        at=at(MONDAY),
        papers=[
            Paper(name=name, form=form)
            for name, form in (
                ("Bằng", forms.ORIGINAL),
                ("Đơn", forms.COPY),
                ("Sổ", forms.ORIGINAL),
            )
        ],
    )
    actions.start_processing(dossier, by=office.clerk, at=at(MONDAY))
    return actions.mark_result_ready(dossier, by=office.clerk, at=at(MONDAY))


def outcomes(dossier) -> list[tuple[int, object, str]]:
    return list(dossier.papers.values_list("position", "held_by", "outcome"))


def hand_over(
    dossier: Dossier, office: Office, serial: int = 5, **more: Any
) -> Dossier:
    item = envelope(serial, Leg.RETURN)
    return actions.hand_to_post(dossier, item, by=office.clerk, at=at(DAY), **more)


def test_a_result_by_post_goes_in_an_envelope(office, by_post):
    item = PostalItem(number="ee 123456785 vn", leg=Leg.RETURN, postage_dong=26_000)

    actions.hand_to_post(by_post, item, by=office.clerk, at=at(DAY))

    kept = by_post.postal_items.get()
    assert (kept.number, kept.leg) == ("EE123456785VN", Leg.RETURN)
    assert (kept.posted_on, kept.postage_dong) == (DAY, 26_000)
    assert (kept.status, kept.post_office) == (ItemStatus.ACCEPTED, office.post_office)
    assert (kept.recipient_name, kept.recipient_address) == (
        "Nguyễn Văn A",
        "Số 1 đường Hùng Vương, Bắc Giang",
    )
    assert "123456785" in by_post.custody.last().note


@pytest.mark.usefixtures("known_norms_and_forms")
def test_the_day_it_should_arrive_by_follows_the_norm_of_its_route(office, by_post):
    item = hand_over(by_post, office).postal_items.get()

    # Within the province J+2, and 10/06/2020 was a Wednesday.
    assert (item.expected_on, item.news_due_on) == (date(2020, 6, 12),) * 2


def test_a_result_by_post_is_not_returned_before_the_post_has_tried(office, by_post):
    before = everything_kept()

    with pytest.raises(Conflict, match="goes by post: hand it to the post"):
        actions.return_result(by_post, by=office.clerk, at=at(DAY))

    assert everything_kept() == before


def test_a_result_at_the_counter_is_not_handed_to_the_post(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    before = everything_kept()

    with pytest.raises(Conflict, match="does not go by post"):
        hand_over(dossier, office)

    assert everything_kept() == before


def test_two_results_may_go_in_one_envelope(office):
    for _ in range(2):
        hand_over(
            dossier_at(Status.RESULT_READY, office, return_channel=BY_POST), office
        )

    item = PostalItem.objects.get()
    assert item.dossiers.count() == 2
    assert item.events.count() == 1  # accepted once


def test_a_result_does_not_join_an_envelope_that_has_left(office, by_post):
    left = dossier_at(Status.WITH_POST, office).postal_items.get()
    actions.record_news(left, ItemStatus.IN_TRANSIT, by=office.postal_clerk, at=at(DAY))
    before = everything_kept()

    with pytest.raises(Conflict, match=f"{left.number} has left already: «under way»"):
        actions.hand_to_post(
            by_post,
            PostalItem(number=left.number, leg=Leg.RETURN),
            by=office.clerk,
            at=at(DAY),
        )

    assert everything_kept() == before


def test_a_result_that_came_back_goes_out_again_in_another_envelope(office):
    dossier = dossier_at(Status.UNDELIVERED, office)
    first = dossier.postal_items.get()
    before = everything_kept()

    with pytest.raises(Conflict, match=f"{first.number} has left already: «came back»"):
        actions.hand_to_post(
            dossier,
            PostalItem(number=first.number, leg=Leg.RETURN),
            by=office.clerk,
            at=at(DAY),
        )
    assert everything_kept() == before

    dossier = take(Step.DELIVERED, hand_over(dossier, office), office, at(DAY))
    assert (dossier.status, dossier.closed_on) == (Status.RETURNED, DAY)
    assert dossier.returned_on == MONDAY + timedelta(days=3)  # when it first left
    assert dossier.postal_items.count() == 2


def test_the_envelope_that_came_in_may_not_be_taken_for_the_one_that_goes_out(
    office, by_post
):
    going = hand_over(by_post, office)
    coming = dossier_at(
        Status.RECEIVED, office, intake_channel="public_post", item=envelope(5)
    )

    assert going.postal_items.get() != coming.postal_items.get()


def test_an_envelope_of_another_agency_is_refused_whole(office, other_office, by_post):
    theirs = dossier_at(Status.RESULT_READY, other_office, return_channel=BY_POST)
    hand_over(theirs, other_office)
    before = everything_kept()

    with pytest.raises(Conflict, match="already used by another desk"):
        hand_over(by_post, office)

    assert everything_kept() == before


def test_without_a_post_office_nothing_is_handed_over(office, by_post):
    Organisation.objects.filter(pk=office.post_office.pk).update(valid_to=MONDAY)
    before = everything_kept()

    with pytest.raises(Invalid, match="No post office has been entered for Tỉnh UBND"):
        hand_over(by_post, office)

    assert everything_kept() == before


def test_an_envelope_that_fails_leaves_nothing_behind(office, by_post, monkeypatch):
    before = everything_kept()

    def fail(*args):
        raise RuntimeError("torn")

    monkeypatch.setattr("dossiers.actions.posting.put_in_item", fail)
    with pytest.raises(RuntimeError, match="torn"):
        hand_over(by_post, office)

    assert everything_kept() == before


def test_the_post_holds_the_papers_until_the_result_is_delivered(office, by_post):
    hand_over(by_post, office)
    assert outcomes(by_post) == [(1, office.post_office.pk, "")]
    assert by_post.custody.last().held_by == office.post_office

    take(Step.DELIVERED, by_post, office, at(DAY))

    assert outcomes(by_post) == [(1, None, Outcome.RETURNED)]
    assert by_post.custody.last().held_by is None


def test_an_original_that_lies_elsewhere_holds_the_result_back(office, three_papers):
    # Somebody left it at the agency: no verb does that, an incident may.
    three_papers.papers.filter(position=3).update(held_by=office.agency)
    before = everything_kept()

    with pytest.raises(Conflict, match="The original «Sổ» is with Sở SNV"):
        actions.return_result(three_papers, by=office.clerk, at=at(DAY))

    assert everything_kept() == before


def test_every_paper_goes_back_with_the_result(office, three_papers):
    actions.return_result(three_papers, by=office.clerk, at=at(DAY))

    assert outcomes(three_papers) == [(n, None, Outcome.RETURNED) for n in (1, 2, 3)]


def test_what_the_law_keeps_stays_and_the_rest_goes_back(office, three_papers):
    actions.return_result(three_papers, by=office.clerk, at=at(DAY), kept=[1, 2])

    assert outcomes(three_papers) == [
        (1, None, Outcome.KEPT_BY_LAW),
        (2, None, Outcome.KEPT_BY_LAW),
        (3, None, Outcome.RETURNED),
    ]


EARLY_ENDS = [actions.refuse, actions.withdraw, actions.discontinue]


@pytest.mark.parametrize("verb", EARLY_ENDS)
def test_a_dossier_that_ends_early_gives_every_paper_back(office, verb):
    dossier = dossier_at(Status.PROCESSING, office)

    verb(dossier, reason="Xin rút", by=office.clerk, at=at(DAY))

    assert outcomes(dossier) == [(1, None, Outcome.RETURNED)]


@pytest.mark.parametrize("verb", EARLY_ENDS)
def test_papers_that_are_not_given_back_at_once_wait_at_the_desk(office, verb):
    dossier = dossier_at(Status.PROCESSING, office)

    verb(dossier, reason="Xin rút", by=office.clerk, at=at(DAY), gives_back=False)

    dossier.refresh_from_db()
    assert outcomes(dossier) == [(1, office.desk.pk, "")]
    assert dossier.custody.last().held_by == office.desk
    assert dossier.closed_on is None
    assert list(Dossier.objects.with_papers_left()) == [dossier]


def test_papers_that_waited_go_home_from_the_desk(office):
    dossier = dossier_at(Status.PROCESSING, office)
    how = {"by": office.clerk, "at": at(DAY)}
    actions.withdraw(dossier, reason="Xin rút", gives_back=False, **how)

    dossier = actions.give_papers_back(dossier, **how)

    assert outcomes(dossier) == [(1, None, Outcome.RETURNED)]
    assert (dossier.closed_on, dossier.status) == (DAY, Status.WITHDRAWN)
    with pytest.raises(Conflict, match="no paper waits to go home"):
        actions.give_papers_back(dossier, **how)


def test_papers_that_waited_go_home_by_post_and_are_closed_when_they_arrive(office):
    dossier = dossier_at(Status.PROCESSING, office)
    how = {"by": office.clerk, "at": at(DAY)}
    actions.withdraw(dossier, reason="Xin rút", gives_back=False, **how)

    dossier = actions.post_papers_home(dossier, envelope(6, Leg.RETURN), **how)
    assert (dossier.closed_on, dossier.status) == (None, Status.WITHDRAWN)
    assert outcomes(dossier) == [(1, office.post_office.pk, "")]
    take(Step.DELIVERED, dossier, office, at(DAY))

    dossier.refresh_from_db()
    assert (dossier.closed_on, dossier.status) == (DAY, Status.WITHDRAWN)
    assert outcomes(dossier) == [(1, None, Outcome.RETURNED)]


def test_papers_of_what_never_arrived_are_given_back_by_the_post(office):
    dossier = dossier_at(Status.ANNOUNCED, office)
    how = {"by": office.clerk, "at": at(DAY)}
    actions.refuse(dossier, reason="Sai nơi", gives_back=False, **how)
    assert outcomes(dossier) == [(1, office.post_office.pk, "")]

    dossier = actions.give_papers_back(dossier, **how)

    assert outcomes(dossier) == [(1, None, Outcome.RETURNED)]
    assert dossier.closed_on == DAY

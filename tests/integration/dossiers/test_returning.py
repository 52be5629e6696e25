"""Returning the result: the envelope it goes in, and the papers that go with it."""

from datetime import date

import pytest

from dossiers import actions
from dossiers.models import Paper, PostalItem
from dossiers.statuses import ReturnChannel, Status
from postal_tthc.errors import Conflict, Invalid
from procedures.models import Leg, RequiredPaper
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, make_draft
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

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


def test_a_result_by_post_goes_in_an_envelope(office, by_post):
    item = PostalItem(
        number="ee 123456785 vn", leg=Leg.RETURN, posted_on=DAY, postage_dong=26_000
    )

    actions.return_result(by_post, by=office.clerk, at=at(DAY), item=item)

    kept = by_post.postal_items.get()
    assert (kept.number, kept.leg) == ("EE123456785VN", Leg.RETURN)
    assert (kept.posted_on, kept.postage_dong) == (DAY, 26_000)
    assert "123456785" in by_post.custody.last().note


def test_a_result_by_post_without_an_envelope_is_not_returned(office, by_post):
    before = everything_kept()

    with pytest.raises(Invalid, match="write the number of its postal item"):
        actions.return_result(by_post, by=office.clerk, at=at(DAY))

    assert everything_kept() == before


def test_two_results_may_go_in_one_envelope(office):
    for _ in range(2):
        dossier = dossier_at(Status.RESULT_READY, office, return_channel=BY_POST)
        actions.return_result(
            dossier, by=office.clerk, at=at(DAY), item=envelope(5, Leg.RETURN)
        )

    assert PostalItem.objects.get().dossiers.count() == 2


def test_the_envelope_that_came_in_may_not_be_taken_for_the_one_that_goes_out(
    office, by_post
):
    going = actions.return_result(
        by_post, by=office.clerk, at=at(DAY), item=envelope(5, Leg.RETURN)
    )
    coming = dossier_at(
        Status.RECEIVED, office, intake_channel="public_post", item=envelope(5)
    )

    assert going.postal_items.get() != coming.postal_items.get()


def test_an_envelope_of_another_agency_is_refused_whole(office, other_office, by_post):
    theirs = dossier_at(Status.RESULT_READY, other_office, return_channel=BY_POST)
    actions.return_result(
        theirs, by=other_office.clerk, at=at(DAY), item=envelope(5, Leg.RETURN)
    )
    before = everything_kept()

    with pytest.raises(Conflict, match="already used by another desk"):
        actions.return_result(
            by_post, by=office.clerk, at=at(DAY), item=envelope(5, Leg.RETURN)
        )

    assert everything_kept() == before


def test_a_power_cut_after_any_write_leaves_nothing_behind(office, by_post):
    writes = writes_that_leave_nothing_behind(
        lambda: actions.return_result(
            by_post,
            by=office.clerk,
            at=at(DAY),
            kept=[1],
            item=envelope(5, Leg.RETURN),
        )
    )

    # dossier, kept papers, other papers, log, envelope, its link
    assert writes == 6


def test_an_envelope_that_fails_leaves_nothing_behind(office, by_post, monkeypatch):
    before = everything_kept()

    def fail(*args):
        raise RuntimeError("torn")

    monkeypatch.setattr("dossiers.actions.moving.put_in_item", fail)
    with pytest.raises(RuntimeError, match="torn"):
        actions.return_result(
            by_post, by=office.clerk, at=at(DAY), item=envelope(5, Leg.RETURN)
        )

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


@pytest.mark.parametrize("verb", [actions.refuse, actions.withdraw])
def test_a_dossier_that_ends_early_gives_every_paper_back(office, verb):
    dossier = dossier_at(Status.PROCESSING, office)

    verb(dossier, reason="Xin rút", by=office.clerk, at=at(DAY))

    assert outcomes(dossier) == [(1, None, Outcome.RETURNED)]

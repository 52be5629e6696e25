"""The passport of a paper: every hand it went through, without a gap."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dossiers import actions
from dossiers.models import Dossier, Incident, Paper
from dossiers.passports import Hand, passports
from dossiers.postal_statuses import Reason
from dossiers.statuses import Status
from procedures.models import Leg, RequiredPaper
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

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

LATER = at(date(2020, 6, 10))


def hands(dossier: Dossier) -> tuple[Hand, ...]:
    """The line of the first paper."""
    return passports(Dossier.objects.get(pk=dossier.pk))[0].hands


def told(dossier: Dossier) -> list[tuple[object, str]]:
    return [(hand.holder, hand.outcome) for hand in hands(dossier)]


def test_the_line_is_unbroken(office):
    dossier = dossier_at(Status.RETURNED, office, return_channel="public_post")

    line = hands(dossier)

    assert told(dossier) == [
        (office.desk, ""),
        (office.agency, ""),
        (office.desk, ""),
        (office.post_office, ""),
        (None, "returned"),
    ]
    assert all(before.until == after.since for before, after in pairwise(line))
    assert line[-1].until is None


def test_each_hand_says_by_which_step_and_item(office):
    dossier = dossier_at(Status.WITH_POST, office)
    item = dossier.postal_items.get()

    post = hands(dossier)[-1]

    assert (post.step, post.item, post.by) == (
        "Result handed to the post",
        item,
        office.clerk,
    )
    assert post.since == at(MONDAY + timedelta(days=3))


def test_the_seal_at_packing_is_in_the_line(office):
    dossier = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    item = envelope(7, Leg.RETURN)
    item.seal_number = "NP-7"
    actions.hand_to_post(dossier, item, by=office.clerk, at=LATER)

    assert hands(dossier)[-1].seal == "NP-7"


def test_a_step_that_moves_no_paper_is_not_a_hand(office):
    dossier = receive(office)
    actions.correct(dossier, {"note": "Gấp"}, by=office.clerk, at=LATER)

    assert told(dossier) == [(office.desk, "")]


def test_what_was_taken_back_stays_in_the_line(office):
    dossier = dossier_at(Status.PROCESSING, office)
    actions.take_back(dossier, reason="Nhầm", by=office.leader, at=LATER)

    assert told(dossier) == [
        (office.desk, ""),
        (office.agency, ""),
        (office.desk, ""),
    ]
    assert hands(dossier)[-1].step == "Last step taken back"


def test_what_came_back_was_with_the_post_meanwhile(office):
    dossier = dossier_at(Status.WITH_POST, office)
    item = dossier.postal_items.get()
    actions.record_attempt(item, Reason.MOVED, by=office.clerk, at=LATER)
    actions.come_back(item, by=office.clerk, at=LATER)

    assert told(dossier)[-2:] == [(office.post_office, ""), (office.desk, "")]


def test_the_post_has_what_was_announced(office):
    assert told(register(office)) == [(office.post_office, "")]


def test_lost_and_found_stand_in_the_line(office):
    dossier = receive(office)
    incident = actions.report_incident(
        Incident.Kind.LOST,
        dossier=dossier,
        papers=[1],
        found_out_on=LATER.date(),
        description="Thất lạc",
        by=office.clerk,
        at=LATER,
    )
    actions.resolve_incident(
        incident,
        Incident.Outcome.FOUND,
        holder=office.agency,
        resolution="Thấy",
        by=office.clerk,
        at=LATER,
    )

    line = hands(dossier)
    assert told(dossier) == [(office.desk, ""), (None, "lost"), (office.agency, "")]
    assert [hand.left for hand in line] == ["", "Lost", ""]
    assert line[1].step == "Incident"


def test_the_lines_of_several_papers_do_not_mix(office):
    forms = RequiredPaper.Form
    papers = [
        Paper(name="Bằng", form=forms.ORIGINAL),
        Paper(name="Đơn", form=forms.COPY),
    ]
    dossier = actions.receive(
        make_draft(make_procedure(office)),
        by=office.clerk,
        at=at(MONDAY),
        papers=papers,
    )
    actions.start_processing(dossier, by=office.clerk, at=LATER)
    dossier = actions.mark_result_ready(dossier, by=office.clerk, at=LATER)
    actions.return_result(dossier, by=office.clerk, at=LATER, kept=[2])

    original, copy = passports(dossier)
    assert [x.outcome for x in (original.now, copy.now)] == ["returned", "kept_by_law"]
    assert (original.is_original, copy.is_original) == (True, False)


def test_a_paper_that_came_later_begins_with_its_own_hand(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)
    paper = Paper(name="Sổ", form=RequiredPaper.Form.ORIGINAL)
    actions.receive_supplement(dossier, papers=[paper], by=office.clerk, at=LATER)

    _first, second = passports(Dossier.objects.get(pk=dossier.pk))

    assert [(hand.holder, hand.step) for hand in second.hands] == [
        (office.desk, "Supplement complete")
    ]


def test_a_paper_that_the_log_does_not_know_has_no_line(office):
    dossier = receive(office)
    Paper.objects.create(
        dossier=dossier, position=9, name="Chèn", form="copy", held_by=office.desk
    )

    stray = passports(dossier)[1]

    assert (stray.hands, stray.now) == ((), None)


def test_the_page_shows_who_holds_each_original_since_when(sign_in, office):
    dossier = dossier_at(Status.WITH_POST, office)
    item = dossier.postal_items.get()

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    assert "Bưu điện UBND" in page
    assert "since 09:00, 04/06/2020" in page
    assert "Passport: 4 hands" in page
    assert f'href="/dossiers/items/{item.pk}/"' in page


def test_the_page_of_a_dossier_without_papers_says_so(sign_in, office):
    dossier = actions.receive(
        make_draft(make_procedure(office)), by=office.clerk, at=at(MONDAY)
    )

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    assert "No paper was recorded." in page


def test_the_number_of_queries_does_not_grow_with_the_line(
    office, django_assert_max_num_queries
):
    dossier = dossier_at(Status.RETURNED, office, return_channel="public_post")

    with django_assert_max_num_queries(6):
        passports(Dossier.objects.get(pk=dossier.pk))

"""Minutes of what goes out with the post: results, papers, envelopes."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.custody import verify
from dossiers.models import Handover, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import IntakeChannel, Status
from postal_tthc.errors import Conflict, Invalid
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope
from tests.factories.handovers import begin, scan, sign

OUT = Handover.Direction.OUT
DAY = MONDAY + timedelta(days=4)
NUMBER = envelope(1, Leg.RETURN).number


def ready(office, **values):
    return dossier_at(
        Status.RESULT_READY, office, return_channel="public_post", **values
    )


def test_a_result_goes_out_with_its_envelope(office):
    dossier = ready(office)
    handover = begin(office, at(DAY), OUT)

    assert scan(handover, dossier.code, office, at(DAY)) == "added"
    assert scan(handover, NUMBER, office, at(DAY)) == "envelope"
    handover = sign(handover, office, at(DAY))

    dossier.refresh_from_db()
    item = dossier.postal_items.get(leg=Leg.RETURN)
    assert dossier.status == Status.WITH_POST
    assert dossier.returned_on == item.posted_on == DAY
    assert (item.number, item.status) == (NUMBER, ItemStatus.ACCEPTED)
    assert item.recipient_address == dossier.return_address
    assert {paper.held_by for paper in dossier.papers.all()} == {office.post_office}
    assert handover.code == "BBGN-SNV-MC-200605-T01"
    assert verify().breaks == []


def test_a_result_without_an_envelope_is_not_signed_for(office):
    handover = begin(office, at(DAY), OUT)
    scan(handover, ready(office).code, office, at(DAY))

    with pytest.raises(Invalid, match="scan the number of the envelope"):
        actions.sign_for_desk(handover, by=office.clerk, at=at(DAY))


def test_several_results_go_in_one_envelope(office):
    first, second = ready(office), ready(office)
    handover = begin(office, at(DAY), OUT)
    for text in (first.code, NUMBER, second.code, NUMBER):
        scan(handover, text, office, at(DAY))

    sign(handover, office, at(DAY))

    item = PostalItem.objects.get()
    assert set(item.dossiers.all()) == {first, second}
    assert item.events.count() == 1


def test_an_envelope_scanned_twice_is_double(office):
    handover = begin(office, at(DAY), OUT)
    scan(handover, ready(office).code, office, at(DAY))
    scan(handover, NUMBER, office, at(DAY))

    assert scan(handover, NUMBER, office, at(DAY)) == "double"


def test_papers_kept_by_law_stay_here(office):
    dossier = ready(office)
    handover = begin(office, at(DAY), OUT)
    scan(handover, dossier.code, office, at(DAY))
    scan(handover, NUMBER, office, at(DAY))
    line = handover.lines.get()
    actions.write_line(line, {"kept": [1]}, by=office.clerk)

    sign(handover, office, at(DAY))

    assert dossier.papers.get().outcome == Paper.Outcome.KEPT_BY_LAW


def test_what_the_postman_must_bring_back_goes_with_the_envelope(office):
    dossier = ready(office)
    handover = begin(office, at(DAY), OUT)
    scan(handover, dossier.code, office, at(DAY))
    scan(handover, NUMBER, office, at(DAY))
    facts = {
        "fees_dong": 30_000,
        "recovers": "Giấy phép cũ",
        "postage_dong": 26_000,
        "seal_number": "BG-7",
    }
    actions.write_line(handover.lines.get(), facts, by=office.clerk)

    sign(handover, office, at(DAY))

    item = PostalItem.objects.get()
    assert (item.collect_dong, item.recovers) == (30_000, "Giấy phép cũ")
    assert (item.postage_dong, item.seal_number) == (26_000, "BG-7")


def test_papers_of_a_refused_dossier_go_home_by_post(office):
    dossier = dossier_at(
        Status.PROCESSING, office, intake_channel=IntakeChannel.PUBLIC_POST
    )
    dossier = actions.refuse(
        dossier,
        reason="Sai",
        by=office.case_officer,
        at=at(MONDAY + timedelta(days=2)),
        gives_back=False,
    )
    assert dossier.closed_on is None
    handover = begin(office, at(DAY), OUT)
    scan(handover, dossier.code, office, at(DAY))
    scan(handover, NUMBER, office, at(DAY))
    sign(handover, office, at(DAY))
    item = PostalItem.objects.get(number=NUMBER)
    assert {paper.held_by for paper in dossier.papers.all()} == {office.post_office}

    actions.deliver(item, by=office.postal_clerk, at=at(DAY + timedelta(days=1)))

    dossier.refresh_from_db()
    assert dossier.status == Status.REFUSED
    assert dossier.closed_on == DAY + timedelta(days=1)
    assert dossier.papers.get().outcome == Paper.Outcome.RETURNED


def test_a_result_for_the_counter_does_not_go_out(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    handover = begin(office, at(DAY), OUT)

    answer = actions.scan(handover, dossier.code, by=office.clerk, at=at(DAY))

    assert answer.outcome == "wrong"
    assert "nothing of it goes out" in answer.sentence


def test_one_line_that_fails_lets_nothing_happen(office):
    first, second = ready(office), ready(office)
    handover = begin(office, at(DAY), OUT)
    for text in (first.code, NUMBER, second.code, envelope(2).number):
        scan(handover, text, office, at(DAY))
    actions.sign_for_desk(handover, by=office.clerk, at=at(DAY))
    # Meanwhile somebody else hands the second one to the post.
    actions.hand_to_post(second, envelope(3, Leg.RETURN), by=office.clerk, at=at(DAY))

    with pytest.raises(Conflict, match=f"Line 2: .*{second.code}"):
        actions.sign_for_post(handover, by=office.postal_clerk, at=at(DAY))

    first.refresh_from_db()
    handover.refresh_from_db()
    assert first.status == Status.RESULT_READY
    assert handover.status == Handover.Status.DESK_SIGNED
    assert not PostalItem.objects.filter(number=NUMBER).exists()

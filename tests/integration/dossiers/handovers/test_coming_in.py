"""Minutes of what the post brings: scanning, counting, signing, clocks."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.clock import BY_MINUTES, intervals
from dossiers.custody import verify
from dossiers.models import Handover, HandoverLine, Incident, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status, Step
from postal_tthc.errors import Conflict, Invalid, Refused
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register, take
from tests.factories.handovers import begin, bring_in, scan, sign, sign_on_paper

TUESDAY = MONDAY + timedelta(days=1)
Kind = HandoverLine.Kind


def test_the_clock_starts_when_both_have_signed(office):
    dossier = register(office)
    assert (dossier.code, dossier.clock_started_on, dossier.due_on) == (None,) * 3

    dossier, handover = bring_in(dossier, office, at(TUESDAY, 14))

    assert dossier.status == Status.RECEIVED
    assert dossier.code == "H02.16-200602-0001"
    assert dossier.received_at == handover.signed_at == at(TUESDAY, 14)
    assert dossier.clock_started_on == TUESDAY
    assert dossier.due_on == date(2020, 6, 16)
    assert [x.rule for x in intervals(dossier)] == [BY_MINUTES]
    assert {paper.held_by for paper in dossier.papers.all()} == {office.desk}
    assert verify().breaks == []


def test_signing_moves_nothing_before_the_post_has_signed_too(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))

    handover = actions.sign_for_desk(handover, by=office.clerk, at=at(TUESDAY))

    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED
    assert handover.code == "BBGN-SNV-MC-200602-N01"


def test_the_envelope_has_arrived_with_the_minutes(office):
    dossier = register(office)

    bring_in(dossier, office, at(TUESDAY))

    item = dossier.postal_items.get()
    assert (item.status, item.delivered_on) == (ItemStatus.DELIVERED, TUESDAY)


@pytest.mark.parametrize("by", ["number", "provisional"])
def test_an_envelope_is_scanned_by_its_number_or_by_its_dossier(office, by):
    dossier = register(office, item=envelope(7))
    handover = begin(office, at(TUESDAY))
    text = envelope(7).number if by == "number" else dossier.reference.lower()

    assert scan(handover, text, office, at(TUESDAY)) == "added"
    assert scan(handover, text, office, at(TUESDAY)) == "double"
    line = handover.lines.get()
    assert (line.kind, line.dossier, line.originals) == (Kind.DOSSIER, dossier, 1)


def test_one_envelope_with_two_dossiers_gives_two_lines(office):
    first = register(office, item=envelope(7))
    second = register(office, item=envelope(7))
    handover = begin(office, at(TUESDAY))

    scan(handover, envelope(7).number, office, at(TUESDAY))
    sign(handover, office, at(TUESDAY))

    for dossier in (first, second):
        dossier.refresh_from_db()
        assert dossier.status == Status.RECEIVED
    assert PostalItem.objects.get().events.filter(status="delivered").count() == 1


def test_an_unknown_number_is_kept_and_holds_the_signature_up(office):
    handover = begin(office, at(TUESDAY))
    assert scan(handover, envelope(9).number, office, at(TUESDAY)) == "unknown"

    with pytest.raises(Invalid, match="Enter it, or set it aside"):
        actions.sign_for_desk(handover, by=office.clerk, at=at(TUESDAY))

    dossier = register(office, on=TUESDAY, item=envelope(9))
    assert scan(handover, envelope(9).number, office, at(TUESDAY)) == "added"
    assert [line.dossier for line in handover.lines.all()] == [dossier]
    assert sign(handover, office, at(TUESDAY)).status == Handover.Status.LOCKED


def test_what_is_set_aside_goes_back_and_changes_nothing(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    line = handover.lines.get()
    with pytest.raises(Invalid, match="Say why"):
        actions.write_line(line, {"set_aside": True}, by=office.clerk)
    facts = {"set_aside": True, "note": "Phong bì rách"}
    actions.write_line(line, facts, by=office.clerk)

    sign(handover, office, at(TUESDAY))

    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED


def test_papers_that_do_not_match_the_list_need_a_word(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    line = handover.lines.get()
    actions.write_line(line, {"originals": 0}, by=office.clerk)
    with pytest.raises(Invalid, match="do not match its list"):
        actions.sign_for_desk(handover, by=office.clerk, at=at(TUESDAY))
    actions.write_line(
        line, {"is_complete": False, "note": "Thiếu bằng"}, by=office.clerk
    )

    sign(handover, office, at(TUESDAY))

    incident = Incident.objects.get()
    assert (incident.kind, incident.dossier) == (Incident.Kind.COUNT, dossier)
    assert incident.description == "Thiếu bằng"
    assert dossier.custody.last().step == Step.INCIDENT
    assert verify().breaks == []


@pytest.mark.parametrize(("keyed", "incidents"), [("S-001", 0), ("S-002", 1), ("", 1)])
def test_a_seal_that_does_not_match_opens_an_incident(office, keyed, incidents):
    item = envelope(7)
    item.seal_number = "S-001"
    dossier = register(office, item=item)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    line = handover.lines.get()
    actions.write_line(line, {"seal_number": keyed}, by=office.clerk)

    sign(handover, office, at(TUESDAY))

    found = Incident.objects.filter(kind=Incident.Kind.SEAL)
    assert found.count() == incidents
    assert dossier.postal_items.get().opened_seal_number == keyed


def test_a_supplement_by_post_starts_the_clock_anew(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)
    thursday = MONDAY + timedelta(days=10)
    handover = begin(office, at(thursday))
    assert scan(handover, dossier.code, office, at(thursday)) == "added"

    sign(handover, office, at(thursday))

    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED
    assert dossier.due_on == date(2020, 6, 25)


def test_a_supplement_is_counted_against_what_was_asked_for(office):
    dossier = dossier_at(Status.PROCESSING, office)
    asked = [{"name": "Bằng gốc", "form": "original", "quantity": 2}]
    dossier = actions.request_supplement(
        dossier,
        by=office.case_officer,
        at=at(MONDAY + timedelta(days=2)),
        reason="Thiếu bằng",
        papers=asked,
    )
    thursday = at(MONDAY + timedelta(days=10))
    handover = begin(office, thursday)
    scan(handover, dossier.code, office, thursday)
    line = handover.lines.get()
    assert line.originals == 2

    actions.write_line(
        line, {"is_complete": False, "note": "Thiếu một bản"}, by=office.clerk
    )
    with pytest.raises(Invalid, match="is not complete, so its clock does not start"):
        actions.sign_for_desk(handover, by=office.clerk, at=thursday)

    actions.write_line(line, {"is_complete": True, "note": ""}, by=office.clerk)
    sign(handover, office, thursday)
    assert [paper.name for paper in dossier.papers.all()][1:] == ["Bằng gốc"]


def test_a_result_that_comes_back_is_undelivered(office):
    dossier = dossier_at(Status.WITH_POST, office)
    item = dossier.postal_items.get(leg=Leg.RETURN)
    actions.record_attempt(
        item, "refused_it", by=office.postal_clerk, at=at(MONDAY + timedelta(days=4))
    )
    day = at(MONDAY + timedelta(days=7))
    handover = begin(office, day)
    assert scan(handover, item.number, office, day) == "added"

    sign(handover, office, day)

    dossier.refresh_from_db()
    assert dossier.status == Status.UNDELIVERED
    assert {paper.held_by for paper in dossier.papers.all()} == {office.desk}


def test_fees_of_a_delivered_result_are_remitted_once(office):
    dossier = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    item = envelope(7, Leg.RETURN)
    item.collect_dong = 50_000
    day = MONDAY + timedelta(days=3)
    actions.hand_to_post(dossier, item, by=office.clerk, at=at(day))
    item = PostalItem.objects.get(number=item.number)
    actions.deliver(item, by=office.postal_clerk, at=at(day + timedelta(days=1)))
    handover = begin(office, at(day + timedelta(days=2)))

    assert scan(handover, item.number, office, at(day + timedelta(days=2))) == "added"
    assert handover.lines.get().fees_dong == 50_000
    sign(handover, office, at(day + timedelta(days=2)))

    item.refresh_from_db()
    assert item.remitted_on == day + timedelta(days=2)
    assert not PostalItem.objects.owing().exists()


def test_fees_that_come_with_a_dossier_are_not_owed_any_more(office):
    item = envelope(7)
    item.collect_dong = 20_000
    register(office, item=item)
    handover = begin(office, at(TUESDAY))
    scan(handover, item.number, office, at(TUESDAY))
    assert handover.lines.get().fees_dong == 20_000

    sign(handover, office, at(TUESDAY))

    assert PostalItem.objects.get().remitted_on == TUESDAY
    assert not PostalItem.objects.owing().exists()


def test_a_dossier_from_elsewhere_is_unknown_here(office, other_office):
    theirs = register(other_office)
    handover = begin(office, at(TUESDAY))

    assert scan(handover, theirs.reference, office, at(TUESDAY)) == "unknown"


def test_a_dossier_that_is_not_on_its_way_is_told_and_not_added(office):
    dossier = dossier_at(Status.PROCESSING, office)
    handover = begin(office, at(TUESDAY))

    answer = actions.scan(handover, dossier.code, by=office.clerk, at=at(TUESDAY))

    assert answer.outcome == "wrong"
    assert "nothing of it comes in" in answer.sentence
    assert not handover.lines.exists()


def test_an_undone_scan_is_missing_again(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))

    actions.remove_line(handover, 1, by=office.clerk)

    assert scan(handover, dossier, office, at(TUESDAY)) == "added"
    with pytest.raises(Conflict, match="not there any more"):
        actions.remove_line(handover, 7, by=office.clerk)


def test_the_post_may_sign_on_paper(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))

    handover = sign_on_paper(handover, office, at(TUESDAY, 16))

    dossier.refresh_from_db()
    assert handover.post_signatory == "Nguyễn Văn Bưu"
    with handover.scan.open() as scanned:
        assert scanned.read() == b"%PDF-1.4 signed"
    assert dossier.received_at == at(TUESDAY, 16)


def test_an_announced_dossier_is_not_received_without_minutes(office):
    with pytest.raises(Conflict, match="handover minutes"):
        take(Step.RECEIVED, register(office), office, at(TUESDAY))


def test_empty_minutes_are_not_signed(office):
    with pytest.raises(Invalid, match="scan the pile first"):
        actions.sign_for_desk(
            begin(office, at(TUESDAY)), by=office.clerk, at=at(TUESDAY)
        )


def test_the_desk_may_count_again_until_the_post_has_signed(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    signed = actions.sign_for_desk(handover, by=office.clerk, at=at(TUESDAY))
    number = signed.code

    reopened = actions.reopen(signed, by=office.clerk)
    again = sign(reopened, office, at(TUESDAY))

    assert again.code == number
    with pytest.raises(Conflict):
        actions.reopen(again, by=office.clerk)


def test_minutes_given_up_do_nothing(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))

    actions.abandon(handover, by=office.clerk)

    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED
    assert begin(office, at(TUESDAY)) != handover


REFUSED = [
    ("case_officer", "scan"),
    ("postal_clerk", "scan"),
    ("leader", "sign_for_desk"),
    ("postal_clerk", "sign_for_desk"),
    ("clerk", "sign_for_post"),
    ("leader", "sign_for_post"),
]


@pytest.mark.parametrize(("role", "verb"), REFUSED)
def test_others_neither_count_nor_sign(office, role, verb):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    person = office.people[role]

    more = {"text": "X"} if verb == "scan" else {}

    with pytest.raises(Refused):
        getattr(actions, verb)(handover, by=person, at=at(TUESDAY), **more)

    handover.refresh_from_db()
    assert (handover.status, handover.lines.count()) == (Handover.Status.OPEN, 1)


def test_another_post_office_does_not_sign(office, other_office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    actions.sign_for_desk(handover, by=office.clerk, at=at(TUESDAY))

    with pytest.raises(Refused, match="signs these minutes"):
        actions.sign_for_post(handover, by=other_office.postal_clerk, at=at(TUESDAY))

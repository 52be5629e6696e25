"""Whatever somebody changes behind the log's back, its first broken link is named."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from dossiers import actions, custody
from dossiers.models import CustodyEntry, Dossier, Handover, Paper, PostalItem
from dossiers.statuses import ReturnChannel, Status, Step
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.offices import Office

LATER = at(MONDAY + timedelta(days=9))
ENTRIES = 5  # received, handed to the officer, ready, handed to the post, delivered


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A dossier that went its whole way by post."""
    out = {"return_channel": ReturnChannel.PUBLIC_POST}
    return dossier_at(Status.RETURNED, office, **out)


@pytest.fixture
def others(office: Office, other_office: Office, dossier: Dossier) -> dict[str, Any]:
    """For each column of an entry, something else that could stand there."""
    minutes = Handover.objects.create(
        desk=office.desk,
        post_office=office.post_office,
        direction="in",
        opened_by=office.clerk,
        opened_at=LATER,
    )
    received = receive(other_office, item=envelope(9))
    rewrite(received, 1, sequence=1_000, previous_seal="0" * 64)
    return {
        "dossier_id": received.pk,
        "sequence": 2_000,
        "step": Step.CORRECTED,
        "status": Status.AWAITING_PAYMENT,
        "at": LATER,
        "by_id": other_office.leader.pk,
        "held_by_id": other_office.desk.pk,
        "item_id": PostalItem.objects.get(dossiers=received).pk,
        "handover_id": minutes.pk,
        "state": {"status": "returned"},
        "note": "Không có gì",
        "recorded_at": LATER,
        "previous_seal": "0" * 64,
        "seal": "f" * 64,
    }


def rewrite(dossier: Dossier, number: int, /, **values: Any) -> None:
    """Change an entry as somebody at the database would, past every guard."""
    assert row(dossier, number).update(**values) == 1


def row(dossier: Dossier, sequence: int) -> QuerySet:
    return QuerySet(CustodyEntry).filter(dossier=dossier, sequence=sequence)


def first_break(dossier: Dossier) -> tuple[str, int] | None:
    """What is wrong with the log of a dossier, and from which entry on."""
    found = custody.verify(Dossier.objects.filter(pk=dossier.pk)).breaks
    assert all(x.dossier == dossier for x in found)
    assert len(found) <= 1
    return (found[0].what, found[0].sequence) if found else None


COLUMNS = {
    field.attname for field in CustodyEntry._meta.concrete_fields if field.name != "id"
}


@pytest.mark.parametrize("sequence", range(1, ENTRIES + 1))
def test_a_change_of_any_column_of_any_entry_is_found(dossier, others, sequence):
    assert set(others) == COLUMNS
    assert first_break(dossier) is None
    found, refused = {}, set()

    for column, other in others.items():
        point = transaction.savepoint()
        try:
            with transaction.atomic():
                rewrite(dossier, sequence, **{column: other})
            found[column] = first_break(dossier)
        except IntegrityError:
            refused.add(column)
        transaction.savepoint_rollback(point)

    # The database itself keeps the first entry first.
    assert refused == ({"sequence", "previous_seal"} if sequence == 1 else set())
    gone = ("cut", sequence) if sequence == ENTRIES else ("missing", sequence)
    expected = dict.fromkeys(COLUMNS - refused, ("altered", sequence))
    expected |= {"dossier_id": gone}
    if sequence > 1:
        expected |= {
            "sequence": ("missing", sequence),
            "previous_seal": ("unlinked", sequence),
        }
    assert found == expected


@pytest.mark.parametrize("column", ["held_by_id", "item_id", "state", "note"])
def test_what_is_wiped_out_is_found(dossier, column):
    handed_to_the_post = 4
    wiped = "" if column == "note" else None
    assert row(dossier, handed_to_the_post).values_list(column, flat=True).get()

    rewrite(dossier, handed_to_the_post, **{column: wiped})

    assert first_break(dossier) == ("altered", handed_to_the_post)


@pytest.mark.parametrize("sequence", range(1, ENTRIES + 1))
def test_an_entry_that_is_gone_is_missed(dossier, sequence):
    row(dossier, sequence).delete()

    is_last = sequence == ENTRIES
    assert first_break(dossier) == ("cut" if is_last else "missing", sequence)


@pytest.mark.parametrize("sequence", range(2, ENTRIES))
def test_a_gap_closed_by_moving_the_others_up_is_found(dossier, sequence):
    row(dossier, sequence).delete()
    for later in range(sequence + 1, ENTRIES + 1):
        rewrite(dossier, later, sequence=later - 1)

    assert first_break(dossier) == ("unlinked", sequence)


def test_a_log_that_is_gone_altogether_is_missed(dossier):
    QuerySet(CustodyEntry).filter(dossier=dossier).delete()

    assert first_break(dossier) == ("cut", 1)


@pytest.mark.parametrize(("one", "other"), [(2, 3), (2, 5), (4, 5)])
def test_two_entries_that_changed_places_are_found(dossier, one, other):
    rewrite(dossier, one, sequence=1_000)
    rewrite(dossier, other, sequence=one)
    rewrite(dossier, 1_000, sequence=other)

    assert first_break(dossier) == ("unlinked", one)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 3), (3, 5)])
def test_two_entries_that_changed_what_they_say_are_found(dossier, one, other):
    kept = COLUMNS - {"dossier_id", "sequence", "previous_seal", "seal"}
    first, second = (row(dossier, n).values(*kept).get() for n in (one, other))

    rewrite(dossier, one, **second)
    rewrite(dossier, other, **first)

    assert first_break(dossier) == ("altered", one)


def test_entries_exchanged_between_two_dossiers_are_found_in_both(office):
    one, other = (dossier_at(Status.PROCESSING, office) for _ in range(2))
    second, its_other = (row(x, 2).get().pk for x in (one, other))
    everything = QuerySet(CustodyEntry)

    everything.filter(pk=second).update(sequence=1_000)
    everything.filter(pk=its_other).update(dossier=one)
    everything.filter(pk=second).update(dossier=other, sequence=2)

    assert first_break(one) == ("unlinked", 2)
    assert first_break(other) == ("unlinked", 2)


def test_a_log_sealed_anew_from_the_change_on_does_not_end_where_it_should(dossier):
    """Who knows how seals are made still has the end of the chain against him."""
    rewrite(dossier, 3, note="Không có gì")
    previous = row(dossier, 2).get().seal
    for sequence in range(3, ENTRIES + 1):
        entry = row(dossier, sequence).get()
        entry.previous_seal = previous
        previous = custody.seal(entry)
        rewrite(dossier, sequence, previous_seal=entry.previous_seal, seal=previous)

    assert first_break(dossier) == ("cut", ENTRIES + 1)


def test_an_end_written_over_is_found(dossier):
    QuerySet(Dossier).filter(pk=dossier.pk).update(last_seal="f" * 64)

    assert first_break(dossier) == ("cut", ENTRIES + 1)


# What a step may change, changed without one, in a dossier that is being processed.
STRAYS: dict[str, dict[str, Any]] = {
    "status": {"status": Status.RECEIVED},
    "clock_started_on": {"clock_started_on": MONDAY - timedelta(days=1)},
    "due_on": {"due_on": MONDAY + timedelta(days=30)},
    "clock_stopped_on": {
        "status": Status.AWAITING_PAYMENT,
        "clock_stopped_on": MONDAY,
    },
    "reappointed_to": {"reappointed_to": MONDAY + timedelta(days=30)},
    "finished_on": {"status": Status.RESULT_READY, "finished_on": MONDAY},
    "returned_on": {
        "status": Status.RETURNED,
        "finished_on": MONDAY,
        "returned_on": MONDAY,
    },
    "closed_on": {
        "status": Status.RETURNED,
        "finished_on": MONDAY,
        "returned_on": MONDAY,
        "closed_on": MONDAY,
    },
    "closing_reason": {"closing_reason": "Không có gì"},
}


@pytest.mark.parametrize("name", STRAYS)
def test_a_dossier_changed_outside_its_log_is_found(office, name):
    dossier = dossier_at(Status.PROCESSING, office)

    QuerySet(Dossier).filter(pk=dossier.pk).update(**STRAYS[name])

    assert first_break(dossier) == ("strayed", 2)


def test_everything_that_a_step_may_change_has_been_tried():
    assert set(STRAYS) == set(custody.TOLD)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"held_by": None, "outcome": "returned"}, id="given back"),
        pytest.param({"held_by": None, "outcome": "lost"}, id="lost"),
        pytest.param({"held_by": "desk"}, id="held by another"),
        pytest.param({"position": 7}, id="renumbered"),
    ],
)
def test_a_paper_changed_outside_the_log_is_found(office, values):
    dossier = dossier_at(Status.PROCESSING, office)
    if values.get("held_by"):
        values = {"held_by": office.desk}

    QuerySet(Paper).filter(dossier=dossier).update(**values)

    assert first_break(dossier) == ("strayed", 2)


def test_a_paper_that_vanished_or_was_slipped_in_is_found(office):
    dossier = dossier_at(Status.PROCESSING, office)
    paper = Paper(dossier=dossier, position=2, name="x", form="copy")
    paper.held_by = office.desk

    paper.save()
    assert first_break(dossier) == ("strayed", 2)
    Paper.objects.filter(dossier=dossier).delete()
    assert first_break(dossier) == ("strayed", 2)


def test_every_broken_dossier_is_named_once_and_the_whole_ones_are_not(office):
    whole, broken, worse = (dossier_at(Status.PROCESSING, office) for _ in range(3))
    rewrite(broken, 2, note="x")
    rewrite(worse, 1, note="x")
    rewrite(worse, 2, note="x")

    told = custody.verify()

    assert told.entries == 6
    assert [(x.dossier, x.sequence) for x in told.breaks] == [(broken, 2), (worse, 1)]
    assert first_break(whole) is None


def test_verifying_changes_nothing(office, dossier):
    before = list(CustodyEntry.objects.values())

    custody.verify()

    assert list(CustodyEntry.objects.values()) == before


def test_a_journey_with_corrections_and_steps_taken_back_verifies(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    changes = {"applicant_phone": "0912345678"}
    actions.correct(dossier, changes, by=office.clerk, at=LATER)
    actions.take_back(dossier, reason="Nhầm", by=office.leader, at=LATER)

    assert custody.verify() == (5, [])

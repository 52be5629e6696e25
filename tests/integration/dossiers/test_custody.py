"""The log of a dossier: append-only, sealed entry to entry, and who holds what."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from dossiers import actions, custody
from dossiers.models import CustodyEntry
from dossiers.statuses import CLOSED, ReturnChannel, Status
from tests.factories.dossiers import MONDAY, at, dossier_at, receive

LATER = at(MONDAY + timedelta(days=9))


@pytest.fixture
def entries(office):
    """The log of a dossier that went its whole way."""
    return list(dossier_at(Status.RETURNED, office).custody.all())


def test_an_entry_is_not_saved_again(entries):
    entry = entries[1]
    entry.note = "Khác"

    with pytest.raises(TypeError, match="append-only"):
        entry.save()

    entry.refresh_from_db()
    assert entry.note == ""


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(lambda entry: entry.delete(), id="delete one"),
        pytest.param(lambda _: CustodyEntry.objects.all().delete(), id="delete all"),
        pytest.param(lambda entry: entry.dossier.custody.all().delete(), id="of one"),
        pytest.param(lambda _: CustodyEntry.objects.update(note="x"), id="update"),
        pytest.param(
            lambda entry: entry.dossier.custody.update(note="x"), id="update of one"
        ),
        pytest.param(
            lambda entry: CustodyEntry.objects.bulk_update([entry], ["note"]),
            id="bulk update",
        ),
        pytest.param(
            lambda entry: CustodyEntry.objects.update_or_create(
                pk=entry.pk, defaults={"note": "x"}
            ),
            id="update or create",
        ),
        pytest.param(
            lambda entry: CustodyEntry.objects.bulk_create(
                [entry],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["note"],
            ),
            id="bulk create over what is there",
        ),
    ],
)
def test_nothing_written_is_changed_or_deleted(entries, attempt):
    before = list(CustodyEntry.objects.values())

    with pytest.raises(TypeError, match="append-only"), transaction.atomic():
        attempt(entries[1])

    assert list(CustodyEntry.objects.values()) == before


def test_a_dossier_is_not_deleted_from_under_its_log(entries):
    with pytest.raises(ProtectedError):
        entries[0].dossier.delete()


def test_every_entry_is_sealed_to_the_one_before_it(entries):
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4]
    assert entries[0].previous_seal == ""
    assert all(b.previous_seal == a.seal for a, b in pairwise(entries))


def test_a_seal_read_back_is_the_seal_of_what_is_kept(entries):
    assert [custody.seal(entry) for entry in entries] == [e.seal for e in entries]


def test_logs_of_two_dossiers_do_not_mix(office):
    first, second = receive(office), receive(office)
    actions.start_processing(first, by=office.clerk, at=LATER)
    actions.start_processing(second, by=office.clerk, at=LATER)

    assert [entry.sequence for entry in second.custody.all()] == [1, 2]
    assert second.custody.last().previous_seal == second.custody.first().seal


SOMETHING_ELSE = {
    "dossier_id": 10_000,
    "sequence": 9,
    "step": "corrected",
    "status": "withdrawn",
    "at": datetime(2020, 6, 1, 2, 0, 0, 1, tzinfo=UTC),
    "by_id": 10_000,
    "held_by_id": None,
    "note": "Khác",
    "recorded_at": datetime(2020, 6, 1, 2, 0, 0, 1, tzinfo=UTC),
    "previous_seal": "0" * 64,
    "item_id": 10_000,
    "handover_id": 10_000,
    "state": None,
}


@pytest.mark.parametrize("field", SOMETHING_ELSE)
def test_the_seal_changes_when_anything_changes(entries, field):
    entry = entries[1]

    setattr(entry, field, SOMETHING_ELSE[field])

    assert custody.seal(entry) != entry.seal


def test_every_field_of_an_entry_is_under_the_seal():
    fields = {field.attname for field in CustodyEntry._meta.concrete_fields}

    assert fields - {"id", "seal"} == set(SOMETHING_ELSE)


@pytest.mark.parametrize(
    ("status", "holders"),
    [
        (Status.RECEIVED, ["desk"]),
        (Status.PROCESSING, ["desk", "agency"]),
        (Status.RESULT_READY, ["desk", "agency", "desk"]),
        (Status.RETURNED, ["desk", "agency", "desk", None]),
        (Status.REFUSED, ["desk", None]),
        (Status.WITHDRAWN, ["desk", None]),
        (Status.ANNOUNCED, ["post_office"]),
        (Status.REGISTERED, [None]),
        (Status.AWAITING_SUPPLEMENT, ["desk", "agency", "agency"]),
        (Status.AWAITING_PAYMENT, ["desk", "agency", "agency"]),
        (Status.DISCONTINUED, ["desk", "agency", None]),
        (Status.WITH_POST, ["desk", "agency", "desk", "post_office"]),
        (Status.UNDELIVERED, ["desk", "agency", "desk", "post_office", "desk"]),
    ],
)
def test_the_log_says_who_held_the_papers_after_each_step(office, status, holders):
    dossier = dossier_at(status, office)

    held = [entry.held_by for entry in dossier.custody.all()]
    assert held == [name and getattr(office, name) for name in holders]
    # What is registered has not brought its papers yet.
    holders = {paper.held_by for paper in dossier.papers.all()} or {None}
    assert holders == {held[-1]}


@pytest.mark.parametrize("status", CLOSED)
def test_no_paper_is_held_any_more_when_a_dossier_is_closed(office, status):
    dossier = dossier_at(status, office)

    assert not dossier.papers.filter(held_by__isnull=False).exists()
    assert not dossier.papers.filter(outcome="").exists()
    assert dossier.closed_on == timezone.localdate(dossier.custody.last().at)


def test_the_timeline_is_in_the_order_of_what_happened(office):
    dossier = dossier_at(Status.PROCESSING, office)
    actions.correct(dossier, {"note": "Gấp"}, by=office.clerk, at=LATER)
    actions.take_back(dossier, reason="Nhầm", by=office.leader, at=LATER)
    actions.start_processing(dossier, by=office.clerk, at=LATER)

    timeline = [(e.step, e.status) for e in dossier.custody.order_by("sequence")]
    assert timeline == [
        ("received", "received"),
        ("processing", "processing"),
        ("corrected", "processing"),
        ("taken_back", "received"),
        ("processing", "processing"),
    ]


def test_an_entry_has_the_hour_of_the_step_and_the_hour_of_writing(office):
    before = datetime.now(UTC)

    entry = receive(office, return_channel=ReturnChannel.PUBLIC_POST).custody.get()

    assert entry.at == at(MONDAY)
    assert before <= entry.recorded_at <= datetime.now(UTC)

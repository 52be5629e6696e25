"""A database of the first version, brought up to this one: nothing lost, all whole."""

import hashlib
import json
from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from dossiers import actions
from dossiers.clock import intervals
from dossiers.custody import verify
from dossiers.models import Dossier
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at
from tests.factories.offices import make_office
from tests.factories.procedures import make_procedure

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("known_calendar_days"),
]
FIRST = ("dossiers", "0001_initial")
STEPS = ("received", "processing", "result_ready", "returned")


def migrate(target: tuple[str, str]):
    """The models as they were at a migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


def migrate_to_the_newest() -> None:
    """Of every app: what rests on dossiers went back with them."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def seal_of_the_first_version(entry) -> str:
    """What an entry was sealed with before it kept a state."""
    content = {
        "dossier": entry.dossier_id,
        "sequence": entry.sequence,
        "step": entry.step,
        "status": entry.status,
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": entry.by_id,
        "held_by": entry.held_by_id,
        "note": entry.note,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(),
        "previous_seal": entry.previous_seal,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write_old_dossier(apps, office, procedure, steps: int, number: int) -> int:
    """A dossier with its paper, envelope and log, as the first version wrote them."""
    status = STEPS[steps - 1]
    finished = MONDAY + timedelta(days=2) if steps >= 3 else None
    returned = MONDAY + timedelta(days=3) if steps >= 4 else None
    dossier = apps.get_model("dossiers", "Dossier").objects.create(
        code=f"H02.16-200601-{number:04}",
        agency_id=office.agency.pk,
        desk_id=office.desk.pk,
        procedure_id=procedure.pk,
        applicant_name="Nguyễn Văn A",
        return_channel="public_post",
        return_name="Nguyễn Văn A",
        return_address="Số 1 Hùng Vương",
        received_at=at(MONDAY),
        clock_started_on=MONDAY,
        processing_time=10,
        time_unit="working_days",
        due_on=MONDAY + timedelta(days=14),
        status=status,
        finished_on=finished,
        returned_on=returned,
        entered_by_id=office.clerk.pk,
        search_text="x",
    )
    holders = [office.desk.pk, office.agency.pk, office.desk.pk, None]
    apps.get_model("dossiers", "Paper").objects.create(
        dossier=dossier,
        position=1,
        name="Bằng",
        form="original",
        held_by_id=holders[steps - 1],
        outcome="" if steps < 4 else "returned",
    )
    entries = apps.get_model("dossiers", "CustodyEntry")
    previous = ""
    for sequence, step in enumerate(STEPS[:steps], start=1):
        entry = entries(
            dossier=dossier,
            sequence=sequence,
            step=step,
            status=step,
            at=at(MONDAY + timedelta(days=sequence - 1)),
            by_id=office.clerk.pk,
            held_by_id=holders[sequence - 1],
            recorded_at=timezone.now(),
            previous_seal=previous,
        )
        entry.seal = previous = seal_of_the_first_version(entry)
        entry.save()
    if steps == 4:
        item = apps.get_model("dossiers", "PostalItem").objects.create(
            number=f"EA00000000{number}VN", leg="return", posted_on=returned
        )
        item.dossiers.add(dossier)
    return dossier.pk


@pytest.fixture
def old_rows():
    """One dossier of each old status, written at the first version."""
    office = make_office()
    procedure = make_procedure(office)
    apps = migrate(FIRST)
    try:
        pks = [
            write_old_dossier(apps, office, procedure, steps, steps)
            for steps in range(1, 5)
        ]
    finally:
        migrate_to_the_newest()
    return office, dict(zip(STEPS, pks, strict=True))


def test_old_rows_are_whole_and_go_on(old_rows):
    office, pks = old_rows
    dossiers = {step: Dossier.objects.get(pk=pk) for step, pk in pks.items()}

    assert verify().breaks == []
    assert verify().entries == 1 + 2 + 3 + 4
    assert len({x.public_token for x in dossiers.values()}) == 4
    closed = {step: x.closed_on for step, x in dossiers.items()}
    assert closed == {
        "received": None,
        "processing": None,
        "result_ready": None,
        "returned": MONDAY + timedelta(days=3),
    }
    assert dossiers["returned"].postal_items.get().status == "accepted"
    assert [x.due_on for x in intervals(dossiers["received"])] == [
        MONDAY + timedelta(days=14)
    ]

    moved = actions.start_processing(
        dossiers["received"], by=office.clerk, at=at(MONDAY + timedelta(days=1))
    )
    assert moved.status == Status.PROCESSING
    for step, before in (
        ("returned", Status.RESULT_READY),
        ("result_ready", Status.PROCESSING),
        ("processing", Status.RECEIVED),
    ):
        back = actions.take_back(
            dossiers[step], reason="Nhầm", by=office.clerk, at=at(MONDAY)
        )
        assert back.status == before
        assert {p.held_by is None for p in back.papers.all()} == {False}
        assert (back.finished_on is None) == (before != Status.RESULT_READY)
    assert verify().breaks == []

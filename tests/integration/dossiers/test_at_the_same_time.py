"""Several people at once: real threads, real transactions, on either database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from dossiers import actions
from dossiers.models import CustodyEntry, Dossier, NumberSeries, Paper, PostalItem
from dossiers.statuses import IntakeChannel, Status
from postal_tthc.errors import Conflict
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db(transaction=True)

DESKS, EACH = 8, 5
LATER = at(MONDAY + timedelta(days=9))


def all_at_once(*jobs: Callable[[], object]) -> list[object]:
    """Start every job at the same moment; its answer, or what it raised."""
    start = Barrier(len(jobs), timeout=30)

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait()
            return job()
        except Exception as error:  # handed back, so that the test sees each one
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_eight_desks_receiving_at_once_get_forty_numbers_without_gap(office):
    procedure = make_procedure(office)

    def desk() -> list[str]:
        return [receive(office, procedure).code for _ in range(EACH)]

    answers = all_at_once(*[desk] * DESKS)

    assert [a for a in answers if isinstance(a, Exception)] == []
    codes = sorted(code for answer in answers for code in answer)
    assert codes == [f"H02.16-200601-{n:04}" for n in range(1, DESKS * EACH + 1)]
    assert sorted(Dossier.objects.values_list("code", flat=True)) == codes
    assert NumberSeries.objects.get().last == DESKS * EACH
    assert Paper.objects.count() == CustodyEntry.objects.count() == DESKS * EACH


def test_receipts_that_fail_in_between_leave_no_gap(office):
    procedure = make_procedure(office)

    def failing_desk() -> None:
        for _ in range(EACH):
            with pytest.raises(AttributeError):
                # Fails at the envelope, after the number was taken.
                receive(office, procedure, item=object())

    def desk() -> list[str]:
        return [receive(office, procedure).code for _ in range(EACH)]

    answers = all_at_once(*[desk, failing_desk] * 4)

    assert [a for a in answers if isinstance(a, Exception)] == []
    numbers = sorted(int(code[-4:]) for answer in answers for code in answer or ())
    assert numbers == list(range(1, 4 * EACH + 1))
    assert NumberSeries.objects.get().last == 4 * EACH


def test_two_agencies_at_once_each_count_for_themselves(office, other_office):
    desks = {x.agency.symbol: (x, make_procedure(x)) for x in (office, other_office)}

    def desk(symbol: str) -> list[str]:
        where, procedure = desks[symbol]
        return [receive(where, procedure).code for _ in range(EACH)]

    answers = all_at_once(*[lambda: desk("SNV"), lambda: desk("STP")] * 2)

    assert [a for a in answers if isinstance(a, Exception)] == []
    assert [s.last for s in NumberSeries.objects.all()] == [2 * EACH, 2 * EACH]


@pytest.mark.parametrize("round_", range(3))
def test_of_two_who_move_the_same_dossier_one_wins(office, round_):
    dossier = dossier_at(Status.RECEIVED, office)
    people = (office.clerk, office.case_officer)

    answers = all_at_once(
        *[
            lambda by=by: actions.start_processing(dossier, by=by, at=LATER)
            for by in people
        ]
    )

    kinds = {type(answer) for answer in answers}
    assert kinds == {Conflict, Dossier}
    assert [entry.step for entry in dossier.custody.all()] == ["received", "processing"]


def test_of_a_refusal_and_a_withdrawal_at_once_only_one_is_written(office):
    dossier = dossier_at(Status.PROCESSING, office)

    answers = all_at_once(
        lambda: actions.refuse(dossier, reason="a", by=office.case_officer, at=LATER),
        lambda: actions.withdraw(dossier, reason="b", by=office.clerk, at=LATER),
    )

    kinds = sorted(type(answer).__name__ for answer in answers)
    dossier.refresh_from_db()
    assert kinds == ["Conflict", "Dossier"]
    assert dossier.custody.count() == 3
    assert dossier.custody.last().status == dossier.status


def test_a_correction_and_a_move_at_once_are_both_kept(office):
    dossier = dossier_at(Status.RECEIVED, office)

    answers = all_at_once(
        lambda: actions.correct(
            dossier, {"applicant_name": "Lê Thị C"}, by=office.clerk, at=LATER
        ),
        lambda: actions.start_processing(dossier, by=office.case_officer, at=LATER),
    )

    dossier.refresh_from_db()
    entries = list(dossier.custody.all())
    assert all(isinstance(answer, Dossier) for answer in answers)
    assert (dossier.applicant_name, dossier.status) == ("Lê Thị C", "processing")
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert entries[2].previous_seal == entries[1].seal


def test_one_envelope_opened_at_several_desks_is_one_item(office):
    procedure = make_procedure(office)

    def desk() -> Dossier:
        return receive(
            office,
            procedure,
            intake_channel=IntakeChannel.PUBLIC_POST,
            item=envelope(1),
        )

    answers = all_at_once(*[desk] * DESKS)

    assert [a for a in answers if isinstance(a, Exception)] == []
    assert PostalItem.objects.get().dossiers.count() == DESKS

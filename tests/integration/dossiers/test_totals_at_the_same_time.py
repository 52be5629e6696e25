"""A clerk receives and a manager enters totals at once: the month has one or the other.

Real threads and real transactions, on either database.
"""

from datetime import date

import pytest

from dossiers import actions
from dossiers.models import Dossier, NumberSeries, OpeningTotal
from dossiers.statuses import Status
from postal_tthc.errors import Conflict, Invalid
from tests.factories.dossiers import at, receive, register
from tests.factories.procedures import make_procedure
from tests.factories.totals import enter, row
from tests.integration.dossiers.test_at_the_same_time import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms"),
]

JUNE, DAY = date(2020, 6, 1), date(2020, 6, 15)


def assert_one_or_the_other(answers: list[object]) -> None:
    faults = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(fault, Conflict | Invalid) for fault in faults), faults
    itemised = Dossier.objects.filter(clock_started_on__isnull=False).count()
    totals = OpeningTotal.objects.count()
    assert (itemised > 0) != (totals > 0)
    assert all("06/2020" in str(fault) for fault in faults)
    assert len(faults) == len(answers) - itemised - totals


@pytest.mark.parametrize("round_", range(6))
def test_of_a_receipt_and_totals_one_wins(office, round_):
    procedure, other = make_procedure(office), make_procedure(office)
    jobs = [
        lambda: receive(office, procedure, on=DAY),
        lambda: enter(office, row(other, JUNE, received=3)),
    ]

    answers = all_at_once(*(jobs if round_ % 2 else reversed(jobs)))

    assert_one_or_the_other(answers)
    assert len([x for x in answers if isinstance(x, Exception)]) == 1
    if not Dossier.objects.exists():
        assert not NumberSeries.objects.exists()


@pytest.mark.parametrize("round_", range(3))
def test_of_many_receipts_and_totals_none_is_mixed(office, round_):
    procedure = make_procedure(office)

    answers = all_at_once(
        *[lambda: receive(office, procedure, on=DAY) for _ in range(4)],
        lambda: enter(office, row(procedure, JUNE, received=3)),
    )

    assert_one_or_the_other(answers)


def test_of_a_registered_dossier_that_comes_in_and_totals_one_wins(office):
    procedure = make_procedure(office)
    dossier = register(office, Status.REGISTERED, on=JUNE, procedure=procedure)

    answers = all_at_once(
        lambda: actions.receive_registered(dossier, by=office.clerk, at=at(DAY)),
        lambda: enter(office, row(procedure, JUNE, received=3)),
    )

    assert_one_or_the_other(answers)


def test_two_managers_who_enter_one_month_do_not_double_it(office):
    procedure = make_procedure(office)

    answers = all_at_once(
        *[lambda: enter(office, row(procedure, JUNE, received=3))] * 2
    )

    assert sorted(answer.added for answer in answers) == [0, 1]
    assert OpeningTotal.objects.get().received == 3

"""Two managers at once: real threads, real transactions, on either database."""

from datetime import date
from time import sleep

import pytest

from postal_tthc.errors import Conflict
from procedures import actions
from procedures.models import TransitNorm
from tests.integration.dossiers.test_at_the_same_time import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("known_norms_and_forms"),
]


def test_two_managers_do_not_mend_their_norms_into_each_other(
    office, monkeypatch
) -> None:
    """Each change is lawful alone; together they would share the month of June."""
    first = TransitNorm.objects.get(route="special")
    first.valid_to = date(2028, 12, 31)
    first.save()
    second = TransitNorm.objects.create(
        route="special", days=9, valid_from=date(2030, 1, 1), source="Số 1"
    )
    check = actions._check_alone

    def check_slowly(row: TransitNorm) -> None:
        check(row)
        sleep(0.3)

    monkeypatch.setattr(actions, "_check_alone", check_slowly)
    first.valid_to, second.valid_from = date(2029, 6, 30), date(2029, 6, 1)

    answers = all_at_once(
        lambda: actions.mend_row(first, by=office.catalogue_manager),
        lambda: actions.mend_row(second, by=office.catalogue_manager),
    )

    names = sorted(type(answer).__name__ for answer in answers)
    assert names == [Conflict.__name__, TransitNorm.__name__]
    one, other = TransitNorm.objects.filter(route="special")
    assert not one.overlaps(other)

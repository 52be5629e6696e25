"""The verbs of transit times and printed forms, asked without their page."""

from datetime import date

import pytest

from postal_tthc.errors import Conflict, Invalid, Refused
from procedures import actions
from procedures.models import OfficialForm, TransitNorm
from tests.factories.offices import Office

pytestmark = pytest.mark.usefixtures("known_norms_and_forms")

DAY = date(2030, 3, 1)


def new_norm(**values: object) -> TransitNorm:
    return TransitNorm(
        **{"route": "special", "days": 9, "valid_from": DAY, "source": "Số 1"} | values
    )


def test_the_clerk_changes_no_norm(office: Office) -> None:
    count = TransitNorm.objects.count()
    with pytest.raises(Refused, match="Only a catalogue manager"):
        actions.start_row(new_norm(), by=office.clerk)
    with pytest.raises(Refused, match="Only a catalogue manager"):
        actions.mend_row(TransitNorm.objects.first(), by=office.clerk)
    assert TransitNorm.objects.count() == count


def test_a_new_row_names_its_day(office: Office) -> None:
    with pytest.raises(Invalid, match="from which day"):
        actions.start_row(new_norm(valid_from=None), by=office.catalogue_manager)
    assert TransitNorm.objects.get(route="special").valid_to is None


def test_a_row_between_two_others_ends_before_the_later_one(office: Office) -> None:
    by = office.catalogue_manager
    actions.start_row(new_norm(), by=by)
    early = date(2029, 1, 1)
    with pytest.raises(Conflict, match="holds from 01/03/2030"):
        actions.start_row(new_norm(valid_from=early), by=by)
    assert TransitNorm.objects.filter(route="special").count() == 2

    actions.start_row(new_norm(valid_from=early, valid_to=date(2030, 2, 28)), by=by)

    periods = [row.period for row in TransitNorm.objects.filter(route="special")]
    assert periods == [
        "from 01/03/2030",
        "01/01/2029 – 28/02/2030",
        "15/08/2017 – 31/12/2028",
    ]


def test_a_refused_row_does_not_end_the_one_before(office: Office) -> None:
    by = office.catalogue_manager
    actions.start_row(new_norm(), by=by)
    with pytest.raises(Conflict):
        actions.start_row(new_norm(valid_from=date(2020, 1, 1)), by=by)
    oldest = TransitNorm.objects.get(route="special", valid_from=date(2017, 8, 15))
    assert oldest.valid_to == date(2030, 2, 28)


def test_rows_of_other_kinds_are_left_alone(office: Office) -> None:
    others = OfficialForm.objects.exclude(kind="receipt")
    before = list(others.values())
    actions.start_row(
        OfficialForm(kind="receipt", title="GIẤY", valid_from=DAY, source="Số 1"),
        by=office.catalogue_manager,
    )
    assert list(others.values()) == before

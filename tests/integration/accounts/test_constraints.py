"""The last line: what the database refuses of organisations and people."""

from datetime import date

import pytest

from postal_tthc.accounts.models import Organisation, OrganisationIdentifier, User
from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)

MODELS = (Organisation, OrganisationIdentifier, User)
BAD = [
    ("agency", "organisation_kind_is_known", {"kind": "ministry"}),
    ("agency", "organisation_below_a_province_has_a_parent", {"parent": None}),
    (
        "agency",
        "organisation_ends_after_it_begins",
        {"valid_from": date(2025, 7, 1), "valid_to": date(2025, 6, 30)},
    ),
    ("agency", "organisation_with_successor_has_ended", {"successor": 1}),
    ("clerk", "user_role_is_known", {"role": "king"}),
    ("clerk", "user_with_a_role_has_an_organisation", {"organisation": None}),
]
DOUBLES = [
    (Organisation, ["symbol"]),
    (OrganisationIdentifier, ["value"]),
    (OrganisationIdentifier, ["organisation", "used_from"]),
    (User, ["username"]),
]


@pytest.mark.parametrize(("who", "constraint", "bad"), BAD)
def test_the_database_refuses_a_bad_row(office, who, constraint, bad):
    assert_check_refuses(getattr(office, who), constraint, **bad)


@pytest.mark.parametrize(("model", "fields"), DOUBLES)
@pytest.mark.usefixtures("office", "other_office")
def test_the_database_refuses_a_double(model, fields):
    first, *_, last = model.objects.order_by("pk")

    assert_double_refused(first, last, *fields)


def test_no_constraint_is_left_untried():
    assert {constraint for _who, constraint, _bad in BAD} == checks_of(MODELS)
    assert {(model._meta.model_name, *fields) for model, fields in DOUBLES} == (
        uniques_of(MODELS)
    )

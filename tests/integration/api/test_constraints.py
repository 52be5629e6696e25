"""The last line: what the database refuses of tokens and idempotency keys."""

from datetime import timedelta

import pytest
from django.utils import timezone

from postal_tthc.rest import tokens
from postal_tthc.rest.models import ApiToken, IdempotencyKey
from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)

MODELS = (ApiToken, IdempotencyKey)
NOW = timezone.now()
BAD = [
    ("api_token_expires", {"expiry": None}),
    ("api_token_is_revoked_by_somebody", {"revoked_at": NOW}),
]
DOUBLES = [
    (ApiToken, ["token_key"]),
    (IdempotencyKey, ["user", "key"]),
]


@pytest.fixture
def rows(office) -> dict[type, list]:
    for name in "ab":
        tokens.make(
            office.clerk, name=name, scopes=["read"], days=1, by=office.administrator
        )
        IdempotencyKey.objects.create(
            user=office.clerk, key=name, made_at=NOW - timedelta(days=1)
        )
    return {model: list(model.objects.order_by("pk")) for model in MODELS}


@pytest.mark.parametrize(("constraint", "bad"), BAD)
def test_the_database_refuses_a_bad_row(rows, constraint, bad):
    assert_check_refuses(rows[ApiToken][0], constraint, **bad)


@pytest.mark.parametrize(("model", "fields"), DOUBLES)
def test_the_database_refuses_a_double(rows, model, fields):
    assert_double_refused(*rows[model], *fields)


def test_no_constraint_is_left_untried():
    assert {constraint for constraint, _bad in BAD} == checks_of(MODELS)
    assert {(model._meta.model_name, *fields) for model, fields in DOUBLES} == (
        uniques_of(MODELS)
    )

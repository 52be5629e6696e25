"""The last line: what the database refuses of reports, whoever writes it.

Each part names its models, makes two lawful rows of each, and lists what must be
refused; add another part beside it.
"""

import pytest
from django.apps import apps

from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)
from tests.integration.reports import agency_return_rows, outreach_rows, report_rows

PARTS = (agency_return_rows, outreach_rows, report_rows)
MODELS = [model for part in PARTS for model in part.MODELS]
BAD = [(part, *row) for part in PARTS for row in part.BAD]
DOUBLES = [(part, *row) for part in PARTS for row in part.DOUBLES]


def named(value: object) -> str | None:
    return getattr(value, "__name__", "").rpartition(".")[2] or None


@pytest.mark.parametrize(("part", "model", "constraint", "bad"), BAD, ids=named)
def test_the_database_refuses_a_bad_row(office, part, model, constraint, bad):
    row = part.make_rows(office)[model][1]

    assert_check_refuses(row, constraint, **bad)


@pytest.mark.parametrize(("part", "model", "fields", "also"), DOUBLES, ids=named)
def test_the_database_refuses_a_double(office, part, model, fields, also):
    first, second = part.make_rows(office)[model]

    assert_double_refused(first, second, *fields, **also)


def test_no_constraint_is_left_untried():
    assert {constraint for _part, _model, constraint, _bad in BAD} == checks_of(MODELS)
    assert {(m._meta.model_name, *fields) for _part, m, fields, _also in DOUBLES} == (
        uniques_of(MODELS)
    )


def test_no_model_is_left_untried():
    assert set(MODELS) == set(apps.get_app_config("reports").get_models())

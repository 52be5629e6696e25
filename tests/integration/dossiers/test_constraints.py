"""The last line: what the database refuses of dossiers, whoever writes it."""

import pytest
from django.apps import apps

from dossiers.models import PostalItem
from dossiers.statuses import ReturnChannel, Status
from procedures.models import Leg
from tests.factories.dossiers import dossier_at
from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)
from tests.integration.dossiers.constraints import (
    dossiers,
    exchange,
    handovers,
    logs,
    post,
    told,
    totals,
)

PARTS = (dossiers, logs, post, handovers, told, totals, exchange)
MODELS = [model for part in PARTS for model in part.MODELS]
BAD = [(part, *row) for part in PARTS for row in part.BAD]
DOUBLES = [(part, *row) for part in PARTS for row in part.DOUBLES]


def named(value: object) -> str | None:
    return getattr(value, "__name__", "").rpartition(".")[2] or None


@pytest.mark.parametrize(("part", "model", "constraint", "bad"), BAD, ids=named)
def test_the_database_refuses_a_bad_row(office, part, model, constraint, bad):
    row = part.make_rows(office)[model][1]
    names = f"{constraint}|{part.ALSO_BROKEN.get(constraint, constraint)}"

    assert_check_refuses(row, names, **bad)


@pytest.mark.parametrize(("part", "model", "fields", "also"), DOUBLES, ids=named)
def test_the_database_refuses_a_double(office, part, model, fields, also):
    rows = part.make_rows(office)
    first, second = rows.get((model, *fields), rows[model])

    assert_double_refused(first, second, *fields, **also)


def test_no_constraint_is_left_untried():
    assert {constraint for _part, _model, constraint, _bad in BAD} == checks_of(MODELS)
    assert {(m._meta.model_name, *fields) for _part, m, fields, _also in DOUBLES} == (
        uniques_of(MODELS)
    )


def test_no_model_is_left_untried():
    assert set(MODELS) == set(apps.get_app_config("dossiers").get_models())


@pytest.mark.parametrize("status", Status)
def test_what_the_verbs_write_is_lawful(office, status):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}

    assert dossier_at(status, office, **by_post).status == status


def test_one_number_may_be_used_once_on_each_leg(office):
    first, second = post.make_rows(office)[PostalItem]
    assert second.leg == Leg.RETURN

    PostalItem.objects.filter(pk=first.pk).update(number=second.number, leg=Leg.INTAKE)

    assert PostalItem.objects.filter(number=second.number).count() == 2

"""The last line: what the database refuses of dossiers, whoever writes it."""

from datetime import date, timedelta

import pytest

from dossiers.models import CustodyEntry, Dossier, NumberSeries, Paper, PostalItem
from dossiers.statuses import ReturnChannel, Status
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, dossier_at, envelope, receive
from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)

MODELS = (Dossier, Paper, CustodyEntry, PostalItem, NumberSeries)
DAY = date(2020, 6, 4)
BEFORE = MONDAY - timedelta(days=1)
ENDED = [Status.RESULT_READY, Status.RETURNED, Status.REFUSED, Status.WITHDRAWN]


# Constraint, bad values of the second dossier, which has just been received.
BAD_DOSSIERS = [
    ("dossier_status_is_known", {"status": "lost"}),
    ("dossier_status_is_known", {"status": ""}),
    ("dossier_intake_channel_is_known", {"intake_channel": "pigeon"}),
    ("dossier_return_channel_is_known", {"return_channel": "other_courier"}),
    ("dossier_applicant_kind_is_known", {"applicant_kind": "ghost"}),
    ("dossier_has_sensible_sets", {"sets": 0}),
    ("dossier_has_an_applicant", {"applicant_name": ""}),
    (
        "dossier_returned_by_post_has_an_address",
        {"return_channel": ReturnChannel.PUBLIC_POST, "return_name": "A"},
    ),
    (
        "dossier_returned_by_post_has_an_address",
        {"return_channel": ReturnChannel.PUBLIC_POST, "return_address": "Số 1"},
    ),
    ("dossier_days_fit_its_status", {"finished_on": DAY}),
    ("dossier_days_fit_its_status", {"status": Status.PROCESSING, "finished_on": DAY}),
    *[
        ("dossier_days_fit_its_status", {"status": status, "closing_reason": "x"})
        for status in ENDED
    ],
    (
        "dossier_days_fit_its_status",
        {"status": Status.RESULT_READY, "finished_on": DAY, "returned_on": DAY},
    ),
    ("dossier_days_fit_its_status", {"status": Status.RETURNED, "finished_on": DAY}),
    ("dossier_days_fit_its_status", {"status": Status.RETURNED, "returned_on": DAY}),
    ("dossier_is_due_after_its_clock_starts", {"due_on": BEFORE}),
    (
        "dossier_is_finished_after_its_clock_starts",
        {"status": Status.RESULT_READY, "finished_on": BEFORE},
    ),
    (
        "dossier_is_returned_after_it_is_finished",
        {"status": Status.RETURNED, "finished_on": DAY, "returned_on": MONDAY},
    ),
    *[
        (
            "dossier_refused_or_withdrawn_has_a_reason",
            {"status": status, "finished_on": DAY, "closing_reason": ""},
        )
        for status in (Status.REFUSED, Status.WITHDRAWN)
    ],
]
BAD_PAPERS = [
    ("paper_form_is_known", {"form": "papyrus"}),
    ("paper_is_at_least_one", {"quantity": 0}),
    ("paper_is_held_or_accounted_for", {"held_by": None}),
    ("paper_is_held_or_accounted_for", {"outcome": "returned"}),
    ("paper_is_held_or_accounted_for", {"held_by": None, "outcome": "burnt"}),
]
# The second entry of a log.
BAD_ENTRIES = [
    ("custody_step_is_known", {"step": "eaten"}),
    ("custody_status_is_known", {"status": "eaten"}),
    ("custody_first_entry_alone_has_no_previous", {"previous_seal": ""}),
    ("custody_first_entry_alone_has_no_previous", {"sequence": 0}),
]
BAD_ITEMS = [
    ("item_leg_is_known", {"leg": "sideways"}),
    ("item_has_a_number", {"number": ""}),
    (
        "item_is_delivered_after_it_is_posted",
        {"posted_on": DAY, "delivered_on": MONDAY},
    ),
]
BAD_SERIES = [("a_series_begins_with_one", {"last": 0})]
BAD = [
    (model, constraint, bad)
    for model, table in (
        (Dossier, BAD_DOSSIERS),
        (Paper, BAD_PAPERS),
        (CustodyEntry, BAD_ENTRIES),
        (PostalItem, BAD_ITEMS),
        (NumberSeries, BAD_SERIES),
    )
    for constraint, bad in table
]
# An unknown status has no days that fit it; each database names another check first.
ALSO_BROKEN = {"dossier_status_is_known": "dossier_days_fit_its_status"}
# Model, fields, and what keeps the second row lawful otherwise.
DOUBLES = [
    (Dossier, ["code"], {}),
    (Paper, ["dossier", "position"], {}),
    (CustodyEntry, ["dossier", "sequence"], {"previous_seal": ""}),
    (CustodyEntry, ["seal"], {}),
    (PostalItem, ["number", "leg"], {}),
    (NumberSeries, ["agency", "day"], {}),
]


@pytest.fixture
def rows(office):
    """Two lawful rows of each model; the second dossier has just been received."""
    dossier_at(Status.PROCESSING, office, item=envelope(1))
    receive(office, on=MONDAY + timedelta(days=1), item=envelope(2))
    return {model: list(model.objects.order_by("pk")[:2]) for model in MODELS}


@pytest.mark.parametrize(("model", "constraint", "bad"), BAD)
def test_the_database_refuses_a_bad_row(rows, model, constraint, bad):
    told = f"{constraint}|{ALSO_BROKEN.get(constraint, constraint)}"

    assert_check_refuses(rows[model][1], told, **bad)


@pytest.mark.parametrize(("model", "fields", "also"), DOUBLES)
def test_the_database_refuses_a_double(rows, model, fields, also):
    assert_double_refused(*rows[model], *fields, **also)


def test_no_constraint_is_left_untried():
    assert {constraint for _model, constraint, _bad in BAD} == checks_of(MODELS)
    assert {(m._meta.model_name, *fields) for m, fields, _also in DOUBLES} == (
        uniques_of(MODELS)
    )


@pytest.mark.parametrize("status", Status)
def test_what_the_verbs_write_is_lawful(office, status):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}

    assert dossier_at(status, office, **by_post).status == status


def test_one_number_may_be_used_once_on_each_leg(rows):
    first, second = rows[PostalItem]

    PostalItem.objects.filter(pk=second.pk).update(number=first.number, leg=Leg.RETURN)

    assert PostalItem.objects.filter(number=first.number).count() == 2

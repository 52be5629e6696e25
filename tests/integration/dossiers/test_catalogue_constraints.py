"""The last line: what the database refuses of the catalogue, whoever writes it."""

from datetime import date, timedelta

import pytest

from procedures.models import (
    CalendarDay,
    Decision,
    Field,
    OfficialForm,
    PostalEligibility,
    Procedure,
    RequiredPaper,
    TransitNorm,
)
from procedures.working_days import LONGEST
from tests.factories.procedures import BEGINNING, make_procedure
from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)

MODELS = (
    Field,
    Decision,
    Procedure,
    PostalEligibility,
    RequiredPaper,
    CalendarDay,
    TransitNorm,
    OfficialForm,
)
BEFORE = BEGINNING - timedelta(days=1)
APPOINTMENT_IN_NO_TIME = {"days_with_appointment": 0}
APPOINTMENT_TOO_LATE = {"days_with_appointment": 61}
BAD = [
    (Decision, "decision_ends_after_it_begins", {"effective_to": BEFORE}),
    (Decision, "decision_kind_is_known", {"kind": "rumour"}),
    (Decision, "decision_has_a_number", {"number": ""}),
    (Procedure, "procedure_ends_after_it_begins", {"in_force_to": BEFORE}),
    (Procedure, "processing_time_is_sane", {"processing_time": LONGEST + 1}),
    (Procedure, "time_unit_is_known", {"time_unit": "moons"}),
    (Procedure, "clock_policy_is_known", {"clock_policy": "backwards"}),
    (PostalEligibility, "eligibility_ends_after_it_begins", {"valid_to": BEFORE}),
    (PostalEligibility, "not_eligible_has_a_reason", {"is_eligible": False}),
    (PostalEligibility, "leg_is_known", {"leg": "sideways"}),
    (RequiredPaper, "required_paper_form_is_known", {"form": "papyrus"}),
    (RequiredPaper, "required_paper_is_at_least_one", {"quantity": 0}),
    (CalendarDay, "calendar_day_has_its_document", {"document": ""}),
    (TransitNorm, "transitnorm_ends_after_it_begins", {"valid_to": BEFORE}),
    (TransitNorm, "transitnorm_has_its_source", {"source": ""}),
    (TransitNorm, "transit_route_is_known", {"route": "by balloon"}),
    (TransitNorm, "transit_days_are_sane", {"days": 0}),
    (TransitNorm, "transit_days_are_sane", {"days": 61}),
    (TransitNorm, "transit_days_with_appointment_are_sane", APPOINTMENT_IN_NO_TIME),
    (TransitNorm, "transit_days_with_appointment_are_sane", APPOINTMENT_TOO_LATE),
    (OfficialForm, "officialform_ends_after_it_begins", {"valid_to": BEFORE}),
    (OfficialForm, "officialform_has_its_source", {"source": ""}),
    (OfficialForm, "official_form_kind_is_known", {"kind": "postcard"}),
    (OfficialForm, "official_form_paper_is_known", {"paper": "A3"}),
    (OfficialForm, "official_form_has_its_title", {"title": ""}),
    (OfficialForm, "official_form_number_has_its_circular", {"number": "08"}),
]
# Model, fields, and what keeps the second row lawful otherwise.
DOUBLES = [
    (Field, ["name"], {}),
    (Decision, ["number", "issued_on"], {}),
    (
        Procedure,
        ["agency", "code", "in_force_from"],
        {"in_force_to": date(2030, 1, 1)},
    ),
    (Procedure, ["agency", "code"], {"in_force_from": date(2016, 1, 1)}),
    (
        PostalEligibility,
        ["procedure", "leg", "valid_from"],
        {"valid_to": date(2030, 1, 1)},
    ),
    (PostalEligibility, ["procedure", "leg"], {"valid_from": date(2016, 1, 1)}),
    (RequiredPaper, ["procedure", "position"], {}),
    (CalendarDay, ["day"], {}),
    (TransitNorm, ["route", "valid_from"], {"valid_to": date(2030, 1, 1)}),
    (TransitNorm, ["route"], {"valid_from": date(2016, 1, 1)}),
    (OfficialForm, ["kind", "valid_from"], {"valid_to": date(2030, 1, 1)}),
    (OfficialForm, ["kind"], {"valid_from": date(2016, 1, 1)}),
]


@pytest.fixture
def rows(office):
    """Two lawful rows of each model, all without an end."""
    for number in (1, 2):
        make_procedure(office, field=f"Lĩnh vực {number}")
        Decision.objects.create(
            number=f"{number}/QĐ-UBND",
            issued_on=BEGINNING,
            issuer="Chủ tịch UBND tỉnh",
            title="về việc công bố",
            effective_from=BEGINNING,
        )
        CalendarDay.objects.create(
            day=date(2030, 5, number), is_day_off=True, reason="Bão", document="Số 1"
        )
    TransitNorm.objects.all().delete()
    OfficialForm.objects.all().delete()
    for route, kind in (("special", "receipt"), ("same_district", "refusal")):
        TransitNorm.objects.create(route=route, valid_from=BEGINNING, source="Số 1")
        OfficialForm.objects.create(
            kind=kind, valid_from=BEGINNING, title="MẪU", source="Số 1"
        )
    return {model: list(model.objects.order_by("pk")[:2]) for model in MODELS}


@pytest.mark.parametrize(("model", "constraint", "bad"), BAD)
def test_the_database_refuses_a_bad_row(rows, model, constraint, bad):
    assert_check_refuses(rows[model][1], constraint, **bad)


@pytest.mark.parametrize(("model", "fields", "also"), DOUBLES)
def test_the_database_refuses_a_double(rows, model, fields, also):
    assert_double_refused(*rows[model], *fields, **also)


@pytest.mark.parametrize(
    ("model", "key"), [(TransitNorm, "route"), (OfficialForm, "kind")]
)
def test_one_row_of_a_thing_holds_since_ever(rows, model, key):
    first, second = rows[model]
    model.objects.filter(pk=first.pk).update(valid_from=None)

    assert_double_refused(
        first, second, key, valid_from=None, valid_to=date(2030, 1, 1)
    )


def test_no_constraint_is_left_untried():
    assert {constraint for _model, constraint, _bad in BAD} == checks_of(MODELS)
    assert {(m._meta.model_name, *fields) for m, fields, _also in DOUBLES} == (
        uniques_of(MODELS)
    )


def test_a_version_that_ended_makes_room_for_the_next_one(rows):
    old, other = rows[Procedure]
    Procedure.objects.filter(pk=old.pk).update(in_force_to=date(2019, 12, 31))

    Procedure.objects.filter(pk=other.pk).update(
        code=old.code, in_force_from=date(2020, 1, 1)
    )

    assert Procedure.objects.filter(code=old.code).count() == 2

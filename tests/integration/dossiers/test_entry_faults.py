"""Bad input: a sentence at the field, nothing saved, nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from dossiers.models import Dossier, NumberSeries
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.typed import papers, typed

NEW = "/dossiers/new/"
TOMORROW = f"{timezone.now() + timedelta(days=2):%d/%m/%Y}"
OUT = {"return_channel": "public_post"}
ELSEWHERE = {**OUT, "return_same_as_applicant": None}
FAULTS = {
    "unknown code": ({"procedure_code": "9.999999"}, "procedure_code", "«9.999999»"),
    "no code": ({"procedure_code": "  "}, "procedure_code", "required"),
    "one digit": ({"procedure_code": "2"}, "procedure_code", "«2»"),
    "ambiguous digits": ({"procedure_code": "0142"}, "procedure_code", "«0142»"),
    "NUL in the code": ({"procedure_code": "1.000\x00142"}, "procedure_code", "Null"),
    "long code": ({"procedure_code": "1" * 10_000}, "procedure_code", "at most 200"),
    "not in force yet": (
        {"received_on": "31/12/2018"},
        "procedure_code",
        "1.000142 is not in force on 31/12/2018: it held from 01/01/2019 to 30/06/2020.",
    ),
    "no longer in force": (
        {"received_on": "01/07/2020"},
        "procedure_code",
        "1.000142 is not in force on 01/07/2020: it held from 01/01/2019 to 30/06/2020.",
    ),
    "begins later": (
        {"procedure_code": "2.000142", "received_on": "31/12/2014"},
        "procedure_code",
        "2.000142 is not in force on 31/12/2014: it begins on 01/01/2015.",
    ),
    "future": ({"received_on": TOMORROW}, "received_on", "This is in the future"),
    "year 1": ({"received_on": "01/01/0001"}, "received_on", "2010 or later"),
    "year 9999": ({"received_on": "31/12/9999"}, "received_on", "in the future"),
    "no such day": ({"received_on": "29/02/2021"}, "received_on", "valid date"),
    "no day": ({"received_on": ""}, "received_on", "required"),
    "a day in words": ({"received_on": "hôm qua"}, "received_on", "valid date"),
    "no such hour": ({"received_time": "25:00"}, "received_time", "valid time"),
    "NUL in the day": ({"received_on": "01/06/2020\x00"}, "received_on", "valid date"),
    "no name": ({"applicant_name": ""}, "applicant_name", "required"),
    "blank name": ({"applicant_name": " \t\u3000 "}, "applicant_name", "required"),
    "long name": (
        {"applicant_name": "ă" * 10_000},
        "applicant_name",
        "at most 200 characters (it has 10000)",
    ),
    "NUL in the name": ({"applicant_name": "A\x00B"}, "applicant_name", "Null"),
    "long address": ({"applicant_address": "x" * 301}, "applicant_address", "300"),
    "long note": ({"note": "x" * 501}, "note", "at most 500"),
    "no e-mail": ({"applicant_email": "a@"}, "applicant_email", "valid email"),
    "no such way": ({"intake_channel": "pigeon"}, "intake_channel", "valid choice"),
    "no sets": ({"sets": "0"}, "sets", "greater than or equal to 1"),
    "negative sets": ({"sets": "-1"}, "sets", "greater than or equal to"),
    "sets in words": ({"sets": "hai"}, "sets", "whole number"),
    "more sets than fit": ({"sets": "99999"}, "sets", "less than or equal to"),
    "copied from no address": (
        {**OUT, "applicant_address": ""},
        "applicant_address",
        "write the address it goes to",
    ),
    "to no address": (
        {**ELSEWHERE, "return_name": "B"},
        "return_address",
        "write the address it goes to",
    ),
    "to a blank address": (
        {**ELSEWHERE, "return_name": "B", "return_address": "   "},
        "return_address",
        "write the address it goes to",
    ),
    "to nobody": (
        {**ELSEWHERE, "return_address": "Số 2"},
        "return_name",
        "Who receives the result?",
    ),
}
# A line of papers, its field, its sentence.
BAD_PAPERS = {
    "negative quantity": ({"quantity": "-1"}, "quantity", "greater than or equal to 1"),
    "no quantity": ({"quantity": ""}, "quantity", "required"),
    "zero": ({"quantity": "0"}, "quantity", "greater than or equal to 1"),
    "too many": ({"quantity": "1000"}, "quantity", "less than or equal to 999"),
    "half a sheet": ({"sheets": "0,5"}, "sheets", "whole number"),
    "no sheet": ({"sheets": "0"}, "sheets", "greater than or equal to 1"),
    "long name": ({"name": "x" * 301}, "name", "at most 300"),
    "NUL": ({"name": "A\x00"}, "name", "Null"),
    "no such form": ({"form": "papyrus"}, "form", "valid choice"),
}


@pytest.fixture
def procedure(office):
    """In force in 2019 and half of 2020, both legs by post; and one so numbered."""
    make_procedure(office, code="2.000142")
    return make_procedure(
        office,
        code="1.000142",
        in_force_from=date(2019, 1, 1),
        in_force_to=date(2020, 6, 30),
    )


@pytest.fixture
def save(sign_in):
    client = sign_in("clerk")
    return lambda fields: client.post(NEW, fields)


def assert_nothing_is_lost(response, fields) -> None:
    assert response.status_code == 422
    # An unticked or unknown choice has nothing to show; all the rest stands there.
    shown = fields_of(response)
    for name, value in fields.items():
        if value not in ("pigeon", "papyrus"):
            assert shown.get(name) == value, name
    assert not Dossier.objects.exists()
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(("changes", "field", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(
    save, procedure, changes, field, sentence
):
    fields = typed(procedure, **changes)

    response = save(fields)

    told = response.context["form"].errors[field]
    assert sentence in " ".join(told)
    assert f'href="#id_{field}' in response.text
    # Once in the summary, once beside the field.
    assert response.text.count(escape(told[0])) >= 2
    assert_nothing_is_lost(response, fields)


@pytest.mark.parametrize(
    ("line", "field", "sentence"), BAD_PAPERS.values(), ids=BAD_PAPERS
)
def test_a_fault_in_the_papers_is_told_in_its_line(
    save, procedure, line, field, sentence
):
    fields = typed(procedure, **papers("Đơn", "Bằng", **line))

    response = save(fields)

    first, second = response.context["papers"]
    assert sentence in " ".join(first.errors[field])
    assert second.errors == {}
    assert sentence in response.text
    assert_nothing_is_lost(response, fields)


def test_a_hundred_papers_are_too_many_and_none_is_lost(save, procedure):
    fields = typed(procedure, **papers(*[f"Giấy {n}" for n in range(100)]))

    response = save(fields)

    assert "at most 50" in response.text
    assert_nothing_is_lost(response, fields)


def test_fifty_papers_are_not_too_many(save, procedure):
    response = save(typed(procedure, **papers(*[f"Giấy {n}" for n in range(50)])))

    assert response.status_code == 302
    assert Dossier.objects.get().papers.count() == 50


@pytest.mark.parametrize(
    "changes", [{"papers-TOTAL_FORMS": None}, {"papers-TOTAL_FORMS": "\x00"}]
)
def test_papers_that_cannot_be_counted_are_not_dropped_in_silence(
    save, procedure, changes
):
    response = save(typed(procedure, **changes))

    assert response.status_code == 422
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("leg", ["intake", "return"])
def test_a_leg_that_may_not_go_by_post_is_refused_with_the_reason(save, office, leg):
    procedure = make_procedure(office, code="1.000143", by_post=False)
    fields = typed(procedure, **{f"{leg}_channel": "public_post"})

    response = save(fields)

    told = response.context["form"].errors[f"{leg}_channel"][0]
    assert told.startswith("1.000143 may not go by public post")
    assert told.endswith("Phải có mặt trực tiếp")
    assert_nothing_is_lost(response, fields)


@pytest.mark.parametrize("leg", ["intake", "return"])
def test_a_leg_nothing_was_decided_about_is_refused(save, procedure, leg):
    procedure.eligibilities.filter(leg=leg).delete()
    fields = typed(procedure, **{f"{leg}_channel": "public_post"})

    response = save(fields)

    told = response.context["form"].errors[f"{leg}_channel"][0]
    assert told.startswith("On 01/06/2020 1.000142 is not on the list for public post")
    assert_nothing_is_lost(response, fields)


def test_a_procedure_of_another_agency_is_not_known_here(save, other_office):
    fields = typed(make_procedure(other_office, code="1.000999"))

    response = save(fields)

    assert "No procedure has the code «1.000999»" in response.text
    assert_nothing_is_lost(response, fields)


def test_all_faults_are_told_at_once_and_counted(save, procedure):
    response = save(
        typed(procedure, applicant_name="", received_on="29/02/2021", sets="0")
    )

    assert set(response.context["form"].errors) == {
        "applicant_name",
        "received_on",
        "sets",
    }
    assert "Nothing was saved: 3 things must be mended." in response.text

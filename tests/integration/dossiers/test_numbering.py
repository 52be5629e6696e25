"""Codes of dossiers: gap-free per agency and day, in the form of that day."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction

from dossiers.models import Dossier, NumberSeries
from dossiers.numbering import CODE, take_code
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Invalid
from tests.factories.dossiers import MONDAY, receive
from tests.factories.procedures import make_procedure

# TT 01/2018/TT-VPCP, Điều 19, with the identifiers of before and since 2020.
LAWFUL = re.compile(
    r"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.[0-9A-Z]+)*)-\d{6}-\d{4,}$"
)


@pytest.fixture
def converted_office(office):
    """An office that took its new identifier on 1 January 2021."""
    office.agency.identifiers.update(used_from=date(2021, 1, 1))
    office.agency.identifiers.create(value="000.00.16.H02", used_from=date(2010, 1, 1))
    return office


def codes(office, *days: date) -> list[str]:
    procedure = make_procedure(office)
    return [receive(office, procedure, on=day).code for day in days]


def test_numbers_of_a_day_run_without_a_gap(office):
    assert codes(office, *[MONDAY] * 4) == [
        f"H02.16-200601-{n:04}" for n in (1, 2, 3, 4)
    ]


def test_the_next_day_begins_with_one(office):
    assert codes(office, MONDAY, MONDAY, MONDAY + timedelta(days=1)) == [
        "H02.16-200601-0001",
        "H02.16-200601-0002",
        "H02.16-200602-0001",
    ]


def test_what_is_entered_late_continues_the_series_of_its_own_day(office):
    assert codes(office, MONDAY, MONDAY + timedelta(days=1), MONDAY)[-1] == (
        "H02.16-200601-0002"
    )


def test_each_agency_has_a_series_of_its_own(office, other_office):
    assert codes(office, MONDAY) == ["H02.16-200601-0001"]
    assert codes(other_office, MONDAY) == ["H05.12-200601-0001"]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        pytest.param(date(2020, 1, 20), "000.00.16.H02-200120-0003", id="old form"),
        pytest.param(
            date(2020, 12, 31), "000.00.16.H02-201231-0003", id="its last day"
        ),
        pytest.param(
            date(2021, 1, 1), "H02.16-210101-0003", id="first day of the new form"
        ),
        pytest.param(date(2026, 11, 22), "H02.16-261122-0003", id="new form"),
    ],
)
def test_the_day_chooses_the_form_of_the_identifier(converted_office, day, code):
    third = codes(converted_office, day, day, day)[-1]

    assert third == code
    assert CODE.fullmatch(third)
    assert LAWFUL.match(third)


@pytest.mark.parametrize(
    ("code", "is_lawful"),
    [
        ("H02.16-261122-0001", True),
        ("000.00.16.H02-200120-0003", True),
        ("H56.14.2A-240823-12345", True),
        ("H02-240823-0001", True),
        ("H02.16-261122-001", False),
        ("H02.16-26112-0001", False),
        ("Z02.16-261122-0001", False),
        ("00.00.16.H02-200120-0003", False),
        ("H02.16 261122 0001", False),
    ],
)
def test_the_pattern_of_codes_is_that_of_the_law(code, is_lawful):
    assert bool(CODE.fullmatch(code)) == bool(LAWFUL.match(code)) == is_lawful


def test_the_ten_thousandth_of_a_day_has_five_digits(office):
    NumberSeries.objects.create(agency=office.agency, day=MONDAY, last=9_998)

    last, first_long = codes(office, MONDAY, MONDAY)

    assert last == "H02.16-200601-9999"
    assert first_long == "H02.16-200601-10000"
    assert CODE.fullmatch(first_long)
    assert LAWFUL.match(first_long)


def test_without_an_identifier_the_sentence_says_who_must_act(office):
    office.agency.identifiers.all().delete()

    with pytest.raises(Invalid, match="Sở SNV has no agency identifier on 01/06/2020"):
        receive(office)

    assert not Dossier.objects.exists()
    assert not NumberSeries.objects.exists()


def test_a_day_before_the_first_identifier_has_none(office):
    office.agency.identifiers.update(used_from=MONDAY)

    with pytest.raises(Invalid, match="no agency identifier on 31/05/2020"):
        receive(office, on=MONDAY - timedelta(days=1))

    assert receive(office, on=MONDAY).code == "H02.16-200601-0001"


def test_a_receipt_that_is_rolled_back_gives_its_number_back(office, monkeypatch):
    receive(office)

    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("dossiers.custody.record", fail)
        with pytest.raises(RuntimeError):
            receive(office)

    assert receive(office).code == "H02.16-200601-0002"
    assert NumberSeries.objects.get().last == 2


@pytest.mark.django_db(transaction=True)
def test_a_code_is_not_taken_outside_the_transaction_that_uses_it():
    province = Organisation.objects.create(
        kind=Organisation.Kind.PROVINCE, name="Tỉnh", symbol="UBND"
    )
    province.identifiers.create(value="H02", used_from=MONDAY)

    with pytest.raises(transaction.TransactionManagementError):
        take_code(province, MONDAY)

    assert not NumberSeries.objects.exists()

"""Rows of returns, and what the database refuses of them (see test_constraints)."""

from datetime import date

from django.db.models import Model

from postal_tthc.accounts.models import Organisation
from reports.models import AgencyReturn
from tests.factories.dossiers import at
from tests.factories.offices import Office

MODELS = [AgencyReturn]
DAY = at(date(2020, 2, 3))


def make_rows(office: Office) -> dict[type[Model], tuple[Model, Model]]:
    """Two lawful returns: one that stands, of an agency, and one of another."""
    other = Organisation.objects.create(
        kind=Organisation.Kind.AGENCY, parent=office.province, name="Y", symbol="Y"
    )
    first, second = (
        AgencyReturn.objects.create(
            collector=office.province,
            organisation=organisation,
            period="2019",
            start=date(2019, 1, 1),
            end=date(2019, 12, 31),
            file="returns/2020/a.xlsx",
            file_name="a.xlsx",
            file_hash="0" * 64,
            uploaded_by=office.consolidator,
            uploaded_at=DAY,
        )
        for organisation in (office.agency, other)
    )
    return {AgencyReturn: (first, second)}


BAD = [
    (
        AgencyReturn,
        "withdrawn_return_says_who_and_why",
        {"withdrawn_reason": "Sai số"},
    ),
    (AgencyReturn, "withdrawn_return_says_who_and_why", {"withdrawn_at": DAY}),
    (AgencyReturn, "return_ends_after_it_begins", {"end": date(2018, 12, 31)}),
]
DOUBLES = [(AgencyReturn, ("collector", "organisation", "period"), {})]

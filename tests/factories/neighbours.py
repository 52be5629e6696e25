"""Offices beside an office: another agency of its province, and the common counter."""

from dataclasses import replace
from datetime import date

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from tests.factories.offices import Kind, Office

OF_THE_PROVINCE = {Role.POSTAL_CLERK, Role.CONSOLIDATOR, Role.ADMINISTRATOR}


def make_neighbour(office: Office, symbol: str = "STC") -> Office:
    """A second agency of the same province, with the same post office."""
    agency = Organisation.objects.create(
        kind=Kind.AGENCY, parent=office.province, name=f"Sở {symbol}", symbol=symbol
    )
    agency.identifiers.create(value="H02.17", used_from=date(2010, 1, 1))
    desk = Organisation.objects.create(
        kind=Kind.DESK, parent=agency, name=f"Một cửa {symbol}", symbol=f"{symbol}-MC"
    )
    people = {
        role: _person(role, desk if role == Role.CLERK else agency)
        for role in set(Role) - OF_THE_PROVINCE
    }
    return replace(office, agency=agency, desk=desk, people=office.people | people)


def make_centre(office: Office) -> Office:
    """The counter that receives for every agency of the province, and its clerk."""
    desk = Organisation.objects.create(
        kind=Kind.DESK, parent=office.province, name="Trung tâm HCC", symbol="TTHCC"
    )
    people = office.people | {Role.CLERK: _person(Role.CLERK, desk)}
    return replace(office, agency=office.province, desk=desk, people=people)


def _person(role: Role, organisation: Organisation) -> User:
    return User.objects.create(
        username=f"{role}-{organisation.symbol}",
        full_name=f"{role.label} {organisation.symbol}",
        role=role,
        organisation=organisation,
    )

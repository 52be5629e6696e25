"""Organisations and their people."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role

PASSWORD = "Bao-cao-dung-2020"
Kind = Organisation.Kind


@dataclass(frozen=True)
class Office:
    """One agency with everything around it. ``people`` has one person per role."""

    province: Organisation
    agency: Organisation
    desk: Organisation
    post_office: Organisation
    people: dict[Role, User]

    def __getattr__(self, name: str) -> User:
        """``office.clerk`` is the person of that role."""
        try:
            return self.people[Role(name)]
        except ValueError:
            raise AttributeError(name) from None


@cache
def _hashed() -> str:
    """Hashed once: it is meant to be slow, and there are seven people per office."""
    return make_password(PASSWORD)


def make_office(
    symbol: str = "SNV", *, province: str = "UBND", identifier: str = "H02.16"
) -> Office:
    """An agency with desk, post office and people in a province of its own."""
    top = Organisation.objects.create(
        kind=Kind.PROVINCE, name=f"Tỉnh {province}", symbol=province
    )
    agency = Organisation.objects.create(
        kind=Kind.AGENCY, parent=top, name=f"Sở {symbol}", symbol=symbol
    )
    agency.identifiers.create(value=identifier, used_from=date(2010, 1, 1))
    desk = Organisation.objects.create(
        kind=Kind.DESK, parent=agency, name=f"Một cửa {symbol}", symbol=f"{symbol}-MC"
    )
    post_office = Organisation.objects.create(
        kind=Kind.POST_OFFICE,
        parent=top,
        name=f"Bưu điện {province}",
        symbol=f"BĐ-{province}",
    )
    places = {
        Role.CLERK: desk,
        Role.POSTAL_CLERK: post_office,
        Role.CONSOLIDATOR: top,
        Role.ADMINISTRATOR: top,
    }
    people = {
        role: User.objects.create(
            username=f"{role}-{symbol}",
            password=_hashed(),
            full_name=f"{role.label} {symbol}",
            role=role,
            organisation=places.get(role, agency),
            is_staff=role == Role.ADMINISTRATOR,
        )
        for role in Role
    }
    return Office(top, agency, desk, post_office, people)

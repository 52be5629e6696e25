"""A province with agencies inside and outside the system."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from reports.actions import returns
from reports.models import AgencyReturn
from reports.periods import Period
from tests.factories.dossiers import at
from tests.factories.offices import Office
from tests.factories.returns import YEAR, form_of

AFTER = at(date(2020, 2, 3))
TODAY = AFTER.date()
Kind = Organisation.Kind


def agency(office: Office, symbol: str = "SYT", **values: Any) -> Organisation:
    """An agency of the province that does not work in the system."""
    values.setdefault("name", f"Sở {symbol}")
    values.setdefault("kind", Kind.AGENCY)
    return Organisation.objects.create(symbol=symbol, parent=office.province, **values)


def person(role: Role, organisation: Organisation, **values: Any) -> User:
    """A person who had an account since 2015."""
    values.setdefault("date_joined", at(date(2015, 1, 5)))
    return User.objects.create(
        username=f"{role}-{organisation.symbol}",
        full_name=f"{role.label} {organisation.symbol}",
        role=role,
        organisation=organisation,
        **values,
    )


def hand_in(
    organisation: Organisation,
    by: User,
    *,
    content: bytes | None = None,
    period: Period = YEAR,
    moment: datetime = AFTER,
) -> AgencyReturn:
    """The return of an organisation, accepted."""
    return returns.accept(
        content or form_of(organisation, period),
        name="Báo cáo năm.xlsx",
        organisation=organisation,
        period=period,
        by=by,
        at=moment,
    )


def upload(content: bytes, name: str = "return.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def address(organisation: Organisation, period: Period = YEAR) -> str:
    """The page on which an organisation hands in."""
    return (
        f"/reports/consolidation/return/?organisation={organisation.symbol}"
        f"&period={period.word}"
    )

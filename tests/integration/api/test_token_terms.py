"""For whom a token may be made, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from postal_tthc.errors import Invalid, Refused
from postal_tthc.rest import tokens
from postal_tthc.rest.models import ApiToken
from tests.factories.offices import Office


def make(office: Office, *, days: int = 30) -> ApiToken:
    token, _secret = tokens.make(
        office.clerk, name="Kho", scopes=["read"], days=days, by=office.administrator
    )
    return token


@pytest.mark.parametrize("spoiled", [{"is_active": False}, {"role": ""}])
def test_no_token_is_made_for_who_does_not_work_any_more(
    office: Office, spoiled
) -> None:
    make(office)  # until then it could be
    for name, value in spoiled.items():
        setattr(office.clerk, name, value)
    office.clerk.save()

    assert office.clerk not in tokens.people(office.administrator)
    with pytest.raises(Refused):
        make(office)
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 0, 367, 4_000])
def test_a_token_for_no_time_or_too_long_is_refused(office: Office, days: int) -> None:
    with pytest.raises(Invalid, match="holds between 1 and 366 days"):
        make(office, days=days)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [1, 366])
def test_a_token_holds_a_day_or_a_leap_year(office: Office, days: int) -> None:
    left = make(office, days=days).expiry - timezone.now()
    assert timedelta(0) <= timedelta(days=days) - left < timedelta(minutes=1)

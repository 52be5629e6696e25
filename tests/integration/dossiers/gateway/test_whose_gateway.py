"""In whose name a gateway tells, and who sees what came in through it."""

import pytest

from dossiers.gateway.accounts import account_of
from dossiers.statuses import Status
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import dossier_at
from tests.integration.dossiers.gateway.pushing import open_gateway, push, told

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

EVENTS = "/dossiers/gateway-events/"
FRIDAY = "2020-06-05T09:00:00+07:00"


@pytest.mark.parametrize(
    ("place", "role"),
    [
        pytest.param("post_office", Role.POSTAL_CLERK, id="of the post"),
        pytest.param("agency", Role.CLERK, id="of an agency"),
    ],
)
def test_a_gateway_tells_as_its_organisation_would(office, place, role):
    organisation = getattr(office, place)

    account = account_of(open_gateway(office, organisation=organisation))

    assert (account.organisation, account.role) == (organisation, role)


def test_its_account_follows_it_to_another_organisation(office, other_office):
    gateway = open_gateway(office)
    push(told("EA000000005VN", "delivered", FRIDAY))
    before = User.objects.get(username="post-gateway:vnpost")
    ours, theirs = [
        dossier_at(Status.WITH_POST, one).postal_items.get()
        for one in (office, other_office)
    ]

    gateway.organisation = other_office.agency
    gateway.save()
    codes = [push(told(x, "delivered", FRIDAY)).json()["code"] for x in (ours, theirs)]

    assert codes == ["unknown_item", "applied"]
    account = User.objects.get(username="post-gateway:vnpost")
    assert account == before
    assert (account.organisation, account.role) == (other_office.agency, Role.CLERK)


def test_a_post_office_does_not_see_what_came_in_through_the_gateway_of_an_agency(
    office, sign_in
):
    open_gateway(office, "agency-own", organisation=office.agency)
    push(told("EA000000005VN", "delivered", FRIDAY), name="agency-own")

    seen = {
        role: len(sign_in(role).get(EVENTS).context["rows"])
        for role in (Role.POSTAL_CLERK, Role.CLERK, Role.ADMINISTRATOR)
    }

    assert seen == {Role.POSTAL_CLERK: 0, Role.CLERK: 1, Role.ADMINISTRATOR: 1}

"""The desk stays fast in a full office: its lists read what waits, not the register.

Run with ``make bench``. Rows are written in bulk, past the verbs, because here only
their number matters.
"""

from datetime import date, timedelta

import pytest

from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.bench.test_register_speed import seconds
from tests.factories.dossiers import at, dossier_at
from tests.factories.offices import Office

MANY = 100_000


@pytest.fixture
def full_office(office: Office) -> Office:
    """Years of returned dossiers, half by post, and one of each status that waits."""
    model = dossier_at(Status.RETURNED, office)
    for status in Status:
        dossier_at(status, office)
    same = {
        field.attname: getattr(model, field.attname)
        for field in Dossier._meta.concrete_fields
        if field.name not in ("id", "public_token")
    }
    rows = []
    for number in range(MANY):
        day = date(2018, 1, 1) + timedelta(days=number % 1095)
        days = dict.fromkeys(
            ("clock_started_on", "due_on", "finished_on", "returned_on", "closed_on"),
            day,
        )
        by_post = {"return_channel": "public_post"} if number % 2 else {}
        if by_post:
            by_post |= {"return_name": "A", "return_address": "B"}
        code = f"H02.16-{day:%y%m%d}-{number:06}"
        changes = {"code": code, "received_at": at(day), **days, **by_post}
        rows.append(Dossier(**{**same, **changes}))
    made = Dossier.objects.bulk_create(rows, batch_size=2_000)
    items = PostalItem.objects.bulk_create(
        [
            PostalItem(
                number=f"X{dossier.pk}",
                leg=Leg.RETURN,
                status=ItemStatus.DELIVERED,
                post_office=office.post_office,
                delivered_on=dossier.returned_on,
            )
            for dossier in made[1::2]
        ],
        batch_size=2_000,
    )
    through = PostalItem.dossiers.through
    through.objects.bulk_create(
        [
            through(postalitem_id=item.pk, dossier_id=dossier.pk)
            for item, dossier in zip(items, made[1::2], strict=True)
        ],
        batch_size=2_000,
    )
    Paper.objects.bulk_create(
        [
            Paper(dossier=x, position=1, name="A", form="original", outcome="returned")
            for x in made
        ],
        batch_size=2_000,
    )
    return office


@pytest.mark.parametrize(
    "role", [Role.CLERK, Role.CASE_OFFICER, Role.LEADER, Role.POSTAL_CLERK]
)
def test_the_desk_costs_little_more_than_the_register(
    full_office: Office, sign_in, role: Role
) -> None:
    client = sign_in(role)
    register = seconds(lambda: client.get("/dossiers/"), times=3)
    desk = seconds(lambda: client.get("/dossiers/today/"), times=3)
    print(f"\n{role}: desk {desk * 1e3:.0f} ms, register {register * 1e3:.0f} ms")
    assert desk < 2 * register

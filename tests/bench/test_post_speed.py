"""Counting the post stays cheap beside reading its items: ratios in one run.

Rows are written in bulk, past the verbs, because here only their number matters.
"""

from datetime import date, timedelta

import pytest

from dossiers.models import Dossier, PostalEvent, PostalItem
from reports.counting.lateness import lateness
from reports.counting.post import count_post
from tests.bench.test_register_speed import seconds
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

MANY = 100_000
START, END, TODAY = date(2020, 1, 1), date(2020, 12, 31), date(2021, 2, 1)


@pytest.fixture
def busy_office(office: Office) -> Office:
    """An office whose year had a dossier and an envelope a minute."""
    model = receive(office, make_procedure(office))
    same = {
        field.attname: getattr(model, field.attname)
        for field in Dossier._meta.concrete_fields
        if not field.primary_key
    }
    dossiers, items = [], []
    for number in range(MANY):
        day = START + timedelta(days=number % 360)
        days = {
            "clock_started_on": day,
            "due_on": day,
            "finished_on": day,
            "returned_on": day,
            "received_at": at(day),
        }
        own = {"code": f"H02.16-{number:06}", "public_token": f"token-{number}"}
        by_post = {
            "status": "returned",
            "return_channel": "public_post",
            "return_name": "A",
            "return_address": "Xã A, huyện B",
        }
        dossiers.append(Dossier(**{**same, **days, **own, **by_post}))
        arrived = day + timedelta(days=number % 4)
        items.append(
            PostalItem(
                number=f"EA{number:09}VN",
                leg="return",
                status="delivered",
                posted_on=day,
                expected_on=day + timedelta(days=2),
                delivered_on=arrived,
                postage_dong=30_000,
                recipient_address=f"Xã {number % 50}, huyện B",
            )
        )
    dossiers = Dossier.objects.bulk_create(dossiers, batch_size=2_000)
    items = PostalItem.objects.bulk_create(items, batch_size=2_000)
    through = PostalItem.dossiers.through
    through.objects.bulk_create(
        (
            through(dossier_id=dossier.pk, postalitem_id=item.pk)
            for dossier, item in zip(dossiers, items, strict=True)
        ),
        batch_size=5_000,
    )
    PostalEvent.objects.bulk_create(
        (
            PostalEvent(
                item=item,
                status="attempted",
                reason="absent",
                at=at(item.posted_on),
                by=office.clerk,
            )
            for item in items[::20]
        ),
        batch_size=2_000,
    )
    return office


def test_counting_a_years_post_costs_less_than_reading_its_items(
    busy_office: Office,
) -> None:
    seen = Dossier.objects.of(busy_office.agency)
    items = PostalItem.objects.carrying(seen)
    yardstick = seconds(lambda: list(items.all()), times=3)
    counted = seconds(lambda: count_post(seen, START, END, today=TODAY), times=3)
    late = seconds(lambda: lateness(seen, START, END), times=3)
    print(
        f"\npost {counted * 1e3:.0f} ms, lateness {late * 1e3:.0f} ms, "
        f"reading {MANY} items {yardstick * 1e3:.0f} ms"
    )
    assert counted < yardstick
    assert late < 3 * yardstick

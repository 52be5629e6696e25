"""The register and the report stay fast: ratios against a yardstick in the same run.

Run with ``make bench``. Rows are written in bulk, past the verbs, because here only
their number matters.
"""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

import pytest

from dossiers import paging
from dossiers.models import Dossier
from reports.counting import count
from reports.periods import parse
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

MANY = 50_000


@pytest.fixture
def full_office(office: Office) -> Office:
    """An office with many dossiers over three years."""
    model = receive(office, make_procedure(office))
    same = {
        field.attname: getattr(model, field.attname)
        for field in Dossier._meta.concrete_fields
        if not field.primary_key
    }
    rows = []
    for number in range(MANY):
        day = date(2018, 1, 1) + timedelta(days=number % 1095)
        code = f"H02.16-{day:%y%m%d}-{number:06}"
        days = {"clock_started_on": day, "due_on": day, "received_at": at(day)}
        own = {"code": code, "public_token": f"token-{number}"}
        rows.append(Dossier(**{**same, **days, **own}))
    Dossier.objects.bulk_create(rows, batch_size=2_000)
    return office


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def test_a_page_far_back_is_as_fast_as_the_first(full_office: Office) -> None:
    seen = Dossier.objects.visible_to(full_office.clerk)
    middle = seen.order_by("-received_at", "-pk")[MANY // 2]
    far = f"{middle.received_at.timestamp():.6f}_{middle.pk}"
    first_page = seconds(lambda: paging.page(seen, ""))
    far_page = seconds(lambda: paging.page(seen, far))
    print(f"\nfirst page {first_page * 1e3:.1f} ms, far page {far_page * 1e3:.1f} ms")
    assert far_page < 4 * first_page


def test_a_years_report_costs_no_more_than_reading_its_rows(
    full_office: Office,
) -> None:
    period = parse("2019")
    rows = Dossier.objects.of(full_office.agency).filter(
        clock_started_on__range=(period.start, period.end)
    )
    yardstick = seconds(lambda: list(rows.all()), times=3)
    report = seconds(
        lambda: count(full_office.agency, period, today=date(2021, 1, 1)), times=3
    )
    print(f"\nreport {report * 1e3:.0f} ms, reading the rows {yardstick * 1e3:.0f} ms")
    assert report < yardstick

"""The figures of the post are those that somebody with the rules and a pencil finds.

``Row`` and what follows it are written from TT 17/2017/TT-BTTTT, Điều 5, 7 and 8 and
the counting rules of the house, not from ``dossiers.counted_items``.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.utils import timezone

from dossiers.counted_items import (
    INCIDENT_SETS,
    ITEM_SETS,
    incidents_counted,
    items_counted,
)
from dossiers.models import Dossier, Incident, PostalEvent, PostalItem
from procedures.calendar import working_calendar
from reports import counting
from reports.counting.journeys import travels
from reports.counting.post import SETS, cases
from reports.journeys import figures_of
from reports.periods import parse
from tests.factories.dossiers import receive
from tests.factories.offices import Office

pytestmark = pytest.mark.django_db

FIRST, TODAY = date(2019, 11, 1), date(2020, 10, 20)
PERIODS = ("2020", "2020-9M", "2020-Q1", "2019", "2020-10", "2020-03@15")
ENDS = ("delivered", "delivered", "delivered", "came_back", "lost", "in_transit")


@dataclass(frozen=True)
class Row:
    """What is written on an envelope and in its tracking."""

    leg: str
    posted: date
    expected: date | None
    delivered: date | None
    status: str
    failed: tuple[date, ...]  # days of failed deliveries
    void: tuple[date, ...]  # told by mistake, taken back
    postage: int | None

    @property
    def arrived(self) -> date | None:
        """To the desk: handed over. To the recipient: the first time at the door."""
        doors = [self.delivered, *(self.failed if self.leg == "return" else ())]
        return min((day for day in doors if day), default=None)

    @property
    def has_verdict(self) -> bool:
        if self.expected is None:
            return False
        return self.arrived is not None or self.expected < TODAY

    @property
    def is_in_time(self) -> bool:
        return bool(self.has_verdict and self.arrived and self.arrived <= self.expected)


def draw(rng: Random) -> Row:
    leg = rng.choice(("intake", "return", "return"))
    posted = FIRST + timedelta(days=rng.randint(0, 350))
    end = min(posted + timedelta(days=rng.choice((0, 1, 2, 4, 9))), TODAY)
    status = rng.choice(ENDS)
    tries = rng.choice((0, 0, 0, 1, 2)) if leg == "return" else 0
    days = [posted + timedelta(days=rng.randint(0, (end - posted).days))] * tries
    return Row(
        leg,
        posted,
        rng.choice((None, *[posted + timedelta(days=n) for n in (1, 2, 3, 6)])),
        end if status == "delivered" else None,
        status,
        tuple(sorted(days)),
        (posted,) if rng.random() < 0.2 else (),
        rng.choice((None, 20_000, 30_500, 26_000)),
    )


def write(rows: list[Row], office: Office, dossier: Dossier) -> None:
    items = PostalItem.objects.bulk_create(
        PostalItem(
            number=f"TEST{office.agency.symbol}{number:05}",
            leg=row.leg,
            status=row.status,
            posted_on=row.posted,
            expected_on=row.expected,
            delivered_on=row.delivered,
            postage_dong=row.postage,
            recipient_address="Xã Tiên Lục, huyện Lạng Giang",
        )
        for number, row in enumerate(rows)
    )
    dossier.postal_items.add(*items)
    PostalEvent.objects.bulk_create(
        PostalEvent(
            item=item,
            status="attempted",
            reason="absent",
            # Five in the morning here is the evening before in UTC.
            at=timezone.make_aware(datetime.combine(day, time(5))),
            by=office.clerk,
            is_void=is_void,
        )
        for item, row in zip(items, rows, strict=True)
        for days, is_void in ((row.failed, False), (row.void, True))
        for day in days
    )


@pytest.fixture
def rows(office: Office) -> list[Row]:
    rng = Random(17)
    made = [draw(rng) for _ in range(160)]
    write(made, office, receive(office))
    return made


def working_days(one: date, other: date) -> int:
    calendar, day, counted = working_calendar(FIRST, TODAY), one, 0
    while day < other:
        day += timedelta(days=1)
        counted += calendar.is_working_day(day)
    return counted


@pytest.mark.parametrize("word", PERIODS)
def test_random_items_are_counted_as_with_a_pencil(office, rows, word):
    period = parse(word)
    figures = counting.count(office.agency, period, today=TODAY).post

    for leg, counted in (("intake", figures.intake), ("return", figures.outgoing)):
        own = [
            r for r in rows if r.leg == leg and period.start <= r.posted <= period.end
        ]
        judged = [r for r in own if r.has_verdict]
        known = [r.postage for r in own if r.postage is not None]
        assert counted.posted == len(own)
        assert counted.arrived == sum(r.status == "delivered" for r in own)
        assert counted.came_back == sum(r.status == "came_back" for r in own)
        assert counted.lost == sum(r.status == "lost" for r in own)
        assert counted.under_way == sum(r.status == "in_transit" for r in own)
        assert counted.judged == len(judged)
        assert counted.within_norm == sum(r.is_in_time for r in judged)
        assert counted.attempts == sum(len(r.failed) for r in own)
        assert counted.postage_known == len(known)
        assert counted.postage_dong == sum(known)
        assert dict(counted.days) == Counter(
            working_days(r.posted, r.arrived) for r in own if r.delivered
        )
        assert dict(counted.norms) == Counter(
            working_days(r.posted, r.expected) for r in own if r.expected
        )


def test_the_drawn_items_fill_every_figure(office, rows):
    """Otherwise the comparison above would compare zeros."""
    both = counting.count(office.agency, parse("2020"), today=TODAY).post.both

    assert all(getattr(both, name) for name in (*SETS, "attempts", "postage_dong"))
    assert len(both.days) > 3


@pytest.mark.parametrize("word", PERIODS)
def test_the_list_behind_a_figure_is_as_long_as_the_figure(office, rows, word):
    period = parse(word)
    end = min(period.end, TODAY)
    both = counting.count(office.agency, period, today=TODAY).post.both

    for name, key in SETS.items():
        listed = items_counted(PostalItem.objects.all(), key, period.start, end, TODAY)
        assert listed.count() == getattr(both, name), name


def test_within_and_beyond_the_norm_are_all_that_are_judged(office, rows):
    span = (date(2020, 1, 1), TODAY, TODAY)

    def pks(name: str) -> set[int]:
        found = items_counted(PostalItem.objects.all(), name, *span)
        return set(found.values_list("pk", flat=True))

    assert pks("items_within_norm") | pks("items_beyond_norm") == pks("items_judged")
    assert not pks("items_within_norm") & pks("items_beyond_norm")


@pytest.mark.parametrize("word", PERIODS)
def test_items_read_one_by_one_give_the_same_figures(office, rows, word):
    period = parse(word)
    end = min(period.end, TODAY)
    found = travels(Dossier.objects.all(), period.start, end, today=TODAY)
    counted = counting.count(office.agency, period, today=TODAY).post

    assert figures_of(found.journeys) == counted.both
    assert sum(x.attempts for x in found.failures) == counted.both.attempts


def test_items_of_other_agencies_are_not_counted(office, other_office, rows):
    write(rows, other_office, receive(other_office))

    ours = counting.count(office.agency, parse("2020"), today=TODAY).post.both

    assert ours.posted == sum(r.posted.year == 2020 for r in rows)


def test_an_envelope_with_two_dossiers_is_one_item(office, rows):
    before = counting.count(office.agency, parse("2020"), today=TODAY).post
    receive(office).postal_items.add(*PostalItem.objects.all())

    assert counting.count(office.agency, parse("2020"), today=TODAY).post == before


def test_a_period_that_has_not_begun_counts_no_items(office, rows):
    post = counting.count(office.agency, parse("2020-Q4"), today=date(2020, 9, 30)).post

    assert post.both.posted == 0


def incident(office: Office, kind: str, found: str, **values: object) -> Incident:
    return Incident.objects.create(
        kind=kind,
        dossier=Dossier.objects.first() or receive(office),
        found_out_on=found,
        description="Mẫu",
        opened_by=office.clerk,
        opened_at=timezone.now(),
        **values,
    )


def test_harm_is_counted_by_its_own_days(office):
    incident(office, "lost", "2020-01-15", compensation_due_dong=100_000)
    incident(
        office,
        "lost",
        "2019-12-30",
        complained_on="2020-01-02",
        answer_due_on="2020-01-09",
        answered_on="2020-01-10",
        compensation_due_dong=50_000,
        compensation_paid_dong=50_000,
        compensation_paid_on="2020-02-01",
    )
    incident(
        office,
        "damaged",
        "2020-10-01",
        complained_on="2020-10-02",
        answer_due_on="2020-10-09",
    )
    incident(
        office,
        "silence",
        "2020-10-12",
        complained_on="2020-10-13",
        answer_due_on=str(TODAY),
    )
    days = (date(2020, 1, 1), TODAY)

    post = counting.count(office.agency, parse("2020"), today=TODAY).post

    assert dict(post.incidents) == {"silence": 1, "lost": 1, "damaged": 1}
    assert post.complaints == 3
    assert post.answered_late == 2
    assert post.compensation_due_dong == 100_000
    assert post.compensation_paid_dong == 50_000
    counted = cases(Dossier.objects.all(), *days, today=TODAY)
    assert counted == {
        "incidents": 3,
        "complaints": 3,
        "answered_late": 2,
        "compensation_due": 1,
        "compensation_paid": 1,
    }
    for name, number in counted.items():
        listed = incidents_counted(Incident.objects.all(), name, *days, TODAY)
        assert listed.count() == number, name


def test_reasons_against_the_post_are_counted_by_the_day_of_receipt(office):
    receive(office, on=date(2020, 6, 1), why_not_post="fear")
    receive(office, on=date(2020, 6, 2), why_not_post="fear")
    receive(office, on=date(2020, 6, 3), why_not_post="cost")
    receive(office, on=date(2020, 6, 4))
    receive(office, on=date(2019, 6, 3), why_not_post="slow")

    figures = counting.count(office.agency, parse("2020"), today=TODAY)

    assert figures.refusals == (("fear", 2), ("cost", 1))


@pytest.mark.parametrize("many", [1, 60])
def test_counting_the_post_asks_the_same_however_many_items(
    office, django_assert_num_queries, many
):
    rng = Random(3)
    write([draw(rng) for _ in range(many)], office, receive(office))
    seen = Dossier.objects.of(office.agency)

    with django_assert_num_queries(6):
        counting.post.count_post(seen, FIRST, TODAY, today=TODAY)


def test_every_set_has_a_name_and_a_rule():
    for counted in (*ITEM_SETS.values(), *INCIDENT_SETS.values()):
        assert str(counted.name)
        assert str(counted.rule).endswith(".")

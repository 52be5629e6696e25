"""Whatever dossiers there are, the figures balance and every cut adds up.

Hypothesis draws the dossiers of two agencies of one province and a period; what must
hold is written from the counting rules, not from how it is counted.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from postal_tthc.accounts.models import Organisation, OrganisationIdentifier
from reports import counting
from reports.figures import COUNTED, Counts, Figures, total
from reports.periods import free
from reports.ratios import Ratio
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.reports.test_counting import (
    FIELDS,
    INTAKE,
    OPEN,
    RETURN,
    SENT,
    TODAY,
    UNJUDGED,
    WAITING,
    Row,
    write,
)

pytestmark = pytest.mark.django_db
BEGINNING = date(2019, 11, 1)
DAYS = st.dates(BEGINNING, TODAY)
SOON = st.integers(0, 60).map(lambda days: timedelta(days=days))
ENDS = ("refused", *UNJUDGED, "result_ready", *SENT)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A dossier of any fate, its days in their order."""
    started = draw(DAYS)
    status = draw(st.sampled_from((*OPEN, *ENDS)))

    def later(day: date) -> date:
        return min(day + draw(SOON), TODAY)

    finished = later(started) if status in ENDS else None
    return Row(
        procedure=draw(st.sampled_from(list(FIELDS))),
        intake=draw(st.sampled_from(INTAKE)),
        returned_by=draw(st.sampled_from(RETURN)),
        started=started,
        due=started + draw(SOON),
        status=status,
        finished=finished,
        returned=later(finished) if status in SENT else None,
        stopped=later(started) if status in WAITING else None,
    )


@pytest.fixture
def second(office: Office) -> Office:
    """Another agency of the same province, with a desk of its own."""
    kinds = Organisation.Kind
    agency = Organisation.objects.create(
        kind=kinds.AGENCY, parent=office.province, name="Sở Tư pháp", symbol="STP"
    )
    OrganisationIdentifier.objects.create(
        organisation=agency, value="H02.12", used_from=date(2010, 1, 1)
    )
    desk = Organisation.objects.create(
        kind=kinds.DESK, parent=agency, name="Một cửa STP", symbol="STP-MC"
    )
    return replace(office, agency=agency, desk=desk)


class _Undo(Exception):
    """Thrown to leave nothing behind of an example."""


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    ours=st.lists(rows(), max_size=25),
    theirs=st.lists(rows(), max_size=10),
    days=st.tuples(DAYS, DAYS).map(sorted),
)
def test_any_dossiers_balance_and_add_up(
    office: Office, second: Office, ours: list[Row], theirs: list[Row], days: list[date]
) -> None:
    period = free(*days)
    try:
        with transaction.atomic():
            for at, dossiers in ((office, ours), (second, theirs)):
                procedures = {
                    code: make_procedure(at, code=code, field=field, papers=())
                    for code, field in FIELDS.items()
                }
                write(dossiers, at, procedures)
            own, other, province = (
                counting.count(organisation, period, today=TODAY)
                for organisation in (office.agency, second.agency, office.province)
            )
            raise _Undo
    except _Undo:
        pass
    for figures in (own, other, province):
        check(figures)
    assert province.counts == own.counts + other.counts
    event(f"received in the period: {bool(own.counts.received)}")


def check(figures: Figures) -> None:
    """Everything that must hold of any figures."""
    groups = {
        "procedures": [x.counts for x in figures.by_procedure],
        "fields": [x.counts for x in figures.by_field],
    }
    for name, counts in groups.items():
        for each in (*counts, figures.counts):
            balances(each)
        assert total(counts) == figures.counts, name
    for name in ("received", "by_post", "intake_by_post"):
        by_month = sum(getattr(month, name) for month in figures.by_month)
        assert by_month == getattr(figures.counts, name), name


def balances(counts: Counts) -> None:
    """Carried over + received = finished + outstanding; the legs and both; halves up."""
    ended = counts.early + counts.on_time + counts.overdue + counts.withdrawn
    left = counts.open_within + counts.open_overdue
    assert counts.carried_over + counts.received == ended + left
    assert counts.finished == ended
    assert counts.outstanding == left
    # At least one leg is each leg by itself less those with both, counted twice.
    only_out = counts.by_post - counts.intake_by_post
    assert counts.both_legs_by_post <= counts.intake_by_post <= counts.by_post
    assert only_out >= 0
    assert counts.by_post <= counts.received
    assert counts.return_by_post <= counts.results
    assert all(getattr(counts, name) >= 0 for name in COUNTED)
    for ratio in (counts.by_post_ratio, counts.return_ratio, counts.on_time_ratio):
        half_up(ratio)


def half_up(ratio: Ratio) -> None:
    """The nearest hundredth of a per cent; of two equally near the higher."""
    if not ratio.denominator:
        assert ratio.percent is None
        return
    exact = Fraction(ratio.numerator * 100, ratio.denominator)
    assert ratio.percent is not None
    distance = exact - Fraction(ratio.percent)
    assert Fraction(-1, 200) <= distance < Fraction(1, 200)
    assert ratio.percent == ratio.percent.quantize(Decimal("0.01"))


@given(denominator=st.integers(1, 5000), share=st.floats(0, 1))
def test_percentages_are_rounded_half_up(denominator: int, share: float) -> None:
    half_up(Ratio(round(denominator * share), denominator, "by_post", "received"))


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        pytest.param(1, 800, "0.13", id="0,125 exactly"),
        pytest.param(3, 800, "0.38", id="0,375 exactly"),
        pytest.param(23, 212, "10.85", id="the report of 2020"),
        pytest.param(29, 120, "24.17", id="truncated there to 24,16"),
        pytest.param(1, 3, "33.33", id="a third"),
        pytest.param(2, 3, "66.67", id="two thirds"),
    ],
)
def test_halves_go_up(numerator: int, denominator: int, percent: str) -> None:
    ratio = Ratio(numerator, denominator, "by_post", "received")
    assert ratio.percent == Decimal(percent)

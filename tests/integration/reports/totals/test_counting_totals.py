"""Totals and dossiers together: counted as somebody with both books would."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.models import OpeningTotal
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.accounts.models import Organisation
from procedures.models import Procedure
from reports import counting
from reports.figures import NO_TOTALS, Counts, Figures, total
from reports.periods import Period, free, parse
from tests.factories.dossiers import receive
from tests.factories.offices import Office, make_office
from tests.factories.procedures import make_procedure
from tests.factories.totals import BOOK, Source, enter, row
from tests.integration.reports.test_counting import Row, draw, expected, write

pytestmark = pytest.mark.django_db

TODAY = date(2020, 11, 16)
FIRST, LAST = date(2017, 10, 1), date(2018, 8, 1)  # of the paper book
FIELDS = {"1.000001": "Văn thư", "1.000002": "Công chức", "1.000003": "Văn thư"}
HAPPENED = (
    "received",
    "by_post",
    "intake_by_post",
    "both_legs_by_post",
    "online",
    "results",
    "return_by_post",
    "early",
    "on_time",
    "overdue",
    "withdrawn",
)


def months(first: date, last: date) -> list[date]:
    found = [first]
    while found[-1] < last:
        found.append((found[-1] + timedelta(days=31)).replace(day=1))
    return found


BOOK_MONTHS = months(FIRST, LAST)


@dataclass(frozen=True)
class Line:
    """A line of the paper book."""

    code: str
    month: date
    numbers: dict[str, int]

    @property
    def end(self) -> date:
        last = calendar.monthrange(self.month.year, self.month.month)[1]
        return self.month.replace(day=last)

    @property
    def left(self) -> int:
        """How many more are open after it than before."""
        n = self.numbers
        gone = n["early"] + n["on_time"] + n["overdue"] + n["withdrawn"]
        return n["carried_in"] + n["received"] - gone


def draw_account(rng: Random, code: str, until: list[date]) -> list[Line]:
    """A paper book of one procedure: some months are missing, nothing runs short.

    After the book's last month only what it left open is finished.
    """
    lines: list[Line] = []
    is_open = 0
    for month in until:
        if rng.random() < 0.3:
            continue
        n = dict.fromkeys((*HAPPENED, "carried_in", "open_overdue"), 0)
        if not lines and rng.random() < 0.5:
            n["carried_in"] = rng.randint(0, 6)
        if month <= LAST:
            n["received"] = rng.randint(0, 9)
            n["by_post"] = rng.randint(0, n["received"])
            n["intake_by_post"] = rng.randint(0, n["by_post"])
            n["both_legs_by_post"] = rng.randint(0, n["intake_by_post"])
            n["online"] = rng.randint(0, n["received"] - n["intake_by_post"])
        n["results"] = rng.randint(0, 5)
        n["return_by_post"] = rng.randint(0, n["results"])
        there = is_open + n["carried_in"] + n["received"]
        for name in ("early", "on_time", "overdue", "withdrawn"):
            n[name] = rng.randint(0, there // 3)
            there -= n[name]
        n["open_overdue"] = rng.randint(0, there)
        is_open = there
        if any(n.values()):
            lines.append(Line(code, month, n))
    return lines


def counted(lines: Sequence[Line], start: date, end: date) -> Counts:
    """What whole months add, with a pencil: month after month of each procedure."""
    whole = [x for x in lines if start <= x.month and x.end <= end]
    # The months wholly before the end, but not in the period: what they left open.
    until = [x for x in lines if x.end <= end]
    happened = {name: sum(x.numbers[name] for x in whole) for name in HAPPENED}
    inside = {id(x) for x in whole}
    before = sum(x.left for x in until if id(x) not in inside)
    carried_in = sum(x.numbers["carried_in"] for x in whole)
    newest = {x.code: x for x in sorted(until, key=lambda x: x.month)}
    late = sum(x.numbers["open_overdue"] for x in newest.values())
    return Counts(
        **happened,
        carried_over=before + carried_in,
        open_within=sum(x.left for x in until) - late,
        open_overdue=late,
    )


def fill(office: Office, seed: int) -> tuple[list[Row], list[Line]]:
    """A paper book of eleven months, then two years of dossiers."""
    rng = Random(seed)
    procedures = {
        code: make_procedure(office, code=code, field=field, papers=())
        for code, field in FIELDS.items()
    }
    after = months(LAST, date(2018, 12, 1))[1:]
    lines = [x for code in FIELDS for x in draw_account(rng, code, BOOK_MONTHS + after)]
    rows = [draw(rng, rng.choice(list(FIELDS))) for _ in range(rng.randint(0, 25))]
    write(rows, office, procedures)
    if lines:
        enter(office, *(row(procedures[x.code], x.month, **x.numbers) for x in lines))
    return rows, lines


def some_periods(seed: int) -> list[Period]:
    rng = Random(seed)
    days = (TODAY - FIRST).days
    starts = [FIRST + timedelta(days=rng.randint(-70, days)) for _ in range(6)]
    drawn = [free(x, x + timedelta(days=rng.choice((0, 20, 70, 500)))) for x in starts]
    words = ("2017", "2018", "2018-H1", "2018@15", "2018-02", "2018-9M", "2019", "2020")
    return [*map(parse, words), parse("A1@2017-12-05"), *drawn]


def count(office: Office, period: Period, **more: object) -> Figures:
    return counting.count(office.agency, period, today=TODAY, **more)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_random_totals_and_dossiers_are_counted_as_with_a_pencil(seed):
    office = _fresh_office()
    rows, lines = fill(office, seed)

    for period in some_periods(seed):
        figures = count(office, period)
        start, end = period.start, figures.as_of

        told = expected(rows, start, end) + counted(lines, start, end)
        assert figures.counts == told, period
        assert figures.counts.is_balanced, period
        assert total(x.counts for x in figures.by_field) == figures.counts
        for line in figures.by_procedure:
            own = [r for r in rows if r.procedure == line.code]
            book = [x for x in lines if x.code == line.code]
            told = expected(own, start, end) + counted(book, start, end)
            assert line.counts == told, (period, line.code)
            assert line.counts.is_balanced
        for name in ("received", "by_post", "intake_by_post"):
            added = sum(getattr(line, name) for line in figures.by_month)
            assert added == getattr(figures.counts, name), (period, name)
        for line in figures.by_month:
            before = expected(rows, line.year_before_start, line.year_before_end)
            before += counted(lines, line.year_before_start, line.year_before_end)
            assert line.received_year_before == before.received, (period, line)
            assert line.by_post_year_before == before.by_post, (period, line)
        assert figures.from_totals.counts == counted(lines, start, end)


def _fresh_office() -> Office:
    """Every example has an agency of its own: examples share one database."""
    number = Organisation.objects.count()
    return make_office(
        f"S{number}", province=f"T{number}", identifier=f"H02.{number + 10}"
    )


def test_random_totals_fill_every_figure(office):
    """Otherwise the comparison above would compare zeros."""
    _rows, lines = fill(office, seed=3)

    added = total(counted(lines, p.start, p.end) for p in some_periods(3))

    assert all(getattr(added, name) for name in (*HAPPENED, "carried_over"))
    assert added.open_within
    assert added.open_overdue


@pytest.fixture
def procedure(office: Office) -> Procedure:
    return make_procedure(office, code="1.001445")


def test_a_year_of_totals_is_told_beside_what_it_adds(office, procedure):
    enter(
        office,
        row(procedure, date(2018, 1, 1), received=8, by_post=3, early=5),
        row(procedure, date(2018, 5, 1), received=4, by_post=1, on_time=2),
    )
    receive(office, procedure, on=date(2018, 9, 3))

    figures = count(office, parse("2018"))

    assert (figures.counts.received, figures.counts.by_post) == (13, 4)
    assert figures.from_totals.counts.received == 12
    assert figures.from_totals.months == (date(2018, 1, 1), date(2018, 5, 1))
    assert figures.from_totals.cut_months == ()
    assert figures.from_totals.sources == (BOOK.text,)


@pytest.mark.parametrize(
    ("word", "received", "added", "cut"),
    [
        ("2018", 12, ["01", "05"], []),
        ("2018@15", 12, ["01", "05"], []),
        ("2018-H1@15", 12, ["01", "05"], []),
        ("2018-05@15", 0, [], ["05"]),
        ("2018-01-02..2018-05-31", 4, ["05"], ["01"]),
        ("2018-01-01..2018-05-30", 8, ["01"], ["05"]),
        ("2018-01-15..2018-01-20", 0, [], ["01"]),
        ("2018-02-01..2018-04-30", 0, [], []),
        ("2017", 0, [], []),
    ],
)
def test_a_month_that_is_cut_is_left_out_and_named(
    office, procedure, word, received, added, cut
):
    enter(
        office,
        row(procedure, date(2018, 1, 1), received=8),
        row(procedure, date(2018, 5, 1), received=4),
    )

    figures = count(office, parse(word))

    told = figures.from_totals
    assert figures.counts.received == received
    assert [f"{month:%m}" for month in told.months] == added
    assert [f"{month:%m}" for month in told.cut_months] == cut
    assert figures.counts.is_balanced


def test_what_totals_left_open_stays_until_a_row_finishes_it(office, procedure):
    enter(
        office,
        row(procedure, date(2018, 12, 1), carried_in=3, received=2, open_overdue=1),
        row(procedure, date(2019, 3, 1), overdue=4, open_overdue=1),
    )
    receive(
        office, procedure, on=date(2019, 2, 1), return_channel=ReturnChannel.COUNTER
    )

    before, after, now = (count(office, parse(x)) for x in ("2018", "2019", "2020"))

    assert before.counts == Counts(
        received=2, carried_over=3, open_within=4, open_overdue=1
    )
    assert after.counts == Counts(received=1, carried_over=5, overdue=4, open_overdue=2)
    assert now.counts == Counts(carried_over=2, open_overdue=2)
    assert now.from_totals.months == ()
    assert now.from_totals.sources == (BOOK.text,)


def test_figures_without_totals_say_nothing_of_them(office, procedure):
    receive(office, procedure, on=date(2020, 6, 1))

    told = count(office, parse("2020")).from_totals

    assert told == NO_TOTALS
    assert not told


def test_a_year_is_compared_with_the_totals_of_the_year_before(office, procedure):
    enter(office, row(procedure, date(2019, 6, 1), received=5, by_post=2))
    receive(
        office,
        procedure,
        on=date(2020, 6, 1),
        intake_channel=IntakeChannel.COUNTER,
    )

    june = count(office, parse("2020-H1")).by_month[5]
    cut = count(office, parse("2020-06-02..2020-06-30")).by_month[0]

    assert (june.received, june.received_year_before, june.by_post_year_before) == (
        1,
        5,
        2,
    )
    assert cut.received_year_before == 0


def test_a_province_adds_the_totals_of_its_agencies_and_others_none(
    office, other_office, procedure
):
    enter(office, row(procedure, date(2018, 1, 1), received=5))
    theirs = make_procedure(other_office)
    enter(
        other_office,
        row(theirs, date(2018, 1, 1), received=100),
        source=Source("Sổ khác"),
    )

    figures = counting.count(office.province, parse("2018"), today=TODAY)

    assert figures.counts.received == 5
    assert figures.from_totals.sources == (BOOK.text,)


def test_totals_are_left_out_where_a_narrower_set_is_asked_for(office, procedure):
    enter(office, row(procedure, date(2018, 1, 1), received=5))

    figures = count(office, parse("2018"), totals=OpeningTotal.objects.none())

    assert figures.counts == Counts()


def test_a_period_to_come_adds_no_totals(office, procedure):
    enter(office, row(procedure, date(2020, 9, 1), received=5))

    assert count(office, parse("2021")).counts == Counts()


def test_a_year_that_is_not_over_takes_the_months_that_are(office, procedure):
    enter(office, row(procedure, date(2020, 9, 1), received=5, early=1))

    figures = count(office, parse("2020"))

    assert figures.counts == Counts(received=5, early=1, open_within=4)
    assert not figures.is_over


@pytest.mark.parametrize(
    ("word", "words"),
    [
        (
            "2018",
            (
                "Trong số hồ sơ tiếp nhận có 12 hồ sơ theo số tổng hợp của 2 tháng "
                f"(nguồn: {BOOK.text})."
            ),
        ),
        (
            "2018-05@15",
            (
                "Trong số hồ sơ đang giải quyết có 8 hồ sơ theo số tổng hợp các tháng "
                f"trước (nguồn: {BOOK.text}). Không tính tháng 05/2018, vì kỳ báo cáo cắt "
                "ngang tháng chỉ có số tổng hợp."
            ),
        ),
        ("2017", ""),
    ],
)
def test_official_papers_say_what_came_from_totals(office, procedure, word, words):
    enter(
        office,
        row(procedure, date(2018, 1, 1), received=8),
        row(procedure, date(2018, 5, 1), received=4),
    )

    assert count(office, parse(word)).from_totals.words == words

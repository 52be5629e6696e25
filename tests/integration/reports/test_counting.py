"""The figures are those that somebody with the rules and a pencil would find.

``Row`` and ``expected`` are written from the counting rules of the house (by the
day the clock started, finished, returned), not from ``dossiers.counted_sets``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest

from dossiers.models import Dossier
from postal_tthc.accounts.models import Organisation
from procedures.models import Procedure
from reports import counting
from reports.figures import COUNTED, Counts, Figures, total
from reports.periods import Period, free, parse
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db

FIRST_DAY, TODAY = date(2018, 9, 1), date(2020, 11, 16)
OLD_ENDED = date(2020, 3, 31)
POST = "public_post"
INTAKE = ("counter", "online", POST, POST, "other_courier")
RETURN = ("counter", "online", POST)
EXPECTED = ("announced", "registered")
WAITING = ("awaiting_supplement", "awaiting_payment")
OPEN = ("received", "processing", *WAITING)
SENT = ("with_post", "undelivered", "returned")
UNJUDGED = ("withdrawn", "discontinued")
STATUSES = (*EXPECTED, *OPEN, "refused", *UNJUDGED, "result_ready", *SENT * 2)
WORDS = (
    "2018",
    "2019",
    "2020",
    "2020-9M",
    "2020-9M@15",
    "2020-H1",
    "2019-Q4",
    "2020-02",
    "2020-11",
    "A1@2019-02-28",
    "2018-09-01..2020-11-16",
    "2020-06-15..2020-06-15",
)


@dataclass(frozen=True)
class Row:
    """What is written on the cover of a dossier."""

    procedure: str
    intake: str
    returned_by: str
    started: date | None
    due: date | None
    status: str
    finished: date | None
    returned: date | None
    stopped: date | None = None

    @property
    def counts(self) -> bool:
        return self.status != "refused" and self.started is not None

    def is_late(self, on: date) -> bool:
        """Past its day and open; a clock that was stopped by then stands still."""
        return self.due < on and not (self.stopped and self.stopped <= self.due)

    @property
    def legs(self) -> int:
        return (self.intake == POST) + (self.returned_by == POST)

    @property
    def is_judged(self) -> bool:
        return self.status in ("result_ready", *SENT)


def expected(rows: Sequence[Row], start: date, end: date) -> Counts:
    """The figures from ``start`` to ``end``, both counted."""

    def inside(day: date | None) -> bool:
        return day is not None and start <= day <= end

    received = [r for r in rows if r.counts and inside(r.started)]
    results = [r for r in rows if r.status in SENT and inside(r.returned)]
    judged = [r for r in rows if r.is_judged and inside(r.finished)]
    known = [r for r in rows if r.counts and r.started <= end]
    left = [r for r in known if r.finished is None or r.finished > end]
    return Counts(
        received=len(received),
        by_post=sum(r.legs >= 1 for r in received),
        intake_by_post=sum(r.intake == POST for r in received),
        both_legs_by_post=sum(r.legs == 2 for r in received),
        online=sum(r.intake == "online" for r in received),
        results=len(results),
        return_by_post=sum(r.returned_by == POST for r in results),
        carried_over=sum(
            r.started < start and (r.finished is None or r.finished >= start)
            for r in known
        ),
        early=sum(r.finished < r.due for r in judged),
        on_time=sum(r.finished == r.due for r in judged),
        overdue=sum(r.finished > r.due for r in judged),
        withdrawn=sum(
            r.counts and r.status in UNJUDGED and inside(r.finished) for r in rows
        ),
        open_within=sum(not r.is_late(end) for r in left),
        open_overdue=sum(r.is_late(end) for r in left),
    )


def draw(rng: Random, procedure: str) -> Row:
    """A dossier of any fate up to today, its days close enough to meet the rules."""

    def later(day: date) -> date:
        return min(day + timedelta(days=rng.choice((0, 0, 1, 3, 8, 30, 200))), TODAY)

    started = FIRST_DAY + timedelta(days=rng.randint(0, (TODAY - FIRST_DAY).days))
    due = started + timedelta(days=rng.choice((0, 3, 8, 30)))
    status = rng.choice(STATUSES)
    ended = status not in (*EXPECTED, *OPEN)
    finished = later(started) if ended else None
    if ended and rng.random() < 0.3:
        finished = min(due, TODAY)
    stopped = later(started) if status in WAITING else None
    # Some end before they have come, and have no clock.
    if status in EXPECTED or (status in (*UNJUDGED, "refused") and rng.random() < 0.2):
        started = due = None
    return Row(
        procedure,
        rng.choice(INTAKE),
        rng.choice(RETURN),
        started,
        due,
        status,
        finished,
        later(finished) if status in SENT else None,
        stopped,
    )


def write(rows: Sequence[Row], office: Office, procedures: dict[str, Procedure]):
    Dossier.objects.bulk_create(
        Dossier(
            code=row.started and f"{office.agency.symbol}-{number:04}",
            agency=office.agency,
            desk=office.desk,
            procedure=procedures[row.procedure],
            applicant_name="Nguyễn Văn A",
            intake_channel=row.intake,
            return_channel=row.returned_by,
            return_name="Nguyễn Văn A",
            return_address="Số 1 đường Hùng Vương",
            received_at=at(row.started or FIRST_DAY),
            clock_started_on=row.started,
            processing_time=10,
            time_unit="working_days",
            due_on=row.due,
            clock_stopped_on=row.stopped,
            status=row.status,
            finished_on=row.finished,
            returned_on=row.returned,
            closing_reason="vì",
            entered_by=office.clerk,
        )
        for number, row in enumerate(rows)
    )


FIELDS = {"1.000001": "Văn thư", "1.000002": "Công chức", "1.000003": "Văn thư"}


def fill(office: Office, seed: int) -> list[Row]:
    """Some 120 dossiers of three procedures in two fields; a fourth is not used."""
    procedures = {
        code: make_procedure(office, code=code, field=field, papers=())
        for code, field in FIELDS.items()
    }
    make_procedure(office, code="1.000004", field="Tôn giáo", by_post=False)
    Procedure.objects.filter(code="1.000003").update(in_force_to=OLD_ENDED)
    rng = Random(seed)
    rows = [draw(rng, rng.choice(list(FIELDS))) for _ in range(rng.randint(100, 140))]
    write(rows, office, procedures)
    return rows


def some_periods(seed: int) -> list[Period]:
    """Every kind of word, and free days drawn by lot that have begun by today."""
    rng = Random(seed)
    starts = [
        FIRST_DAY + timedelta(days=rng.randint(-60, (TODAY - FIRST_DAY).days))
        for _ in range(8)
    ]
    drawn = [free(x, x + timedelta(days=rng.choice((0, 6, 45, 400)))) for x in starts]
    return [*map(parse, WORDS), *drawn]


def count(office: Office, period: Period, today: date = TODAY) -> Figures:
    return counting.count(office.agency, period, today=today)


@pytest.mark.parametrize("seed", range(4))
def test_random_dossiers_are_counted_as_with_a_pencil(office, seed):
    rows = fill(office, seed)

    for period in some_periods(seed):
        figures = count(office, period)
        end = min(period.end, TODAY)

        assert figures.counts == expected(rows, period.start, end), period
        assert figures.counts.is_balanced, period
        assert figures.as_of == end


def test_random_dossiers_fill_every_figure(office):
    """Otherwise the comparison above would compare zeros."""
    fill(office, seed=0)
    counted = total(count(office, period).counts for period in some_periods(0))

    assert all(getattr(counted, name) for name in COUNTED)


@pytest.mark.parametrize("seed", range(2))
def test_every_procedure_and_field_has_its_own_dossiers(office, seed):
    rows = fill(office, seed)

    for period in some_periods(seed):
        figures = count(office, period)
        end = figures.as_of

        for line in figures.by_procedure:
            own = [r for r in rows if r.procedure == line.code]
            assert line.counts == expected(own, period.start, end), (period, line)
        for line in figures.by_field:
            own = [r for r in rows if FIELDS[r.procedure] == line.name]
            assert line.counts == expected(own, period.start, end), (period, line)
        assert total(x.counts for x in figures.by_procedure) == figures.counts
        assert total(x.counts for x in figures.by_field) == figures.counts


@pytest.mark.parametrize("seed", range(2))
def test_months_add_up_and_stand_beside_the_year_before(office, seed):
    rows = fill(office, seed)

    for period in some_periods(seed):
        figures = count(office, period)
        for line in figures.by_month:
            own = expected(rows, line.start, line.end)
            before = expected(rows, line.year_before_start, line.year_before_end)

            assert line.received == own.received
            assert line.by_post == own.by_post
            assert line.intake_by_post == own.intake_by_post
            assert line.received_year_before == before.received
            assert line.by_post_year_before == before.by_post
        for name in ("received", "by_post", "intake_by_post"):
            added = sum(getattr(line, name) for line in figures.by_month)
            assert added == getattr(figures.counts, name), (period, name)


def test_the_list_behind_a_figure_is_as_long_as_the_figure(office):
    fill(office, seed=7)
    period = parse("2020-9M")
    figures = count(office, period)

    for name in (*COUNTED, "finished", "outstanding"):
        listed = Dossier.objects.counted(name, period.start, period.end)
        assert listed.count() == getattr(figures.counts, name), name


def test_other_agencies_are_not_counted(office, other_office):
    rows = fill(office, seed=1)
    fill(other_office, seed=2)

    figures = count(office, parse("2020-9M"))

    assert figures.counts == expected(rows, date(2020, 1, 1), date(2020, 9, 30))


def test_a_province_counts_all_below_it_and_nothing_else(office, other_office):
    rows = fill(office, seed=1)
    fill(other_office, seed=2)

    figures = counting.count(office.province, parse("2020-9M"), today=TODAY)

    assert figures.counts == expected(rows, date(2020, 1, 1), date(2020, 9, 30))
    assert figures.organisation == office.province.name


def test_a_visitor_is_shown_figures_of_what_the_visitor_may_see(office):
    rows = fill(office, seed=3)
    seen = Dossier.objects.visible_to(office.postal_clerk)

    figures = counting.count(office.agency, parse("2020"), today=TODAY, dossiers=seen)

    by_post = [row for row in rows if row.legs]
    assert figures.counts == expected(by_post, date(2020, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("word", "in_force", "postal", "listed"),
    [
        pytest.param("2020-Q1", 4, 3, 4, id="on the last day of the third"),
        pytest.param("2020-Q2", 3, 2, 3, id="a day later"),
        pytest.param("2020-H1", 3, 2, 4, id="in force in the period, not at its end"),
        pytest.param("2014", 0, 0, 0, id="before all"),
    ],
)
def test_procedures_are_counted_on_the_last_day(office, word, in_force, postal, listed):
    for code in FIELDS:
        make_procedure(office, code=code)
    make_procedure(office, by_post=False)
    Procedure.objects.filter(code="1.000003").update(in_force_to=OLD_ENDED)

    figures = count(office, parse(word))

    assert figures.procedures.numerator == postal
    assert figures.procedures.denominator == in_force
    assert len(figures.by_procedure) == listed
    assert figures.counts == Counts()


def test_a_procedure_out_of_force_is_shown_while_its_dossiers_are_open(office):
    procedure = make_procedure(office, in_force_to=date(2019, 12, 31))
    receive(office, procedure, on=date(2019, 12, 30))

    figures = count(office, parse("2020"))

    assert [line.code for line in figures.by_procedure] == [procedure.code]
    assert figures.counts == Counts(carried_over=1, open_overdue=1)


def test_a_code_with_two_versions_is_one_line(office):
    old = make_procedure(office, name="Tên cũ", in_force_to=date(2020, 6, 30))
    new = make_procedure(
        office, code=old.code, name="Tên mới", in_force_from=date(2020, 7, 1)
    )
    receive(office, old, on=date(2020, 6, 30))
    receive(office, new, on=date(2020, 7, 1))

    [line] = count(office, parse("2020")).by_procedure

    assert (line.name, line.counts.received) == ("Tên mới", 2)


def test_dossiers_of_a_procedure_that_went_to_another_agency_stay_counted(office):
    receive(office)
    sibling = Organisation.objects.create(
        kind=Organisation.Kind.AGENCY, parent=office.province, name="Sở Y", symbol="SYT"
    )
    Procedure.objects.update(agency=sibling)

    assert count(office, parse("2020")).counts.received == 1


@pytest.mark.parametrize(
    ("today", "is_over"),
    [
        pytest.param(date(2020, 9, 22), False, id="before its end"),
        pytest.param(date(2020, 9, 30), False, id="on its last day"),
        pytest.param(date(2020, 10, 1), True, id="the day after"),
    ],
)
def test_figures_and_period_agree_on_what_is_over(office, today, is_over):
    period = parse("2020-9M")

    assert period.is_over(today) is is_over
    assert count(office, period, today).is_over is is_over


def test_a_period_that_has_not_begun_counts_nothing_and_is_not_over(office):
    receive(office)
    tomorrow = TODAY + timedelta(days=1)

    figures = count(office, free(tomorrow, tomorrow))

    assert figures.counts == Counts()
    assert not figures.is_over

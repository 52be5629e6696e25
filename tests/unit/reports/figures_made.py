"""Figures made by hand or by chance, for the words and tables drawn from them."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from postal_tthc.lib.letterheads import letterhead
from reports import documents
from reports.documents import YearlyReport, why_no_whole
from reports.figures import Counts, Figures, MonthLine, OutreachLine, ProcedureLine
from reports.periods import free, parse
from reports.post_figures import LegFigures, PostFigures
from reports.ratios import Ratio
from reports.references import Citation

HEAD = documents.heading(
    letterhead(
        name="Sở Nội vụ tỉnh Bắc Giang",
        above="UBND tỉnh Bắc Giang",
        province="UBND tỉnh Bắc Giang",
    ),
    symbol="SNV",
    today=date(2020, 10, 5),
)
TODAY = date(2020, 10, 5)
BUSY = Counts(
    received=212,
    by_post=23,
    intake_by_post=5,
    both_legs_by_post=3,
    online=12,
    results=190,
    return_by_post=21,
    carried_over=8,
    early=150,
    on_time=30,
    overdue=10,
    withdrawn=2,
    open_within=25,
    open_overdue=3,
)
NEXT = replace(
    BUSY, received=120, by_post=29, carried_over=28, early=80, open_within=23
)
QUIET = Counts()
NAMES = ("Xếp lương lần đầu", "Công nhận điều lệ hội", "Thi nâng ngạch")
LETTER = Citation(
    "Công văn số 4208/UBND-KGVT ngày 22/09/2020 của Chủ tịch UBND tỉnh về việc báo cáo",
    "Công văn số 4208/UBND-KGVT",
)
BASIS = Citation(
    "Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016 của Thủ tướng Chính phủ về việc "
    "tiếp nhận hồ sơ qua dịch vụ bưu chính công ích",
    "Quyết định số 45/2016/QĐ-TTg",
)
DOCUMENTS = {"1": LETTER, "2": BASIS}
LEG = LegFigures(
    posted=20,
    arrived=19,
    judged=19,
    within_norm=18,
    postage_known=20,
    postage_dong=451_000,
    days=((1, 4), (2, 10), (4, 5)),
    norms=((2, 20),),
)
POST = PostFigures(intake=LEG, outgoing=LEG)
BRIEFING = OutreachLine(
    date(2020, 6, 24), "Quán triệt", "quán triệt Quyết định số 45", "", 58
)


def line(
    number: int, counts: Counts = QUIET, *, is_postal: bool = True
) -> ProcedureLine:
    name = NAMES[number % len(NAMES)]
    return ProcedureLine(f"1.99000{number}", name, "Công chức", is_postal, counts)


def figures(
    word: str, *lines: ProcedureLine, today: date = TODAY, **values: Any
) -> Figures:
    """Figures of a period as they would be counted on a day."""
    period = parse(word)
    as_of = max(period.as_of(today), period.start)
    months = tuple(
        MonthLine(start, end, 0, 0, 0, start, end, 0, 0)
        for start, end in replace(period, end=as_of).months()
    )
    values.setdefault("procedures", Ratio(6, 98, "postal", "in_force"))
    return Figures(
        "Sở Nội vụ tỉnh Bắc Giang",
        "SNV",
        period,
        as_of,
        today,
        by_procedure=lines,
        by_month=months,
        **values,
    )


def whole_of(periods: tuple[Figures, ...]) -> Figures | None:
    """All periods as one, as counting them at once would give it."""
    if len(periods) == 1 or why_no_whole([x.period for x in periods], TODAY):
        return None
    first, last = periods[0], periods[-1]
    lines: dict[str, ProcedureLine] = {}
    for each in periods:
        for x in each.by_procedure:
            known = lines.get(x.code)
            counts = x.counts + known.counts if known else x.counts
            lines[x.code] = replace(x, counts=counts)
    return replace(
        last,
        period=free(first.period.start, last.period.end),
        by_procedure=tuple(_reopened(x, last, first) for x in lines.values()),
        outreach=tuple(x for each in periods for x in each.outreach),
        refusals=last.refusals,
        post=last.post,
    )


def _reopened(x: ProcedureLine, last: Figures, first: Figures) -> ProcedureLine:
    """Carried over is that of the first period, open that of the last."""

    def of(whole: Figures) -> Counts:
        return next((y.counts for y in whole.by_procedure if y.code == x.code), QUIET)

    return replace(
        x,
        counts=replace(
            x.counts,
            carried_over=of(first).carried_over,
            open_within=of(last).open_within,
            open_overdue=of(last).open_overdue,
        ),
    )


def report(*periods: Figures, **values: Any) -> YearlyReport:
    """A report over these figures."""
    return YearlyReport(
        heading=HEAD,
        made_on=TODAY,
        periods=periods,
        whole=values.pop("whole", whole_of(periods)),
        why_no_whole=why_no_whole([x.period for x in periods], TODAY),
        dossiers=values.pop("dossiers", ()),
        **values,
    )


def seed(**values: Any) -> YearlyReport:
    """2019 beside nine months of 2020, as the report of September 2020 put them."""
    return report(
        figures("2019", line(0, BUSY), line(1), **values),
        figures("2020-9M", line(0, NEXT), line(1), **values),
    )


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """Counts that hold together: parts within wholes, and balanced."""
    received = draw(st.integers(0, 400))
    by_post = draw(st.integers(0, received))
    intake = draw(st.integers(0, by_post))
    both = draw(st.integers(0, intake))
    carried = draw(st.integers(0, 60))
    left = carried + received
    parts = []
    for _ in range(5):
        parts.append(draw(st.integers(0, left)))
        left -= parts[-1]
    early, on_time, overdue, withdrawn, within = parts
    results = draw(st.integers(0, early + on_time + overdue))
    return Counts(
        received=received,
        by_post=by_post,
        intake_by_post=intake,
        both_legs_by_post=both,
        results=results,
        return_by_post=draw(st.integers(0, results)),
        carried_over=carried,
        early=early,
        on_time=on_time,
        overdue=overdue,
        withdrawn=withdrawn,
        open_within=within,
        open_overdue=left,
    )


@st.composite
def legs(draw: st.DrawFn) -> LegFigures:
    """Items that were posted, arrived, were judged."""
    days = draw(st.lists(st.integers(0, 12), max_size=8))
    judged = draw(st.integers(0, len(days)))
    known = draw(st.integers(0, len(days)))
    return LegFigures(
        posted=len(days) + draw(st.integers(0, 3)),
        arrived=len(days),
        came_back=draw(st.integers(0, 2)),
        lost=draw(st.integers(0, 1)),
        judged=judged,
        within_norm=draw(st.integers(0, judged)),
        attempts=draw(st.integers(0, 3)),
        postage_known=known,
        postage_dong=known * draw(st.integers(8_000, 60_000)),
        days=tuple((day, days.count(day)) for day in sorted(set(days))),
    )


@st.composite
def drawn_figures(draw: st.DrawFn, word: str) -> Figures:
    """Everything a period may hold."""
    lines = [
        line(number, draw(counts()), is_postal=draw(st.booleans()))
        for number in range(draw(st.integers(0, 3)))
    ]
    reasons = ("fear", "cost", "slow", "unaware", "nearby", "other")
    kinds = ("silence", "lost", "damaged", "seal", "count")
    some = st.integers(0, 12)
    in_force = draw(st.integers(0, 120))
    return figures(
        word,
        *lines,
        procedures=Ratio(
            draw(st.integers(0, in_force)), in_force, "postal", "in_force"
        ),
        post=PostFigures(
            intake=draw(legs()),
            outgoing=draw(legs()),
            incidents=tuple((kind, draw(some)) for kind in kinds),
            complaints=draw(some),
            answered_late=draw(some),
            compensation_paid_dong=draw(st.sampled_from([0, 250_000])),
        ),
        refusals=tuple((reason, draw(some)) for reason in reasons),
        outreach=draw(st.sampled_from([(), (BRIEFING,)])),
    )


@st.composite
def drawn_reports(draw: st.DrawFn) -> YearlyReport:
    """One period, two that adjoin, or two that do not."""
    words = draw(
        st.sampled_from(
            [("2019",), ("2019", "2020-9M"), ("2018", "2020-Q1"), ("2020", "2020-Q2")]
        )
    )
    made = tuple(draw(drawn_figures(word)) for word in words)
    return report(*made)

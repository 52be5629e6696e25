"""What the leader's page shows of the dossiers: work, months, procedures, fields."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dossiers.counted_sets import COUNTED_SETS
from dossiers.statuses import WhyNotPost
from reports.counting.standing import Standing
from reports.dashboards.links import Links
from reports.figures import Counts, Figures
from reports.renderers import charts
from reports.screens import PERCENT, TEXT, Cell, Head, Table

TOP_PROCEDURES = 10


@dataclass(frozen=True)
class Linked:
    """A number and what it counts; ``beside`` is said after it."""

    label: str
    value: int
    link: str
    rule: str = ""
    is_alarm: bool = False
    beside: str = ""


# What is late comes first: it is what a leader asks for.
WORK = (
    "open_overdue",
    "open_within",
    "overdue",
    "on_time",
    "early",
    "withdrawn",
    "carried_over",
    "received",
    "finished",
    "outstanding",
)
ALARMS = frozenset({"open_overdue", "overdue"})
OF_A_PROCEDURE = ("received", "by_post", "intake_by_post", "return_by_post")


def work(figures: Figures) -> list[Linked]:
    """Carried over + received = finished + outstanding, each opened by its number."""
    links = Links(figures)
    return [
        Linked(
            str(COUNTED_SETS[name].name),
            getattr(figures.counts, name),
            links.to(name),
            str(COUNTED_SETS[name].rule),
            name in ALARMS and bool(getattr(figures.counts, name)),
        )
        for name in WORK
    ]


def now(figures: Figures, standing: Standing) -> list[Linked]:
    """What stands open today, whatever the period: the alarms of the morning."""
    links = Links(figures)
    papers = ""
    if standing.originals != standing.dossiers_with_originals:
        papers = _("dossiers, with %(number)d originals") % {
            "number": standing.originals
        }
    return [
        Linked(
            _("Overdue today"),
            standing.overdue,
            links.today("dossiers:list", tab="overdue"),
            _("Open, past the due date, and the clock was not stopped by then."),
            bool(standing.overdue),
        ),
        Linked(
            _("Silent items"),
            standing.silent,
            links.today("dossiers:items", tab="silent"),
            _("The post has them, and news should have come by now (J+n)."),
            bool(standing.silent),
        ),
        Linked(
            _("Open incidents"),
            standing.incidents,
            links.today("dossiers:incidents", tab="open"),
            _("Reported and not yet resolved."),
            bool(standing.incidents),
        ),
        Linked(
            _("Originals not home"),
            standing.dossiers_with_originals,
            links.today("dossiers:list", tab="originals"),
            _(
                "Dossiers of which an original is with a desk, an agency or the post, "
                "and not with the applicant."
            ),
            beside=papers,
        ),
        Linked(
            _("Items under way"),
            standing.under_way,
            links.today("dossiers:items", tab="under-way"),
            _("Items that the post has at this moment."),
        ),
    ]


def as_table(title: str, shown: list[Linked], rule: str = "") -> Table:
    """A strip of numbers, for the file."""
    heads = (Head(_("Figure"), TEXT), Head(_("Number")))
    rows = tuple((Cell(x.label, small=x.rule), Cell(x.value, x.link)) for x in shown)
    return Table(title, heads, rows, rule)


def trend(figures: Figures) -> str:
    """Dossiers by post in each month beside the same month a year before, as SVG."""
    links = Links(figures)
    groups = [
        charts.Group(
            f"{line.start:%m/%y}",
            (
                _bar(
                    line.by_post_year_before,
                    "before",
                    line.year_before_start,
                    line.year_before_end,
                    links,
                ),
                _bar(line.by_post, "post", line.start, line.end, links),
            ),
        )
        for line in figures.by_month
    ]
    return charts.columns(groups, _("Dossiers by post, by month"))


def _bar(value: int, kind: str, start: date, end: date, links: Links) -> charts.Bar:
    title = f"{start:%d/%m/%Y} – {end:%d/%m/%Y}: {value}"
    return charts.Bar(value, title, links.to("by_post", start, end), kind)


def months(figures: Figures) -> Table:
    """The trend and the table under it."""
    links = Links(figures)
    heads = (
        Head(_("Month"), TEXT),
        Head(_("Received")),
        Head(_("By post")),
        Head("%", PERCENT),
        Head(_("Received, year before")),
        Head(_("By post, year before")),
        Head(_("%, year before"), PERCENT),
    )
    rows = []
    for line in figures.by_month:
        days = (line.start, line.end)
        then = (line.year_before_start, line.year_before_end)
        rows.append(
            (
                Cell(f"{line.start:%m/%Y}"),
                Cell(line.received, links.to("received", *days)),
                Cell(line.by_post, links.to("by_post", *days)),
                Cell(line.by_post_ratio.percent),
                Cell(line.received_year_before, links.to("received", *then)),
                Cell(line.by_post_year_before, links.to("by_post", *then)),
                Cell(line.ratio_year_before.percent),
            )
        )
    return Table(
        _("Dossiers by post, by month"),
        heads,
        tuple(rows),
        _("Months by the day the clock started; refused dossiers are left out."),
        chart=trend(figures),
        legend=(
            ("before", _("same month of the year before")),
            ("post", _("this period")),
        ),
    )


def top_procedures(figures: Figures) -> Table:
    """What may go by post or did: the most used first, the unused last."""
    links = Links(figures)
    lines = figures.postal_procedures[:TOP_PROCEDURES]

    def narrower(code: str, field: str) -> dict[str, str]:
        return {"procedure": code, "field_name": field}

    bars = [
        (
            line.code,
            charts.Bar(
                line.counts.by_post,
                f"{line.name}: {line.counts.by_post}",
                links.to("by_post", **narrower(line.code, line.field)),
                "post",
            ),
        )
        for line in lines
    ]
    rows = tuple(
        _row(
            Cell(line.name, small=line.code),
            line.counts,
            links,
            **narrower(line.code, line.field),
        )
        for line in lines
    )
    return Table(
        _("Procedures that may go by post, the most used first"),
        _heads(_("Procedure")),
        rows,
        _("A procedure that may go by post but was not used stands here with 0."),
        empty=_("No procedure may go by post."),
        chart=charts.rows(bars, _("Dossiers by post, by procedure")) if bars else "",
    )


def by_field(figures: Figures) -> Table:
    """Every field of administration."""
    links = Links(figures)
    rows = tuple(
        _row(Cell(line.name), line.counts, links, field_name=line.name)
        for line in figures.by_field
    )
    return Table(
        _("By field"),
        _heads(_("Field")),
        rows,
        empty=_("Nothing was received in this period."),
    )


def _heads(first: str) -> tuple[Head, ...]:
    return (
        Head(first, TEXT),
        Head(_("Received")),
        Head(_("By post")),
        Head("%", PERCENT),
        Head(_("Came in by post")),
        Head(_("Results sent by post")),
    )


def _row(
    label: Cell, counts: Counts, links: Links, **narrower: str
) -> tuple[Cell, ...]:
    received, by_post, *legs = (
        Cell(getattr(counts, name), links.to(name, **narrower))
        for name in OF_A_PROCEDURE
    )
    return (label, received, by_post, Cell(counts.by_post_ratio.percent), *legs)


def refusals(figures: Figures) -> Table:
    """Why the post that was offered was not wanted."""
    links = Links(figures)
    heads = (Head(_("Why not by post?"), TEXT), Head(_("Dossiers")))
    rows = tuple(
        (
            Cell(str(WhyNotPost(reason).label)),
            Cell(number, links.to("received", why_not=reason)),
        )
        for reason, number in figures.refusals
    )
    return Table(
        _("Why not by post"),
        heads,
        rows,
        _("Of those received in the period, what the applicant answered at the desk."),
        empty=_(
            "Nobody gave a reason in this period. It is asked when a dossier is entered."
        ),
    )

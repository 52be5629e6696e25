"""What the leader's page shows: figures with their rules and their links."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dossiers.counted_sets import COUNTED_SETS
from reports.figures import Counts, Figures
from reports.ratios import Ratio
from reports.renderers import charts

TOP_PROCEDURES = 10


@dataclass(frozen=True)
class Card:
    """A ratio, how it is counted, and the dossiers behind both its numbers."""

    title: str
    ratio: Ratio
    rule: str
    numerator_link: str
    denominator_link: str
    is_headline: bool = False


class Links:
    """Addresses that open exactly the dossiers of a figure."""

    def __init__(self, figures: Figures) -> None:
        self.start, self.end = figures.period.start, figures.as_of
        self.symbol = figures.symbol

    def to(
        self,
        counted: str,
        start: date | None = None,
        end: date | None = None,
        **narrower: str,
    ) -> str:
        """The register, narrowed to a counted set on these days."""
        query = {
            "counted": counted,
            "start": (start or self.start).isoformat(),
            "end": (end or self.end).isoformat(),
            "agency": self.symbol,
            **narrower,
        }
        return f"{reverse('dossiers:list')}?{urlencode(query)}"


def cards(figures: Figures) -> list[Card]:
    """The headline, the two legs, the time kept, and the procedures offered."""
    counts, links = figures.counts, Links(figures)

    def card(title: str, ratio: Ratio, *, is_headline: bool = False) -> Card:
        return Card(
            title,
            ratio,
            str(COUNTED_SETS[ratio.subject].rule),
            links.to(ratio.subject),
            links.to(ratio.of),
            is_headline,
        )

    return [
        card(_("Dossiers by post"), counts.by_post_ratio, is_headline=True),
        card(_("Came in by post"), counts.intake_ratio),
        card(_("Results sent by post"), counts.return_ratio),
        _procedures_card(figures),
        card(_("Answered in time"), counts.on_time_ratio),
    ]


def _procedures_card(figures: Figures) -> Card:
    on = {"on": f"{figures.as_of:%d/%m/%Y}", "organisation": figures.symbol}
    listed = reverse("procedures:list")
    return Card(
        _("Procedures that may go by post"),
        figures.procedures,
        _("At least one leg may go by public post, over all in force on %(day)s.")
        % {"day": f"{figures.as_of:%d/%m/%Y}"},
        f"{listed}?{urlencode({**on, 'post': 'any'})}",
        f"{listed}?{urlencode(on)}",
    )


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


@dataclass(frozen=True)
class Linked:
    """A number and the dossiers it counts."""

    label: str
    value: int
    link: str
    rule: str = ""
    is_alarm: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table: its label, its numbers, its ratio."""

    label: str
    code: str
    numbers: tuple[Linked, ...]
    ratio: Ratio


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


def top_chart(figures: Figures) -> str:
    """The dossiers by post of each procedure, the most used first, as SVG."""
    links = Links(figures)
    bars = [
        (
            line.code,
            charts.Bar(
                line.counts.by_post,
                f"{line.name}: {line.counts.by_post}",
                links.to("by_post", procedure=line.code, field_name=line.field),
                "post",
            ),
        )
        for line in figures.postal_procedures[:TOP_PROCEDURES]
    ]
    return charts.rows(bars, _("Dossiers by post, by procedure")) if bars else ""


def top_procedures(figures: Figures) -> list[Row]:
    """What may go by post or did: the most used first, the unused last."""
    links = Links(figures)
    return [
        _row(
            line.name,
            line.code,
            line.counts,
            links,
            procedure=line.code,
            field_name=line.field,
        )
        for line in figures.postal_procedures[:TOP_PROCEDURES]
    ]


def by_field(figures: Figures) -> list[Row]:
    """Every field of administration."""
    links = Links(figures)
    return [
        _row(line.name, "", line.counts, links, field_name=line.name)
        for line in figures.by_field
    ]


def _row(label: str, code: str, counts: Counts, links: Links, **narrower: str) -> Row:
    numbers = tuple(
        Linked("", getattr(counts, name), links.to(name, **narrower))
        for name in OF_A_PROCEDURE
    )
    return Row(label, code, numbers, counts.by_post_ratio)


def months(figures: Figures) -> list[dict[str, object]]:
    """The table under the trend."""
    links = Links(figures)
    return [
        {
            "line": line,
            "received": links.to("received", line.start, line.end),
            "by_post": links.to("by_post", line.start, line.end),
            "received_before": links.to(
                "received", line.year_before_start, line.year_before_end
            ),
            "by_post_before": links.to(
                "by_post", line.year_before_start, line.year_before_end
            ),
        }
        for line in figures.by_month
    ]


def link_for(figures: Figures, name: str) -> str:
    """The dossiers behind a number of the summary; empty for procedures."""
    return Links(figures).to(name) if name in COUNTED_SETS else ""

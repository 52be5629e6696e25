"""The headline numbers, each beside the same days of the year before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dossiers.counted_sets import COUNTED_SETS
from reports.dashboards.links import Links, procedures_link
from reports.figures import Counts, Figures
from reports.periods import Period
from reports.ratios import Ratio
from reports.screens import PERCENT, TEXT, Cell, Head, Table


@dataclass(frozen=True)
class YearBefore:
    """The same days one year earlier."""

    start: date
    end: date
    counts: Counts
    procedures: Ratio


@dataclass(frozen=True)
class Card:
    """A ratio, how it is counted, the dossiers behind both its numbers.

    ``before`` is the same of the year before with its own two links, ``change`` the
    difference of the percentages in words.
    """

    title: str
    ratio: Ratio
    rule: str
    numerator_link: str
    denominator_link: str
    is_headline: bool = False
    before: Ratio | None = None
    numerator_link_before: str = ""
    denominator_link_before: str = ""

    @property
    def change(self) -> str:
        """What became of the percentage, in words."""
        return "" if self.before is None else change(self.before, self.ratio)


def change(before: Ratio, now: Ratio) -> str:
    """The difference of two percentages in percentage points, in words."""
    difference = points(before, now)
    if difference is None:
        return _("nothing to compare with")
    if not difference:
        return _("unchanged")
    text = {"points": number_format(abs(difference), decimal_pos=2)}
    if difference > 0:
        return _("up %(points)s percentage points") % text
    return _("down %(points)s percentage points") % text


def points(before: Ratio, now: Ratio) -> Decimal | None:
    """The difference in percentage points; None where a percentage is missing."""
    if before.percent is None or now.percent is None:
        return None
    return now.percent - before.percent


def comparable(period: Period, as_of: date) -> Period | None:
    """The same days one year earlier, up to the day that was counted."""
    counted = Period(period.word, period.name, period.start, as_of)
    try:
        return counted.year_before()
    except ValueError:
        return None


def cards(figures: Figures, before: YearBefore | None = None) -> list[Card]:
    """The headline, the two legs, the time kept, and the procedures offered."""
    counts, links = figures.counts, Links(figures)

    def card(title: str, name: str, *, is_headline: bool = False) -> Card:
        ratio: Ratio = getattr(counts, name)
        then = before and (before.start, before.end)
        return Card(
            title,
            ratio,
            str(COUNTED_SETS[ratio.subject].rule),
            links.to(ratio.subject),
            links.to(ratio.of),
            is_headline,
            getattr(before.counts, name) if before else None,
            links.to(ratio.subject, *then) if then else "",
            links.to(ratio.of, *then) if then else "",
        )

    return [
        card(_("Dossiers by post"), "by_post_ratio", is_headline=True),
        card(_("Came in by post"), "intake_ratio"),
        card(_("Results sent by post"), "return_ratio"),
        _procedures_card(figures, before),
        card(_("Answered in time"), "on_time_ratio"),
    ]


def _procedures_card(figures: Figures, before: YearBefore | None) -> Card:
    symbol, on = figures.symbol, figures.as_of
    then = before.end if before else None
    return Card(
        _("Procedures that may go by post"),
        figures.procedures,
        _("At least one leg may go by public post, over all in force on %(day)s.")
        % {"day": f"{on:%d/%m/%Y}"},
        procedures_link(symbol, on, "any"),
        procedures_link(symbol, on),
        before=before.procedures if before else None,
        numerator_link_before=procedures_link(symbol, then, "any") if then else "",
        denominator_link_before=procedures_link(symbol, then) if then else "",
    )


def as_table(shown: list[Card]) -> Table:
    """The cards, for the file."""
    heads = (
        Head(_("Figure"), TEXT),
        Head(_("Number")),
        Head(_("Of")),
        Head("%", PERCENT),
        Head(_("Number, year before")),
        Head(_("Of, year before")),
        Head(_("%, year before"), PERCENT),
        Head(_("Change"), TEXT),
    )
    rows = tuple(
        (
            Cell(card.title, small=card.rule),
            Cell(card.ratio.numerator, card.numerator_link),
            Cell(card.ratio.denominator, card.denominator_link),
            Cell(card.ratio.percent),
            Cell(card.before.numerator if card.before else None),
            Cell(card.before.denominator if card.before else None),
            Cell(card.before.percent if card.before else None),
            Cell(card.change),
        )
        for card in shown
    )
    return Table(_("Headline figures"), heads, rows)

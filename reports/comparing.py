"""Our own figures for the periods that a letter names, for the number doctor."""

from contextlib import suppress
from datetime import date

from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.models import Organisation
from reports import claims, counting, layouts, periods
from reports.figures import Figures
from reports.periods import Period

# What claims calls a ratio, and what figures do.
COMPARED = {
    "by_post": "by_post_ratio",
    "intake_by_post": "intake_ratio",
    "return_by_post": "return_ratio",
    "on_time": "on_time_ratio",
    "procedures": "procedures",
}
MOST_PERIODS = 12


def counted_periods(text: str, today: date) -> list[Period]:
    """The periods with figures in the text, those that have begun, at most twelve."""
    found = []
    for word in claims.named_periods(text):
        with suppress(ValueError):  # a year out of range is nobody's period
            found.append(periods.parse(word))
    return [x for x in found if x.start <= today][:MOST_PERIODS]


def own_figures(
    organisation: Organisation,
    asked: list[Period],
    *,
    today: date,
    dossiers: DossierQuerySet | None = None,
) -> dict[str, dict[str, tuple[int, int]]]:
    """Period word → name of a ratio → numerator and denominator.

    A period in which nothing was received is left out: we know nothing of it.
    """
    found = {}
    for period in asked:
        figures = counting.count(organisation, period, today=today, dossiers=dossiers)
        if figures.counts.received:
            found[period.word] = ratios_of(figures)
    return found


def ratios_of(figures: Figures) -> dict[str, tuple[int, int]]:
    """The ratios that a text is compared with, as numerator and denominator."""
    ratios = {x: layouts.ratio(figures, name) for x, name in COMPARED.items()}
    return {x: (ratio.numerator, ratio.denominator) for x, ratio in ratios.items()}

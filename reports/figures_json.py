"""The figures for programs: what the command and the API answer."""

from typing import Any

from reports.figures import Counts, Figures
from reports.post_figures import LegFigures, PostFigures
from reports.ratios import Ratio

BALANCE = (
    "carried_over",
    "received",
    "early",
    "on_time",
    "overdue",
    "withdrawn",
    "finished",
    "open_within",
    "open_overdue",
    "outstanding",
)

OF_A_LEG = (
    "posted",
    "arrived",
    "came_back",
    "lost",
    "under_way",
    "attempts",
    "median",
    "p80",
    "p90",
    "postage_known",
    "postage_dong",
    "postage_mean",
)


def as_json(figures: Figures) -> dict[str, Any]:
    """The figures for programs: counts are integers, percents decimal strings."""
    counts = figures.counts
    return {
        "organisation": figures.organisation,
        "symbol": figures.symbol,
        "period": {
            "from": figures.period.start.isoformat(),
            "to": figures.period.end.isoformat(),
            "as_of": figures.as_of.isoformat(),
            "is_over": figures.is_over,
        },
        "received": counts.received,
        "by_post": _ratio(counts.by_post_ratio),
        "intake_by_post": _ratio(counts.intake_ratio),
        "return_by_post": _ratio(counts.return_ratio),
        "both_legs_by_post": counts.both_legs_by_post,
        "online": counts.online,
        "on_time": _ratio(counts.on_time_ratio),
        "procedures": _ratio(figures.procedures),
        "balance": {name: getattr(counts, name) for name in BALANCE},
        "by_procedure": [
            {"code": line.code, "name": line.name, **_line(line.counts)}
            for line in figures.by_procedure
        ],
        "by_field": [
            {"name": line.name, **_line(line.counts)} for line in figures.by_field
        ],
        "by_month": [
            {
                "from": line.start.isoformat(),
                "to": line.end.isoformat(),
                "received": line.received,
                "by_post": line.by_post,
                "percent": _percent(line.by_post_ratio),
                "year_before": {
                    "received": line.received_year_before,
                    "by_post": line.by_post_year_before,
                    "percent": _percent(line.ratio_year_before),
                },
            }
            for line in figures.by_month
        ],
        "post": _post(figures.post),
        "refusals": dict(figures.refusals),
    }


def _post(post: PostFigures) -> dict[str, Any]:
    """Items by leg with their working days, and the harm; money in đồng."""
    return {
        "intake": _leg(post.intake),
        "return": _leg(post.outgoing),
        "both": _leg(post.both),
        "incidents": dict(post.incidents),
        "complaints": post.complaints,
        "answered_late": post.answered_late,
        "compensation_due_dong": post.compensation_due_dong,
        "compensation_paid_dong": post.compensation_paid_dong,
    }


def _leg(leg: LegFigures) -> dict[str, Any]:
    return {
        **{name: getattr(leg, name) for name in OF_A_LEG},
        "within_norm": _ratio(leg.within_norm_ratio),
        # As pairs of days and items: names of JSON objects are never numbers.
        "days": [list(pair) for pair in leg.days],
        "norms": [list(pair) for pair in leg.norms],
    }


def _ratio(ratio: Ratio) -> dict[str, int | str | None]:
    return {
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
        "percent": _percent(ratio),
    }


def _percent(ratio: Ratio) -> str | None:
    return None if ratio.percent is None else str(ratio.percent)


def _line(counts: Counts) -> dict[str, int | str | None]:
    return {
        "received": counts.received,
        "by_post": counts.by_post,
        "percent": _percent(counts.by_post_ratio),
    }

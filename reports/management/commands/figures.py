"""Prints the figures of an organisation in a period, as JSON or as a table."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.lib.vietnamese import write_number
from reports import counting
from reports.documents import counted_days
from reports.figures import Counts, Figures, Ratio
from reports.layouts import RATIOS, SUMMARY, number, ratio
from reports.management.arguments import PERIOD_HELP, organisation_named, period_named
from reports.periods import Period
from reports.post_figures import LegFigures, PostFigures

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


class Command(BaseCommand):
    """``figures --organisation SNV --from 2019-01-01 --to 2019-12-31 --json``."""

    help = "Print the figures of an organisation in a period."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("--organisation", required=True, metavar="SYMBOL")
        parser.add_argument("--from", dest="start", metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="end", metavar="YYYY-MM-DD")
        parser.add_argument("--period", metavar="PERIOD", help=PERIOD_HELP)
        parser.add_argument(
            "--json", action="store_true", help="for programs, not for people"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print, or a sentence why not."""
        organisation = organisation_named(options["organisation"])
        figures = counting.count(
            organisation, _asked_period(options), today=timezone.localdate()
        )
        if options["json"]:
            self.stdout.write(
                json.dumps(as_json(figures), ensure_ascii=False, indent=2)
            )
        else:
            self.stdout.write("\n".join(as_lines(figures)))


def _asked_period(options: dict[str, Any]) -> Period:
    start, end, word = options["start"], options["end"], options["period"]
    if word and not (start or end):
        return period_named(word)
    if word or not (start and end):
        raise CommandError(_("Give either --from and --to, or --period."))
    return period_named(f"{start}..{end}")


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


def as_lines(figures: Figures) -> Iterator[str]:
    """The figures for people: the rows of the report's summary."""
    yield f"{figures.organisation}, {figures.period.name}"
    yield counted_days(figures)
    for row in SUMMARY:
        if not row.name:
            yield f"\n{row.label}"
            continue
        label = "  " * (row.level + 1) + row.label
        share = f"   {ratio(figures, row.ratio)}" if row.ratio else ""
        yield f"{label:<60}{write_number(number(figures, row.name)):>9}{share}"
    yield "\nTỷ lệ viết trong báo cáo"
    for name, rule in RATIOS.items():
        yield f"  {rule.label:<58}{ratio(figures, name)}"

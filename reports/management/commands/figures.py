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
from reports.figures import Figures
from reports.figures_json import as_json
from reports.layouts import RATIOS, SUMMARY, number, ratio
from reports.management.arguments import PERIOD_HELP, organisation_named, period_named
from reports.periods import Period


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

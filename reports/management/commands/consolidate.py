"""Writes the report of a province to a file, and says who has not reported."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.errors import DomainError
from postal_tthc.lib.whole_files import whole_file
from reports.consolidation import exporting
from reports.consolidation.collecting import collect
from reports.management.arguments import PERIOD_HELP, organisation_named, period_named


class Command(BaseCommand):
    """``consolidate --organisation UBND --period 2019 --output province.xlsx``."""

    help = "Write the figures of all organisations of a province to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("--organisation", required=True, metavar="SYMBOL")
        parser.add_argument(
            "--period", required=True, metavar="PERIOD", help=PERIOD_HELP
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument(
            "--successors",
            action="store_true",
            help="sum organisations that ended under their successors",
        )
        parser.add_argument("--format", choices=exporting.FORMATS, default="xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file, or leave what was there and say why."""
        collector = organisation_named(options["organisation"])
        period = period_named(options["period"])
        try:
            collected = collect(
                collector,
                period,
                today=timezone.localdate(),
                by_successor=options["successors"],
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        content = exporting.report(collected, collector, options["format"])
        try:
            with whole_file(options["output"]) as path:
                path.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("%(file)s could not be written: %(reason)s.")
                % {"file": options["output"], "reason": error.strerror}
            ) from error
        self.stdout.write(str(options["output"]))
        for row in collected.awaited:
            self.stdout.write(
                _("Not reported: %(name)s (%(symbol)s)")
                % {"name": row.name, "symbol": row.symbol}
            )
        for found in collected.differences:
            self.stdout.write(f"{found.label}: {found.of_rows} ≠ {found.counted}")

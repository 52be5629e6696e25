"""Fills a database with synthetic dossiers, fast."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.generating import generate
from dossiers.management.arguments import day_named, organisation_named
from postal_tthc.errors import DomainError
from postal_tthc.lib.vietnamese import write_number

MOST = 10_000_000


class Command(BaseCommand):
    """``generate_dossiers --count 100000 --seed 1``.

    Synthetic, and marked so: in sample organisations, by the names of the applicants
    and by the note. The same seed gives the same dossiers on the same day.
    """

    help = "Write synthetic dossiers, with papers, items and a sealed log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("--count", required=True, type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument(
            "--until", metavar="YYYY-MM-DD", help="the last day of receipt; today"
        )
        parser.add_argument(
            "--organisation",
            metavar="SYMBOL",
            help="a sample agency that gets them; without it some are added",
        )
        parser.add_argument("--beside-real-data", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write all of them, or none and a sentence why."""
        count, symbol = options["count"], options["organisation"]
        if not 1 <= count <= MOST:
            raise CommandError(
                _("--count is a number from 1 to %(most)s.")
                % {"most": write_number(MOST)}
            )
        until = options["until"]
        try:
            done = generate(
                count,
                options["seed"],
                until=day_named(until) if until else timezone.localdate(),
                organisation=organisation_named(symbol) if symbol else None,
                beside_real_data=options["beside_real_data"],
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "%(dossiers)s dossiers, %(rows)s rows in %(seconds)s s: %(rate)s "
                "dossiers and %(row_rate)s rows a second."
            )
            % {
                "dossiers": write_number(done.dossiers),
                "rows": write_number(done.rows),
                "seconds": f"{done.seconds:.2f}",
                "rate": write_number(round(done.dossiers / done.seconds)),
                "row_rate": write_number(round(done.rows / done.seconds)),
            }
        )

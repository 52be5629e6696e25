"""Says when a period ends, by the calendar of public offices."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from procedures.calendar import working_calendar
from procedures.working_days import LONGEST, TimeUnit


class Command(BaseCommand):
    """``due_date --from 2020-01-20 --days 10`` prints ``2020-02-10``."""

    help = "Print the day on which a period ends (ISO form)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument(
            "--from",
            dest="start",
            required=True,
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day the clock starts; it is not counted itself",
        )
        parser.add_argument("--days", required=True, type=int)
        parser.add_argument(
            "--unit",
            default=TimeUnit.WORKING_DAYS.value,
            choices=[unit.value for unit in TimeUnit],
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the day, or a sentence why not."""
        if not 0 <= options["days"] <= LONGEST:
            raise CommandError(
                _("A period has 0 to %(longest)d days.") % {"longest": LONGEST}
            )
        try:
            calendar = working_calendar(options["start"])
            due = calendar.due_on(
                options["start"], options["days"], TimeUnit(options["unit"])
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(due.isoformat())

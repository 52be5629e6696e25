"""Writes the register of an organisation to a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.management.arguments import day_named, organisation_named
from dossiers.spreadsheets import export_log
from dossiers.spreadsheets.exporting import BY_RECEIPT, Wish, of_organisation, write
from dossiers.spreadsheets.layouts import LAYOUTS
from postal_tthc.errors import DomainError
from postal_tthc.lib.big_sheets import FORMATS
from postal_tthc.lib.vietnamese import write_number
from postal_tthc.lib.whole_files import whole_file


class Command(BaseCommand):
    """``export_register --organisation SNV --from 2020-01-01 --to 2020-09-30 …``.

    The dossiers received on these days, in the order of receipt. The layout
    ``columns`` is the one that ``import_register`` reads again.
    """

    help = "Write the register of an organisation to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("--organisation", required=True, metavar="SYMBOL")
        parser.add_argument("--from", dest="start", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="end", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--format", choices=sorted(FORMATS), default="xlsx")
        parser.add_argument("--layout", choices=list(LAYOUTS), default="columns")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file, or leave what was there and say why."""
        organisation = organisation_named(options["organisation"])
        start, end = day_named(options["start"]), day_named(options["end"])
        if start > end:
            raise CommandError(_("--from must not be later than --to."))
        wish = Wish(
            layout=options["layout"],
            order=BY_RECEIPT,
            file_format=options["format"],
        )
        chosen = of_organisation(wish, organisation, start, end)
        try:
            with whole_file(options["output"]) as path:
                done = write(chosen, wish, organisation, path)
        except DomainError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s could not be written: %(reason)s.")
                % {"file": options["output"], "reason": error.strerror}
            ) from error
        export_log.note(wish, organisation, done, by=None)
        written = ngettext("%(number)s dossier", "%(number)s dossiers", done)
        number = written % {"number": write_number(done)}
        self.stdout.write(f"{options['output']}: {number}")

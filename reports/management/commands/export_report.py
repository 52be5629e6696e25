"""Writes the yearly report to a file."""

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import yearly
from reports.management.arguments import PERIOD_HELP, organisation_named, period_named

RENDERERS = {"xlsx": yearly.workbook}
FILE_MODE = 0o644


class Command(BaseCommand):
    """``export_report --organisation SNV --period 2019 --output report.xlsx``."""

    help = "Write the cooperation report of an organisation to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("--organisation", required=True, metavar="SYMBOL")
        parser.add_argument(
            "--period",
            action="append",
            required=True,
            metavar="PERIOD",
            help=f"{PERIOD_HELP}; repeat it to put periods side by side",
        )
        parser.add_argument("--format", choices=sorted(RENDERERS), default="xlsx")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file, or leave what was there and say why."""
        organisation = organisation_named(options["organisation"])
        asked = [period_named(word) for word in options["period"]]
        render = RENDERERS[options["format"]]
        content = render(organisation, asked, today=timezone.localdate())
        try:
            write_whole(options["output"], content)
        except OSError as error:
            raise CommandError(
                _("%(file)s could not be written: %(reason)s.")
                % {"file": options["output"], "reason": error.strerror}
            ) from error
        self.stdout.write(str(options["output"]))


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that nobody opens half of it.

    Raises ``OSError`` and leaves nothing behind when the disk refuses.
    """
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(FILE_MODE)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

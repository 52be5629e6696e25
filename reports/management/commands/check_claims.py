"""Checks the figures and the form of a letter, .txt or .docx."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from reports import claims, comparing, letters
from reports.claims import Context, Finding
from reports.management.arguments import organisation_named

WRONG, UNREADABLE = 1, 2  # exit statuses


class Command(BaseCommand):
    """``check_claims report.docx --json``; status 1 when there is an error."""

    help = (
        "Check percentages, sums, lists, periods, citations and the form of a report "
        "(.txt or .docx). Needs no database unless --organisation is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--json", action="store_true", help="for programs, not for people"
        )
        parser.add_argument(
            "--organisation",
            metavar="SYMBOL",
            help="compare with the figures we count for this organisation",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found; the exit status says whether there is an error."""
        text = _read(options["file"])
        context = Context(today=timezone.localdate())
        if options["organisation"]:
            context = _known(options["organisation"], text)
        found = claims.check(text, context=context)
        if options["json"]:
            rows = [x.as_json() for x in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(claims.tidy(text), found)))
        if any(x.is_error for x in found):
            sys.exit(WRONG)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return letters.read(file, name=path.name)
    except OSError as error:
        text = _("%(file)s could not be read: %(reason)s.")
        values = {"file": path, "reason": error.strerror}
        raise CommandError(text % values, returncode=UNREADABLE) from error
    except Invalid as error:
        raise CommandError(str(error), returncode=UNREADABLE) from error


def _known(symbol: str, text: str) -> Context:
    """The context with our own figures; a wrong symbol is no error of the letter."""
    try:
        organisation = organisation_named(symbol)
    except CommandError as error:
        raise CommandError(str(error), returncode=UNREADABLE) from error
    today = timezone.localdate()
    asked = comparing.counted_periods(text, today)
    return Context(
        organisation=organisation.name,
        symbol=organisation.symbol,
        figures=comparing.own_figures(organisation, asked, today=today),
        today=today,
    )


def _lines(text: str, found: list[Finding]) -> Iterator[str]:
    """A finding: its line, what stands there and what should, the passage, why."""
    for x in found:
        line = text.count("\n", 0, x.position) + 1
        place = _("ERROR, line %(n)d") if x.is_error else _("WARNING, line %(n)d")
        yield f"{place % {'n': line}}: {x.found} → {x.expected}"
        yield f"  «{x.text}»"
        yield f"  {x.explanation}"
        yield ""
    if not found:
        yield _("Nothing wrong was found.")
        return
    errors = sum(x.is_error for x in found)
    numbers = {"errors": errors, "warnings": len(found) - errors}
    yield _("Errors: %(errors)d. Warnings: %(warnings)d.") % numbers

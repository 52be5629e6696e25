"""Loads the catalogue of an agency from a workbook, or says everything wrong in it."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import DomainError, Invalid
from postal_tthc.lib.sheets import read_workbook
from procedures import catalogue
from procedures.catalogue import Judgement, Kind


class Command(BaseCommand):
    """``import_catalogue danh-muc.xlsx --organisation SNV --dry-run``."""

    help = "Load a catalogue of procedures from an .xlsx file: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument(
            "--organisation",
            required=True,
            metavar="SYMBOL",
            help="the symbol of the organisation whose catalogue it is",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="judge the file, write nothing"
        )
        parser.add_argument(
            "--effective-from",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which changes hold (default: the decision's)",
        )
        parser.add_argument(
            "--decision",
            metavar="NUMBER",
            help="the decision behind rows that name none: 124/QĐ-UBND",
        )
        parser.add_argument(
            "--end-missing",
            action="store_true",
            help="end the procedures in force that the file leaves out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the file, print what was found, and load it unless told not to."""
        try:
            judgement = self._judge(options)
            self._report(judgement)
            if not judgement.is_loadable:
                raise Invalid(
                    _("%(count)s faults; nothing was loaded.")
                    % {"count": len(judgement.faults)}
                )
            if options["dry_run"]:
                self.stdout.write(_("Nothing was written (--dry-run)."))
                return
            count = catalogue.load(judgement, by=None)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Procedures written: %(count)s.") % {"count": count})

    def _judge(self, options: dict[str, Any]) -> Judgement:
        path, number = options["file"], options["decision"]
        organisation = self._organisation(options["organisation"])
        decision = catalogue.find_decision(number) if number else None
        try:
            with path.open("rb") as file:
                sheets = read_workbook(file, name=path.name)
        except OSError as error:
            raise Invalid(
                _("The file %(path)s cannot be opened.") % {"path": path}
            ) from error
        return catalogue.judge(
            sheets,
            organisation=organisation,
            on=timezone.localdate(),
            effective_from=options["effective_from"],
            decision=decision,
            end_missing=options["end_missing"],
        )

    def _organisation(self, symbol: str) -> Organisation:
        try:
            return Organisation.objects.get(symbol=symbol)
        except Organisation.DoesNotExist:
            known = Organisation.objects.order_by("symbol")
            raise Invalid(
                _("There is no organisation %(symbol)s. Known are: %(known)s.")
                % {
                    "symbol": symbol,
                    "known": ", ".join(known.values_list("symbol", flat=True)) or "–",
                }
            ) from None

    def _report(self, judgement: Judgement) -> None:
        for fault in judgement.faults:
            self.stderr.write(str(fault))
        names = {
            Kind.NEW: _("New: %(count)s"),
            Kind.CHANGED: _("Changed: %(count)s"),
            Kind.ELIGIBILITY_CHANGED: _("Only going by post changed: %(count)s"),
            Kind.UNCHANGED: _("Unchanged: %(count)s"),
            Kind.ENDED: _("Ended: %(count)s"),
        }
        for kind, count in judgement.counts.items():
            self.stdout.write(names[kind] % {"count": count})
        for name in judgement.new_fields:
            self.stdout.write(_("New field: %(name)s") % {"name": name})
        for missing in judgement.missing:
            self.stdout.write(
                _("In force but not in the file: %(code)s %(name)s")
                % {"code": missing.code, "name": missing.name}
            )

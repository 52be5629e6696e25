"""Writes the yearly report to a file."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import DomainError
from postal_tthc.lib.whole_files import whole_file
from reports.assembling import Assembly, snapshot_to_keep
from reports.defaults import facts, legal_bases
from reports.files import RENDERERS
from reports.management.arguments import PERIOD_HELP, organisation_named, period_named
from reports.models import Report
from reports.periods import Period
from reports.snapshots import Snapshot
from reports.yearly import in_order


class Command(BaseCommand):
    """``export_report --organisation SNV --period 2019 --output report.xlsx``.

    A report of these periods that was signed is written as it was frozen, a draft
    with its own words; without one the report writes itself.
    """

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
        try:
            content = RENDERERS[options["format"]](snapshot(organisation, asked))
        except DomainError as error:
            raise CommandError(str(error)) from error
        try:
            with whole_file(options["output"]) as path:
                path.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("%(file)s could not be written: %(reason)s.")
                % {"file": options["output"], "reason": error.strerror}
            ) from error
        self.stdout.write(str(options["output"]))


def snapshot(organisation: Organisation, asked: Sequence[Period]) -> Snapshot:
    """The newest report of exactly these periods, signed ones first; or a fresh one.

    A desk of an agency has no reports of its own: what it counts is its agency's.
    """
    today = timezone.localdate()
    if organisation.scope.kind == Organisation.Kind.AGENCY:
        organisation = organisation.scope
    words = [x.word for x in in_order(asked)]
    known = Report.objects.filter(organisation=organisation).exclude(
        status__in=[Report.Status.WITHDRAWN, Report.Status.REPLACED]
    )
    found = [x for x in known.order_by("created_at", "pk") if x.periods == words]
    found.sort(key=lambda x: x.is_frozen)
    if found:
        return snapshot_to_keep(found[-1], today=today)
    report = Report(organisation=organisation, **facts(organisation, words))
    bases = legal_bases(organisation, words)
    return Assembly(report, today, bases=bases).snapshot()

"""``manage.py import_register FILE --organisation SNV``: take over a register."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.management.arguments import organisation_named
from dossiers.spreadsheets import faulty, importing, mapping
from dossiers.spreadsheets.judged import Kind
from dossiers.spreadsheets.summary import Summary, as_json
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import DomainError, allows
from postal_tthc.kept_files import hash_of
from postal_tthc.lib.table_files import read_table_file

try:
    import resource
except ImportError:  # not on Windows
    resource = None


class Command(BaseCommand):
    """Judge every row; write all, the good ones, or nothing."""

    help = (
        "Import a register (.xlsx, .xls, .ods, .csv). Exit status 1 when any row is "
        "faulty; then nothing is written, unless --skip-faulty is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and what to do with it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, help="symbol, e.g. SNV")
        parser.add_argument("--by", help="user name of the clerk who imports")
        parser.add_argument("--dry-run", action="store_true", help="judge only")
        parser.add_argument(
            "--skip-faulty", action="store_true", help="write the good rows"
        )
        parser.add_argument("--report", type=Path, help="faulty rows, as .xlsx")
        parser.add_argument("--json", action="store_true", help="the result as JSON")
        parser.add_argument(
            "--memory", action="store_true", help="print the peak memory at the end"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; raise ``CommandError`` with the sentence of a refusal."""
        path: Path = options["file"]
        try:
            content = path.open("rb")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        with content:
            try:
                summary = self._run(path, content, options)
            except DomainError as error:
                raise CommandError(str(error)) from error
        self._print(summary, is_json=options["json"])
        if options["memory"] and resource:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            self.stderr.write(_("Peak memory: %(n)d MB") % {"n": peak})
        if summary.faults:
            sys.exit(1)

    def _run(self, path: Path, content: Any, options: Any) -> Summary:
        by, now = _clerk(options["organisation"], options["by"]), timezone.now()
        sheets = read_table_file(content, name=path.name)
        content.seek(0)
        places = mapping.propose(sheets, by.organisation.scope)
        sent = importing.Sent(sheets, places, hash_of(content.read()), by)
        content.seek(0)
        summary = importing.judge_sent(sent, now=now)
        if options["report"] and places is not None:
            sheet = mapping.sheet_of(sheets, places)
            told = faulty.reasons(summary.faults)
            content_of_report = faulty.workbook(sheet, places.heading_row, told)
            try:
                options["report"].write_bytes(content_of_report)
            except OSError as error:
                raise CommandError(f"{options['report']}: {error.strerror}") from error
        may_write = not summary.faults or (
            options["skip_faulty"] and summary.counts["rows"]
        )
        if may_write and summary.is_writable and not options["dry_run"]:
            source = importing.keep(content, path.name, by=by, at=now)
            importing.note(source, sent, summary)
            importing.write(
                source,
                by=by,
                at=now,
                skips_faulty=options["skip_faulty"],
                sheets=sheets,
            )
        return summary

    def _print(self, summary: Summary, *, is_json: bool) -> None:
        counts, notes = summary.counts, summary.notes
        if notes["faults"] > len(summary.faults):
            self.stderr.write(
                _("The file has %(n)d faults; the first %(kept)d of them are told.")
                % {"n": notes["faults"], "kept": len(summary.faults)}
            )
        if is_json:
            faults = [as_json(fault) for fault in summary.faults]
            told = {**counts, "faults": faults}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for fault in summary.faults:
            self.stderr.write(str(fault))
        for doubt in summary.doubts:
            self.stderr.write(f"? {doubt}")
        if notes["open"]:
            self.stderr.write(
                _(
                    "Of the new dossiers %(open)d are not finished, %(overdue)d of "
                    "them overdue: their rows have no day of result or return."
                )
                % notes
            )
        self.stdout.write(
            _(
                "%(rows)d rows: %(new)d new, %(unchanged)d unchanged, %(changed)d "
                "changed, %(faulty)d faulty."
            )
            % {"rows": counts["rows"], **{kind.value: counts[kind] for kind in Kind}}
        )


def _clerk(symbol: str, name: str | None) -> User:
    """Who imports: the person named, else the first clerk of the organisation."""
    organisation = organisation_named(symbol)
    within = Organisation.objects.within(organisation)
    people = User.objects.filter(is_active=True, organisation__in=within)
    if name:
        people = people.filter(username=name)
    for person in people.select_related("organisation__parent").order_by("pk"):
        is_ours = person.organisation.scope == organisation.scope
        if is_ours and allows(permissions.check_can_receive, person):
            return person
    if name:
        raise CommandError(
            _("«%(name)s» is no one who may receive dossiers at %(organisation)s.")
            % {"name": name, "organisation": organisation}
        )
    raise CommandError(
        _("Nobody of %(organisation)s may receive dossiers. Name a clerk with --by.")
        % {"organisation": organisation}
    )

"""Importing in tests: by the same functions as the page."""

from io import BytesIO

from django.utils import timezone

from dossiers.models import RegisterImport
from dossiers.spreadsheets import importing, mapping
from dossiers.spreadsheets.summary import Summary
from postal_tthc.kept_files import hash_of
from postal_tthc.lib.table_files import read_table_file
from tests.factories.offices import Office


def judge(office: Office, content: bytes, name: str = "so.xlsx") -> Summary:
    """What the file would do; nothing is kept."""
    sheets = read_table_file(BytesIO(content), name=name)
    places = mapping.propose(sheets, office.agency)
    sent = importing.Sent(sheets, places, hash_of(content), office.clerk)
    return importing.judge_sent(sent, now=timezone.now())


def kept(office: Office, content: bytes, name: str = "so.xlsx") -> RegisterImport:
    """The file, kept and judged by the clerk."""
    now = timezone.now()
    source = importing.keep(BytesIO(content), name, by=office.clerk, at=now)
    return importing.judge(source, by=office.clerk, now=now)


def bring(
    office: Office, content: bytes, name: str = "so.xlsx", *, skips_faulty: bool = False
) -> RegisterImport:
    """The file, written."""
    return importing.write(
        kept(office, content, name),
        by=office.clerk,
        at=timezone.now(),
        skips_faulty=skips_faulty,
    )

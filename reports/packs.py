"""Reports with all their files in one .zip, made in the background.

A report as Word, as PDF, as a workbook, and Biểu 06 by itself. The PDF takes seconds
each, so a pack of many reports outlasts a request.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postal_tthc import jobs
from postal_tthc.accounts.models import User
from postal_tthc.errors import DomainError, Invalid, allows
from postal_tthc.jobs import Outcome, Progress
from postal_tthc.lib import office
from postal_tthc.lib.vietnamese import fold
from reports import assembling, files, permissions
from reports.models import Report

if TYPE_CHECKING:
    from postal_tthc.jobs.models import Job

KIND = "report-pack"
MOST = 60
AS_ROWS = 2_000  # rows of a list that take as long as one report
FILES = 4  # of a report
FORM_06 = "Bieu06"


def chosen(user: User, numbers: Iterable[int]) -> list[Report]:
    """The reports of these numbers, in the order of the list.

    Raises ``Refused`` for a role without reports, ``Invalid`` when there is none, are
    too many, or one of them is not this person's to read.
    """
    permissions.readable(user)
    asked = set(numbers)
    if not asked:
        raise Invalid(_("Choose at least one report."))
    if len(asked) > MOST:
        raise Invalid(_("A pack holds at most %(most)d reports.") % {"most": MOST})
    shown = Report.objects.visible_to(user).select_related("organisation__parent")
    found = list(shown.filter(pk__in=asked))
    if len(found) < len(asked):
        raise Invalid(
            _("A report among those chosen is gone, or is not yours to read.")
        )
    return found


def start(reports: list[Report], *, by: User) -> "Job":
    """Ask for the pack; the job's page shows how far it is and serves it."""
    if len(reports) == 1:
        title = _("All files of %(report)s") % {"report": _stem(reports[0])}
    else:
        title = _("All files of %(n)d reports") % {"n": len(reports)}
    return jobs.start(
        KIND,
        title=title,
        by=by,
        parameters={"reports": [report.pk for report in reports]},
        size=AS_ROWS * len(reports),
    )


def may_see(user: User, job: "Job") -> bool:
    """Whoever reads the reports of the house that asked: they see the same ones."""
    home = user.organisation
    is_same = home is not None and job.organisation is not None
    return (
        is_same
        and home.scope == job.organisation.scope
        and allows(permissions.readable, user)
    )


def work(job: "Job", progress: Progress) -> Outcome:
    """Write the pack: what its owner may read at this moment."""
    reports = chosen(job.by, job.parameters["reports"])
    progress.begin(FILES * len(reports))
    path, without_pdf = _scratch(), []
    try:
        with ZipFile(path, "w", ZIP_DEFLATED) as pack:
            folders = _folders(reports)
            for place, (report, folder) in enumerate(
                zip(reports, folders, strict=True)
            ):
                progress.doing = _stem(report)
                names = set()
                for name, content in _files(report):
                    pack.writestr(f"{folder}{name}", content)
                    names.add(name)
                    progress.reached(FILES * place + len(names))
                if files.filename(report, "pdf") not in names:
                    without_pdf.append(_stem(report))
                progress.reached(FILES * (place + 1))
            number = len(pack.namelist())
    except BaseException:
        path.unlink()
        raise
    return Outcome(
        _said(number, len(reports), without_pdf),
        _name(reports, job.by),
        path,
        reports[0].get_absolute_url()
        if len(reports) == 1
        else reverse("reports:papers"),
    )


def _files(report: Report) -> Iterator[tuple[str, bytes]]:
    """The files with their names; no PDF where LibreOffice cannot make one."""
    try:
        snapshot = assembling.snapshot_to_keep(report, today=timezone.localdate())
    except DomainError as error:
        raise type(error)(f"{_stem(report)}: {error}") from error
    yield files.filename(report, "xlsx"), files.xlsx(snapshot)
    yield files.filename(report, "xlsx", of=FORM_06), files.form_06(snapshot)
    document = files.docx(snapshot)
    yield files.filename(report, "docx"), document
    try:
        yield files.filename(report, "pdf"), office.to_pdf(document)
    except office.NoPdf:
        return


def _folders(reports: list[Report]) -> list[str]:
    """A folder for each of several reports; two of one name are told apart."""
    if len(reports) == 1:
        return [""]
    names: list[str] = []
    for report in reports:
        name = _stem(report)
        names.append(f"{name}_{report.pk}/" if f"{name}/" in names else f"{name}/")
    return names


def _said(number: int, reports: int, without_pdf: list[str]) -> str:
    said = ngettext(
        "%(files)d files of %(n)d report.", "%(files)d files of %(n)d reports.", reports
    ) % {"files": number, "n": reports}
    if without_pdf:
        why = _(
            "Without PDF, which LibreOffice on this server did not make: %(names)s."
        )
        said += f" {why % {'names': ', '.join(without_pdf)}}"
    return said


def _name(reports: list[Report], user: User) -> str:
    """``BC_SNV_05_2020.zip``; of several, whose they are and the day."""
    if len(reports) == 1:
        return f"{_stem(reports[0])}.zip"
    symbol = fold(user.organisation.symbol).upper().replace(" ", "-").replace("/", "-")
    return f"bao-cao-{symbol}-{timezone.localdate():%Y%m%d}.zip"


def _stem(report: Report) -> str:
    return files.filename(report, "").rstrip(".")


def _scratch() -> Path:
    with NamedTemporaryFile(prefix="pack-", suffix=".zip", delete=False) as file:
        return Path(file.name)

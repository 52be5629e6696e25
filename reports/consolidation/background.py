"""Consolidation as work for the worker: a large province's files, many returns."""

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.models import Dossier
from postal_tthc import jobs
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import allows
from postal_tthc.jobs import Outcome, Progress
from reports import periods, wording
from reports.consolidation import collecting, exporting, many, pages, results
from reports.consolidation.permissions import check_can_collect, check_can_read
from reports.periods import Period

if TYPE_CHECKING:
    from postal_tthc.jobs.models import Job

KIND = "consolidation"
FILES, RETURNS = "files", "returns"
AT_ONCE = 20_000  # dossiers of a province; more are counted in the background
AS_ROWS = 200  # rows of a list that take as long as one return


def is_large(collector: Organisation) -> bool:
    """Whether counting it takes longer than somebody waits for."""
    return Dossier.objects.of(collector).order_by().count() > AT_ONCE


def start_files(
    collector: Organisation, period: Period, *, is_joined: bool, by: User
) -> "Job":
    """Ask for the province's report as Excel and Word, in one .zip."""
    check_can_read(by, collector)
    title = _("Consolidation: %(name)s, %(period)s")
    size = Dossier.objects.of(collector).order_by().count()
    return _start(title, FILES, collector, period, by, size, is_joined=is_joined)


def start_returns(
    sent: list[many.Sent], collector: Organisation, period: Period, *, by: User
) -> "Job":
    """Ask for judging many returns and writing the good ones."""
    check_can_collect(by, collector)
    title = _("Returns handed in: %(name)s, %(period)s")
    size = AS_ROWS * len(sent)
    files = [file.as_json() for file in sent]
    return _start(title, RETURNS, collector, period, by, size, files=files)


def _start(
    title: str,
    do: str,
    collector: Organisation,
    period: Period,
    by: User,
    size: int,
    **more: Any,
) -> "Job":
    return jobs.start(
        KIND,
        title=title % {"name": collector, "period": wording.period_name(period)},
        by=by,
        parameters={"do": do, "of": collector.pk, "period": period.word, **more},
        size=size,
    )


def may_see(user: User, job: "Job") -> bool:
    """Whoever reads what the province collected."""
    collector = Organisation.objects.get(pk=job.parameters["of"])
    return allows(check_can_read, user, collector)


def work(job: "Job", progress: Progress) -> Outcome:
    """Do what the job names, with the rights its owner has at this moment."""
    collector = Organisation.objects.get(pk=job.parameters["of"])
    period = periods.parse(job.parameters["period"])
    if job.parameters["do"] == FILES:
        check_can_read(job.by, collector)
        return _make_files(job, collector, period, progress)
    check_can_collect(job.by, collector)
    return _take_returns(job, collector, period, progress)


def clear(job: "Job") -> None:
    """The files of a job that will not read them any more go."""
    if job.parameters["do"] == RETURNS:
        many.throw_away(job.parameters["files"])


def _make_files(
    job: "Job", collector: Organisation, period: Period, progress: Progress
) -> Outcome:
    is_joined = job.parameters["is_joined"]
    progress.begin(collecting.steps(collector), _("Counting"))
    collected = collecting.collect(
        collector,
        period,
        today=timezone.localdate(),
        by_successor=is_joined,
        reached=progress.reached,
    )
    progress.begin(len(exporting.FORMATS), _("Writing"))
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as pack:
        for number, kind in enumerate(exporting.FORMATS, start=1):
            name = exporting.filename(collector.symbol, period, kind)
            pack.writestr(name, exporting.report(collected, collector, kind))
            progress.reached(number)
    reported = len(collected.leaves) - len(collected.awaited)
    said = ngettext(
        "%(n)d of %(all)d organisation has reported.",
        "%(n)d of %(all)d organisations have reported.",
        len(collected.leaves),
    ) % {"n": reported, "all": len(collected.leaves)}
    return Outcome(
        said,
        exporting.filename(collector.symbol, period, "zip"),
        stream.getvalue(),
        pages.address("reports:consolidation", period, is_joined=is_joined),
    )


def _take_returns(
    job: "Job", collector: Organisation, period: Period, progress: Progress
) -> Outcome:
    files = [many.Sent(**kept) for kept in job.parameters["files"]]
    progress.begin(len(files), _("Judging"))
    taken = []
    for number, file in enumerate(files, start=1):
        taken.append(many.take(file, collector, period, by=job.by, at=timezone.now()))
        progress.reached(number)
    tally = dict.fromkeys(many.Verdict, 0)
    for each in taken:
        tally[each.verdict] += 1
    said = _(
        "Returns written: %(written)d; here already: %(here)d; refused: %(refused)d."
    ) % {
        "written": tally[many.Verdict.WRITTEN],
        "here": tally[many.Verdict.HERE],
        "refused": tally[many.Verdict.REFUSED],
    }
    progress.conclude(
        outcome := Outcome(
            said,
            exporting.filename(collector.symbol, period, "xlsx", of="KQ-nhan"),
            results.render(taken, collector.name, period),
            pages.address("reports:consolidation", period),
        )
    )
    many.throw_away(job.parameters["files"])
    return outcome

"""The import as work for the worker: judging, writing or undoing a large file."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import RegisterImport
from dossiers.spreadsheets import importing
from dossiers.spreadsheets.mapping import places_from
from dossiers.spreadsheets.summary import as_json
from dossiers.spreadsheets.undoing import undo
from postal_tthc.errors import Conflict
from postal_tthc.jobs import Outcome, Progress, start
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status as JobStatus
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import write_number

if TYPE_CHECKING:
    from postal_tthc.accounts.models import User

KIND = "import"
JUDGE, WRITE, UNDO = "judge", "write", "undo"
# A file up to this size is judged, and up to so many rows written, while one waits.
SMALL_FILE = 300_000  # bytes
SMALL_LIST = 2_000  # rows


def job_of(source: RegisterImport) -> Job | None:
    """The last work that was asked for about this file."""
    asked = Job.objects.filter(kind=KIND, parameters__import=source.pk)
    return asked.order_by("-pk").first()


def check_idle(source: RegisterImport) -> None:
    """Nobody is working on the file: two at once would undo each other's work."""
    job = job_of(source)
    if job is not None and job.is_open:
        raise Conflict(
            _("«%(file)s» is being worked on: %(job)s. Wait for its end, or stop it.")
            % {"file": source, "job": job}
        )


def start_judging(source: RegisterImport, *, by: "User") -> Job:
    """Ask for the judgement of a large file; its rows are not counted yet."""
    return start(
        KIND,
        title=_("Judge «%(file)s»") % {"file": source},
        by=by,
        parameters={"import": source.pk, "do": JUDGE},
        size=source.file.size // 100,  # a row takes about that many bytes
    )


@transaction.atomic
def start_writing(source: RegisterImport, *, by: "User", skips_faulty: bool) -> Job:
    """Ask for writing what was judged."""
    RegisterImport.objects.filter(pk=source.pk).update(
        status=RegisterImport.Status.WRITING
    )
    return start(
        KIND,
        title=_("Import «%(file)s»") % {"file": source},
        by=by,
        parameters={"import": source.pk, "do": WRITE, "skips_faulty": skips_faulty},
        size=source.counts.get("rows", 0),
    )


def start_undoing(source: RegisterImport, *, by: "User") -> Job:
    """Ask for taking back what a large file has done."""
    return start(
        KIND,
        title=_("Undo «%(file)s»") % {"file": source},
        by=by,
        parameters={"import": source.pk, "do": UNDO},
        size=source.counts.get("new", 0) + source.counts.get("changed", 0),
    )


def work(job: Job, progress: Progress) -> Outcome:
    """Do with the import what the job names, in one transaction of its own."""
    source = RegisterImport.objects.select_related("organisation", "by").get(
        pk=job.parameters["import"]
    )
    link = reverse("dossiers:import", args=[source.pk])
    verbs = {JUDGE: _judge, WRITE: _write, UNDO: _undo}
    return verbs[job.parameters["do"]](source, job, progress, link)


def set_back(job: Job) -> None:
    """What was stopped waits to be done again; what failed says so, and why.

    Asked for by the end of the job itself, never by an attempt: one that ends may
    have been put back into the queue, or have lost the job to another.
    """
    do, statuses = job.parameters["do"], RegisterImport.Status
    others = Job.objects.open().filter(
        kind=KIND, parameters__import=job.parameters["import"], parameters__do=do
    )
    if do == UNDO or others.exclude(pk=job.pk).exists():
        return
    has_failed = job.status == JobStatus.FAILED
    kept = RegisterImport.objects.filter(pk=job.parameters["import"])
    if do == WRITE:
        status = statuses.FAILED if has_failed else statuses.JUDGED
        kept.filter(status=statuses.WRITING).update(status=status)
    elif has_failed:
        told = [as_json(Fault(0, "", "", job.sentence))]
        waiting = kept.filter(status__in=[statuses.JUDGED, statuses.FAILED])
        waiting.update(status=statuses.FAILED, counts={}, faults=told)


def _judge(source: RegisterImport, job: Job, progress: Progress, link: str) -> Outcome:
    progress.begin(0, _("Reading"))
    sheets = importing.read(source)
    places = places_from(source.mapping) if source.mapping else None
    total = sum(len(sheet.rows) for sheet in sheets)
    progress.begin(total, _("Judging"))
    source = importing.judge(
        source,
        by=job.by,
        sheets=sheets,
        places=places,
        now=timezone.now(),
        reached=progress.reached,
    )
    progress.reached(total)  # headings and other sheets are done as well
    said = _("%(rows)s rows judged, %(faulty)s of them faulty.") % {
        key: write_number(source.counts[key]) for key in ("rows", "faulty")
    }
    return Outcome(said, link=link)


def _write(source: RegisterImport, job: Job, progress: Progress, link: str) -> Outcome:
    progress.begin(0, _("Reading"))
    sheets = importing.read(source)
    rows, is_writing = source.counts.get("rows", 0), False
    progress.begin(rows, _("Step 1 of 2, judging"))
    found: list[Outcome] = []

    def reached(done: int) -> None:
        # Everything is judged once more before the first row is written.
        nonlocal is_writing
        if done > rows and not is_writing:
            is_writing = True
            progress.begin(rows, _("Step 2 of 2, writing"))
        progress.reached(done - rows if is_writing else done)

    def conclude(written: RegisterImport) -> None:
        found.append(progress.conclude(Outcome(said_written(written), link=link)))

    try:
        importing.write(
            source,
            by=job.by,
            at=timezone.now(),
            skips_faulty=job.parameters.get("skips_faulty", False),
            sheets=sheets,
            reached=reached,
            conclude=conclude,
        )
    except importing.ChangedMeanwhile:
        importing.judge_anew(source, by=job.by, now=timezone.now(), sheets=sheets)
        return Outcome(said_judged_anew(), link=link)
    return found[0]


def _undo(source: RegisterImport, job: Job, progress: Progress, link: str) -> Outcome:
    progress.begin(source.rows.count(), _("Undoing"))
    found: list[Outcome] = []

    def conclude(undone: RegisterImport) -> None:
        found.append(progress.conclude(Outcome(said_undone(undone), link=link)))

    now = timezone.now()
    undo(source, by=job.by, at=now, reached=progress.reached, conclude=conclude)
    return found[0]


def said_judged_anew() -> str:
    """Why nothing was written, and what was done instead."""
    return _(
        "The register has changed since the file was judged, so nothing was written. "
        "It was judged once more: look at what would be written now."
    )


def said_written(source: RegisterImport) -> str:
    """What writing did, in numbers."""
    counts = {key: write_number(source.counts[key]) for key in ("new", "changed")}
    return _("%(new)s dossiers added, %(changed)s changed.") % counts


def said_undone(source: RegisterImport) -> str:
    """What undoing did, in numbers."""
    counts = {key: write_number(source.counts[key]) for key in ("new", "changed")}
    return (
        _(
            "The import was undone: %(new)s dossiers that it brought are gone, "
            "%(changed)s that it changed have their former values again."
        )
        % counts
    )

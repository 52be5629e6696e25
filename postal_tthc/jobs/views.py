"""The pages of long work: what I asked for, how far it is, what came out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict
from postal_tthc.jobs import actions, board, permissions, wording
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status

PAGE = 25
MOST_DIGITS = 19  # of a row's number
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Line:
    """A job with what is said about it."""

    job: Job
    rate: str
    time_left: str
    is_silent: bool
    waits_for_worker: bool
    can_stop: bool
    has_file: bool
    can_fetch: bool


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Newest first: one's own, and for leaders those of the organisation."""
    return render(request, "jobs/list.html", _lines(request))


def polled(view: View) -> View:
    """A part of a page that asks again and again: signed out, the page starts anew."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response
        return HttpResponse(status=403, headers={"HX-Refresh": "true"})

    return login_not_required(answered)


@polled
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """The rows of the list, as they are now."""
    return render(request, "jobs/_lines.html", _lines(request))


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: who, when, how far, what came out."""
    return render(request, "jobs/job.html", {"line": _line(request, pk)})


@polled
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of that page."""
    return render(request, "jobs/_progress.html", {"line": _line(request, pk)})


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it to stop."""
    found = actions.stop(_visible(request, pk), by=request.user)
    if found.is_open:
        messages.info(request, _("Asked to stop: it ends at its next row."))
    return redirect(found)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """What came out, as an attachment."""
    found = _visible(request, pk)
    permissions.check_can_fetch(request.user, found)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Conflict(permissions.no_file()) from error
    response = FileResponse(content, as_attachment=True, filename=found.file_name)
    response["Cache-Control"] = "private, no-store"
    return response


def _visible(request: HttpRequest, pk: int) -> Job:
    rows = Job.objects.visible_to(request.user)
    rows = rows.select_related("by", "organisation__parent", "stop_asked_by")
    return board.freshen(get_object_or_404(rows, pk=pk))


def _line(request: HttpRequest, pk: int) -> Line:
    now = timezone.now()
    has_worker = board.somebody_works(now)
    return _describe(_visible(request, pk), request.user, now, has_worker)


def _lines(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    rows = Job.objects.visible_to(request.user)
    rows = rows.select_related("by", "organisation__parent")
    after = request.GET.get("after", "")
    if is_paged := after.isascii() and after.isdecimal() and len(after) < MOST_DIGITS:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    next_key = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    has_worker = board.somebody_works(now)
    described = [
        _describe(board.freshen(job), request.user, now, has_worker)
        for job in found[:PAGE]
    ]
    return {
        "lines": described,
        "is_live": any(line.job.is_open for line in described),
        "lacks_worker": any(line.waits_for_worker for line in described),
        "next_key": next_key,
        "is_first": not is_paged,
    }


def _describe(job: Job, user: User, now: datetime, has_worker: bool) -> Line:
    is_silent = job.is_silent(now)
    waits = job.status == Status.QUEUED or is_silent
    return Line(
        job=job,
        rate=wording.rate(job.rate),
        time_left="" if is_silent else wording.time_left(job.seconds_left),
        is_silent=is_silent,
        waits_for_worker=waits and not has_worker,
        can_stop=permissions.can_stop(user, job),
        has_file=job.has_file(now),
        can_fetch=permissions.can_fetch(user, job),
    )

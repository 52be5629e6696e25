"""Who may stop a job, and who may fetch its file."""

from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, Refused, allows
from postal_tthc.jobs import kinds
from postal_tthc.jobs.models import Job


def check_still_there(job: Job) -> None:
    """Work is done with the rights of who asked, for the house in which they asked.

    Whoever moved to another one meanwhile would leave its figures with the old.
    """
    by = job.by
    if not by.is_active or by.organisation_id != job.organisation_id:
        raise Refused(
            _("%(name)s no longer works where this was asked for, so it was not done.")
            % {"name": by}
        )


def check_can_stop(user: User, job: Job) -> None:
    """Whoever sees a job may stop it, as long as it is not over."""
    _check_sees(user, job)
    if not job.is_open:
        raise Conflict(
            _("«%(title)s» is already over: %(status)s.")
            % {"title": job.title, "status": job.get_status_display()}
        )


def can_stop(user: User, job: Job) -> bool:
    """Whether a button is offered."""
    return allows(check_can_stop, user, job) and job.stop_asked_at is None


def check_can_fetch(user: User, job: Job) -> None:
    """Who sees the job, unless its kind says no to them at this moment."""
    _check_sees(user, job)
    try:
        may_see = kinds.find(job.kind).may_see
    except LookupError:
        may_see = None
    if may_see is not None and not may_see(user, job):
        if job.by_id == user.pk:
            raise Refused(_("Your account no longer includes what is in this file."))
        raise Refused(
            _("This file is only for %(name)s, who asked for it.") % {"name": job.by}
        )
    if not job.has_file(timezone.now()):
        raise Conflict(no_file())


def no_file() -> str:
    """What is said where a file was."""
    return _("There is no file here, or it is no longer kept. Ask for it again.")


def can_fetch(user: User, job: Job) -> bool:
    """Whether a download is offered."""
    return allows(check_can_fetch, user, job)


def _check_sees(user: User, job: Job) -> None:
    if not job.is_visible_to(user):
        raise Refused(_("This work was asked for by somebody else."))

"""A long list of the post as work for the worker: matching it, writing it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import PostList
from dossiers.post_lists import keeping, wording
from postal_tthc.accounts.models import User
from postal_tthc.errors import Invalid
from postal_tthc.jobs import Outcome, Progress, start
from postal_tthc.jobs.models import Job, JobQuerySet

KIND = "post_list"
MATCH, WRITE = "match", "write"
AT_ONCE = 200  # rows that somebody waits for: some 30 ms each


def is_long(source: PostList) -> bool:
    """Whether it is matched and written in the background."""
    return source.rows > AT_ONCE


def jobs_of(source: PostList) -> JobQuerySet:
    """The work that was ever asked for about the list."""
    return Job.objects.filter(kind=KIND, parameters__list=source.pk)


def ask(source: PostList, do: str, *, by: User) -> Job:
    """Ask for ``MATCH`` or ``WRITE``."""
    title = _("Match «%(file)s»") if do == MATCH else _("Write «%(file)s»")
    return start(
        KIND,
        title=title % {"file": source},
        by=by,
        parameters={"list": source.pk, "do": do},
        size=source.rows,
    )


def work(job: Job, progress: Progress) -> Outcome:
    """Do what the job names. Written dossier by dossier: stopped half-way, what is
    written is whole, and doing it again goes on with the rest."""
    known = PostList.objects.filter(organisation=job.by.organisation.scope)
    source = known.filter(pk=job.parameters["list"]).first()
    if source is None:
        raise Invalid(_("This file belongs to another organisation."))
    progress.begin(source.rows)
    verb = keeping.match if job.parameters["do"] == MATCH else keeping.write
    verb(source, by=job.by, at=timezone.now(), reached=progress.reached)
    link = reverse("dossiers:post_list", args=[source.pk])
    return Outcome(wording.said(source), link=link)

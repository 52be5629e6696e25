"""Jobs that were asked for, and the workers that do them."""

from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.jobs.querysets import (
    JobQuerySet,
    WorkerQuerySet,
    leads,
    led_by,
    silence,
)
from postal_tthc.jobs.statuses import BADGES, CLOSED, OPEN, Status


class Job(models.Model):
    """One piece of long work: who asked, how far it is, what came out.

    ``attempts`` is also the fence: whoever runs an attempt writes only while it is
    the present one, so a worker that was given up for dead can change nothing.
    """

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("name of the work"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="jobs",
        null=True,
    )
    by = models.ForeignKey(
        User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="jobs"
    )
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    size = models.PositiveBigIntegerField(default=0)
    language = models.CharField(max_length=10)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    task = models.UUIDField(null=True)  # its place in the queue of django-tasks

    doing = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)

    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)  # the present part, for its rate
    beat_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    stop_asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    finished_at = models.DateTimeField(null=True)

    sentence = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to="jobs", max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_until = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [
            # The count in everybody's menu, and the search for silent ones.
            models.Index(
                fields=["by", "status"], name="open_jobs", condition=Q(status__in=OPEN)
            ),
            # The page of an organisation, newest first.
            models.Index(fields=["organisation", "-id"], name="jobs_of_organisation"),
            models.Index(
                fields=["file_until"],
                name="jobs_with_files",
                condition=Q(file_until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="job_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED, finished_at__isnull=False)
                | Q(status__in=OPEN, finished_at__isnull=True),
                name="job_is_finished_when_it_is_closed",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RUNNING)
                | Q(started_at__isnull=False, beat_at__isnull=False),
                name="job_that_runs_has_started",
            ),
            models.CheckConstraint(
                condition=Q(stop_asked_at__isnull=True, stop_asked_by__isnull=True)
                | Q(stop_asked_at__isnull=False, stop_asked_by__isnull=False),
                name="job_is_stopped_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) | Q(total=0),
                name="job_does_no_more_than_all",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, with the bar."""
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.status in OPEN

    @property
    def badge(self) -> str:
        """The look of its status."""
        return BADGES[Status(self.status)]

    @property
    def percent(self) -> int | None:
        """How much of the present part is done, rounded down; None when unknown."""
        return self.done * 100 // self.total if self.total else None

    @property
    def rate(self) -> float | None:
        """Units a second in the present part; None before there is anything to tell."""
        until = self.finished_at or self.beat_at
        if not (self.begun_at and until and self.done) or until <= self.begun_at:
            return None
        return self.done / (until - self.begun_at).total_seconds()

    @property
    def seconds_left(self) -> float | None:
        """Of the present part, at its rate so far."""
        if self.status != Status.RUNNING or not self.total or not self.rate:
            return None
        return (self.total - self.done) / self.rate

    def is_visible_to(self, user: User) -> bool:
        """As ``visible_to`` on the queryset, for one row."""
        if self.by_id == user.pk and self.organisation_id == user.organisation_id:
            return True
        if not leads(user) or self.organisation is None:
            return False
        place = self.organisation
        above = place.parent.parent_id if place.parent else None
        return led_by(user).pk in (place.pk, place.parent_id, above)

    def is_silent(self, now: datetime) -> bool:
        """Whether the process that ran it is gone."""
        return (
            self.status == Status.RUNNING
            and self.beat_at is not None
            and abs(now - self.beat_at) > silence()
        )

    def has_file(self, now: datetime) -> bool:
        """Whether there is a file, and it is still kept."""
        return bool(self.file) and self.file_until is not None and now < self.file_until


class Worker(models.Model):
    """A process that does jobs, as long as it is heard."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name

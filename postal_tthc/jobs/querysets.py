"""Asks about crowds of jobs and workers."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.jobs.statuses import OPEN, Status


def silence() -> timedelta:
    """How long nothing may be heard of somebody who is alive."""
    return timedelta(seconds=settings.JOBS_SILENCE)


def unheard(sign: str, now: datetime) -> Q:
    """Whose last sign of life is too old, or from so far ahead that a clock was set
    back since: whoever is alive has given another one by then."""
    too_old, too_new = now - silence(), now + silence()
    return Q(**{f"{sign}__lt": too_old}) | Q(**{f"{sign}__gt": too_new})


def leads(user: User) -> bool:
    """Whether this person sees what others of the organisation asked for."""
    may = user.may(Ability.READ_WORKLOAD) or user.may(Ability.MANAGE_ACCOUNTS)
    return may and user.organisation is not None


def led_by(user: User) -> Organisation:
    """Whose work a leader sees, and all below it: as with dossiers, a desk its
    agency's; a post office, or a desk of a whole province, no more than its own."""
    home, kinds = user.organisation, Organisation.Kind
    serves_agency = home.kind == kinds.DESK and home.scope.kind == kinds.AGENCY
    return home.scope if serves_agency else home


class JobQuerySet(models.QuerySet):
    """Asks about crowds of jobs."""

    def asked_by(self, user: User) -> Self:
        """What this person asked for where they work now."""
        return self.filter(by=user, organisation=user.organisation_id)

    def visible_to(self, user: User) -> Self:
        """One's own; a leader and an administrator see those of their organisation."""
        own = Q(by=user, organisation=user.organisation_id)
        if not leads(user):
            return self.filter(own)
        within = Organisation.objects.within(led_by(user))
        return self.filter(own | Q(organisation__in=within))

    def open(self) -> Self:
        """Waiting or running."""
        return self.filter(status__in=OPEN)

    def silent(self, now: datetime) -> Self:
        """Said to be running, but nothing was heard of them: their process is gone."""
        return self.filter(unheard("beat_at", now), status=Status.RUNNING)


class WorkerQuerySet(models.QuerySet):
    """Asks about crowds of workers."""

    def alive(self, now: datetime) -> Self:
        """The workers that were heard lately."""
        return self.exclude(unheard("seen_at", now))

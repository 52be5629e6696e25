"""The verbs of the outreach ledger: record, correct, void. The audit log keeps them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.permissions import check_ability
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Invalid, Refused, allows
from reports.models import OutreachEvent

FIRST_YEAR = 2000
WRITTEN = ("kind", "held_on", "title", "document", "reached", "note")


def check_can_keep_ledger(user: User, organisation: Organisation) -> None:
    """Each organisation keeps its own ledger; a desk writes in its agency's."""
    check_ability(user, Ability.KEEP_LEDGER)
    if user.organisation.scope != organisation:
        raise Refused(
            _("The ledger of %(name)s is kept by its own people.")
            % {"name": organisation}
        )


def can_keep_ledger(user: User, organisation: Organisation) -> bool:
    """Whether to offer it."""
    return allows(check_can_keep_ledger, user, organisation)


def record(event: OutreachEvent, *, by: User, at: datetime) -> OutreachEvent:
    """Write down what was done. ``event`` is unsaved, with its organisation.

    Raises ``Refused``, or ``Invalid`` for a day to come and for an empty title.
    """
    check_can_keep_ledger(by, event.organisation)
    _check(event, at)
    event.entered_by = by
    event.save(force_insert=True)
    return event


@transaction.atomic
def correct(
    event: OutreachEvent,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> OutreachEvent:
    """Mend what was typed wrong. ``values`` has names from ``WRITTEN``.

    ``seen`` is the ``fingerprint`` the page was opened with. Raises ``Refused``,
    ``Conflict`` (void, or changed by somebody else meanwhile) or ``Invalid``.
    """
    event = _lock(event, by)
    if seen is not None and seen != fingerprint(event):
        raise Conflict(
            _(
                "Somebody else has changed this line since the page was opened. Look "
                "at it in another tab, then send yours again."
            )
        )
    for name in WRITTEN:
        if name in values:
            setattr(event, name, values[name])
    _check(event, at)
    event.save()
    return event


@transaction.atomic
def void(event: OutreachEvent, *, reason: str, by: User) -> OutreachEvent:
    """Say that it was entered by mistake: it stays readable and is not counted.

    Raises ``Refused``, ``Conflict`` (void already) or ``Invalid`` (no reason).
    """
    event = _lock(event, by)
    if not reason.strip():
        raise Invalid(_("Write why this line is void."))
    event.void_reason = reason.strip()
    event.save(update_fields=["void_reason"])
    return event


def check_stands(event: OutreachEvent) -> None:
    """A void line stays as it is."""
    if event.is_void:
        raise Conflict(
            _("This line is void («%(reason)s») and is not changed any more.")
            % {"reason": event.void_reason}
        )


def fingerprint(event: OutreachEvent) -> str:
    """What the line says, to see whether somebody changes it meanwhile."""
    said = [event.kind, event.held_on, event.title, event.document_id]
    return "|".join(str(x) for x in (*said, event.reached, event.note))


def _lock(event: OutreachEvent, by: User) -> OutreachEvent:
    event = OutreachEvent.objects.select_for_update().get(pk=event.pk)
    check_can_keep_ledger(by, event.organisation)
    check_stands(event)
    return event


def _check(event: OutreachEvent, at: datetime) -> None:
    if event.held_on > timezone.localdate(at):
        raise Invalid(_("The ledger tells what was done: this day has not come yet."))
    if event.held_on.year < FIRST_YEAR:
        raise Invalid(
            _("The ledger begins with the year %(year)d.") % {"year": FIRST_YEAR}
        )
    if not event.title.strip():
        raise Invalid(_("Write what was done, as it shall stand in the report."))

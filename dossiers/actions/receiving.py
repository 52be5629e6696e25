"""Receiving a dossier."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import custody, deadlines, entry_rules, permissions
from dossiers.actions.posting import put_in_item
from dossiers.models import Dossier, Paper
from dossiers.models.custody import Step
from dossiers.models.postal_item import PostalItem
from dossiers.numbering import take_code
from dossiers.statuses import IntakeChannel, Status
from postal_tthc.accounts.models import User
from postal_tthc.errors import Invalid
from procedures.calendar import working_calendar
from procedures.models import Leg
from procedures.working_days import TimeUnit


@transaction.atomic
def receive(
    draft: Dossier,
    *,
    by: User,
    at: datetime,
    papers: Sequence[Paper] = (),
    item: PostalItem | None = None,
) -> Dossier:
    """Receive what the clerk has entered: give it a code, a clock and a due date.

    ``draft`` is an unsaved dossier with its procedure, people, channels and
    ``received_at``; ``papers`` and ``item`` (the envelope it came in) are unsaved
    too. ``at`` is the present: nothing is received later than now. Raises
    ``Refused`` (not this clerk), ``Invalid`` (with the first sentence of
    ``entry_rules.find_faults``).
    """
    permissions.check_can_receive(by, draft.procedure.agency)
    for _name, sentence in entry_rules.find_faults(draft, now=at):
        raise Invalid(sentence)
    by_post = draft.intake_channel == IntakeChannel.PUBLIC_POST
    if item is not None and not (by_post and item.leg == Leg.INTAKE):
        raise Invalid(_("Only a dossier that came by public post came in an item."))
    day = timezone.localdate(draft.received_at)
    promise = deadlines.promise(
        day,
        draft.procedure.processing_time,
        TimeUnit(draft.procedure.time_unit),
        working_calendar(day),
    )
    draft.agency = draft.procedure.agency
    draft.desk = by.organisation
    draft.clock_started_on = day
    draft.processing_time = promise.processing_time
    draft.time_unit = promise.unit
    draft.due_on = promise.due_on
    draft.status = Status.RECEIVED
    draft.entered_by = by
    # The number as late as it can be: others wait for it until we commit.
    draft.code = take_code(draft.agency, day)
    draft.save(force_insert=True)
    for position, paper in enumerate(papers, start=1):
        paper.dossier, paper.position, paper.held_by = draft, position, draft.desk
    Paper.objects.bulk_create(papers)
    if item is not None:
        put_in_item(draft, item)
    custody.record(
        draft, Step.RECEIVED, by=by, at=draft.received_at, held_by=draft.desk
    )
    return draft

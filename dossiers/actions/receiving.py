"""Receiving a dossier, at once or after it was registered or announced."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import custody, deadlines, entry_rules, permissions
from dossiers.actions.opening import check_month_is_itemised
from dossiers.actions.pausing import add_papers
from dossiers.actions.posting import accept, post_office_of, put_in_item
from dossiers.actions.stepping import begin, finish, hold, lock
from dossiers.models import Dossier, Handover, Paper
from dossiers.models.postal_item import PostalItem
from dossiers.numbering import take_code
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import IntakeChannel, Status, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from procedures.calendar import working_calendar
from procedures.models import Leg, Procedure
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
    check_item(draft, item)
    check_book_line(draft, by.organisation)
    draft.desk = by.organisation
    draft.status = Status.RECEIVED
    draft.entered_by = by
    _start_clock(draft, draft.procedure, draft.received_at)
    draft.save(force_insert=True)
    add_papers(draft, papers, draft.desk)
    if item is not None:
        day = draft.clock_started_on
        item.status, item.delivered_on = ItemStatus.DELIVERED, item.delivered_on or day
        put_in_item(draft, item)
    custody.record(
        draft, Step.RECEIVED, by=by, at=draft.received_at, held_by=draft.desk
    )
    return draft


@transaction.atomic
def register(
    draft: Dossier,
    *,
    by: User,
    at: datetime,
    desk: Organisation | None = None,
    papers: Sequence[Paper] = (),
    item: PostalItem | None = None,
) -> Dossier:
    """Write down a dossier that is on its way: no code yet, and no clock.

    By public post it is announced: ``item`` is its unsaved envelope and the post
    holds the papers. Otherwise it is registered, and the applicant holds them.
    ``desk`` is where it goes; a clerk's own without it. Raises ``Refused`` or
    ``Invalid``.
    """
    by_post = draft.intake_channel == IntakeChannel.PUBLIC_POST
    draft.received_at = at
    if by_post:
        permissions.check_can_announce(by, draft.procedure.agency)
    else:
        permissions.check_can_receive(by, draft.procedure.agency)
    for _name, sentence in entry_rules.find_faults(draft, now=at):
        raise Invalid(sentence)
    check_item(draft, item)
    if by_post and item is None:
        raise Invalid(_("It comes by post: write the number of its postal item."))
    is_postal = by.organisation.kind == Organisation.Kind.POST_OFFICE
    draft.desk = desk or (
        desk_of(draft.procedure.agency) if is_postal else by.organisation
    )
    draft.agency = draft.procedure.agency
    draft.entered_by = by
    draft.status = Status.ANNOUNCED if by_post else Status.REGISTERED
    draft.code = None
    _take_rules(draft, draft.procedure)
    draft.save(force_insert=True)
    holder = known = None
    if item is not None:
        holder = item.post_office = item.post_office or post_office_of(draft.desk, by)
        add_papers(draft, papers, holder)
        known = put_in_item(draft, item)
        if known.status == ItemStatus.PREPARED:
            accept(known, by=by, at=at)
    step = Step.ANNOUNCED if by_post else Step.REGISTERED
    custody.record(draft, step, by=by, at=at, held_by=holder, item=known)
    return draft


@transaction.atomic
def receive_registered(
    dossier: Dossier,
    *,
    by: User,
    at: datetime,
    papers: Sequence[Paper] = (),
    handover: Handover | None = None,
) -> Dossier:
    """Receive what was registered, or what signed minutes have handed over.

    The moment is that of the signature (QĐ 45/2016/QĐ-TTg, Điều 7.4). A dossier
    announced by post comes in by ``handover`` only. Raises ``Refused``,
    ``Conflict`` or ``Invalid``.
    """
    if handover is None:
        permissions.check_can_receive_registered(by, lock(dossier))
    dossier, at = begin(dossier, Step.RECEIVED, by=by, at=at)
    dossier.received_at = at
    _start_clock(dossier, _version_on(dossier, at), at)
    hold(dossier, dossier.desk)
    add_papers(dossier, papers, dossier.desk)
    return finish(
        dossier,
        Step.RECEIVED,
        by=by,
        at=at,
        held_by=dossier.desk,
        handover=handover,
    )


def _start_clock(dossier: Dossier, procedure: Procedure, at: datetime) -> None:
    """Day 0 is the day of ``at``. The code comes last: others wait for it."""
    day = timezone.localdate(at)
    _take_rules(dossier, procedure)
    check_month_is_itemised(dossier.agency, day)
    promise = deadlines.promise(
        day,
        procedure.processing_time,
        TimeUnit(procedure.time_unit),
        working_calendar(day),
    )
    dossier.clock_started_on = day
    dossier.due_on = promise.due_on
    if dossier.code is None:
        dossier.code = take_code(dossier.agency, day)


def _take_rules(dossier: Dossier, procedure: Procedure) -> None:
    """The rules of the version in force go with the dossier to its end."""
    dossier.procedure = procedure
    dossier.agency = procedure.agency
    dossier.processing_time = procedure.processing_time
    dossier.time_unit = procedure.time_unit
    dossier.clock_policy = procedure.clock_policy


def _version_on(dossier: Dossier, at: datetime) -> Procedure:
    """The version of the procedure that holds on the day it is received."""
    day = timezone.localdate(at)
    known = dossier.procedure
    if known.is_in_force(day):
        return known
    versions = Procedure.objects.in_force(day).filter(
        code=known.code, agency=known.agency
    )
    if (found := versions.first()) is None:
        raise Invalid(entry_rules.not_in_force(known, day))
    return found


def check_item(draft: Dossier, item: PostalItem | None) -> None:
    """An envelope belongs to a dossier that comes by public post."""
    by_post = draft.intake_channel == IntakeChannel.PUBLIC_POST
    if item is not None and not (by_post and item.leg == Leg.INTAKE):
        raise Invalid(_("Only a dossier that came by public post came in an item."))


def check_book_line(draft: Dossier, desk: Organisation) -> None:
    """A line of the power-cut book is typed in once."""
    if not draft.book_line:
        return
    # One after the other: two clerks may be typing the same page.
    Organisation.objects.select_for_update(no_key=True).get(pk=desk.pk)
    known = Dossier.objects.filter(desk=desk, book_line=draft.book_line).first()
    if known is not None:
        raise Conflict(
            _("Line %(line)s of the book is already here: dossier %(code)s.")
            % {"line": draft.book_line, "code": known}
        )


def desk_of(agency: Organisation) -> Organisation:
    """Where dossiers of an agency are handed in: its desk, or the agency itself."""
    kinds = Organisation.Kind
    return agency.children.filter(kind=kinds.DESK, valid_to=None).first() or agency

"""The verbs of the catalogue. Who changed what is kept by the audit log."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import write_date
from procedures.models import (
    CalendarDay,
    Dated,
    Decision,
    Field,
    PostalEligibility,
    Procedure,
    RequiredPaper,
)
from procedures.permissions import check_can_edit
from procedures.querysets import valid_on

DatedRow = TypeVar("DatedRow", bound=Dated)


@transaction.atomic
def save_procedure(
    procedure: Procedure, papers: Sequence[RequiredPaper], *, by: User
) -> Procedure:
    """Write a version, its list of papers, and its field when that is new.

    ``papers`` are unsaved and replace the old list. Raises ``Refused``, or
    ``Conflict`` when another version of the code holds on one of its days.
    """
    check_can_edit(by, procedure.agency)
    _lock_catalogue(procedure)
    _check_no_overlap(procedure)
    # The field may be new; it comes with the procedure or not at all.
    procedure.field = Field.objects.get_or_create(name=procedure.field.name)[0]
    procedure.save()
    procedure.required_papers.all().delete()
    for position, paper in enumerate(papers, start=1):
        paper.pk, paper.procedure, paper.position = None, procedure, position
        paper.save()
    return procedure


@transaction.atomic
def start_version(
    old: Procedure, new: Procedure, papers: Sequence[RequiredPaper], *, by: User
) -> Procedure:
    """Replace a version from a day on; what was decided about the post carries over.

    Raises ``Refused``, ``Invalid`` (begins before the old one), ``Conflict``.
    The old version ends on the day before ``new.in_force_from``, and dossiers
    received until then keep its rule.
    """
    check_can_edit(by, old.agency)
    _lock_catalogue(old)
    if new.in_force_from <= old.in_force_from:
        raise Invalid(
            _("A new version begins after the present one, which began on %(day)s.")
            % {"day": write_date(old.in_force_from)}
        )
    old.refresh_from_db()
    decided = [
        row
        for row in old.eligibilities.all()
        if row.valid_to is None or row.valid_to >= new.in_force_from
    ]
    day_before = new.in_force_from - timedelta(days=1)
    if old.in_force_to is None or old.in_force_to > day_before:
        old.in_force_to = day_before
        old.save()
    save_procedure(new, papers, by=by)
    for row in decided:
        PostalEligibility.objects.create(
            procedure=new,
            leg=row.leg,
            is_eligible=row.is_eligible,
            reason=row.reason,
            valid_from=max(row.valid_from, new.in_force_from),
            valid_to=row.valid_to,
            decision=row.decision,
        )
    return new


@transaction.atomic
def decide_eligibility(new: PostalEligibility, *, by: User) -> PostalEligibility:
    """Say from a day on whether a leg may go by public post.

    ``new`` is unsaved. What held before ends on the day before; a row that began
    on the same day is overwritten. Raises ``Refused``, or ``Conflict`` when
    something later has been decided already.
    """
    check_can_edit(by, new.procedure.agency)
    _lock_catalogue(new.procedure)
    rows = PostalEligibility.objects.select_for_update().filter(
        procedure=new.procedure, leg=new.leg
    )
    if later := rows.filter(valid_from__gt=new.valid_from).first():
        raise Conflict(
            _("Something has been decided from %(day)s on. Choose that day or later.")
            % {"day": write_date(later.valid_from)}
        )
    if same := rows.filter(valid_from=new.valid_from).first():
        new.pk = same.pk
    for row in rows.filter(valid_on(new.valid_from)).exclude(pk=new.pk):
        row.valid_to = new.valid_from - timedelta(days=1)
        row.save()
    new.save()
    return new


def save_decision(decision: Decision, *, by: User) -> Decision:
    """Write a decision."""
    check_can_edit(by, decision.publishes_catalogue_of)
    decision.save()
    return decision


def save_calendar_day(day: CalendarDay, *, by: User) -> CalendarDay:
    """Write a day off or a make-up working day."""
    check_can_edit(by)
    day.save()
    return day


def remove_calendar_day(day: CalendarDay, *, by: User) -> date:
    """Take an override away: the plain calendar holds again."""
    check_can_edit(by)
    removed = day.day
    day.delete()
    return removed


@transaction.atomic
def start_row(new: DatedRow, *, by: User) -> DatedRow:
    """A norm or a form from a day on; the one before ends on the day before.

    ``new`` is unsaved. Raises ``Refused``, ``Invalid`` (no day to begin on), or
    ``Conflict`` when one begins on that day already or holds later.
    """
    check_can_edit(by)
    if new.valid_from is None:
        raise Invalid(_("Say from which day on it holds."))
    _lock_siblings(new)
    if new.siblings().filter(valid_from=new.valid_from).exists():
        raise Conflict(
            _("%(name)s: one begins on %(day)s already. Correct that one.")
            % {"name": new, "day": write_date(new.valid_from)}
        )
    day_before = new.valid_from - timedelta(days=1)
    for row in new.siblings().valid(new.valid_from):
        row.valid_to = day_before
        row.save()
    _check_alone(new)
    new.save()
    return new


@transaction.atomic
def mend_row(row: DatedRow, *, by: User) -> DatedRow:
    """Correct a norm or a form in place: what was typed wrong, or its days.

    Raises ``Refused``, or ``Conflict`` when two would hold on one day.
    """
    check_can_edit(by)
    _lock_siblings(row)
    _check_alone(row)
    row.save()
    return row


def _lock_siblings(row: Dated) -> None:
    """Before anything is read to be changed, so that two managers take turns."""
    same = {row.KEY: getattr(row, row.KEY)}
    list(type(row).objects.select_for_update().filter(**same))


def _check_alone(row: Dated) -> None:
    for other in row.siblings():
        if row.overlaps(other):
            raise Conflict(
                _("%(name)s: another one holds %(period)s. Two cannot hold on one day.")
                % {"name": row, "period": other.period}
            )


def _lock_catalogue(procedure: Procedure) -> None:
    """Before anything is read to be changed, so that two managers take turns.

    Without the key, so that receipts, which point at the agency, need not wait.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=procedure.agency_id)


def _check_no_overlap(procedure: Procedure) -> None:
    others = Procedure.objects.filter(
        agency=procedure.agency, code=procedure.code
    ).exclude(pk=procedure.pk)
    for other in others:
        begins_before_our_end = (
            procedure.in_force_to is None
            or other.in_force_from <= procedure.in_force_to
        )
        ends_after_our_start = (
            other.in_force_to is None or other.in_force_to >= procedure.in_force_from
        )
        if begins_before_our_end and ends_after_our_start:
            raise Conflict(
                _("%(code)s already has a version in force from %(day)s.")
                % {"code": other.code, "day": write_date(other.in_force_from)}
            )

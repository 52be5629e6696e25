"""How every verb of a report begins and ends."""

from datetime import datetime

from django.utils.translation import gettext as _

from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict
from reports import permissions
from reports.models import Report, ReportEvent
from reports.moves import MOVES


def lock(report: Report) -> Report:
    """The report as it is in the database now, locked until the transaction ends."""
    # Only the row itself: PostgreSQL locks no row that an outer join may leave out.
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def begin(report: Report, step: ReportEvent.Step, *, by: User) -> Report:
    """The locked report, moved to where the step leads.

    Raises ``Refused`` or ``Conflict``.
    """
    report = lock(report)
    permissions.check_can_move(by, report, step)
    report.status = MOVES[step].to
    return report


def lock_for_editing(report: Report, *, by: User, seen: int) -> Report:
    """The locked draft, when nobody changed it since ``seen``, its revision then.

    Raises ``Refused`` or ``Conflict``.
    """
    report = lock(report)
    permissions.check_can_edit(by, report)
    if report.revision != seen:
        raise Conflict(
            _(
                "Somebody else has changed this report meanwhile. Your text is still "
                "here: copy what you need, open the page again and enter it there."
            )
        )
    return report


def log(
    report: Report, step: ReportEvent.Step, *, by: User, at: datetime, note: str = ""
) -> None:
    """Save the report with a new revision and write down what happened."""
    report.revision += 1
    report.save()
    ReportEvent.objects.create(report=report, step=step, by=by, at=at, note=note)

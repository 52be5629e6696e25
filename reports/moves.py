"""From which states a report goes where, and what a person needs for it: a table."""

from dataclasses import dataclass

from postal_tthc.accounts.roles import Ability
from reports.models import Report, ReportEvent

Status, Step = Report.Status, ReportEvent.Step


@dataclass(frozen=True)
class Move:
    """A step of a report: where it may begin, where it leads, who may take it."""

    sources: frozenset[Status]
    to: Status
    ability: Ability


MOVES: dict[Step, Move] = {
    Step.SUBMITTED: Move(
        frozenset({Status.DRAFT}), Status.SUBMITTED, Ability.WRITE_REPORTS
    ),
    Step.TAKEN_BACK: Move(
        frozenset({Status.SUBMITTED}), Status.DRAFT, Ability.WRITE_REPORTS
    ),
    Step.SIGNED: Move(
        frozenset({Status.SUBMITTED}), Status.SIGNED, Ability.SIGN_REPORTS
    ),
    Step.SENT: Move(frozenset({Status.SIGNED}), Status.SENT, Ability.WRITE_REPORTS),
    Step.WITHDRAWN: Move(
        frozenset({Status.SIGNED, Status.SENT}), Status.WITHDRAWN, Ability.SIGN_REPORTS
    ),
}
# Of these a corrected version may be begun, once.
CORRECTABLE = frozenset({Status.SIGNED, Status.SENT, Status.WITHDRAWN})
EDITABLE = frozenset({Status.DRAFT})

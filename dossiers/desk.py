"""The desk: a table of what waits today, for whom, and which step comes next.

A list of dossiers narrows what its visitor may see, and the register narrows by the
same row (``DossierFilter.work``): a number opens exactly the dossiers it counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from dossiers import waiting
from dossiers.models import Dossier, Handover
from dossiers.statuses import MOVES, ReturnChannel, Status, Step
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role

Narrow = Callable[[Any, User, date], QuerySet]


@dataclass(frozen=True)
class WorkList:
    """One list of the desk: its words, its rule, what to do when it is empty.

    ``narrow`` takes what ``source`` lets the visitor see to the rows that wait, the
    most urgent first.
    """

    title: LazyText
    rule: LazyText
    when_empty: LazyText
    roles: frozenset[Role]
    narrow: Narrow
    source: Callable[[User], QuerySet] | None = None

    @property
    def is_of_dossiers(self) -> bool:
        """Whether its rows are dossiers, which the register can list too."""
        return self.source is None

    def rows(self, user: User, day: date) -> QuerySet:
        """What waits for this visitor on the day."""
        source = self.source or Dossier.objects.visible_to
        return self.narrow(source(user), user, day)


def lists_for(user: User) -> dict[str, WorkList]:
    """The lists offered to this visitor, in the order of the table."""
    return {name: x for name, x in LISTS.items() if user.role in x.roles}


# The step that a dossier of this status waits for.
NEXT: dict[Status, Step] = {
    Status.REGISTERED: Step.RECEIVED,
    Status.RECEIVED: Step.PROCESSING,
    Status.PROCESSING: Step.RESULT_READY,
    Status.AWAITING_SUPPLEMENT: Step.SUPPLEMENTED,
    Status.AWAITING_PAYMENT: Step.PAID,
    Status.RESULT_READY: Step.RETURNED,
    Status.UNDELIVERED: Step.RETURNED,
}


def next_step(user: User, dossier: Dossier) -> Step | None:
    """The next step of a dossier; None when it is not for this visitor."""
    step = NEXT.get(Status(dossier.status))
    if step == Step.RETURNED and dossier.return_channel == ReturnChannel.PUBLIC_POST:
        step = Step.HANDED_TO_POST
    return step if step and user.may(MOVES[step].ability) else None


OFFICE = frozenset({Role.CLERK, Role.CASE_OFFICER, Role.LEADER})
WORKERS = frozenset({Role.CLERK, Role.CASE_OFFICER})
CARRIERS = frozenset({Role.CLERK, Role.POSTAL_CLERK})
FOLLOWERS = frozenset({Role.CLERK, Role.LEADER, Role.POSTAL_CLERK})

LISTS: dict[str, WorkList] = {
    "minutes": WorkList(
        _("Minutes that wait for your signature"),
        _("Handover minutes that the desk has signed and the post has not."),
        _("No minutes wait. They appear here when a desk has counted and signed."),
        frozenset({Role.POSTAL_CLERK}),
        waiting.to_sign,
        Handover.objects.visible_to,
    ),
    "late": WorkList(
        _("Late"),
        _("Open, past the due date, and the clock was not stopped by then."),
        _("Nothing is late."),
        OFFICE,
        waiting.late,
    ),
    "due": WorkList(
        _("Due today and on the next working day"),
        _("Open, with a clock that runs, and due today or on the next working day."),
        _("Nothing is due today or on the next working day."),
        OFFICE,
        waiting.due,
    ),
    "to_forward": WorkList(
        _("To hand to the case officer"),
        _(
            "Received and not handed on: the same day, or after 15:00 the next "
            "working day (NĐ 61/2018/NĐ-CP, Điều 18)."
        ),
        _("Everything received has been handed on."),
        WORKERS,
        waiting.to_forward,
    ),
    "coming": WorkList(
        _("Coming to the desk by post"),
        _(
            "Announced and not yet received; supplements and results that are on their "
            "way to the desk."
        ),
        _("Nothing is announced. What was posted can be entered with its item number."),
        CARRIERS,
        waiting.coming,
    ),
    "going": WorkList(
        _("Going out by post"),
        _(
            "Results ready or come back that go by post, and papers left of dossiers "
            "that are done and came or go by post."
        ),
        _("Nothing waits for the postman."),
        CARRIERS,
        waiting.going,
    ),
    "supplements": WorkList(
        _("Supplements running out"),
        _(
            "Waiting for the applicant, who was asked to answer within two days or less."
        ),
        _("No answer is about to run out."),
        OFFICE,
        waiting.supplements,
    ),
    "silent": WorkList(
        _("No news from the post"),
        _("The envelope is under way, and past the day by which news was expected."),
        _("Every envelope under way is within its time."),
        FOLLOWERS,
        waiting.silent,
        waiting.items_seen_by,
    ),
    "came_back": WorkList(
        _("Came back undelivered"),
        _("The result is at the desk again: ask the applicant, mend the address."),
        _("Nothing has come back."),
        frozenset({Role.CLERK, Role.LEADER}),
        waiting.came_back,
    ),
    "papers": WorkList(
        _("Papers to be fetched at the desk"),
        _("The work is done, and papers of the dossier are still at the desk."),
        _("No paper waits at the desk."),
        frozenset({Role.CLERK}),
        waiting.papers_waiting,
    ),
    "owing": WorkList(
        _("Fees and papers that the post owes"),
        _(
            "Delivered, and what was collected or recovered has not been handed over "
            "to the desk."
        ),
        _("The post owes nothing."),
        CARRIERS,
        waiting.owing,
        waiting.items_seen_by,
    ),
    "incidents": WorkList(
        _("Open incidents"),
        _("Lost, damaged, opened or silent, and not resolved yet."),
        _("No incident is open."),
        FOLLOWERS | WORKERS,
        waiting.open_incidents,
        waiting.incidents_seen_by,
    ),
    "drafts": WorkList(
        _("Your drafts"),
        _("Typed and not saved as a dossier. Only you see them."),
        _("No draft. What you type on the entry page is kept here until it is saved."),
        CARRIERS,
        waiting.drafts,
        lambda user: user.drafts.all(),
    ),
}

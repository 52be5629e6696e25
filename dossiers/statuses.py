"""The states of a dossier and the moves between them: tables, then code.

Ten states are the official ones (TT 22/2019/TT-BTTTT, Điều 4 asks for such a
display at each step); three are what the post adds. ``MOVES`` is read by the
permissions, the pages, the diagram in docs/states.md and the tests.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.roles import Ability


class Status(TextChoices):
    """Where the work on a dossier stands, in the order of a journey."""

    REGISTERED = "registered", _("Newly registered")
    ANNOUNCED = "announced", _("Announced by post")
    RECEIVED = "received", _("Received")
    REFUSED = "refused", _("Refused")
    PROCESSING = "processing", _("Being processed")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Supplement requested")
    AWAITING_PAYMENT = "awaiting_payment", _("Payment requested")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCONTINUED = "discontinued", _("Discontinued")
    RESULT_READY = "result_ready", _("Result ready")
    WITH_POST = "with_post", _("Result with the post")
    UNDELIVERED = "undelivered", _("Came back undelivered")
    RETURNED = "returned", _("Result returned")


# The official number of a state; the post's own states have none.
OFFICIAL_NUMBERS: dict[Status, int] = {
    Status.REGISTERED: 1,
    Status.RECEIVED: 2,
    Status.REFUSED: 3,
    Status.PROCESSING: 4,
    Status.AWAITING_SUPPLEMENT: 5,
    Status.AWAITING_PAYMENT: 6,
    Status.WITHDRAWN: 7,
    Status.DISCONTINUED: 8,
    Status.RESULT_READY: 9,
    Status.RETURNED: 10,
}

# Known of, but not yet received: no clock, and no code.
EXPECTED = frozenset({Status.REGISTERED, Status.ANNOUNCED})
# The clock stands still until the applicant has answered.
PAUSED = frozenset({Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT})
# The agency still owes an answer.
OPEN = frozenset({Status.RECEIVED, Status.PROCESSING}) | PAUSED
# The result has left for the applicant: in his hands or in the post's.
SENT = frozenset({Status.WITH_POST, Status.UNDELIVERED, Status.RETURNED})
# The agency has given its answer.
FINISHED = SENT | {Status.RESULT_READY}
# Ended without a result.
ENDED_EARLY = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED})
# No work is left; originals may still have to go home.
CLOSED = ENDED_EARLY | {Status.RETURNED}


class Step(TextChoices):
    """What happened to a dossier, one word per verb."""

    REGISTERED = "registered", _("Registered")
    ANNOUNCED = "announced", _("Posted and announced")
    RECEIVED = "received", _("Received")
    PROCESSING = "processing", _("Handed to the case officer")
    SUPPLEMENT_REQUESTED = "supplement_requested", _("Supplement requested")
    SUPPLEMENTED = "supplemented", _("Supplement complete")
    PAYMENT_REQUESTED = "payment_requested", _("Payment requested")
    PAID = "paid", _("Paid")
    RESULT_READY = "result_ready", _("Result ready")
    HANDED_TO_POST = "handed_to_post", _("Result handed to the post")
    CAME_BACK = "came_back", _("Came back undelivered")
    DELIVERED = "delivered", _("Delivered by the post")
    RETURNED = "returned", _("Result returned")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCONTINUED = "discontinued", _("Discontinued")
    # Below: told in the log, but no move.
    IMPORTED = "imported", _("Taken over from a file")
    CORRECTED = "corrected", _("Corrected")
    REAPPOINTED = "reappointed", _("New date promised, with an apology")
    PAPERS_MOVED = "papers_moved", _("Papers moved")
    INCIDENT = "incident", _("Incident")
    CANCELLED_LINE = "cancelled_line", _("Line of the minutes cancelled")
    TAKEN_BACK = "taken_back", _("Last step taken back")


@dataclass(frozen=True)
class Move:
    """From which states a step leads to which, and what a person needs for it.

    ``begins`` when a dossier may also begin with it.
    """

    sources: frozenset[Status]
    to: Status
    ability: Ability
    begins: bool = False


def _move(
    sources: set[Status] | frozenset[Status],
    to: Status,
    by: Ability,
    *,
    begins: bool = False,
) -> Move:
    return Move(frozenset(sources), to, by, begins)


MOVES: dict[Step, Move] = {
    Step.REGISTERED: _move(set(), Status.REGISTERED, Ability.RECEIVE, begins=True),
    Step.ANNOUNCED: _move(set(), Status.ANNOUNCED, Ability.ANNOUNCE, begins=True),
    Step.RECEIVED: _move(EXPECTED, Status.RECEIVED, Ability.RECEIVE, begins=True),
    Step.PROCESSING: _move({Status.RECEIVED}, Status.PROCESSING, Ability.PROCESS),
    Step.SUPPLEMENT_REQUESTED: _move(
        {Status.RECEIVED, Status.PROCESSING},
        Status.AWAITING_SUPPLEMENT,
        Ability.PROCESS,
    ),
    Step.SUPPLEMENTED: _move(
        {Status.AWAITING_SUPPLEMENT}, Status.RECEIVED, Ability.RECEIVE
    ),
    Step.PAYMENT_REQUESTED: _move(
        {Status.PROCESSING}, Status.AWAITING_PAYMENT, Ability.PROCESS
    ),
    Step.PAID: _move({Status.AWAITING_PAYMENT}, Status.PROCESSING, Ability.RECEIVE),
    Step.RESULT_READY: _move({Status.PROCESSING}, Status.RESULT_READY, Ability.PROCESS),
    Step.HANDED_TO_POST: _move(
        {Status.RESULT_READY, Status.UNDELIVERED}, Status.WITH_POST, Ability.RETURN
    ),
    Step.CAME_BACK: _move({Status.WITH_POST}, Status.UNDELIVERED, Ability.RETURN),
    Step.DELIVERED: _move({Status.WITH_POST}, Status.RETURNED, Ability.CARRY),
    Step.RETURNED: _move(
        {Status.RESULT_READY, Status.UNDELIVERED}, Status.RETURNED, Ability.RETURN
    ),
    Step.REFUSED: _move(
        EXPECTED | {Status.RECEIVED, Status.PROCESSING}, Status.REFUSED, Ability.PROCESS
    ),
    Step.WITHDRAWN: _move(EXPECTED | OPEN, Status.WITHDRAWN, Ability.RECEIVE),
    Step.DISCONTINUED: _move(
        PAUSED | {Status.PROCESSING}, Status.DISCONTINUED, Ability.PROCESS
    ),
}


def next_steps(status: Status) -> list[Step]:
    """The steps that lead on from a state, in the order of the table."""
    return [step for step, move in MOVES.items() if status in move.sources]


class IntakeChannel(TextChoices):
    """How the dossier came in."""

    COUNTER = "counter", _("At the counter")
    ONLINE = "online", _("Online")
    PUBLIC_POST = "public_post", _("Public post")
    OTHER_COURIER = "other_courier", _("Other courier")  # QĐ 45, Điều 1.3


class ReturnChannel(TextChoices):
    """How the result goes out."""

    COUNTER = "counter", _("At the counter")
    ONLINE = "online", _("Online")
    PUBLIC_POST = "public_post", _("Public post")


class WhyNotPost(TextChoices):
    """Why the applicant did not want the public post that was offered."""

    FEAR = "fear", _("Fears for the originals")
    COST = "cost", _("Postage is too high")
    SLOW = "slow", _("Takes too long")
    UNAWARE = "unaware", _("Did not know of it, or wants to think it over")
    NEARBY = "nearby", _("Lives or works nearby")
    OTHER = "other", _("Another reason")


class ApplicantKind(TextChoices):
    """Who asks."""

    PERSON = "person", _("Person")
    BUSINESS = "business", _("Business or association")
    PUBLIC_BODY = "public_body", _("Public body")

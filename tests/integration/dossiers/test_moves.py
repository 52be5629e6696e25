"""Every step from every status by every role: what works, and what is refused.

The two tables are written by hand from the law and the roles of the house. They
are not read from ``dossiers.statuses`` or ``accounts.roles``, which are what is
tried here.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from dossiers import actions
from dossiers.models import Dossier, Handover, PostalItem
from dossiers.postal_statuses import Reason
from dossiers.statuses import MOVES, IntakeChannel, ReturnChannel, Status, Step
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, DomainError, Refused
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, make_draft
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import everything_kept

NOT_HERE_YET = {"registered", "announced"}
OFFICE, DESK, CARRIERS = {"clerk", "case_officer"}, {"clerk"}, {"clerk", "postal_clerk"}


class Rule(NamedTuple):
    """From which statuses a step leads where, and whose step it is."""

    sources: set[str]
    to: str
    roles: set[str]


RULES: dict[str, Rule] = {
    "received": Rule(NOT_HERE_YET, "received", DESK),
    "processing": Rule({"received"}, "processing", OFFICE),
    "supplement_requested": Rule(
        {"received", "processing"}, "awaiting_supplement", OFFICE
    ),
    "supplemented": Rule({"awaiting_supplement"}, "received", DESK),
    "payment_requested": Rule({"processing"}, "awaiting_payment", OFFICE),
    "paid": Rule({"awaiting_payment"}, "processing", DESK),
    "result_ready": Rule({"processing"}, "result_ready", OFFICE),
    "handed_to_post": Rule({"result_ready", "undelivered"}, "with_post", DESK),
    "came_back": Rule({"with_post"}, "undelivered", DESK),
    "delivered": Rule({"with_post"}, "returned", CARRIERS),
    "returned": Rule({"result_ready", "undelivered"}, "returned", DESK),
    "refused": Rule(NOT_HERE_YET | {"received", "processing"}, "refused", OFFICE),
    "withdrawn": Rule(
        NOT_HERE_YET
        | {"received", "processing", "awaiting_supplement", "awaiting_payment"},
        "withdrawn",
        DESK,
    ),
    "discontinued": Rule(
        {"processing", "awaiting_supplement", "awaiting_payment"},
        "discontinued",
        OFFICE,
    ),
}
# Who begins a dossier.
BEGINNERS = {"registered": DESK, "announced": CARRIERS}

LATER = at(MONDAY + timedelta(days=9))
WHY = {"reason": "Theo quy định", "legal_basis": "Luật chuyên ngành"}
# The result goes out at the counter here, and by post everywhere else: one that
# goes by post is not given at the counter before the post has tried.
AT_THE_COUNTER = {("returned", Status.RESULT_READY)}


def verbs(office: Office) -> dict[str, Callable[..., Any]]:
    """What is done for each step."""
    minutes = Handover.objects.create(
        desk=office.desk,
        post_office=office.post_office,
        direction=Handover.Direction.IN,
        opened_by=office.clerk,
        opened_at=at(MONDAY),
    )

    def on_the_item(verb: Callable[..., PostalItem]) -> Callable[..., PostalItem]:
        return lambda dossier, **who: verb(newest_item(dossier), **who)

    def handed(dossier: Dossier, **who: Any) -> Dossier:
        return actions.hand_to_post(dossier, envelope(70, Leg.RETURN), **who)

    def explained(verb: Callable[..., Dossier], **more: Any) -> Callable[..., Dossier]:
        return lambda dossier, **who: verb(dossier, **more, **who)

    return {
        "received": explained(actions.receive_registered, handover=minutes),
        "processing": actions.start_processing,
        "supplement_requested": explained(actions.request_supplement, **WHY),
        "supplemented": actions.receive_supplement,
        "payment_requested": explained(actions.request_payment, reason="Lệ phí"),
        "paid": actions.record_payment,
        "result_ready": actions.mark_result_ready,
        "handed_to_post": handed,
        "came_back": on_the_item(actions.come_back),
        "delivered": on_the_item(actions.deliver),
        "returned": actions.return_result,
        "refused": explained(actions.refuse, **WHY),
        "withdrawn": explained(actions.withdraw, reason="Xin rút"),
        "discontinued": explained(actions.discontinue, **WHY),
    }


def newest_item(dossier: Dossier) -> PostalItem | None:
    """The envelope it is in now, or was in last."""
    return dossier.postal_items.order_by("pk").last()


def expected(step: str, status: Status, role: Role) -> str:
    rule = RULES[step]
    if role not in rule.roles:
        return "refused to the role"
    return f"becomes {rule.to}" if status in rule.sources else "conflict"


def tried(
    verb: Callable[..., Any], dossier: Dossier, by: User, before: dict[str, Any]
) -> str:
    """What became of it. Nothing is kept, so that the next one finds it as it was."""
    point = transaction.savepoint()
    try:
        verb(dossier, by=by, at=LATER)
        answer = f"becomes {Dossier.objects.get(pk=dossier.pk).status}"
    except DomainError as error:
        answer = in_short(error, dossier, by)
        if everything_kept() != before:
            answer += ", and something was left"
    transaction.savepoint_rollback(point)
    return answer


def in_short(error: DomainError, dossier: Dossier, by: User) -> str:
    """The refusals that the tables know; any other sentence as it was said."""
    role = f"the role «{by.get_role_display()}» does not include it"
    if isinstance(error, Refused) and role in str(error):
        return "refused to the role"
    names = (f"Dossier {dossier} is «", f"Item {newest_item(dossier)} ")
    if isinstance(error, Conflict) and str(error).startswith(names):
        return "conflict"
    return str(error)


def ready_to_move(status: Status, office: Office, *, by_post: bool = True) -> Dossier:
    """A dossier that everybody in the office sees, whatever its status."""
    out = ReturnChannel.PUBLIC_POST if by_post else ReturnChannel.COUNTER
    came = {} if status == Status.REGISTERED else {"item": envelope(60)}
    dossier = dossier_at(
        status,
        office,
        intake_channel=IntakeChannel.PUBLIC_POST,
        return_channel=out,
        **came,
    )
    if status == Status.WITH_POST:
        actions.record_attempt(
            newest_item(dossier),
            Reason.REFUSED_IT,
            by=office.postal_clerk,
            at=at(MONDAY + timedelta(days=4)),
        )
    return dossier


@pytest.mark.parametrize("status", Status)
def test_every_step_works_or_is_refused_as_the_law_and_the_roles_have_it(
    office, status
):
    doing, answers = verbs(office), {}
    dossier = ready_to_move(status, office)
    before = everything_kept()

    for step in RULES:
        has_no_envelope = status == Status.REGISTERED
        if (step, status) in AT_THE_COUNTER or (
            has_no_envelope and step in ("came_back", "delivered")
        ):
            continue
        for role in Role:
            answers[step, role] = tried(
                doing[step], dossier, office.people[role], before
            )

    assert answers == {
        (step, role): expected(step, status, role) for step, role in answers
    }


@pytest.mark.parametrize(("step", "status"), AT_THE_COUNTER)
def test_a_result_is_given_at_the_counter_by_the_desk_alone(office, step, status):
    verb = verbs(office)[step]
    dossier = ready_to_move(status, office, by_post=False)
    before = everything_kept()

    answers = {role: tried(verb, dossier, office.people[role], before) for role in Role}

    assert answers == {role: expected(step, status, role) for role in Role}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", BEGINNERS)
def test_a_dossier_is_begun_by_those_who_may(office, role, status):
    by_post = status == "announced"
    draft = make_draft(
        make_procedure(office),
        intake_channel="public_post" if by_post else "online",
    )
    before = everything_kept()

    def begin() -> Dossier:
        return actions.register(
            draft,
            by=office.people[role],
            at=at(MONDAY),
            item=envelope(1) if by_post else None,
        )

    if role in BEGINNERS[status]:
        assert begin().status == status
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        begin()
    assert everything_kept() == before


def test_no_step_that_moves_a_dossier_is_left_untried():
    assert {*RULES, *BEGINNERS} == {str(step) for step in MOVES}


def test_every_status_is_reached_and_none_but_the_closed_ones_is_an_end():
    reached = {rule.to for rule in RULES.values()} | set(BEGINNERS)
    left = set().union(*(rule.sources for rule in RULES.values()))

    assert reached == set(Status)
    assert reached - left == {"returned", "refused", "withdrawn", "discontinued"}


@pytest.mark.parametrize("step", [Step.HANDED_TO_POST, Step.RETURNED])
def test_a_result_goes_out_the_way_it_was_asked_for(office, step):
    by_post = step == Step.RETURNED
    dossier = ready_to_move(Status.RESULT_READY, office, by_post=by_post)
    verb = verbs(office)[step]
    before = everything_kept()
    told = "goes by post: hand it to the post" if by_post else "does not go by post"

    with pytest.raises(Conflict, match=f"The result of {dossier.code} {told}"):
        verb(dossier, by=office.clerk, at=LATER)

    assert everything_kept() == before


def test_without_minutes_what_comes_by_post_is_not_received(office):
    dossier = dossier_at(Status.ANNOUNCED, office)
    before = everything_kept()

    with pytest.raises(Conflict, match=f"{dossier} comes by post: it is received with"):
        actions.receive_registered(dossier, by=office.clerk, at=LATER)

    assert everything_kept() == before

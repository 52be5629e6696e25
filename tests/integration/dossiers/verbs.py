"""Every verb with a dossier that is ready for it, for the tests that try them all."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from dossiers import actions
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import ReturnChannel, Status
from procedures.models import Leg, RequiredPaper
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    make_draft,
)
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

WHY = {"reason": "Sai thẩm quyền"}
BY_POST = {"return_channel": ReturnChannel.PUBLIC_POST}
ASKED = [{"name": "Sổ hộ khẩu", "form": "original", "quantity": 1}]
DUE = MONDAY + timedelta(days=14)
Ready = Callable[[Office], Any]


class Verb(NamedTuple):
    """What the verb is done to, how, and where the dossier stands afterwards.

    ``act`` is told who and when, and does it.
    """

    ready: Ready
    act: Callable[..., Any]
    ends: Status


def standing(status: Status, **values: Any) -> Ready:
    return lambda office: dossier_at(status, office, **values)


def ended_with_papers_here(office: Office) -> Dossier:
    """Withdrawn, and its papers wait at the desk."""
    dossier = dossier_at(Status.PROCESSING, office)
    day = at(MONDAY + timedelta(days=2))
    return actions.withdraw(dossier, **WHY, by=office.clerk, at=day, gives_back=False)


def with_the_post(*news: Callable[..., Any]) -> Ready:
    """The envelope of a result that the post has, after these news of it."""

    def ready(office: Office) -> PostalItem:
        item = dossier_at(Status.WITH_POST, office).postal_items.get()
        for days, tell in enumerate(news, start=4):
            moment = at(MONDAY + timedelta(days=days))
            tell(item, by=office.postal_clerk, at=moment)
        return item

    return ready


def sent(verb: Callable[..., Any], serial: int) -> Callable[..., Any]:
    """The verb with an envelope that nobody has used."""
    return lambda dossier, **who: verb(dossier, envelope(serial, Leg.RETURN), **who)


def supplemented(dossier: Dossier, **who: Any) -> Dossier:
    paper = Paper(name="Sổ hộ khẩu", form=RequiredPaper.Form.ORIGINAL)
    return actions.receive_supplement(dossier, papers=[paper], **who)


refused_by_the_recipient = partial(actions.record_attempt, reason=Reason.REFUSED_IT)
out_for_delivery = partial(actions.record_news, status=ItemStatus.OUT_FOR_DELIVERY)

# The steps of a dossier: who makes one is told who and when, like everybody.
STEPS: dict[str, Verb] = {
    "receive_registered": Verb(
        standing(Status.REGISTERED), actions.receive_registered, Status.RECEIVED
    ),
    "start_processing": Verb(
        standing(Status.RECEIVED), actions.start_processing, Status.PROCESSING
    ),
    "request_supplement": Verb(
        standing(Status.PROCESSING),
        partial(
            actions.request_supplement, papers=ASKED, legal_basis="Luật Hộ tịch", **WHY
        ),
        Status.AWAITING_SUPPLEMENT,
    ),
    "receive_supplement": Verb(
        standing(Status.AWAITING_SUPPLEMENT), supplemented, Status.RECEIVED
    ),
    "request_payment": Verb(
        standing(Status.PROCESSING),
        partial(actions.request_payment, **WHY),
        Status.AWAITING_PAYMENT,
    ),
    "record_payment": Verb(
        standing(Status.AWAITING_PAYMENT), actions.record_payment, Status.PROCESSING
    ),
    "reappoint": Verb(
        standing(Status.PROCESSING),
        partial(actions.reappoint, new_date=DUE + timedelta(days=1), **WHY),
        Status.PROCESSING,
    ),
    "mark_result_ready": Verb(
        standing(Status.PROCESSING), actions.mark_result_ready, Status.RESULT_READY
    ),
    "hand_to_post": Verb(
        standing(Status.RESULT_READY, **BY_POST),
        sent(partial(actions.hand_to_post, kept=[1]), 70),
        Status.WITH_POST,
    ),
    "return_result": Verb(
        standing(Status.RESULT_READY),
        partial(actions.return_result, kept=[1]),
        Status.RETURNED,
    ),
    "refuse": Verb(
        standing(Status.PROCESSING), partial(actions.refuse, **WHY), Status.REFUSED
    ),
    "withdraw": Verb(
        standing(Status.PROCESSING), partial(actions.withdraw, **WHY), Status.WITHDRAWN
    ),
    "discontinue": Verb(
        standing(Status.AWAITING_SUPPLEMENT),
        partial(actions.discontinue, **WHY),
        Status.DISCONTINUED,
    ),
    "give_papers_back": Verb(
        ended_with_papers_here, actions.give_papers_back, Status.WITHDRAWN
    ),
    "post_papers_home": Verb(
        ended_with_papers_here, sent(actions.post_papers_home, 71), Status.WITHDRAWN
    ),
}

# What the post tells of an envelope. ``ends`` is where its dossier stands then.
NEWS: dict[str, Verb] = {
    "record_news": Verb(with_the_post(), out_for_delivery, Status.WITH_POST),
    "record_attempt": Verb(with_the_post(), refused_by_the_recipient, Status.WITH_POST),
    "deliver": Verb(with_the_post(), actions.deliver, Status.RETURNED),
    "come_back": Verb(
        with_the_post(refused_by_the_recipient), actions.come_back, Status.UNDELIVERED
    ),
    "void_last_news": Verb(
        with_the_post(out_for_delivery),
        lambda item, *, by, at: actions.void_last_news(item, by=by),
        Status.WITH_POST,
    ),
}


def begun(channel: str) -> Callable[..., Dossier]:
    """Registering what is on its way, from scratch."""

    def act(ready: Any, *, by: Any, at: Any) -> Dossier:
        by_post = channel == "public_post"
        papers = [Paper(name="Bằng", form=RequiredPaper.Form.ORIGINAL)]
        return actions.register(
            make_draft(ready, intake_channel=channel),
            by=by,
            at=at,
            papers=papers if by_post else (),
            item=envelope(8) if by_post else None,
        )

    return act


def taken_in(procedure: Any, *, by: Any, at: Any) -> Dossier:
    """Receiving an envelope with a paper, from scratch."""
    draft = make_draft(procedure, intake_channel="public_post")
    papers = [Paper(name="Bằng", form=RequiredPaper.Form.ORIGINAL)]
    return actions.receive(draft, by=by, at=at, papers=papers, item=envelope(7))


# What begins a dossier.
BEGINNINGS: dict[str, Verb] = {
    "receive": Verb(make_procedure, taken_in, Status.RECEIVED),
    "register": Verb(make_procedure, begun("online"), Status.REGISTERED),
    "announce": Verb(make_procedure, begun("public_post"), Status.ANNOUNCED),
}

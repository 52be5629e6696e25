"""Dossiers, brought to where a test needs them by the real verbs."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from dossiers import actions
from dossiers.item_numbers import check_digit
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import Reason
from dossiers.statuses import EXPECTED, IntakeChannel, ReturnChannel, Status, Step
from procedures.models import Leg, Procedure, RequiredPaper
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

MONDAY = date(2020, 6, 1)
# Numbers of envelopes nobody chose: far from those that tests write themselves.
_serial = count(50_000_000)


def at(day: date, hour: int = 9) -> datetime:
    """The hour of the day, in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def make_draft(procedure: Procedure, *, on: date = MONDAY, **values: Any) -> Dossier:
    """An unsaved dossier as the form would hand it over."""
    values.setdefault("applicant_name", "Nguyễn Văn A")
    if values.get("return_channel") == ReturnChannel.PUBLIC_POST:
        values.setdefault("return_name", values["applicant_name"])
        values.setdefault("return_address", "Số 1 đường Hùng Vương, Bắc Giang")
    return Dossier(procedure=procedure, received_at=at(on), **values)


def receive(
    office: Office,
    procedure: Procedure | None = None,
    *,
    on: date = MONDAY,
    item: PostalItem | None = None,
    **values: Any,
) -> Dossier:
    """A dossier received by the clerk of the office, with one original paper."""
    if item is not None:
        values.setdefault("intake_channel", IntakeChannel.PUBLIC_POST)
    draft = make_draft(procedure or make_procedure(office), on=on, **values)
    papers = [Paper(name="Bằng tốt nghiệp", form=RequiredPaper.Form.ORIGINAL)]
    return actions.receive(
        draft, by=office.clerk, at=draft.received_at, papers=papers, item=item
    )


# The shortest way to each status: the steps after the beginning, a day apart.
WAYS: dict[Status, tuple[Step, ...]] = {
    Status.REGISTERED: (),
    Status.ANNOUNCED: (),
    Status.RECEIVED: (),
    Status.REFUSED: (Step.REFUSED,),
    Status.PROCESSING: (Step.PROCESSING,),
    Status.AWAITING_SUPPLEMENT: (Step.PROCESSING, Step.SUPPLEMENT_REQUESTED),
    Status.AWAITING_PAYMENT: (Step.PROCESSING, Step.PAYMENT_REQUESTED),
    Status.WITHDRAWN: (Step.WITHDRAWN,),
    Status.DISCONTINUED: (Step.PROCESSING, Step.DISCONTINUED),
    Status.RESULT_READY: (Step.PROCESSING, Step.RESULT_READY),
    Status.WITH_POST: (Step.PROCESSING, Step.RESULT_READY, Step.HANDED_TO_POST),
    Status.UNDELIVERED: (
        Step.PROCESSING,
        Step.RESULT_READY,
        Step.HANDED_TO_POST,
        Step.CAME_BACK,
    ),
    Status.RETURNED: (Step.PROCESSING, Step.RESULT_READY, Step.RETURNED),
}
BY_POST = frozenset({Status.WITH_POST, Status.UNDELIVERED})


def dossier_at(
    status: Status, office: Office, *, on: date = MONDAY, **values: Any
) -> Dossier:
    """A dossier that has come to a status by the shortest way, a day per step."""
    if status in BY_POST:
        values.setdefault("return_channel", ReturnChannel.PUBLIC_POST)
    if status in EXPECTED:
        return register(office, status, on=on, **values)
    dossier = receive(office, on=on, **values)
    steps = WAYS[status]
    if (
        status == Status.RETURNED
        and dossier.return_channel == ReturnChannel.PUBLIC_POST
    ):
        steps = (*WAYS[Status.WITH_POST], Step.DELIVERED)
    for number, step in enumerate(steps, start=1):
        dossier = take(step, dossier, office, at(on + timedelta(days=number)))
    return dossier


def register(
    office: Office,
    status: Status = Status.ANNOUNCED,
    *,
    on: date = MONDAY,
    item: PostalItem | None = None,
    procedure: Procedure | None = None,
    **values: Any,
) -> Dossier:
    """A dossier on its way: announced by the postal clerk, or registered."""
    by_post = status == Status.ANNOUNCED
    values["intake_channel"] = (
        IntakeChannel.PUBLIC_POST if by_post else IntakeChannel.ONLINE
    )
    draft = make_draft(procedure or make_procedure(office), on=on, **values)
    papers = [Paper(name="Bằng tốt nghiệp", form=RequiredPaper.Form.ORIGINAL)]
    return actions.register(
        draft,
        by=office.postal_clerk if by_post else office.clerk,
        at=draft.received_at,
        papers=papers if by_post else (),
        item=(item or envelope(next(_serial))) if by_post else None,
    )


def take(step: Step, dossier: Dossier, office: Office, moment: datetime) -> Dossier:
    """One step, taken by whoever of the office may, with what it needs."""
    clerk, officer = office.clerk, office.case_officer
    if step == Step.HANDED_TO_POST:
        item = envelope(next(_serial), Leg.RETURN)
        return actions.hand_to_post(dossier, item, by=clerk, at=moment)
    if step in (Step.DELIVERED, Step.CAME_BACK):
        item = dossier.postal_items.filter(leg=Leg.RETURN).latest("pk")
        if step == Step.DELIVERED:
            actions.deliver(item, by=office.postal_clerk, at=moment)
        else:
            actions.record_attempt(
                item, Reason.REFUSED_IT, by=office.postal_clerk, at=moment
            )
            actions.come_back(item, by=clerk, at=moment)
        dossier.refresh_from_db()
        return dossier
    verb, person, more = {
        Step.RECEIVED: (actions.receive_registered, clerk, {}),
        Step.PROCESSING: (actions.start_processing, officer, {}),
        Step.SUPPLEMENT_REQUESTED: (
            actions.request_supplement,
            officer,
            {"reason": "Thiếu giấy tờ"},
        ),
        Step.SUPPLEMENTED: (actions.receive_supplement, clerk, {}),
        Step.PAYMENT_REQUESTED: (
            actions.request_payment,
            officer,
            {"reason": "Nộp lệ phí"},
        ),
        Step.PAID: (actions.record_payment, clerk, {}),
        Step.RESULT_READY: (actions.mark_result_ready, officer, {}),
        Step.RETURNED: (actions.return_result, clerk, {}),
        Step.REFUSED: (actions.refuse, officer, {"reason": "Sai thẩm quyền"}),
        Step.WITHDRAWN: (actions.withdraw, clerk, {"reason": "Xin rút"}),
        Step.DISCONTINUED: (
            actions.discontinue,
            officer,
            {"reason": "Không bổ sung"},
        ),
    }[step]
    return verb(dossier, by=person, at=moment, **more)


def envelope(serial: int, leg: Leg = Leg.INTAKE) -> PostalItem:
    """An unsaved envelope with a right S10 number."""
    digits = f"{serial:08}"
    return PostalItem(number=f"EA{digits}{check_digit(digits)}VN", leg=leg)

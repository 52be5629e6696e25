"""Dossiers, brought to where a test needs them by the real verbs."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from dossiers import actions
from dossiers.item_numbers import check_digit
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from procedures.models import Leg, Procedure, RequiredPaper
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

MONDAY = date(2020, 6, 1)


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


def dossier_at(
    status: Status, office: Office, *, on: date = MONDAY, **values: Any
) -> Dossier:
    """A dossier that has come to a status by the shortest way, a day per step."""
    dossier = receive(office, on=on, **values)
    clerk, officer = office.clerk, office.case_officer
    days = [at(on + timedelta(days=n)) for n in range(4)]
    if status == Status.REFUSED:
        return actions.refuse(dossier, reason="Sai thẩm quyền", by=officer, at=days[1])
    if status == Status.WITHDRAWN:
        return actions.withdraw(dossier, reason="Xin rút", by=clerk, at=days[1])
    if status == Status.RECEIVED:
        return dossier
    dossier = actions.start_processing(dossier, by=officer, at=days[1])
    if status == Status.PROCESSING:
        return dossier
    dossier = actions.mark_result_ready(dossier, by=officer, at=days[2])
    if status == Status.RESULT_READY:
        return dossier
    item = None
    if dossier.return_channel == ReturnChannel.PUBLIC_POST:
        item = envelope(dossier.pk, Leg.RETURN)
    return actions.return_result(dossier, by=clerk, at=days[3], item=item)


def envelope(serial: int, leg: Leg = Leg.INTAKE) -> PostalItem:
    """An unsaved envelope with a right S10 number."""
    digits = f"{serial:08}"
    return PostalItem(number=f"EA{digits}{check_digit(digits)}VN", leg=leg)

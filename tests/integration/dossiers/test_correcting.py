"""Correcting people and addresses: the old value stays in the log."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from tests.factories.dossiers import MONDAY, at, dossier_at, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

LATER = at(MONDAY + timedelta(days=9))
MAY_CORRECT = {Role.CLERK}
# Nothing is owed any more, no paper either.
CLOSED = {Status.RETURNED, Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED}
BY_POST = {
    "return_channel": "public_post",
    "return_name": "Trần Thị B",
    "return_address": "Số 2 đường Nguyễn Gia Thiều",
}


def correct(dossier: Dossier, by, **values: str) -> Dossier:
    values = values or {"applicant_name": "Nguyễn Văn Á"}
    return actions.correct(dossier, values, by=by, at=LATER)


def test_a_correction_is_logged_with_the_old_value_beside_the_new(office):
    dossier = receive(office, applicant_phone="0912345678")

    correct(dossier, office.clerk, applicant_name="Nguyễn Văn Á", applicant_phone="")

    dossier.refresh_from_db()
    entry = dossier.custody.last()
    assert (dossier.applicant_name, dossier.applicant_phone) == ("Nguyễn Văn Á", "")
    assert (entry.step, entry.by, entry.at) == ("corrected", office.clerk, LATER)
    assert "người nộp hồ sơ: «Nguyễn Văn A» → «Nguyễn Văn Á»" in entry.note
    assert "số điện thoại: «0912345678» → «»" in entry.note


def test_a_corrected_name_is_found_and_the_old_one_is_not(office):
    correct(receive(office), office.clerk, applicant_name="Đỗ Thị Ước")

    assert Dossier.objects.matching("do thi uoc").exists()
    assert not Dossier.objects.matching("nguyen van a").exists()


def test_the_papers_stay_where_they_are(office):
    dossier = correct(dossier_at(Status.PROCESSING, office), office.clerk)

    assert dossier.custody.last().held_by == office.agency
    assert dossier.papers.get().held_by == office.agency


def test_the_same_values_again_change_and_log_nothing(office):
    dossier = receive(office)
    before = everything_kept()

    correct(dossier, office.clerk, applicant_name="Nguyễn Văn A")

    assert everything_kept() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "H02.16-200601-9999"),
        ("status", "returned"),
        ("intake_channel", "public_post"),
        ("due_on", MONDAY),
        ("received_at", LATER),
    ],
)
def test_what_made_the_code_and_the_clock_is_not_corrected(office, name, value):
    dossier = receive(office)
    before = everything_kept()

    correct(dossier, office.clerk, **{name: value})

    assert everything_kept() == before


def test_a_result_may_go_by_post_after_all(office):
    dossier = correct(dossier_at(Status.RESULT_READY, office), office.clerk, **BY_POST)

    assert dossier.return_channel == ReturnChannel.PUBLIC_POST
    assert (
        "cách trả kết quả: «Tại quầy» → «Bưu chính công ích»"
        in dossier.custody.last().note
    )


@pytest.mark.parametrize(
    ("by_post", "changes", "sentence"),
    [
        pytest.param(False, {}, "Phải có mặt trực tiếp", id="not eligible"),
        pytest.param(True, {"return_name": ""}, "Write the name", id="to nobody"),
        pytest.param(True, {"return_address": ""}, "write the address", id="nowhere"),
    ],
)
def test_a_way_out_that_breaks_a_rule_is_not_written(
    office, by_post, changes, sentence
):
    dossier = receive(office, make_procedure(office, by_post=by_post))
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        correct(dossier, office.clerk, **{**BY_POST, **changes})

    assert everything_kept() == before


@pytest.mark.parametrize("role", Role)
def test_only_a_clerk_corrects(office, role):
    dossier = receive(office, intake_channel=IntakeChannel.PUBLIC_POST)
    before = everything_kept()

    if role in MAY_CORRECT:
        assert correct(dossier, office.people[role]).applicant_name == "Nguyễn Văn Á"
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        correct(dossier, office.people[role])
    assert everything_kept() == before


def test_a_clerk_of_another_office_is_refused(office, other_office):
    dossier = receive(office)
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        correct(dossier, other_office.clerk)

    assert everything_kept() == before


@pytest.mark.parametrize("status", Status)
def test_a_closed_dossier_is_not_corrected(office, status):
    dossier = dossier_at(status, office)
    before = everything_kept()

    if status not in CLOSED:
        assert correct(dossier, office.clerk).status == status
        return
    with pytest.raises(Conflict, match=f"{dossier.code} is closed"):
        correct(dossier, office.clerk)
    assert everything_kept() == before


def test_what_ended_early_is_corrected_until_its_papers_have_gone_home(office):
    dossier = dossier_at(Status.PROCESSING, office)
    actions.withdraw(
        dossier, reason="Xin rút", by=office.clerk, at=LATER, gives_back=False
    )

    correct(dossier, office.clerk, return_address="Số 2")

    actions.give_papers_back(dossier, by=office.clerk, at=LATER)
    with pytest.raises(Conflict, match=f"{dossier.code} is closed"):
        correct(dossier, office.clerk)


@pytest.mark.parametrize("status", [Status.REGISTERED, Status.ANNOUNCED])
def test_what_has_not_arrived_may_go_out_by_post_after_all(office, status):
    dossier = dossier_at(status, office)

    assert correct(dossier, office.clerk, **BY_POST).return_channel == "public_post"


@pytest.mark.parametrize("status", [Status.WITH_POST, Status.UNDELIVERED])
def test_the_way_a_result_went_out_is_not_corrected_but_its_address_is(office, status):
    dossier = dossier_at(status, office)
    before = everything_kept()

    with pytest.raises(Conflict, match=f"result of {dossier.code} has left already"):
        correct(dossier, office.clerk, return_channel="counter")

    assert everything_kept() == before
    dossier = correct(dossier, office.clerk, return_address="Số 2 đường Lê Lợi")
    assert dossier.return_address == "Số 2 đường Lê Lợi"


def test_a_power_cut_after_any_write_leaves_nothing_behind(office):
    dossier = receive(office)

    writes = writes_that_leave_nothing_behind(lambda: correct(dossier, office.clerk))

    assert writes == 3  # dossier, log, the end of the log beside the dossier


@pytest.mark.parametrize(
    "part", ["dossiers.models.Dossier.save", "dossiers.custody.record"]
)
def test_a_part_that_fails_leaves_nothing_behind(office, monkeypatch, part):
    dossier = receive(office)
    before = everything_kept()

    def fail(*args, **kwargs):
        raise RuntimeError(part)

    monkeypatch.setattr(part, fail)
    with pytest.raises(RuntimeError, match=part):
        correct(dossier, office.clerk)

    assert everything_kept() == before

"""Phiếu kiểm soát: a line for every change of hands, told by the log."""

from datetime import date, timedelta

import pytest
from django.db import connection

from dossiers import actions
from dossiers.printing.control_slip import transfers
from dossiers.statuses import ReturnChannel, Status, Step
from procedures.models import Leg
from tests.factories import handovers
from tests.factories.dossiers import (
    at,
    dossier_at,
    envelope,
    receive,
    register,
    take,
)
from tests.factories.printing import NEW_DAY, OLD_DAY, received

DAY = date(2020, 6, 1)
DESK, AGENCY, POST, APPLICANT = (
    "Một cửa SNV",
    "Sở SNV",
    "Bưu điện UBND",
    "Người nộp hồ sơ",
)


def slip_of(dossier) -> str:
    return f"/dossiers/print/{dossier.reference}/control-slip/"


def hands(dossier) -> list[tuple[str, str]]:
    return [(line.giver, line.receiver) for line in transfers(dossier)]


@pytest.mark.parametrize(
    ("day", "number", "paper"),
    [
        (OLD_DAY, "Mẫu số 05 – Thông tư số 01/2018/TT-VPCP", "a5"),
        (NEW_DAY, "Mẫu số 06 – Thông tư số 03/2025/TT-VPCP", "a4"),
    ],
)
def test_it_follows_the_circular_of_the_day_of_receipt(
    sign_in, office, day, number, paper
):
    page = sign_in("clerk").get(slip_of(received(office, day))).text

    assert number in page
    assert f'<body class="{paper}">' in page


def test_it_tells_every_change_of_hands_with_its_hour_and_name(printed, office):
    dossier = dossier_at(Status.RETURNED, office, on=DAY)

    words = printed(slip_of(dossier))

    for sentence in (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        f"Mã hồ sơ: {dossier.code}",
        "Cơ quan giải quyết hồ sơ: Sở SNV",
        (
            f"1. Giao: {APPLICANT} 2. Nhận: {DESK} 09 giờ 00 phút, ngày 01/06/2020 "
            "Người giao Người nhận One-stop clerk SNV"
        ),
        (
            f"1. Giao: {DESK} 2. Nhận: {AGENCY} 09 giờ 00 phút, ngày 02/06/2020 "
            "Người giao Người nhận Case officer SNV"
        ),
        (
            f"1. Giao: {AGENCY} 2. Nhận: {DESK} 09 giờ 00 phút, ngày 03/06/2020 "
            "Người giao Case officer SNV Người nhận Trước hạn Kết quả giải quyết"
        ),
        (
            f"1. Giao: {DESK} 2. Nhận: {APPLICANT} 09 giờ 00 phút, ngày 04/06/2020 "
            "Người giao One-stop clerk SNV Người nhận Trả kết quả"
        ),
    ):
        assert sentence in words, sentence


@pytest.mark.parametrize(
    ("finished", "words"), [(13, "Trước hạn"), (14, "Đúng hạn"), (15, "Quá hạn")]
)
def test_the_result_is_judged_against_the_due_date(office, finished, words):
    dossier = dossier_at(Status.PROCESSING, office, on=DAY)
    dossier = actions.mark_result_ready(
        dossier, by=office.case_officer, at=at(DAY + timedelta(days=finished))
    )

    assert [line.result for line in transfers(dossier)] == ["", "", words]


def test_what_the_post_carries_is_vouched_for_by_its_documents(printed, office):
    dossier = dossier_at(Status.WITH_POST, office, on=DAY)
    item = dossier.postal_items.get()
    item.proof_of_posting = "BG-778"
    item.save()
    dossier = take(Step.DELIVERED, dossier, office, at(DAY + timedelta(days=5)))

    words = printed(slip_of(dossier))

    out, home = transfers(dossier)[-2:]
    assert (out.giver, out.receiver) == (DESK, POST)
    assert (home.giver, home.receiver) == (POST, APPLICANT)
    for line in (out, home):
        assert line.vouchers == (
            ("Số hiệu bưu gửi", item.number),
            ("Chứng từ bưu chính", "BG-778"),
        )
        assert (line.giver_name, line.receiver_name) == ("", "")
    assert "45/2016/QĐ-TTg" in words
    assert "thể hiện trong hóa đơn của cơ quan Bưu chính" in words


def test_what_came_in_an_envelope_came_from_the_post(office):
    item = envelope(77)
    item.post_office = office.post_office
    dossier = receive(office, on=DAY, item=item)

    (line,) = transfers(dossier)

    assert (line.giver, line.receiver) == (POST, DESK)
    assert line.vouchers == (("Số hiệu bưu gửi", item.number),)


def test_what_came_in_with_minutes_names_them_and_the_envelope(office):
    dossier = register(office, on=DAY)
    item = dossier.postal_items.get()
    dossier, handover = handovers.bring_in(
        dossier, office, at(DAY + timedelta(days=1), 14)
    )

    posted, came_in = transfers(dossier)

    assert (posted.giver, posted.receiver) == (APPLICANT, POST)
    assert posted.vouchers == (("Số hiệu bưu gửi", item.number),)
    assert (came_in.giver, came_in.receiver) == (POST, DESK)
    assert came_in.vouchers == (
        ("Số hiệu bưu gửi", item.number),
        ("Biên bản giao nhận", handover.code),
    )


def test_minutes_tell_who_brought_it_when_the_envelope_does_not(office):
    dossier = register(office, on=DAY)
    dossier.postal_items.update(post_office=None)
    dossier, _handover = handovers.bring_in(dossier, office, at(DAY, 14))

    assert hands(dossier)[-1] == (POST, DESK)


def test_a_step_that_moves_no_paper_has_no_line(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office, on=DAY)

    assert hands(dossier) == [(APPLICANT, DESK), (DESK, AGENCY)]


def test_what_came_back_undelivered_went_through_the_posts_hands(office):
    dossier = dossier_at(Status.UNDELIVERED, office, on=DAY)

    assert hands(dossier)[-2:] == [(DESK, POST), (POST, DESK)]
    assert transfers(dossier)[-1].note == "Phát không thành công, chuyển hoàn"


def test_a_supplement_comes_from_the_applicant(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office, on=DAY)
    dossier = take(Step.SUPPLEMENTED, dossier, office, at(DAY + timedelta(days=4)))

    line = transfers(dossier)[-1]

    assert (line.giver, line.receiver, line.note) == (APPLICANT, DESK, "Bổ sung hồ sơ")


def test_a_supplement_by_post_names_its_own_envelope(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office, on=DAY)
    item = envelope(99)
    item.status = "accepted"
    item.save()
    item.dossiers.add(dossier)
    day = DAY + timedelta(days=4)
    dossier, handover = handovers.bring_in(dossier, office, at(day))

    line = transfers(dossier)[-1]

    assert (line.giver, line.receiver, line.note) == (POST, DESK, "Bổ sung hồ sơ")
    assert line.vouchers == (
        ("Số hiệu bưu gửi", item.number),
        ("Biên bản giao nhận", handover.code),
    )


def test_a_refused_dossier_goes_back_to_the_applicant(office):
    dossier = dossier_at(Status.REFUSED, office, on=DAY)

    assert hands(dossier) == [(APPLICANT, DESK), (DESK, APPLICANT)]


def test_what_waits_for_its_applicant_and_is_fetched_later_takes_two_lines(office):
    dossier = dossier_at(Status.PROCESSING, office, on=DAY)
    day = DAY + timedelta(days=3)
    dossier = actions.withdraw(
        dossier, reason="x", by=office.clerk, at=at(day), gives_back=False
    )
    dossier = actions.give_papers_back(dossier, by=office.clerk, at=at(day, hour=15))

    assert hands(dossier)[-2:] == [(AGENCY, DESK), (DESK, APPLICANT)]


def test_a_step_taken_back_has_no_line(office):
    dossier = dossier_at(Status.PROCESSING, office, on=DAY)
    actions.take_back(dossier, reason="x", by=office.leader, at=at(date(2020, 6, 9)))

    assert hands(dossier) == [(APPLICANT, DESK)]


def test_while_it_goes_on_lines_are_left_to_write_in(sign_in, office):
    client = sign_in("clerk")
    fresh = received(office, DAY)
    closed = dossier_at(Status.RETURNED, office, on=DAY)

    assert client.get(slip_of(fresh)).text.count('<tr class="by-hand">') == 3
    assert client.get(slip_of(closed)).text.count('<tr class="by-hand">') == 0


def test_what_is_only_announced_has_no_slip(sign_in, office):
    assert sign_in("clerk").get(slip_of(register(office))).status_code == 404


def test_another_office_finds_nothing(sign_in, office, other_office):
    address = slip_of(received(office, DAY))

    assert sign_in("clerk", at=other_office).get(address).status_code == 404


def test_a_result_sent_in_one_step_in_older_days_names_its_envelope(office):
    """Dossiers from before envelopes had a life of their own."""
    dossier = dossier_at(Status.RETURNED, office, on=DAY)
    item = envelope(88, Leg.RETURN)
    item.save()
    item.dossiers.add(dossier)
    dossier.return_channel = ReturnChannel.PUBLIC_POST
    dossier.return_name = dossier.return_address = "x"
    dossier.save()
    # Entries of that time tell no state; they are append-only, so: behind the door.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_custodyentry SET state = NULL")

    line = transfers(dossier)[-1]

    assert (line.giver, line.receiver) == (DESK, APPLICANT)
    assert line.vouchers == (("Số hiệu bưu gửi", item.number),)

"""Phiếu gửi hồ sơ: what TT 17/2017/TT-BTTTT, Điều 9 wants written on it."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.models import Paper
from dossiers.statuses import ReturnChannel, Status, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.factories.dossiers import (
    at,
    dossier_at,
    envelope,
    receive,
    register,
    take,
)
from tests.factories.printing import HOME, PEOPLE, received

DAY = date(2020, 6, 1)


def slip_of(item) -> str:
    return f"/dossiers/items/{item.pk}/slip/"


def sent(office, *dossiers, kept=(), **facts):
    """An envelope in which the results of these dossiers have left."""
    for dossier in dossiers:
        for step in (Step.PROCESSING, Step.RESULT_READY):
            dossier = take(step, dossier, office, at(DAY, hour=10))
        item = envelope(4711, Leg.RETURN)
        for name, value in facts.items():
            setattr(item, name, value)
        actions.hand_to_post(
            dossier, item, by=office.clerk, at=at(DAY, hour=11), kept=kept
        )
    return dossier.postal_items.get(leg=Leg.RETURN)


def test_the_way_in_names_sender_receiver_and_papers(printed, office):
    item = envelope(55)
    item.postage_dong, item.seal_number = 26_500, "NP 12"
    dossier = register(office, on=DAY, item=item, **PEOPLE)
    item = dossier.postal_items.get()

    words = printed(slip_of(item))

    for sentence in (
        "TỔNG CÔNG TY BƯU ĐIỆN VIỆT NAM BƯU ĐIỆN UBND",
        f"Số hiệu bưu gửi: {item.number}",
        "PHIẾU GỬI HỒ SƠ (Gửi hồ sơ giải quyết thủ tục hành chính)",
        (
            "NGƯỜI GỬI Họ và tên/tổ chức: Nguyễn Thị Hồng Hạnh "
            "Địa chỉ: Thôn 3, xã Cảnh Thụy, huyện Yên Dũng "
            "Số điện thoại: 0912345678 Email: hanh@example.vn"
        ),
        "NGƯỜI NHẬN Họ và tên/tổ chức: Một cửa SNV – Sở SNV",
        (
            f"1 TB-{dossier.pk} Nguyễn Thị Hồng Hạnh Thủ tục số {dossier.procedure.code} "
            "Bằng tốt nghiệp Bản chính 1"
        ),
        "Dịch vụ: Bưu chính công ích",
        "Ngày chấp nhận (J): 01/06/2020",
        # On the way in the appointment slip is brought back: J+4.
        "Thời gian toàn trình: đến 05/06/2020",
        "Cước dịch vụ: 26.500 đồng Người trả cước: người nộp hồ sơ",
        "Thu hộ (phí, lệ phí): không",
        "Số niêm phong: NP 12",
        "Điều 25 Nghị định số 47/2011/NĐ-CP, tối thiểu bằng 04 lần cước",
        "trong thời hạn 06 tháng",
        "bưu chính trả lời trong 05 ngày làm việc",
        "NGƯỜI GỬI (Ký, ghi rõ họ tên) Nguyễn Thị Hồng Hạnh",
        "NHÂN VIÊN BƯU CHÍNH (Ký, ghi rõ họ tên)",
    ):
        assert sentence in words, sentence
    assert "Mẫu số" not in words


def test_the_way_home_carries_the_result_and_the_papers_that_go_back(printed, office):
    dossier = received(office, DAY, **HOME)
    item = sent(
        office,
        dossier,
        collect_dong=150_000,
        recovers="Giấy phép cũ",
        payer="agency",
        kept=[1],
    )

    words = printed(slip_of(item))

    for sentence in (
        "(Chuyển trả kết quả giải quyết thủ tục hành chính)",
        "NGƯỜI GỬI Họ và tên/tổ chức: Một cửa SNV – Sở SNV",
        (
            "NGƯỜI NHẬN Họ và tên/tổ chức: Trần Văn Bình Địa chỉ: Số 7 phố Thân Nhân Trung "
            "Số điện thoại: 0987654321 Email:"
        ),
        (
            "Kết quả giải quyết thủ tục hành chính Bản chính 1 "
            "Bằng tốt nghiệp đại học Bản sao chứng thực 2 Giấy khai sinh Bản sao 1"
        ),
        "Thời gian toàn trình: đến 03/06/2020",
        "Người trả cước: cơ quan giải quyết thủ tục hành chính",
        "Thu hộ (phí, lệ phí): 150.000 đồng",
        "Giấy tờ phải thu hồi từ người nhận: Giấy phép cũ",
    ):
        assert sentence in words, sentence
    # Kept by law, so it is not in the envelope; the e-mail is the applicant's own.
    assert "Đơn đề nghị" not in words
    assert "hanh@example.vn" not in words


def test_the_applicants_own_e_mail_goes_with_his_own_name(printed, office):
    dossier = received(office, DAY, **(HOME | {"return_name": "Nguyễn Thị Hồng Hạnh"}))

    assert "Email: hanh@example.vn" in printed(slip_of(sent(office, dossier)))


def test_one_envelope_may_carry_several_dossiers(printed, office):
    item = sent(office, received(office, DAY, **HOME), received(office, DAY, **HOME))

    words = printed(slip_of(item))

    first, second = item.dossiers.order_by("pk")
    assert words.index(f"1 {first.code}") < words.index(f"2 {second.code}")
    assert words.count("Kết quả giải quyết thủ tục hành chính") == 2
    # Which of the two would the code lead to?
    assert "Quét mã" not in words


def test_several_senders_are_told_as_several(printed, office):
    item = register(office, on=DAY, item=envelope(5), **PEOPLE).postal_items.get()
    register(office, on=DAY, item=envelope(5), applicant_name="Lê Văn Cường")

    words = printed(slip_of(item))

    assert "Nhiều người gửi (theo danh mục hồ sơ dưới đây)" in words
    assert "Lê Văn Cường" in words


def test_a_supplement_later_is_not_on_the_slip_of_the_first_envelope(printed, office):
    dossier = receive(office, on=DAY, item=envelope(5))
    item = dossier.postal_items.get()
    for step in (Step.PROCESSING, Step.SUPPLEMENT_REQUESTED):
        dossier = take(step, dossier, office, at(DAY, hour=10))
    actions.receive_supplement(
        dossier,
        by=office.clerk,
        at=at(DAY + timedelta(days=1)),
        papers=[Paper(name="Giấy xác nhận", form="copy")],
    )

    words = printed(slip_of(item))

    assert "Bằng tốt nghiệp" in words
    assert "Giấy xác nhận" not in words


def test_papers_that_go_home_without_a_result_are_told_so(printed, office):
    dossier = dossier_at(Status.PROCESSING, office, on=DAY, **HOME)
    day = DAY + timedelta(days=3)
    dossier = actions.withdraw(
        dossier, reason="x", by=office.clerk, at=at(day), gives_back=False
    )
    actions.post_papers_home(
        dossier, envelope(9, Leg.RETURN), by=office.clerk, at=at(day, hour=15)
    )

    words = printed(slip_of(dossier.postal_items.get()))

    assert "(Gửi trả giấy tờ)" in words
    assert "Kết quả giải quyết" not in words
    assert "Bằng tốt nghiệp Bản chính 1" in words


def test_an_unknown_route_outside_the_province_is_answered_later(printed, office):
    dossier = received(office, DAY, **HOME)

    words = printed(slip_of(sent(office, dossier, route="between_provinces")))

    assert "đến 05/06/2020" in words
    assert "bưu chính trả lời trong 07 ngày làm việc" in words


def test_of_dossiers_that_the_visitor_may_not_see_only_the_number_is_told(
    printed, office
):
    item = receive(
        office, on=DAY, item=envelope(5), return_channel=ReturnChannel.PUBLIC_POST
    ).postal_items.get()
    sister = Organisation.objects.create(
        kind="agency", parent=office.province, name="Sở TC", symbol="STC"
    )
    hidden = receive(office, on=DAY, applicant_name="Người Của Sở Khác")
    hidden.agency = sister
    hidden.save()
    item.dossiers.add(hidden)

    words = printed(slip_of(item))

    assert "Người Của Sở Khác" not in words
    assert "Trong bưu gửi còn 1 hồ sơ khác" in words


@pytest.mark.parametrize("role", ["clerk", "case_officer", "postal_clerk", "leader"])
def test_whoever_sees_the_item_may_print_its_slip(sign_in, office, role):
    item = register(office, on=DAY).postal_items.get()

    assert sign_in(role).get(slip_of(item)).status_code == 200


def test_another_office_and_a_stranger_find_nothing(
    client, sign_in, office, other_office
):
    item = register(office, on=DAY).postal_items.get()

    assert client.get(slip_of(item)).status_code == 302
    assert sign_in("clerk", at=other_office).get(slip_of(item)).status_code == 404
    assert (
        sign_in("postal_clerk", at=other_office).get(slip_of(item)).status_code == 404
    )


def test_a_number_without_bars_is_printed_in_letters(printed, office):
    item = envelope(1)
    item.number = "BĐ 123"
    dossier = receive(office, on=DAY, item=item)

    assert "Số hiệu bưu gửi: BĐ123" in printed(slip_of(dossier.postal_items.get()))


def test_a_desk_of_the_whole_province_is_named_as_it_is(printed, office):
    centre = Organisation.objects.create(
        kind="desk", parent=office.province, name="Trung tâm PVHCC", symbol="TT"
    )
    clerk = User.objects.create(username="tt", role=Role.CLERK, organisation=centre)
    dossier = register(office, on=DAY)
    dossier.desk = centre
    dossier.save()

    office.people[Role.CLERK] = clerk
    words = printed(slip_of(dossier.postal_items.get()))

    assert "NGƯỜI NHẬN Họ và tên/tổ chức: Trung tâm PVHCC Địa chỉ" in words

"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả: its words, its two copies, its regime."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.models import Paper
from dossiers.statuses import ReturnChannel, Status, Step
from procedures.models import OfficialForm
from tests.factories.dossiers import at, dossier_at, envelope, receive, register, take
from tests.factories.printing import HOME, NEW_DAY, OLD_DAY, received
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.printing.conftest import words_of

DAY = date(2020, 6, 1)


def receipt_of(dossier) -> str:
    return f"/dossiers/print/{dossier.reference}/receipt/"


def test_it_says_everything_that_the_form_asks_for(printed, office):
    dossier = received(office, DAY, sets=2)

    words = printed(receipt_of(dossier))

    for sentence in (
        "SỞ SNV MỘT CỬA SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "UBND, ngày 01 tháng 6 năm 2020",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        f"Mã hồ sơ: {dossier.code}",
        "Bộ phận tiếp nhận và trả kết quả: Một cửa SNV – Sở SNV",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Hồng Hạnh",
        "Địa chỉ: Thôn 3, xã Cảnh Thụy, huyện Yên Dũng",
        "Số điện thoại: 0912345678 Email: hanh@example.vn",
        f"Nội dung yêu cầu giải quyết: Thủ tục thi tuyển công chức ({dossier.procedure.code})",
        "1 Đơn đề nghị Bản chính 1",
        "2 Bằng tốt nghiệp đại học Bản sao chứng thực 2",
        "3 Giấy khai sinh Bản sao 1",
        "2. Số lượng hồ sơ: 2 (bộ)",
        "3. Thời gian giải quyết hồ sơ theo quy định là: 10 ngày làm việc",
        "4. Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 01 tháng 6 năm 2020",
        "5. Thời gian trả kết quả: trong giờ làm việc, ngày 15 tháng 6 năm 2020",
        "6. Đăng ký nhận kết quả tại: Một cửa SNV – Sở SNV",
        "Vào Sổ theo dõi hồ sơ, Quyển số: Số thứ tự:",
        "NGƯỜI NỘP HỒ SƠ (Ký, ghi rõ họ tên) Nguyễn Thị Hồng Hạnh",
        "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký, ghi rõ họ tên) One-stop clerk SNV",
    ):
        assert words.count(sentence) == 2, sentence
    assert "(Liên 1: Lưu)" in words
    assert "(Liên 2: Giao khách hàng)" in words


@pytest.mark.parametrize(
    ("day", "circular", "paper"),
    [
        (OLD_DAY, "Mẫu số 01 – Thông tư số 01/2018/TT-VPCP", "a5"),
        (NEW_DAY, "Mẫu số 01 – Thông tư số 03/2025/TT-VPCP", "a4"),
    ],
)
def test_it_follows_the_circular_of_the_day_of_receipt(
    sign_in, office, day, circular, paper
):
    dossier = received(office, day)

    page = sign_in("clerk").get(receipt_of(dossier)).text

    assert page.count(circular) == 2
    assert f'<body class="{paper}">' in page


def test_without_a_known_form_it_is_printed_without_a_number(sign_in, office):
    OfficialForm.objects.filter(kind="receipt").delete()
    dossier = received(office, DAY)

    page = sign_in("clerk").get(receipt_of(dossier)).text

    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in page
    assert "Mẫu số" not in page
    assert "Thông tư số" not in page
    assert '<body class="a4">' in page


def test_a_result_by_post_is_expected_after_the_due_date_and_the_days_of_the_post(
    printed, office
):
    words = printed(receipt_of(received(office, DAY, **HOME)))

    assert (
        "6. Đăng ký nhận kết quả tại: qua dịch vụ bưu chính công ích: Trần Văn Bình, "
        "0987654321, Số 7 phố Thân Nhân Trung" in words
    )
    # Due on Monday the 15th, and two working days inside the province.
    assert "chậm nhất ngày 17 tháng 6 năm 2020" in words


def test_a_result_at_the_counter_has_no_day_of_delivery(printed, office):
    assert "dự kiến phát" not in printed(receipt_of(received(office, DAY)))


def test_a_result_online_says_so(printed, office):
    dossier = received(office, DAY, return_channel=ReturnChannel.ONLINE)

    assert "6. Đăng ký nhận kết quả tại: trực tuyến" in printed(receipt_of(dossier))


def test_a_dossier_by_post_names_its_envelope_and_no_signature_is_asked_for(
    printed, office
):
    dossier = receive(office, on=DAY, item=envelope(77))

    words = printed(receipt_of(dossier))

    assert f"số hiệu bưu gửi {dossier.postal_items.get().number}" in words
    assert "thời điểm ký Biên bản giao nhận hồ sơ" in words
    assert "NGƯỜI NỘP HỒ SƠ (Nộp qua dịch vụ bưu chính công ích)" in words


def test_whoever_is_authorised_signs(printed, office):
    dossier = received(office, DAY, representative_name="Lê Văn Cường")

    words = printed(receipt_of(dossier))

    assert "(người nộp thay: Lê Văn Cường)" in words
    assert "NGƯỜI NỘP HỒ SƠ (Ký, ghi rõ họ tên) Lê Văn Cường" in words


def test_after_a_supplement_it_shows_both_days(printed, office):
    dossier = received(office, DAY)
    for days, step in ((1, Step.PROCESSING), (2, Step.SUPPLEMENT_REQUESTED)):
        dossier = take(step, dossier, office, at(DAY + timedelta(days=days)))
    dossier = actions.receive_supplement(
        dossier,
        by=office.clerk,
        at=at(date(2020, 6, 8)),
        papers=[Paper(name="Giấy xác nhận", form="original")],
    )

    words = printed(receipt_of(dossier))

    assert "trong giờ làm việc, ngày 22 tháng 6 năm 2020" in words
    assert "Ngày hẹn lần đầu: 15/06/2020; được tính lại từ ngày 08/06/2020" in words
    assert "4 Giấy xác nhận Bản chính 1" in words


def test_a_new_date_that_was_promised_stands_beside_the_due_date(printed, office):
    dossier = take(
        Step.PROCESSING, received(office, DAY, **HOME), office, at(DAY, hour=10)
    )
    dossier = actions.reappoint(
        dossier,
        new_date=date(2020, 6, 22),
        reason="Chờ ý kiến",
        by=office.case_officer,
        at=at(DAY, hour=11),
    )

    words = printed(receipt_of(dossier))

    assert "trong giờ làm việc, ngày 15 tháng 6 năm 2020" in words
    assert "Đã xin lỗi và hẹn lại: ngày 22 tháng 6 năm 2020." in words
    assert "chậm nhất ngày 24 tháng 6 năm 2020" in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"processing_time": 0}, "theo quy định là: trả kết quả ngay"),
        ({"time_unit": "calendar_days"}, "theo quy định là: 10 ngày 4."),
    ],
)
def test_the_processing_time_is_told_in_its_unit(printed, office, values, words):
    dossier = receive(office, make_procedure(office, **values), on=DAY)

    assert words in printed(receipt_of(dossier))


def test_what_is_not_known_stays_a_dotted_line(sign_in, office):
    dossier = receive(office, on=DAY)

    page = sign_in("clerk").get(receipt_of(dossier)).text

    assert '<dt>Địa chỉ:</dt><dd class="blank"></dd>' in page


@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.REGISTERED])
def test_what_has_not_been_received_has_no_receipt(sign_in, office, status):
    dossier = register(office, status)
    client = sign_in("clerk")

    assert client.get(receipt_of(dossier)).status_code == 404
    assert "/receipt/" not in client.get(dossier.get_absolute_url()).text


def test_a_receipt_that_was_taken_back_is_not_printed(sign_in, office):
    dossier = register(office, Status.REGISTERED, on=DAY)
    dossier = take(Step.RECEIVED, dossier, office, at(DAY, hour=10))
    actions.take_back(dossier, reason="Nhầm", by=office.clerk, at=at(DAY, hour=11))

    assert sign_in("clerk").get(receipt_of(dossier)).status_code == 404


def test_the_form_is_vietnamese_and_its_tools_speak_the_visitors_language(
    sign_in, office
):
    dossier = received(office, DAY)

    response = sign_in("clerk").get(receipt_of(dossier))

    assert response.headers["Content-Language"] == "vi"
    assert '<html lang="vi">' in response.text
    tools = words_of(response.text[response.text.index("<nav") :])
    assert tools.startswith("Back Paper: A5 Print")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("clerk", 200),
        ("case_officer", 200),
        ("leader", 200),
        ("consolidator", 200),
        ("postal_clerk", 404),
    ],
)
def test_whoever_sees_the_dossier_may_print_it(sign_in, office, role, status):
    dossier = received(office, DAY)

    assert sign_in(role).get(receipt_of(dossier)).status_code == status


def test_another_office_finds_nothing(sign_in, office, other_office):
    dossier = received(office, DAY, **HOME)

    for role in ("clerk", "postal_clerk"):
        answer = sign_in(role, at=other_office).get(receipt_of(dossier))
        assert answer.status_code == 404


def test_without_a_sign_in_it_is_closed(client, office):
    answer = client.get(receipt_of(received(office, DAY)))

    assert answer.status_code == 302
    assert "/login/" in answer.url


def test_markup_in_a_name_is_printed_as_text(sign_in, office):
    dossier = received(office, DAY, applicant_name="<script>alert(1)</script>")

    page = sign_in("clerk").get(receipt_of(dossier)).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_number_of_queries_does_not_grow_with_the_papers(
    sign_in, office, django_assert_max_num_queries
):
    dossier = dossier_at(Status.RETURNED, office)
    dossier.papers.bulk_create(
        Paper(dossier=dossier, position=n, name=f"{n}", form="copy", outcome="returned")
        for n in range(2, 40)
    )
    client = sign_in("clerk")

    with django_assert_max_num_queries(30):
        client.get(receipt_of(dossier))

"""Notices on paper: the words that were kept, on the form of the day they were given."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.models import Notice
from dossiers.statuses import Status, Step
from tests.factories.dossiers import at, dossier_at, register, take
from tests.factories.printing import NEW_DAY, OLD_DAY, received

DAY = date(2020, 6, 1)
Kind = Notice.Kind
OLD, NEW = "Thông tư số 01/2018/TT-VPCP", "Thông tư số 03/2025/TT-VPCP"
ASKED = [
    {"name": "Bằng tốt nghiệp", "form": "certified_copy", "quantity": 2},
    {"name": "Đơn đề nghị", "form": "original", "quantity": 1},
]
REASON = "Chưa rõ <thẩm quyền>;\ncần xác minh."


def give(kind: Notice.Kind, office, day: date, **values) -> Notice:
    """A notice of a kind, given at ten on a day, by the real verb."""
    dossier = received(office, day)
    officer = {"by": office.case_officer, "reason": REASON}
    ten = at(day, hour=10)
    if kind == Kind.SUPPLEMENT:
        actions.request_supplement(dossier, at=ten, papers=ASKED, **officer, **values)
    elif kind == Kind.REFUSAL:
        actions.refuse(dossier, at=ten, gives_back=False, **officer, **values)
    elif kind == Kind.APOLOGY:
        new_date = date(2025, 10, 20) if day.year == 2025 else date(2020, 6, 22)
        actions.reappoint(dossier, at=ten, new_date=new_date, **officer, **values)
    else:
        dossier = take(Step.PROCESSING, dossier, office, at(day))
        actions.discontinue(dossier, at=ten, gives_back=False, **officer, **values)
    return dossier.notices.get()


def paper_of(notice: Notice) -> str:
    return f"/dossiers/print/{notice.dossier.reference}/notices/{notice.pk}/"


@pytest.mark.parametrize(
    ("kind", "day", "number", "title", "paper"),
    [
        (Kind.SUPPLEMENT, OLD_DAY, f"Mẫu số 02 – {OLD}", "PHIẾU YÊU CẦU BỔ SUNG", "a5"),
        (Kind.SUPPLEMENT, NEW_DAY, f"Mẫu số 02 – {NEW}", "PHIẾU YÊU CẦU BỔ SUNG", "a4"),
        (Kind.REFUSAL, OLD_DAY, f"Mẫu số 03 – {OLD}", "PHIẾU TỪ CHỐI TIẾP NHẬN", "a5"),
        (Kind.REFUSAL, NEW_DAY, f"Mẫu số 03 – {NEW}", "PHIẾU TỪ CHỐI TIẾP NHẬN", "a4"),
        (Kind.APOLOGY, OLD_DAY, f"Mẫu số 04 – {OLD}", "PHIẾU XIN LỖI VÀ HẸN LẠI", "a5"),
        (Kind.APOLOGY, NEW_DAY, f"Mẫu số 04 – {NEW}", "VĂN BẢN XIN LỖI VÀ", "a4"),
        (Kind.DISCONTINUATION, NEW_DAY, f"Mẫu số 05 – {NEW}", "THÔNG BÁO DỪNG", "a4"),
    ],
)
def test_a_notice_follows_the_circular_of_the_day_it_was_given(
    sign_in, office, kind, day, number, title, paper
):
    page = sign_in("clerk").get(paper_of(give(kind, office, day))).text

    assert number in page
    assert title in page
    assert f'<body class="{paper}">' in page


def test_the_notice_of_discontinuation_had_no_number_before(printed, office):
    words = printed(paper_of(give(Kind.DISCONTINUATION, office, OLD_DAY)))

    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in words
    assert "Mẫu số" not in words
    assert "Thông tư số" not in words


def test_a_dossier_received_before_is_given_a_notice_of_the_day_it_is_given(
    printed, office
):
    dossier = received(office, OLD_DAY)
    actions.refuse(
        dossier, by=office.case_officer, at=at(NEW_DAY), reason="x", gives_back=False
    )

    words = printed(paper_of(dossier.notices.get()))

    assert f"Mẫu số 03 – {NEW}" in words


def test_a_request_to_supplement_lists_what_is_missing(printed, office):
    notice = give(
        Kind.SUPPLEMENT,
        office,
        DAY,
        answer_by=date(2020, 7, 1),
        legal_basis="Luật Cán bộ, công chức",
    )

    words = printed(paper_of(notice))

    for sentence in (
        "Số: ………/HDHS",
        "UBND, ngày 01 tháng 6 năm 2020",
        "Hồ sơ của: Nguyễn Thị Hồng Hạnh",
        "Nội dung yêu cầu giải quyết: Thủ tục thi tuyển công chức",
        "Ngày tiếp nhận hồ sơ: 01/06/2020",
        "1 Bằng tốt nghiệp 2 2 Đơn đề nghị 1",
        "Lý do: Chưa rõ <thẩm quyền>; cần xác minh.",
        "Căn cứ: Luật Cán bộ, công chức",
        "bổ sung, hoàn thiện chậm nhất ngày 01 tháng 7 năm 2020 .",
        "Người hướng dẫn: Case officer SNV Số điện thoại:",
        "NGƯỜI HƯỚNG DẪN (Ký, ghi rõ họ tên) Case officer SNV",
    ):
        assert sentence in words, sentence


def test_each_paper_asked_for_is_counted_under_its_form(sign_in, office):
    page = sign_in("clerk").get(paper_of(give(Kind.SUPPLEMENT, office, DAY))).text

    cell = '<td class="amount">'
    certified = f"Bằng tốt nghiệp</td>{cell}</td>{cell}2</td>{cell}</td>"
    original = f"Đơn đề nghị</td>{cell}1</td>{cell}</td>{cell}</td>"
    assert certified in page
    assert original in page


def test_a_refusal_is_signed_by_both(printed, office):
    words = printed(paper_of(give(Kind.REFUSAL, office, DAY, legal_basis="Điều 19")))

    for sentence in (
        "SỞ SNV MỘT CỬA SNV",
        "với lý do cụ thể như sau: Chưa rõ <thẩm quyền>; cần xác minh. Căn cứ: Điều 19",
        "NGƯỜI NỘP HỒ SƠ (Ký, ghi rõ họ tên) Nguyễn Thị Hồng Hạnh",
        "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký, ghi rõ họ tên) Case officer SNV",
    ):
        assert sentence in words, sentence


def test_an_apology_keeps_both_days_and_is_sealed(printed, office):
    words = printed(paper_of(give(Kind.APOLOGY, office, DAY)))

    for sentence in (
        "UBND TỈNH UBND SỞ SNV Số: ………",
        "Kính gửi: Nguyễn Thị Hồng Hạnh",
        "Thời gian hẹn trả kết quả: 15/06/2020",
        "Thời gian trả kết quả mới: ngày 22 tháng 6 năm 2020",
        "hẹn trả kết quả vào ngày nêu trên",
        "Nơi nhận: - Như trên; - Bộ phận Một cửa; - Lưu: VT.",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ (Ký, ghi rõ họ tên, đóng dấu)",
    ):
        assert sentence in words, sentence


@pytest.mark.parametrize("kind", Kind)
def test_the_number_of_the_clerical_office_is_printed(printed, office, kind):
    words = printed(paper_of(give(kind, office, DAY, number="15/TB-SNV")))

    assert "Số: 15/TB-SNV" in words
    assert "…" not in words


@pytest.mark.parametrize("kind", Kind)
def test_without_a_number_dots_are_left_to_write_it_in(printed, office, kind):
    assert "Số: ………" in printed(paper_of(give(kind, office, DAY)))


def test_it_reads_the_same_every_time(printed, office):
    notice = give(Kind.SUPPLEMENT, office, DAY)
    first = printed(paper_of(notice))

    later = at(DAY + timedelta(days=5))
    dossier = actions.receive_supplement(notice.dossier, by=office.clerk, at=later)
    take(Step.PROCESSING, dossier, office, later)

    assert printed(paper_of(notice)) == first


@pytest.mark.parametrize("kind", Kind)
def test_a_notice_taken_back_is_neither_offered_nor_printed(sign_in, office, kind):
    notice = give(kind, office, DAY)
    client = sign_in("clerk")
    assert paper_of(notice) in client.get(notice.dossier.get_absolute_url()).text

    actions.take_back(
        notice.dossier, reason="Nhầm", by=office.case_officer, at=at(DAY, hour=11)
    )

    assert paper_of(notice) not in client.get(notice.dossier.get_absolute_url()).text
    assert client.get(paper_of(notice)).status_code == 404


def test_a_notice_is_not_printed_under_another_dossier(sign_in, office):
    notice = give(Kind.REFUSAL, office, DAY)
    other = received(office, DAY)

    address = f"/dossiers/print/{other.code}/notices/{notice.pk}/"

    assert sign_in("clerk").get(address).status_code == 404


def test_another_office_finds_nothing(sign_in, office, other_office):
    notice = give(Kind.REFUSAL, office, DAY)

    assert sign_in("clerk", at=other_office).get(paper_of(notice)).status_code == 404


def test_what_was_refused_before_it_had_a_code_is_told_by_its_provisional_number(
    printed, office
):
    dossier = register(office, Status.ANNOUNCED, on=DAY)
    actions.refuse(
        dossier,
        by=office.case_officer,
        at=at(DAY, hour=10),
        reason="Sai thẩm quyền",
        gives_back=False,
    )

    words = printed(paper_of(dossier.notices.get()))

    assert f"Mã hồ sơ: TB-{dossier.pk}" in words
    assert "Ngày tiếp nhận" not in words


def test_a_dossier_without_a_notice_offers_none(sign_in, office):
    dossier = dossier_at(Status.PROCESSING, office)

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    assert "/notices/" not in page

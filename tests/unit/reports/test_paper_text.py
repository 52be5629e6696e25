"""A paper as plain text: everything it says, in the order in which it is read."""

from datetime import date

from reports import claims
from reports.paper_text import as_text
from reports.papers import PaperColumn, PaperTable
from tests.factories.papers import make_paper, make_section, make_signed_paper

TABLE = PaperTable(
    "Kết quả theo kỳ",
    (PaperColumn("Chỉ tiêu", 75), PaperColumn("Năm 2019", 30)),
    (("Hồ sơ tiếp nhận", "212"), ("Qua bưu chính", "23 (10,85%)")),
    (("Cộng", "212"),),
)


def test_a_paper_is_read_from_its_head_to_the_name_of_the_signatory():
    paper = make_paper(
        abstract="Kết quả năm 2019",
        sent_to=("UBND tỉnh", "Sở Tài chính"),
        opening=("Sở Nội vụ báo cáo như sau:",),
        sections=(
            make_section("I", title="Tình hình", paragraphs=()),
            make_section("1", level=2, title="Kết quả", paragraphs=("Một.", "Hai.")),
            make_section("II", title="Kiến nghị", paragraphs=(), tables=(TABLE,)),
        ),
        closing=("Trân trọng./.",),
    )

    lines = [" ".join(x.split()) for x in as_text(paper).split("\n\n")]

    assert lines == [
        "UBND TỈNH BẮC GIANG",
        "SỞ NỘI VỤ",
        "Số: /BC-SNV",
        " ".join(paper.day_line.split()),
        "BÁO CÁO",
        "Kết quả năm 2019",
        "Kính gửi: UBND tỉnh; Sở Tài chính.",
        "Sở Nội vụ báo cáo như sau:",
        "I. TÌNH HÌNH",
        "1. Kết quả",
        "Một.",
        "Hai.",
        "II. KIẾN NGHỊ",
        "Kết quả theo kỳ",
        "Hồ sơ tiếp nhận | 212",
        "Qua bưu chính | 23 (10,85%)",
        "Cộng | 212",
        "Trân trọng./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lãnh đạo Sở;",
        "- Lưu: VT, VP;",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Quang Đông",
    ]


def test_a_signed_paper_says_its_number_and_its_day():
    text = as_text(make_signed_paper(number=5, day=date(2020, 1, 5)))

    assert "Số: 05/BC-SNV" in text
    assert "Bắc Giang, ngày 05 tháng 01 năm 2020" in text


def test_what_a_paper_has_not_leaves_no_empty_line():
    bare = make_paper(sent_to=(), opening=(), sections=(), closing=(), recipients=())

    text = as_text(bare)

    assert "Kính gửi" not in text
    assert "\n\n\n" not in text


def test_the_number_doctor_reads_a_wrong_number_in_it_and_no_right_one():
    def findings(percent: str) -> list[str]:
        said = f"Sở Nội vụ tiếp nhận 23/212 hồ sơ (chiếm {percent}%) qua bưu chính."
        paper = make_paper(sections=(make_section("I", paragraphs=(said,)),))
        asked = claims.Context(symbol="SNV", is_draft=True)
        return [x.found for x in claims.check(as_text(paper), context=asked)]

    assert findings("10,85") == []
    assert any("10,08" in x for x in findings("10,08"))

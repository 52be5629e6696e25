"""The Word file against NĐ 30/2020/NĐ-CP, Phụ lục I, point by point, from the file."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from postal_tthc.lib.text_width import width_mm
from reports.papers import Paper
from reports.renderers.word import render
from tests.factories.papers import (
    BODY,
    FINGERPRINT,
    LONG_HEAD,
    LONG_NAME,
    make_paper,
    make_section,
    make_signed_paper,
    make_table,
    make_wide_table,
)

CENTRED, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT = WD_ALIGN_PARAGRAPH.LEFT
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MM = 36_000  # of python-docx' lengths
TOLERANCE = 0.5  # mm


def opened(paper: Paper) -> DocumentObject:
    return Document(BytesIO(render(paper)))


def everything(document: DocumentObject) -> Iterator[Paragraph]:
    """All paragraphs of the body in order, those in tables too."""
    for drawn in document.element.body.iter(qn("w:p")):
        yield Paragraph(drawn, document._body)


def paragraph(document: DocumentObject, text: str) -> Paragraph:
    """The first paragraph that holds this text."""
    return next(x for x in everything(document) if text in x.text)


def look(given: Paragraph) -> dict[str, Any]:
    """How the letters of a paragraph look: its style, and nothing over it."""
    assert all(run.font.size is None and run.italic is None for run in given.runs)
    font, form = given.style.font, given.paragraph_format
    return {
        "size": font.size.pt,
        "bold": bool(font.bold),
        "italic": bool(font.italic),
        "align": given.style.paragraph_format.alignment
        if form.alignment is None
        else form.alignment,
    }


def rules(box: Any) -> list[tuple[float, float]]:
    """Left and right indent in mm of every drawn line in a part of the file."""
    found = []
    for border in box.iter(qn("w:pBdr")):
        assert border.find(qn("w:top")).get(qn("w:val")) == "single"
        place = border.getparent().find(qn("w:ind"))
        found.append(
            tuple(int(place.get(qn(f"w:{x}"))) / 1440 * 25.4 for x in ("left", "right"))
        )
    return found


PAPER = make_signed_paper(
    sent_to=("Ủy ban nhân dân tỉnh", "Sở Thông tin và Truyền thông")
)
HEAD_BLOCK = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "align"),
    [
        (HEAD_BLOCK, 13, True, False, CENTRED),
        (MOTTO, 14, True, False, CENTRED),
        ("UBND TỈNH BẮC GIANG", 13, False, False, CENTRED),
        ("SỞ NỘI VỤ", 13, True, False, CENTRED),
        ("Số: 05/BC-SNV", 13, False, False, CENTRED),
        ("Bắc Giang, ngày 05 tháng 01 năm 2020", 14, False, True, CENTRED),
        ("BÁO CÁO", 14, True, False, CENTRED),
        ("Kết quả thực hiện Thỏa thuận hợp tác", 14, True, False, CENTRED),
        ("Kính gửi:", 14, False, False, LEFT),
        ("- Ủy ban nhân dân tỉnh;", 14, False, False, LEFT),
        ("Thực hiện Công văn số", 14, False, False, JUSTIFIED),
        ("I. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN", 14, True, False, JUSTIFIED),
        ("1. Công tác chỉ đạo", 14, True, False, JUSTIFIED),
        (BODY, 14, False, False, JUSTIFIED),
        ("theo quy định./.", 14, False, False, JUSTIFIED),
        ("Nơi nhận:", 12, True, True, LEFT),
        ("- Như trên;", 11, False, False, LEFT),
        ("- Lưu: VT, VP.", 11, False, False, LEFT),
        ("KT. GIÁM ĐỐC", 14, True, False, CENTRED),
        ("PHÓ GIÁM ĐỐC", 14, True, False, CENTRED),
        ("Nguyễn Quang Đông", 14, True, False, CENTRED),
    ],
)
def test_every_part_has_the_letters_of_the_decree(text, size, bold, italic, align):
    found = paragraph(opened(PAPER), text)

    assert look(found) == {"size": size, "bold": bold, "italic": italic, "align": align}


@pytest.mark.parametrize(
    "paper", [PAPER, make_paper(sections=(make_section(tables=(make_wide_table(),)),))]
)
def test_every_page_is_a4_with_the_margins_of_the_decree(paper):
    for section in opened(paper).sections:
        sides = (section.page_width.mm, section.page_height.mm)
        is_wide = section.orientation == WD_ORIENT.LANDSCAPE
        assert [round(x) for x in sides] == ([297, 210] if is_wide else [210, 297])
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


def test_no_part_of_the_file_names_another_font():
    fonts, themed = set(), []
    with ZipFile(BytesIO(render(make_paper()))) as package:
        parts = [x for x in package.namelist() if x.endswith(".xml")]
        for part in parts:
            xml = package.read(part).decode()
            for uses in re.findall(r"<w:rFonts ([^>]*)/>", xml):
                values = dict(re.findall(r'w:(\w+)="([^"]*)"', uses))
                assert {"ascii", "hAnsi", "eastAsia", "cs"} <= set(values), part
                fonts |= set(values.values())
            themed += re.findall(r"w:\w+Theme=", xml)

    assert fonts == {"Times New Roman"}
    assert themed == []
    assert not any("theme" in part or "fontTable" in part for part in parts)


def test_every_style_says_its_font_its_size_and_black():
    document = opened(make_paper())

    names = {drawn.style.name for drawn in everything(document)}
    assert names <= {style.name for style in document.styles}
    for style in document.styles:
        if style.type == 1:
            assert style.font.name == "Times New Roman", style.name
            assert style.font.size is not None, style.name
            assert str(style.font.color.rgb) == "000000", style.name


def test_pages_are_numbered_in_the_middle_of_the_top_margin_but_not_the_first():
    (section,) = opened(make_signed_paper()).sections

    assert section.different_first_page_header_footer
    first, others = section.first_page_header, section.header
    assert "PAGE" not in first._element.xml
    assert "PAGE" in others._element.xml
    number = others.paragraphs[0]
    assert look(number)["align"] == CENTRED
    assert 13 <= number.style.font.size.pt <= 14
    assert section.header_distance < section.top_margin
    assert section._sectPr.find(qn("w:pgNumType")) is None  # from 1


def test_body_text_is_indented_and_spaced():
    body = paragraph(opened(PAPER), BODY).style.paragraph_format

    assert body.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert body.space_after.pt >= 6
    assert 1 <= body.line_spacing <= 1.5


def test_the_line_under_the_motto_is_as_long_as_the_motto():
    head = opened(PAPER).tables[0]
    width = head.columns[1].width / MM

    ((left, right),) = rules(head.cell(0, 1)._tc)
    assert left == pytest.approx(right, abs=TOLERANCE)
    length = width_mm(MOTTO, 14, bold=True)
    assert width - left - right == pytest.approx(length, abs=TOLERANCE)


@pytest.mark.parametrize("paper", [PAPER, make_paper(head=LONG_HEAD)])
def test_the_line_under_the_agency_is_a_third_to_a_half_of_its_name(paper):
    head = opened(paper).tables[0]
    width = head.columns[0].width / MM

    ((left, right),) = rules(head.cell(0, 0)._tc)
    name = min(width_mm(paper.head.issuer, 13, bold=True), width)
    assert 1 / 3 <= (width - left - right) / name <= 1 / 2


@pytest.mark.parametrize("abstract", ["Kết quả", PAPER.abstract, f"{LONG_NAME} {BODY}"])
def test_the_line_under_the_abstract_is_a_third_to_a_half_of_it(abstract):
    document = opened(make_paper(abstract=abstract))

    below = [x for x in document.paragraphs if x._p.pPr.find(qn("w:pBdr")) is not None]
    ((left, right),) = rules(below[0]._p)
    longest = min(width_mm(abstract, 14, bold=True), 165)
    assert 0.32 <= (165 - left - right) / longest <= 1 / 2


def test_number_and_day_stand_on_one_line_whatever_the_agency_is_called():
    for paper in (PAPER, make_signed_paper(head=LONG_HEAD)):
        head = opened(paper).tables[0]
        assert len(head.rows) == 2
        number, day = head.rows[1].cells
        assert (number.text, day.text) == (paper.number_line, paper.day_line)
        spaces = [
            x.paragraphs[0].style.paragraph_format.space_before for x in (number, day)
        ]
        assert spaces[0] == spaces[1]


def test_the_day_of_a_place_with_a_long_name_has_room():
    paper = make_paper(head=LONG_HEAD)
    head = opened(paper).tables[0]

    # Dots of the day: a whole em each, as the letters that stand for them here.
    needed = width_mm(paper.day_line.replace("…", "...."), 14)
    assert head.columns[1].width / MM >= needed
    assert sum(column.width for column in head.columns) / MM == pytest.approx(
        165, abs=1
    )


def test_a_list_of_addressees_hangs_under_the_colon():
    document = opened(PAPER)
    start = paragraph(document, "Kính gửi:").paragraph_format.left_indent.mm

    dashes = [
        paragraph(document, f"- {name}").paragraph_format for name in PAPER.sent_to
    ]
    for form in dashes:
        dash = form.left_indent.mm + form.first_line_indent.mm
        assert dash == pytest.approx(start + width_mm("Kính gửi", 14), abs=TOLERANCE)


def test_recipients_and_signature_stand_level_and_together():
    document = opened(PAPER)
    foot = document.tables[-1]

    (row,) = foot.rows
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    assert row.cells[0].text.startswith("Nơi nhận:")
    assert row.cells[1].text.startswith("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n")
    # Whatever is above holds on to them: a signature never stands alone.
    last, spacer = document.paragraphs[-3:-1]
    assert last.text.endswith("./.")
    assert last.paragraph_format.keep_with_next
    assert spacer.paragraph_format.keep_with_next
    name = row.cells[1].paragraphs[-1].style.paragraph_format
    assert name.space_before.mm >= 20  # room to sign


def test_the_blocks_of_head_and_foot_have_no_borders():
    document = opened(make_signed_paper(sections=()))

    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
        assert table._tbl.tblPr.find(qn("w:tblStyle")) is None


def test_a_heading_keeps_what_it_heads():
    document = opened(PAPER)

    for text in ("I. TÌNH HÌNH", "1. Công tác", "Hồ sơ qua bưu chính công ích theo"):
        assert paragraph(document, text).style.paragraph_format.keep_with_next


def table_of(paper: Paper) -> Table:
    """The first table with borders."""
    return next(
        x
        for x in opened(paper).tables
        if x._tbl.tblPr.find(qn("w:tblBorders")) is not None
    )


@pytest.mark.parametrize("rows", [0, 1, 200])
def test_a_table_repeats_its_head_and_breaks_no_row(rows):
    table = table_of(make_paper(sections=(make_section(tables=(make_table(rows),)),)))

    drawn = table._tbl.tr_lst
    assert len(drawn) == 2 + rows + 1  # groups, columns, rows, total
    heads = [x.trPr.find(qn("w:tblHeader")) is not None for x in drawn]
    assert heads == [True, True] + [False] * (rows + 1)
    assert all(x.trPr.find(qn("w:cantSplit")) is not None for x in drawn)


def test_a_table_fills_the_width_between_the_margins():
    table = table_of(PAPER)

    widths = [column.width / MM for column in table.columns]
    assert sum(widths) == pytest.approx(165, abs=1)
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert {x.get(qn("w:val")) for x in borders} == {"single"}
    assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_numbers_stand_right_and_totals_are_bold():
    table = table_of(PAPER)

    first, last = table._tbl.tr_lst[2], table._tbl.tr_lst[-1]
    cells = [Paragraph(x, table) for x in first.iter(qn("w:p"))]
    assert [x.alignment for x in cells] == [
        *(CENTRED, None),
        *[WD_ALIGN_PARAGRAPH.RIGHT] * 3,
        None,
    ]
    assert cells[1].style.paragraph_format.alignment == LEFT
    totals = [Paragraph(x, table) for x in last.iter(qn("w:p"))]
    assert all(run.bold for x in totals for run in x.runs)
    assert not any(run.bold for x in cells for run in x.runs)


def test_groups_of_columns_span_them():
    table = table_of(PAPER)

    assert [cell.text for cell in table.rows[0].cells] == [
        *("TT", "Tên thủ tục hành chính"),
        *["Hồ sơ tiếp nhận"] * 3,
        "Ghi chú",
    ]
    assert [cell.text for cell in table.rows[1].cells] == [
        *("TT", "Tên thủ tục hành chính"),
        *("Tổng số", "Qua bưu chính", "Tỷ lệ"),
        "Ghi chú",
    ]


def test_a_draft_carries_its_mark_on_every_page_and_a_signed_paper_none():
    draft, signed = opened(make_paper()).sections[0], opened(PAPER).sections[0]

    for header in (draft.first_page_header, draft.header):
        assert 'string="DỰ THẢO"' in header._element.xml
    shapes = re.findall(
        r'id="(PowerPlusWaterMarkObject\d)"',
        draft.first_page_header._element.xml + draft.header._element.xml,
    )
    assert len(set(shapes)) == 2  # every shape has a name of its own
    for header in (signed.first_page_header, signed.header):
        assert "DỰ THẢO" not in header._element.xml


def test_a_signed_paper_prints_its_fingerprint_small_at_the_foot():
    section = opened(PAPER).sections[0]

    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        assert line.text == f"Mã nội dung: {FINGERPRINT}; phiên bản 2"
        assert line.style.font.size.pt < 11
    drafted = opened(make_paper(fingerprint=FINGERPRINT)).sections[0]
    assert drafted.footer.paragraphs[0].text == ""


def test_wide_tables_are_annexes_on_pages_on_their_side():
    wide = make_wide_table(30)
    sections = (make_section(tables=(wide,)), make_section("II.", tables=(wide,)))
    document = opened(make_signed_paper(sections=sections))

    upright, *annexes = document.sections
    assert upright.orientation == WD_ORIENT.PORTRAIT
    assert [x.orientation for x in annexes] == [WD_ORIENT.LANDSCAPE] * 2
    for annex in annexes:  # each with its own page numbers, none on its first page
        assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert annex.different_first_page_header_footer
        assert annex.header.is_linked_to_previous
    for text, bold, italic in (
        ("Phụ lục I", True, False),
        ("SỐ LIỆU THEO ĐƠN VỊ", True, False),
        ("(Kèm theo Báo cáo số 05/BC-SNV ngày 05 tháng 01 năm 2020", False, True),
    ):
        found = next(x for x in document.paragraphs if x.text.startswith(text))
        assert (look(found)["bold"], look(found)["italic"]) == (bold, italic)
        assert look(found)["align"] == CENTRED
    assert document.tables[-1].columns[0].width < document.tables[-1].columns[1].width
    widths = [column.width / MM for column in document.tables[-1].columns]
    assert sum(widths) == pytest.approx(252, abs=1)

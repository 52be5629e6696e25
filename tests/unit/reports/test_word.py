"""What the Word file says, read back from its own bytes."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from reports.papers import Paper, Signature
from reports.renderers.word import render
from reports.renderers.word.parts import clean, split_lines
from tests.factories.papers import (
    BODY,
    HEAD,
    LONG_NAME,
    RATIOS,
    SIGNATURE,
    make_paper,
    make_section,
    make_signed_paper,
    make_table,
    make_wide_table,
)


def lines(paper: Paper) -> list[str]:
    """All text of the body, a paragraph a line, those in tables too."""
    body = Document(BytesIO(render(paper))).element.body
    texts = (
        "".join(x.text or "" for x in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))
    )
    return [text for text in texts if text]


def position(shown: list[str], beginning: str) -> int:
    return next(n for n, line in enumerate(shown) if line.startswith(beginning))


def test_the_parts_stand_in_the_order_of_the_decree():
    shown = lines(make_signed_paper())

    order = [
        "UBND TỈNH BẮC GIANG",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-SNV",
        "Bắc Giang, ngày 05 tháng 01 năm 2020",
        "BÁO CÁO",
        "Kết quả thực hiện Thỏa thuận",
        "Kính gửi: Sở Thông tin và Truyền thông",
        "Thực hiện Công văn số 4208/UBND-KGVT",
        "I. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN",
        "1. Công tác chỉ đạo",
        "2. Kết quả tiếp nhận hồ sơ",
        "3. Đánh giá chung",
        "II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN",
        "III. KIẾN NGHỊ, ĐỀ XUẤT",
        "Sở Nội vụ gửi Sở Thông tin và Truyền thông tổng hợp theo quy định./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lãnh đạo Sở;",
        "- Lưu: VT, VP.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Quang Đông",
    ]
    places = [position(shown, beginning) for beginning in order]
    assert places == sorted(places)


def test_a_draft_leaves_room_for_number_and_day():
    shown = lines(make_paper())

    assert "Số:       /BC-SNV" in shown
    assert "Bắc Giang, ngày …… tháng …… năm ………" in shown


@pytest.mark.parametrize(
    ("sent_to", "expected"),
    [
        ((), []),
        (("UBND tỉnh",), ["Kính gửi: UBND tỉnh"]),
        (("- UBND tỉnh;",), ["Kính gửi: UBND tỉnh"]),
        (("UBND tỉnh", "Sở A."), ["Kính gửi:", "- UBND tỉnh;", "- Sở A."]),
        (("A", "B", "C"), ["Kính gửi:", "- A;", "- B;", "- C."]),
    ],
)
def test_whom_it_is_sent_to_stands_on_the_line_or_below(sent_to, expected):
    shown = lines(make_paper(sent_to=sent_to))

    start = position(shown, PAPER_ABSTRACT) + 1
    end = position(shown, "Thực hiện Công văn")
    assert shown[start:end] == expected


PAPER_ABSTRACT = make_paper().abstract


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        ((), []),
        (("Lưu: VT, VP",), ["- Lưu: VT, VP."]),
        (("- Như trên;", "- Lưu: VT, VP."), ["- Như trên;", "- Lưu: VT, VP."]),
    ],
)
def test_recipients_are_a_list_that_ends(recipients, expected):
    shown = lines(make_paper(recipients=recipients))

    start = position(shown, "Nơi nhận:") + 1
    assert shown[start : position(shown, "KT. GIÁM ĐỐC")] == expected


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        (SIGNATURE, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Quang Đông"]),
        (Signature("", "Giám đốc", "", "Trần A"), ["GIÁM ĐỐC", "Trần A"]),
        (
            Signature("TM.", "Ủy ban nhân dân", "Chủ tịch", "Trần A"),
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần A"],
        ),
    ],
)
def test_who_signs_stands_under_the_authority(signature, expected):
    shown = lines(make_paper(signature=signature))

    assert shown[-len(expected) :] == expected
    assert shown[-len(expected) - 1] == "- Lưu: VT, VP."


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Trân trọng báo cáo", "Trân trọng báo cáo./."),
        ("Trân trọng báo cáo.", "Trân trọng báo cáo./."),
        ("Trân trọng báo cáo./.", "Trân trọng báo cáo./."),
        ("Trân trọng báo cáo; ", "Trân trọng báo cáo./."),
        ("Một.\nHai.", "Hai./."),
    ],
)
def test_the_last_paragraph_ends_with_the_mark_of_the_end(last, expected):
    for paper in (
        make_paper(closing=(last,)),
        make_paper(sections=(make_section(paragraphs=(last,)),), closing=()),
    ):
        shown = lines(paper)
        assert shown[position(shown, "Nơi nhận:") - 1] == expected
        assert sum(line.endswith("./.") for line in shown) == 1


def test_after_a_table_the_mark_of_the_end_stands_alone():
    section = make_section(tables=(make_table(),))
    shown = lines(make_paper(sections=(section,), closing=()))

    assert shown[position(shown, "Nơi nhận:") - 1] == "./."


@pytest.mark.parametrize("count", [0, 1, 60])
def test_there_may_be_no_section_one_or_many(count):
    sections = tuple(make_section(f"{n}.", level=2) for n in range(1, count + 1))
    shown = lines(make_paper(sections=sections))

    titles = [line for line in shown if line.endswith(". Tình hình, kết quả thực hiện")]
    assert titles == [f"{x.number} {x.title}" for x in sections]
    assert shown.count(BODY) == count


def test_a_paper_of_nothing_is_a_paper():
    nothing = make_paper(opening=(), sections=(), closing=(), sent_to=(), recipients=())

    assert lines(nothing)[-3:] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Quang Đông"]
    assert "./." not in "".join(lines(nothing))


@pytest.mark.parametrize("number", ["I", "I.", ""])
def test_a_number_is_followed_by_one_dot(number):
    shown = lines(make_paper(sections=(make_section(number, title="Đánh giá"),)))

    assert ("I. ĐÁNH GIÁ" if number else "ĐÁNH GIÁ") in shown


def test_a_table_says_what_it_was_given():
    given = make_table(4)
    shown = lines(make_paper(sections=(make_section(tables=(given,)),)))

    start = position(shown, given.title) + 1
    end = position(shown, given.note)
    heads = ["TT", given.columns[1].heading, "Hồ sơ tiếp nhận", "Ghi chú"]
    heads += ["Tổng số", "Qua bưu chính", "Tỷ lệ"]
    cells = [text for row in (*given.rows, *given.totals) for text in row if text]
    assert shown[start:end] == heads + cells


def test_a_wide_table_is_pointed_to_and_stands_behind_the_signature():
    one = make_section(tables=(make_wide_table(),))
    shown = lines(make_paper(sections=(one,)))

    assert "(Chi tiết tại Phụ lục kèm theo báo cáo này)" in shown
    assert position(shown, "Phụ lục") > position(shown, "Nguyễn Quang Đông")
    both = lines(make_paper(sections=(one, make_section("II.", tables=one.tables))))
    assert position(both, "Phụ lục II") > position(both, "Phụ lục I")
    assert "(Chi tiết tại Phụ lục II kèm theo báo cáo này)" in both


HOSTILE = [
    ("\x00Nguyễn\x07 Văn\x1b A\ufffe", "Nguyễn Văn A"),
    ("\u202eđảo\u202c ngược\u200b", "đảo ngược"),
    ("\ud800lẻ", "lẻ"),
    ("</w:t></w:r><w:r><w:t>", "</w:t></w:r><w:r><w:t>"),
    ('{ INCLUDETEXT "http://x" }', '{ INCLUDETEXT "http://x" }'),
    ("=1+1 & <b>đậm</b>", "=1+1 & <b>đậm</b>"),
    ("Nguye\u0302\u0303n", "Nguyễn"),
    ("một\thai", "một hai"),
]


@pytest.mark.parametrize(("given", "expected"), HOSTILE)
def test_text_of_people_stays_text(given, expected):
    row = ("1", given, "", "", "", given)
    table = replace(make_table(), title=given, rows=(row,))
    content = render(
        make_signed_paper(
            opening=(given,),
            sections=(make_section(title="Tên", paragraphs=(given,), tables=(table,)),),
            sent_to=(given,),
            recipients=(given, "Lưu: VT"),
            signature=Signature("", given, "", given),
            fingerprint=given,
            abstract=given,
        )
    )

    body = Document(BytesIO(content)).element.body
    texts = [x.text for x in body.iter(qn("w:t"))]
    assert texts.count(expected) == 7  # one is in capitals, one has its dash
    with ZipFile(BytesIO(content)) as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(package.read(part))
        document = package.read("word/document.xml").decode()
    # A field, a link or an object would have been something else than text.
    for inert in (
        "fldChar",
        "fldSimple",
        "instrText",
        "hyperlink",
        "w:object",
        "w:pict",
    ):
        assert f"<w:{inert.removeprefix('w:')}" not in document


@pytest.mark.parametrize("given", ["", " ", "\x00\n\u200b", "\r\n\r\n"])
def test_what_says_nothing_makes_no_paragraph(given):
    assert split_lines(given) == []
    assert clean(given) == ""
    assert lines(make_paper(opening=(given, BODY))) == lines(
        make_paper(opening=(BODY,))
    )


def test_a_paragraph_of_several_lines_becomes_several():
    shown = lines(make_paper(opening=("Một.\r\nHai.\n\nBa.",)))

    start = position(shown, "Một.")
    assert shown[start : start + 3] == ["Một.", "Hai.", "Ba."]


def test_long_names_are_written_whole():
    paper = make_paper(
        abstract=LONG_NAME,
        sent_to=(LONG_NAME, "Sở A"),
        recipients=(LONG_NAME, "Lưu: VT"),
        closing=("x" * 20_000,),
    )
    shown = lines(paper)

    assert LONG_NAME in shown
    assert f"- {LONG_NAME};" in shown
    assert f"{'x' * 20_000}./." in shown


def test_figures_of_sentences_stand_as_they_were_given():
    shown = lines(make_paper())

    assert RATIOS in shown
    assert "23/212 (10,85%)" in "\n".join(shown)


def test_the_file_says_what_it_is():
    draft, signed = (
        Document(BytesIO(render(x))).core_properties
        for x in (make_paper(), make_signed_paper())
    )

    assert signed.title == f"Báo cáo {make_paper().abstract}"
    assert signed.author == signed.last_modified_by == HEAD.issuer
    assert signed.language == "vi-VN"
    assert (draft.content_status, signed.content_status) == ("Dự thảo", "Đã ký")
    assert signed.version == "2"
    assert signed.comments == ""
    xml = ZipFile(BytesIO(render(make_paper()))).read("word/styles.xml").decode()
    assert 'w:lang w:val="vi-VN"' in xml


def test_nothing_in_the_file_names_a_program():
    with ZipFile(BytesIO(render(make_paper()))) as package:
        for part in package.namelist():
            content = package.read(part).decode("utf-8", "replace").lower()
            assert "python" not in content, part
            assert "macintosh" not in content, part

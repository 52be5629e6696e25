"""Reading a letter that somebody sent: what comes out, and what is refused."""

import unicodedata
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from postal_tthc.errors import Invalid
from postal_tthc.lib.packages import ENCRYPTED, OLD_CONTAINER
from reports import letters
from reports.claims import check
from tests.unit.reports.claim_reports import SEED

MEGABYTE = 1024 * 1024


def read(content: bytes, name: str = "report.docx") -> str:
    return letters.read(BytesIO(content), name=name)


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_paragraphs(*texts: str) -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def changed(content: bytes, part: str, new: bytes, compression=zipfile.ZIP_DEFLATED):
    """The package with one part put in or said anew."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", compression) as copy,
    ):
        for entry in old.infolist():
            if entry.filename != part:
                copy.writestr(entry.filename, old.read(entry))
        copy.writestr(part, new)
    return stream.getvalue()


class TestText:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"], ids=str
    )
    def test_every_unicode_encoding_is_read(self, encoding):
        assert read("Sở Nội vụ\n23/212".encode(encoding), "a.txt") == (
            "Sở Nội vụ\n23/212"
        )

    def test_letters_are_composed(self):
        decomposed = unicodedata.normalize("NFD", "Sở Nội vụ")

        assert read(decomposed.encode(), "a.TXT") == "Sở Nội vụ"

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"", "a.txt", "The file is empty."),
            (b" \n ", "a.txt", "The file is empty."),
            ("Sở".encode("cp1258", "replace") + b"\xfe", "a.txt", "no text in UTF-8"),
            (b"a\0b" * 30, "a.txt", "no text in UTF-8"),
            (b"PK\x03\x04....", "a.txt", "no text in UTF-8"),
            (b"a" * 300_001, "a.txt", "longer than 300.000 characters"),
            (b"a" * (10 * MEGABYTE + 1), "a.txt", "larger than 10 MB"),
            (b"%PDF-1.7", "a.pdf", "neither .txt nor .docx"),
            (b"abc", "a", "neither .txt nor .docx"),
        ],
    )
    def test_what_is_no_text_is_refused_with_a_sentence(self, content, name, sentence):
        with pytest.raises(Invalid, match=sentence):
            read(content, name)


class TestWord:
    def test_paragraphs_and_tables_come_in_their_order(self):
        document = Document()
        document.add_paragraph("Trước bảng")
        table = document.add_table(rows=2, cols=3)
        for row, words in zip(
            table.rows, [("Kỳ", "Số", "%"), ("Năm 2019", "23", "10,85%")], strict=True
        ):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
        document.add_paragraph("Sau bảng")

        assert read(saved(document)).split("\n") == [
            "Trước bảng",
            "Kỳ\tSố\t%",
            "Năm 2019\t23\t10,85%",
            "Sau bảng",
        ]

    def test_a_letterhead_of_two_columns_comes_column_by_column(self):
        document = Document()
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text = "SỞ NỘI VỤ\nSố: /BC-SNV"
        cells[1].text = "Bắc Giang, ngày  tháng 9 năm 2020"
        document.add_paragraph("BÁO CÁO")

        text = read(saved(document))

        assert text.startswith("SỞ NỘI VỤ\nSố: /BC-SNV\nBắc Giang")
        assert {x.kind for x in check(text)} >= {"missing_number", "missing_day"}

    def test_headers_insertions_and_boxes_are_read_deletions_are_not(self):
        document = Document()
        document.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"
        paragraph = document.add_paragraph("Năm 2019: ")
        w = nsdecls("w")
        paragraph._p.append(
            parse_xml(f"<w:ins {w}><w:r><w:t>23/212</w:t></w:r></w:ins>")
        )
        paragraph._p.append(
            parse_xml(f"<w:del {w}><w:r><w:delText>25/212</w:delText></w:r></w:del>")
        )
        paragraph._p.append(
            parse_xml(
                f"<w:r {w}><w:pict><w:txbxContent><w:p><w:r><w:t>Số: 15/BC-SNV</w:t>"
                "</w:r></w:p></w:txbxContent></w:pict></w:r>"
            )
        )

        assert read(saved(document)) == "Dự thảo lần 2\nNăm 2019: 23/212\nSố: 15/BC-SNV"

    def test_items_of_an_automatic_list_are_counted(self):
        document = Document()
        document.add_paragraph("Gồm 03 nội dung sau:")
        for text in ("Tuyên truyền;", "Niêm yết."):
            item = document.add_paragraph(text)
            item._p.get_or_add_pPr().get_or_add_numPr()
        document.add_paragraph("Báo cáo hết.")

        (finding,) = check(read(saved(document)))

        assert (finding.kind, finding.expected) == ("list_count", "02 nội dung")

    def test_the_report_of_2020_as_a_word_file_has_the_same_findings(self):
        content = with_paragraphs(*SEED.split("\n"))

        assert [x.kind for x in check(read(content))] == [x.kind for x in check(SEED)]

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"no zip", "a.docx", "damaged or is not a Word document"),
            (b"PK\x03\x04 cut", "a.docx", "damaged or is not a Word document"),
            (OLD_CONTAINER + b"..", "a.doc", "old form"),
            (OLD_CONTAINER + b"..", "a.docx", "old form"),
            (OLD_CONTAINER + ENCRYPTED, "a.docx", "protected by a password"),
            (with_paragraphs("a"), "a.docm", "contains macros"),
            (with_paragraphs("", " "), "a.docx", "holds no text"),
            (
                changed(with_paragraphs("a"), "word/vbaProject.bin", b"x"),
                "a.docx",
                "contains macros",
            ),
            (
                changed(with_paragraphs("a"), "[Content_Types].xml", b"macroEnabled"),
                "a.docx",
                "contains macros",
            ),
            (
                changed(with_paragraphs("a"), "word/document.xml", b"<w:document"),
                "a.docx",
                "damaged or is not a Word document",
            ),
            (
                changed(
                    with_paragraphs("a"),
                    "word/document.xml",
                    b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
                ),
                "a.docx",
                "damaged or is not a Word document",
            ),
            (
                changed(
                    with_paragraphs("a"),
                    "word/document.xml",
                    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode(
                        "utf-16"
                    ),
                ),
                "a.docx",
                "damaged or is not a Word document",
            ),
            (
                changed(with_paragraphs("a"), "word/media/a.bin", b"0" * 30 * MEGABYTE),
                "a.docx",
                "unpacks to far more",
            ),
            (
                changed(
                    with_paragraphs("a"),
                    "customXml/a.xml",
                    b" " * 13 * MEGABYTE,
                    zipfile.ZIP_STORED,
                ),
                "a.docx",
                "larger than 10 MB",
            ),
        ],
    )
    def test_what_is_no_honest_letter_is_refused_with_a_sentence(
        self, content, name, sentence
    ):
        with pytest.raises(Invalid, match=sentence):
            read(content, name)

    def test_a_directory_that_lies_about_sizes_is_measured_by_what_comes_out(self):
        content = changed(with_paragraphs("a"), "a.xml", b"<a>" + b"01" * 7 * MEGABYTE)
        true = (14 * MEGABYTE + 3).to_bytes(4, "little")
        assert content.count(true) == 2
        lying = content.replace(true, (100).to_bytes(4, "little"))

        with pytest.raises(Invalid):
            read(lying)

    def test_any_cut_of_a_file_is_refused_or_read(self):
        content = with_paragraphs("Năm 2019: 23/212 hồ sơ")
        for length in range(0, len(content), 997):
            with pytest.raises(Invalid):
                read(content[:length])

    def test_a_package_whose_parts_do_not_fit_is_refused(self):
        content = with_paragraphs("a")
        for part in ("_rels/.rels", "word/_rels/document.xml.rels"):
            for new in (b"", b"<a/>", b"\xff\xfe"):
                try:
                    read(changed(content, part, new))
                except Invalid:
                    continue

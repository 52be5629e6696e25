"""Bad files are refused in a sentence, in little time and memory."""

from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from postal_tthc.errors import Invalid
from postal_tthc.lib.grids import Limits
from postal_tthc.lib.table_files import read_table_file
from tests.integration.dossiers.imports import workbooks

ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
    'office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="S">'
)
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
CELL = (
    '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
)


def ods(content: str, **more: str) -> bytes:
    """An OpenDocument sheet with this content and other parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODS)
        package.writestr("content.xml", content)
        for name, part in more.items():
            package.writestr(name.replace("__", "/"), part)
    return made.getvalue()


def old_workbook(*records: bytes, also: str = "") -> bytes:
    """A compound file whose stream “Workbook” has these records."""
    book = pack("<HHHHHH", 0x0809, 8, 0x0600, 0x0005, 0, 0) + b"".join(records)
    book = book.ljust(4096, b"\0")
    sectors = [b"\xff" * 512] * 2
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\xff"))
    header[24:34] = pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header[44:76] = pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header[76:80] = pack("<I", 0)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    sectors[0] = b"".join(pack("<I", n) for n in table).ljust(512, b"\xff")
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0), _entry("Workbook", 2, 2, 4096)]
    entries += [_entry(also, 1, 0xFFFFFFFE, 0)] if also else []
    sectors[1] = b"".join(entries).ljust(512, b"\0")
    return bytes(header) + b"".join(sectors) + book


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    entry = bytearray(128)
    letters = name.encode("utf-16-le")
    entry[: len(letters)] = letters
    entry[64:66] = pack("<H", len(letters) + 2)
    entry[66] = kind
    entry[116:124] = pack("<II", start, size)
    return bytes(entry)


def cell(row: int, column: int) -> bytes:
    """The record of a number in an old workbook."""
    return pack("<HHHHHd", 0x0203, 14, row, column, 0, 1.0)


def bomb() -> bytes:
    """A sheet of ten megabytes that packs to nothing."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 10_000_000)
    return made.getvalue()


REPEATED = (
    f'<table:table-row table:number-rows-repeated="1000000">{CELL}</table:table-row>'
)
WIDE = '<table:table-row><table:table-cell table:number-columns-repeated="999999" '
WIDE += (
    'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
)
BAD = [
    pytest.param("so.xlsx", b"", "empty", id="empty"),
    pytest.param("so.csv", b"", "empty", id="empty text"),
    pytest.param("so.pdf", b"%PDF", "ends in .xlsx, .xls, .ods, .csv", id="a PDF"),
    pytest.param("so.xlsx", b"PK\x03\x04 no", "damaged", id="damaged"),
    pytest.param("so.ods", b"PK\x03\x04 no", "damaged", id="damaged .ods"),
    pytest.param("so.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged", id="cut"),
    pytest.param("so.xlsx", bomb(), "unpacks to far more", id="zip bomb"),
    pytest.param("so.xlsm", b"PK\x03\x04", "macros", id="macros"),
    pytest.param("so.csv", workbooks.plain("1.000001"), "fit its ending", id="renamed"),
    pytest.param("so.xls", workbooks.plain("1.000001"), "fit its ending", id="as .xls"),
    pytest.param("so.csv", b"a\0b,c\n" * 9, "letters", id="bytes"),
    pytest.param("so.ods", ods(HEAD + REPEATED + TAIL), "200100 rows", id="repeated"),
    pytest.param("so.ods", ods(HEAD + WIDE + TAIL), "200 columns", id="repeated wide"),
    pytest.param(
        "so.ods",
        ods('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEAD + TAIL),
        "damaged",
        id="external entity",
    ),
    pytest.param("so.ods", ods(HEAD + TAIL, Basic__x="1"), "macros", id=".ods macros"),
    pytest.param(
        "so.ods",
        ods("x", **{"META-INF__manifest.xml": "<encryption-data/>"}),
        "password",
        id=".ods with password",
    ),
    pytest.param("so.xls", old_workbook(cell(0, 255)), "200 columns", id=".xls wide"),
    pytest.param(
        "so.xls",
        old_workbook(pack("<HHH", 0x002F, 2, 0)),
        "password",
        id=".xls with password",
    ),
    pytest.param(
        "so.xls", old_workbook(also="_VBA_PROJECT_CUR"), "macros", id=".xls macros"
    ),
    pytest.param(
        "so.xls", old_workbook(also="EncryptedPackage"), "password", id="encrypted"
    ),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD)
def test_a_bad_file_is_refused_in_a_sentence(name, content, says):
    with pytest.raises(Invalid, match=says):
        read_table_file(BytesIO(content), name=name)


def test_more_rows_than_the_limit_are_refused():
    limits = Limits(rows=1, columns=10)
    for name, content in (
        ("so.csv", b"a;b\n1;2\n"),
        ("so.xls", old_workbook(cell(0, 0), cell(1, 0))),
        ("so.xlsx", workbooks.plain("1.000001")),
    ):
        with pytest.raises(Invalid, match="more than 1 rows"):
            read_table_file(BytesIO(content), name=name, limits=limits)


def test_the_empty_rest_of_a_sheet_does_not_count():
    empty = '<table:table-row table:number-rows-repeated="1048000">'
    empty += (
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    content = ods(f"{HEAD}<table:table-row>{CELL}</table:table-row>{empty}{TAIL}")

    (sheet,) = read_table_file(BytesIO(content), name="so.ods")

    assert sheet.rows == [["x"]]


@pytest.mark.parametrize(("name", "content", "says"), BAD[:6])
def test_the_page_refuses_it_and_keeps_nothing(sign_in, name, content, says):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from dossiers.models import RegisterImport

    page = sign_in("clerk").post(
        "/dossiers/imports/", {"file": SimpleUploadedFile(name, content)}
    )

    assert page.status_code == 422
    assert says in page.content.decode()
    assert not RegisterImport.objects.exists()

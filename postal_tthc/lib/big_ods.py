"""Tables as .ods (OpenDocument 1.3), streamed: one row in memory.

A cell says its type itself, so that no text is ever taken for a formula.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from postal_tthc.lib.big_tables import Cell, Column, Kind, Line, Row, Table, text_of
from postal_tthc.lib.printed_sheets import SIZE, column_mm, scale_over_pages
from postal_tthc.lib.workbooks import FONT

MIME = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{short}="{OASIS}:{long}:1.0"'
    for short, long in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "config": "config",
        "meta": "meta",
    }.items()
)
NAMESPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
VERSION = 'office:version="1.3"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

MANIFEST = f"""{HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" \
manifest:version="1.3"><manifest:file-entry manifest:full-path="/" \
manifest:version="1.3" manifest:media-type="{MIME}"/>""" + "".join(
    f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
    for part in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
)
MANIFEST += "</manifest:manifest>"
BOX = 'fo:border="0.5pt solid #808080"'
NUMBERS = """<number:date-style style:name="D"><number:day number:style="long"/>\
<number:text>/</number:text><number:month number:style="long"/>\
<number:text>/</number:text><number:year number:style="long"/></number:date-style>\
<number:date-style style:name="M"><number:day number:style="long"/>\
<number:text>/</number:text><number:month number:style="long"/>\
<number:text>/</number:text><number:year number:style="long"/>\
<number:text> </number:text><number:hours number:style="long"/>\
<number:text>:</number:text><number:minutes number:style="long"/></number:date-style>\
<number:number-style style:name="N" number:language="vi" number:country="VN">\
<number:number number:decimal-places="0" number:min-integer-digits="1" \
number:grouping="true"/></number:number-style>"""

# The styles of cells: text, day, number, price; "m" is a day with its hour.
STYLE_OF = {Kind.TEXT: "t", Kind.DATE: "d", Kind.COUNT: "n", Kind.MONEY: "p"}
CENTRED = '<style:paragraph-properties fo:text-align="center"/>'


def write(table: Table, rows: Iterator[Row], path: Path) -> None:
    """Write the file."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as package:
        # First, and bare: that is how the kind of the file is told.
        package.writestr("mimetype", MIME, ZIP_STORED)
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("styles.xml", _page(table))
        package.writestr("meta.xml", _meta(table))
        package.writestr("settings.xml", _settings(table))
        with package.open("content.xml", "w", force_zip64=True) as content:
            _write_content(table, rows, content)


def _write_content(table: Table, rows: Iterator[Row], content: IO[bytes]) -> None:
    content.write(_opening(table).encode())
    kinds = [STYLE_OF[column.kind] for column in table.columns]
    for row in rows:
        cells = (_cell(x, kind) for x, kind in zip(row, kinds, strict=True))
        line = f"<table:table-row>{''.join(cells)}</table:table-row>"
        content.write(line.encode())
    content.write(
        b"</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def _cell(cell: Cell, style: str) -> str:
    """One cell; ``style`` is that of its column."""
    match cell:
        case None:
            return f'<table:table-cell table:style-name="{style}"/>'
        case str():
            return (
                '<table:table-cell table:style-name="t" office:value-type="string">'
                f"{_paragraphs(text_of(cell))}</table:table-cell>"
            )
        case datetime():
            value = cell.replace(tzinfo=None, microsecond=0).isoformat()
            return _dated("m", value, f"{cell:%d/%m/%Y %H:%M}")
        case date():
            return _dated("d", cell.isoformat(), f"{cell:%d/%m/%Y}")
    number = "p" if style == "p" else "n"
    return (
        f'<table:table-cell table:style-name="{number}" office:value-type="float" '
        f'office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def _dated(style: str, value: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date" '
        f'office:date-value="{value}"><text:p>{shown}</text:p></table:table-cell>'
    )


def _paragraphs(text: str) -> str:
    """The lines of a text; spaces that XML would swallow are counted.

    LibreOffice holds no tab in a cell: it becomes a space.
    """
    lines = []
    for line in escape(text).split("\n"):
        kept = line.replace("\t", " ")
        if "  " in kept or kept[:1] == " " or kept[-1:] == " ":
            kept = kept.replace(" ", "<text:s/>")
        lines.append(f"<text:p>{kept}</text:p>")
    return "".join(lines)


def _opening(table: Table) -> str:
    columns = [_column(n, x) for n, x in enumerate(table.columns)]
    if held := table.held_columns:
        columns.insert(held, "</table:table-header-columns>")
        columns.insert(0, "<table:table-header-columns>")
    return (
        f"{HEAD}<office:document-content {NAMESPACES} {VERSION}>"
        f"<office:automatic-styles>{_styles(table)}</office:automatic-styles>"
        "<office:body><office:spreadsheet>"
        f'<table:table table:name={quoteattr(table.name)} table:style-name="s">'
        f"{''.join(columns)}{''.join(_line(table, x, n) for n, x in enumerate(table.above))}"
        f"<table:table-header-rows>{_head(table)}</table:table-header-rows>"
    )


def _column(place: int, column: Column) -> str:
    hidden = ' table:visibility="collapse"' if column.is_hidden else ""
    return f'<table:table-column table:style-name="c{place}"{hidden}/>'


def _styles(table: Table) -> str:
    box = BOX if table.is_form else ""
    cell = f'{box} fo:wrap-option="wrap" style:vertical-align="top"'
    made = [
        NUMBERS,
        (
            '<style:style style:name="s" style:family="table" '
            'style:master-page-name="Default"><style:table-properties '
            'table:display="true"/></style:style>'
        ),
    ]
    made += [
        f'<style:style style:name="c{n}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{column_mm(x.width):.1f}mm"/>'
        "</style:style>"
        for n, x in enumerate(table.columns)
    ]
    made += [
        f'<style:style style:name="{name}" style:family="table-cell"{data}>'
        f"<style:table-cell-properties {cell}{more}/>{aligned}</style:style>"
        for name, data, more, aligned in (
            ("t", "", "", ""),
            ("d", ' style:data-style-name="D"', "", CENTRED),
            ("m", ' style:data-style-name="M"', "", CENTRED),
            ("n", ' style:data-style-name="N"', "", CENTRED),
            # Away from the text of the next column.
            ("p", ' style:data-style-name="N"', ' fo:padding-right="1.5mm"', ""),
        )
    ]
    made.append(_bold("h", f'{BOX} fo:background-color="#e8eef0"', bold=True))
    made += [
        _bold(f"l{n}", "", bold=x.is_bold, italic=x.is_italic)
        for n, x in enumerate(table.above)
    ]
    return "".join(made)


def _bold(name: str, box: str, *, bold: bool, italic: bool = False) -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    slope = ' fo:font-style="italic"' if italic else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell">'
        f'<style:table-cell-properties {box} fo:wrap-option="wrap" '
        'style:vertical-align="middle"/><style:paragraph-properties '
        f'fo:text-align="center"/><style:text-properties{weight}{slope}/></style:style>'
    )


def _line(table: Table, line: Line, number: int) -> str:
    style, width = f"l{number}", len(table.columns)
    if not line.right:
        parts = _spanning(line.left, style, width)
    else:
        left = table.split()
        parts = _spanning(line.left, style, left)
        parts += _spanning(line.right, style, width - left)
    return f"<table:table-row>{parts}</table:table-row>"


def _head(table: Table) -> str:
    rows = []
    if table.has_groups:
        groups = "".join(
            _spanning(words, "h", width, deep=1 if table.columns[place].group else 2)
            for place, width, words in table.heads()
        )
        rows.append(groups)
    rows.append(
        "".join(
            "<table:covered-table-cell/>"
            if table.has_groups and not column.group
            else _spanning(column.heading, "h", 1)
            for column in table.columns
        )
    )
    if table.is_form:
        numbers = range(1, len(table.columns) + 1)
        rows.append("".join(_spanning(f"({n})", "h", 1) for n in numbers))
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def _spanning(words: str, style: str, width: int, deep: int = 1) -> str:
    spans = ""
    if width > 1 or deep > 1:
        spans = (
            f' table:number-columns-spanned="{width}"'
            f' table:number-rows-spanned="{deep}"'
        )
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string"{spans}>'
        f"{_paragraphs(text_of(words))}</table:table-cell>"
        + "<table:covered-table-cell/>"
        * (width - 1)
    )


def _page(table: Table) -> str:
    """The font, and how the sheet is printed."""
    if table.is_one_page:
        scale = 'style:scale-to-X="1" style:scale-to-Y="0"'
    else:
        percent = scale_over_pages(table.widths, table.held_columns, table.margins)
        scale = f'style:scale-to="{percent}%" style:print-page-order="ltr"'
    lines = "" if table.is_form else ' style:print="objects charts drawings grid"'
    margins = " ".join(
        f'fo:margin-{side}="{getattr(table.margins, side)}mm"'
        for side in ("top", "bottom", "left", "right")
    )
    return (
        f"{HEAD}<office:document-styles {NAMESPACES} {VERSION}><office:styles>"
        '<style:default-style style:family="table-cell"><style:text-properties '
        f'fo:font-family="{FONT}" style:font-name="{FONT}" fo:font-size="{SIZE}pt"/>'
        "</style:default-style></office:styles><office:automatic-styles>"
        '<style:page-layout style:name="page"><style:page-layout-properties '
        'fo:page-width="297mm" fo:page-height="210mm" '
        f'style:print-orientation="landscape" {scale} {margins}{lines}/>'
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Default" style:page-layout-name="page"/>'
        "</office:master-styles></office:document-styles>"
    )


def _meta(table: Table) -> str:
    return (
        f"{HEAD}<office:document-meta {NAMESPACES} {VERSION}><office:meta>"
        f"<dc:title>{escape(text_of(table.title))}</dc:title>"
        f"<dc:creator>{escape(text_of(table.author))}</dc:creator>"
        "</office:meta></office:document-meta>"
    )


def _settings(table: Table) -> str:
    """What stands above the rows stays on the screen, and what stands before them."""
    rows = len(table.above) + 1 + table.has_groups + table.is_form
    held = table.held_columns
    across = (
        ("HorizontalSplitMode", "short", 2),
        ("HorizontalSplitPosition", "int", held),
        ("PositionRight", "int", held),
    )
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}'
        "</config:config-item>"
        for name, kind, value in (
            ("VerticalSplitMode", "short", 2),
            ("VerticalSplitPosition", "int", rows),
            ("ActiveSplitRange", "short", 2),
            ("PositionBottom", "int", rows),
            *(across if held else ()),
        )
    )
    return (
        f"{HEAD}<office:document-settings {NAMESPACES} {VERSION}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views">'
        "<config:config-item-map-entry>"
        '<config:config-item-map-named config:name="Tables">'
        f"<config:config-item-map-entry config:name={quoteattr(table.name)}>{items}"
        "</config:config-item-map-entry></config:config-item-map-named>"
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )

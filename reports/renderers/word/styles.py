"""The styles of an official paper as a table (NĐ 30/2020/NĐ-CP, Phụ lục I).

Every paragraph of the file has one of these and no look of its own, so that a
clerk in Word changes all body text, or all headings, in one place.
"""

from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.styles import CT_Styles

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
FONTS = " ".join(f'w:{use}="{FONT}"' for use in ("ascii", "hAnsi", "eastAsia", "cs"))
TWIPS_PER_MM = 1440 / 25.4
SINGLE = 240  # twentieths of a point stand for one line
TINY = 1  # point, of what must be there and may take no room


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes and ``before``, ``after`` in points, indents in mm.

    ``lines`` is a multiple of single spacing; ``exactly`` fixes the height of a line
    in points instead. ``builtin`` names are Word's own, not to be translated.
    """

    key: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "both", "right"] = "center"
    first_line: float = 0
    before: float = 0
    after: float = 0
    lines: float = 1
    exactly: float = 0
    keep_next: bool = False
    builtin: bool = False
    outline: int | None = None


INDENT = 12.7  # mm; the decree allows 10 or 12.7
BODY_LINES = 1.15  # single to one and a half

STYLES: dict[str, Style] = {
    style.key: style
    for style in (
        Style("Normal", "Normal", align="both", builtin=True),
        # The head.
        Style("Country", "Quốc hiệu", 13, bold=True),
        Style("Motto", "Tiêu ngữ", 14, bold=True),
        Style("AgencyAbove", "Cơ quan chủ quản", 13),
        Style("Agency", "Cơ quan ban hành", 13, bold=True),
        Style("Number", "Số, ký hiệu", 13, before=6),
        Style("PlaceAndDay", "Địa danh, ngày tháng", 14, italic=True, before=6),
        Style("NameOfPaper", "Tên loại", bold=True, before=18, keep_next=True),
        Style("Abstract", "Trích yếu", bold=True, keep_next=True),
        Style("Rule", "Đường kẻ", TINY, before=2, exactly=4),
        Style("SentTo", "Kính gửi", before=12, after=6),
        Style("SentToList", "Kính gửi, danh sách", align="left", after=6),
        # The body.
        Style(
            "BodyText",
            "Body Text",
            align="both",
            first_line=INDENT,
            after=6,
            lines=BODY_LINES,
            builtin=True,
        ),
        Style(
            "Heading1",
            "heading 1",
            bold=True,
            align="both",
            first_line=INDENT,
            before=6,
            after=6,
            lines=BODY_LINES,
            keep_next=True,
            builtin=True,
            outline=0,
        ),
        Style(
            "Heading2",
            "heading 2",
            bold=True,
            align="both",
            first_line=INDENT,
            after=6,
            lines=BODY_LINES,
            keep_next=True,
            builtin=True,
            outline=1,
        ),
        Style(
            "TableTitle", "Tên bảng", 13, bold=True, before=6, after=4, keep_next=True
        ),
        Style(
            "TableHead", "Đầu bảng", 12, bold=True, before=2, after=2, keep_next=True
        ),
        Style("TableCell", "Ô bảng", 12, align="left", before=2, after=2),
        Style(
            "TableNote",
            "Ghi chú bảng",
            12,
            italic=True,
            align="both",
            before=3,
            after=6,
        ),
        Style("AfterTable", "Sau bảng", TINY, exactly=6),
        # The foot.
        Style("RecipientsHead", "Nơi nhận", 12, bold=True, italic=True, align="left"),
        Style("Recipients", "Nơi nhận, danh sách", 11, align="left"),
        Style("Signatory", "Quyền hạn, chức vụ người ký", bold=True),
        Style("SignatoryName", "Họ tên người ký", bold=True, before=72),
        # Annexes and margins.
        Style("AnnexNumber", "Phụ lục", bold=True, keep_next=True),
        Style("AnnexTitle", "Tên phụ lục", bold=True, keep_next=True),
        Style("AnnexOf", "Kèm theo văn bản", italic=True, after=8, keep_next=True),
        Style("Header", "header", builtin=True),
        Style("Footer", "footer", 9, align="left", builtin=True),
        Style("Spacer", "Khoảng trống", TINY, exactly=TINY),
    )
}


def twips(millimetres: float) -> int:
    """Millimetres in the unit of the format."""
    return round(millimetres * TWIPS_PER_MM)


def replace_styles(styles: CT_Styles) -> None:
    """Put these styles in the place of all others, the defaults too."""
    for old in list(styles):
        styles.remove(old)
    for new in parse_xml(_all()):
        styles.append(new)


def _all() -> str:
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {FONTS}/>"
        f'<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
    letters = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
    )
    paragraphs = "".join(_style(style) for style in STYLES.values())
    return f"<w:styles {nsdecls('w')}>{defaults}{paragraphs}{letters}{table}</w:styles>"


def _style(style: Style) -> str:
    attributes = f'w:type="paragraph" w:styleId="{style.key}"'
    if style.key == "Normal":
        attributes += ' w:default="1"'
    elif not style.builtin:
        attributes += ' w:customStyle="1"'
    based = "" if style.key == "Normal" else '<w:basedOn w:val="Normal"/>'
    if style.outline is not None:
        based += '<w:next w:val="BodyText"/>'
    return (
        f"<w:style {attributes}><w:name w:val={quoteattr(style.name)}/>{based}"
        f"<w:qFormat/>{_paragraph(style)}{_letters(style)}</w:style>"
    )


def _paragraph(style: Style) -> str:
    line, rule = (
        (style.exactly * 20, "exact")
        if style.exactly
        else (style.lines * SINGLE, "auto")
    )
    keep = '<w:keepNext w:val="1"/>' if style.keep_next else '<w:keepNext w:val="0"/>'
    outline = (
        "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    )
    return (
        f'<w:pPr>{keep}<w:widowControl/><w:spacing w:before="{style.before * 20:.0f}" '
        f'w:after="{style.after * 20:.0f}" w:line="{line:.0f}" w:lineRule="{rule}"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLine="{twips(style.first_line)}"/>'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
    )


def _letters(style: Style) -> str:
    def mark(name: str, is_on: bool) -> str:
        value = int(is_on)
        return f'<w:{name} w:val="{value}"/><w:{name}Cs w:val="{value}"/>'

    half_points = round(style.size * 2)
    return (
        f"<w:rPr><w:rFonts {FONTS}/>{mark('b', style.bold)}{mark('i', style.italic)}"
        f'<w:color w:val="000000"/><w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/></w:rPr>'
    )

"""An empty official paper: A4, its margins, its styles, what the file says it is."""

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Mm

from postal_tthc.lib.workbooks import (
    A4_LONG,
    A4_SHORT,
    OFFICIAL_MARGINS,
    printable_width,
)
from reports.papers import TITLE, Paper
from reports.renderers.word.parts import clean, element, paragraph
from reports.renderers.word.styles import LANGUAGE, replace_styles

TEXT_MM = printable_width(landscape=False)
WIDE_TEXT_MM = printable_width(landscape=True)
HEADER_MM = FOOTER_MM = 10  # from the edge of the paper, inside its margins
LONGEST_PROPERTY = 255  # letters, the limit of the format
# Nothing of it is used, and all of it names other fonts.
UNUSED = (
    "/theme",
    "/fontTable",
    "/stylesWithEffects",
    "/webSettings",
    "/numbering",
    "/customXml",
)
UNUSED_OUTSIDE = ("/thumbnail", "/extended-properties")
SETTINGS = f"""\
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode"
      w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="{LANGUAGE}"/>
  <w:decimalSymbol w:val=","/>
  <w:listSeparator w:val=";"/>
</w:settings>"""


def blank(paper: Paper) -> DocumentObject:
    """A document with nothing in it but its page, its styles and its properties."""
    document = Document()
    for holder, unused in (
        (document.part.rels, UNUSED),
        (document.part.package.rels, UNUSED_OUTSIDE),
    ):
        for key, relation in list(holder.items()):
            if relation.reltype.endswith(unused):
                del holder[key]
    replace_styles(document.styles.element)
    settings = document.settings.element
    for old in list(settings):
        settings.remove(old)
    settings.extend(list(parse_xml(SETTINGS)))
    _describe(document, paper)
    _set_page(document.sections[0], landscape=False)
    return document


def add_landscape(document: DocumentObject) -> None:
    """Begin a page on its side; its pages are numbered by themselves.

    Phụ lục I, Phần II, mục III: every annex has its own page numbers.
    """
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that ends the section before takes no room on its last page.
    document.paragraphs[-1]._p.style = "Spacer"
    _set_page(section, landscape=True)
    if section._sectPr.find(qn("w:pgNumType")) is None:  # taken from the one before
        margins = section._sectPr.find(qn("w:pgMar"))
        margins.addnext(element("pgNumType", start=1))


def end(document: DocumentObject) -> None:
    """The paragraph that Word wants after a table at the end, taking no room."""
    document.element.body.sectPr.addprevious(paragraph("", "Spacer"))


def _set_page(section: Section, *, landscape: bool) -> None:
    short, long = Mm(A4_SHORT), Mm(A4_LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (long, short) if landscape else (short, long)
    )
    section.top_margin = Mm(OFFICIAL_MARGINS.top)
    section.bottom_margin = Mm(OFFICIAL_MARGINS.bottom)
    section.left_margin = Mm(OFFICIAL_MARGINS.left)
    section.right_margin = Mm(OFFICIAL_MARGINS.right)
    section.header_distance = Mm(HEADER_MM)
    section.footer_distance = Mm(FOOTER_MM)
    section.gutter = Mm(0)
    section.different_first_page_header_footer = True


def _describe(document: DocumentObject, paper: Paper) -> None:
    about = document.core_properties
    author = clean(paper.head.issuer)[:LONGEST_PROPERTY]
    title = f"{TITLE.capitalize()} {clean(paper.abstract)}"
    about.title = title[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = author
    about.language = LANGUAGE
    about.comments = about.keywords = ""
    about.content_status = "Dự thảo" if paper.is_draft else "Đã ký"
    about.version = str(paper.version)
    about.identifier = clean(paper.fingerprint)[:LONGEST_PROPERTY]
    about.revision = max(1, paper.version)
    # The day of the template; the paper has its own.
    for name in ("created", "modified"):
        for day in about._element.findall(f"{{http://purl.org/dc/terms/}}{name}"):
            about._element.remove(day)

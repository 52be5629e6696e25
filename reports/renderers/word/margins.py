"""What stands in the margins: page numbers, the mark of a draft, the fingerprint."""

from docx.document import Document as DocumentObject
from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from docx.section import Section, _Footer, _Header

from reports.papers import Paper
from reports.renderers.word.parts import Element, clean, element, paragraph, run
from reports.renderers.word.styles import FONT

NAMESPACES = {
    "w": nsmap["w"],
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
DECLARED = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
# What Word itself writes for a watermark; LibreOffice knows it by its name.
WATERMARK = """\
<w:r {declared}>
  <w:rPr><w:noProof/></w:rPr>
  <w:pict>
    <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
      path="m@7,l@8,m@5,21600l@6,21600e">
      <v:formulas>
        <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
        <v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
        <v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
        <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
        <v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
        <v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>
        <v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
      </v:formulas>
      <v:path textpathok="t" o:connecttype="custom"
        o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
        o:connectangles="270,180,90,0"/>
      <v:textpath on="t" fitshape="t"/>
      <v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
      <o:lock v:ext="edit" text="t" shapetype="t"/>
    </v:shapetype>
    <v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}"
      type="#_x0000_t136" alt="{text}"
      style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:108pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
      o:allowincell="f" fillcolor="silver" stroked="f">
      <v:fill opacity=".5"/>
      <v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt;font-weight:bold" string="{text}"/>
      <w10:wrap anchorx="margin" anchory="margin"/>
    </v:shape>
  </w:pict>
</w:r>"""
FIRST_SHAPE = 2049  # where Word begins to number the shapes of headers


def write_margins(document: DocumentObject, paper: Paper) -> None:
    """Number every page but the first; annexes take over what is written here."""
    section: Section = document.sections[0]
    first, others = section.first_page_header, section.header
    mark = [
        [_watermark(number, paper.watermark)] if paper.watermark else []
        for number in (1, 2)
    ]
    _write(first, [paragraph("", "Header")], mark[0])
    _write(others, [_page_number()], mark[1])
    for footer in (section.first_page_footer, section.footer):
        _write(footer, [paragraph(_fingerprint(paper), "Footer")], [])


def _fingerprint(paper: Paper) -> str:
    if paper.is_draft or not paper.fingerprint:
        return ""
    return f"Mã nội dung: {clean(paper.fingerprint)}; phiên bản {paper.version}"


def _write(
    place: _Header | _Footer, lines: list[Element], shapes: list[Element]
) -> None:
    place.is_linked_to_previous = False
    holder = place._element
    for old in list(holder):
        holder.remove(old)
    holder.extend(lines)
    lines[0].extend(shapes)


def _page_number() -> Element:
    line = paragraph("", "Header")
    for kind in ("begin", "separate", "end"):
        mark = element("r")
        mark.append(element("fldChar", fldCharType=kind))
        if kind == "separate":
            line.append(_instruction(" PAGE "))
        line.append(mark)
        if kind == "separate":
            line.append(run("2"))
    return line


def _instruction(text: str) -> Element:
    made = element("r")
    instruction = element("instrText")
    instruction.text = text
    made.append(instruction)
    return made


def _watermark(number: int, text: str) -> Element:
    return parse_xml(
        WATERMARK.format(
            declared=DECLARED,
            number=number,
            spid=FIRST_SHAPE + number,
            text=text,
            font=FONT,
        )
    )

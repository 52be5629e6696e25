"""A one-page PDF that stands for the scan of minutes signed on paper."""

from django.core.files.base import ContentFile

STREAM = "BT /F1 14 Tf 60 780 Td (Ban quet mau: {code}) Tj ET"
OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
    "<</Length {length}>>stream\n{stream}\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    "<</Font<</F1 5 0 R>>>>",
)


def scan_of(name: str, code: str) -> ContentFile:
    """The file; ``code`` is printed on its page, in letters without marks."""
    stream = STREAM.format(code=code)
    content = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(OBJECTS, start=1):
        places.append(len(content))
        body = text.format(length=len(stream), stream=stream)
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(OBJECTS) + 1
    content += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    ).encode("ascii")
    return ContentFile(content, name)

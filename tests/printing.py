"""Paper as a second opinion on a page: printed to PDF, measured, read and scanned."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftoppm"), reason="Poppler (poppler-utils) is not installed"
)
MM_PER_POINT = 25.4 / 72


def pdf_of(page: Page, path: Path | None = None) -> bytes:
    """The page as the browser prints it, on the paper that its CSS names."""
    return page.pdf(path=path, prefer_css_page_size=True)


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    told = _run(pdf, "pdfinfo", "-l", "-1", "-").decode()
    sizes = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", told, re.MULTILINE)
    return [
        (round(float(width) * MM_PER_POINT), round(float(height) * MM_PER_POINT))
        for width, height in sizes
    ]


def text_of(pdf: bytes) -> str:
    """The words on the pages, laid out as they are seen."""
    return _run(pdf, "pdftotext", "-layout", "-enc", "UTF-8", "-", "-").decode()


def pages_as_images(pdf: bytes, dpi: int = 203) -> list[Image.Image]:
    """Each page in grey, as a printer of that fineness would draw it."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page"
        _run(pdf, "pdftoppm", "-gray", "-png", "-r", str(dpi), "-", str(page))
        drawn = sorted(Path(folder).iterdir())
        return [Image.open(BytesIO(path.read_bytes())) for path in drawn]


def codes_in(image: Image.Image) -> set[str]:
    """What a scanner reads from a picture, whatever codes are in it."""
    return {code.text for code in zxingcpp.read_barcodes(image)}


def _run(pdf: bytes, *command: str) -> bytes:
    return subprocess.run(
        command, input=pdf, check=True, capture_output=True, timeout=60
    ).stdout

"""What we draw, a scanner reads: on white, at the size it is printed."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser

from postal_tthc.lib import barcodes
from tests.printing import codes_in

pytestmark = pytest.mark.browser

NUMBERS = ["000.00.16.H02-200120-0003", "H02.16-201120-0001", "EO793894515VN"]
ADDRESS = "https://motcua.example.gov.vn/tra-cuu/mJ0vJpG3Tn6rYdB1aQ5xWg/"
CSS_DPI = 96


@pytest.fixture
def drawn(browser: Browser) -> Iterator[Callable[[str, int], Image.Image]]:
    """Draws an SVG on a black page of a visitor who likes it dark."""
    pages = []

    def draw(svg: str, dpi: int) -> Image.Image:
        page = browser.new_page(color_scheme="dark", device_scale_factor=dpi / CSS_DPI)
        pages.append(page)
        page.set_content(f"<body style='background: #000'>{svg}</body>")
        picture = page.locator("svg").screenshot()
        return Image.open(BytesIO(picture)).convert("L")

    yield draw
    for page in pages:
        page.close()


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_read_at_the_size_it_takes(drawn, number, dpi):
    assert codes_in(drawn(barcodes.code128(number), dpi)) == {number}


@pytest.mark.parametrize(
    ("number", "dpi"),
    [
        pytest.param("EO793894515VN", 203, id="13 letters"),
        # 308 modules in 400 dots are too many for a label printer.
        pytest.param("H02.16-201120-0001", 300, id="18 letters"),
        pytest.param("000.00.16.H02-200120-0003", 300, id="25 letters"),
    ],
)
def test_a_number_is_read_in_a_box_of_50_mm(drawn, number, dpi):
    picture = drawn(barcodes.code128(number, width_mm=50, height_mm=10), dpi)

    assert codes_in(picture) == {number}
    assert picture.width == pytest.approx(50 / 25.4 * dpi, abs=2)
    assert picture.height == pytest.approx(10 / 25.4 * dpi, abs=2)


@pytest.mark.parametrize("dpi", [203, 600])
@pytest.mark.parametrize("size_mm", [15, 25])
def test_an_address_is_read_from_its_qr_code(drawn, size_mm, dpi):
    picture = drawn(barcodes.qr(ADDRESS, size_mm=size_mm), dpi)

    assert codes_in(picture) == {ADDRESS}


def test_a_smudge_does_not_hide_an_address(drawn):
    picture = drawn(barcodes.qr(ADDRESS), 203)
    wide = picture.width // 8
    picture.paste(0, (wide * 4, wide * 4, wide * 5, wide * 5))

    assert codes_in(picture) == {ADDRESS}


@pytest.mark.parametrize("svg", [barcodes.code128("H02.16"), barcodes.qr(ADDRESS)])
def test_the_quiet_zone_is_white_on_a_dark_page(drawn, svg):
    picture = drawn(svg, 203)
    middle, right = picture.height // 2, picture.width - 1

    # The picture may be a dot wider than the drawing.
    quiet = [*range(2, 16), *range(right - 15, right - 3)]
    assert {picture.getpixel((x, middle)) for x in quiet} == {255}

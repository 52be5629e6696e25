"""Codes are drawn with their quiet zones, and carry nothing into the page."""

from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from django.template import Context, Template
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from postal_tthc.lib.barcodes import CODE128_QUIET, MODULE_MM, QR_QUIET, code128, qr

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """<script>alert("1")</script> & 'x'"""
printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)


def modules(svg: str) -> Image.Image:
    """The drawing, one dot a module."""
    drawing = ET.fromstring(svg)
    _x, _y, wide, high = map(int, drawing.get("viewBox", "").split())
    picture = Image.new("L", (wide, high), "white")
    path = drawing.find(f"{SVG}path").get("d")
    for run in path.split("M")[1:]:
        corner, length = run.split("h")[:2]
        left, top = map(int, corner.split())
        length = int(length.removesuffix("v1"))
        picture.paste(0, (left, top, left + length, top + 1))
    return picture


def read(svg: str, *, stretch: tuple[int, int]) -> str:
    picture = modules(svg)
    size = picture.width * stretch[0], picture.height * stretch[1]
    (code,) = zxingcpp.read_barcodes(
        picture.resize(size), text_mode=zxingcpp.TextMode.Plain
    )
    return code.text


@example("990")  # its first pair has the value of a sign of the code itself
@example("99")
@given(printable)
def test_whatever_is_printable_comes_back_from_a_code_128(text):
    assert read(code128(text), stretch=(3, 60)) == text


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1))
def test_whatever_is_typed_comes_back_from_a_qr_code(text):
    assert read(qr(text), stretch=(4, 4)) == text


def test_vietnamese_comes_back_from_a_qr_code():
    assert read(qr("Hồ sơ của bà Nguyễn"), stretch=(4, 4)) == "Hồ sơ của bà Nguyễn"


@pytest.mark.parametrize(
    "text",
    ["", "Hồ sơ", "EĐ123456785VN", "a\nb", "a\x00", "\xf1", "\x7f", "１", "a\u200b"],
)
def test_a_text_that_code_128_cannot_carry_is_refused(text):
    with pytest.raises(ValueError, match="cannot carry"):
        code128(text)


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_a_text_that_no_qr_code_holds_is_refused(text):
    with pytest.raises(ValueError, match="QR"):
        qr(text)


def test_the_quiet_zones_are_kept():
    bars = modules(code128("EO793894515VN"))
    assert bars.point(lambda dot: 255 - dot).getbbox() == (
        CODE128_QUIET,
        0,
        bars.width - CODE128_QUIET,
        1,
    )
    square = modules(qr("EO793894515VN"))
    end = square.width - QR_QUIET
    assert square.width == square.height
    assert square.point(lambda dot: 255 - dot).getbbox() == (
        QR_QUIET,
        QR_QUIET,
        end,
        end,
    )


def size_of(svg: str) -> tuple[str | None, str | None]:
    drawing = ET.fromstring(svg)
    return drawing.get("width"), drawing.get("height")


def test_sizes_are_in_millimetres():
    wide = modules(code128("EO793894515VN")).width * MODULE_MM

    assert size_of(code128("EO793894515VN")) == (f"{wide:g}mm", "12mm")
    assert size_of(code128("A", width_mm=50, height_mm=7.5)) == ("50mm", "7.5mm")
    assert size_of(qr("A")) == ("25mm", "25mm")
    assert size_of(qr("A", size_mm=18)) == ("18mm", "18mm")


@pytest.mark.parametrize("draw", [code128, qr])
def test_a_code_is_a_named_picture_on_white(draw):
    drawing = ET.fromstring(draw(HOSTILE))
    ground, dark = drawing

    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == HOSTILE
    assert (ground.tag, ground.get("fill")) == (f"{SVG}rect", "#fff")
    assert f"0 0 {ground.get('width')} {ground.get('height')}" == drawing.get("viewBox")
    assert dark.get("fill") == "#000"
    assert draw("A").startswith("<svg ")
    assert ET.fromstring(draw("A", label="Mã hồ sơ")).get("aria-label") == "Mã hồ sơ"


def page(source: str, **values: object) -> str:
    return Template("{% load barcodes %}" + source).render(Context(values))


@pytest.mark.parametrize("tag", ["code128", "qr"])
def test_a_template_draws_the_code_as_it_stands(tag):
    drawn = page(f"{{% {tag} text label=label %}}", text=HOSTILE, label=HOSTILE)

    assert ET.fromstring(drawn).get("aria-label") == HOSTILE
    assert "<script>" not in drawn


def test_a_template_gives_sizes_and_names():
    drawn = page(
        "{% code128 'A1' width_mm=50 height_mm=9 label='Mã' %}|{% qr 'A1' size_mm=20 %}"
    )
    bars, square = drawn.split("|")

    assert bars == code128("A1", width_mm=50, height_mm=9, label="Mã")
    assert square == qr("A1", size_mm=20)


def test_a_number_that_cannot_be_drawn_leaves_the_page_standing():
    drawn = page("[{% code128 number %}{% qr '' %}]", number="EĐ123456785VN")

    assert drawn == "[]"

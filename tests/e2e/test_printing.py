"""The test tool for paper tells what a person with ruler and scanner would find."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from postal_tthc.lib import barcodes
from tests.printing import (
    codes_in,
    needs_poppler,
    page_sizes,
    pages_as_images,
    pdf_of,
    text_of,
)

pytestmark = [pytest.mark.browser, needs_poppler]
ADDRESS = "https://motcua.example.gov.vn/tra-cuu/Zx81/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(color_scheme="dark")
    yield page
    page.close()


def paper(size: str, *sides: str) -> str:
    written = "".join(f"<section>{side}</section>" for side in sides)
    return (
        f"<style>@page {{ size: {size}; margin: 10mm }} "
        f"section {{ break-after: page }} section:last-child {{ break-after: auto }}"
        f"</style>{written}"
    )


@pytest.mark.parametrize(
    ("size", "found"),
    [("A4", (210, 297)), ("A4 landscape", (297, 210)), ("A5", (148, 210))],
)
def test_a_page_comes_out_on_the_paper_that_its_style_names(
    page: Page, size: str, found: tuple[int, int]
) -> None:
    page.set_content(paper(size, "một", "hai"))

    pdf = pdf_of(page)

    assert page_sizes(pdf) == [found, found]
    assert [image.size for image in pages_as_images(pdf, 25)] == [
        tuple(pytest.approx(mm / 25.4 * 25, abs=1) for mm in found)
    ] * 2


def test_words_are_read_back_with_their_diacritics(page: Page, tmp_path: Path) -> None:
    page.set_content(paper("A4", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Đợi"))

    pdf = pdf_of(page, tmp_path / "printed.pdf")

    words = text_of(pdf)
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in words
    assert words.index("Giấy") < words.index("Đợi")
    assert (tmp_path / "printed.pdf").read_bytes() == pdf


def test_every_code_of_a_page_is_read_and_none_of_another_page(page: Page) -> None:
    page.set_content(
        paper(
            "A5",
            f"<p>{barcodes.code128('EO793894515VN')}<p>{barcodes.qr(ADDRESS)}"
            f"<p>{barcodes.code128('000.00.16.H02-200120-0003')}",
            "không có mã",
        )
    )

    front, back = pages_as_images(pdf_of(page))

    assert codes_in(front) == {"EO793894515VN", ADDRESS, "000.00.16.H02-200120-0003"}
    assert codes_in(back) == set()

"""A paper as PDF, by the LibreOffice of the server."""

import os
import time
from pathlib import Path

import pytest

from postal_tthc.lib import office
from reports.renderers import word
from tests.factories.papers import (
    BODY,
    LONG_HEAD,
    LONG_NAME,
    make_paper,
    make_section,
    make_signed_paper,
    make_wide_table,
)
from tests.libreoffice import needs_libreoffice
from tests.printing import needs_poppler, page_sizes, pages_as_images, text_of

drawn = pytest.mark.libreoffice
UPRIGHT, ASIDE = (210, 297), (297, 210)


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of our own where LibreOffice is looked for."""
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def pages(pdf: bytes) -> list[str]:
    return text_of(pdf).split("\f")[:-1]


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or waits only to be counted as gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return True
    return status[0] == "Z"


@drawn
@needs_libreoffice
@needs_poppler
def test_a_paper_becomes_a_pdf_of_a4_pages():
    section = make_section(tables=(make_wide_table(30),))
    pdf = office.to_pdf(word.render(make_signed_paper(sections=(section,))))

    assert page_sizes(pdf) == [UPRIGHT, ASIDE, ASIDE]
    first, annex, rest = pages(pdf)
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "23/212 (10,85%)" in first
    assert "Mã nội dung" in first
    assert "Phụ lục" in annex
    assert annex.split()[0] == "Phụ"  # no number on its first page
    assert rest.split()[0] == "2"


@drawn
@needs_libreoffice
@needs_poppler
@pytest.mark.parametrize("paragraphs", [3, 4, 6, 8])
def test_recipients_and_signature_are_never_apart_nor_alone(paragraphs):
    section = make_section(paragraphs=(BODY,) * paragraphs)
    paper = make_paper(
        sections=(section,),
        head=LONG_HEAD,
        recipients=("Như trên", *[LONG_NAME] * 3, "Lưu: VT, VP"),
    )
    shown = pages(office.to_pdf(word.render(paper)))

    last = shown[-1]
    assert "Nơi nhận:" in last
    assert "Nguyễn Quang Đông" in last
    assert "Lưu: VT, VP." in last
    assert "./." in last
    assert not shown[0].lstrip().startswith("1\n")  # the first page has no number
    assert all(page.split()[0] == str(n) for n, page in enumerate(shown[1:], start=2))


@drawn
@needs_libreoffice
@needs_poppler
def test_the_mark_of_a_draft_is_seen_behind_the_words():
    marked, plain = (
        pages_as_images(office.to_pdf(word.render(make(sections=()))), dpi=40)[0]
        for make in (make_paper, make_signed_paper)
    )

    def grey(page) -> float:
        """The share of a page below its words that is neither black nor white."""
        wide, high = page.size
        below = page.crop((0, high * 6 // 10, wide, high * 9 // 10)).convert("L")
        counted = below.histogram()
        return sum(counted[150:245]) / sum(counted)

    assert grey(marked) > 0.01
    assert grey(plain) == 0


def test_without_libreoffice_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert not office.is_installed()
    with pytest.raises(office.NoPdf, match="print it to PDF") as refusal:
        office.to_pdf(b"")
    assert refusal.value.http_status == 503


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("exit 1", id="fails"),
        pytest.param("exit 0", id="makes nothing"),
        pytest.param('echo "<html>" > "$HOME/paper.pdf"', id="makes something else"),
    ],
)
def test_a_program_that_makes_no_pdf_is_said_so(script, tmp_path, monkeypatch):
    program(tmp_path, script, monkeypatch)

    with pytest.raises(office.NoPdf, match="could not be made"):
        office.to_pdf(b"PK")


def test_what_the_program_makes_is_handed_on(tmp_path, monkeypatch):
    program(tmp_path, 'printf %s "%PDF-1.7" > "$HOME/paper.pdf"', monkeypatch)

    assert office.is_installed()
    assert office.to_pdf(b"PK") == b"%PDF-1.7"


def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path, monkeypatch):
    pids = tmp_path / "pids"
    program(tmp_path, f'sleep 300 & echo "$! $$" > {pids}; wait', monkeypatch)

    began = time.monotonic()
    with pytest.raises(office.NoPdf, match="could not be made"):
        office.to_pdf(b"PK", timeout=1)

    assert time.monotonic() - began < 10
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 2
    deadline = time.monotonic() + 5
    while not all(map(has_ended, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(map(has_ended, started))


def test_nothing_is_left_in_the_folder_of_temporary_files(tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    program(tmp_path, 'cp "$HOME/paper.docx" "$HOME/paper.pdf"', monkeypatch)

    assert office.to_pdf(b"%PDF-1.7 asked") == b"%PDF-1.7 asked"
    with pytest.raises(office.NoPdf):
        office.to_pdf(b"PK")
    assert list(temporary.iterdir()) == []

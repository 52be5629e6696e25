"""Whatever is sent to the page: a sentence, nothing written, in little time and room."""

import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from django.core.files.storage import default_storage
from openpyxl import Workbook

from reports.actions.returns import MAX_RETURN
from reports.models import AgencyReturn
from tests.factories.returns import FIRST, column, form_of, own, put
from tests.integration.reports.consolidation.scenes import (
    AFTER,
    address,
    agency,
    upload,
)

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one more part."""
    stream = BytesIO(content)
    with ZipFile(stream, "a", ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return stream.getvalue()


def bomb(content: bytes) -> bytes:
    """A package of some hundred kilobytes that unpacks to 300 MB."""
    return with_part(content, "xl/worksheets/sheet9.xml", b"<a/>" * (75 * MEGABYTE))


def other_kind(content: bytes) -> bytes:
    """A workbook with macros that calls itself .xlsx."""
    return with_part(content, "xl/vbaProject.bin", b"Sub Auto_Open()")


FILES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "100 MB": (
        "r.xlsx",
        lambda content: content + b"0" * (100 * MEGABYTE),
        "larger than 5 MB",
    ),
    "a little too large": (
        "r.xlsx",
        lambda content: content + b"0" * MAX_RETURN,
        "larger than 5 MB",
    ),
    "a zip bomb": ("r.xlsx", bomb, "unpacks to far more"),
    "macros by their ending": ("r.xlsm", lambda content: content, "contains macros"),
    "macros inside": ("r.xlsx", other_kind, "contains macros"),
    "a password": (
        "r.xlsx",
        lambda content: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        ),
        "protected by a password",
    ),
    "the old form": (
        "r.xlsx",
        lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook",
        "old form",
    ),
    "the old ending": ("r.xls", lambda content: content, "old form"),
    "a list of text": (
        "r.xlsx",
        lambda content: "Lĩnh vực,Tiếp nhận\nDược,1\n".encode(),
        "not an Excel workbook",
    ),
    "a list by its ending": ("r.csv", lambda content: b"a,b", "ends in .xlsx"),
    "nothing": ("r.xlsx", lambda content: b"", "empty"),
    "cut off": ("r.xlsx", lambda content: content[:-900], "not an Excel workbook"),
    "a picture": ("r.xlsx", lambda content: b"\x89PNG\r\n\x1a\n", "not an Excel"),
}


@pytest.mark.parametrize("kind", FILES)
@time_machine.travel(AFTER, tick=False)
def test_what_is_no_form_is_refused_in_a_sentence(office, sign_in, kind):
    name, make, sentence = FILES[kind]
    health = agency(office)
    content = make(form_of(health))
    client = sign_in("consolidator")

    answer = client.post(address(health), {"file": upload(content, name)})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Judge the file" in answer.content.decode()
    assert not AgencyReturn.objects.exists()
    assert not default_storage.exists("returns")


def merged(workbook: Workbook) -> None:
    own(workbook).merge_cells(
        start_row=FIRST,
        end_row=FIRST + 1,
        start_column=column("received"),
        end_column=column("received"),
    )


CELLS: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "merged cells": (merged, "The cells D10:D11 are merged"),
    "text for a number": (put("results", "mười lăm"), "This is text"),
    "a negative count": (put("overdue", -1), "cannot be negative"),
    "a fraction": (put("overdue", 0.5), "no parts of a dossier"),
    "a part beyond its whole": (put("by_post", 21), "cannot be more"),
    "a row out of balance": (put("open_within", 7), "must be equal"),
    "the same field twice": (
        put("field", "Dược phẩm", row=FIRST + 1),
        "already. Keep one row",
    ),
}


@pytest.mark.parametrize("fault", CELLS)
@time_machine.travel(AFTER, tick=False)
def test_a_fault_in_a_cell_is_shown_and_nothing_is_written(office, sign_in, fault):
    spoil, sentence = CELLS[fault]
    health = agency(office)
    client = sign_in("consolidator")
    content = form_of(health, spoil=spoil)

    answer = client.post(address(health), {"file": upload(content)})

    body = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in body
    assert 'name="fingerprint" value' not in body
    # Pressing the button that is not there writes nothing either.
    judged = answer.context["judgement"].file_hash
    again = client.post(address(health), {"fingerprint": judged})
    assert again.status_code == 422
    assert not AgencyReturn.objects.exists()
    assert not default_storage.exists("returns")


@time_machine.travel(AFTER, tick=False)
def test_a_bomb_costs_little_time_and_room(office, sign_in):
    health = agency(office)
    content = bomb(form_of(health))
    client = sign_in("consolidator")
    assert len(content) < MEGABYTE

    tracemalloc.start()
    began = time.perf_counter()
    client.post(address(health), {"file": upload(content)})
    took = time.perf_counter() - began
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert took < 10
    assert most < 60 * MEGABYTE


@time_machine.travel(AFTER, tick=False)
def test_a_form_of_a_thousand_faults_shows_each_kind_with_all_its_rows(office, sign_in):
    health = agency(office)

    def spoil(workbook: Workbook) -> None:
        own(workbook).delete_rows(FIRST, 40)
        for row in range(FIRST, FIRST + 60):
            own(workbook).append([f"Lĩnh vực {row}", *["x"] * 15])

    answer = sign_in("consolidator").post(
        address(health), {"file": upload(form_of(health, spoil=spoil))}
    )

    assert len(answer.context["judgement"].faults) > 800
    page = answer.content.decode()
    assert f"{FIRST}–{FIRST + 59}" in page
    assert "60 rows" in page

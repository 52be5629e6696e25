"""Loading a catalogue through the page: judge, look, load all or nothing."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from procedures.models import Procedure
from procedures.spreadsheets import exporting
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

HEADINGS = [
    "Mã TTHC",
    "Tên TTHC",
    "Lĩnh vực",
    "Thời hạn",
    "Tiếp nhận qua BCCI",
    "Trả kết quả qua BCCI",
]
GOOD = ["1.000001", "Thành lập hội", "Hội, quỹ", "15 ngày làm việc", "x", "x"]


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def workbook(*rows: list[str]) -> SimpleUploadedFile:
    """A sheet with headings and these rows."""
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("danh-muc.xlsx", stream.getvalue())


def sent(office: Office, **values: object) -> dict[str, object]:
    """What the form sends."""
    return {"agency": office.agency.pk, "effective_from": "1/1/2020", **values}


def test_a_good_file_is_shown_first_and_loaded_at_the_second_press(
    office: Office, sign_in
) -> None:
    client = sign_in("catalogue_manager")
    shown = client.post("/procedures/load/", sent(office, file=workbook(GOOD)))
    assert shown.status_code == 200
    assert "Thành lập hội" in shown.content.decode()
    assert not Procedure.objects.exists()

    fingerprint = shown.context["judgement"].fingerprint
    client.post("/procedures/load/", sent(office, fingerprint=fingerprint))
    loaded = Procedure.objects.get()
    assert (loaded.code, loaded.processing_time) == ("1.000001", 15)
    assert loaded.in_force_from == date(2020, 1, 1)


def test_every_fault_is_shown_with_row_and_column_and_nothing_is_written(
    office: Office, sign_in
) -> None:
    file = workbook(
        GOOD, ["1.2", "Một", "Hội", "nhiều", "", ""], ["", "Hai", "Hội", "3", "?", ""]
    )
    answer = sign_in("catalogue_manager").post(
        "/procedures/load/", sent(office, file=file)
    )
    faults = answer.context["judgement"].faults
    assert answer.status_code == 422
    assert {(x.row, x.heading) for x in faults} >= {
        (3, "Mã TTHC"),
        (3, "Thời hạn"),
        (4, "Mã TTHC"),
    }
    assert not Procedure.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.xlsx", b"not a workbook", "damaged or is not an Excel workbook"),
        ("list.pdf", b"%PDF-1.4", "Choose a file that ends in .xlsx"),
        ("list.xlsx", b"", "empty"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(
    office: Office, sign_in, name: str, content: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile(name, content)
    answer = sign_in("catalogue_manager").post(
        "/procedures/load/", sent(office, file=file)
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_without_a_file_the_page_asks_for_one(office: Office, sign_in) -> None:
    answer = sign_in("catalogue_manager").post("/procedures/load/", sent(office))
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_the_exported_list_comes_back_unchanged(office: Office, sign_in) -> None:
    make_procedure(office, papers=("Đơn đề nghị",), fee_dong=30_000)
    make_procedure(office, by_post=False, fee_note="theo quy định")
    content = exporting.export(Procedure.objects.all(), date(2020, 6, 1))
    file = SimpleUploadedFile("danh-muc.xlsx", content)
    answer = sign_in("catalogue_manager").post(
        "/procedures/load/", sent(office, file=file)
    )
    judgement = answer.context["judgement"]
    assert judgement.faults == ()
    assert judgement.written == ()


def test_a_waiting_file_that_is_gone_is_asked_for_again(
    office: Office, sign_in, settings
) -> None:
    client = sign_in("catalogue_manager")
    client.post("/procedures/load/", sent(office, file=workbook(GOOD)))
    for file in (settings.MEDIA_ROOT / "waiting").iterdir():
        file.unlink()
    answer = client.post("/procedures/load/", sent(office))
    assert answer.status_code == 422
    assert "Choose it again." in answer.content.decode()
    assert (
        "Choose a file."
        in client.post("/procedures/load/", sent(office)).content.decode()
    )


def test_a_file_nobody_came_back_for_goes_after_a_day(
    office: Office, sign_in, settings, time_machine
) -> None:
    client = sign_in("catalogue_manager")
    client.post("/procedures/load/", sent(office, file=workbook(GOOD)))
    client.logout()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    sign_in("catalogue_manager").post(
        "/procedures/load/", sent(office, file=workbook(GOOD))
    )
    assert len(list((settings.MEDIA_ROOT / "waiting").iterdir())) == 1

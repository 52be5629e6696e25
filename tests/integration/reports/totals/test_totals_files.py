"""Totals by Excel: the form goes out, comes back whole, or every fault is named."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dossiers.models import OpeningTotal
from dossiers.models.opening_total import NUMBERS
from procedures.models import Procedure
from reports.totals_sheet import HEAD_ROW, HEADINGS
from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.totals import BOOK, enter, row

pytestmark = pytest.mark.django_db

LOAD, BLANK = "/reports/totals/load/", "/reports/totals/blank/?year=2018"
COLUMN = {name: place for place, name in enumerate(HEADINGS, 1)}


@pytest.fixture
def procedure(office: Office) -> Procedure:
    return make_procedure(office, code="1.001440", name="Thi tuyển công chức")


def form(client: Client, fill: Callable[[Worksheet], None] = lambda sheet: None):
    """The form of 2018 as a manager downloads it, filled in."""
    book = load_workbook(BytesIO(client.get(BLANK).content))
    fill(book.worksheets[0])
    return packed(book)


def packed(book: Workbook, name: str = "so.xlsx") -> SimpleUploadedFile:
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def send(client: Client, file: SimpleUploadedFile, **more: str):
    return client.post(LOAD, {"file": file, "source": BOOK.text, **more})


def write(line: int, **numbers: object) -> Callable[[Worksheet], None]:
    """Numbers into a line of the table, 1 being the first under the headings."""

    def fill(sheet: Worksheet) -> None:
        for name, value in numbers.items():
            sheet.cell(HEAD_ROW + line, COLUMN[name]).value = value

    return fill


def told(answer) -> list[tuple[int, str, str]]:
    return [(f.row, f.heading, f.sentence) for f in answer.context["faults"]]


def test_the_form_has_every_month_and_procedure(office, sign_in, procedure):
    make_procedure(office, code="1.001441")
    answer = sign_in("catalogue_manager").get(BLANK)

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]

    rows = list(sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=3, values_only=True))
    assert len(rows) == 24
    assert rows[0] == ("01/2018", "1.001440", "Thi tuyển công chức")
    assert rows[-1][:2] == ("12/2018", "1.001441")
    assert 'filename="so-tong-hop-SNV-2018.xlsx"' in answer["Content-Disposition"]


def test_a_filled_form_is_loaded_whole(office, sign_in, procedure):
    client = sign_in("catalogue_manager")

    def fill(sheet: Worksheet) -> None:
        write(1, carried_in=4, received=20, by_post=9, on_time=3)(sheet)
        write(2, received="1.000", early="24")(sheet)

    answer = send(client, form(client, fill))

    assert answer.url == "/reports/totals/?organisation=SNV&year=2018"
    first, second = OpeningTotal.objects.order_by("month")
    assert (first.month, first.carried_in, first.received) == (date(2018, 1, 1), 4, 20)
    assert (second.month, second.received, second.early) == (date(2018, 2, 1), 1000, 24)
    assert first.source == BOOK.text


def test_what_stands_comes_out_and_back_unchanged(office, sign_in, procedure):
    numbers = dict.fromkeys(NUMBERS, 0) | {"received": 20, "by_post": 9}
    enter(office, row(procedure, date(2018, 3, 1), **numbers))
    before = OpeningTotal.objects.values().get()
    client = sign_in("catalogue_manager")

    answer = send(client, form(client))

    assert answer.status_code == 302
    assert OpeningTotal.objects.values().get() == before


def test_a_code_and_month_that_excel_took_for_others_are_read(
    office, sign_in, procedure
):
    client = sign_in("catalogue_manager")
    odd = write(1, code=1.00144, month=datetime(2018, 5, 1), received=3)  # noqa: DTZ001

    send(client, form(client, odd))

    assert OpeningTotal.objects.get().month == date(2018, 5, 1)


@pytest.mark.parametrize(
    ("line", "heading", "sentence"),
    [
        ({"received": "hai mươi"}, "received", "whole number"),
        ({"received": 2.5}, "received", "whole number"),
        ({"received": -1}, "received", "whole number"),
        ({"received": 10**8}, "received", "whole number"),
        ({"received": True}, "received", "whole number"),
        ({"received": "#DIV/0!"}, "received", "formula in this cell fails"),
        ({"received": 3, "month": "13/2018"}, "month", "as 01/2018"),
        ({"received": 3, "month": None}, "month", "as 01/2018"),
        ({"received": 3, "month": "01/2099"}, "", "not over"),
        ({"received": 3, "code": "1.999999"}, "code", "no procedure of this code"),
        ({"received": 3, "code": "abc"}, "code", "looks like 1.001445"),
        ({"received": 3, "month": "02/2018"}, "code", None),
        ({"received": 3, "by_post": 4}, "by_post", "cannot be more"),
        ({"received": 3, "early": 4}, "", "only 3 were open"),
    ],
)
def test_every_fault_is_told_with_its_row_and_nothing_is_written(
    office, sign_in, procedure, line, heading, sentence
):
    client = sign_in("catalogue_manager")

    def fill(sheet: Worksheet) -> None:
        write(1, **line)(sheet)
        write(2, received=5)(sheet)

    answer = send(client, form(client, fill))

    assert answer.status_code == 422
    [(number, told_heading, told_sentence)] = told(answer)
    expected_row = HEAD_ROW + (1 if sentence else 2)
    assert (number, told_heading) == (expected_row, HEADINGS.get(heading, ""))
    assert (sentence or "stand in row 5 already") in told_sentence
    assert BOOK.text in answer.text
    assert not OpeningTotal.objects.exists()


def test_all_faults_are_told_at_once(office, sign_in, procedure):
    client = sign_in("catalogue_manager")

    def fill(sheet: Worksheet) -> None:
        write(1, received="x", by_post="y")(sheet)
        write(3, received=-1)(sheet)

    answer = send(client, form(client, fill))

    assert [row for row, *_rest in told(answer)] == [5, 5, 7]


def test_a_month_with_dossiers_is_named(office, sign_in, procedure):
    receive(office, procedure, on=date(2018, 1, 9))
    client = sign_in("catalogue_manager")

    answer = send(client, form(client, write(1, received=3)))

    [(number, heading, sentence)] = told(answer)
    assert (number, heading) == (5, "Tiếp nhận")
    assert "01/2018 has dossiers here" in sentence


def test_a_change_by_file_asks_for_its_reason(office, sign_in, procedure):
    enter(office, row(procedure, date(2018, 1, 1), received=3))
    client = sign_in("catalogue_manager")

    asked = send(client, form(client, write(1, received=4)))
    assert asked.status_code == 422
    assert "write why" in asked.text
    assert OpeningTotal.objects.get().received == 3
    send(client, form(client, write(1, received=4)), reason="Cộng nhầm")

    assert OpeningTotal.objects.get().received == 4


def test_a_written_zero_takes_a_row_away_and_an_empty_row_does_not(
    office, sign_in, procedure
):
    enter(
        office,
        row(procedure, date(2018, 1, 1), received=3),
        row(procedure, date(2018, 2, 1), received=3),
    )
    client = sign_in("catalogue_manager")

    def fill(sheet: Worksheet) -> None:
        write(1, received=0)(sheet)
        write(2, received=None)(sheet)

    send(client, form(client, fill), reason="Nhầm")

    assert OpeningTotal.objects.get().month == date(2018, 2, 1)


def test_merged_numbers_are_no_numbers(office, sign_in, procedure):
    client = sign_in("catalogue_manager")

    def fill(sheet: Worksheet) -> None:
        write(1, received=3)(sheet)
        sheet.merge_cells("E5:E7")

    answer = send(client, form(client, fill))

    [(number, heading, sentence)] = told(answer)
    assert (number, heading) == (5, "Tiếp nhận")
    assert "E5:E7 are merged" in sentence
    assert not OpeningTotal.objects.exists()


def test_an_empty_form_says_so(office, sign_in, procedure):
    client = sign_in("catalogue_manager")

    answer = send(client, form(client))

    assert [sentence for *_rest, sentence in told(answer)] == [
        "The form is empty: no row has a number."
    ]


def test_a_workbook_of_something_else_says_what_to_do(office, sign_in, procedure):
    book = Workbook()
    book.active.append(["Họ tên", "Ngày sinh"])

    answer = send(sign_in("catalogue_manager"), packed(book))

    assert "No sheet has the headings" in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("so.xlsx", b"khong phai excel"),
        ("so.xls", b"\xd0\xcf\x11\xe0"),
        ("so.csv", b"a,b"),
        ("so.xlsx", b""),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(
    office, sign_in, procedure, name, content
):
    answer = send(sign_in("catalogue_manager"), SimpleUploadedFile(name, content))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not OpeningTotal.objects.exists()

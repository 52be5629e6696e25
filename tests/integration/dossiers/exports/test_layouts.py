"""What stands in an exported sheet, read from the file as somebody else would."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from dossiers.models import Dossier
from dossiers.spreadsheets import exporting
from dossiers.spreadsheets.columns import SHOWN, by_key
from dossiers.spreadsheets.exporting import Wish, choose, in_slices, write
from dossiers.spreadsheets.layouts import BOOK, BY_POST, LAYOUTS, REGISTRATIONS
from dossiers.statuses import ReturnChannel, Status, Step
from postal_tthc.errors import Invalid
from postal_tthc.lib.printed_sheets import fits_one_page, lines_in
from postal_tthc.lib.workbooks import OFFICIAL_MARGINS
from tests.factories.dossiers import at, dossier_at, receive, take
from tests.factories.offices import Office
from tests.integration.dossiers.imports.doing import judge

DAY = date(2020, 6, 1)
COUNTER = ReturnChannel.COUNTER


def sheet(path: Path) -> list[list[Any]]:
    """The cells of the first sheet; None for an empty one."""
    rows = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    cells = rows.get_sheet_by_index(0).to_python()
    return [[None if cell == "" else cell for cell in row] for row in cells]


@pytest.fixture
def exported(office: Office, tmp_path: Path):
    """The rows of the file that somebody gets."""

    def rows(by: str = "clerk", **wish: Any) -> list[list[Any]]:
        user, path = getattr(office, by), tmp_path / "sheet.xlsx"
        asked = Wish(**wish)
        write(choose(asked, user), asked, user.organisation, path)
        return sheet(path)

    return rows


def test_the_chosen_columns_stand_in_the_order_in_which_they_were_named(
    exported, office
):
    dossier = receive(office, applicant_name="=Nguyễn Thị A")

    head, row = exported(columns=("applicant_name", "code", "received_on"))

    assert head == ["Chủ hồ sơ", "Mã hồ sơ", "Ngày tiếp nhận", "[id]", "[version]"]
    assert row == ["=Nguyễn Thị A", dossier.code, DAY, dossier.pk, 1]


@pytest.mark.parametrize("status", [Status.REGISTERED, Status.ANNOUNCED])
def test_what_nobody_has_received_has_no_day_of_receipt(exported, office, status):
    dossier_at(status, office)

    _head, row = exported(columns=("received_on", "received_time", "status"))

    assert row[:2] == [None, None]
    assert row[2]


def test_what_nobody_has_received_comes_back_unchanged(office, tmp_path):
    dossier_at(Status.ANNOUNCED, office)
    wish, path = Wish(), tmp_path / "so.xlsx"
    write(choose(wish, office.clerk), wish, office.agency, path)

    summary = judge(office, path.read_bytes())

    assert not summary.faults
    assert summary.counts["unchanged"] == 1


def test_what_was_withdrawn_before_it_was_received_has_no_day_of_receipt(
    exported, office
):
    announced = dossier_at(Status.ANNOUNCED, office)
    take(Step.WITHDRAWN, announced, office, at(DAY + timedelta(days=1)))

    _head, row = exported(columns=("received_on", "received_time"))

    assert row[:2] == [None, None]


def test_every_column_says_what_the_list_of_columns_says(exported, office):
    dossier_at(Status.RETURNED, office, return_channel=ReturnChannel.PUBLIC_POST)

    head, row = exported()

    dossier = Dossier.objects.get()
    assert head[: len(SHOWN)] == [column.heading for column in SHOWN]
    for column, cell in zip(SHOWN, row, strict=False):
        expected = by_key[column.key].write(dossier)
        assert cell == expected, column.heading
    assert row[-1] == dossier.custody.count()


def test_the_filters_of_the_page_narrow_the_file(exported, office):
    receive(office, applicant_name="Trần Văn Bình")
    found = receive(office, applicant_name="Lê Thị Hoa")

    _head, *rows = exported(query="q=hoa&tab=open", columns=("code",))

    assert [row[0] for row in rows] == [found.code]


def test_rows_come_newest_first_or_in_the_order_of_receipt(exported, office):
    codes = [receive(office, on=DAY + timedelta(days=n)).code for n in (0, 1, 2)]

    newest = exported(columns=("code",))[1:]
    by_receipt = exported(columns=("code",), order="receipt")[1:]

    assert [row[0] for row in newest] == codes[::-1]
    assert [row[0] for row in by_receipt] == codes


def test_nobody_gets_the_dossiers_of_another_organisation(
    exported, office, other_office
):
    receive(other_office)

    assert len(exported(columns=("code",))) == 1


def test_a_postal_clerk_gets_only_what_goes_by_post(exported, office):
    receive(office, return_channel=COUNTER)
    by_post = receive(office, return_channel=ReturnChannel.PUBLIC_POST)

    _head, *rows = exported("postal_clerk", columns=("code",))

    assert [row[0] for row in rows] == [by_post.code]


def test_filters_that_mean_nothing_are_refused_in_words(office):
    with pytest.raises(Invalid, match="Set them again"):
        choose(Wish(query="received_from=yesterday"), office.clerk)


def test_the_official_register_has_its_head_and_numbers_the_year_through(
    exported, office
):
    receive(office, on=DAY)
    receive(office, on=DAY + timedelta(days=1))
    late = receive(office, on=DAY + timedelta(days=7))
    take(Step.PROCESSING, late, office, at(DAY + timedelta(days=8)))

    rows = exported(query="received_from=08/06/2020", layout="register")

    words = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert "SỔ THEO DÕI HỒ SƠ NĂM 2020" in words
    assert "(Từ ngày 08/06/2020 đến ngày 08/06/2020)" in words
    numbers = [f"({n})" for n in range(1, 16)]
    assert numbers in rows
    (line,) = rows[rows.index(numbers) + 1 :]
    assert line[:4] == [3, late.code, late.procedure.name, 1]
    assert line[7] == date(2020, 6, 8)
    assert line[9] == date(2020, 6, 9)


def test_the_official_register_leaves_out_what_was_never_received(exported, office):
    dossier_at(Status.ANNOUNCED, office)
    received = receive(office)

    rows = exported(layout="register")

    assert rows[-1][1] == received.code
    assert sum(isinstance(row[0], float | int) for row in rows) == 1


BY_POST_TOO = {"return_channel": ReturnChannel.PUBLIC_POST}


def lines(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows of an official list below its numbered columns, without its total."""
    first = next(n for n, row in enumerate(rows) if row[:2] == ["(1)", "(2)"])
    return [row for row in rows[first + 1 :] if row[0] is not None]


@pytest.mark.parametrize("layout", ["registrations", "by_post"])
@pytest.mark.parametrize(
    "status",
    [
        Status.REGISTERED,
        Status.ANNOUNCED,
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.DISCONTINUED,
    ],
)
def test_what_was_not_received_or_has_no_result_is_not_for_the_post(
    exported, office, layout, status
):
    dossier_at(status, office, **BY_POST_TOO)

    assert lines(exported(layout=layout)) == []


@pytest.mark.parametrize(
    ("status", "is_registered", "is_returned"),
    [
        (Status.RECEIVED, True, False),
        (Status.AWAITING_SUPPLEMENT, True, False),
        (Status.RESULT_READY, True, False),
        (Status.WITH_POST, True, True),
        (Status.UNDELIVERED, True, True),
        (Status.RETURNED, True, True),
    ],
)
def test_what_goes_out_is_registered_and_what_left_is_returned_by_post(
    exported, office, status, is_registered, is_returned
):
    dossier_at(status, office, **BY_POST_TOO)

    assert bool(lines(exported(layout="registrations"))) is is_registered
    assert bool(lines(exported(layout="by_post"))) is is_returned


@pytest.mark.parametrize("layout", ["register", "registrations", "by_post"])
@pytest.mark.parametrize(
    ("query", "period"),
    [
        ("", "(Từ ngày 01/06/2020 đến ngày 03/06/2020)"),
        ("received_from=02/06/2020", "(Từ ngày 02/06/2020 đến ngày 03/06/2020)"),
        ("received_to=02/06/2020", "(Từ ngày 01/06/2020 đến ngày 02/06/2020)"),
        (
            "received_from=01/05/2020&received_to=31/07/2020",
            "(Từ ngày 01/05/2020 đến ngày 31/07/2020)",
        ),
    ],
)
def test_the_period_is_that_of_the_lines_or_the_one_that_was_asked(
    exported, office, layout, query, period
):
    for days in (0, 1, 2):
        dossier_at(Status.WITH_POST, office, on=DAY + timedelta(days=days))
    dossier_at(Status.ANNOUNCED, office, on=DAY + timedelta(days=9), **BY_POST_TOO)

    rows = exported(layout=layout, query=query)

    words = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert [x for x in words if x.startswith("(Từ ngày")] == [period]


def test_the_list_for_the_post_ends_with_what_was_paid(exported, office):
    receive(office)
    posted = dossier_at(Status.WITH_POST, office)
    item = posted.postal_items.get()
    item.postage_dong = 26_000
    item.save()

    *_head, line, total = exported(layout="registrations")

    assert line[0:2] == [1, posted.code]
    assert line[4:6] == [posted.return_name, posted.return_address]
    assert line[8:10] == [item.posted_on, item.number]
    assert line[11] == 26_000
    assert (total[1], total[11]) == ("TỔNG SỐ: 1 hồ sơ", 26_000)


def test_an_envelope_with_two_results_was_paid_for_once(exported, office):
    posted, other = (dossier_at(Status.WITH_POST, office) for _ in range(2))
    item = posted.postal_items.get()
    other.postal_items.set([item])
    item.postage_dong = 26_000
    item.save()

    *_head, first, second, total = exported(layout="registrations")

    assert [first[11], second[11]] == [26_000, 26_000]
    assert (total[1], total[11]) == ("TỔNG SỐ: 2 hồ sơ", 26_000)


def test_the_list_of_dossiers_by_post_has_their_item_numbers(exported, office):
    posted = dossier_at(Status.WITH_POST, office)

    line = exported(layout="by_post")[-1]

    assert line[3] == posted.code
    assert line[8] == posted.postal_items.get().number


def test_more_dossiers_than_a_sheet_holds_are_refused_in_words(
    exported, office, monkeypatch
):
    receive(office)
    receive(office)
    monkeypatch.setattr("postal_tthc.lib.big_sheets.MOST_ROWS", 1)

    with pytest.raises(Invalid, match="A sheet holds 1 dossiers at most"):
        exported(columns=("code",))


def test_ten_times_the_dossiers_take_ten_times_the_slices_and_no_more_questions(
    office, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(exporting, "SLICE", 2)
    for _ in range(4):
        receive(office)
    wish = Wish()
    found = choose(wish, office.clerk).dossiers

    # Of each slice its procedures, fields, agencies, desks, items and versions.
    with django_assert_num_queries(1 + 2 * 6):
        for dossier in in_slices(found, wish):
            for column in SHOWN:
                column.write(dossier)


@pytest.mark.parametrize(("layout", "needs"), [("registrations", 2), ("by_post", 3)])
def test_the_lists_for_the_post_ask_once_a_slice_too(
    office, django_assert_num_queries, monkeypatch, layout, needs
):
    monkeypatch.setattr(exporting, "SLICE", 2)
    for _ in range(4):
        dossier_at(Status.WITH_POST, office)
    wish = Wish(layout=layout)
    chosen = choose(wish, office.clerk)

    with django_assert_num_queries(1 + 2 * needs):
        dossiers = in_slices(chosen.dossiers, wish)
        list(LAYOUTS[layout].rows(dossiers, (), chosen.span))


@pytest.mark.parametrize("columns", [BOOK, REGISTRATIONS, BY_POST])
def test_an_official_sheet_fits_one_page_across_and_can_be_read(columns):
    assert fits_one_page([x.width for x in columns], OFFICIAL_MARGINS)


@pytest.mark.parametrize("columns", [BOOK, REGISTRATIONS, BY_POST])
def test_a_code_and_a_day_stand_on_one_line(columns):
    (code,) = [x for x in columns if "Mã hồ sơ" in x.heading]

    assert lines_in("000.00.16.H02-200102-0001", code.width) == 1
    for column in columns:
        if column.kind == "date":
            assert lines_in("28/10/2020", column.width) == 1


def test_a_code_stands_on_one_line_of_the_list_with_own_columns():
    assert lines_in("000.00.16.H02-200102-0001", by_key["code"].width) == 1

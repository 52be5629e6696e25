"""The same file again, the exported list and the blank form."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from openpyxl import load_workbook

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.sheets import Sheet, read_workbook
from procedures import catalogue
from procedures.catalogue import Kind
from procedures.models import (
    Procedure,
)
from procedures.spreadsheets import exporting
from procedures.spreadsheets.columns import HEADINGS
from procedures.spreadsheets.reading import read
from tests.factories.catalogues import (
    BASE,
    NEW_DAY,
    OLD_DAY,
    TODAY,
    judge,
    kinds,
    load,
    versions,
)
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


FULL = [
    {
        "code": "1.001445",
        "fee": "30.000 đồng (lần đầu)",
        "decision": "QĐ số 124/QĐ-UBND, 20/1/2020",
        "reasons": "Phải có mặt",
        "papers": "- Đơn\nBằng|bản sao|2",
        "note": "=1+1",
    },
    {"code": "1.001446", "time": "trong ngày", "intake": "x", "fee": "Theo TT 25"},
    {"code": 1.00145, "time": "15 ngày", "result": None, "reasons": "+ Ký sổ"},
    {
        "code": "1.001447",
        "result": None,
        "reasons": "Tiếp nhận: a\nTrả kết quả: b",
        "effective_to": "31/12/2021",
    },
    {"code": "1.001448", "result": None, "reasons": "Tiếp nhận: @a", "fee": "Không"},
]


@pytest.mark.parametrize(
    "options", [{}, {"effective_from": date(2020, 7, 1)}, {"on": date(2026, 11, 22)}]
)
def test_the_same_file_twice_changes_nothing(office, old, decision, options):
    options = {"decision": decision} | options
    first = load(office, *FULL, **options)
    entries = LogEntry.objects.count()

    again = judge(office, *FULL, **options)

    assert first.counts[Kind.NEW] == 4
    assert first.counts[Kind.CHANGED] == 1
    assert set(kinds(again)) == {Kind.UNCHANGED}
    assert again.faults == ()
    assert catalogue.load(again, by=office.catalogue_manager) == 0
    assert LogEntry.objects.count() == entries


def test_a_file_for_a_day_to_come_loaded_twice_changes_nothing(office, old):
    row = {"time": 7, "intake": "x", "result": None}
    to_come = TODAY + timedelta(days=90)
    load(office, row, effective_from=to_come)

    assert kinds(judge(office, row, effective_from=to_come)) == [Kind.UNCHANGED]


def exported(office: Office, on: date = TODAY) -> list[Sheet]:
    content = exporting.export(Procedure.objects.of(office.province).in_force(on), on)
    return read_workbook(io.BytesIO(content), name="danh-muc.xlsx")


@pytest.mark.parametrize("effective_from", [None, date(2020, 9, 1)])
def test_an_exported_list_changes_nothing(office, old, decision, effective_from):
    load(office, *FULL, decision=decision)
    make_procedure(office, fee_note="30.000 đồng", note="  a  b ")
    make_procedure(office, name="=HYPERLINK(1)", by_post=False, processing_time=0)
    make_procedure(
        office,
        field="-1",
        time_unit="calendar_days",
        processing_time=0,
        papers=("a|b",),
    )

    judgement = catalogue.judge(
        exported(office),
        organisation=office.agency,
        on=TODAY,
        effective_from=effective_from,
    )

    assert judgement.faults == ()
    assert judgement.missing == ()
    assert kinds(judgement) == [Kind.UNCHANGED] * 8


def test_an_export_before_a_change_to_come_changes_nothing(office, old):
    row = {"time": 7, "intake": "x"}
    load(office, row, effective_from=TODAY + timedelta(days=30))

    judgement = catalogue.judge(exported(office), organisation=office.agency, on=TODAY)

    assert judgement.faults == ()
    assert kinds(judgement) == [Kind.UNCHANGED]


def test_an_exported_list_that_was_edited_changes_from_the_asked_day(office, old):
    (table,) = exported(office)
    place = table.rows[3].index("Thời hạn")
    table.rows[4][place] = 7

    judgement = catalogue.judge(
        [table], organisation=office.agency, on=TODAY, effective_from=NEW_DAY
    )
    catalogue.load(judgement, by=None)

    assert [(v.processing_time, v.in_force_from) for v in versions()] == [
        (10, OLD_DAY),
        (7, NEW_DAY),
    ]
    again = catalogue.judge(
        [table], organisation=office.agency, on=TODAY, effective_from=NEW_DAY
    )
    assert kinds(again) == [Kind.UNCHANGED]


def test_agencies_of_one_name_are_told_apart_in_an_export(office):
    for symbol in ("X1", "X2"):
        commune = Organisation.objects.create(
            kind="agency", parent=office.province, name="UBND xã Tân Mỹ", symbol=symbol
        )
        make_procedure(replace(office, agency=commune), code="2.000001")

    judgement = catalogue.judge(
        exported(office), organisation=office.province, on=TODAY
    )

    assert judgement.faults == ()
    assert kinds(judgement) == [Kind.UNCHANGED] * 2


def test_text_that_looks_like_a_formula_stays_text_in_an_export(office):
    make_procedure(office, name="=1+1", note="@a", fee_note="-5")

    content = exporting.export(Procedure.objects.all(), TODAY)

    book = load_workbook(io.BytesIO(content))
    found = {c.value: c for c in book.active[5] if isinstance(c.value, str)}
    for text in ("=1+1", "@a", "-5"):
        assert found[text].data_type == "s"
        assert found[text].quotePrefix


def test_the_blank_form_has_every_heading_and_no_row():
    sheets = read_workbook(io.BytesIO(exporting.blank()), name="mau.xlsx")

    assert [table.name for table in sheets] == ["Danh mục TTHC", "Hướng dẫn"]
    assert sheets[0].rows == [list(HEADINGS.values())]
    (fault,) = read(sheets).faults
    assert "The list is empty" in fault.sentence


def test_the_blank_form_filled_in_can_be_loaded(office):
    book = load_workbook(io.BytesIO(exporting.blank()))
    for place, key in enumerate(HEADINGS, 1):
        if key in BASE:
            book.active.cell(2, place, BASE[key])
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)

    judgement = catalogue.judge(
        read_workbook(stream, name="mau.xlsx"),
        organisation=office.agency,
        on=TODAY,
        effective_from=NEW_DAY,
    )

    assert kinds(judgement) == [Kind.NEW]

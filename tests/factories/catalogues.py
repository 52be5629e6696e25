"""Catalogues as people send them, judged and loaded."""

from datetime import date
from typing import Any

from postal_tthc.lib.sheets import Sheet
from procedures import catalogue
from procedures.catalogue import Judgement, Kind
from procedures.models import Procedure
from procedures.spreadsheets.columns import HEADINGS
from tests.factories.offices import Office

OLD_DAY, NEW_DAY, TODAY = date(2015, 1, 1), date(2020, 1, 20), date(2020, 9, 29)
NAME = "Thi tuyển công chức"
BASE = {
    "code": "1.001445",
    "name": NAME,
    "field": "Công chức",
    "time": "10 ngày làm việc",
    "intake": None,
    "result": "x",
}


def sheet(*rows: dict[str, Any]) -> list[Sheet]:
    """A sheet with a column for every key in the rows, each on top of ``BASE``."""
    filled = [BASE | row for row in rows]
    keys = list(dict.fromkeys(key for row in filled for key in row))
    head = [HEADINGS[key] for key in keys]
    return [Sheet("S", [head, *([row.get(key) for key in keys] for row in filled)])]


def judge(office: Office, *rows: dict[str, Any], **options: Any) -> Judgement:
    options = {"on": TODAY, "organisation": office.agency} | options
    return catalogue.judge(sheet(*rows), **options)


def load(office: Office, *rows: dict[str, Any], **options: Any) -> Judgement:
    judgement = judge(office, *rows, **options)
    assert judgement.faults == ()
    catalogue.load(judgement, by=office.catalogue_manager)
    return judgement


def told(judgement: Judgement) -> list[tuple[int, str, str]]:
    return [(f.row, f.heading, f.sentence) for f in judgement.faults]


def kinds(judgement: Judgement) -> list[Kind]:
    return [change.kind for change in judgement.changes]


def versions(code: str = "1.001445") -> list[Procedure]:
    return list(Procedure.objects.filter(code=code).order_by("in_force_from"))


def legs(procedure: Procedure) -> list[tuple[str, bool, str, date, date | None]]:
    rows = procedure.eligibilities.order_by("leg", "valid_from")
    return [
        (row.leg, row.is_eligible, row.reason, row.valid_from, row.valid_to)
        for row in rows
    ]

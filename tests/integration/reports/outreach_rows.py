"""Lines of the outreach ledger, and what the database refuses of them."""

from datetime import date

from django.db.models import Model

from reports.actions import outreach
from reports.models import OutreachEvent
from tests.factories.dossiers import at
from tests.factories.offices import Office

MODELS = [OutreachEvent]
NOW = at(date(2020, 9, 29))


def make_rows(office: Office) -> dict[type[Model], tuple[Model, Model]]:
    """Two lawful lines."""
    first, second = (
        outreach.record(
            OutreachEvent(
                organisation=office.agency,
                kind=kind,
                held_on=date(2020, 6, 17),
                title="phổ biến Quyết định số 45/2016/QĐ-TTg",
            ),
            by=office.clerk,
            at=NOW,
        )
        for kind in ("briefing", "posting")
    )
    return {OutreachEvent: (first, second)}


BAD = [
    (OutreachEvent, "outreach_kind_is_known", {"kind": "rumour"}),
    (OutreachEvent, "outreach_kind_is_known", {"kind": ""}),
    (OutreachEvent, "outreach_says_what_was_done", {"title": ""}),
]
DOUBLES: list[tuple[type[Model], tuple[str, ...], dict[str, object]]] = []

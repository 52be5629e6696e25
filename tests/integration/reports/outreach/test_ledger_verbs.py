"""The outreach ledger: written by its own people, mended, void with a reason."""

from datetime import date

import pytest
from auditlog.models import LogEntry

from postal_tthc.accounts.roles import ABILITIES, Ability, Role
from postal_tthc.errors import Conflict, Invalid, Refused
from reports import counting
from reports.actions import outreach as actions
from reports.models import OutreachEvent
from reports.periods import parse
from tests.factories.dossiers import at
from tests.factories.offices import Office

pytestmark = pytest.mark.django_db

NOW = at(date(2020, 9, 29))
DAY = date(2020, 6, 17)
TITLE = "niêm yết danh mục thủ tục hành chính thực hiện qua bưu chính công ích"


def unsaved(office: Office, **values: object) -> OutreachEvent:
    values = {"kind": "posting", "held_on": DAY, "title": TITLE} | values
    return OutreachEvent(organisation=office.agency, **values)


def recorded(office: Office, **values: object) -> OutreachEvent:
    return actions.record(unsaved(office, **values), by=office.clerk, at=NOW)


def counted(office: Office, word: str = "2020") -> list[str]:
    figures = counting.count(office.agency, parse(word), today=date(2020, 10, 1))
    return [line.title for line in figures.outreach]


@pytest.mark.parametrize("role", [Role.CLERK, Role.CATALOGUE_MANAGER])
def test_a_line_is_written_and_counted_in_its_period(office, role):
    event = actions.record(unsaved(office), by=office.people[role], at=NOW)

    assert event.entered_by == office.people[role]
    assert counted(office) == [TITLE]
    assert counted(office, "2019") == []


OTHERS = [role for role in Role if Ability.KEEP_LEDGER not in ABILITIES[role]]


@pytest.mark.parametrize("role", OTHERS)
def test_who_does_not_keep_the_ledger_changes_nothing_in_it(office, role):
    event = recorded(office)
    by = office.people[role]

    with pytest.raises(Refused):
        actions.record(unsaved(office), by=by, at=NOW)
    with pytest.raises(Refused):
        actions.correct(event, {"title": "khác"}, by=by, at=NOW)
    with pytest.raises(Refused):
        actions.void(event, reason="Nhầm", by=by)

    assert list(OutreachEvent.objects.values_list("title", "void_reason")) == [
        (TITLE, "")
    ]


def test_another_organisation_changes_nothing_in_the_ledger(office, other_office):
    event = recorded(office)
    by = other_office.clerk

    with pytest.raises(Refused, match="by its own people"):
        actions.record(unsaved(office), by=by, at=NOW)
    with pytest.raises(Refused, match="by its own people"):
        actions.correct(event, {"title": "khác"}, by=by, at=NOW)
    with pytest.raises(Refused, match="by its own people"):
        actions.void(event, reason="Nhầm", by=by)

    assert list(OutreachEvent.objects.values_list("title", "void_reason")) == [
        (TITLE, "")
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"held_on": date(2020, 9, 30)}, "has not come yet"),
        ({"held_on": date(1999, 12, 31)}, "begins with the year 2000"),
        ({"title": "  "}, "what was done"),
    ],
)
def test_what_cannot_be_is_neither_written_nor_corrected_so(office, values, told):
    with pytest.raises(Invalid, match=told):
        recorded(office, **values)
    assert not OutreachEvent.objects.exists()

    event = recorded(office)
    with pytest.raises(Invalid, match=told):
        actions.correct(event, values, by=office.clerk, at=NOW)
    assert OutreachEvent.objects.get().title == TITLE


def test_today_is_no_day_to_come(office):
    assert recorded(office, held_on=date(2020, 9, 29)).pk


def test_a_correction_is_kept_in_the_audit_log(office):
    event = recorded(office)

    actions.correct(event, {"reached": 120}, by=office.catalogue_manager, at=NOW)

    entry = LogEntry.objects.get_for_object(event).get(action=LogEntry.Action.UPDATE)
    assert entry.changes == {"reached": ["None", "120"]}


def test_what_somebody_else_changed_meanwhile_is_not_written_over(office):
    event = recorded(office)
    seen = actions.fingerprint(event)
    actions.correct(event, {"reached": 120}, by=office.clerk, at=NOW, seen=seen)

    with pytest.raises(Conflict, match="Somebody else"):
        actions.correct(event, {"reached": 50}, by=office.clerk, at=NOW, seen=seen)

    assert OutreachEvent.objects.get().reached == 120


def test_a_void_line_stays_and_is_not_counted(office):
    event = recorded(office)

    actions.void(event, reason=" Ghi hai lần ", by=office.clerk)

    assert OutreachEvent.objects.get().void_reason == "Ghi hai lần"
    assert counted(office) == []


def test_a_line_is_void_for_a_reason(office):
    event = recorded(office)

    with pytest.raises(Invalid, match="why"):
        actions.void(event, reason=" ", by=office.clerk)

    assert not OutreachEvent.objects.get().is_void


def test_a_void_line_is_neither_corrected_nor_void_again(office):
    event = recorded(office)
    actions.void(event, reason="Ghi hai lần", by=office.clerk)

    with pytest.raises(Conflict, match="Ghi hai lần"):
        actions.correct(event, {"title": "khác"}, by=office.clerk, at=NOW)
    with pytest.raises(Conflict, match="Ghi hai lần"):
        actions.void(event, reason="Nhầm", by=office.clerk)

    assert OutreachEvent.objects.get().title == TITLE

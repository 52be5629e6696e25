"""An import is undone while nothing has happened since, and only then."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from dossiers import actions, custody
from dossiers.models import CustodyEntry, Dossier, ImportedRow, PostalItem
from dossiers.spreadsheets.undoing import undo
from dossiers.statuses import Status
from postal_tthc.errors import Conflict, Refused
from procedures.models import Leg
from reports import periods
from reports.counting.dossiers import count
from tests.factories.dossiers import at, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, kept

DAY = date(2020, 3, 5)


def test_an_import_is_undone_as_if_it_had_never_been(office):
    content = workbooks.plain(make_procedure(office).code)
    source = bring(office, content)

    source = undo(source, by=office.clerk, at=timezone.now())

    assert source.status == "undone"
    assert source.undone_by == office.clerk
    assert not Dossier.objects.exists()
    assert not CustodyEntry.objects.exists()
    assert not ImportedRow.objects.exists()
    assert Path(source.file.path).read_bytes() == content
    assert kept(office, content).counts["new"] == 2


def test_what_was_changed_is_put_back(office):
    dossier = receive(office, on=date(2020, 3, 5), applicant_name="Lê Văn Cũ")
    lines = [
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"],
        [dossier.code, dossier.procedure.code, date(2020, 3, 5), "Lê Văn Mới"],
    ]
    source = bring(office, workbooks.packed(workbooks.book(lines)[0]))

    undo(source, by=office.clerk, at=timezone.now())

    dossier.refresh_from_db()
    assert dossier.applicant_name == "Lê Văn Cũ"
    assert custody.verify().breaks == []


def test_an_import_stays_when_something_has_happened_since(office):
    source = bring(office, workbooks.plain(make_procedure(office).code))
    dossier = Dossier.objects.get(status=Status.RECEIVED)
    actions.start_processing(dossier, by=office.case_officer, at=at(date(2020, 3, 6)))

    with pytest.raises(Conflict, match=dossier.code):
        undo(source, by=office.clerk, at=timezone.now())

    assert Dossier.objects.count() == 2
    assert source.rows.count() == 2


def test_only_a_clerk_of_the_organisation_undoes(office, other_office):
    source = bring(office, workbooks.plain(make_procedure(office).code))

    for person in (office.leader, other_office.clerk):
        with pytest.raises(Refused):
            undo(source, by=person, at=timezone.now())
    assert Dossier.objects.count() == 2


def test_an_import_is_undone_once(office):
    source = bring(office, workbooks.plain(make_procedure(office).code))
    source = undo(source, by=office.clerk, at=timezone.now())

    with pytest.raises(Conflict, match="nothing to undo"):
        undo(source, by=office.clerk, at=timezone.now())


def test_figures_are_afterwards_as_before_and_numbers_go_on(office):
    procedure = make_procedure(office)
    receive(office, procedure, on=DAY)
    before = figures(office)
    source = bring(office, workbooks.plain(procedure.code))
    assert figures(office) != before

    undo(source, by=office.clerk, at=timezone.now())

    assert figures(office) == before
    # A number that was on paper for a moment is not another dossier's later.
    assert receive(office, procedure, on=DAY).code == "H02.16-200305-0004"


def figures(office):
    """What the agency did in the year."""
    return count(office.agency, periods.parse("2020"), today=date(2020, 12, 31))


def test_a_dossier_with_an_item_is_not_taken_away(office):
    source = bring(office, workbooks.plain(make_procedure(office).code))
    dossier = Dossier.objects.get(status=Status.RECEIVED)
    item = PostalItem.objects.create(number="RR123456785VN", leg=Leg.INTAKE)
    item.dossiers.add(dossier)

    with pytest.raises(Conflict, match=dossier.code):
        undo(source, by=office.clerk, at=timezone.now())

    assert Dossier.objects.count() == 2


def test_what_was_changed_and_touched_again_stays(office):
    dossier = receive(office, on=DAY, applicant_name="Lê Văn Cũ")
    lines = [
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"],
        [dossier.code, dossier.procedure.code, DAY, "Lê Văn Mới"],
        [None, dossier.procedure.code, DAY, "Trần Văn Bình"],
    ]
    source = bring(office, workbooks.packed(workbooks.book(lines)[0]))
    actions.correct(dossier, {"note": "gọi lại"}, by=office.clerk, at=timezone.now())

    with pytest.raises(Conflict, match=dossier.code):
        undo(source, by=office.clerk, at=timezone.now())

    dossier.refresh_from_db()
    assert (dossier.applicant_name, dossier.note) == ("Lê Văn Mới", "gọi lại")
    assert Dossier.objects.count() == 2

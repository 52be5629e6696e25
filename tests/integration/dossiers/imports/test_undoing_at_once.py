"""An import is undone while somebody works: one wins, the other is told in words."""

from datetime import date

import pytest
from django.utils import timezone

from dossiers import actions, custody
from dossiers.models import CustodyEntry, Dossier, ImportedRow, RegisterImport
from dossiers.spreadsheets import importing
from dossiers.spreadsheets.undoing import undo
from dossiers.statuses import Status
from postal_tthc.errors import Conflict
from tests.factories.dossiers import at
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, kept
from tests.integration.dossiers.test_at_the_same_time import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("order", [1, -1], ids=["undoing first", "step first"])
def test_undoing_and_a_step_exclude_each_other(office, order):
    source = bring(office, workbooks.plain(make_procedure(office).code))
    dossier = Dossier.objects.get(status=Status.RECEIVED)
    day = at(date(2020, 3, 6))

    def step():
        return actions.start_processing(dossier, by=office.case_officer, at=day)

    def back():
        return undo(source, by=office.clerk, at=timezone.now())

    answers = all_at_once(*[step, back][::order])

    (loser,) = [answer for answer in answers if isinstance(answer, Exception)]
    assert type(loser) is Conflict
    assert dossier.code in str(loser)
    source.refresh_from_db()
    if source.status == RegisterImport.Status.UNDONE:
        assert not Dossier.objects.exists()
        assert not CustodyEntry.objects.exists()
    else:
        assert Dossier.objects.count() == ImportedRow.objects.count() == 2
        assert dossier.custody.count() == 2
    assert custody.verify().breaks == []


def test_undone_twice_at_once_is_undone_once(office):
    source = bring(office, workbooks.plain(make_procedure(office).code))

    def back():
        return undo(source, by=office.clerk, at=timezone.now())

    answers = all_at_once(back, back)

    assert [type(x) for x in answers if isinstance(x, Exception)] == [Conflict]
    assert not Dossier.objects.exists()


def test_written_twice_at_once_is_written_once(office):
    source = kept(office, workbooks.plain(make_procedure(office).code))

    def write():
        return importing.write(source, by=office.clerk, at=timezone.now())

    answers = all_at_once(write, write)

    assert [type(x) for x in answers if isinstance(x, Exception)] == [Conflict]
    assert Dossier.objects.count() == ImportedRow.objects.count() == 2


def test_two_files_with_one_code_at_once_make_one_dossier(office):
    code = make_procedure(office).code
    headings = ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"]
    sources = []
    for name in ("Lê Văn Một", "Lê Văn Hai"):
        line = ["H02.16-200305-0007", code, date(2020, 3, 5), name]
        sources.append(
            kept(office, workbooks.packed(workbooks.book([headings, line])[0]))
        )

    def write(source):
        return lambda: importing.write(source, by=office.clerk, at=timezone.now())

    answers = all_at_once(*map(write, sources))

    (loser,) = [answer for answer in answers if isinstance(answer, Exception)]
    assert type(loser) is importing.ChangedMeanwhile
    assert Dossier.objects.count() == CustodyEntry.objects.count() == 1
    assert ImportedRow.objects.count() == 1

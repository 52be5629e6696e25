"""``verify_custody``: whole logs end with 0, a broken one is named and ends with 1."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dossiers import actions
from dossiers.models import CustodyEntry, Dossier, Paper
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at, receive

ENTRIES = CustodyEntry._meta.db_table
DOSSIERS, PAPERS = Dossier._meta.db_table, Paper._meta.db_table

REMOVED = f"DELETE FROM {ENTRIES} WHERE dossier_id = %s AND"
LAST = "WHERE dossier_id = %s AND sequence = 4"


@pytest.fixture
def dossier(office) -> Dossier:
    """Four entries: received, processed, finished, returned."""
    return dossier_at(Status.RETURNED, office)


def verify(*options: str) -> tuple[int, str]:
    """The exit status and everything that was said."""
    said = StringIO()
    try:
        call_command("verify_custody", *options, stdout=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


def tamper(sql: str, *values: object) -> None:
    """Past every guard of the models, as somebody at the database would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_whole_logs_are_counted_and_end_with_0(office, dossier):
    receive(office)

    status, said = verify()

    assert status == 0
    assert "5 entries were checked." in said
    assert "Every link holds." in said


def test_an_empty_register_is_whole(db):
    assert verify() == (0, "0 entries were checked.\nEvery link holds.\n")


TAMPERINGS = {
    "a note rewritten": (
        f"UPDATE {ENTRIES} SET note = 'khác' WHERE dossier_id = %s AND sequence = 2",
        2,
        "this entry was changed after it was written",
    ),
    "a moment moved": (
        f"UPDATE {ENTRIES} SET at = recorded_at WHERE dossier_id = %s AND sequence = 3",
        3,
        "this entry was changed after it was written",
    ),
    "another holder": (
        f"UPDATE {ENTRIES} SET held_by_id = NULL WHERE dossier_id = %s",
        1,
        "this entry was changed after it was written",
    ),
    "an entry removed": (
        f"{REMOVED} sequence = 2",
        2,
        "this entry is gone",
    ),
    "an entry removed, the others moved up": (
        f"{REMOVED} sequence = 3; UPDATE {ENTRIES} SET sequence = 3 {LAST}",
        3,
        "this entry does not follow the one before it",
    ),
    "the last entry removed": (
        f"DELETE FROM {ENTRIES} {LAST}",
        4,
        "the entries from here on are gone",
    ),
    "all entries removed": (
        f"DELETE FROM {ENTRIES} WHERE dossier_id = %s",
        1,
        "the entries from here on are gone",
    ),
    "a due date moved": (
        f"UPDATE {DOSSIERS} SET due_on = '2020-07-01' WHERE id = %s",
        4,
        "not as this last entry left them",
    ),
    "a paper given away": (
        f"UPDATE {PAPERS} SET outcome = 'kept_by_law' WHERE dossier_id = %s",
        4,
        "not as this last entry left them",
    ),
}


@pytest.mark.parametrize(
    ("sql", "sequence", "what"), TAMPERINGS.values(), ids=TAMPERINGS
)
def test_the_first_broken_link_is_named(office, dossier, sql, sequence, what):
    for statement in sql.split(";"):
        tamper(statement, dossier.pk)

    status, said = verify()

    assert status == 1
    assert f"{dossier.code}, entry {sequence}: " in said
    assert what in said
    assert "The custody log of 1 dossier is broken." in said
    assert "Every link holds." not in said


def test_every_broken_dossier_is_named_once(office, dossier):
    other = dossier_at(Status.PROCESSING, office)
    whole = receive(office)
    tamper(f"UPDATE {ENTRIES} SET note = 'khác'")

    status, said = verify()

    assert status == 1
    assert said.count(f"{dossier.code}, entry 1") == 1
    assert said.count(f"{other.code}, entry 1") == 1
    assert said.count(whole.code) == 1
    assert "The custody logs of 3 dossiers are broken." in said


def test_one_dossier_can_be_checked_alone(office, dossier):
    other = receive(office)
    tamper(f"UPDATE {ENTRIES} SET note = 'khác' WHERE dossier_id = %s", other.pk)

    assert verify("--dossier", dossier.code)[0] == 0
    assert verify("--dossier", other.code.lower())[0] == 1


def test_an_unknown_code_is_told(db):
    status, said = verify("--dossier", "H02.16-200601-9999")

    assert status == 2
    assert "No dossier has the code H02.16-200601-9999." in said


def test_nothing_is_changed_by_looking(office, dossier):
    tamper(f"UPDATE {DOSSIERS} SET due_on = '2020-07-01' WHERE id = %s", dossier.pk)
    verify()

    dossier.refresh_from_db()
    assert f"{dossier.due_on}" == "2020-07-01"
    assert verify()[0] == 1


def test_corrections_and_steps_taken_back_keep_it_whole(office, dossier):
    later = at(MONDAY.replace(day=10))
    actions.take_back(dossier, reason="Nhầm", by=office.clerk, at=later)
    actions.correct(dossier, {"note": "Gấp"}, by=office.clerk, at=later)

    assert verify()[0] == 0

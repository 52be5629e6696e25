"""Taking away a register that was looked at and is not to be written."""

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from dossiers.models import Dossier, RegisterImport
from dossiers.spreadsheets import background
from dossiers.spreadsheets.discarding import discard
from dossiers.spreadsheets.undoing import undo
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Refused
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, kept

LIST = "/dossiers/imports/"
BUTTON = "Take this file away"


@pytest.fixture
def content(office) -> bytes:
    return workbooks.plain(make_procedure(office).code)


@pytest.fixture
def source(office, content) -> RegisterImport:
    return kept(office, content)


def is_stored(source: RegisterImport) -> bool:
    return source.file.storage.exists(source.file.name)


def test_it_goes_with_its_file_and_the_log_says_who(
    office, sign_in, source, content, django_capture_on_commit_callbacks
):
    client, other = sign_in("clerk"), kept(office, content)
    assert BUTTON in client.get(f"{LIST}{source.pk}/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{LIST}{source.pk}/discard/", follow=True)

    assert "nothing of it had been written" in page.content.decode()
    assert page.redirect_chain == [(LIST, 302)]
    assert list(RegisterImport.objects.all()) == [other]
    assert (is_stored(source), is_stored(other)) == (False, True)
    entry = LogEntry.objects.get(
        object_pk=str(source.pk), action=LogEntry.Action.DELETE
    )
    assert entry.actor == office.clerk
    assert entry.changes_dict["sha256"] == [source.file_hash, ""]
    assert client.post(f"{LIST}{source.pk}/discard/").status_code == 404


def test_one_that_could_not_be_judged_goes_too(office, source):
    RegisterImport.objects.filter(pk=source.pk).update(status="failed")
    discard(source, by=office.clerk)
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK}))
def test_only_clerks_take_it_away(office, sign_in, source, role):
    assert sign_in(role).post(f"{LIST}{source.pk}/discard/").status_code == 403
    with pytest.raises(Refused):
        discard(source, by=office.people[role])
    assert is_stored(source)


def test_nobody_of_another_organisation_does(other_office, sign_in, source):
    client = sign_in("clerk", other_office)
    assert client.post(f"{LIST}{source.pk}/discard/").status_code == 404
    with pytest.raises(Refused, match="another organisation"):
        discard(source, by=other_office.clerk)
    assert is_stored(source)


@pytest.mark.parametrize("is_undone", [False, True])
def test_what_was_written_stays_with_its_hash(office, sign_in, content, is_undone):
    source, client = bring(office, content), sign_in("clerk")
    if is_undone:
        undo(source, by=office.clerk, at=timezone.now())
    dossiers = Dossier.objects.count()
    assert BUTTON not in client.get(f"{LIST}{source.pk}/").content.decode()

    page = client.post(f"{LIST}{source.pk}/discard/", follow=True)

    assert "was written already" in page.content.decode()
    assert RegisterImport.objects.filter(pk=source.pk).exists()
    assert is_stored(source)
    assert Dossier.objects.count() == dossiers


def test_what_is_worked_on_stays(office, sign_in, source):
    # The job waits: nothing is committed in this test.
    background.start_writing(source, by=office.clerk, skips_faulty=False)
    client = sign_in("clerk")
    assert BUTTON not in client.get(f"{LIST}{source.pk}/").content.decode()

    page = client.post(f"{LIST}{source.pk}/discard/", follow=True)

    assert "is being worked on" in page.content.decode()
    assert RegisterImport.objects.filter(pk=source.pk).exists()


def test_who_comes_second_finds_it_gone_and_is_not_in_the_log(
    office, source, django_capture_on_commit_callbacks
):
    of_second = RegisterImport.objects.get(pk=source.pk)
    colleague = User.objects.create(
        username="second", role=Role.CLERK, organisation=office.desk
    )

    with django_capture_on_commit_callbacks(execute=True):
        discard(source, by=office.clerk)
        discard(of_second, by=colleague)

    entry = LogEntry.objects.get(
        object_pk=str(source.pk), action=LogEntry.Action.DELETE
    )
    assert entry.actor == office.clerk
    assert not RegisterImport.objects.exists()
    assert not is_stored(of_second)


def test_a_failure_leaves_row_file_and_log(
    office, source, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(self, *args, **kwargs):
        raise Conflict("power cut")

    monkeypatch.setattr(RegisterImport, "delete", fail)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Conflict, match="power cut"),
    ):
        discard(source, by=office.clerk)

    assert RegisterImport.objects.get() == source
    assert is_stored(source)
    assert not LogEntry.objects.filter(object_pk=str(source.pk), action=2).exists()

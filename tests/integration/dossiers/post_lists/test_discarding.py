"""Taking away a list of the post that was looked at and is not to be written."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry

from dossiers.models import PostalItem, PostList
from dossiers.post_lists import background, keeping
from dossiers.post_lists.discarding import discard
from dossiers.statuses import Status
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Refused
from postal_tthc.jobs.actions import stop
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.integration.dossiers.post_lists.lists import PROVINCIAL, workbook

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

PAGE = "/dossiers/post-lists/"
NOW = at(MONDAY + timedelta(days=30))
BUTTON = "Take this file away"
MAY = {Role.CLERK, Role.POSTAL_CLERK}


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


def brought(item: PostalItem, by: User) -> PostList:
    """The list, kept and matched by the person who may."""
    told = {
        "Mã vận đơn bưu điện": item.number,
        "Trạng thái": "Phát thành công",
        "Ngày trạng thái": date(2020, 6, 5),
    }
    file = workbook(PROVINCIAL, [told])
    source = keeping.keep(file, "a.xlsx", by=by, at=NOW)
    return keeping.match(source, by=by, at=NOW)


@pytest.fixture
def source(office, item) -> PostList:
    return brought(item, office.clerk)


def is_stored(source: PostList) -> bool:
    return source.file.storage.exists(source.file.name)


@pytest.mark.parametrize("role", sorted(MAY))
def test_it_goes_with_its_file_and_the_log_says_who(
    office, sign_in, item, role, django_capture_on_commit_callbacks
):
    client, source = sign_in(role), brought(item, office.people[role])
    assert BUTTON in client.get(f"{PAGE}{source.pk}/").text

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{PAGE}{source.pk}/discard/", follow=True)

    assert "nothing of it had been written" in page.text
    assert not PostList.objects.exists()
    assert not is_stored(source)
    entry = LogEntry.objects.get(
        object_pk=str(source.pk), action=LogEntry.Action.DELETE
    )
    assert entry.actor == office.people[role]
    assert entry.changes_dict["file"] == ["a.xlsx", ""]


@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_others_do_not(office, sign_in, source, role):
    assert sign_in(role).post(f"{PAGE}{source.pk}/discard/").status_code == 403
    with pytest.raises(Refused):
        discard(source, by=office.people[role])
    assert is_stored(source)


def test_nobody_of_another_organisation_does(other_office, sign_in, source):
    client = sign_in("clerk", other_office)
    assert client.post(f"{PAGE}{source.pk}/discard/").status_code == 404
    with pytest.raises(Refused, match="another organisation"):
        discard(source, by=other_office.clerk)
    assert is_stored(source)


def refused(client, source: PostList) -> None:
    """It is not offered, and asked for all the same it stays."""
    assert BUTTON not in client.get(f"{PAGE}{source.pk}/").text
    page = client.post(f"{PAGE}{source.pk}/discard/", follow=True)
    assert "so it stays" in page.text
    assert PostList.objects.filter(pk=source.pk).exists()
    assert is_stored(source)


def test_what_was_written_stays_also_when_it_is_matched_again(office, sign_in, source):
    keeping.write(source, by=office.clerk, at=NOW)
    refused(sign_in("clerk"), source)
    keeping.match(source, by=office.clerk, at=NOW + timedelta(hours=1))
    assert not source.is_written
    refused(sign_in("clerk"), source)


@pytest.mark.parametrize("do", [background.MATCH, background.WRITE])
def test_what_is_worked_on_stays(office, sign_in, source, do):
    # The job waits: nothing is committed in this test.
    background.ask(source, do, by=office.clerk)
    refused(sign_in("clerk"), source)


def test_a_writing_that_was_stopped_has_written_something(office, sign_in, source):
    job = background.ask(source, background.WRITE, by=office.clerk)
    stop(job, by=office.clerk)
    refused(sign_in("clerk"), source)

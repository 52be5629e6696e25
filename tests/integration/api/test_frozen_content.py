"""The content of a report by program: what was signed, not what is so today."""

import pytest

from reports.models import Report
from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.reports import begin, sign
from tests.integration.api.conftest import Ask

pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


@pytest.fixture
def report(office: Office) -> Report:
    """A draft over the half year in which a dossier came."""
    receive(office)
    return begin(office)


@pytest.fixture
def content(ask: Ask, report: Report):
    """What the program is told now."""
    client = ask("leader")
    return lambda: client.get(f"/api/v1/reports/{report.pk}/content/").json()


def test_what_was_signed_does_not_follow_the_register(
    office: Office, report: Report, content
) -> None:
    of_draft = content()
    receive(office)
    grown = content()
    signed = sign(report, office)
    told = content()
    receive(office)

    assert of_draft != grown
    assert of_draft["content_hash"] == grown["content_hash"] == ""
    assert told == {"content_hash": signed.content_hash, "content": signed.frozen}
    assert content() == told


def test_it_is_told_as_it_is_kept_to_the_letter(
    office: Office, report: Report, content
) -> None:
    signed = sign(report, office)
    # A report of years ago, frozen by a program that wrote it otherwise.
    Report.objects.filter(pk=report.pk).update(frozen={"kept": "as signed"})

    assert content() == {
        "content_hash": signed.content_hash,
        "content": {"kept": "as signed"},
    }

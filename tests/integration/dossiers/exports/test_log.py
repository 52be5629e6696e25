"""Whoever takes dossiers out of the system stands in its log."""

from datetime import date
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.urls import reverse

from dossiers.spreadsheets import serving
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from postal_tthc.jobs import Progress
from tests.factories.dossiers import receive
from tests.integration.dossiers.exports.test_pages import PAGE, asked, job


def logged() -> list[LogEntry]:
    kept = LogEntry.objects.get_for_model(Organisation)
    return list(kept.filter(action=LogEntry.Action.ACCESS).select_related("actor"))


def told(entry: LogEntry) -> dict[str, str]:
    return {name: after for name, (_before, after) in entry.changes.items()}


def test_a_file_that_comes_at_once_is_logged_with_its_columns_and_filters(
    sign_in, office
):
    receive(office, applicant_name="Lê Thị Hoa")
    receive(office, applicant_name="Trần Văn Bình")

    sign_in(Role.CLERK).post(PAGE, asked(query="q=hoa", file_format="ods"))

    (entry,) = logged()
    assert entry.actor == office.clerk
    assert entry.object_pk == str(office.clerk.organisation_id)
    assert told(entry) == {
        "export": "columns",
        "format": "ods",
        "dossiers": "1",
        "filters": "q=hoa",
        "columns": "code, applicant_name",
    }


def test_a_file_written_in_the_background_is_logged_too(office):
    receive(office)

    outcome = serving.work(job(office.clerk, layout="register"), Progress())

    outcome.content.unlink()
    (entry,) = logged()
    assert entry.actor == office.clerk
    assert (told(entry)["export"], told(entry)["dossiers"]) == ("register", "1")


def test_the_command_is_logged_without_a_person(office, tmp_path):
    receive(office, on=date(2020, 6, 1))

    call_command(
        "export_register",
        organisation="SNV",
        start="2020-01-01",
        end="2020-12-31",
        output=tmp_path / "x.xlsx",
        stdout=StringIO(),
    )

    (entry,) = logged()
    assert entry.actor is None
    assert told(entry)["dossiers"] == "1"


@pytest.mark.parametrize("wrong", [{"columns": []}, {"query": "q=nobody"}])
def test_what_was_refused_is_not_logged(wrong, sign_in, office):
    receive(office)

    assert sign_in(Role.CLERK).post(PAGE, asked(**wrong)).status_code == 422
    assert logged() == []


def test_a_superuser_reads_it_in_the_log_of_the_system(sign_in, office, client):
    receive(office)
    sign_in(Role.CLERK).post(PAGE, asked())
    (entry,) = logged()
    client.force_login(User.objects.create_superuser("root"))

    address = reverse("admin:auditlog_logentry_change", args=[entry.pk])
    response = client.get(address)

    assert response.status_code == 200
    assert "applicant_name" in response.text

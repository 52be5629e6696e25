"""What a hostile reader asks of figures."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from dossiers.statuses import Status
from tests.factories.dossiers import dossier_at
from tests.factories.offices import Office


@pytest.mark.parametrize("command", ["figures", "export_report"])
def test_a_post_office_does_not_report_its_province(
    office: Office, command: str, tmp_path
) -> None:
    more = [f"--output={tmp_path / 'x.xlsx'}"] if command == "export_report" else []
    with pytest.raises(CommandError, match="is a post office"):
        call_command(
            command,
            f"--organisation={office.post_office.symbol}",
            "--period=2019",
            *more,
        )


@pytest.mark.parametrize("counted", ["carried_over", "outstanding", "open_overdue"])
def test_a_period_that_has_not_begun_opens_nothing(
    office: Office, sign_in, time_machine, counted: str
) -> None:
    dossier_at(Status.PROCESSING, office)
    time_machine.move_to(date(2020, 12, 1))
    page = sign_in("leader").get(
        "/dossiers/", {"counted": counted, "start": "2027-01-01", "end": "2027-12-31"}
    )
    assert page.context["page"].rows == []


def test_a_seventh_period_is_not_dropped_without_a_word(
    office: Office, sign_in
) -> None:
    words = [f"{year}" for year in range(2013, 2020)]
    page = sign_in("leader").get("/reports/yearly/", {"period": words})
    assert "At most 6 periods" in page.content.decode()

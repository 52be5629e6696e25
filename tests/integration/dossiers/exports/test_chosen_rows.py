"""Which dossiers an export is about, how many it may be, and what it leaves behind."""

from datetime import date
from typing import Any

import pytest

from dossiers.models import Dossier
from dossiers.spreadsheets import serving
from dossiers.spreadsheets.exporting import Wish, choose
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from postal_tthc.jobs.models import Job
from tests.factories.dossiers import dossier_at, receive
from tests.integration.dossiers.exports.test_pages import PAGE, asked, cells


@pytest.fixture
def page(sign_in) -> Any:
    return sign_in(Role.CLERK)


@pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("tab=overdue", {Status.PROCESSING, Status.RECEIVED}),
        ("tab=returned", {Status.RETURNED}),
        ("tab=paused", {Status.AWAITING_PAYMENT}),
        ("tab=overdue&q=hoa", {Status.RECEIVED}),
    ],
)
def test_the_tab_of_the_register_holds_for_its_export(page, office, query, states):
    for status in (Status.PROCESSING, Status.RETURNED, Status.AWAITING_PAYMENT):
        dossier_at(status, office)
    receive(office, applicant_name="Lê Thị Hoa")
    expected = Dossier.objects.filter(status__in=states).values_list("code", flat=True)

    listed = page.get(f"/dossiers/?{query}").text
    answer = page.post(PAGE, asked(query=query))

    assert sorted(row[0] for row in cells(answer.content)[1:]) == sorted(expected)
    assert f"Export ({len(states)})" in listed


def test_a_tab_with_nothing_in_it_is_not_exported(page, office):
    receive(office)

    answer = page.post(PAGE, asked(query="tab=returned"))

    assert answer.status_code == 422
    assert "there is nothing to export." in answer.text


@pytest.mark.parametrize(("most", "is_refused"), [(1, True), (2, False)])
@pytest.mark.parametrize("at_once", [0, 5_000])
def test_more_rows_than_a_sheet_holds_are_refused_when_they_are_asked_for(
    page, office, monkeypatch, most, is_refused, at_once
):
    monkeypatch.setattr(serving, "MOST_ROWS", most)
    monkeypatch.setattr(serving, "AT_ONCE", at_once)
    for _ in range(2):
        receive(office)

    answer = page.post(PAGE, asked())

    assert (answer.status_code == 422) is is_refused
    assert Job.objects.exists() is (not is_refused and not at_once)
    if is_refused:
        assert "dossiers at most. Narrow the list, by year say." in answer.text


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_file_that_was_served_at_once_leaves_nothing_behind(
    page, office, tmp_path, monkeypatch, kind
):
    receive(office)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert page.post(PAGE, asked(file_format=kind)).status_code == 200

    assert list(tmp_path.iterdir()) == []


def test_one_that_failed_leaves_nothing_either(page, office, tmp_path, monkeypatch):
    receive(office)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    # It grew past the sheet after it was counted.
    monkeypatch.setattr("postal_tthc.lib.big_sheets.MOST_ROWS", 0)

    answer = page.post(PAGE, asked())

    assert answer.status_code == 400
    assert "dossiers at most." in answer.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "before"),
    [
        ("received_from=2020-03-01", 2),
        ("received_from=2020-02-03", 0),
        ("received_from=2020-02-04&received_to=2020-02-04", 1),
        ("received_from=2020-01-01", 0),
        ("received_from=2019-12-31", 1),
        ("received_from=2021-01-01", 0),
        ("received_to=2020-12-31", 0),
        ("received_from=2020-03-01&q=hoa", 1),
    ],
)
def test_the_book_is_numbered_anew_each_year(office, query, before):
    for day in ((2019, 12, 30), (2020, 2, 3), (2020, 3, 5)):
        receive(office, on=date(*day))
    receive(office, on=date(2020, 2, 4), applicant_name="Lê Thị Hoa")

    chosen = choose(Wish(query=query, layout="register"), office.clerk)

    assert chosen.span.before == before

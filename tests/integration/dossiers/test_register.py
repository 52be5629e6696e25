"""The register: newest first, tabs with counts, and a sentence when it is empty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page

REGISTER = "/dossiers/"


def codes(response) -> list[str]:
    return [dossier.code for dossier in response.context["page"].rows]


def counts(response) -> dict[str, int]:
    return {tab["name"]: tab["count"].number for tab in response.context["tabs"]}


@pytest.fixture
def one_of_each(office):
    """One dossier in each status, all long past their due dates."""
    return {status: dossier_at(status, office) for status in Status}


def test_the_newest_stand_first(sign_in, office):
    receive(office, on=MONDAY)
    receive(office, on=MONDAY + timedelta(days=1))
    receive(office, on=MONDAY - timedelta(days=3))

    assert codes(sign_in("clerk").get(REGISTER)) == [
        "H02.16-200602-0001",
        "H02.16-200601-0001",
        "H02.16-200529-0001",
    ]


def test_a_row_tells_what_the_clerk_looks_for(sign_in, office):
    procedure = make_procedure(office, name="Thi tuyển công chức")
    dossier = receive(office, procedure, intake_channel="public_post")

    page = sign_in("clerk").get(REGISTER)

    for words in (
        dossier.code,
        "Nguyễn Văn A",
        "Thi tuyển công chức",
        "01/06/2020",
        "15/06/2020",
        "Public post",
        "Received",
        "days late",
    ):
        assert words in page.text
    assert dossier.get_absolute_url() in Page(page).links


@pytest.mark.parametrize(
    ("tab", "statuses"),
    [
        ("all", set(Status)),
        ("expected", {Status.REGISTERED, Status.ANNOUNCED}),
        (
            "open",
            {
                Status.RECEIVED,
                Status.PROCESSING,
                Status.AWAITING_SUPPLEMENT,
                Status.AWAITING_PAYMENT,
            },
        ),
        # A clock that was stopped in time is not overdue.
        ("overdue", {Status.RECEIVED, Status.PROCESSING}),
        ("paused", {Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT}),
        ("result_ready", {Status.RESULT_READY, Status.UNDELIVERED}),
        ("with_post", {Status.WITH_POST}),
        ("returned", {Status.RETURNED}),
        ("ended", {Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED}),
        ("no such tab", set(Status)),
    ],
)
def test_a_tab_counts_and_shows_its_own(sign_in, one_of_each, tab, statuses):
    response = sign_in("clerk").get(REGISTER, {"tab": tab})

    assert {d.status for d in response.context["page"].rows} == statuses
    assert counts(response).get(tab, len(Status)) == len(statuses)


def test_a_dossier_without_a_code_stands_under_its_provisional_number(sign_in, office):
    dossier = dossier_at(Status.ANNOUNCED, office)

    page = sign_in("clerk").get(REGISTER)

    assert f"TB-{dossier.pk}" in page.text
    assert dossier.get_absolute_url() in Page(page).links


def test_a_clock_stopped_too_late_is_overdue(sign_in, office):
    dossier = dossier_at(Status.PROCESSING, office)
    late = at(dossier.due_on + timedelta(days=1))
    client = sign_in("clerk")

    actions.request_payment(dossier, reason="Lệ phí", by=office.clerk, at=late)

    assert counts(client.get(REGISTER))["overdue"] == 1


def test_a_dossier_due_today_is_not_overdue(sign_in, office, time_machine):
    receive(office, make_procedure(office, processing_time=1))
    client = sign_in("clerk")

    time_machine.move_to(at(MONDAY + timedelta(days=1), hour=23), tick=False)
    assert counts(client.get(REGISTER))["overdue"] == 0
    time_machine.move_to(at(MONDAY + timedelta(days=2), hour=0), tick=False)
    assert counts(client.get(REGISTER))["overdue"] == 1


def test_tabs_count_what_the_filters_leave(sign_in, one_of_each):
    response = sign_in("clerk").get(REGISTER, {"status": "returned"})

    assert counts(response) == {
        "all": 1,
        "expected": 0,
        "open": 0,
        "overdue": 0,
        "paused": 0,
        "result_ready": 0,
        "with_post": 0,
        "originals": 0,
        "returned": 1,
        "ended": 0,
    }


def test_nothing_yet_offers_the_next_step(sign_in):
    page = sign_in("clerk").get(REGISTER)

    assert "No dossier has been received yet." in page.text
    assert "Enter the first one" in page.text


def test_nothing_yet_offers_no_step_to_whoever_may_not_make_it(sign_in):
    page = sign_in("leader").get(REGISTER)

    assert "No dossier has been received yet." in page.text
    assert "/dossiers/new/" not in page.text


def test_nothing_that_matches_offers_to_clear_the_filters(sign_in, office):
    receive(office)

    page = sign_in("clerk").get(REGISTER, {"q": "không có ai"})

    assert "No dossier matches these filters." in page.text
    assert "No dossier has been received yet." not in page.text
    assert REGISTER in Page(page).links


def test_an_empty_tab_says_so(sign_in, office):
    receive(office)

    page = sign_in("clerk").get(REGISTER, {"tab": "returned"})

    assert "Nothing here now." in page.text


def test_the_number_of_queries_does_not_grow_with_the_rows(
    sign_in, office, django_assert_max_num_queries
):
    client = sign_in("clerk")
    receive(office, make_procedure(office))
    with CaptureQueriesContext(connection) as for_one:
        client.get(REGISTER)
    for _ in range(30):
        receive(office, make_procedure(office))

    with django_assert_max_num_queries(len(for_one)):
        assert len(codes(client.get(REGISTER))) == 25

    assert Dossier.objects.count() == 31

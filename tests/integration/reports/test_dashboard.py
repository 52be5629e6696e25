"""Every number on the pages of figures opens exactly what it counts."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import dossier_at, receive
from tests.factories.procedures import make_procedure
from tests.integration.reports.numbers import numbers, page, wrong_numbers

pytestmark = pytest.mark.django_db

DASHBOARD, YEARLY = "/reports/", "/reports/yearly/"


@pytest.fixture
def leader(client: Client) -> Client:
    """The leader of the demo, speaking English."""
    client.force_login(User.objects.get(username="lanhdao"))
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.usefixtures("demo")
class TestTheDemo:
    """Asked of the demo, loaded once for all."""

    @pytest.mark.parametrize(("period", "links"), [("2019", 150), ("2020-9M", 140)])
    def test_every_number_of_the_dashboard_opens_what_it_counts(
        self, leader, period, links
    ):
        address = f"{DASHBOARD}?period={period}"

        assert len(numbers(leader, address)) >= links
        assert wrong_numbers(leader, address) == {}

    @pytest.mark.parametrize(
        ("address", "links"),
        [
            ("/reports/post/?period=2020-9M", 150),
            ("/reports/post/?period=2019", 100),
            ("/reports/drift/?period=2020-9M", 10),
            (
                "/reports/drift/?before=31/12/2018&after=01/01/2019&period=2019",
                8,
            ),
            ("/reports/workload/?period=2020-9M", 20),
        ],
    )
    def test_every_number_of_the_other_pages_opens_what_it_counts(
        self, leader, address, links
    ):
        assert len(numbers(leader, address)) >= links
        assert wrong_numbers(leader, address) == {}

    def test_every_number_of_the_province_opens_what_it_counts(self, client):
        client.force_login(User.objects.get(username="tonghop"))
        client.cookies["django_language"] = "en"

        assert wrong_numbers(client, f"{DASHBOARD}?period=2020-H2") == {}

    def test_the_leader_reads_the_year_before_beside_this_one(self, leader):
        body = " ".join(page(leader, f"{DASHBOARD}?period=2020-9M").split())

        assert ">12</a> /" in body
        assert "(7.69%), up 16.48 percentage points" in body

    def test_take_up_counts_those_that_could_have_gone_by_post(self, leader):
        shown = leader.get(f"{DASHBOARD}?period=2020-9M").context["tables"]["take_up"]
        could, took = shown.total[1].value, shown.total[2].value

        assert took == 29
        assert could == sum(row[1].value for row in shown.rows) > took

    def test_every_page_holds_its_numbers_in_its_file_too(self, leader):
        for name in ("dashboard", "post", "drift", "workload"):
            address = f"{reverse(f'reports:{name}')}?period=2020-9M"
            shown = leader.get(address).context["screen"]
            file = leader.get(f"{address}&format=xlsx")
            cells = {
                cell.value
                for sheet in load_workbook(BytesIO(file.content))
                for row in sheet.iter_rows()
                for cell in row
            }
            counts = {
                cell.value
                for table in shown.tables
                for line in table.lines
                for head, cell in line
                if head.kind == "count" and cell.value is not None
            }
            assert counts <= cells, name
            assert "2020-9M" in file["Content-Disposition"]

    def test_the_dashboard_asks_the_same_however_long_the_period(
        self, leader, django_assert_max_num_queries
    ):
        with CaptureQueriesContext(connection) as month:
            leader.get(f"{DASHBOARD}?period=2020-06")
        with django_assert_max_num_queries(len(month)):
            leader.get(f"{DASHBOARD}?period=2019-01-01..2020-09-30")

        assert len(month) <= 42

    def test_every_number_of_the_yearly_page_opens_what_it_counts(self, leader):
        address = f"{YEARLY}?period=2019&period=2020-9M&period=2020-9M@15"

        assert len(numbers(leader, address)) >= 45
        assert wrong_numbers(leader, address) == {}

    @pytest.mark.parametrize(
        ("period", "words"),
        [
            (
                "2019",
                ["Year 2019", "01/01/2019 – 31/12/2019", "10.85%", ">23<", ">212<"],
            ),
            (
                "2020-9M",
                ["First nine months of 2020", "24.17%", ">29<", ">120<", "6.12%"],
            ),
            (
                "2019-01-01..2020-09-30",
                ["01/01/2019 – 30/09/2020", "15.66%", ">52<", ">332<"],
            ),
        ],
    )
    def test_the_dashboard_shows_the_figures_of_the_report(self, leader, period, words):
        body = page(leader, f"{DASHBOARD}?period={period}")

        for word in words:
            assert word in body, word
        assert "not over" not in body

    def test_the_procedure_never_used_by_post_stands_there_with_nothing(self, leader):
        found = numbers(leader, f"{DASHBOARD}?period=2020-9M")
        never_used = [n for x, n in found.items() if "procedure=1.990006" in x]

        assert never_used == [0, 0, 0, 0]

    def test_without_a_word_the_dashboard_shows_the_last_year_with_dossiers(
        self, leader
    ):
        assert "Year 2020" in page(leader, DASHBOARD)

    def test_the_yearly_page_shows_two_years_side_by_side(self, leader):
        body = page(leader, YEARLY)

        assert "Year 2019" in body
        assert "Year 2020" in body
        assert "Từ kỳ trước chuyển sang" in body
        assert "(10.85%)" in body

    def test_a_consolidator_chooses_the_organisation(self, client):
        client.force_login(User.objects.get(username="tonghop"))
        client.cookies["django_language"] = "en"
        own = page(client, f"{DASHBOARD}?period=2019")
        chosen = page(client, f"{DASHBOARD}?period=2019&organisation=SNV")

        assert "<h1>Ủy ban nhân dân tỉnh Bắc Giang</h1>" in own
        assert "<h1>Sở Nội vụ tỉnh Bắc Giang</h1>" in chosen
        assert 'name="organisation"' in chosen
        assert ">212<" in own
        assert ">212<" in chosen


def test_numbers_of_a_procedure_that_changed_its_field_open_what_they_count(
    office, sign_in
):
    old = make_procedure(office, field="Văn thư", in_force_to=date(2020, 6, 30))
    new = make_procedure(
        office, field="Lưu trữ", code=old.code, in_force_from=date(2020, 7, 1)
    )
    receive(office, old, on=date(2020, 6, 30))
    receive(office, new, on=date(2020, 7, 1))

    assert wrong_numbers(sign_in("leader"), f"{DASHBOARD}?period=2020") == {}


def test_numbers_of_a_province_open_what_they_count(office, other_office, sign_in):
    for each in (office, other_office):
        receive(each, make_procedure(each))
    make_procedure(office)

    client = sign_in("consolidator")

    assert wrong_numbers(client, f"{DASHBOARD}?period=2020") == {}


def test_numbers_of_an_office_without_dossiers_open_nothing(sign_in):
    found = numbers(sign_in("leader"), f"{DASHBOARD}?period=2020")

    assert set(found.values()) == {0}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.POSTAL_CLERK}))
def test_whoever_may_read_figures_reads_the_same(office, sign_in, role):
    dossier_at("returned", office, return_channel="public_post")
    dossier_at("refused", office)

    body = page(sign_in(role), f"{DASHBOARD}?period=2020&organisation=SNV")

    assert "100.00%" in body


@pytest.mark.parametrize(
    "route", ["dashboard", "yearly", "download", "post", "drift", "effect", "workload"]
)
class TestFiguresOfOthers:
    """Each page of figures says no in the same words."""

    def test_are_refused_with_a_sentence(self, other_office, sign_in, route):
        address = f"{reverse(f'reports:{route}')}?organisation=STP"
        response = sign_in("leader").get(address)

        assert response.status_code == 403
        assert "The figures of STP belong to others." in response.content.decode()

    def test_above_the_own_organisation_are_refused(self, sign_in, route):
        address = f"{reverse(f'reports:{route}')}?organisation=UBND"

        assert sign_in("leader").get(address).status_code == 403

    def test_of_another_province_are_refused_to_a_consolidator(
        self, other_office, sign_in, route
    ):
        address = f"{reverse(f'reports:{route}')}?organisation=STP"

        assert sign_in("consolidator").get(address).status_code == 403

    def test_are_not_for_a_postal_clerk(self, sign_in, route):
        response = sign_in("postal_clerk").get(reverse(f"reports:{route}"))

        assert response.status_code == 403
        assert "does not include" in response.content.decode()

    def test_are_not_for_a_visitor_who_has_not_signed_in(self, client, route):
        address = reverse(f"reports:{route}")
        response = client.get(address)

        assert response.status_code == 302
        assert response.url == f"{reverse('accounts:login')}?next={address}"


@pytest.mark.parametrize("address", [DASHBOARD, YEARLY])
@pytest.mark.parametrize(
    "word", ["2020-Q5", "năm ngoái", "2020-03-02..2020-03-01", "1999", "<b>"]
)
def test_a_wrong_period_is_said_in_a_sentence(sign_in, address, word):
    response = sign_in("leader").get(address, {"period": word})

    assert response.status_code == 200
    assert [str(x) for x in response.context["messages"]] == [
        f"«{word}» is not a period."
    ]
    assert "is not a period." in response.content.decode()
    assert "<b>»" not in response.content.decode()


@pytest.mark.parametrize("address", [DASHBOARD, YEARLY])
@pytest.mark.parametrize("word", ["2000", "2000-Q1@15", "2099"])
def test_the_first_and_the_last_year_are_shown(sign_in, address, word):
    assert page(sign_in("leader"), f"{address}?period={word}")


@pytest.mark.parametrize(
    ("now", "is_said"),
    [
        pytest.param("2020-09-22T09:00+07:00", True, id="before its end"),
        pytest.param("2020-09-30T09:00+07:00", True, id="on its last day"),
        pytest.param("2020-10-01T00:01+07:00", False, id="just after"),
    ],
)
def test_a_period_that_is_not_over_says_so(sign_in, now, is_said):
    with time_machine.travel(now, tick=False):
        client = sign_in("leader")
        dashboard = page(client, f"{DASHBOARD}?period=2020-9M")
        yearly = page(client, f"{YEARLY}?period=2020-9M")

    day = f"{now[8:10]}/09/2020"
    assert (f"not over: counted up to {day}" in dashboard) is is_said
    assert ("not over" in yearly) is is_said


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("2020", "Year 2020"),
        ("2020-Q3", "Third quarter of 2020"),
        ("2020-H2", "Second half of 2020"),
        ("2020-9M@15", "First nine months of 2020, closed on the 14th"),
        ("2020-03", "Month 03/2020"),
        ("2020-03@15", "Month 03/2020, closed on the 14th"),
    ],
)
def test_a_period_is_named_on_the_page(sign_in, word, name):
    assert f"{name} · " in page(sign_in("leader"), f"{DASHBOARD}?period={word}")


@pytest.mark.parametrize(
    ("chosen", "word"),
    [
        pytest.param({"year": "2020"}, "2020", id="year"),
        pytest.param({"year": "2020", "part": "9M"}, "2020-9M", id="part"),
        pytest.param(
            {"year": "2020", "part": "Q3", "cut_off": "on"}, "2020-Q3@15", id="cut-off"
        ),
        pytest.param(
            {"year": "2020", "start": "01/01/2019", "end": "30/09/2020"},
            "2019-01-01..2020-09-30",
            id="free days win",
        ),
        pytest.param(
            {"year": "2020", "signed_on": "10/06/2019", "agreement_year": "2"},
            "A2@2019-06-10",
            id="year of the agreement",
        ),
    ],
)
def test_a_chosen_period_becomes_an_address_to_keep(sign_in, chosen, word):
    response = sign_in("leader").get(DASHBOARD, chosen, follow=True)

    [(address, _status)] = response.redirect_chain
    assert response.context["figures"].period.word == word
    assert "organisation=SNV" in address


@pytest.mark.parametrize("address", [DASHBOARD, YEARLY])
def test_days_the_wrong_way_round_are_said_in_a_sentence(sign_in, address):
    days = "year=2020&start=30/09/2020&end=01/01/2020"

    body = page(sign_in("leader"), f"{address}?{days}")

    assert "These days make no period." in body


def test_a_period_is_added_to_the_yearly_page_and_taken_away(sign_in):
    client = sign_in("leader")
    response = client.get(
        YEARLY, {"period": "2019", "year": "2020", "part": "9M"}, follow=True
    )
    [without_2019, _without_2020] = [x[2] for x in response.context["columns"]]

    assert response.context["words"] == ["2019", "2020-9M"]
    assert client.get(without_2019).context["words"] == ["2020-9M"]

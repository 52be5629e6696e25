"""The pages of totals: a year to look at, a month to fill in, a reason to change."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client

from dossiers.models import OpeningTotal
from postal_tthc.accounts.roles import Role
from procedures.models import Procedure
from reports import counting
from reports.periods import parse
from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.totals import BOOK, enter, row

pytestmark = pytest.mark.django_db

YEAR, MONTH = "/reports/totals/?year=2018", "/reports/totals/2018/3/"
FEB, MARCH, APRIL = date(2018, 2, 1), date(2018, 3, 1), date(2018, 4, 1)


@pytest.fixture
def procedure(office: Office) -> Procedure:
    return make_procedure(office, code="1.001445", name="Thi tuyển công chức")


def typed(procedure: Procedure, **numbers: object) -> dict[str, object]:
    """What the page sends: its numbers, where they stand, and nothing else."""
    cells = {f"{name}-{procedure.pk}": value for name, value in numbers.items()}
    return {"source": BOOK.text, **cells}


def post(client: Client, sent: dict[str, object], address: str = MONTH):
    """Open the page and send it filled in."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {"seen": page.context["form"]["seen"].value(), **sent})


def test_a_month_is_filled_in_and_stands_in_its_year(office, sign_in, procedure):
    other = make_procedure(office)
    client = sign_in("catalogue_manager")
    sent = typed(procedure, received="1.020", by_post="9", on_time="1 000")

    answer = post(client, {**sent, f"received-{other.pk}": "5"})

    assert answer.url == "/reports/totals/?organisation=SNV&year=2018"
    year = client.get(answer.url)
    book = year.context["book"]
    assert book.total == 1025
    assert [m.number for m in book.months] == [0, 0, 1025, *[0] * 9]
    assert BOOK.text in year.text
    assert "2 added, 0 changed" in year.text


def test_what_totals_say_is_on_the_page_they_explain(office, sign_in, procedure):
    enter(office, row(procedure, MARCH, received=20, by_post=9))
    figures = counting.count(office.agency, parse("2018"), today=date(2020, 10, 1))
    cut = counting.count(office.agency, parse("2018@15"), today=date(2020, 10, 1))

    told = render_to_string("reports/_from_totals.html", {"figures": figures})
    none = counting.count(office.agency, parse("2017"), today=date(2020, 10, 1))

    assert "20 come from totals of paper books" in " ".join(told.split())
    assert BOOK.text in told
    assert "/reports/totals/?organisation=SNV&amp;year=2018" in told
    assert cut.from_totals.cut_months == ()
    assert (
        render_to_string("reports/_from_totals.html", {"figures": none}).strip() == ""
    )


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"received": "abc"}, "Write a whole number"),
        ({"received": "1,5"}, "Write a whole number"),
        ({"received": "-3"}, "Write a whole number"),
        ({"received": "3", "by_post": "4"}, "cannot be more than"),
        ({"received": "3", "early": "4"}, "only 3 were open or received"),
        ({"received": "3", "open_overdue": "4"}, "only 3 are open"),
    ],
)
def test_wrong_numbers_are_named_and_nothing_typed_is_lost(
    office, sign_in, procedure, numbers, told
):
    other = make_procedure(office)
    sent = typed(procedure, **numbers) | {f"received-{other.pk}": "77"}

    answer = post(sign_in("catalogue_manager"), sent)

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="77"' in answer.text
    assert f'value="{numbers["received"]}"' in answer.text
    assert BOOK.text in answer.text
    assert not OpeningTotal.objects.exists()


def test_the_source_is_asked_for(office, sign_in, procedure):
    sent = typed(procedure, received="3") | {"source": ""}

    answer = post(sign_in("catalogue_manager"), sent)

    assert answer.status_code == 422
    assert "This field is required" in answer.text
    assert 'value="3"' in answer.text


def test_a_change_asks_for_its_reason_and_is_told_in_the_log(
    office, sign_in, procedure
):
    enter(office, row(procedure, MARCH, received=20))
    client = sign_in("catalogue_manager")

    asked = post(client, typed(procedure, received="21"))
    done = post(client, typed(procedure, received="21") | {"reason": "Cộng nhầm"})

    assert asked.status_code == 422
    assert "write why" in asked.text
    assert done.status_code == 302
    page = client.get(MONTH)
    deed = page.context["history"][0]
    assert (deed.deed, deed.reason) == ("changed", "Cộng nhầm")
    assert ("received", "20", "21") in deed.changes
    assert deed.who == str(office.catalogue_manager)


def test_an_emptied_row_goes(office, sign_in, procedure):
    enter(office, row(procedure, MARCH, received=20))

    post(
        sign_in("catalogue_manager"),
        typed(procedure) | {"reason": "Của thủ tục khác"},
    )

    assert not OpeningTotal.objects.exists()


def test_what_somebody_else_wrote_meanwhile_stays(office, sign_in, procedure):
    client = sign_in("catalogue_manager")
    seen = client.get(MONTH).context["form"]["seen"].value()
    enter(office, row(procedure, MARCH, received=20))

    answer = client.post(
        MONTH, typed(procedure, received="3") | {"seen": seen, "reason": "Nhầm"}
    )

    assert answer.status_code == 422
    assert "Somebody else has changed" in answer.text
    assert OpeningTotal.objects.get().received == 20


def test_a_month_begins_with_what_the_last_one_left(office, sign_in, procedure):
    enter(office, row(procedure, FEB, carried_in=4, received=6, early=3))
    client = sign_in("catalogue_manager")

    page = client.get(MONTH)

    [line] = page.context["table"].rows
    assert (line.before, line.left) == (7, 7)
    assert f'name="carried_in-{procedure.pk}"' not in page.text
    assert f'name="received-{procedure.pk}"' in page.text
    wrong = post(client, typed(procedure, early="8"))
    assert "8 are finished in 03/2018, but only 7" in wrong.text


def test_a_fault_in_a_later_month_is_said_at_the_row(office, sign_in, procedure):
    enter(office, row(procedure, MARCH, received=4), row(procedure, APRIL, early=4))

    answer = post(
        sign_in("catalogue_manager"), typed(procedure, received="3") | {"reason": "x"}
    )

    assert answer.status_code == 422
    assert "4 are finished in 04/2018, but only 3" in answer.text


def test_a_month_with_dossiers_is_only_finished(office, sign_in, procedure):
    receive(office, procedure, on=date(2020, 6, 2))
    enter(office, row(procedure, MARCH, received=2))
    client = sign_in("catalogue_manager")
    june = "/reports/totals/2020/6/"

    page = client.get(june)
    forged = post(client, typed(procedure, received="5", on_time="1"), june)

    assert "This month has dossiers here" in page.text
    assert f'name="received-{procedure.pk}"' not in page.text
    assert forged.status_code == 302
    total = OpeningTotal.objects.get(month=date(2020, 6, 1))
    assert (total.received, total.on_time) == (0, 1)


def test_a_procedure_out_of_force_then_is_offered_apart(office, sign_in):
    new = make_procedure(office, in_force_from=date(2020, 1, 20))
    old = make_procedure(office, in_force_to=date(2018, 3, 15))

    page = sign_in("catalogue_manager").get(MONTH)

    offered = [(r.procedure, r.is_in_force) for r in page.context["table"].rows]
    assert offered == [(old, True), (new, False)]
    assert "Not in force in this month" in page.text


def test_a_month_is_taken_away_with_a_reason(office, sign_in, procedure):
    enter(office, row(procedure, MARCH, received=20))
    client = sign_in("catalogue_manager")

    asked = client.post(f"{MONTH}remove/", {"reason": ""})
    assert asked.status_code == 400
    assert "write why" in asked.text
    assert OpeningTotal.objects.exists()
    done = client.post(f"{MONTH}remove/", {"reason": "Nhập từng hồ sơ"}, follow=True)

    assert "were taken away" in done.text
    assert not OpeningTotal.objects.exists()
    log = client.get(MONTH).context["history"]
    assert (log[0].deed, log[0].reason) == ("taken away", "Nhập từng hồ sơ")
    assert log[0].changes == [("received", "20", "–")]


@pytest.mark.parametrize("role", [Role.LEADER, Role.CLERK, Role.CONSOLIDATOR])
def test_others_read_and_write_nothing(office, sign_in, procedure, role):
    enter(office, row(procedure, MARCH, received=20))
    client = sign_in(role)

    page = client.get(MONTH)

    assert client.get(YEAR).context["book"].total == 20
    assert page.status_code == 200
    assert "Save the month" not in page.text
    assert f'name="received-{procedure.pk}"' not in page.text
    assert client.post(MONTH, typed(procedure, received="1")).status_code == 403
    assert client.post(f"{MONTH}remove/", {"reason": "x"}).status_code == 403
    assert client.get("/reports/totals/load/").status_code == 403
    assert OpeningTotal.objects.get().received == 20


def test_the_totals_of_others_are_not_shown(office, other_office, sign_in):
    enter(other_office, row(make_procedure(other_office), MARCH, received=20))
    client = sign_in("catalogue_manager")
    theirs = "?organisation=STP"

    for address in ("/reports/totals/", MONTH, "/reports/totals/blank/"):
        assert client.get(f"{address}{theirs}").status_code == 403
    assert client.post(f"{MONTH}{theirs}", {}).status_code == 403
    assert client.post(f"{MONTH}remove/{theirs}", {"reason": "x"}).status_code == 403
    assert OpeningTotal.objects.exists()


def test_the_post_sees_no_totals(sign_in):
    assert sign_in("postal_clerk").get(YEAR).status_code == 403


@pytest.mark.parametrize(
    "address", ["1999/3/", "2018/0/", "2018/13/", "99999/1/", "2100/1/"]
)
def test_a_month_that_is_none_is_not_found(office, sign_in, address):
    assert sign_in("leader").get(f"/reports/totals/{address}").status_code == 404


@pytest.mark.parametrize("query", ["year=abc", "year=1", "year=9999999", "show=x", ""])
def test_strange_addresses_show_a_year(office, sign_in, procedure, query):
    enter(office, row(procedure, MARCH, received=20))

    book = sign_in("leader").get(f"/reports/totals/?{query}").context["book"]

    assert (book.year, book.total) == (2018, 20)


def test_the_year_before_the_first_dossier_is_offered_first(office, sign_in, procedure):
    receive(office, procedure, on=date(2020, 6, 2))

    page = sign_in("catalogue_manager").get("/reports/totals/")

    assert page.context["book"].year == 2019
    assert "No totals have been entered" in page.text


def test_the_open_ones_are_shown_month_by_month(office, sign_in, procedure):
    enter(office, row(procedure, FEB, carried_in=4, received=6, early=3))
    enter(office, row(procedure, APRIL, on_time=2))

    book = sign_in("leader").get(f"{YEAR}&show=open").context["book"]

    assert book.rows[0].numbers == (None, 7, 7, *[5] * 9)
    assert book.total == 5


def test_a_month_of_many_procedures_is_sent_in_one_go(office, sign_in):
    """Thirteen numbers each: more fields than Django takes unless told."""
    procedures = [make_procedure(office, papers=()) for _ in range(98)]
    client = sign_in("catalogue_manager")
    page = client.get(MONTH)
    cells = {cell.html_name: "" for r in page.context["table"].rows for cell in r.cells}
    assert len(cells) == 98 * 13
    cells |= {f"received-{p.pk}": "2" for p in procedures}

    answer = client.post(
        MONTH,
        {**cells, "source": BOOK.text, "seen": page.context["form"]["seen"].value()},
    )

    assert answer.status_code == 302
    assert OpeningTotal.objects.count() == 98

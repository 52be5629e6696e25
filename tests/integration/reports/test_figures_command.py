"""``manage.py figures``: the numbers of an organisation, for programs and people."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from tests.factories.dossiers import dossier_at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

POST_OUT = {"return_channel": ReturnChannel.PUBLIC_POST}
POST_IN = {"intake_channel": IntakeChannel.PUBLIC_POST}
YEAR = ("--from", "2020-01-01", "--to", "2020-12-31")


@pytest.fixture
def work(office: Office) -> Office:
    """Seven dossiers of June 2020, three of them by post, and a postless procedure."""
    used = make_procedure(office, code="1.000001", name="Xếp lương lần đầu")
    make_procedure(office, code="1.000002", name="Lập hội", by_post=False)
    dossier_at(Status.RETURNED, office, procedure=used, **POST_OUT)
    dossier_at(Status.RETURNED, office, procedure=used, **POST_IN, **POST_OUT)
    dossier_at(Status.RETURNED, office, procedure=used)
    dossier_at(Status.WITHDRAWN, office, procedure=used)
    dossier_at(Status.REFUSED, office, procedure=used, **POST_OUT)
    dossier_at(Status.PROCESSING, office, procedure=used, **POST_IN)
    receive(office, used)
    return office


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("figures", "--organisation", "SNV", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run("--json", *arguments))


def test_ratios_come_with_their_parts(work):
    figures = as_json(*YEAR)

    assert figures["received"] == 6
    assert figures["by_post"] == {
        "numerator": 3,
        "denominator": 6,
        "percent": "50.00",
    }
    assert figures["intake_by_post"]["numerator"] == 2
    assert figures["return_by_post"] == {
        "numerator": 2,
        "denominator": 3,
        "percent": "66.67",
    }
    assert figures["procedures"] == {
        "numerator": 1,
        "denominator": 2,
        "percent": "50.00",
    }


def test_the_balance_balances(work):
    balance = as_json(*YEAR)["balance"]

    assert balance["finished"] == 4
    assert balance["withdrawn"] == 1
    assert balance["outstanding"] == 2
    assert (
        balance["carried_over"] + balance["received"]
        == balance["finished"] + balance["outstanding"]
    )


def test_every_procedure_field_and_month_is_listed(work):
    figures = as_json(*YEAR)

    assert [x["code"] for x in figures["by_procedure"]] == ["1.000001", "1.000002"]
    unused = figures["by_procedure"][1]
    assert (unused["name"], unused["received"]) == ("Lập hội", 0)
    assert (unused["by_post"], unused["percent"]) == (0, None)
    assert [x["received"] for x in figures["by_field"]] == [6]
    assert len(figures["by_month"]) == 12
    assert figures["by_month"][5]["received"] == 6


def test_the_period_is_given_with_its_last_day_counted(work, time_machine):
    time_machine.move_to(date(2020, 9, 30))

    period = as_json("--period", "2020")["period"]

    assert period == {
        "from": "2020-01-01",
        "to": "2020-12-31",
        "as_of": "2020-09-30",
        "is_over": False,
    }


def test_a_word_gives_the_same_as_its_days(work):
    assert as_json("--period", "2020") == as_json(*YEAR)


def test_nothing_received_has_no_percent(work):
    figures = as_json("--period", "2019")

    assert figures["received"] == 0
    assert figures["by_post"]["percent"] is None


def test_people_read_a_table_in_vietnamese(work):
    table = run("--period", "2020")

    assert "năm 2020" in table
    assert "01/01/2020 – 31/12/2020" in table
    assert "Qua bưu chính công ích" in table
    assert "03/06 (50,00%)" in table


def test_an_unknown_organisation_is_answered_with_the_known_ones(office):
    with pytest.raises(CommandError, match=r"«SXD».*SNV, SNV-MC"):
        call_command("figures", "--organisation", "SXD", "--period", "2020")


@pytest.mark.parametrize(
    "arguments",
    [(), ("--from", "2020-01-01"), ("--period", "2020", "--to", "2020-12-31")],
)
def test_the_period_is_asked_for_in_one_way(office, arguments):
    with pytest.raises(CommandError, match="--period"):
        run(*arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--period", "2020-13"), "«2020-13» không phải là kỳ báo cáo"),
        (("--from", "2020-02-30", "--to", "2020-03-01"), "không phải là một ngày"),
        (("--from", "2020-03-01", "--to", "2020-02-01"), "kết thúc trước khi bắt đầu"),
    ],
)
def test_a_period_that_is_none_is_refused_in_words(office, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_json_tells_of_the_post_of_refusals_and_of_what_came_online(office):
    dossier_at(Status.RETURNED, office, **POST_OUT)
    receive(office, intake_channel=IntakeChannel.ONLINE, why_not_post="fear")

    figures = as_json(*YEAR)

    assert figures["online"] == 1
    assert figures["refusals"] == {"fear": 1}
    assert figures["post"]["intake"]["posted"] == 0
    assert figures["post"]["return"]["posted"] == 1
    assert figures["post"]["return"]["arrived"] == 1
    assert figures["post"]["return"]["days"] == [[1, 1]]
    assert figures["post"]["incidents"] == {}
    assert figures["post"]["compensation_paid_dong"] == 0

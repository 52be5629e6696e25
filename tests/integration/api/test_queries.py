"""What stands behind «?» is read or refused: never passed over."""

import pytest

from dossiers.models import Handover, PostalItem
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.factories.handovers import begin
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask
from tests.integration.api.routes import Operation, aimed, body_of, operations

API = "/api/v1/"
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def refused(answer) -> set[str]:
    """The names that are told to be unknown."""
    if answer.status_code != 400:
        return set()
    words = ("no such parameter", "no parameters")
    errors = answer.json().get("errors", {})
    return {x for x, told in errors.items() if any(y in told[0] for y in words)}


def read_by(one: Operation) -> list[str]:
    """The parameters that the schema tells of."""
    told = one.told.get("parameters", [])
    return [x["name"] for x in told if x["in"] == "query"]


def test_every_route_refuses_what_it_does_not_read_and_reads_what_it_tells(
    ask: Ask, office: Office
) -> None:
    client = ask("clerk")
    for one in operations():
        address = aimed(one, {})
        answer = one.ask(client, f"{address}?recieved_from=2020", body_of(one))
        assert answer.status_code == 400, one.name
        assert answer.json()["code"] == "validation_failed", one.name
        assert refused(answer) == {"recieved_from"}, one.name
        if names := read_by(one):
            query = "&".join(f"{name}=x" for name in names)
            answer = one.ask(client, f"{address}?{query}")
            assert refused(answer) == set(), one.name


@pytest.mark.parametrize(
    ("asked", "unknown", "helps"),
    [
        ("figures/?from=2019-01-01&to=2019-12-31", {"from", "to"}, "period"),
        ("items/?q=EA990000638VN", {"q"}, "number"),
        ("dossiers/?recieved_from=2020-06-01", {"recieved_from"}, "received_from"),
        ("why-not-post/?cursor=x", {"cursor"}, "received_from"),
        ("procedures/?Q=x&limit=5", {"Q"}, "q"),
    ],
)
def test_the_known_names_are_told(
    ask: Ask, asked: str, unknown: set[str], helps: str
) -> None:
    answer = ask("leader").get(API + asked)
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == unknown
    for told in answer.json()["errors"].values():
        known = told[0].partition(": ")[2].rstrip(".").split(", ")
        assert helps in known


def test_a_stranger_is_told_to_sign_in_first(client) -> None:
    assert client.get(f"{API}dossiers/?x=1").status_code == 401


def test_an_item_is_found_by_its_number_however_it_is_written(
    ask: Ask, office: Office
) -> None:
    for _each in range(2):
        dossier_at(Status.WITH_POST, office)
    item = PostalItem.objects.order_by("pk").first()
    number = item.number
    for typed in (number, number.lower(), f"{number[:2]} {number[2:]}", f"{number}."):
        answer = ask("clerk").get(f"{API}items/", {"number": typed})
        found = [x["id"] for x in answer.json()["results"]]
        assert found == [item.pk], typed
    answer = ask("clerk").get(f"{API}items/", {"number": number[:-3]})
    assert answer.json()["results"] == []


def test_minutes_are_narrowed_by_status_and_direction(ask: Ask, office: Office) -> None:
    ways = Handover.Direction
    incoming = begin(office, at(MONDAY, 10))
    outgoing = begin(office, at(MONDAY, 11), ways.OUT)
    Handover.objects.filter(pk=incoming.pk).update(status="abandoned")
    client = ask("clerk")
    for query, expected in {
        "direction=out": [outgoing.pk],
        "direction=in": [incoming.pk],
        "status=open": [outgoing.pk],
        "status=locked": [],
        "status=abandoned&direction=in": [incoming.pk],
        "status=abandoned&direction=out": [],
    }.items():
        answer = client.get(f"{API}handovers/?{query}")
        assert [x["id"] for x in answer.json()["results"]] == expected, query
    answer = client.get(f"{API}handovers/?status=nonsense")
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_failed")

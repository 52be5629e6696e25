"""Paging by key: nothing lost, nothing double, and no key that breaks the page."""

from datetime import timedelta

import pytest

from dossiers import paging
from dossiers.models import Dossier
from tests.factories.dossiers import MONDAY, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page

REGISTER = "/dossiers/"


@pytest.fixture
def sixty(office) -> list[str]:
    """Codes of sixty dossiers received in one and the same moment, newest first."""
    procedure = make_procedure(office)
    return [receive(office, procedure).code for _ in range(60)][::-1]


def walk(client, address: str) -> list[list[str]]:
    """The codes of each page, following the link to the older ones."""
    pages = []
    while address:
        response = client.get(REGISTER + address)
        pages.append([d.code for d in response.context["page"].rows])
        key = response.context["page"].next_key
        older = [x for x in Page(response).links if key and f"after={key}" in x]
        assert bool(older) == bool(key)
        address = older[0] if older else ""
    return pages


def test_sixty_received_in_one_moment_are_walked_without_loss_or_double(sign_in, sixty):
    pages = walk(sign_in("clerk"), "?")

    assert [len(page) for page in pages] == [25, 25, 10]
    assert [code for page in pages for code in page] == sixty


def test_the_walk_keeps_filters_and_tab(sign_in, office, sixty):
    receive(office, applicant_name="Trần Thị B")

    pages = walk(sign_in("clerk"), "?q=nguyen&tab=open")

    assert [code for page in pages for code in page] == sixty


def test_a_dossier_received_while_walking_shifts_nothing(sign_in, office, sixty):
    client = sign_in("clerk")
    first = client.get(REGISTER).context["page"]

    receive(office, on=MONDAY + timedelta(days=1))

    second = client.get(REGISTER, {"after": first.next_key}).context["page"]
    assert [d.code for d in second.rows] == sixty[25:50]


def test_exactly_one_page_has_no_link_to_an_older_one(sign_in, office):
    procedure = make_procedure(office)
    for _ in range(paging.PAGE):
        receive(office, procedure)

    assert [len(page) for page in walk(sign_in("clerk"), "?")] == [paging.PAGE]


def test_microseconds_are_kept_in_the_key(office):
    moments = [MONDAY + timedelta(days=n) for n in range(paging.PAGE + 1)]
    procedure = make_procedure(office)
    for day in moments:
        dossier = receive(office, procedure, on=day)
        moment = dossier.received_at.replace(microsecond=999_999)
        Dossier.objects.filter(pk=dossier.pk).update(received_at=moment)

    key = paging.page(Dossier.objects.all(), "").next_key

    assert len(paging.page(Dossier.objects.all(), key).rows) == 1


def test_the_first_page_is_one_click_away_from_any_other(sign_in, sixty):
    client = sign_in("clerk")
    key = client.get(REGISTER).context["page"].next_key

    assert "To the newest" not in client.get(REGISTER).text
    assert "To the newest" in client.get(REGISTER, {"after": key}).text


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "_",
        "1_",
        "_1",
        "nan_1",
        "inf_1",
        "-inf_1",
        "1e400_1",
        "1e15_1",
        "-62135596800_1",
        "253402300799_1",
        "1591000000_99999999999999999999999",
        "1591000000_-1",
        "1591000000_" + "9" * 5000,
        "1591000000_1_1",
        "1591000000_١",
        "1591000000_0x1",
        "\x00_1",
        "1591000000_\x00",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
    ],
)
def test_a_broken_key_is_harmless(sign_in, office, key):
    receive(office)

    response = sign_in("clerk").get(REGISTER, {"after": key})

    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_counting_stops_at_the_limit_and_says_so(sign_in, sixty, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 50)

    page = sign_in("clerk").get(REGISTER)

    assert '<span class="count">50+</span>' in page.text

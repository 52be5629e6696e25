"""The box at the top of every page: one dossier, or a search for the words."""

from urllib.parse import quote

import pytest

from dossiers import actions
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive

JUMP = "/dossiers/jump/"


@pytest.fixture
def jump(sign_in):
    client = sign_in("clerk")
    return lambda words: client.get(JUMP, {"q": words})


@pytest.mark.parametrize("write", [str, str.lower, lambda code: f"  {code}\n"])
def test_a_code_opens_its_dossier(jump, office, write):
    dossier = receive(office)

    assert jump(write(dossier.code)).url == dossier.get_absolute_url()


@pytest.mark.parametrize("status", Status)
def test_a_provisional_number_opens_its_dossier_for_ever(jump, office, status):
    dossier = dossier_at(status, office)

    assert jump(f"tb-{dossier.pk} ").url == dossier.get_absolute_url()


@pytest.mark.parametrize("number", ["TB-0", "TB-", "TB-99999999999999999999", "TB-x"])
def test_a_provisional_number_of_nothing_is_searched_for(jump, office, number):
    receive(office)

    assert jump(number).url == f"/dossiers/?q={number}"


@pytest.mark.parametrize("leg", Leg)
def test_an_item_number_opens_the_dossier_in_it(jump, office, leg):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}
    if leg == Leg.INTAKE:
        by_post = {"intake_channel": IntakeChannel.PUBLIC_POST, "item": envelope(1)}
    dossier = dossier_at(Status.RESULT_READY, office, **by_post)
    if leg == Leg.RETURN:
        item = envelope(1, Leg.RETURN)
        actions.hand_to_post(
            dossier, item, by=office.clerk, at=at(MONDAY.replace(day=9))
        )

    assert jump("ea 000 000 014 vn").url == dossier.get_absolute_url()


def test_an_envelope_with_two_dossiers_opens_neither(jump, office):
    for _ in range(2):
        receive(office, item=envelope(1))

    assert jump("EA000000014VN").url == "/dossiers/?q=EA000000014VN"


def test_words_are_searched_for(jump, office):
    receive(office)

    assert (
        jump("Nguyễn Văn A").url
        == f"/dossiers/?q={quote('Nguyễn Văn A', safe='').replace('%20', '+')}"
    )


@pytest.mark.parametrize(
    "words",
    ["", "   ", "\x00", "<script>alert(1)</script>", "a" * 10_000, "%", "📮", "?q=1&x"],
)
def test_whatever_is_typed_leads_to_the_register(sign_in, office, words):
    receive(office)

    response = sign_in("clerk").get(JUMP, {"q": words}, follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/dossiers/"
    assert "<script>alert" not in response.text


def test_a_code_scanned_twice_over_opens_nothing_wrong(jump, office):
    code = receive(office).code

    assert jump(code + code).url.startswith("/dossiers/?q=")

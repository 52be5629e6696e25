"""Who may push: only who signs this body at this moment with this secret."""

import json
import time

import pytest

from dossiers.models import GatewayEvent, PostalEvent
from dossiers.statuses import Status
from dossiers.webhooks.signing import sign
from tests.factories.dossiers import dossier_at
from tests.integration.dossiers.gateway.pushing import (
    SECRET,
    open_gateway,
    push,
    told,
)

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

FRIDAY = "2020-06-05T08:30:00+07:00"
NOW = int(time.time())
BODY = json.dumps(told("EA123456785VN", "delivered", FRIDAY)).encode()


def signed(timestamp: int | str, body: bytes = BODY, secret: str = SECRET) -> str:
    return sign(secret, str(timestamp), body)


@pytest.fixture
def item(office):
    return dossier_at(Status.WITH_POST, office).postal_items.get()


GOOD = signed(NOW)
TABLE = [
    pytest.param({}, 200, "unknown_item", id="as it should be"),
    pytest.param({"signature": ""}, 401, "bad_signature", id="no signature"),
    pytest.param(
        {"signature": GOOD.removeprefix("sha256=")},
        401,
        "bad_signature",
        id="no scheme",
    ),
    pytest.param({"signature": GOOD[:-1]}, 401, "bad_signature", id="cut short"),
    pytest.param({"signature": f"{GOOD}0"}, 401, "bad_signature", id="longer"),
    pytest.param(
        {"signature": GOOD.replace("sha256", "md5")}, 401, "bad_signature", id="md5"
    ),
    pytest.param(
        {"signature": signed(NOW, BODY + b" ")}, 401, "bad_signature", id="other body"
    ),
    pytest.param(
        {"signature": signed(NOW - 1)}, 401, "bad_signature", id="other moment"
    ),
    pytest.param({"secret": "another"}, 401, "bad_signature", id="other secret"),
    pytest.param({"secret": ""}, 401, "bad_signature", id="empty secret"),
    pytest.param({"signature": "sha256=ỡ"}, 401, "bad_signature", id="odd letters"),
    pytest.param({"name": "nobody"}, 401, "bad_signature", id="unknown gateway"),
    pytest.param({"timestamp": ""}, 401, "stale_timestamp", id="signed, no moment"),
    pytest.param({"timestamp": "-1"}, 401, "stale_timestamp", id="before 1970"),
    pytest.param({"timestamp": "now"}, 401, "stale_timestamp", id="no number"),
    pytest.param({"timestamp": "9" * 30}, 401, "stale_timestamp", id="huge"),
]


@pytest.mark.parametrize(("changes", "status", "code"), TABLE)
def test_a_push_is_taken_only_with_its_own_signature(
    office, time_machine, changes, status, code
):
    # The table was signed when the suite began, maybe long ago.
    time_machine.move_to(NOW, tick=False)
    open_gateway(office)

    values = {"timestamp": str(NOW)} | changes
    if "signature" in values:
        values["signature"] = values["signature"].encode().decode("latin-1")
    answer = push(BODY, **values)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"]
    assert GatewayEvent.objects.count() == (status == 200)


@pytest.mark.parametrize(
    ("skew", "status"),
    [(0, 200), (-290, 200), (290, 200), (-310, 401), (310, 401), (86_400, 401)],
)
def test_two_clocks_may_differ_by_five_minutes(office, skew, status):
    open_gateway(office)

    answer = push(BODY, timestamp=str(int(time.time()) + skew))

    assert answer.status_code == status
    assert GatewayEvent.objects.count() == (status == 200)


def test_an_empty_secret_opens_nothing(office):
    open_gateway(office, secret="")

    assert push(BODY, secret="").json()["code"] == "bad_signature"


def test_a_gateway_that_is_switched_off_answers_like_one_that_does_not_exist(office):
    open_gateway(office, is_active=False)

    off, unknown = push(BODY), push(BODY, name="no-such")

    assert off.status_code == unknown.status_code == 401
    assert off.json() == unknown.json()


def test_a_message_heard_on_the_way_is_worth_nothing_later(office, item, time_machine):
    open_gateway(office)
    body = json.dumps(told(item, "delivered", FRIDAY)).encode()
    timestamp = str(int(time.time()))
    signature = signed(timestamp, body)
    time_machine.move_to(time.time() + 3600)

    answer = push(body, timestamp=timestamp, signature=signature)

    assert answer.json()["code"] == "stale_timestamp"
    item.refresh_from_db()
    assert item.delivered_on is None


def test_the_secret_of_one_gateway_does_not_open_another(office, other_office):
    open_gateway(office)
    open_gateway(other_office, "emspost", secret="another-secret")

    assert push(BODY, name="emspost").status_code == 401
    assert push(BODY, name="emspost", secret="another-secret").status_code == 200


def test_only_post_is_answered(client, office):
    open_gateway(office)

    answer = client.get("/gateway/vnpost/events/")

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param(b"", 400, "malformed", id="nothing"),
        pytest.param(b"\xff\xfe", 400, "malformed", id="no text"),
        pytest.param(b"[]", 400, "malformed", id="a list"),
        pytest.param(b'"x"', 400, "malformed", id="a word"),
        pytest.param(b"{", 400, "malformed", id="broken"),
        pytest.param(b'{"a":NaN}', 400, "malformed", id="no number"),
        pytest.param(b'{"a":1e999}', 400, "malformed", id="endless number"),
        pytest.param(b'{"a":"\\u0000"}', 400, "malformed", id="NUL"),
        pytest.param(b'{"a":"\\ud800"}', 400, "malformed", id="half a letter"),
        pytest.param(b"[" * 60_000, 400, "malformed", id="deep"),
        pytest.param(b'{"a":' + b"9" * 5000 + b"}", 400, "malformed", id="long number"),
        pytest.param(b"{}", 400, "malformed", id="no fields"),
        pytest.param(b'{"a":"' + b"x" * 70_000 + b'"}', 413, "too_large", id="large"),
    ],
)
def test_a_bad_body_is_refused_in_a_sentence(office, body, status, code):
    open_gateway(office)

    answer = push(body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"]
    assert not GatewayEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"event_id": ""}, "«event_id»"),
        ({"event_id": None}, "«event_id»"),
        ({"event_id": "x" * 101}, "«event_id»"),
        ({"item_number": 5}, "«item_number»"),
        ({"status": ["delivered"]}, "«status»"),
        ({"note": "x" * 501}, "«note»"),
        ({"at": ""}, "«at»"),
        ({"at": "yesterday"}, "yesterday"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "0001-01-01"),
        ({"at": "9999-12-31T23:59:59-12:00"}, "9999-12-31"),
    ],
)
def test_a_field_that_is_missing_or_odd_is_named(office, changes, said):
    open_gateway(office)

    answer = push(told("EA123456785VN", "delivered", FRIDAY) | changes)

    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"
    assert said in answer.json()["sentence"]
    assert not GatewayEvent.objects.exists()
    assert not PostalEvent.objects.exists()

"""Sending: signed, tried again with growing pauses, given up in words, never inside."""

import socket
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from dossiers.models import WebhookDelivery, WebhookEndpoint
from dossiers.webhooks import addresses, posting
from dossiers.webhooks.sending import MOST_ATTEMPTS, PAUSES, Sent, resend, send_due
from dossiers.webhooks.signing import is_signed, is_timely
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.jobs.worker import JobWorker
from tests.factories.dossiers import dossier_at, receive
from tests.integration.dossiers.test_at_the_same_time import all_at_once
from tests.integration.dossiers.webhooks.conftest import SECRET

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")
STATUS = WebhookDelivery.Status


def test_an_event_arrives_signed_and_once(office, endpoint, receiver):
    dossier = receive(office)

    assert send_due() == Sent(delivered=1)
    assert send_due() == Sent()

    [(path, headers, body)] = receiver.got
    delivery = WebhookDelivery.objects.get()
    timestamp = headers["X-Postal-Timestamp"]
    assert path == "/hook?from=post"
    assert is_signed(SECRET, timestamp, body, headers["X-Postal-Signature"])
    assert is_timely(timestamp, time.time())
    assert receiver.messages[0]["id"] == headers["X-Postal-Event"] == delivery.event_id
    assert receiver.messages[0]["dossier"] == dossier.code
    assert (delivery.status, delivery.attempts) == (STATUS.DELIVERED, 1)
    assert delivery.last_answer == "HTTP 204"
    assert delivery.delivered_at is not None


def test_events_are_sent_in_their_order(office, endpoint, receiver):
    dossier_at("result_ready", office)

    send_due()

    assert [message["sequence"] for message in receiver.messages] == [1, 2, 3]


def test_what_fails_is_tried_again_with_growing_pauses_and_then_given_up(
    office, endpoint, receiver, time_machine
):
    receiver.answer = lambda handler: handler.say(500, "hỏng rồi")
    time_machine.move_to(timezone.now(), tick=False)
    receive(office)
    pauses = []

    for attempt in range(1, MOST_ATTEMPTS + 1):
        sent = send_due()
        delivery = WebhookDelivery.objects.get()
        assert delivery.attempts == attempt
        if attempt == MOST_ATTEMPTS:
            assert sent == Sent(given_up=1)
            break
        assert sent == Sent(failed=1)
        pauses.append(delivery.next_attempt_at - timezone.now())
        time_machine.move_to(
            delivery.next_attempt_at - timedelta(seconds=1), tick=False
        )
        assert send_due() == Sent(), "too early"
        time_machine.move_to(delivery.next_attempt_at, tick=False)

    assert tuple(pauses) == PAUSES == tuple(sorted(PAUSES))
    assert delivery.status == STATUS.GIVEN_UP
    assert delivery.last_answer == (
        "Given up after 7 attempts. The last one: HTTP 500 hỏng rồi"
    )
    assert len({body for _path, _headers, body in receiver.got}) == 1
    assert send_due() == Sent()


def test_what_was_given_up_can_be_sent_again(office, endpoint, receiver):
    receive(office)
    WebhookDelivery.objects.update(status=STATUS.GIVEN_UP, attempts=MOST_ATTEMPTS)
    delivery = WebhookDelivery.objects.get()

    resend(delivery, by=office.administrator)

    assert send_due() == Sent(delivered=1)
    assert WebhookDelivery.objects.get().attempts == 1


def test_nothing_is_sent_through_an_endpoint_that_is_off(office, endpoint, receiver):
    receive(office)
    WebhookEndpoint.objects.update(is_active=False)

    assert send_due() == Sent()
    with pytest.raises(Conflict, match="switched off"):
        resend(WebhookDelivery.objects.get(), by=office.administrator)
    assert receiver.got == []


def test_a_redirect_is_not_followed(office, endpoint, receiver):
    receiver.answer = lambda handler: handler.say(302, Location="/elsewhere")
    receive(office)

    assert send_due() == Sent(failed=1)

    assert len(receiver.got) == 1
    assert "not followed" in WebhookDelivery.objects.get().last_answer


def test_a_long_or_odd_answer_is_cut_and_shown_as_text(office, endpoint, receiver):
    receiver.answer = lambda handler: handler.say(400, "a\x00\n\x1b[31m" + "x" * 5000)
    receive(office)

    send_due()

    answer = WebhookDelivery.objects.get().last_answer
    assert answer.startswith("HTTP 400 a [31mxxx")
    assert len(answer) <= 500


def test_a_receiver_that_drips_is_cut_off(office, endpoint, receiver, monkeypatch):
    monkeypatch.setattr(posting, "MOST_SECONDS", 0.5)

    def drip(handler) -> None:
        for _ in range(50):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: 1\r\n"[:1])
            handler.wfile.flush()
            time.sleep(0.1)

    receiver.answer = drip
    receive(office)
    start = time.monotonic()

    assert send_due() == Sent(failed=1)

    assert time.monotonic() - start < 3


def test_a_receiver_that_says_nothing_is_left(office, endpoint, receiver, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", 0.3)
    receiver.answer = lambda handler: time.sleep(2)
    receive(office)

    assert send_due() == Sent(failed=1)

    assert "No answer" in WebhookDelivery.objects.get().last_answer


def test_an_endpoint_that_is_silent_does_not_hold_up_the_others(
    office, endpoint, receiver
):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    silent = WebhookEndpoint.objects.create(
        organisation=office.agency, url=url, secret="x"
    )
    dossier_at("result_ready", office)

    assert send_due() == Sent(delivered=3, failed=1)

    assert [d.attempts for d in silent.deliveries.order_by("pk")] == [1, 0, 0]
    assert "No connection" in silent.deliveries.earliest("pk").last_answer


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_event_once(office, endpoint, receiver):
    receiver.answer = lambda handler: (time.sleep(0.05), handler.say(200))[1]
    dossier_at("result_ready", office)

    rounds = all_at_once(*[send_due] * 4)

    assert sum(sent.delivered for sent in rounds) == 3
    assert sorted(message["sequence"] for message in receiver.messages) == [1, 2, 3]


def test_what_a_dead_sender_had_claimed_is_taken_up_again(
    office, endpoint, receiver, time_machine, monkeypatch
):
    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    receive(office)
    with monkeypatch.context() as patched:
        patched.setattr("dossiers.webhooks.sending.post", die)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    assert send_due() == Sent()

    time_machine.move_to(timezone.now() + timedelta(minutes=3))

    assert send_due() == Sent(delivered=1)
    assert WebhookDelivery.objects.get().attempts == 2


def test_the_command_says_what_it_did(office, endpoint, receiver, capsys):
    receive(office)

    call_command("send_webhooks")

    assert capsys.readouterr().out == (
        "Delivered 1, to be tried again 0, given up 0.\n"
    )


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_them_between_its_jobs(office, endpoint, receiver):
    receive(office)

    JobWorker(once=True).run()

    assert WebhookDelivery.objects.get().status == STATUS.DELIVERED
    assert len(receiver.got) == 1


INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inner_address_is_never_asked(
    office, endpoint, receiver, settings, monkeypatch, address
):
    settings.WEBHOOKS_MAY_GO_INSIDE = False
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)),
        (family, socket.SOCK_STREAM, 6, "", (address, 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)

    def connect(*_args: object) -> None:
        pytest.fail("it connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    WebhookEndpoint.objects.update(url="https://looks-public.example.com/hook")
    receive(office)

    assert send_due() == Sent(failed=1)

    delivery = WebhookDelivery.objects.get()
    assert "inside a network" in delivery.last_answer
    assert receiver.got == []


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_public(address):
    assert addresses.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nothing",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://example.com/",  # not without TLS
        "https://",
        "https://user:password@example.com/",
        "https://example.com:99999/",
        "https://example.com/a b",
        "https://example.com/\r\nX: y",
        "https://ví-dụ.vn/",
        "https://[::1/",
    ],
)
def test_an_odd_address_is_refused_before_anybody_is_asked(settings, url):
    settings.WEBHOOKS_MAY_GO_INSIDE = False

    with pytest.raises(Invalid):
        addresses.check_url(url)


def test_the_connection_goes_to_the_address_that_was_judged(
    office, endpoint, receiver, monkeypatch
):
    """A name that answers differently a moment later gains nothing."""
    asked = []
    real = socket.getaddrinfo

    def resolver(host, *args, **kwargs):
        if host == "moving.example.com":
            asked.append(host)
            return real("127.0.0.1", *args, **kwargs)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    url = receiver.url.replace("127.0.0.1", "moving.example.com")
    WebhookEndpoint.objects.update(url=url)
    receive(office)

    assert send_due() == Sent(delivered=1)

    assert asked == ["moving.example.com"]
    assert receiver.got[0][1]["Host"].startswith("moving.example.com:")

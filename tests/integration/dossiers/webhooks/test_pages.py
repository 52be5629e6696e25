"""Connections and their logs: who sees them, secrets shown once, sending again."""

import re

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from dossiers.models import Gateway, WebhookDelivery, WebhookEndpoint
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import dossier_at, receive
from tests.integration.dossiers.gateway.pushing import open_gateway, push, told
from tests.integration.dossiers.pages import fields_of

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

LOG, EVENTS = "/dossiers/webhooks/", "/dossiers/gateway-events/"
GATEWAYS, ENDPOINTS = "/admin/dossiers/gateway/", "/admin/dossiers/webhookendpoint/"
FRIDAY = "2020-06-05T09:00:00+07:00"
URL = "https://example.gov.vn/hook"


@pytest.fixture
def administrator(sign_in):
    return sign_in("administrator")


@pytest.fixture
def delivery(office) -> WebhookDelivery:
    WebhookEndpoint.objects.create(organisation=office.agency, url=URL, secret="x")
    receive(office)
    return WebhookDelivery.objects.get()


def said(answer) -> str:
    """The secret in the message that shows it."""
    return re.search(r"shown this once: ([\w-]{20,})", answer.text)[1]


def test_an_administrator_opens_a_gateway_and_sees_its_secret_once(
    administrator, office
):
    answer = administrator.post(
        f"{GATEWAYS}add/",
        {
            "organisation": office.post_office.pk,
            "name": "vnpost",
            "adapter": "generic",
            "is_active": "on",
        },
        follow=True,
    )

    gateway = Gateway.objects.get()
    assert said(answer) == gateway.secret
    assert gateway.secret not in administrator.get(f"{GATEWAYS}{gateway.pk}/").text
    assert gateway.secret not in administrator.get(GATEWAYS).text
    item = dossier_at(Status.WITH_POST, office).postal_items.get()
    message = told(item, "delivered", FRIDAY)
    assert push(message, secret=gateway.secret).json()["code"] == "applied"


def test_a_new_secret_ends_the_old_one(administrator, office):
    gateway = open_gateway(office)
    page = f"{GATEWAYS}{gateway.pk}/change/"
    fields = fields_of(administrator.get(page))

    administrator.post(page, fields)
    gateway.refresh_from_db()
    assert gateway.secret == "mot-bi-mat-dai-va-kho-doan"
    answer = administrator.post(page, {**fields, "renew_secret": "on"}, follow=True)

    gateway.refresh_from_db()
    assert said(answer) == gateway.secret
    assert push({}).json()["code"] == "bad_signature"


def test_an_endpoint_is_entered_with_the_steps_it_hears(administrator, office):
    answer = administrator.post(
        f"{ENDPOINTS}add/",
        {
            "organisation": office.agency.pk,
            "url": URL,
            "steps": ["received", "delivered"],
            "is_active": "on",
        },
        follow=True,
    )

    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.steps == ["received", "delivered"]
    assert said(answer) == endpoint.secret


@pytest.mark.parametrize(
    "url", ["http://example.gov.vn/", "ftp://x/", "https://a:b@example.com/", "x"]
)
def test_an_address_that_nothing_may_be_sent_to_is_refused(administrator, office, url):
    answer = administrator.post(
        f"{ENDPOINTS}add/", {"organisation": office.agency.pk, "url": url}
    )

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["url"]
    assert not WebhookEndpoint.objects.exists()


def test_the_log_of_changes_does_not_hold_a_secret(administrator, office):
    test_an_endpoint_is_entered_with_the_steps_it_hears(administrator, office)

    secret = WebhookEndpoint.objects.get().secret
    entries = LogEntry.objects.filter(content_type__model="webhookendpoint")
    assert entries.exists()
    assert not any(secret in str(entry.changes) for entry in entries)


def test_the_lists_of_connections_lead_to_their_logs(administrator, office, delivery):
    open_gateway(office)

    assert f'href="{EVENTS}"' in administrator.get(GATEWAYS).text
    link = f"{LOG}?endpoint={delivery.endpoint_id}"
    assert f'href="{link}"' in administrator.get(ENDPOINTS).text
    assert len(administrator.get(link).context["rows"]) == 1


@pytest.mark.parametrize("page", [GATEWAYS, ENDPOINTS])
def test_nobody_else_reaches_a_connection(sign_in, office, other_office, page):
    theirs = open_gateway(other_office)
    endpoint = WebhookEndpoint.objects.create(
        organisation=other_office.agency, url=URL, secret="x"
    )
    row = theirs if page == GATEWAYS else endpoint

    administrator = sign_in("administrator")
    assert administrator.get(f"{page}{row.pk}/change/").status_code == 302
    assert str(row) not in administrator.get(page).text
    for role in set(Role) - {Role.ADMINISTRATOR}:
        assert sign_in(role).get(page).status_code == 302


def test_a_connection_of_another_organisation_is_not_made(
    administrator, office, other_office
):
    administrator.post(
        f"{ENDPOINTS}add/", {"organisation": other_office.agency.pk, "url": URL}
    )

    assert not WebhookEndpoint.objects.exists()


def test_the_log_shows_how_far_an_event_is(administrator, office, delivery):
    delivery.last_answer = "HTTP 500 <b>hỏng</b>"
    delivery.attempts = 3
    delivery.save()

    page = administrator.get(LOG)

    assert [row.pk for row in page.context["rows"]] == [delivery.pk]
    assert "HTTP 500 &lt;b&gt;hỏng" in page.text
    assert "3/7" in page.text
    assert delivery.payload["dossier"] in page.text
    assert f"{timezone.localtime(delivery.created_at):%H:%M:%S, %d/%m/%Y}" in page.text
    assert re.search(r"next attempt from \d\d:\d\d, \d\d/", page.text)
    counts = {name: count.number for name, _label, count in page.context["tabs"]}
    assert counts == {"all": 1, "waiting": 1, "delivered": 0, "given_up": 0}
    assert not administrator.get(f"{LOG}?tab=given_up").context["rows"]


def repetitions() -> list[tuple]:
    """Which deliveries were sent again by whom, and what they were before."""
    kept = LogEntry.objects.get_for_model(WebhookDelivery)
    return [(x.object_id, x.actor, *x.changes["status"]) for x in kept]


def test_a_delivery_is_sent_again(office, administrator, delivery):
    WebhookDelivery.objects.update(status="given_up", attempts=7)

    answer = administrator.post(f"{LOG}{delivery.pk}/resend/", follow=True)

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("waiting", 0)
    assert "waits to be sent again" in answer.text
    once = (delivery.pk, office.administrator, "given_up", "waiting")
    assert repetitions() == [once]


def test_a_fault_while_it_is_sent_again_leaves_it_as_it_was(
    administrator, delivery, monkeypatch
):
    WebhookDelivery.objects.update(status="given_up", attempts=7)

    def fail(*_args: object, **_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(LogEntry.objects, "log_create", fail)
    with pytest.raises(RuntimeError):
        administrator.post(f"{LOG}{delivery.pk}/resend/")

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("given_up", 7)


def test_a_delivery_is_not_sent_again_through_an_endpoint_that_is_off(
    administrator, delivery
):
    WebhookDelivery.objects.update(status="given_up", attempts=7)
    WebhookEndpoint.objects.update(is_active=False)

    answer = administrator.post(f"{LOG}{delivery.pk}/resend/", follow=True)

    delivery.refresh_from_db()
    assert delivery.status == "given_up"
    assert "switched off" in answer.text
    assert repetitions() == []


def test_another_administrator_does_not_see_it_nor_send_it(
    sign_in, other_office, delivery
):
    stranger = sign_in("administrator", other_office)

    assert not stranger.get(LOG).context["rows"]
    assert stranger.post(f"{LOG}{delivery.pk}/resend/").status_code == 404
    delivery.refresh_from_db()
    assert delivery.attempts == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_see_what_was_sent(sign_in, office, delivery, role):
    client = sign_in(role)

    assert client.get(LOG).status_code == 403
    assert client.post(f"{LOG}{delivery.pk}/resend/").status_code == 403
    assert repetitions() == []


def test_a_get_sends_nothing_again(administrator, delivery):
    assert administrator.get(f"{LOG}{delivery.pk}/resend/").status_code == 405


class TestPushedEvents:
    """What came in, for who can settle it."""

    @pytest.fixture(autouse=True)
    def _pushed(self, office):
        open_gateway(office)
        item = dossier_at(Status.WITH_POST, office).postal_items.get()
        push(told(item, "delivered", FRIDAY))
        push(told(item, "attempted", "2020-06-08T09:00:00+07:00", reason="absent"))
        push(told(item, "<b>Bay mất</b>", FRIDAY))
        push(told("EA000000005VN", "delivered", FRIDAY))

    @pytest.mark.parametrize(
        ("role", "seen"),
        [
            (Role.CLERK, 3),  # of the own items
            (Role.POSTAL_CLERK, 4),  # of the own gateway
            (Role.ADMINISTRATOR, 4),
        ],
    )
    def test_each_sees_the_own(self, sign_in, office, role, seen):
        page = sign_in(role).get(EVENTS)

        assert len(page.context["rows"]) == seen
        assert "&lt;b&gt;Bay mất" in page.text
        assert "<b>Bay mất" not in page.text
        assert re.search(r">\d\d:\d\d, \d\d/\d\d/\d{4}<", page.text)

    def test_contradictions_have_a_tab_with_both_values(self, sign_in, office):
        page = sign_in("clerk").get(f"{EVENTS}?tab=contradicts")

        assert [event.outcome for event in page.context["rows"]] == ["contradicts"]
        assert "here it is «Delivered, 05/06/2020»" in page.text

    def test_another_office_sees_nothing(self, sign_in, other_office):
        for role in (Role.CLERK, Role.POSTAL_CLERK, Role.ADMINISTRATOR):
            assert not sign_in(role, other_office).get(EVENTS).context["rows"]

    @pytest.mark.parametrize(
        "role", sorted(set(Role) - {Role.CLERK, Role.POSTAL_CLERK, Role.ADMINISTRATOR})
    )
    def test_nobody_else_sees_them(self, sign_in, office, role):
        assert sign_in(role).get(EVENTS).status_code == 403

    @pytest.mark.parametrize("query", ["?tab=x", "?after=x", "?after=" + "9" * 30])
    def test_odd_addresses_are_harmless(self, sign_in, office, query):
        assert sign_in("clerk").get(f"{EVENTS}{query}").status_code == 200
        log = sign_in("administrator").get(f"{LOG}{query}&endpoint={'9' * 30}")
        assert log.status_code == 200

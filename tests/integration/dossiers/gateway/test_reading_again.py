"""An event that did nothing is read again: by the same rules, and settled once."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import translation

from dossiers import actions, custody
from dossiers.gateway import words
from dossiers.models import GatewayEvent, PostalEvent
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.integration.dossiers.gateway.pushing import open_gateway, push, told
from tests.integration.dossiers.test_at_the_same_time import all_at_once

EVENTS = "/dossiers/gateway-events/"
THURSDAY = MONDAY + timedelta(days=3)  # posted
FRIDAY = "2020-06-05T09:00:00+07:00"
NUMBER = "EA000000005VN"

settings = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")


def address(event: GatewayEvent, query: str = "") -> str:
    return f"{EVENTS}{event.pk}/read-again/{query}"


def readings() -> list[tuple]:
    """Which events were read again by whom, and what they were before and after."""
    kept = LogEntry.objects.get_for_model(GatewayEvent).order_by("pk")
    return [(x.object_id, x.actor, *x.changes["outcome"]) for x in kept]


@settings
class TestOne:
    """One reading after the other."""

    @pytest.fixture(autouse=True)
    def _gateway(self, office, sign_in):
        self.office = office
        self.gateway = open_gateway(office)
        self.dossier = dossier_at(Status.WITH_POST, office)
        self.item = self.dossier.postal_items.get()
        self.client = sign_in("postal_clerk")

    def pushed(self, item: object, status: str, **values: str) -> GatewayEvent:
        push(told(item, status, values.pop("at", FRIDAY), **values))
        return GatewayEvent.objects.latest("pk")

    def read(self, event: GatewayEvent) -> str:
        """The page after it was read again."""
        answer = self.client.post(address(event), follow=True)
        assert answer.status_code == 200
        self.item.refresh_from_db()
        event.refresh_from_db()
        return answer.text

    def told_of(self, item: object) -> list[str]:
        return [event.status for event in item.events.filter(is_void=False)]

    def test_an_item_that_was_corrected_since_is_found(self):
        event = self.pushed(NUMBER, "delivered", delivered_to="Trần Thị B")
        assert (event.outcome, event.item) == ("unknown_item", None)
        actions.correct_item(
            self.item,
            {"number": NUMBER},
            by=self.office.clerk,
            at=at(THURSDAY + timedelta(days=4)),
        )
        received_at, payload = event.received_at, event.payload

        page = self.read(event)

        assert (event.outcome, event.note, event.item) == ("applied", "", self.item)
        assert (event.received_at, event.payload) == (received_at, payload)
        assert self.item.status == ItemStatus.DELIVERED
        assert self.item.delivered_to == "Trần Thị B"
        self.dossier.refresh_from_db()
        assert self.dossier.status == Status.RETURNED
        # As the push itself would have written it.
        assert str(self.dossier.custody.last().by) == "Cổng kết nối bưu chính vnpost"
        assert custody.verify().breaks == []
        assert f"Event {event.event_id} was read again: «Applied»." in page
        assert GatewayEvent.objects.count() == 1
        assert readings() == [
            (event.pk, self.office.postal_clerk, "unknown_item", "applied")
        ]

    def test_a_word_that_was_learnt_since_is_read(self, monkeypatch):
        event = self.pushed(self.item, "Bưu tá đã ăn trưa")
        assert event.outcome == "unknown_status"
        learnt = words.STATUSES | {words.bare("Bưu tá đã ăn trưa"): "in_transit"}
        monkeypatch.setattr(words, "STATUSES", learnt)

        self.read(event)

        assert (event.outcome, event.note) == ("applied", "")
        assert self.item.status == ItemStatus.IN_TRANSIT

    def test_a_contradiction_that_the_desk_mended_is_settled(self):
        event = self.pushed(self.item, "attempted", reason="trời mưa")
        assert event.outcome == "contradicts"
        friday = at(THURSDAY + timedelta(days=1))
        by = self.office.clerk
        actions.record_attempt(self.item, Reason.ABSENT, by=by, at=friday)

        self.read(event)

        assert event.outcome == "applied"
        with translation.override("vi"):
            assert event.note == translation.gettext("It was known already.")
        assert self.told_of(self.item) == ["accepted", "attempted"]

    @pytest.mark.parametrize(
        ("item", "values", "outcome"),
        [
            (NUMBER, {"status": "delivered"}, "unknown_item"),
            ("", {"status": "Bưu tá đã ăn trưa"}, "unknown_status"),
            ("", {"status": "came_back"}, "contradicts"),
        ],
    )
    def test_what_still_does_nothing_stays_and_says_why(self, item, values, outcome):
        event = self.pushed(item or self.item, **values)
        assert event.outcome == outcome
        before = self.told_of(self.item)

        for _time in range(2):
            page = self.read(event)

            assert event.outcome == outcome
            assert event.note
            assert "was read again" in page
            assert str(event.get_outcome_display()) in page
            assert event.note in page
            assert address(event) in page
        assert self.told_of(self.item) == before
        assert GatewayEvent.objects.count() == 1

    def test_another_reason_not_to_do_it_takes_the_place_of_the_first(self):
        event = self.pushed(NUMBER, "came_back")
        assert event.outcome == "unknown_item"
        actions.correct_item(
            self.item,
            {"number": NUMBER},
            by=self.office.clerk,
            at=at(THURSDAY + timedelta(days=4)),
        )

        self.read(event)

        assert (event.outcome, event.item) == ("contradicts", self.item)

    def test_what_was_applied_is_not_read_again(self):
        event = self.pushed(self.item, "in_transit")
        assert address(event) not in self.client.get(EVENTS).text

        page = self.read(event)

        assert f"Event {event.event_id} was applied already" in page
        assert "was read again" not in page
        assert self.told_of(self.item) == ["accepted", "in_transit"]
        assert readings() == []

    def test_a_gateway_that_is_off_is_not_read(self):
        event = self.pushed(self.item, "came_back")
        note = event.note
        type(self.gateway).objects.update(is_active=False)

        page = self.read(event)

        assert "The gateway «vnpost» is switched off" in page
        assert (event.outcome, event.note) == ("contradicts", note)

    def test_an_adapter_that_is_gone_is_named(self):
        event = self.pushed(self.item, "came_back")
        type(self.gateway).objects.update(adapter="vanished")

        assert "The adapter «vanished»" in self.read(event)
        assert event.outcome == "contradicts"

    def test_what_the_adapter_cannot_read_any_more_is_said(self):
        event = self.pushed(self.item, "came_back")
        GatewayEvent.objects.update(payload={"event_id": "1"})

        assert "«item_number» is missing" in self.read(event)
        assert event.outcome == "contradicts"

    @pytest.mark.parametrize(
        ("what", "name"), [(GatewayEvent, "save"), (LogEntry.objects, "log_create")]
    )
    def test_a_fault_half_way_leaves_nothing_behind(self, monkeypatch, what, name):
        event = self.pushed(NUMBER, "delivered")
        by = self.office.clerk
        actions.correct_item(self.item, {"number": NUMBER}, by=by, at=at(THURSDAY))

        def fail(*_args: object, **_values: object) -> None:
            raise RuntimeError

        with monkeypatch.context() as patched:
            patched.setattr(what, name, fail)
            with pytest.raises(RuntimeError):
                self.client.post(address(event))

        self.item.refresh_from_db()
        event.refresh_from_db()
        assert event.outcome == "unknown_item"
        assert self.told_of(self.item) == ["accepted"]
        assert self.item.delivered_on is None
        assert readings() == []

    def test_the_way_back_is_the_tab_that_one_came_from(self):
        event = self.pushed(self.item, "came_back")
        page = self.client.get(f"{EVENTS}?tab=contradicts")
        assert address(event, "?tab=contradicts") in page.text

        answer = self.client.post(address(event, "?tab=contradicts&after=900"))

        assert answer["Location"] == f"{EVENTS}?tab=contradicts&after=900"

    def test_the_clerk_of_the_item_may_and_an_administrator_may_not(self, sign_in):
        event = self.pushed(self.item, "came_back")

        assert address(event) in sign_in("clerk").get(EVENTS).text
        assert sign_in("clerk").post(address(event)).status_code == 302
        # The administrator sees to the gateway; what the post did others write down.
        administrator = sign_in("administrator")
        assert address(event) not in administrator.get(EVENTS).text
        assert administrator.post(address(event)).status_code == 403

    @pytest.mark.parametrize(
        "role", sorted(set(Role) - {Role.CLERK, Role.POSTAL_CLERK})
    )
    def test_nobody_else_may(self, sign_in, role):
        event = self.pushed(NUMBER, "delivered")

        assert sign_in(role).post(address(event)).status_code == 403
        assert readings() == []

    def test_an_event_of_another_office_is_not_there(self, sign_in, other_office):
        event = self.pushed(self.item, "came_back")
        note = event.note

        for role in (Role.CLERK, Role.POSTAL_CLERK, Role.ADMINISTRATOR):
            stranger = sign_in(role, other_office)
            assert stranger.post(address(event)).status_code == 404
        event.refresh_from_db()
        assert event.note == note

    def test_a_get_reads_nothing_again(self):
        event = self.pushed(self.item, "came_back")

        assert self.client.get(address(event)).status_code == 405


@pytest.mark.django_db(transaction=True)
@settings
def test_a_double_click_applies_it_once(office, sign_in):
    open_gateway(office)
    item = dossier_at(Status.WITH_POST, office).postal_items.get()
    push(told(NUMBER, "delivered", FRIDAY))
    event = GatewayEvent.objects.get()
    friday = at(THURSDAY + timedelta(days=4))
    actions.correct_item(item, {"number": NUMBER}, by=office.clerk, at=friday)
    cookies = sign_in("postal_clerk").cookies

    def click() -> int:
        client = Client()
        client.cookies = cookies
        return client.post(address(event)).status_code

    assert all_at_once(*[click] * 4) == [302] * 4

    event.refresh_from_db()
    assert (event.outcome, event.note) == ("applied", "")
    assert PostalEvent.objects.filter(status=ItemStatus.DELIVERED).count() == 1
    assert len(readings()) == 1
    assert custody.verify().breaks == []

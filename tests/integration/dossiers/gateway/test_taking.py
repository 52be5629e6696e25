"""What a push does: told by the usual verbs, once, or kept and not applied."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation

from dossiers import actions, custody
from dossiers.gateway import adapters
from dossiers.gateway.adapters.base import Adapter
from dossiers.gateway.words import REASON_EXAMPLES, reason_of
from dossiers.models import GatewayEvent, PostalEvent, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status
from postal_tthc.accounts.models import User
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, register
from tests.integration.dossiers.gateway.pushing import open_gateway, push, told
from tests.integration.dossiers.test_at_the_same_time import all_at_once

ROOT = Path(__file__).parents[4]
POSTED = MONDAY + timedelta(days=3)  # Thursday 04/06/2020
FRIDAY, MONDAY_AFTER = "2020-06-05T{}:00+07:00", "2020-06-08T{}:00+07:00"


def events_of(item: PostalItem) -> list[str]:
    return [event.status for event in item.events.filter(is_void=False)]


@pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")
class TestOne:
    """One push after the other."""

    @pytest.fixture(autouse=True)
    def _gateway(self, office):
        self.gateway = open_gateway(office)
        self.dossier = dossier_at(Status.WITH_POST, office)
        self.item = self.dossier.postal_items.get()

    def push(self, status: str, moment: str, **values: str) -> tuple[str, str]:
        answer = push(told(self.item, status, moment, **values))
        assert answer.status_code == 200, answer.text
        self.item.refresh_from_db()
        self.dossier.refresh_from_db()
        return answer.json()["code"], answer.json()["sentence"]

    def test_a_delivery_returns_the_result(self):
        code, _sentence = self.push(
            "Phát thành công", FRIDAY.format("09:30"), delivered_to="Trần Thị B"
        )

        assert code == "applied"
        assert (self.item.status, self.item.delivered_to) == ("delivered", "Trần Thị B")
        assert self.dossier.status == Status.RETURNED
        assert str(self.dossier.custody.last().by) == "Cổng kết nối bưu chính vnpost"
        assert custody.verify().breaks == []

    def test_the_account_of_a_gateway_cannot_be_signed_in_with(self, client):
        self.push("in_transit", FRIDAY.format("08:00"))

        account = User.objects.get(username="post-gateway:vnpost")
        assert not account.is_active
        assert not account.has_usable_password()
        assert not account.is_staff

    def test_an_attempt_keeps_its_reason(self):
        assert (
            self.push(
                "Phát không thành công", FRIDAY.format("10:00"), reason="Đi vắng"
            )[0]
            == "applied"
        )

        event = self.item.events.last()
        assert (event.status, event.reason) == ("attempted", "absent")

    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            ("Bưu tá đã ăn trưa", ""),
            ("Bưu tá đã ăn trưa (đi vắng)", "Đi vắng"),
            ("lost", ""),
            ("prepared", ""),
        ],
    )
    def test_unknown_words_are_kept_raw_and_change_nothing(self, status, reason):
        before = events_of(self.item)

        code, sentence = self.push(status, FRIDAY.format("10:00"), reason=reason)

        event = GatewayEvent.objects.get()
        assert code == event.outcome == "unknown_status"
        assert status in sentence
        assert event.payload["status"] == status
        assert event.item == self.item
        assert events_of(self.item) == before

    @pytest.mark.parametrize(
        ("status", "reason", "said"),
        [
            ("attempted", "", "«attempted»"),
            ("attempted", "rain", "«attempted – rain»"),
            ("Phát không thành công", "Trời mưa", "«Phát không thành công – Trời mưa»"),
            ("Phát không thành công (mưa)", "", "«Phát không thành công (mưa)»"),
            ("Không thành công - mưa", "Đi vắng", "«Không thành công - mưa – Đi vắng»"),
        ],
    )
    def test_a_failed_delivery_without_a_known_reason_says_that_it_is_the_reason(
        self, status, reason, said
    ):
        before = events_of(self.item)

        code, sentence = self.push(status, FRIDAY.format("10:00"), reason=reason)

        event = GatewayEvent.objects.get()
        assert code == event.outcome == "contradicts"
        assert "is not a known status" not in sentence
        assert "The post says «Delivery failed, 05/06/2020»" in event.note
        assert f"its reason is missing or not known ({said})" in event.note
        assert all(word in event.note for word in REASON_EXAMPLES)
        assert event.item == self.item
        assert events_of(self.item) == before

    def test_what_is_said_of_a_reason_is_not_cut_however_long_it_is(self):
        with translation.override("vi"):
            message = told(
                self.item, "attempted", FRIDAY.format("10:00"), reason="mưa " * 49
            )
            push(message, Cookie="")

        note = GatewayEvent.objects.get().note
        assert note.endswith(f"{REASON_EXAMPLES[-1]}.")
        assert len(note) <= 460  # of 500: other words of status may be longer

    def test_an_attempt_that_is_known_already_needs_no_reason(self, office):
        friday = at(POSTED + timedelta(days=1))
        actions.record_attempt(self.item, Reason.ABSENT, by=office.clerk, at=friday)

        code, sentence = self.push("attempted", FRIDAY.format("16:45"))

        assert code == "applied"
        assert "known already" in sentence
        assert events_of(self.item) == ["accepted", "attempted"]

    def test_an_unknown_item_is_kept(self):
        answer = push(told("EA000000005VN", "delivered", FRIDAY.format("10:00")))

        assert answer.json()["code"] == "unknown_item"
        assert "EA000000005VN" in answer.json()["sentence"]
        assert GatewayEvent.objects.get().item is None

    def test_an_item_of_another_province_is_unknown(self, other_office):
        theirs = dossier_at(Status.WITH_POST, other_office).postal_items.get()

        answer = push(told(theirs, "delivered", FRIDAY.format("10:00")))

        theirs.refresh_from_db()
        assert answer.json()["code"] == "unknown_item"
        assert theirs.delivered_on is None

    @pytest.mark.parametrize(
        ("first", "second", "why"),
        [
            pytest.param(
                ("delivered", FRIDAY.format("09:00")),
                ("attempted", MONDAY_AFTER.format("09:00")),
                "the post does not have it",
                id="an attempt after the delivery",
            ),
            pytest.param(
                ("delivered", FRIDAY.format("09:00")),
                ("delivered", MONDAY_AFTER.format("09:00")),
                "was delivered on 05/06/2020",
                id="delivered on another day",
            ),
            pytest.param(
                ("in_transit", FRIDAY.format("09:00")),
                ("delivered", "2020-06-04T07:00:00+07:00"),
                "cannot be earlier",
                id="delivered before its way",
            ),
            pytest.param(
                ("attempted", FRIDAY.format("09:00")),
                ("attempted", "2020-06-06T09:00:00+07:00"),
                "two working days",
                id="tried again too soon",
            ),
            pytest.param(
                ("in_transit", FRIDAY.format("09:00")),
                ("coming_back", MONDAY_AFTER.format("09:00")),
                "tries twice",
                id="back without two attempts",
            ),
            pytest.param(
                ("in_transit", FRIDAY.format("09:00")),
                ("came_back", MONDAY_AFTER.format("09:00")),
                "at the desk",
                id="taken in by nobody",
            ),
            pytest.param(
                ("in_transit", FRIDAY.format("09:00")),
                ("accepted", FRIDAY.format("09:00")),
                "was posted on 04/06/2020",
                id="accepted on another day",
            ),
            pytest.param(
                ("in_transit", FRIDAY.format("09:00")),
                ("delivered", "2090-01-01T09:00:00+07:00"),
                "future",
                id="tomorrow's news",
            ),
        ],
    )
    def test_a_contradiction_is_kept_with_both_values_and_not_applied(
        self, first, second, why
    ):
        reason = {"reason": "absent"}
        assert self.push(*first, **reason)[0] == "applied"
        here, before = self.item.get_status_display(), events_of(self.item)

        code, sentence = self.push(*second, **reason)

        event = GatewayEvent.objects.latest("pk")
        assert code == event.outcome == "contradicts"
        assert why in event.note
        assert f"here it is «{here}" in event.note
        assert str(ItemStatus(second[0]).label) in event.note
        assert event.note in sentence
        assert events_of(self.item) == before

    def test_what_is_known_already_is_not_told_twice(self, office):
        actions.deliver(self.item, by=office.clerk, at=at(POSTED + timedelta(days=1)))

        code, sentence = self.push("delivered", FRIDAY.format("16:45"))

        assert code == "applied"
        assert "known already" in sentence
        assert events_of(self.item) == ["accepted", "delivered"]

    def test_stations_that_come_out_of_order_find_their_place(self):
        self.push("out_for_delivery", FRIDAY.format("10:00"))
        self.push("at_office", FRIDAY.format("07:00"))
        code, sentence = self.push("in_transit", FRIDAY.format("05:00"))

        assert code == "applied"
        assert "came late" in sentence
        assert self.item.status == ItemStatus.OUT_FOR_DELIVERY
        assert events_of(self.item) == [
            "accepted",
            "in_transit",
            "at_office",
            "out_for_delivery",
        ]

    def test_a_station_told_after_the_delivery_does_not_undo_it(self):
        self.push("delivered", FRIDAY.format("10:00"))
        self.push("in_transit", FRIDAY.format("05:00"))

        assert self.item.status == ItemStatus.DELIVERED
        assert self.dossier.status == Status.RETURNED
        assert events_of(self.item) == ["accepted", "in_transit", "delivered"]

    def test_a_station_before_the_item_was_posted_contradicts(self):
        code, sentence = self.push("in_transit", "2020-06-02T05:00:00+07:00")

        assert code == "contradicts"
        assert "was not with the post on 02/06/2020" in sentence

    def test_the_same_event_again_does_nothing_more(self):
        message = told(self.item, "in_transit", FRIDAY.format("10:00"))
        push(message)

        again = push(message)

        assert again.status_code == 200
        assert again.json()["code"] == "duplicate"
        assert again.json()["outcome"] == "applied"
        assert GatewayEvent.objects.count() == 1
        assert events_of(self.item) == ["accepted", "in_transit"]

    def test_an_id_that_was_used_for_something_else_is_refused(self):
        message = told(self.item, "in_transit", FRIDAY.format("10:00"))
        push(message)

        other = push(message | {"status": "delivered"})

        assert (other.status_code, other.json()["code"]) == (409, "id_reused")
        self.item.refresh_from_db()
        assert self.item.status == ItemStatus.IN_TRANSIT

    def test_an_id_means_something_in_its_own_gateway_only(self, office):
        open_gateway(office, "emspost")
        message = told(self.item, "in_transit", FRIDAY.format("10:00"))
        push(message)

        answer = push(message, name="emspost")

        assert answer.json()["code"] == "applied"
        assert events_of(self.item) == ["accepted", "in_transit"]

    def test_the_way_in_is_delivered_by_the_minutes(self, office):
        coming = register(office).postal_items.get()

        answer = push(told(coming, "delivered", "2020-06-02T09:00:00+07:00"))

        assert answer.json()["code"] == "contradicts"
        assert "handover minutes" in answer.json()["sentence"]
        assert coming.leg == Leg.INTAKE

    def test_a_new_adapter_is_one_file_such_as_the_one_in_the_decision(
        self, office, tmp_path, monkeypatch
    ):
        text = (ROOT / "docs/decisions/0018-talking-with-the-post.md").read_text()
        example = text.split("```python\n")[1].split("```")[0]
        (tmp_path / "ngsp.py").write_text(example)
        monkeypatch.setattr(adapters, "__path__", [*adapters.__path__, str(tmp_path)])
        open_gateway(office, "ngsp", adapter="ngsp")
        moment = int(at(POSTED + timedelta(days=1)).timestamp())
        message = {"id": 1, "no": self.item.number, "st": 5, "ts": moment}

        answers = [
            push(message, name="ngsp"),
            push(message | {"id": 2, "st": 77}, name="ngsp"),
        ]

        self.item.refresh_from_db()
        codes = [answer.json()["code"] for answer in answers]
        assert codes == ["applied", "unknown_status"]
        assert self.item.status == ItemStatus.DELIVERED
        assert adapters.names() == ["generic", "ngsp"]

    def test_a_gateway_whose_adapter_is_gone_takes_nothing(self, office):
        open_gateway(office, "old", adapter="vanished")

        message = told(self.item, "delivered", FRIDAY.format("09:00"))

        assert push(message, name="old").status_code == 401


def test_a_reason_that_is_told_as_known_is_read():
    assert {reason_of(word) for word in REASON_EXAMPLES} == set(Reason)


def test_every_adapter_there_is_can_be_found():
    assert adapters.names() == ["generic"]
    assert isinstance(adapters.adapter("generic"), Adapter)
    with pytest.raises(KeyError):
        adapters.adapter("base")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")
def test_the_same_event_eight_times_at_once_is_taken_once(office):
    open_gateway(office)
    item = dossier_at(Status.WITH_POST, office).postal_items.get()
    message = told(item, "delivered", FRIDAY.format("09:00"))

    answers = all_at_once(*[lambda: push(message).json()["code"]] * 8)

    assert sorted(answers) == ["applied", *["duplicate"] * 7]
    assert GatewayEvent.objects.count() == 1
    assert PostalEvent.objects.filter(status=ItemStatus.DELIVERED).count() == 1
    assert custody.verify().breaks == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")
def test_a_push_and_a_person_at_once_deliver_once(office):
    open_gateway(office)
    item = dossier_at(Status.WITH_POST, office).postal_items.get()
    message = told(item, "delivered", FRIDAY.format("09:00"))

    answers = all_at_once(
        lambda: push(message).json()["code"],
        lambda: actions.deliver(
            item, by=office.clerk, at=at(POSTED + timedelta(days=1))
        ),
    )

    assert answers[0] == "applied"
    assert PostalEvent.objects.filter(status=ItemStatus.DELIVERED).count() == 1

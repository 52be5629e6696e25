"""The pages of the post, of drift, of effect and of workload, entered by the door."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from dossiers import actions
from dossiers.models import Dossier, PostalItem
from dossiers.postal_statuses import Reason
from dossiers.statuses import ReturnChannel, Status
from postal_tthc.accounts.models import Organisation
from postal_tthc.accounts.roles import Ability, Role
from procedures.models import Decision, Leg
from reports.models import OutreachEvent
from reports.screens import Table
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.reports.numbers import numbers, opened, page, wrong_numbers

pytestmark = pytest.mark.django_db

PAGES = ("dashboard", "post", "drift", "effect", "workload")
BY_POST = ReturnChannel.PUBLIC_POST


def table(client: Client, route: str, part: str, query: str = "?period=2020") -> Table:
    """The table of a page whose title begins like this."""
    shown = client.get(f"{reverse(f'reports:{route}')}{query}").context["screen"]
    return next(x for x in shown.tables if x.title.startswith(part))


def values(shown: Table) -> dict[object, list[object]]:
    return {row[0].value: [cell.value for cell in row[1:]] for row in shown.rows}


@pytest.mark.parametrize("route", PAGES)
class TestEveryPage:
    """What all pages of figures have in common."""

    def test_stands_with_an_empty_house(self, sign_in, route):
        client = sign_in("leader")
        address = f"{reverse(f'reports:{route}')}?period=2020"

        assert set(numbers(client, address).values()) <= {0}
        file = client.get(f"{address}&format=xlsx")
        assert load_workbook(BytesIO(file.content)).active["A1"].value

    @pytest.mark.parametrize("word", ["2000", "2000-Q1@15", "2099", "A1@2019-06-10"])
    def test_stands_in_any_period(self, sign_in, office, route, word):
        dossier_at(Status.RETURNED, office, return_channel=BY_POST)

        assert page(sign_in("leader"), f"{reverse(f'reports:{route}')}?period={word}")

    def test_says_a_wrong_period_in_a_sentence(self, sign_in, route):
        body = page(sign_in("leader"), f"{reverse(f'reports:{route}')}?period=2020-Q9")

        assert "«2020-Q9» is not a period." in body

    def test_keeps_a_chosen_period_in_its_address(self, sign_in, route):
        address = reverse(f"reports:{route}")
        response = sign_in("leader").get(
            address, {"year": "2020", "part": "9M"}, follow=True
        )

        [(kept, _status)] = response.redirect_chain
        assert kept.startswith(address)
        assert response.context["period"].word == "2020-9M"

    def test_its_numbers_open_what_they_count(self, sign_in, office, route):
        for place in ("Xã A, huyện B", "Hộp thư 1"):
            dossier_at(
                Status.RETURNED, office, return_channel=BY_POST, return_address=place
            )
        dossier_at(Status.UNDELIVERED, office)
        dossier_at(Status.WITH_POST, office)
        dossier_at(Status.PROCESSING, office)

        address = f"{reverse(f'reports:{route}')}?period=2020"
        assert wrong_numbers(sign_in("leader"), address) == {}


class TestThePost:
    """Where items go, how long they take, what went wrong."""

    def test_the_place_of_a_result_opens_its_items(self, sign_in, office):
        dossier_at(
            Status.RETURNED,
            office,
            return_channel=BY_POST,
            return_address="Thôn 1, xã Tiên Lục, huyện Lạng Giang",
        )
        dossier_at(Status.WITH_POST, office, return_address="Hộp thư 12")

        client = sign_in("leader")
        shown = table(client, "post", "Results by commune")

        assert set(values(shown)) == {"Xã Tiên Lục, huyện Lạng Giang", "not known"}
        assert [opened(client, row[1].link) for row in shown.rows] == [1, 1]

    def test_results_for_one_commune_on_one_day_are_told_with_their_saving(
        self, sign_in, office
    ):
        for _each in range(2):
            dossier_at(
                Status.WITH_POST, office, return_address="Xã Tiên Lục, huyện Lạng Giang"
            )
        PostalItem.objects.filter(leg=Leg.RETURN).update(postage_dong=30_000)

        told = table(sign_in("leader"), "post", "What would make").sentences

        assert any("same recipient" in x and "30,000" in x for x in told)
        assert any("same commune" in x and "2 items" in x for x in told)

    def test_a_failed_delivery_stands_under_its_reason_and_whoever_caused_it(
        self, sign_in, office
    ):
        dossier = dossier_at(Status.WITH_POST, office)
        item = dossier.postal_items.get(leg=Leg.RETURN)
        day = MONDAY + timedelta(days=4)
        for reason, days in ((Reason.ABSENT, 0), (Reason.WRONG_ADDRESS, 5)):
            actions.record_attempt(
                item,
                reason,
                by=office.postal_clerk,
                at=at(day + timedelta(days=days)),
            )
        client = sign_in("leader")

        by_reason = values(table(client, "post", "Failed deliveries, by reason"))
        by_cause = values(table(client, "post", "Failed deliveries, by who"))

        assert by_reason == {
            "Address wrong or incomplete": ["The agency", 1, 1],
            "Nobody at home": ["The recipient", 1, 1],
        }
        assert by_cause == {"The agency": [1], "The recipient": [1]}


class TestLateness:
    """A result that came late has an owner."""

    @pytest.fixture
    def sent(self, office: Office, known_norms_and_forms: None) -> Dossier:
        """Due on the 15th of June, at the post on the 17th: two working days late."""
        procedure = make_procedure(office, processing_time=10)
        dossier = dossier_at(
            Status.RESULT_READY, office, procedure=procedure, return_channel=BY_POST
        )
        return actions.hand_to_post(
            dossier,
            envelope(77, Leg.RETURN),
            by=office.clerk,
            at=at(date(2020, 6, 17)),
        )

    def shown(self, client: Client) -> tuple[dict[object, list[object]], Table]:
        found = table(client, "dashboard", "Late at the citizen's door")
        return values(found), found

    def test_days_until_the_post_are_the_agencys(self, sign_in, office, sent):
        item = sent.postal_items.get()
        assert (sent.due_on, item.expected_on) == (
            date(2020, 6, 15),
            date(2020, 6, 19),
        )
        actions.deliver(item, by=office.postal_clerk, at=at(date(2020, 6, 19)))
        client = sign_in("leader")
        rows, found = self.shown(client)

        assert rows == {
            "The agency": [1, 2],
            "The post": [0, 0],
            "The recipient": [0, 0],
        }
        assert [cell.value for cell in found.total[1:]] == [1, 2]
        assert opened(client, found.rows[0][1].link) == 1
        assert opened(client, found.rows[1][1].link) == 0

    def test_days_after_a_failed_attempt_are_of_whoever_caused_it(
        self, sign_in, office, sent
    ):
        item = sent.postal_items.get()
        post = {"by": office.postal_clerk}
        actions.record_attempt(item, Reason.ABSENT, at=at(date(2020, 6, 22)), **post)
        actions.deliver(item, at=at(date(2020, 6, 24)), **post)

        rows, _found = self.shown(sign_in("leader"))

        assert rows == {
            "The agency": [1, 2],
            "The post": [1, 1],
            "The recipient": [1, 2],
        }

    def test_a_result_in_time_is_nobodys_fault(self, sign_in, office, sent):
        item = sent.postal_items.get()
        actions.deliver(item, by=office.postal_clerk, at=at(date(2020, 6, 17)))
        client = sign_in("leader")
        rows, found = self.shown(client)

        assert {tuple(x) for x in rows.values()} == {(0, 0)}
        assert found.total[0].value == "Late, of 1 delivered"
        assert opened(client, found.total[0].link) == 1
        assert opened(client, found.total[1].link) == 0


class TestTakeUp:
    """Only those whose procedure was open to the post could have taken it."""

    def test_a_procedure_opened_later_counts_from_its_day_on(self, sign_in, office):
        procedure = make_procedure(office)
        procedure.eligibilities.update(valid_from=date(2020, 6, 2))
        for day in (1, 2, 3):
            receive(
                office,
                procedure,
                on=date(2020, 6, day),
                return_channel=BY_POST if day == 3 else "counter",
            )
        client = sign_in("leader")

        shown = table(client, "dashboard", "Take-up")

        assert [cell.value for cell in shown.total[1:3]] == [2, 1]
        assert opened(client, shown.total[1].link) == 2

    def test_a_procedure_closed_to_the_post_is_not_counted(self, sign_in, office):
        receive(office, make_procedure(office, by_post=False))

        assert table(sign_in("leader"), "dashboard", "Take-up").rows == ()


class TestComparison:
    """Desks of an agency, agencies of a province."""

    def test_desks_stand_side_by_side_and_open_their_own_dossiers(
        self, sign_in, office
    ):
        other = Organisation.objects.create(
            kind="desk", parent=office.agency, name="Một cửa số 2", symbol="SNV-MC2"
        )
        receive(office)
        moved = receive(office)
        Dossier.objects.filter(pk=moved.pk).update(desk=other)
        receive(office)
        client = sign_in("leader")

        shown = table(client, "dashboard", "Desks side by side")

        assert {name: row[0] for name, row in values(shown).items()} == {
            "Một cửa SNV": 2,
            "Một cửa số 2": 1,
        }
        assert [opened(client, row[1].link) for row in shown.rows] == [2, 1]

    def test_agencies_of_a_province_stand_side_by_side(self, sign_in, office):
        receive(office)
        Organisation.objects.create(
            kind="agency", parent=office.province, name="Sở Tư pháp", symbol="STPX"
        )

        shown = table(sign_in("consolidator"), "dashboard", "Agencies side by side")

        assert {name: row[0] for name, row in values(shown).items()} == {
            "Sở SNV": 1,
            "Sở Tư pháp": 0,
        }

    def test_an_unfinished_period_is_compared_with_the_same_days(
        self, sign_in, office, time_machine
    ):
        receive(office, on=date(2019, 6, 1))
        receive(office, on=date(2019, 6, 20))
        receive(office, on=date(2020, 6, 1), return_channel=BY_POST)
        time_machine.move_to(at(date(2020, 6, 10)), tick=False)

        response = sign_in("leader").get("/reports/?period=2020")
        [headline, *_rest] = response.context["cards"]

        assert str(headline.ratio) == "01/01 (100,00%)"
        assert str(headline.before) == "0/01 (0,00%)"
        assert headline.change == "up 100.00 percentage points"


class TestNow:
    """What stands open today."""

    def test_originals_with_somebody_else_are_counted_and_listed(self, sign_in, office):
        dossier_at(Status.RETURNED, office)
        receive(office)
        client = sign_in("leader")

        [originals] = [
            x
            for x in client.get("/reports/?period=2020").context["now"]
            if x.label == "Originals not home"
        ]

        assert originals.value == 1
        assert opened(client, originals.link) == 1


class TestDrift:
    """What a decision changed."""

    @pytest.fixture
    def moved(self, office: Office) -> dict[str, object]:
        """One ended, one began, one changed, one gained, one lost, on one day."""
        day = date(2020, 3, 2)
        eve = day - timedelta(days=1)
        decision = Decision.objects.create(
            number="9/QĐ-UBND",
            issued_on=day,
            issuer="UBND",
            title="công bố",
            effective_from=day,
            publishes_catalogue_of=office.agency,
        )
        make_procedure(office, code="1.900001", in_force_to=eve)
        make_procedure(office, code="1.900002", in_force_from=day, decision=decision)
        old = make_procedure(office, code="1.900003", in_force_to=eve)
        receive(office, old, on=date(2020, 2, 28))
        make_procedure(
            office,
            code="1.900003",
            in_force_from=day,
            processing_time=7,
            decision=decision,
        )
        gained = make_procedure(office, code="1.900004", by_post=False)
        gained.eligibilities.update(valid_to=eve)
        lost = make_procedure(office, code="1.900005")
        lost.eligibilities.filter(leg=Leg.INTAKE).update(valid_to=eve)
        for procedure, leg, is_eligible in (
            (gained, Leg.RETURN, True),
            (lost, Leg.INTAKE, False),
        ):
            procedure.eligibilities.create(
                leg=leg,
                is_eligible=is_eligible,
                reason="" if is_eligible else "Phải có mặt",
                valid_from=day,
                decision=decision,
            )
        return {"old": old, "decision": decision}

    def test_without_days_it_shows_the_day_of_the_newest_decision(
        self, sign_in, office, moved
    ):
        rows = {
            row[0].small: [cell.value for cell in row[1:]]
            for row in table(sign_in("leader"), "drift", "What moved").rows
        }

        assert rows == {
            "1.900001": ["ended", "− Intake; − Return of the result", "–", "–"],
            "1.900002": [
                "began",
                "+ Intake; + Return of the result",
                "–",
                "9/QĐ-UBND",
            ],
            "1.900003": [
                "changed",
                "–",
                "processing time: 10 working days → 7 working days",
                "9/QĐ-UBND",
            ],
            "1.900004": ["changed", "+ Return of the result", "–", "9/QĐ-UBND"],
            "1.900005": ["changed", "− Intake", "–", "9/QĐ-UBND"],
        }

    def test_its_numbers_open_procedures_and_dossiers(self, sign_in, moved):
        client = sign_in("leader")

        assert wrong_numbers(client, "/reports/drift/?period=2020") == {}
        shown = table(client, "drift", "Open dossiers")
        assert values(shown) == {"Thủ tục số 1.900003": [date(2020, 3, 1), 1]}
        assert opened(client, shown.rows[0][2].link) == 1

    def test_other_days_are_compared_when_asked(self, sign_in, moved):
        query = "?before=03/03/2020&after=04/03/2020"

        shown = table(sign_in("leader"), "drift", "What moved", query)

        assert shown.rows == ()

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            (
                "?before=04/03/2020&after=03/03/2020",
                "The earlier day must lie before the later one.",
            ),
            ("?before=hôm qua&after=03/03/2020", "Enter a valid date."),
            ("?after=03/03/2020", "This field is required."),
        ],
    )
    def test_wrong_days_are_said_and_kept(self, sign_in, moved, query, sentence):
        body = page(sign_in("leader"), f"/reports/drift/{query}")

        assert sentence in body
        assert 'value="03/03/2020"' in body

    def test_two_decisions_for_one_catalogue_are_said(self, sign_in, office, moved):
        Decision.objects.create(
            number="10/QĐ-UBND",
            issued_on=date(2020, 3, 1),
            issuer="UBND",
            title="công bố",
            effective_from=date(2020, 3, 1),
            publishes_catalogue_of=office.agency,
        )

        body = page(sign_in("leader"), "/reports/drift/")

        assert "Two decisions publish the catalogue of Sở SNV" in body


class TestEffect:
    """Take-up before and after each event of the ledger."""

    @pytest.fixture
    def event(self, office: Office) -> OutreachEvent:
        return OutreachEvent.objects.create(
            organisation=office.agency,
            kind="briefing",
            held_on=date(2020, 6, 15),
            title="phổ biến Quyết định số 45/2016/QĐ-TTg",
            entered_by=office.clerk,
        )

    def test_the_days_around_an_event_are_counted_and_not_the_day_itself(
        self, sign_in, office, event
    ):
        for day, by_post in ((15, 0), (16, 1), (17, 1), (18, 0)):
            receive(
                office,
                on=date(2020, 6, day),
                return_channel=BY_POST if by_post else "counter",
            )
        receive(office, on=date(2020, 5, 16))
        receive(office, on=date(2020, 5, 15))
        receive(office, on=date(2020, 7, 15))
        client = sign_in("leader")

        [row] = table(client, "effect", "Take-up").rows

        assert [cell.value for cell in row[2:4]] == [1, 0]
        assert [cell.value for cell in row[5:7]] == [4, 2]
        assert str(row[8].value) == "50.00"
        assert "Fewer than 10 dossiers" in row[-1].value
        assert wrong_numbers(client, "/reports/outreach/effect/?period=2020") == {}

    def test_days_that_are_not_over_are_said(
        self, sign_in, office, event, time_machine
    ):
        time_machine.move_to(at(date(2020, 7, 1)), tick=False)

        [row] = table(sign_in("leader"), "effect", "Take-up").rows

        assert "not over: they end on 15/07/2020" in row[-1].value

    def test_a_void_event_is_left_out(self, sign_in, event):
        event.void_reason = "Nhập nhầm"
        event.save()

        body = page(sign_in("leader"), "/reports/outreach/effect/?period=2020")

        assert "The outreach ledger holds nothing in this period." in body
        assert event.title not in body


class TestWorkload:
    """Steps of people, for leaders."""

    @pytest.mark.parametrize(
        "role", [r for r in Role if r not in (Role.LEADER, Role.POSTAL_CLERK)]
    )
    def test_is_refused_in_words_to_whoever_does_not_lead(self, sign_in, office, role):
        assert not office.people[role].may(Ability.READ_WORKLOAD)

        response = sign_in(role).get("/reports/workload/")

        assert response.status_code == 403
        assert "shown to leaders only" in response.content.decode()

    def test_people_stand_by_name_with_their_steps(self, sign_in, office):
        dossier_at(Status.RETURNED, office)
        dossier_at(Status.PROCESSING, office)
        client = sign_in("leader")

        shown = table(client, "workload", "Steps by person")
        heads = [head.label for head in shown.heads]
        rows = {
            row[0].value: dict(zip(heads, [x.value for x in row], strict=True))
            for row in shown.rows
        }

        assert list(rows) == sorted(rows)
        clerk, officer = rows["One-stop clerk SNV"], rows["Case officer SNV"]
        assert (clerk["Dossiers entered"], clerk["Result returned"]) == (2, 1)
        assert (officer["Handed to the case officer"], officer["All steps"]) == (2, 3)
        assert officer["Open now, last step theirs"] == 1
        assert "Postal clerk SNV" not in rows

    def test_its_lists_are_empty_for_others(self, sign_in, office):
        dossier_at(Status.PROCESSING, office)
        link = table(sign_in("leader"), "workload", "Steps").rows[0][-1].link

        assert opened(sign_in("leader"), link) == 1
        assert opened(sign_in("clerk"), link) == 0

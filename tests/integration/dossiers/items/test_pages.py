"""The pages of postal items: list, tabs, scanning box, one item, its buttons."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dossiers import actions, paging
from dossiers.models import Dossier, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    receive,
    register,
)
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.pages import Page, fields_of

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

ITEMS = "/dossiers/items/"
POSTED = MONDAY + timedelta(days=3)
FRIDAY = POSTED + timedelta(days=1)
DAY = {"on": "05/06/2020"}


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


def address(item: PostalItem, verb: str = "") -> str:
    return f"{ITEMS}{item.pk}/{verb}{'/' if verb else ''}"


def tabs(page) -> dict[str, int]:
    """The counts beside the tabs."""
    return {name: count.number for name, _label, count in page.context["tabs"]}


def numbers(page) -> list[str]:
    return [item.number for item in page.context["rows"]]


def test_every_tab_counts_and_lists_its_own(clerk, office, time_machine):
    silent = dossier_at(Status.WITH_POST, office).postal_items.get()
    back = dossier_at(Status.UNDELIVERED, office).postal_items.get()
    delivered = dossier_at(
        Status.RETURNED, office, return_channel="public_post"
    ).postal_items.get()
    PostalItem.objects.filter(pk=delivered.pk).update(collect_dong=20_000)
    announced = register(office, on=date(2020, 6, 9)).postal_items.get()
    time_machine.move_to(at(date(2020, 6, 10)), tick=False)

    page = clerk.get(ITEMS)

    assert tabs(page) == {
        "under-way": 2,
        "silent": 1,
        "back": 1,
        "owing": 1,
        "all": 4,
    }
    listed = {tab: numbers(clerk.get(f"{ITEMS}?tab={tab}")) for tab in tabs(page)}
    assert listed == {
        "under-way": [announced.number, silent.number],
        "silent": [silent.number],
        "back": [back.number],
        "owing": [delivered.number],
        "all": [announced.number, delivered.number, back.number, silent.number],
    }


def test_an_unknown_tab_is_all(clerk, item):
    assert numbers(clerk.get(f"{ITEMS}?tab=no-such")) == [item.number]


@pytest.mark.parametrize("typed", ["{}", "  {} ", "ee 123-456-785 vn"])
def test_a_scanned_number_opens_its_item(clerk, office, typed):
    dossier = receive(office, item=PostalItem(number="EE123456785VN", leg=Leg.INTAKE))
    item = dossier.postal_items.get()

    page = clerk.get(ITEMS, {"q": typed.format(item.number)})

    assert page.status_code == 302
    assert page.url == address(item)


def test_a_number_on_both_legs_lists_both(clerk, office):
    for leg in (Leg.INTAKE, Leg.RETURN):
        if leg == Leg.INTAKE:
            receive(office, item=PostalItem(number="EE123456785VN", leg=leg))
            continue
        ready = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
        actions.hand_to_post(
            ready,
            PostalItem(number="EE123456785VN", leg=leg),
            by=office.clerk,
            at=at(FRIDAY),
        )

    page = clerk.get(ITEMS, {"q": "EE123456785VN"})

    assert numbers(page) == ["EE123456785VN"] * 2


def test_a_part_of_a_number_finds_it_and_a_slip_is_guessed(clerk, office):
    receive(office, item=PostalItem(number="EE123456785VN", leg=Leg.INTAKE))

    assert numbers(clerk.get(ITEMS, {"q": "456785"})) == ["EE123456785VN"]
    page = clerk.get(ITEMS, {"q": "EE123456789VN"})
    assert page.context["rows"] == []
    assert [item.number for item in page.context["meant"]] == ["EE123456785VN"]
    assert "One slip away:" in page.text


@pytest.mark.parametrize("typed", ["\x00", "'; DROP TABLE", "x" * 500, "%", "ẤẾ<b>"])
def test_anything_may_be_typed(clerk, item, typed):
    page = clerk.get(ITEMS, {"q": typed})

    assert page.status_code == 200
    assert "<b>" not in page.text.replace("<b>&", "")


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "1.5", "\x00"])
def test_a_broken_page_key_is_the_first_page(clerk, item, after):
    assert clerk.get(f"{ITEMS}?tab=all", {"tab": "all", "after": after}).context[
        "rows"
    ] == [item]


def test_older_items_are_on_the_next_page(clerk, office, monkeypatch):
    monkeypatch.setattr(paging, "PAGE", 2)
    items = [receive(office, item=envelope(n)).postal_items.get() for n in range(5)]
    newest = [item.number for item in reversed(items)]

    seen, after = [], ""
    for _ in range(3):
        page = clerk.get(ITEMS, {"tab": "all", "after": after})
        seen.append(numbers(page))
        after = page.context["next_key"]

    assert seen == [newest[:2], newest[2:4], newest[4:]]
    assert after == ""


def test_the_items_of_another_office_do_not_exist(sign_in, other_office, item):
    client = sign_in("clerk", other_office)

    assert client.get(ITEMS).context["rows"] == []
    assert client.get(ITEMS, {"q": item.number}).status_code == 200
    assert {
        client.get(address(item, verb)).status_code
        for verb in ("", "news", "attempt", "delivered", "correct", "void")
    } == {404}


def test_empty_tabs_say_what_that_means(clerk):
    assert "No postal item has been written down yet." in (
        clerk.get(f"{ITEMS}?tab=all").text
    )
    assert "No item is silent" in clerk.get(f"{ITEMS}?tab=silent").text
    assert "handed over all fees" in clerk.get(f"{ITEMS}?tab=owing").text


def test_the_page_tells_everything_about_the_item(clerk, office, item):
    facts = {
        "number": "EE123456789VN",
        "postage_dong": 31_000,
        "proof_of_posting": "BL 17",
        "seal_number": "NP-9",
    }
    actions.correct_item(item, facts, by=office.clerk, at=at(FRIDAY))
    dossier = item.dossiers.get()

    page = clerk.get(address(item)).text

    for words in (
        "EE123456789VN",
        "the check digit does not fit",
        "31,000 đ",
        "Applicant",
        "BL 17",
        "NP-9",
        "Nguyễn Văn A",
        "Số 1 đường Hùng Vương, Bắc Giang",
        "Between districts of one province",
        "Bưu điện UBND",
        "J+2 working days from 04/06/2020",
        dossier.code,
        "Accepted by the post",
    ):
        assert words in page, words


def test_a_failed_attempt_says_who_caused_it(clerk, office, item):
    actions.record_attempt(
        item, Reason.WRONG_PHONE, by=office.clerk, at=at(FRIDAY), place="Lạng Giang"
    )

    page = clerk.get(address(item)).text

    assert "Phone number wrong" in page
    assert '<span class="badge soon">The agency</span>' in page
    assert "Lạng Giang" in page
    assert "The agency caused the failure and pays for the next delivery" in page


@pytest.mark.parametrize(
    ("day", "alarm"), [(date(2020, 6, 8), False), (date(2020, 6, 9), True)]
)
def test_the_alarm_rings_the_day_after_the_norm(
    sign_in, item, time_machine, day, alarm
):
    client = sign_in("clerk")
    time_machine.move_to(at(day, 10), tick=False)

    page = client.get(address(item)).text

    assert ("No news for 1 day beyond the norm." in page) is alarm
    assert ("On the telephone" in page) is alarm
    assert ("Open a case" in page) is alarm


def test_the_number_to_call_is_the_offices_own(sign_in, item, settings):
    settings.POSTAL_HOTLINE = "0204 385 0000"

    page = sign_in("clerk").get(address(item)).text

    assert "as this office entered it: <strong>0204 385 0000</strong>" in page


# The buttons of an item that the post has, has tried to deliver, has delivered.
ON_THE_WAY = {"delivered", "attempt", "news", "correct"}
BUTTONS = {
    Role.CLERK: (ON_THE_WAY, ON_THE_WAY | {"came-back", "void"}, {"correct"}),
    Role.POSTAL_CLERK: (ON_THE_WAY, ON_THE_WAY | {"void"}, {"correct"}),
}


def buttons(page, item) -> set[str]:
    own = address(item)
    links = (link.removeprefix(own) for link in Page(page).links if own in link)
    return {link.strip("/") for link in links} - {"", "slip"}


@pytest.mark.parametrize("stage", range(3))
@pytest.mark.parametrize("role", Role)
def test_the_buttons_are_those_that_would_work(sign_in, office, item, role, stage):
    if stage:
        actions.record_attempt(item, Reason.REFUSED_IT, by=office.clerk, at=at(FRIDAY))
    if stage == 2:
        actions.deliver(item, by=office.clerk, at=at(FRIDAY))
    client = sign_in(role)

    page = client.get(address(item))

    expected = BUTTONS.get(role, (set(), set(), set()))[stage]
    every = {"delivered", "attempt", "news", "came-back", "correct", "void"}
    answers = {verb: client.get(address(item, verb)).status_code for verb in every}
    assert buttons(page, item) == expected
    assert {verb for verb, status in answers.items() if status == 200} == expected
    assert set(answers.values()) <= {200, 403, 409}


def post(client, item, verb, **fields):
    return client.post(address(item, verb), DAY | fields, follow=True)


def test_news_is_written_down(clerk, item):
    page = post(clerk, item, "news", status="at_office", place="Lạng Giang")

    assert page.redirect_chain == [(address(item), 302)]
    assert f"Item {item.number}: at the post office of destination." in page.text


def test_a_failure_says_at_once_what_follows(clerk, item):
    page = post(clerk, item, "attempt", reason="absent")

    assert f"The failed delivery of item {item.number} was written down." in page.text
    assert "The next attempt may be made from 09/06/2020 on." in page.text


def test_reasons_are_grouped_by_who_caused_them(clerk, item):
    page = clerk.get(address(item, "attempt")).text

    for group in ("Caused by the post", "Caused by the agency", "Caused by the rec"):
        assert f'<optgroup label="{group}' in page


def test_a_second_attempt_too_soon_is_told_and_nothing_is_lost(clerk, office, item):
    actions.record_attempt(item, Reason.ABSENT, by=office.clerk, at=at(FRIDAY))
    before = everything_kept()

    page = post(clerk, item, "attempt", reason="absent", place="Lạng Giang")

    assert page.status_code == 422
    assert "at least two working days after the last one, from 09/06/2020" in page.text
    assert fields_of(page)["place"] == "Lạng Giang"
    assert everything_kept() == before


def test_who_signed_is_offered_and_kept(clerk, item):
    assert fields_of(clerk.get(address(item, "delivered")))["to"] == "Nguyễn Văn A"

    page = post(clerk, item, "delivered", to="Trần Thị B")

    assert f"Item {item.number} was delivered to Trần Thị B." in page.text
    assert Dossier.objects.get().status == Status.RETURNED


def test_a_seal_that_does_not_match_is_told(clerk, office, item):
    actions.correct_item(item, {"seal_number": "NP-1"}, by=office.clerk, at=at(FRIDAY))
    actions.record_attempt(item, Reason.MOVED, by=office.clerk, at=at(FRIDAY))

    page = post(clerk, item, "came-back", opened_seal_number="NP-2")

    assert "can be sent again" in page.text
    assert "Sealed as «NP-1», opened as «NP-2»: report an incident." in page.text
    assert "does not match" in page.text


def test_the_last_news_is_voided(clerk, office, item):
    actions.record_attempt(item, Reason.ABSENT, by=office.clerk, at=at(FRIDAY))

    page = clerk.post(address(item, "void"), follow=True)

    assert f"The last news of item {item.number} counts no more." in page.text
    assert 'class="void"' in page.text
    item.refresh_from_db()
    assert item.status == ItemStatus.ACCEPTED


def test_facts_are_corrected_and_doubts_asked_about_once(clerk, item):
    fields = fields_of(clerk.get(address(item, "correct")))
    wrong = {**fields, "number": "EE123456789VN", "postage_dong": "31000"}

    page = clerk.post(address(item, "correct"), wrong)
    assert page.status_code == 422
    assert "the check digit does not fit. Did you mean one of these" in page.text
    assert "EE123456785VN" in page.text
    assert page.context["item"].number == item.number

    page = clerk.post(address(item, "correct"), fields_of(page), follow=True)
    item.refresh_from_db()
    assert "The facts of the item were corrected." in page.text
    assert (item.number, item.postage_dong) == ("EE123456789VN", 31_000)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", "", "This field is required"),
        ("number", "x" * 31, "at most 30"),
        ("number", "EE1\x002", "Null characters"),
        ("postage_dong", "-1", "greater than or equal to 0"),
        ("postage_dong", "100000001", "less than or equal to 100000000"),
        ("service", "pigeon", "Select a valid choice"),
        ("route", "moon", "Select a valid choice"),
    ],
)
def test_facts_that_do_not_fit_are_refused(clerk, item, field, value, sentence):
    before = everything_kept()
    fields = fields_of(clerk.get(address(item, "correct"))) | {field: value}

    page = clerk.post(address(item, "correct"), fields)

    assert page.status_code == 422
    assert sentence in page.text.replace("100,000,000", "100000000")
    assert everything_kept() == before


def test_an_old_envelope_without_facts_has_a_page(clerk, office):
    item = receive(office, item=envelope(5)).postal_items.get()

    page = clerk.get(address(item)).text

    assert "It is expected once it is posted." in page
    assert "The post has not told anything yet." in page
    assert "not written down" in page


def test_an_envelope_with_another_addressee_is_marked(clerk, office, item):
    second = dossier_at(
        Status.RESULT_READY,
        office,
        return_channel="public_post",
        return_name="Lê Thị C",
    )
    actions.hand_to_post(
        second,
        PostalItem(number=item.number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(POSTED, 10),
    )

    page = clerk.get(address(item)).text

    assert "another addressee" in page
    assert "Lê Thị C" in page


def test_an_unknown_verb_or_item_is_not_found(clerk, item):
    assert clerk.get(address(item, "burn")).status_code == 404
    assert clerk.get(f"{ITEMS}999999/").status_code == 404


def test_markup_in_what_was_typed_is_shown_as_text(clerk, office, item):
    markup = "<script>alert(1)</script>"
    post(clerk, item, "attempt", reason="absent", place=markup, note=markup)
    actions.correct_item(
        item, {"seal_number": markup[:40]}, by=office.clerk, at=at(FRIDAY)
    )

    page = clerk.get(address(item)).text

    assert "<script>alert" not in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.POSTAL_CLERK])
def test_whoever_carries_finds_the_items_in_the_head(sign_in, role):
    page = sign_in(role).get(reverse("dossiers:list")).text

    assert f'href="{ITEMS}"' in page


def test_the_number_of_queries_does_not_grow_with_the_list(
    clerk, office, django_assert_max_num_queries
):
    for number in range(6):
        receive(office, item=envelope(number))

    with django_assert_max_num_queries(20):
        clerk.get(f"{ITEMS}?tab=all")

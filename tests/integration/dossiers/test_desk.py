"""The desk: every list counts what waits, opens it, and names the next action."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from dossiers import actions, desk, waiting
from dossiers.expected import expected
from dossiers.models import Dossier, Handover, Incident, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status, Step
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import MONDAY, at, dossier_at, receive, register, take
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page

DESK = "/dossiers/today/"
FRIDAY = MONDAY + timedelta(days=4)
BY_POST = {
    "return_channel": "public_post",
    "return_name": "Nguyễn Văn A",
    "return_address": "Số 1 đường Hùng Vương",
}
OFFERED = {
    Role.CLERK: [
        "late",
        "due",
        "to_forward",
        "coming",
        "going",
        "supplements",
        "silent",
        "came_back",
        "papers",
        "owing",
        "incidents",
        "drafts",
    ],
    Role.CASE_OFFICER: ["late", "due", "to_forward", "supplements", "incidents"],
    Role.LEADER: ["late", "due", "supplements", "silent", "came_back", "incidents"],
    Role.POSTAL_CLERK: [
        "minutes",
        "coming",
        "going",
        "silent",
        "owing",
        "incidents",
        "drafts",
    ],
}


@pytest.fixture
def on(time_machine):
    """Make it a day, at ten in the morning."""
    return lambda day: time_machine.move_to(at(day, hour=10), tick=False)


@pytest.fixture
def one_of_each(office):
    """One dossier in each status."""
    return {status: dossier_at(status, office) for status in Status}


def section(response, name: str):
    return next(x for x in response.context["sections"] if x.name == name)


def references(response, name: str) -> list[str]:
    return [line.reference for line in section(response, name).lines]


@pytest.mark.parametrize("role", Role)
def test_each_role_is_offered_its_own_lists(sign_in, role):
    response = sign_in(role).get(DESK)

    if role not in OFFERED:
        assert response.status_code == 403
        assert f"the role «{role.label}» does not include it" in response.text
        return
    assert [x.name for x in response.context["sections"]] == OFFERED[role]


def test_without_work_every_list_stands_at_nought_and_says_what_belongs_to_it(
    sign_in,
):
    response = sign_in("clerk").get(DESK)

    assert "Nothing waits for you." in response.text
    assert {x.count.number for x in response.context["sections"]} == {0}
    for work in desk.lists_for(response.context["user"]).values():
        assert str(work.title) in response.text
        assert str(work.when_empty) in response.text


def test_late_dossiers_come_first_due_first_with_their_next_step(sign_in, office, on):
    slow = make_procedure(office, processing_time=10)
    fast = make_procedure(office, processing_time=2)
    one, other = receive(office, slow), receive(office, fast)
    take(Step.PROCESSING, one, office, at(MONDAY))
    on(MONDAY + timedelta(days=30))

    response = sign_in("clerk").get(DESK)

    assert references(response, "late") == [other.reference, one.reference]
    lines = section(response, "late").lines
    assert [line.next_words for line in lines] == [
        "Hand to the case officer",
        "Record the result",
    ]
    assert [line.next_address for line in lines] == [
        f"{other.get_absolute_url()}processing/",
        f"{one.get_absolute_url()}result_ready/",
    ]
    assert "days late" in lines[0].badge.text


@pytest.mark.parametrize(
    ("today", "is_listed"),
    [
        pytest.param(FRIDAY, True, id="due on the next working day, over a weekend"),
        pytest.param(FRIDAY + timedelta(days=3), True, id="due today"),
        pytest.param(FRIDAY - timedelta(days=1), False, id="two working days left"),
        pytest.param(FRIDAY + timedelta(days=4), False, id="late already"),
    ],
)
def test_due_means_today_or_the_next_working_day(sign_in, office, on, today, is_listed):
    dossier = receive(office, make_procedure(office, processing_time=5))
    assert dossier.due_on == date(2020, 6, 8)
    on(today)

    assert (dossier.reference in references(sign_in("clerk").get(DESK), "due")) is (
        is_listed
    )


def test_a_clock_that_stands_still_is_neither_due_nor_late(sign_in, office, on):
    dossier_at(Status.AWAITING_PAYMENT, office)
    on(MONDAY + timedelta(days=30))

    response = sign_in("clerk").get(DESK)

    assert references(response, "late") == references(response, "due") == []


def test_what_was_received_is_to_be_handed_on_the_oldest_first(sign_in, office, on):
    second = receive(office, on=FRIDAY)
    first = receive(office)
    dossier_at(Status.PROCESSING, office)
    on(FRIDAY)

    lines = section(sign_in("clerk").get(DESK), "to_forward").lines

    assert [x.reference for x in lines] == [first.reference, second.reference]
    assert [x.badge and x.badge.text for x in lines] == ["since an earlier day", None]


def test_what_comes_and_goes_by_post_is_what_the_minutes_expect(
    sign_in, office, one_of_each
):
    """Two pages answer the same question: the desk and the postman-is-here page."""
    home = receive(office, intake_channel="public_post")
    actions.withdraw(
        home, reason="Xin rút", by=office.clerk, at=at(MONDAY), gives_back=False
    )
    ready = dossier_at(Status.RESULT_READY, office, **BY_POST)
    PostalItem.objects.filter(dossiers=one_of_each[Status.WITH_POST]).update(
        status=ItemStatus.COMING_BACK
    )

    response = sign_in("clerk").get(DESK)

    for name, direction in (("coming", "in"), ("going", "out")):
        due = expected(office.desk, Handover.Direction(direction))
        told = {x.dossier.reference for x in due if x.dossier}
        assert set(references(response, name)) == told, name
    assert {home.reference, ready.reference} <= set(references(response, "going"))
    assert one_of_each[Status.ANNOUNCED].reference in references(response, "coming")


def test_another_desk_of_the_agency_hands_over_its_own(sign_in, office):
    other = office.agency.children.create(
        kind="desk", name="Một cửa số 2", symbol="SNV-2"
    )
    announced = dossier_at(Status.ANNOUNCED, office)
    Dossier.objects.filter(pk=announced.pk).update(desk=other)

    assert references(sign_in("clerk").get(DESK), "coming") == []
    assert references(sign_in("postal_clerk").get(DESK), "coming") == [
        announced.reference
    ]


@pytest.mark.parametrize(
    ("days", "is_listed"), [(-1, True), (0, True), (2, True), (3, False), (None, False)]
)
def test_a_supplement_runs_out_two_days_before_its_last_day(
    sign_in, office, on, days, is_listed
):
    dossier = dossier_at(Status.PROCESSING, office)
    today = MONDAY + timedelta(days=10)
    actions.request_supplement(
        dossier,
        reason="Thiếu",
        answer_by=None if days is None else today + timedelta(days=days),
        by=office.case_officer,
        at=at(MONDAY + timedelta(days=2)),
    )
    on(today)

    found = references(sign_in("clerk").get(DESK), "supplements")

    assert (found == [dossier.reference]) is is_listed


def test_the_last_request_counts_and_a_void_one_does_not(sign_in, office, on):
    dossier = dossier_at(Status.PROCESSING, office)
    day = MONDAY + timedelta(days=2)
    for answer_by in (day, day + timedelta(days=60)):
        dossier = actions.request_supplement(
            dossier,
            reason="Thiếu",
            answer_by=answer_by,
            legal_basis="Luật",
            by=office.case_officer,
            at=at(day),
        )
        if answer_by == day:
            dossier = take(Step.SUPPLEMENTED, dossier, office, at(day))
    on(day + timedelta(days=5))
    client = sign_in("clerk")

    assert references(client.get(DESK), "supplements") == []
    dossier.notices.filter(answer_by__gt=day).update(is_void=True)
    assert references(client.get(DESK), "supplements") == [dossier.reference]


def test_a_silent_envelope_leads_to_its_page(sign_in, office, on):
    sent = dossier_at(Status.WITH_POST, office)
    item = sent.postal_items.get()
    PostalItem.objects.filter(pk=item.pk).update(news_due_on=FRIDAY)
    on(FRIDAY)
    assert references(sign_in("clerk").get(DESK), "silent") == []

    on(FRIDAY + timedelta(days=1))
    client = sign_in("clerk")
    (line,) = section(client.get(DESK), "silent").lines

    assert (line.reference, line.next_words) == (item.number, "Ask the post")
    assert client.get(line.next_address).status_code == 200


def test_what_came_back_asks_for_a_better_address(sign_in, office):
    dossier = dossier_at(Status.UNDELIVERED, office, applicant_phone="0912345678")

    (line,) = section(sign_in("clerk").get(DESK), "came_back").lines

    assert line.reference == dossier.reference
    assert line.next_address == f"{dossier.get_absolute_url()}correct/"
    assert "0912345678" in line.told


def test_papers_of_what_ended_early_wait_at_the_desk_until_they_are_fetched(
    sign_in, office
):
    dossier = receive(office)
    actions.withdraw(
        dossier, reason="Xin rút", by=office.clerk, at=at(MONDAY), gives_back=False
    )
    dossier_at(Status.WITHDRAWN, office)  # its papers went home at once
    client = sign_in("clerk")

    (line,) = section(client.get(DESK), "papers").lines
    assert (line.reference, line.next_words) == (dossier.code, "Give the papers back")
    client.post(line.next_address, {"on": f"{timezone.localdate():%d/%m/%Y}"})

    assert references(client.get(DESK), "papers") == []


def test_an_open_incident_stands_on_the_desk_until_it_is_resolved(sign_in, office):
    dossier = receive(office)
    incident = Incident.objects.create(
        kind=Incident.Kind.DAMAGED,
        dossier=dossier,
        found_out_on=MONDAY,
        description="Bì thư bị ướt",
        opened_by=office.clerk,
        opened_at=at(MONDAY),
    )
    client = sign_in("clerk")

    (line,) = section(client.get(DESK), "incidents").lines
    assert (line.reference, line.what) == (dossier.reference, "Bì thư bị ướt")
    Incident.objects.filter(pk=incident.pk).update(
        outcome="explained", resolved_on=MONDAY
    )

    assert references(client.get(DESK), "incidents") == []


def test_minutes_wait_for_the_postal_clerk_of_their_post_office(
    sign_in, office, other_office
):
    minutes = Handover.objects.create(
        desk=office.desk,
        post_office=office.post_office,
        direction=Handover.Direction.IN,
        status=Handover.Status.DESK_SIGNED,
        opened_by=office.clerk,
        opened_at=at(MONDAY),
        day=MONDAY,
        number=1,
        desk_signed_by=office.clerk,
        desk_signed_at=at(MONDAY),
    )

    (line,) = section(sign_in("postal_clerk").get(DESK), "minutes").lines
    assert (line.reference, line.next_address) == (
        minutes.code,
        minutes.get_absolute_url(),
    )
    client = sign_in("postal_clerk", at=other_office)
    assert references(client.get(DESK), "minutes") == []


@pytest.mark.parametrize("role", OFFERED)
def test_every_line_can_be_followed_and_every_number_opens_what_it_counts(
    sign_in, office, one_of_each, role
):
    home = receive(office)
    actions.withdraw(
        home, reason="Xin rút", by=office.clerk, at=at(MONDAY), gives_back=False
    )
    client = sign_in(role)
    response = client.get(DESK)
    assert any(x.lines for x in response.context["sections"])

    for found in response.context["sections"]:
        for line in found.lines:
            assert client.get(line.address).status_code == 200, line
            assert client.get(line.next_address).status_code == 200, line
        if not found.lines or not found.work.is_of_dossiers:
            continue
        listed = client.get(found.address)
        assert found.address in response.text
        assert found.count.number == len(listed.context["page"].rows), found.name


@pytest.mark.parametrize("name", ["silent", "owing"])
def test_a_number_of_items_opens_those_items(sign_in, office, one_of_each, name):
    PostalItem.objects.update(
        collect_dong=1, delivered_on=None, remitted_on=None, news_due_on=MONDAY
    )
    if name == "owing":
        PostalItem.objects.update(delivered_on=timezone.localdate())
    client = sign_in("clerk")

    found = section(client.get(DESK), name)

    assert found.lines
    assert found.count.number == len(client.get(found.address).context["rows"])


def test_only_the_first_lines_are_shown_and_all_are_counted(sign_in, office):
    for _ in range(7):
        receive(office)
    client = sign_in("clerk")

    found = section(client.get(DESK), "to_forward")

    assert len(found.lines) == 5
    assert (found.count.number, found.count.is_more) == (7, False)
    assert parse_qs(urlsplit(found.address).query) == {"work": ["to_forward"]}


def test_the_register_says_which_list_it_shows(sign_in, office):
    receive(office)

    page = sign_in("clerk").get("/dossiers/?work=to_forward")

    assert "To hand to the case officer" in page.text
    assert [chip["label"] for chip in page.context["chips"]] == ["Today"]


def test_an_unknown_list_is_refused_in_words(sign_in, office):
    page = sign_in("clerk").get("/dossiers/?work=nonsense")

    assert page.status_code == 200
    assert "Nothing was looked up" in page.text


def test_nobody_sees_what_belongs_to_others(sign_in, office, other_office, on):
    for status in Status:
        dossier_at(status, other_office)
    Incident.objects.create(
        kind=Incident.Kind.LOST,
        dossier=receive(other_office),
        found_out_on=MONDAY,
        description="Mất",
        opened_by=other_office.clerk,
        opened_at=at(MONDAY),
    )
    PostalItem.objects.update(news_due_on=MONDAY, collect_dong=1)
    actions.keep_draft(other_office.clerk, "k", [("applicant_name", "B")], seen="")

    for role in OFFERED:
        response = sign_in(role).get(DESK)
        assert not any(x.lines for x in response.context["sections"]), role


def test_items_and_incidents_are_those_that_the_querysets_let_one_see(
    office, other_office, one_of_each
):
    """The desk asks row by row; the answer is that of ``visible_to``."""
    for place in (office, other_office):
        for dossier in (receive(place), dossier_at(Status.WITH_POST, place)):
            Incident.objects.create(
                kind=Incident.Kind.LOST,
                dossier=dossier,
                item=dossier.postal_items.first(),
                found_out_on=MONDAY,
                description="Mất",
                opened_by=place.clerk,
                opened_at=at(MONDAY),
            )
    for person in [*office.people.values(), *other_office.people.values()]:
        seen = set(PostalItem.objects.visible_to(person))
        assert set(waiting.items_seen_by(person)) == seen
        seen = set(Incident.objects.visible_to(person))
        assert set(waiting.incidents_seen_by(person)) == seen
    assert waiting.incidents_seen_by(office.postal_clerk).count() == 1


def test_the_post_comes_in_and_goes_out_by_one_meeting(sign_in, office):
    register(office)

    clerk = sign_in("clerk").get(DESK)
    assert section(clerk, "coming").lines[0].next_address == "/dossiers/handovers/"
    assert "/dossiers/handovers/" in Page(clerk).links
    postal = sign_in("postal_clerk").get(DESK)
    assert section(postal, "coming").lines[0].next_words == "Open the dossier"


def test_the_number_of_queries_does_not_grow_with_the_work(
    sign_in, office, django_assert_max_num_queries
):
    for _ in range(7):
        for status in (Status.RECEIVED, Status.RESULT_READY, Status.ANNOUNCED):
            dossier_at(status, office)
        dossier_at(Status.RESULT_READY, office, **BY_POST)
    client = sign_in("clerk")

    with django_assert_max_num_queries(32):
        client.get(DESK)


def test_a_list_of_the_desk_can_be_printed_as_a_register(
    sign_in, office, known_norms_and_forms
):
    dossier = receive(office)

    page = sign_in("clerk").get("/dossiers/print/register/?work=to_forward")

    assert page.status_code == 200
    assert dossier.code in page.text

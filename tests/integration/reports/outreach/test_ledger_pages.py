"""The pages of the outreach ledger."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from postal_tthc.accounts.roles import Role
from procedures.models import Decision
from reports import counting
from reports.actions import outreach as actions
from reports.forms.outreach import sentence
from reports.models import OutreachEvent
from reports.narrative import opening
from reports.periods import parse
from tests.factories.offices import Office

pytestmark = pytest.mark.django_db

LEDGER, NEW = "/reports/outreach/", "/reports/outreach/new/"
SENT = {
    "kind": "posting",
    "held_on": "17/6/2020",
    "title": "niêm yết danh mục tại Bộ phận Một cửa",
    "reached": "",
    "note": "",
}


def recorded(office: Office, **values: object) -> OutreachEvent:
    values = {"kind": "posting", "held_on": date(2020, 6, 17)} | values
    values.setdefault("title", SENT["title"])
    event = OutreachEvent(organisation=office.agency, **values)
    return actions.record(event, by=office.clerk, at=timezone.now())


def test_a_clerk_writes_a_line_and_finds_it_in_its_year(office, sign_in):
    answer = sign_in("clerk").post(NEW, SENT, follow=True)

    assert answer.redirect_chain == [(f"{LEDGER}?organisation=SNV&year=2020", 302)]
    page = answer.text
    assert "The line was written" in page
    assert SENT["title"] in page
    assert "List posted up at the desk" in page
    assert OutreachEvent.objects.get().organisation == office.agency


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "This field is required"),
        ({"held_on": "31/2/2020"}, "Enter a valid date"),
        ({"reached": "0"}, "greater than or equal to 1"),
        (
            {"held_on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"},
            "has not come yet",
        ),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(sign_in, change, told):
    answer = sign_in("clerk").post(NEW, {**SENT, "note": "giữ lại", **change})

    assert answer.status_code == 422
    assert told in answer.text
    assert "giữ lại" in answer.text
    assert not OutreachEvent.objects.exists()


def test_the_sentence_is_shown_as_the_report_will_say_it(office, sign_in):
    document = Decision.objects.create(
        number="2640/UBND-KSTT",
        kind="letter",
        issued_on=date(2020, 6, 17),
        issuer="UBND tỉnh",
        title="về việc tiếp tục thực hiện",
        effective_from=date(2020, 6, 17),
    )
    sent = {**SENT, "document": document.pk, "reached": "45", "look": "1"}

    page = sign_in("clerk").post(NEW, sent)
    fragment = sign_in("clerk").post(NEW, sent, headers={"HX-Request": "true"})

    told = (
        "Ngày 17/06/2020: Niêm yết danh mục tại Bộ phận Một cửa "
        "(Công văn số 2640/UBND-KSTT), 45 lượt người"
    )
    assert page.status_code == fragment.status_code == 200
    assert told in page.text
    assert told in fragment.text
    assert "<html" not in fragment.text
    assert not OutreachEvent.objects.exists()


def test_the_shown_sentence_is_the_one_of_the_narrative(office):
    event = recorded(office, reached=3)
    figures = counting.count(office.agency, parse("2020"), today=date(2021, 1, 4))
    [line] = figures.outreach

    assert opening.event(line) == f"- {sentence(event)}"


def test_looking_at_half_a_line_blames_nobody(sign_in):
    answer = sign_in("clerk").post(
        NEW, {"look": "1", "kind": "posting"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "appears here once" in answer.text


def test_a_line_is_corrected(office, sign_in):
    event = recorded(office)
    client = sign_in("catalogue_manager")
    page = client.get(f"{LEDGER}{event.pk}/")
    seen = page.context["form"]["seen"].value()

    client.post(f"{LEDGER}{event.pk}/", {**SENT, "reached": "80", "seen": seen})
    stale = client.post(f"{LEDGER}{event.pk}/", {**SENT, "reached": "9", "seen": seen})

    event.refresh_from_db()
    assert event.reached == 80
    assert stale.status_code == 422
    assert "Somebody else has changed" in stale.text


def test_a_void_line_is_shown_with_its_reason_and_not_counted(office, sign_in):
    event = recorded(office)
    client = sign_in("clerk")

    asked = client.post(f"{LEDGER}{event.pk}/void/", {"reason": ""})
    client.post(f"{LEDGER}{event.pk}/void/", {"reason": "Ghi hai lần"})
    page = client.get(f"{LEDGER}?year=2020")

    assert asked.status_code == 422
    assert "Ghi hai lần" in page.text
    assert page.context["kinds"] == []
    assert client.get(f"{LEDGER}{event.pk}/").status_code == 409


@pytest.mark.parametrize("role", [Role.LEADER, Role.CASE_OFFICER, Role.CONSOLIDATOR])
def test_others_read_and_are_offered_nothing(office, sign_in, role):
    event = recorded(office)
    client = sign_in(role)

    page = client.get(f"{LEDGER}?organisation=SNV&year=2020")

    assert SENT["title"] in page.text
    assert "New line" not in page.text
    assert client.get(NEW).status_code == 403
    assert client.get(f"{LEDGER}{event.pk}/").status_code == 403
    assert client.post(f"{LEDGER}{event.pk}/void/", {"reason": "x"}).status_code == 403
    event.refresh_from_db()
    assert not event.is_void


def test_the_ledger_of_others_is_not_found(office, other_office, sign_in):
    theirs = recorded(other_office)
    client = sign_in("clerk")

    assert client.get(f"{LEDGER}{theirs.pk}/").status_code == 404
    assert client.post(f"{LEDGER}{theirs.pk}/void/", {"reason": "x"}).status_code == 404
    assert client.get(f"{LEDGER}?organisation=STP").status_code == 403
    theirs.refresh_from_db()
    assert not theirs.is_void


def test_the_post_has_no_ledger_to_read(sign_in):
    assert sign_in("postal_clerk").get(LEDGER).status_code == 403


def test_a_year_is_counted_by_kind_and_narrowed(office, sign_in):
    recorded(office, reached=10)
    recorded(office, reached=5, held_on=date(2020, 7, 1))
    recorded(office, kind="briefing", title="phổ biến Quyết định số 45")
    recorded(office, kind="leaflet", held_on=date(2019, 7, 1), title="phát tờ rơi")
    client = sign_in("leader")

    page = client.get(LEDGER)
    narrowed = client.get(f"{LEDGER}?year=2020&kind=briefing")
    before = client.get(f"{LEDGER}?year=2019&kind=briefing")

    counts = [(x.kind, x.number, x.reached) for x in page.context["kinds"]]
    assert counts == [("briefing", 1, 0), ("posting", 2, 15)]
    assert page.context["year"] == 2020
    assert [x.kind for x in narrowed.context["events"]] == ["briefing"]
    assert [x.kind for x in before.context["events"]] == ["leaflet"]


@pytest.mark.parametrize("year", ["abc", "1", "99999", "٢٠٢٠", "-1", ""])
def test_a_strange_year_shows_the_newest(office, sign_in, year):
    recorded(office)

    assert sign_in("leader").get(LEDGER, {"year": year}).context["year"] == 2020


def test_an_empty_ledger_explains_itself(office, sign_in):
    page = sign_in("clerk").get(LEDGER).text

    assert "The ledger is empty" in page
    assert "Write the first line" in page

"""The pages of incidents: list, one incident, report, follow-up, letter."""

from datetime import date

import pytest

from dossiers import actions, paging
from dossiers.models import Incident, PostalItem
from dossiers.postal_statuses import ItemStatus, Party
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import at, dossier_at, receive
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.pages import Page, fields_of

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

INCIDENTS = "/dossiers/incidents/"
DAY = date(2020, 6, 10)
NOW = at(DAY)
Kind = Incident.Kind


@pytest.fixture
def item(office) -> PostalItem:
    item = dossier_at(Status.WITH_POST, office).postal_items.get()
    return actions.correct_item(item, {"postage_dong": 26_000}, by=office.clerk, at=NOW)


@pytest.fixture
def case(office, item) -> Incident:
    return actions.open_silence_case(item, by=office.clerk, at=NOW)


@pytest.fixture
def lost(office, item) -> Incident:
    return actions.report_incident(
        Kind.LOST,
        item=item,
        by=office.clerk,
        at=NOW,
        found_out_on=DAY,
        description="Bưu điện báo mất",
    )


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


def address(incident: Incident, verb: str = "") -> str:
    return f"{INCIDENTS}{incident.pk}/{verb}{'/' if verb else ''}"


def test_the_tabs_tell_open_from_all(clerk, office, lost):
    ended = actions.report_incident(
        Kind.DAMAGED,
        dossier=receive(office),
        by=office.clerk,
        at=NOW,
        found_out_on=DAY,
        description="Rách",
    )
    actions.resolve_incident(
        ended, Incident.Outcome.EXPLAINED, by=office.clerk, at=NOW, resolution="Không"
    )

    page = clerk.get(INCIDENTS)

    assert [count.number for _n, _l, count in page.context["tabs"]] == [1, 2]
    assert [incident for incident, _badge in page.context["rows"]] == [lost]
    everything = clerk.get(f"{INCIDENTS}?tab=all")
    assert [x for x, _badge in everything.context["rows"]] == [ended, lost]
    assert "Explained, no harm done" in everything.text


def test_an_empty_list_says_what_to_do(clerk):
    assert "No incident is open." in clerk.get(INCIDENTS).text
    assert (
        "No incident has been reported yet." in clerk.get(f"{INCIDENTS}?tab=all").text
    )


def test_older_incidents_are_on_the_next_page(clerk, office, monkeypatch):
    monkeypatch.setattr(paging, "PAGE", 1)
    dossier = receive(office)
    first, second = (
        actions.report_incident(
            Kind.SEAL,
            dossier=dossier,
            by=office.clerk,
            at=NOW,
            found_out_on=DAY,
            description=words,
        )
        for words in ("Một", "Hai")
    )

    page = clerk.get(INCIDENTS)
    assert [x for x, _badge in page.context["rows"]] == [second]
    page = clerk.get(INCIDENTS, {"after": page.context["next_key"]})
    assert [x for x, _badge in page.context["rows"]] == [first]
    assert page.context["next_key"] == ""


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2020, 6, 15), "2 days left"),
        (date(2020, 6, 17), "due today"),
        (date(2020, 6, 19), "2 days late"),
    ],
)
def test_the_answer_of_the_post_has_a_deadline(
    sign_in, office, lost, time_machine, today, words
):
    actions.follow_up(lost, {"complained_on": DAY}, by=office.clerk, at=NOW)
    client = sign_in("clerk")
    time_machine.move_to(at(today, 10), tick=False)

    assert words in client.get(INCIDENTS).text
    assert words in client.get(address(lost)).text


def test_an_answer_ends_the_waiting(clerk, office, lost):
    values = {"complained_on": DAY, "answered_on": DAY, "answer": "Nhận lỗi"}
    actions.follow_up(lost, values, by=office.clerk, at=NOW)

    page = clerk.get(address(lost)).text

    assert "days late" not in page
    assert "Nhận lỗi" in page


def test_the_page_tells_the_law_with_its_source(clerk, lost):
    page = clerk.get(address(lost)).text

    for words in (
        "Bưu điện báo mất",
        "08/12/2020",  # six months after the transit time ended
        "Thông tư số 17/2017/TT-BTTTT ngày 23/06/2017, Điều 8",
        "<strong>104,000 đ</strong>",
        "four times the postage",
        "Nghị định số 47/2011/NĐ-CP, Điều 25",
        "within 30 days from the signed record of liability",
        "The applicant was told what happened",
        "QĐ 45/2016/QĐ-TTg, Điều 14",
        "Bằng tốt nghiệp",
    ):
        assert words in page, words


def test_the_post_owes_nothing_for_what_the_agency_lost(clerk, office, lost):
    actions.follow_up(lost, {"liable": Party.AGENCY}, by=office.clerk, at=NOW)

    assert "four times the postage" not in clerk.get(address(lost)).text


def test_the_time_to_complain_ends(sign_in, lost, time_machine):
    client = sign_in("clerk")
    time_machine.move_to(at(date(2020, 12, 9)), tick=False)

    assert "The time to complain ended on 08/12/2020." in client.get(address(lost)).text


def test_a_case_is_opened_with_one_press(sign_in, item, time_machine):
    client = sign_in("clerk")
    time_machine.move_to(NOW, tick=False)

    page = client.post(f"/dossiers/items/{item.pk}/open-case/", follow=True)

    assert page.redirect_chain == [(Incident.objects.get().get_absolute_url(), 302)]
    assert "A case was opened." in page.text
    assert "On the telephone" in page.text
    assert client.get(f"/dossiers/items/{item.pk}/open-case/").status_code == 405


def test_a_case_is_not_opened_twice(sign_in, item, case, time_machine):
    client = sign_in("clerk")
    time_machine.move_to(NOW, tick=False)

    page = client.post(f"/dossiers/items/{item.pk}/open-case/")

    assert page.status_code == 409
    assert f"A case about item {item.number} is open already." in page.text


def test_news_that_came_meanwhile_is_told_and_the_case_stays(clerk, office, case):
    assert "News came" not in clerk.get(address(case)).text
    later = at(DAY, 10)
    actions.record_news(
        case.item, ItemStatus.AT_OFFICE, by=office.postal_clerk, at=later
    )

    page = clerk.get(address(case)).text

    assert "News came on 10/06/2020: «At the post office of destination»." in page
    assert "the postage can be claimed back first" in page


def report(client, about: str, **fields: object):
    typed = {"kind": "lost", "found_out_on": "10/06/2020", "description": "Thất lạc"}
    typed |= {"liable": "unknown"} | fields
    return client.post(f"{INCIDENTS}new/?{about}", typed, follow=True)


def test_a_lost_paper_is_reported_from_its_dossier(clerk, office):
    dossier = receive(office)
    page = clerk.get(dossier.get_absolute_url())
    assert f"{INCIDENTS}new/?dossier={dossier.code}" in Page(page).links

    page = report(clerk, f"dossier={dossier.code}", papers=["1"])

    assert page.redirect_chain == [(Incident.objects.get().get_absolute_url(), 302)]
    assert "The incident was written down." in page.text
    assert dossier.papers.get().outcome == "lost"
    assert "Lost or mislaid" in clerk.get(dossier.get_absolute_url()).text


def test_a_loss_without_a_paper_is_asked_about_once(clerk, office):
    dossier = receive(office)

    page = report(clerk, f"dossier={dossier.code}")
    assert page.status_code == 422
    assert "is it the result itself that was lost?" in page.text
    assert not Incident.objects.exists()

    doubts = fields_of(page)["accepted_doubts"]
    report(clerk, f"dossier={dossier.code}", accepted_doubts=doubts)
    assert Incident.objects.get().papers.count() == 0


def test_a_lost_item_is_reported_from_its_page(clerk, item):
    report(clerk, f"item={item.pk}", liable="post")

    item.refresh_from_db()
    assert item.status == ItemStatus.LOST
    assert Incident.objects.get().liable == Party.POST


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "This field is required"),
        ({"kind": "silence"}, "Select a valid choice"),
        ({"description": " \n"}, "This field is required"),
        ({"description": "x" * 2001}, "at most 2000"),
        ({"found_out_on": "31/12/2999"}, "in the future"),
        ({"papers": ["7"]}, "Select a valid choice"),
        ({"liable": "moon"}, "Select a valid choice"),
    ],
)
def test_a_report_that_does_not_fit_is_refused(clerk, office, fields, sentence):
    dossier = receive(office)
    before = everything_kept()

    page = report(clerk, f"dossier={dossier.code}", **fields)

    assert page.status_code == 422
    assert sentence in page.text.replace("2,000", "2000")
    assert everything_kept() == before


@pytest.mark.parametrize(
    "about", ["", "dossier=KHONG-CO", "item=x", "item=999999", "item=" + "9" * 40]
)
def test_a_report_about_nothing_is_not_found(clerk, about):
    assert clerk.get(f"{INCIDENTS}new/?{about}").status_code == 404


def test_the_follow_up_offers_the_floor_and_keeps_what_is_typed(clerk, lost):
    page = clerk.get(address(lost, "follow-up"))
    fields = fields_of(page)
    assert fields["compensation_due_dong"] == "104000"
    assert "four times the postage" in page.text

    typed = fields | {
        "liable": "post",
        "liability_basis": "Biên bản số 3",
        "complained_on": "10/06/2020",
        "reissue_done": ["told"],
    }
    page = clerk.post(address(lost, "follow-up"), typed, follow=True)

    lost.refresh_from_db()
    assert "The incident was brought up to date." in page.text
    assert (lost.liable, lost.answer_due_on) == (Party.POST, date(2020, 6, 17))
    assert lost.compensation_due_dong == 104_000
    assert lost.reissue_done == ["told"]


def test_a_follow_up_that_does_not_fit_is_told(clerk, lost):
    typed = fields_of(clerk.get(address(lost, "follow-up")))
    before = everything_kept()

    page = clerk.post(address(lost, "follow-up"), typed | {"answered_on": "10/06/2020"})

    assert page.status_code == 422
    assert "An answer needs a complaint: write when it was sent." in page.text
    assert everything_kept() == before


def test_what_is_found_is_held_again(clerk, office):
    dossier = receive(office)
    report(clerk, f"dossier={dossier.code}", papers=["1"])
    incident = Incident.objects.get()

    page = clerk.post(
        address(incident, "resolve"),
        {
            "outcome": "found",
            "papers": ["1"],
            "holder": str(office.desk.pk),
            "resolution": "Thấy trong tủ",
        },
        follow=True,
    )

    assert "The incident is resolved." in page.text
    assert "Thấy trong tủ" in page.text
    assert dossier.papers.get().held_by == office.desk


def test_an_end_that_does_not_fit_is_told(clerk, lost):
    before = everything_kept()

    page = clerk.post(
        address(lost, "resolve"), {"outcome": "compensated", "resolution": "x"}
    )

    assert page.status_code == 422
    assert "Write down first what was paid, and when." in page.text
    assert everything_kept() == before


@pytest.mark.parametrize("role", Role)
def test_the_buttons_are_those_that_would_work(sign_in, lost, role):
    client = sign_in(role)

    page = client.get(address(lost))

    verbs = {"resolve", "follow-up", "letter"}
    links = {link.removeprefix(address(lost)).strip("/") for link in Page(page).links}
    allowed = verbs if role == Role.CLERK else set()
    assert links & verbs == allowed
    if page.status_code == 200:
        answers = {v: client.get(address(lost, v)).status_code for v in verbs}
        assert set(answers.values()) == ({200} if allowed else {403})


def test_another_office_finds_nothing(sign_in, other_office, lost):
    client = sign_in("clerk", other_office)

    assert client.get(INCIDENTS).context["rows"] == []
    assert {
        client.get(address(lost, verb)).status_code
        for verb in ("", "resolve", "follow-up", "letter")
    } == {404}


def test_the_letter_is_vietnamese_and_has_the_facts(clerk, office, lost):
    actions.follow_up(lost, {"complained_on": DAY}, by=office.clerk, at=NOW)

    page = clerk.get(address(lost, "letter"))

    assert page.headers["Content-Language"] == "vi"
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ SNV",
        "V/v khiếu nại bưu gửi bị mất, thất lạc",
        "Kính gửi: <strong>Bưu điện UBND</strong>",
        lost.item.number,
        "04/06/2020",
        "08/06/2020",
        "Nguyễn Văn A, Số 1 đường Hùng Vương",
        "trong thời hạn 05 ngày làm việc",
        "chậm nhất ngày 17/06/2020",
        "Thông tư số 17/2017/TT-BTTTT, Điều 8",
        "Điều 25 Nghị định số 47/2011/NĐ-CP",
        "104.000 đồng",
        "Bưu điện báo mất",
    ):
        assert words in page.text, words
    assert "Lost" not in page.text


def test_there_is_no_letter_to_the_post_about_what_it_never_had(clerk, office):
    dossier = receive(office)
    report(clerk, f"dossier={dossier.code}", papers=["1"])
    incident = Incident.objects.get()

    assert clerk.get(address(incident, "letter")).status_code == 404
    assert "Complaint letter" not in clerk.get(address(incident)).text


def test_markup_in_what_was_typed_is_shown_as_text(clerk, office):
    markup = "<script>alert(1)</script>"
    dossier = receive(office)
    report(clerk, f"dossier={dossier.code}", kind="damaged", description=markup)
    incident = Incident.objects.get()
    actions.resolve_incident(
        incident,
        Incident.Outcome.EXPLAINED,
        by=office.clerk,
        at=NOW,
        resolution=markup,
    )

    for place in (INCIDENTS + "?tab=all", address(incident)):
        assert "<script>alert" not in clerk.get(place).text

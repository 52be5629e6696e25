"""The pages of reports: who opens them, what they offer, what they say."""

import json
import shutil
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from procedures.models import Decision
from reports.models import Report
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import (
    AUTUMN,
    HALF,
    begin,
    report_at,
    send,
    sign,
    withdraw,
)
from tests.integration.dossiers.pages import Page, fields_of
from tests.integration.reports.papers.faces import paper_on, words_of
from tests.integration.reports.papers.faults import everything_kept
from tests.libreoffice import needs_libreoffice

Status = Report.Status
LIST, NEW = "/reports/papers/", "/reports/papers/new/"
JUNE = date(2020, 6, 1)
READERS = set(Role) - {Role.POSTAL_CLERK}
WRITERS = {Role.LEADER, Role.CATALOGUE_MANAGER}
PAGES_TO_READ = ("", "adjustments/", "report.docx", "report.xlsx", "report.json")
PAGES_TO_WRITE = ("facts/", "words/", "discard/", "submitted/")


@pytest.fixture(autouse=True)
def _in_autumn():
    with time_machine.travel(at(AUTUMN, 16), tick=False):
        yield


@pytest.fixture
def work(office: Office) -> Office:
    procedure = make_procedure(office, code="1.000001", name="Xếp lương")
    receive(office, procedure, on=JUNE, return_channel="public_post")
    return office


def letter(**values: object) -> Decision:
    """An official letter in the register of documents."""
    known = {
        "kind": Decision.Kind.LETTER,
        "number": "4208/UBND-KGVT",
        "issued_on": date(2020, 9, 22),
        "issuer": "Chủ tịch UBND tỉnh",
        "title": "về việc báo cáo",
        "effective_from": date(2020, 9, 22),
    }
    return Decision.objects.create(**(known | values))


# Who may open what.
ABOVE = {Role.CONSOLIDATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_who_reads_and_who_writes(work, sign_in, role):
    base = begin(work).get_absolute_url()
    client = sign_in(role)

    reads = {x: client.get(f"{base}{x}").status_code for x in PAGES_TO_READ}
    writes = {x: client.get(f"{base}{x}").status_code for x in PAGES_TO_WRITE}

    # Nobody above sees a draft: it is not there before it is signed.
    hidden = 404 if role in ABOVE else 403
    assert set(reads.values()) == {200 if role in READERS - ABOVE else hidden}
    assert set(writes.values()) == {200 if role in WRITERS else hidden}
    assert client.get(LIST).status_code == (200 if role in READERS else 403)
    may_begin = role in WRITERS | {Role.CONSOLIDATOR}
    assert client.get(NEW).status_code == (200 if may_begin else 403)


@pytest.mark.parametrize("page", [*PAGES_TO_READ, *PAGES_TO_WRITE, "report.pdf"])
def test_a_report_of_others_is_not_there(work, other_office, sign_in, page):
    base = begin(work).get_absolute_url()

    answer = sign_in(Role.LEADER, other_office).get(f"{base}{page}")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "page", ["facts/", "words/", "discard/", "correct/", "periods/", "submitted/"]
)
def test_nobody_from_elsewhere_or_without_the_right_changes_anything(
    work, other_office, sign_in, page
):
    base = begin(work).get_absolute_url()
    before = everything_kept()

    refused = sign_in(Role.CLERK).post(f"{base}{page}", {"seen": 1})
    missing = sign_in(Role.LEADER, other_office).post(f"{base}{page}", {"seen": 1})

    assert (refused.status_code, missing.status_code) == (403, 404)
    assert everything_kept() == before


def test_a_leader_at_a_post_office_reads_no_report_of_the_province(work, sign_in):
    User.objects.filter(pk=work.leader.pk).update(organisation=work.post_office)
    work.leader.refresh_from_db()
    base = begin(work).get_absolute_url()

    client = sign_in(Role.LEADER)

    assert client.get(base).status_code == 403
    assert client.get(f"{base}report.docx").status_code == 403


def test_who_is_not_signed_in_is_asked_to(work, client):
    base = begin(work).get_absolute_url()

    for page in ("", "words/", "report.docx", "report.json"):
        assert "/login/" in client.get(f"{base}{page}").headers["Location"]


def test_the_province_reads_what_was_signed_below_and_writes_its_own(work, sign_in):
    report = begin(work)
    client = sign_in(Role.CONSOLIDATOR)
    assert "Sở SNV" not in client.get(LIST).text
    sign(report, work)

    assert "Sở SNV" in client.get(LIST).text
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(f"{report.get_absolute_url()}words/").status_code == 403
    client.post(NEW, {"period": HALF})
    assert Report.objects.latest("pk").organisation == work.province


# The list and the beginning.


def test_an_empty_list_says_how_to_begin(work, sign_in):
    writer = sign_in(Role.CATALOGUE_MANAGER).get(LIST)
    assert "No report has been written here yet" in writer.text
    assert writer.text.count(f'href="{NEW}"') == 2

    reader = sign_in(Role.CLERK).get(LIST)
    assert NEW not in reader.text


def test_the_list_names_status_periods_number_and_version(work, sign_in):
    first = report_at(Status.REPLACED, work, "2019", "2020-9M")
    send(Report.objects.get(replaces=first), work, 5, on=AUTUMN + timedelta(days=1))
    text = sign_in(Role.CLERK).get(LIST).text

    for said in (
        "Replaced by a new version",
        "Sent",
        "version 2",
        "05/BC-SNV",
        "06/10/2020",
    ):
        assert said in text


def test_a_report_is_begun_from_periods(work, sign_in):
    client = sign_in(Role.CATALOGUE_MANAGER)
    chosen = client.get(NEW, {"period": "2019", "year": 2020, "part": "9M"})
    assert chosen.status_code == 302
    page = client.get(chosen.headers["Location"])
    assert "Begin the draft" in page.text

    answer = client.post(NEW, {"period": ["2020-9M", "2019"]})

    report = Report.objects.get()
    assert answer.headers["Location"] == f"{report.get_absolute_url()}facts/"
    assert report.periods == ["2019", "2020-9M"]
    assert report.abstract.endswith("năm 2019 và 9 tháng đầu năm 2020")
    assert report.sent_to == "Tỉnh UBND"
    assert report.signatory_name == "Leader SNV"
    assert report.paragraphs.exists()


def test_a_new_report_begins_as_the_last_one_was(work, sign_in):
    basis = letter(kind="decision", number="45/2016/QĐ-TTg")
    begin(work, signatory_name="Nguyễn Quang Đông", legal_bases=[basis])

    sign_in(Role.LEADER).post(NEW, {"period": "2020-Q3"})

    report = Report.objects.latest("pk")
    assert (report.kind, report.signatory_name) == ("quarter", "Nguyễn Quang Đông")
    assert list(report.legal_bases.all()) == [basis]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["2019"], "yearly"),
        (["2020-9M"], "nine_months"),
        (["2020-H2"], "half"),
        (["2020-Q3@15"], "quarter"),
        (["2020-05"], "on_request"),
        (["2019", "2020-9M"], "on_request"),
        (["A1@2019-09-20"], "yearly"),
        (["2020-01-01..2020-02-01"], "on_request"),
    ],
)
def test_the_kind_follows_the_periods(work, sign_in, words, kind):
    sign_in(Role.LEADER).post(NEW, {"period": words})

    assert Report.objects.get().kind == kind


@pytest.mark.parametrize("query", [{}, {"period": "2020-Q5"}])
def test_without_a_period_nothing_is_begun(work, sign_in, query):
    answer = sign_in(Role.LEADER).post(NEW, query)

    assert answer.status_code == 200
    assert "Choose one or more periods" in answer.text
    assert ("is not a period" in answer.text) == bool(query)
    assert not Report.objects.exists()


def test_more_than_six_periods_are_said_to_be_too_many(work, sign_in):
    words = [f"2020-{n:02}" for n in range(1, 9)]

    page = sign_in(Role.LEADER).get(NEW, {"period": words})

    assert "At most 6 periods stand side by side" in page.text
    assert page.text.count("take away") == 6


def test_a_period_chosen_by_mistake_is_taken_away(work, sign_in):
    page = sign_in(Role.LEADER).get(NEW, {"period": ["2019", "2020"]})

    assert "?period=2020" in Page(page).links
    assert "?period=2019" in Page(page).links


# The facts.


def facts(client, report: Report) -> tuple[str, dict[str, str]]:
    address = f"{report.get_absolute_url()}facts/"
    return address, fields_of(client.get(address))


def test_the_facts_are_saved_and_the_words_follow(work, sign_in):
    asked, basis = letter(), letter(kind="decision", number="45/2016/QĐ-TTg")
    report = begin(work)
    client = sign_in(Role.CATALOGUE_MANAGER)
    address, fields = facts(client, report)
    fields |= {
        "request_letter": asked.pk,
        "legal_bases": [basis.pk],
        "sent_to": "Sở Tài chính\nSở Tư pháp",
        "authority": "KT.",
        "head_office": "Giám đốc",
        "signatory_office": "Phó Giám đốc",
        "signatory_name": "Nguyễn Quang Đông",
    }

    answer = client.post(address, fields)

    assert answer.headers["Location"] == f"{report.get_absolute_url()}words/"
    paper = paper_on(client.get(report.get_absolute_url()).text)
    for said in (
        "Kính gửi: Sở Tài chính; Sở Tư pháp",
        f"Thực hiện {asked.citation}, Sở SNV báo cáo",
        f"Thực hiện {basis.citation}, Sở SNV đã chỉ đạo",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Quang Đông",
        "Sở SNV báo cáo Sở Tài chính tổng hợp",
    ):
        assert said in paper


def test_bad_facts_are_said_and_nothing_typed_is_lost(work, sign_in):
    report = begin(work)
    client = sign_in(Role.LEADER)
    address, fields = facts(client, report)
    fields |= {"abstract": "", "sent_to": "Sở <Tài chính>", "authority": "??"}
    before = everything_kept()

    answer = client.post(address, fields)

    assert answer.status_code == 422
    assert "This field is required." in answer.text
    assert fields_of(answer)["sent_to"] == "Sở <Tài chính>"
    assert everything_kept() == before


def test_facts_changed_by_somebody_else_meanwhile_are_not_written_over(work, sign_in):
    report = begin(work)
    client = sign_in(Role.LEADER)
    address, fields = facts(client, report)
    client.post(address, fields | {"sent_to": "Người thứ nhất"})

    answer = client.post(address, fields | {"sent_to": "Người thứ hai"})

    assert answer.status_code == 422
    assert "Somebody else has changed this report" in answer.text
    assert fields_of(answer)["sent_to"] == "Người thứ hai"
    report.refresh_from_db()
    assert report.sent_to == "Người thứ nhất"


def test_without_letters_the_page_says_where_they_are_entered(work, sign_in):
    report = begin(work)
    address = f"{report.get_absolute_url()}facts/"
    sentence = "Official letters are entered in the register of decisions"

    assert sentence in sign_in(Role.LEADER).get(address).text
    letter()
    assert sentence not in sign_in(Role.LEADER).get(address).text


def test_other_periods_bring_other_words(work, sign_in):
    report = begin(work)
    client = sign_in(Role.LEADER)

    client.post(f"{report.get_absolute_url()}periods/", {"period": ["2019", "2020-Q2"]})
    report.refresh_from_db()
    assert report.periods == ["2019", "2020-Q2"]
    assert "năm 2019 và quý II năm 2020" in report.abstract
    paper = paper_on(client.get(report.get_absolute_url()).text)
    assert "quý II năm 2020: 01/01 (100,00%) hồ sơ" in paper

    answer = client.post(f"{report.get_absolute_url()}periods/", {"period": "x"})
    assert answer.status_code == 400
    assert "Choose at least one period." in answer.text


# The report and its steps.


def test_a_draft_shows_its_paper_its_check_and_its_steps(work, sign_in):
    report = begin(work)
    page = sign_in(Role.CATALOGUE_MANAGER).get(report.get_absolute_url())

    for said in ("DỰ THẢO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "nothing found"):
        assert said in page.text
    assert "Submit for signature" in page.text
    assert "Edit the words" in page.text
    assert "Content hash" not in page.text
    base = f"{report.get_absolute_url()}report"
    assert {f"{base}.docx", f"{base}.pdf", f"{base}.xlsx"} < set(Page(page).links)


def test_the_check_stands_beside_the_draft(work, sign_in):
    report = begin(work, "2020", sent_to="")

    page = sign_in(Role.CLERK).get(report.get_absolute_url()).text

    assert "phải có dòng «Kính gửi»" in page
    assert "năm 2020 is not over: it was counted up to 05/10/2020." in page
    assert "Nothing for you to do here." in page


STEPS = {
    "submitted": (Status.DRAFT, {}, Role.CATALOGUE_MANAGER),
    "taken_back": (Status.SUBMITTED, {"note": "Sửa mục II"}, Role.CATALOGUE_MANAGER),
    "signed": (Status.SUBMITTED, {}, Role.LEADER),
    "sent": (Status.SIGNED, {"number": 5, "dated_on": "05/10/2020"}, Role.LEADER),
    "withdrawn": (Status.SENT, {"note": "Sai kỳ"}, Role.LEADER),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_asked_taken_and_said(work, sign_in, step):
    status, values, role = STEPS[step]
    report = report_at(status, work)
    client = sign_in(role)
    address = f"{report.get_absolute_url()}{step}/"
    assert address in Page(client.get(report.get_absolute_url())).links
    assert client.get(address).status_code == 200

    answer = client.post(address, values, follow=True)

    report.refresh_from_db()
    assert report.status == {"taken_back": "draft"}.get(step, step)
    assert f"The report is now: {report.get_status_display()}." in answer.text
    assert values.get("note", "") in answer.text


@pytest.mark.parametrize(
    ("step", "values", "sentence"),
    [
        ("taken_back", {"note": " "}, "This field is required."),
        ("withdrawn", {"note": ""}, "This field is required."),
        ("sent", {"number": 0, "dated_on": "05/10/2020"}, "greater than or equal to 1"),
        ("sent", {"number": "năm", "dated_on": "05/10/2020"}, "Enter a whole number."),
        ("sent", {"number": 5, "dated_on": "31/02/2020"}, "Enter a valid date."),
        ("sent", {"number": 5, "dated_on": "04/10/2020"}, "cannot be dated before"),
        ("sent", {"number": 5, "dated_on": "06/10/2020"}, "in the future"),
        ("sent", {"number": 10**9, "dated_on": "05/10/2020"}, "less than or equal"),
    ],
)
def test_a_step_that_does_not_fit_is_said_and_changes_nothing(
    work, sign_in, step, values, sentence
):
    report = report_at(STEPS[step][0], work)
    before = everything_kept()

    answer = sign_in(Role.LEADER).post(f"{report.get_absolute_url()}{step}/", values)

    assert answer.status_code == 422
    assert sentence in answer.text
    for name, value in values.items():
        assert str(value).strip() in fields_of(answer)[name]
    assert everything_kept() == before


def test_a_draft_with_errors_is_not_submitted_and_the_page_says_why(work, sign_in):
    report = begin(work, sent_to="", recipients="")

    answer = sign_in(Role.LEADER).post(f"{report.get_absolute_url()}submitted/")

    assert answer.status_code == 422
    assert "The check found 2 errors" in answer.text
    assert "The recipients («Nơi nhận») are missing." in answer.text


@pytest.mark.parametrize("step", ["started", "changed", "replaced", "nonsense"])
def test_what_is_no_step_has_no_page(work, sign_in, step):
    base = begin(work).get_absolute_url()

    assert sign_in(Role.LEADER).get(f"{base}{step}/").status_code == 404


def test_a_step_out_of_turn_is_refused_in_words(work, sign_in):
    base = begin(work).get_absolute_url()

    answer = sign_in(Role.LEADER).get(f"{base}signed/")

    assert answer.status_code == 409
    assert "«Draft», so it cannot become «Signed»" in answer.text


def test_a_signed_report_shows_its_hash_and_is_corrected_by_a_version(work, sign_in):
    report = sign(begin(work), work)
    client = sign_in(Role.LEADER)
    page = client.get(report.get_absolute_url())
    assert report.content_hash in page.text
    assert "DỰ THẢO" not in page.text
    assert "Edit the words" not in page.text

    answer = client.post(f"{report.get_absolute_url()}correct/", follow=True)

    version = Report.objects.get(replaces=report)
    assert "Version 2 was begun" in answer.text
    old = client.get(report.get_absolute_url())
    assert version.get_absolute_url() in Page(old).links
    again = client.post(f"{report.get_absolute_url()}correct/")
    assert again.status_code == 409


def test_what_changed_since_is_shown_with_links_to_the_dossiers(work, sign_in):
    report = sign(begin(work), work)
    late = receive(work, on=JUNE, return_channel="public_post")
    client = sign_in(Role.LEADER)

    page = client.get(report.get_absolute_url()).text
    assert "4 figures would be counted otherwise today" in page
    lines = client.get(f"{report.get_absolute_url()}adjustments/")

    assert late.get_absolute_url() in Page(lines).links
    assert "<strong>+1</strong>" in lines.text
    draft = begin(work, "2020-Q3")
    page = client.get(draft.get_absolute_url()).text
    assert "4 figures of earlier reports are adjusted." in page
    assert "hồ sơ tiếp nhận trong kỳ: +1 (đã báo cáo 1, nay 2)" in paper_on(page)


def test_a_draft_is_thrown_away_after_a_question(work, sign_in):
    report = begin(work)
    client = sign_in(Role.LEADER)
    address = f"{report.get_absolute_url()}discard/"
    assert "Its words are lost." in client.get(address).text
    assert Report.objects.exists()

    answer = client.post(address, follow=True)

    assert "The draft was thrown away." in answer.text
    assert not Report.objects.exists()


@pytest.mark.parametrize("page", ["correct/", "periods/"])
def test_nothing_is_changed_by_looking(work, sign_in, page):
    base = begin(work).get_absolute_url()

    assert sign_in(Role.LEADER).get(f"{base}{page}").status_code == 405


def test_the_pages_ask_a_bounded_number_of_questions(
    work, sign_in, django_assert_max_num_queries
):
    report = sign(begin(work), work)
    for day in range(2, 8):
        receive(work, on=JUNE.replace(day=day))
    draft = begin(work, "2020-07")
    client = sign_in(Role.LEADER)

    for shown in (report, draft):
        with django_assert_max_num_queries(75):
            client.get(shown.get_absolute_url())


# The files.


def test_the_downloads_are_what_their_names_say(work, sign_in):
    report = begin(work)
    client = sign_in(Role.CASE_OFFICER)
    base = report.get_absolute_url()

    word = client.get(f"{base}report.docx")
    assert "BC_SNV_2020-H1_du-thao.docx" in word.headers["Content-Disposition"]
    assert "01/01 (100,00%)" in " ".join(words_of(word.content))
    excel = client.get(f"{base}report.xlsx")
    assert "BC_SNV_2020-H1_du-thao.xlsx" in excel.headers["Content-Disposition"]
    assert "Tổng hợp" in load_workbook(BytesIO(excel.content)).sheetnames
    frozen = client.get(f"{base}report.json").json()
    assert frozen["content_hash"] == ""
    assert frozen["content"]["report"]["periods"][0]["period"]["word"] == HALF


@pytest.mark.parametrize(
    ("words", "status", "name"),
    [
        (["2019", "2020-9M"], Status.SIGNED, "BC_SNV_2019_2020-9M_da-ky.docx"),
        ([HALF], Status.SENT, "BC_SNV_05_2020.docx"),
        (["2019@15"], Status.DRAFT, "BC_SNV_2019-15_du-thao.docx"),
        (
            ["2020-01-01..2020-02-01"],
            Status.DRAFT,
            "BC_SNV_2020-01-01-den-2020-02-01_du-thao.docx",
        ),
    ],
)
def test_a_file_is_named_after_its_report(work, sign_in, words, status, name):
    report = report_at(status, work, *words)

    answer = sign_in(Role.CLERK).get(f"{report.get_absolute_url()}report.docx")

    assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_a_later_version_says_so_in_the_name_of_its_file(work, sign_in):
    first = report_at(Status.REPLACED, work)
    base = Report.objects.get(replaces=first).get_absolute_url()

    answer = sign_in(Role.CLERK).get(f"{base}report.docx")

    assert "BC_SNV_2020-H1_da-ky_v2.docx" in answer.headers["Content-Disposition"]


def test_anybody_can_check_the_hash_of_the_json(work, sign_in):
    report = sign(begin(work), work)
    answer = sign_in(Role.CLERK).get(f"{report.get_absolute_url()}report.json").json()

    # As the documentation says it: sorted keys, no spaces, UTF-8.
    text = json.dumps(
        answer["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert sha256(text.encode()).hexdigest() == answer["content_hash"]
    assert answer["content_hash"] == report.content_hash


def test_without_libreoffice_the_pdf_is_a_sentence(
    work, sign_in, monkeypatch, tmp_path
):
    report = begin(work)
    client = sign_in(Role.CLERK)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("soffice") is None

    answer = client.get(f"{report.get_absolute_url()}report.pdf")

    assert answer.status_code == 503
    assert "LibreOffice is not installed on this server" in answer.text


@needs_libreoffice
@pytest.mark.libreoffice
def test_with_libreoffice_the_pdf_is_one(work, sign_in):
    base = begin(work).get_absolute_url()

    answer = sign_in(Role.CLERK).get(f"{base}report.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "du-thao.pdf" in answer.headers["Content-Disposition"]


def test_a_withdrawn_report_is_not_offered_for_anything_but_correction(work, sign_in):
    report = withdraw(sign(begin(work), work), work)

    links = Page(sign_in(Role.LEADER).get(report.get_absolute_url())).links

    base = report.get_absolute_url()
    steps = {f"{base}{step}/" for step in STEPS} | {f"{base}words/", f"{base}discard/"}
    assert steps.isdisjoint(links)


def test_the_periods_of_a_draft_are_changed_from_its_facts(office, sign_in):
    report = begin(office, HALF)
    client = sign_in(Role.CATALOGUE_MANAGER)
    facts = client.get(f"/reports/papers/{report.pk}/facts/").content.decode()
    way = f"/reports/papers/new/?report={report.pk}&period={HALF}"
    assert way.replace("&", "&amp;") in facts

    added = client.get(way, {"report": report.pk, "period": HALF, "year": 2019})
    page = client.get(added.headers["Location"])
    assert page.context["words"] == ["2019", HALF]
    client.post(f"/reports/papers/{report.pk}/periods/", {"period": ["2019", HALF]})

    report.refresh_from_db()
    assert report.periods == ["2019", HALF]
    assert "năm 2019" in report.abstract

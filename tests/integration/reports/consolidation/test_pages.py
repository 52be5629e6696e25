"""The pages of the consolidation: who reported, the sums, handing in, taking out."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from postal_tthc.accounts.roles import ABILITIES, Ability, Role
from reports.consolidation import form
from reports.models import AgencyReturn
from reports.periods import parse
from tests.factories.offices import Office
from tests.factories.returns import LINES, form_of
from tests.integration.reports.consolidation.scenes import (
    Kind,
    address,
    agency,
    hand_in,
    person,
    upload,
)

PAGE = "/reports/consolidation/"
pytestmark = pytest.mark.usefixtures("_after_the_year")


def text(answer) -> str:
    return answer.content.decode()


def test_who_has_not_reported_is_said_and_can_be_reminded(office, sign_in):
    agency(office, name="Sở Y tế")
    hand_in(agency(office, "STC", name="Sở Tài chính"), office.consolidator)

    body = text(sign_in("consolidator").get(f"{PAGE}?period=2019"))

    assert "2 organisations have not reported:" in body
    assert "- Sở SNV;\n- Sở Y tế.\n" in body
    assert "Excel file" in body
    assert "The rows from the system add up" in body


def test_a_province_without_organisations_says_the_next_step(office, sign_in):
    office.agency.parent = None
    type(office.agency).objects.filter(pk=office.agency.pk).update(
        valid_to=parse("2018").end
    )

    body = text(sign_in("consolidator").get(f"{PAGE}?period=2019"))

    assert "An administrator enters organisations first" in body


def test_the_picker_leads_to_a_period(office, sign_in):
    answer = sign_in("consolidator").get(f"{PAGE}?year=2019&part=H1")

    assert answer.url == f"{PAGE}?period=2019-H1"


def test_a_word_that_is_no_period_is_said(office, sign_in):
    body = text(sign_in("consolidator").get(f"{PAGE}?period=2019-Q9"))

    assert "«2019-Q9» is not a period" in body


def test_a_good_file_is_shown_first_and_written_at_the_second_press(office, sign_in):
    health = agency(office)
    client = sign_in("consolidator")

    shown = client.post(address(health), {"file": upload(form_of(health))})
    assert shown.status_code == 200
    assert "Khám bệnh, chữa bệnh" in text(shown)
    assert not AgencyReturn.objects.exists()

    judged = shown.context["judgement"].file_hash
    client.post(address(health), {"fingerprint": judged})
    kept = AgencyReturn.objects.get()
    assert (kept.organisation, kept.uploaded_by) == (health, office.consolidator)
    assert len(kept.lines) == len(LINES)
    assert not default_storage.listdir("waiting-returns")[1]
    assert "The return that counts" in text(client.get(address(health)))


def test_the_file_that_waits_is_not_handed_in_for_somebody_else(office, sign_in):
    health, finance = agency(office), agency(office, "STC")
    client = sign_in("consolidator")
    shown = client.post(address(health), {"file": upload(form_of(health))})
    judged = shown.context["judgement"].file_hash

    answer = client.post(address(finance), {"fingerprint": judged})

    assert answer.status_code == 422
    assert "Choose a file." in text(answer)
    assert not AgencyReturn.objects.exists()


def test_another_fingerprint_writes_nothing(office, sign_in):
    health = agency(office)
    client = sign_in("consolidator")
    client.post(address(health), {"file": upload(form_of(health))})

    client.post(address(health), {"fingerprint": "0" * 64})

    assert not AgencyReturn.objects.exists()


def test_a_file_that_is_gone_is_asked_for_again(office, sign_in):
    health = agency(office)
    client = sign_in("consolidator")
    shown = client.post(address(health), {"file": upload(form_of(health))})
    for name in default_storage.listdir("waiting-returns")[1]:
        default_storage.delete(f"waiting-returns/{name}")

    judged = shown.context["judgement"].file_hash
    answer = client.post(address(health), {"fingerprint": judged})

    assert "The file is no longer here" in text(answer)
    assert not AgencyReturn.objects.exists()


def test_a_second_upload_is_refused_until_the_first_is_withdrawn(office, sign_in):
    health = agency(office)
    kept = hand_in(health, office.consolidator)
    client = sign_in("consolidator")
    other = form_of(health, lines=LINES[:1])

    answer = client.post(address(health), {"file": upload(other)})
    assert answer.status_code == 422
    assert "Withdraw it with a reason first" in text(answer)

    withdrawal = f"{PAGE}return/{kept.pk}/withdraw/"
    assert client.post(withdrawal, {"reason": ""}).status_code == 400
    client.post(withdrawal, {"reason": "Thiếu một lĩnh vực"})
    assert "“Thiếu một lĩnh vực”" in text(client.get(address(health)))
    assert client.post(address(health), {"file": upload(other)}).status_code == 200


def test_the_kept_file_comes_back_as_it_was(office, sign_in):
    health = agency(office)
    sent = form_of(health)
    kept = hand_in(health, office.consolidator, content=sent)

    answer = sign_in("administrator").get(f"{PAGE}return/{kept.pk}/file/")

    assert b"".join(answer.streaming_content) == sent
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_blank_form_is_made_for_the_organisation_and_period(office, sign_in):
    health = agency(office)

    answer = sign_in("consolidator").get(
        address(health).replace("return/?", "return/blank.xlsx?")
    )

    book = load_workbook(BytesIO(answer.content))
    sheet = book[form.OWN_SHEET]
    said = [sheet.cell(row, 2).value for row in range(2, 6)]
    assert said == ["Sở SYT", "SYT", "2019", "01/01/2019 – 31/12/2019"]
    assert sheet.protection.sheet
    assert not sheet.cell(form.HEAD_ROW + 2, 2).protection.locked
    assert sheet.cell(4, 2).protection.locked
    assert not sheet.protection.insertRows
    assert book.sheetnames == [form.OWN_SHEET, form.SHARED_SHEET, form.GUIDE_SHEET]
    assert "vbaProject" not in str(answer.content)


@pytest.mark.parametrize(
    ("kind", "begins"), [("xlsx", "TH-BCCI_UBND_2019"), ("docx", "TH-BCCI_UBND_2019")]
)
@pytest.mark.parametrize("merged", ["", "&merged=1"])
def test_the_report_is_downloaded(office, sign_in, kind, begins, merged):
    answer = sign_in("consolidator").get(f"{PAGE}report.{kind}?period=2019{merged}")

    assert answer.content.startswith(b"PK")
    assert f"{begins}.{kind}" in answer.headers["Content-Disposition"]


def test_a_reader_of_the_province_reads_and_changes_nothing(office, sign_in):
    health = agency(office)
    kept = hand_in(health, office.consolidator)
    agency(office, "STC")
    client = sign_in("administrator")

    assert "Blank form and upload" not in text(client.get(f"{PAGE}?period=2019"))
    assert client.get(address(health)).status_code == 403
    answer = client.post(f"{PAGE}return/{kept.pk}/withdraw/", {"reason": "Sai"})
    assert answer.status_code == 403
    kept.refresh_from_db()
    assert kept.withdrawn_reason == ""


def others() -> list[Role]:
    return [role for role in Role if Ability.CONSOLIDATE not in ABILITIES[role]]


@pytest.mark.parametrize("role", others())
def test_other_roles_neither_read_nor_hand_in(office: Office, sign_in, role):
    health = agency(office)
    kept = hand_in(health, office.consolidator)
    client = sign_in(role)

    assert client.get(address(health)).status_code == 403
    sent = client.post(address(health), {"file": upload(form_of(health))})
    assert sent.status_code == 403
    withdrawn = client.post(f"{PAGE}return/{kept.pk}/withdraw/", {"reason": "Sai"})
    assert withdrawn.status_code == 403
    if role == Role.ADMINISTRATOR:
        return  # of the province, and reads its figures
    assert client.get(f"{PAGE}return/{kept.pk}/file/").status_code in (400, 403)
    for page in (f"{PAGE}?period=2019", f"{PAGE}report.xlsx?period=2019"):
        answer = client.get(page)
        assert answer.status_code in (302, 400, 403)
        if answer.status_code == 302:  # to the own return
            assert "organisation=SNV" in answer.url


def test_the_consolidator_of_another_province_sees_nothing(
    office, other_office, sign_in
):
    health = agency(office)
    kept = hand_in(health, office.consolidator)
    client = sign_in("consolidator", other_office)

    assert "SYT" not in text(client.get(f"{PAGE}?period=2019"))
    assert client.get(address(health)).status_code == 403
    assert client.get(f"{PAGE}return/{kept.pk}/file/").status_code == 403


def test_an_own_writer_is_led_to_the_own_return(office, client):
    health = agency(office)
    client.force_login(person(Role.LEADER, health))
    client.cookies["django_language"] = "en"

    assert client.get(f"{PAGE}?period=2019").url == address(health)
    shown = client.post(address(health), {"file": upload(form_of(health))})
    judged = shown.context["judgement"].file_hash
    client.post(address(health), {"fingerprint": judged})

    assert AgencyReturn.objects.get().uploaded_by.organisation == health


def test_a_clerk_of_the_provinces_desk_does_not_read_all_agencies(office, client):
    centre = agency(office, "TTHCC", kind=Kind.DESK)
    client.force_login(person(Role.CLERK, centre))

    assert client.get(f"{PAGE}?period=2019").status_code == 403


def test_what_is_not_known_is_said(office, sign_in):
    client = sign_in("consolidator")

    assert client.get(f"{PAGE}return/?organisation=XX&period=2019").status_code == 400
    assert client.get(f"{PAGE}return/?organisation=SNV&period=20").status_code == 400
    assert client.get(f"{PAGE}return/?organisation=UBND&period=2019").status_code == 400
    assert client.get(f"{PAGE}return/77/file/").status_code == 404


def test_without_an_account_the_page_asks_to_sign_in(client, office):
    assert "login" in client.get(PAGE).url

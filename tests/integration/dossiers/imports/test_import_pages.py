"""The pages of an import: by role, from the file to undoing it."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dossiers import paging
from dossiers.models import ColumnMapping, Dossier, RegisterImport
from dossiers.spreadsheets import background, summary
from dossiers.spreadsheets.columns import IMPORTED
from dossiers.views import imports
from postal_tthc.accounts.roles import Role
from postal_tthc.jobs.models import Job
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, kept

LIST = "/dossiers/imports/"


def send(client, content: bytes, name: str = "so.xlsx"):
    """The file chosen on the page."""
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)}, follow=True)


def counts(page) -> dict[str, int]:
    """What the page says of the file, by the words beside the numbers."""
    found = re.findall(
        r"<li><strong>([\d.,]+)</strong>\s*(?:<span[^>]*>)?([^<]+)",
        page.content.decode(),
    )
    return {words.strip(): int(re.sub(r"\D", "", n)) for n, words in found}


NOTHING_ELSE = {"Already here": 0, "Changed": 0, "Faulty": 0}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK}))
def test_only_clerks_import(office, sign_in, role):
    source = kept(office, workbooks.plain(make_procedure(office).code))
    client = sign_in(role)

    for address in (LIST, f"{LIST}blank/", f"{LIST}{source.pk}/"):
        assert client.get(address).status_code == 403
    for address in (LIST, f"{LIST}{source.pk}/write/", f"{LIST}{source.pk}/undo/"):
        assert client.post(address).status_code == 403
    assert not Dossier.objects.exists()


def test_visitors_sign_in_first(client, db):
    assert client.get(LIST).status_code == 302


def test_the_files_of_another_organisation_are_not_found(office, other_office, sign_in):
    source = bring(office, workbooks.plain(make_procedure(office).code))
    client = sign_in("clerk", other_office)

    for address in ("", "file/", "faulty/"):
        assert client.get(f"{LIST}{source.pk}/{address}").status_code == 404
    assert client.post(f"{LIST}{source.pk}/undo/").status_code == 404
    assert source.file_name not in client.get(LIST).content.decode()
    assert Dossier.objects.count() == 2


def test_a_file_goes_from_judging_to_writing_to_undoing(office, sign_in):
    client = sign_in("clerk")
    page = send(client, workbooks.plain(make_procedure(office).code))
    assert counts(page) == {"Rows": 2, "New": 2} | NOTHING_ELSE
    assert not Dossier.objects.exists()
    source = RegisterImport.objects.get()

    page = client.post(f"{LIST}{source.pk}/write/", {"rows": "all"}, follow=True)
    assert "2 dossiers added, 0 changed." in page.content.decode()
    assert Dossier.objects.count() == 2

    page = client.post(f"{LIST}{source.pk}/undo/", follow=True)
    assert "2 dossiers that it brought are gone" in page.content.decode()
    assert not Dossier.objects.exists()


def test_faults_are_listed_and_come_back_as_a_workbook(office, sign_in):
    first, second = workbooks.rows(make_procedure(office).code)
    second[3] = "=1+1"
    made, _sheet = workbooks.book([["Sổ 2020"], workbooks.HEADINGS, first, second])
    made.active["D4"].data_type = "s"
    client = sign_in("clerk")
    answer = send(client, workbooks.packed(made))
    assert counts(answer)["Faulty"] == 1
    page = answer.content.decode()
    assert "Write the day as 20/01/2020." in page
    assert "good row" in page
    source = RegisterImport.objects.get()

    answer = client.get(f"{LIST}{source.pk}/faulty/")

    sheet = load_workbook(BytesIO(answer.content)).active
    assert "attachment" in answer["Content-Disposition"]
    assert [cell.value for cell in sheet[1]][1:] == list(workbooks.HEADINGS)
    assert "Write the day as 20/01/2020." in sheet["A2"].value
    assert (sheet["D2"].value, sheet.max_row) == ("Trần Văn Bình", 2)
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s")


def test_the_good_rows_are_written_when_asked(office, sign_in):
    first, second = workbooks.rows(make_procedure(office).code)
    second[3] = "hôm qua"
    client = sign_in("clerk")
    content = workbooks.book([workbooks.HEADINGS, first, second])[0]
    send(client, workbooks.packed(content))
    address = f"{LIST}{RegisterImport.objects.get().pk}/write/"

    page = client.post(address, {"rows": "all"}, follow=True).content.decode()
    assert "faulty rows: 1" in page
    assert not Dossier.objects.exists()

    client.post(address, {"rows": "good"})
    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Đào"


def test_the_mapping_is_corrected_on_the_page_and_remembered(office, sign_in):
    code = make_procedure(office).code
    lines = [["Cột một", "Cột hai"], [code, date(2020, 3, 5)]]
    client = sign_in("clerk")
    page = send(client, workbooks.packed(workbooks.book(lines)[0])).content.decode()
    assert "No column is the day of receipt" in page
    source = RegisterImport.objects.get()
    told = {"sheet": "Sổ", "heading_row": 1, "column_0": "procedure_code"}

    page = client.post(f"{LIST}{source.pk}/", told | {"column_1": "procedure_code"})
    assert page.status_code == 422
    page = client.post(
        f"{LIST}{source.pk}/", told | {"column_1": "received_on"}, follow=True
    )

    assert counts(page)["New"] == 1
    assert ColumnMapping.objects.get().organisation == office.agency


def test_another_heading_row_is_read_by_its_own_headings(office, sign_in):
    content = workbooks.heading_three_rows_down(make_procedure(office).code)
    client = sign_in("clerk")
    send(client, content)
    address = f"{LIST}{RegisterImport.objects.get().pk}/"

    client.post(address, {"sheet": "Sổ", "heading_row": 1})
    assert RegisterImport.objects.get().mapping["places"] == {}
    client.post(address, {"sheet": "Sổ", "heading_row": 4})

    assert RegisterImport.objects.get().counts["new"] == 2
    assert not ColumnMapping.objects.exists()


def test_a_large_file_is_judged_and_written_in_the_background(
    office, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(background, "SMALL_FILE", 10)
    monkeypatch.setattr(background, "SMALL_LIST", 1)
    client = sign_in("clerk")
    with django_capture_on_commit_callbacks(execute=True):
        send(client, workbooks.plain(make_procedure(office).code))
    source = RegisterImport.objects.get()
    assert source.counts["new"] == 2

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}{source.pk}/write/", {"rows": "all"})

    source.refresh_from_db()
    assert source.status == "written"
    assert Dossier.objects.count() == 2
    assert [job.status for job in Job.objects.order_by("pk")] == ["done", "done"]
    assert Job.objects.latest("pk").link == f"{LIST}{source.pk}/"


@pytest.mark.parametrize("most_at_once", [1, 100])
def test_when_the_register_changed_the_file_is_judged_anew(
    office, sign_in, monkeypatch, django_capture_on_commit_callbacks, most_at_once
):
    monkeypatch.setattr(background, "SMALL_LIST", most_at_once)
    client = sign_in("clerk")
    content = workbooks.plain(make_procedure(office).code)
    source = kept(office, content)
    bring(office, content)
    was_here = Dossier.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{LIST}{source.pk}/write/", {"rows": "all"}, follow=True)

    source.refresh_from_db()
    assert source.status == "judged"
    assert (source.counts["new"], source.counts["unchanged"]) == (0, 2)
    assert Dossier.objects.count() == was_here
    told = Job.objects.get().sentence if most_at_once == 1 else page.content.decode()
    assert "It was judged once more" in told
    page = client.get(f"{LIST}{source.pk}/")
    assert counts(page) == {"Rows": 2, "New": 0, **NOTHING_ELSE, "Already here": 2}


def test_what_nobody_has_finished_is_said_before_it_is_written(office, sign_in):
    code, long_ago = make_procedure(office).code, date(2020, 3, 5)
    today = timezone.localdate()
    headings = ["Mã TTHC", "Ngày tiếp nhận", "Ngày trả kết quả"]
    rows = [[code, long_ago, None], [code, today, None], [code, long_ago, long_ago]]
    page = send(sign_in("clerk"), workbooks.listed(headings, *rows)).content.decode()
    assert "2 new dossiers have no day of result" in page
    assert "(1 overdue)" in page

    page = send(sign_in("clerk"), workbooks.listed(headings, rows[2])).content.decode()
    assert "no day of result" not in page


def test_new_dossiers_are_shown_as_they_were_understood(office, sign_in):
    code = make_procedure(office).code
    rows = [[code, date(2020, 3, 5), f"Người {n}"] for n in range(7)]
    content = workbooks.listed(["Mã TTHC", "Ngày tiếp nhận", "Người nộp"], *rows)
    page = send(sign_in("clerk"), content).content.decode()
    assert "as they were understood" in page
    assert [f"Người {n}" in page for n in range(7)] == [True] * 5 + [False] * 2
    assert "05/03/2020" in page


def test_a_written_file_leads_to_its_dossiers(office, sign_in, monkeypatch):
    source = bring(office, workbooks.plain(make_procedure(office).code))
    client = sign_in("clerk")
    page = client.get(f"{LIST}{source.pk}/").content.decode()
    for dossier in Dossier.objects.all():
        assert f'href="{dossier.get_absolute_url()}"' in page
    assert "are shown here" not in page

    monkeypatch.setattr(imports, "ROWS_SHOWN", 1)
    page = client.get(f"{LIST}{source.pk}/").content.decode()
    assert "The first 1 are shown here" in page

    page = client.post(f"{LIST}{source.pk}/undo/", follow=True).content.decode()
    assert "What it wrote" not in page


def test_the_original_and_the_blank_form_are_downloads(office, sign_in):
    content = workbooks.plain(make_procedure(office).code)
    source = kept(office, content)
    client = sign_in("clerk")

    original = client.get(f"{LIST}{source.pk}/file/")
    assert b"".join(original.streaming_content) == content
    assert "attachment" in original["Content-Disposition"]
    blank = load_workbook(BytesIO(client.get(f"{LIST}blank/").content))
    headings = [cell.value for cell in blank.worksheets[0][1]]
    assert headings == [column.heading for column in IMPORTED]


@pytest.mark.parametrize("status", ["received", "returned"])
def test_an_imported_dossier_has_all_its_pages(office, sign_in, status):
    bring(office, workbooks.plain(make_procedure(office).code))
    dossier = Dossier.objects.get(status=status)
    client = sign_in("clerk")

    for address in (
        dossier.get_absolute_url(),
        f"/dossiers/print/{dossier.code}/receipt/",
        f"/dossiers/print/{dossier.code}/control-slip/",
        reverse("public:dossier", args=[dossier.public_token]),
        "/dossiers/",
        "/dossiers/print/register/",
    ):
        assert client.get(address).status_code == 200, address
    assert (
        "Taken over from a file"
        in client.get(dossier.get_absolute_url()).content.decode()
    )


def test_clerks_alone_are_offered_the_import(sign_in):
    assert LIST in sign_in("clerk").get("/dossiers/").content.decode()
    assert LIST not in sign_in("leader").get("/dossiers/").content.decode()


def test_a_large_import_is_undone_in_the_background(
    office, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(background, "SMALL_LIST", 1)
    source = bring(office, workbooks.plain(make_procedure(office).code))
    client = sign_in("clerk")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}{source.pk}/undo/")

    source.refresh_from_db()
    assert (source.status, source.undone_by) == ("undone", office.clerk)
    assert not Dossier.objects.exists()
    assert Job.objects.get().status == "done"


def test_while_somebody_works_on_a_file_nobody_else_does(
    office, sign_in, monkeypatch, settings
):
    monkeypatch.setattr(background, "SMALL_LIST", 1)
    settings.JOBS_INLINE_SIZE = 0
    source = kept(office, workbooks.plain(make_procedure(office).code))
    client = sign_in("clerk")
    client.post(f"{LIST}{source.pk}/write/", {"rows": "all"})
    job = Job.objects.get()

    page = client.get(f"{LIST}{source.pk}/").content.decode()
    assert job.get_absolute_url() in page
    assert "Write all" not in page
    page = client.post(f"{LIST}{source.pk}/write/", {"rows": "all"}, follow=True)

    assert "is being worked on" in page.content.decode()
    assert Job.objects.count() == 1
    assert not Dossier.objects.exists()


def test_a_large_file_that_cannot_be_read_says_so_on_its_page(
    office, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(background, "SMALL_FILE", 10)
    client = sign_in("clerk")
    with django_capture_on_commit_callbacks(execute=True):
        send(client, b"PK\x03\x04 this is no workbook at all")
    source = RegisterImport.objects.get()

    page = client.get(f"{LIST}{source.pk}/").content.decode()

    assert source.status == "failed"
    assert "The file is damaged" in page
    assert "is being judged" not in page
    assert client.get(f"{LIST}{source.pk}/faulty/").status_code == 404


def test_sheets_that_are_not_read_are_named(office, sign_in):
    content = workbooks.second_sheet(make_procedure(office).code)

    page = send(sign_in("clerk"), content).content.decode()

    assert "Only the sheet «Sổ 2020» is read. Not read: Ghi chú." in page


def test_a_file_with_other_columns_chosen_brings_its_rows_once(office, sign_in):
    content = workbooks.plain(make_procedure(office).code)
    bring(office, content)
    client = sign_in("clerk")
    send(client, content)
    again = RegisterImport.objects.latest("pk")
    chosen = {f"column_{c['place']}": c["key"] for c in again.mapping["columns"]}
    told = {"sheet": "Sổ", "heading_row": 1, **chosen, "column_2": "note"}

    page = client.post(f"{LIST}{again.pk}/", told, follow=True)

    assert counts(page)["Already here"] == 2
    assert counts(page)["New"] == 0


def test_the_files_are_paged_and_one_that_is_gone_is_said_to_be(office, sign_in):
    client, code = sign_in("clerk"), make_procedure(office).code
    source = kept(office, workbooks.plain(code))
    for _ in range(paging.PAGE):
        RegisterImport.objects.create(
            organisation=office.agency,
            file="x.xlsx",
            file_name="x.xlsx",
            by=office.clerk,
            at=source.at,
        )

    first = client.get(LIST)
    rest = client.get(LIST, {"after": first.context["next_key"]})

    assert [x.pk for x in rest.context["rows"]] == [source.pk]
    source.file.delete(save=False)
    RegisterImport.objects.filter(pk=source.pk).update(file="gone.xlsx")
    gone = client.get(f"{LIST}{source.pk}/file/")
    assert gone.status_code == 409
    assert "no longer here" in gone.text


def test_what_is_not_taken_over_is_named_before_it_is_written(office, sign_in):
    code = make_procedure(office).code
    content = workbooks.listed(
        ["STT", "Mã TTHC", "Ngày tiếp nhận", "Nộp qua bưu điện", "Màu bìa", "SĐT"],
        [1, code, date(2020, 3, 5), "x", "xanh", "abc"],
        [2, code, date(2020, 3, 5), None, "đỏ", "0912345678"],
    )

    page = send(sign_in("clerk"), content)

    assert "not taken over" in page.text
    assert "E – Màu bìa" in page.text
    assert "A – STT" not in page.context["unread"]
    assert page.context["unread"] == ["E – Màu bìa"]
    assert "1 came by public post and 0 go out by it" in page.text
    (doubt,) = page.context["doubts"]
    assert (doubt["row"], doubt["value"]) == (2, "abc")
    assert "does not look like a Vietnamese phone number" in doubt["message"]


def test_a_day_of_return_that_stands_for_another_day_is_said(office, sign_in):
    content = workbooks.listed(
        ["Mã TTHC", "Ngày tiếp nhận", "Ngày trả"],
        [make_procedure(office).code, date(2020, 3, 5), date(2020, 3, 20)],
    )

    page = send(sign_in("clerk"), content)

    assert page.context["notes"]["guessed"] == 1
    assert "may make a dossier late that was not" in page.text


def test_the_columns_are_asked_for_only_when_they_are_what_is_wrong(office, sign_in):
    client, code = sign_in("clerk"), make_procedure(office).code
    wrong_cell = workbooks.listed(["Mã TTHC", "Ngày tiếp nhận"], [code, "31/02/2020"])
    wrong_columns = workbooks.listed(["Mã TTHC", "Lúc nào"], [code, date(2020, 3, 5)])

    page = send(client, wrong_cell)
    assert "There is no day 31/02/2020." in page.text
    assert page.context["asks_for_columns"] is False
    assert send(client, wrong_columns).context["asks_for_columns"] is True


def test_one_fault_in_many_rows_stands_once_with_all_its_rows(office, sign_in):
    first, second = workbooks.rows(make_procedure(office).code)
    second[3] = "hôm qua"
    lines = [workbooks.HEADINGS, first, *[second] * 1_200, first]
    page = send(sign_in("clerk"), workbooks.packed(workbooks.book(lines)[0]))

    assert counts(page)["Faulty"] == 1_200
    text = page.content.decode()
    assert text.count(">hôm qua</td>") == 1
    assert "3–1202" in text
    assert "1.200 rows" in text


def test_when_not_all_faults_are_kept_their_number_is_said(
    office, sign_in, monkeypatch
):
    monkeypatch.setattr(summary, "MOST_FAULTS", 3)
    first, second = workbooks.rows(make_procedure(office).code)
    second[3] = "hôm qua"
    lines = [workbooks.HEADINGS, first, *[second] * 5]
    page = send(sign_in("clerk"), workbooks.packed(workbooks.book(lines)[0]))
    assert (
        "The file has 5 faults; the first 3 of them are kept" in page.content.decode()
    )

"""The page of a list: upload, look, write; the report; who may and who may not."""

import hashlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from dossiers import actions
from dossiers.models import PostalItem, PostList
from dossiers.post_lists import background, keeping
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from postal_tthc.jobs import Cancelled
from postal_tthc.jobs.models import Job
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.post_lists.lists import (
    PROVINCIAL,
    REGISTERED,
    upload,
    workbook,
)

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

PAGE = "/dossiers/post-lists/"
MAY = {Role.CLERK, Role.POSTAL_CLERK}


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


def rows(item: PostalItem) -> list[dict]:
    return [
        {
            "Mã vận đơn bưu điện": item.number,
            "Trạng thái": "Phát thành công",
            "Ngày trạng thái": date(2020, 6, 5),
        },
        {"Mã vận đơn bưu điện": "EA000000005VN", "Phí thu hộ": 5_000},
        {"Mã vận đơn bưu điện": item.number, "Phí thu hộ": 5_000},
        {"Mã vận đơn bưu điện": item.number, "Phí thu hộ": "nhiều"},
    ]


def sent(client, item: PostalItem, **kwargs):
    content = upload(workbook(PROVINCIAL, rows(item)))
    return client.post(PAGE, {"file": content}, follow=True, **kwargs)


def counts(page) -> dict[str, int]:
    return {
        kind.value: number for kind, _label, number, _rows in page.context["groups"]
    }


def test_a_list_is_looked_at_and_then_written(sign_in, office, item):
    clerk, before = sign_in("clerk"), everything_kept()

    page = sent(clerk, item)

    assert everything_kept() == before
    assert counts(page) == {
        "contradicts": 1,
        "desk": 0,
        "unknown": 1,
        "faulty": 0,
        "writes": 1,
        "matched": 0,
    }
    assert "EA000000005VN" in page.text
    assert "nhiều" in page.text
    assert page.text.count("To be written: 1<") == 2

    address = page.request["PATH_INFO"]
    answer = clerk.post(f"{address}write/", follow=True)
    assert answer.text.count("Written: 1<") == 2
    assert "To be written" not in answer.text

    item.refresh_from_db()
    assert item.delivered_on == date(2020, 6, 5)
    assert "1 row of the list was written. 2 rows were left out." in answer.text
    assert counts(clerk.post(f"{address}match/", follow=True))["matched"] == 1
    assert "Matched, not written" in clerk.get(PAGE).text


def test_the_list_is_kept_as_it_was_sent(sign_in, office, item):
    clerk = sign_in("clerk")
    content = workbook(PROVINCIAL, rows(item)).getvalue()
    clerk.post(PAGE, {"file": upload(BytesIO(content), "Danh sách tháng 6.xlsx")})

    source = PostList.objects.get()

    assert (source.by, source.organisation) == (office.clerk, office.agency)
    assert source.file_hash == hashlib.sha256(content).hexdigest()
    answer = clerk.get(f"{PAGE}{source.pk}/file/")
    assert b"".join(answer.streaming_content) == content
    assert "Danh%20s%C3%A1ch" in answer["Content-Disposition"]
    again = clerk.post(PAGE, {"file": upload(BytesIO(content))}, follow=True)
    assert "The same file was brought on" in again.text
    first = clerk.get(f"{PAGE}{source.pk}/")
    assert "The same file was brought on" not in first.text, "only the later one"


def test_what_changed_after_looking_is_named_and_not_written(sign_in, office, item):
    clerk = sign_in("clerk")
    address = sent(clerk, item).request["PATH_INFO"]
    actions.deliver(item, by=office.clerk, at=at(MONDAY + timedelta(days=8)))

    page = clerk.post(f"{address}write/", follow=True)

    assert "0 rows of the list were written. 2 rows are not as" in page.text
    assert "Not written: it was no longer as shown." in page.text
    item.refresh_from_db()
    assert item.delivered_on == date(2020, 6, 9)
    assert counts(clerk.post(f"{address}match/", follow=True))["contradicts"] == 2


def test_nothing_is_written_without_having_been_matched(sign_in, office, item):
    clerk = sign_in("clerk")
    address = sent(clerk, item).request["PATH_INFO"]
    PostList.objects.update(matched_at=None, results=[])
    before = everything_kept()

    page = clerk.post(f"{address}write/", follow=True)

    assert "Match it first" in page.text
    assert everything_kept() == before


def test_a_file_that_is_no_list_is_not_kept(sign_in, office):
    bad = SimpleUploadedFile("a.xlsx", b"not a workbook")

    answer = sign_in("clerk").post(PAGE, {"file": bad})

    assert answer.status_code == 422
    assert not PostList.objects.exists()
    assert "Choose a file." in sign_in("clerk").post(PAGE, {}).text


def test_a_file_that_is_gone_is_asked_for_again(sign_in, office, item):
    clerk = sign_in("clerk")
    address = sent(clerk, item).request["PATH_INFO"]
    source = PostList.objects.get()
    source.file.storage.delete(source.file.name)

    page = clerk.post(f"{address}match/", follow=True)

    assert "không còn" in page.text


def test_a_long_list_is_matched_and_written_in_the_background(
    sign_in, office, item, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(background, "AT_ONCE", 1)
    clerk = sign_in("clerk")
    with django_capture_on_commit_callbacks(execute=True):
        sent(clerk, item)
    source = PostList.objects.get()
    assert [x["kind"] for x in source.results] == ["writes", "unknown", "contradicts"]

    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(f"{PAGE}{source.pk}/write/")

    item.refresh_from_db()
    assert item.delivered_on == date(2020, 6, 5)
    jobs = list(Job.objects.order_by("pk"))
    assert [(job.status, job.done, job.total) for job in jobs] == [("done", 3, 3)] * 2
    assert jobs[1].link == f"{PAGE}{source.pk}/"
    assert "1 row of the list was written. 2 rows were left out." in jobs[1].sentence


def test_a_writing_that_was_stopped_goes_on_where_it_was(office, item):
    other = dossier_at(Status.WITH_POST, office).postal_items.get()
    told = [
        {"Mã vận đơn bưu điện": x.number, "Trạng thái": "Phát thành công"}
        | {"Ngày trạng thái": date(2020, 6, 5)}
        for x in (item, other)
    ]
    file, now = workbook(PROVINCIAL, told), at(MONDAY + timedelta(days=30))
    source = keeping.keep(file, "a.xlsx", by=office.clerk, at=now)
    keeping.match(source, by=office.clerk, at=now)

    def stop(done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        keeping.write(source, by=office.clerk, at=now, reached=stop)
    assert PostalItem.objects.filter(delivered_on=date(2020, 6, 5)).count() == 1
    source.refresh_from_db()
    assert not source.is_written

    keeping.write(source, by=office.clerk, at=now)

    assert PostalItem.objects.filter(delivered_on=date(2020, 6, 5)).count() == 2
    assert (source.written, source.changed) == (2, [])


def test_the_report_is_a_workbook_with_both_sides(sign_in, office, item):
    clerk = sign_in("clerk")
    address = sent(clerk, item).request["PATH_INFO"]
    before = everything_kept()

    answer = clerk.get(f"{address}report/")

    assert everything_kept() == before
    assert "doi-chieu-" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    found = [
        [cell.value for cell in row]
        for row in sheet.iter_rows(min_row=5)
        if row[0].value is not None
    ]
    assert [(row[0], row[2]) for row in found] == [
        (8, item.number),
        (7, "EA000000005VN"),
        (6, item.number),
        (9, None),
    ]
    assert "0 đ" in found[0][4]
    assert "5.000 đ" in found[0][5]
    code = item.dossiers.get().code
    assert [row[3] for row in found] == [code, None, code, None]
    assert sheet["A3"].value is None, "every column was read"
    assert sheet["A1"].value == "ĐỐI CHIẾU DANH SÁCH CỦA BƯU ĐIỆN"


def test_the_report_of_a_written_list_says_what_was_written_by_whom(
    sign_in, office, item
):
    clerk = sign_in("clerk")
    address = sent(clerk, item).request["PATH_INFO"]

    def kinds() -> list[str]:
        answer = clerk.get(f"{address}report/")
        sheet = load_workbook(BytesIO(answer.content)).active
        kinds.said = sheet["A2"].value
        return [row[1].value for row in sheet.iter_rows(min_row=5) if row[1].value]

    assert "Sẽ ghi" in kinds()
    assert "dòng" not in kinds.said
    clerk.post(f"{address}write/")
    assert "Đã ghi" in kinds()
    assert "Sẽ ghi" not in kinds()
    assert str(office.clerk) in kinds.said
    assert "1 dòng" in kinds.said

    PostList.objects.update(changed=[6])
    assert "Không ghi: đã khác lúc xem" in kinds()
    clerk.post(f"{address}match/")
    assert "Đã khớp" in " ".join(kinds())
    assert "Không ghi: đã khác lúc xem" not in kinds()


def test_columns_that_were_not_read_are_named_above_writing(sign_in, office, item):
    clerk, headings = sign_in("clerk"), (*PROVINCIAL, "Ngày <b>")
    told = [row | {"Ngày <b>": "05/06/2020", "STT": 1} for row in rows(item)]

    page = clerk.post(PAGE, {"file": upload(workbook(headings, told))}, follow=True)

    notice = "Columns that were not read: Ngày &lt;b&gt;."
    assert 0 < page.text.index(notice) < page.text.index("/write/")
    report = clerk.get(f"{page.request['PATH_INFO']}report/")
    sheet = load_workbook(BytesIO(report.content)).active
    assert sheet["A3"].value == "Các cột không đọc: Ngày <b>."
    assert "Columns that were not read" not in sent(clerk, item).text


def test_what_is_the_desks_to_write_names_nobody(sign_in, office):
    ready = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    row = {"Số hiệu giấy tờ (Mã hồ sơ)": ready.code, "Mã vận đơn": "EA000000005VN"}
    row["Ngày bưu điện nhận kết quả"] = date(2020, 6, 5)
    file = workbook((*REGISTERED, "Mã vận đơn"), [row])
    client = sign_in("postal_clerk")

    page = client.post(PAGE, {"file": upload(file)}, follow=True)

    assert counts(page)["desk"] == 1
    assert counts(page)["contradicts"] == 0
    report = client.get(f"{page.request['PATH_INFO']}report/")
    cells = [cell.value for cell in load_workbook(BytesIO(report.content)).active[5]]
    said = " ".join(str(cell) for cell in cells)
    assert str(office.postal_clerk) not in said
    assert "may not do this" not in said
    assert office.postal_clerk.get_role_display() not in said
    assert cells[3] == ready.code


@pytest.mark.parametrize("what", ["", "match/", "write/", "report/", "file/"])
def test_another_organisation_never_sees_a_list(
    sign_in, office, other_office, item, what
):
    address = sent(sign_in("clerk"), item).request["PATH_INFO"]
    stranger = sign_in("clerk", other_office)
    before = everything_kept()

    ask = stranger.post if what in ("match/", "write/") else stranger.get

    assert ask(f"{address}{what}").status_code == 404
    assert everything_kept() == before
    assert "danh-sach.xlsx" not in stranger.get(PAGE).text


@pytest.mark.parametrize("role", list(Role))
def test_who_carries_matches_lists(sign_in, office, role):
    client = sign_in(role)
    status = 200 if role in MAY else 403

    assert client.get(PAGE).status_code == status
    if role not in MAY:
        assert client.post(PAGE, {}).status_code == 403
        for what in ("", "report/", "file/"):
            assert client.get(f"{PAGE}1/{what}").status_code == 403
        for what in ("match/", "write/"):
            assert client.post(f"{PAGE}1/{what}").status_code == 403


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302
    assert client.post(f"{PAGE}1/write/").status_code == 302


def test_the_page_of_items_leads_here(sign_in, office):
    assert PAGE in sign_in("clerk").get("/dossiers/items/").text

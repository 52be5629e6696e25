"""Items, minutes, incidents, catalogue, figures, reports and jobs by program."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from rest_framework.test import APIClient

from dossiers.models import Handover, HandoverLine, Incident, PostalItem
from dossiers.statuses import ReturnChannel, Status
from postal_tthc.jobs.models import Job
from reports.models import Report
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.api.conftest import Ask
from tests.integration.api.world import fill

API = "/api/v1/"
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def test_everybody_reads_the_catalogue_of_a_day(office: Office) -> None:
    known = make_procedure(office, in_force_from=MONDAY)
    client = APIClient()
    assert client.get(f"{API}procedures/?on=2020-05-31").json()["results"] == []
    told = client.get(f"{API}procedures/?on=2020-06-01").json()["results"]
    assert [x["code"] for x in told] == [known.code]
    assert {x["leg"]: x["is_eligible"] for x in told[0]["eligibilities"]} == {
        "intake": True,
        "return": True,
    }
    one = client.get(f"{API}procedures/{known.pk}/").json()
    assert [x["name"] for x in one["required_papers"]] == [
        "Đơn đề nghị",
        "Bằng tốt nghiệp",
    ]


def test_the_post_tells_of_an_item_by_program(ask: Ask, office: Office) -> None:
    dossier_at(Status.WITH_POST, office)
    item = PostalItem.objects.get()
    address, post = f"{API}items/{item.pk}/", ask("postal_clerk", scopes=("post",))
    answer = post.post(f"{address}news/", {"status": "in_transit"}, format="json")
    assert answer.json()["status"] == "in_transit"
    answer = post.post(f"{address}attempt/", {"reason": "moved"}, format="json")
    assert answer.json()["events"][-1]["reason"] == "moved"
    seen = {"If-Match": ask("postal_clerk").get(address)["ETag"]}
    void = post.post(f"{address}void/", headers=seen)
    assert void.json()["status"] == "in_transit"
    post.post(f"{address}attempt/", {"reason": "moved"}, format="json")
    refused = post.post(f"{address}came-back/", {}, format="json")
    assert refused.json()["code"] == "missing_scope"
    clerk = ask("clerk")
    answer = clerk.post(f"{address}came-back/", {}, format="json")
    assert answer.json()["status"] == "came_back", answer.json()


def test_facts_of_an_item_are_corrected_and_a_doubtful_number_asked(
    ask: Ask, office: Office
) -> None:
    dossier_at(Status.WITH_POST, office)
    item, client = PostalItem.objects.get(), ask("clerk")
    address = f"{API}items/{item.pk}/"
    change = {"number": "EA123456789VN"}
    seen = {"If-Match": client.get(address)["ETag"]}
    answer = client.patch(address, change, format="json", headers=seen)
    assert (answer.status_code, answer.json()["code"]) == (422, "doubtful")
    accepted = change | {"accept_doubts": True, "postage_dong": 26_000}
    answer = client.patch(address, accepted, format="json", headers=seen)
    assert answer.json()["number"] == "EA123456789VN"
    assert answer.json()["postage_dong"] == 26_000
    late = client.patch(address, {"postage_dong": 1}, format="json", headers=seen)
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    seen = {"If-Match": answer["ETag"]}
    wrong = client.patch(address, {"postage_dong": -1}, format="json", headers=seen)
    assert "postage_dong" in wrong.json()["errors"]


def test_minutes_are_counted_and_signed_by_both_sides(ask: Ask, office: Office) -> None:
    dossier = register(office, item=envelope(11))
    clerk, post = ask("clerk"), ask("postal_clerk", scopes=("post", "read"))
    begun = clerk.post(f"{API}handovers/", {"direction": "in"}, format="json")
    assert begun.status_code == 201
    address = f"{API}handovers/{begun.json()['id']}/"
    answer = clerk.post(
        f"{address}scan/", {"scanned": envelope(11).number}, format="json"
    )
    assert answer.json()["outcome"] == "added"
    stray = clerk.post(f"{address}scan/", {"scanned": "RR9"}, format="json").json()
    position = stray["lines"][0]["position"]
    unknown = f"{address}lines/{position}/"
    seen = {"If-Match": clerk.get(unknown)["ETag"]}
    assert clerk.delete(unknown, headers=seen).status_code == 204
    seen = {"If-Match": clerk.get(f"{address}lines/1/")["ETag"]}
    told = {"originals": 2, "note": "Đếm lại"}
    line = clerk.patch(f"{address}lines/1/", told, format="json", headers=seen)
    assert line.json()["originals"] == 2
    refused = clerk.patch(
        f"{address}lines/1/",
        {"kept": [1]},
        format="json",
        headers={"If-Match": line["ETag"]},
    )
    assert "kept" in refused.json()["errors"]
    clerk.post(f"{address}sign/")
    clerk.post(f"{address}reopen/")
    assert clerk.post(f"{address}sign/").json()["status"] == "desk_signed"
    locked = post.post(f"{address}confirm/")
    assert locked.json()["status"] == "locked", locked.json()
    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED
    counter = clerk.post(
        f"{address}lines/1/cancel/", {"reason": "Nhầm hồ sơ"}, format="json"
    )
    assert (counter.status_code, counter.json()["cancels"]) == (201, 1)
    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED


def test_the_post_signs_on_paper_and_its_scan_is_kept(ask: Ask, office: Office) -> None:
    register(office, item=envelope(12))
    clerk = ask("clerk")
    begun = clerk.post(f"{API}handovers/", {"direction": "in"}, format="json").json()
    address = f"{API}handovers/{begun['id']}/"
    clerk.post(f"{address}scan/", {"scanned": envelope(12).number}, format="json")
    signed = clerk.post(f"{address}sign/").json()
    told = {"signatory": "Nguyễn Văn Bưu", "signed_at": signed["desk_signed_at"]}
    wrong = SimpleUploadedFile("bien-ban.exe", b"MZ")
    answer = clerk.post(
        f"{address}on-paper/", told | {"scan": wrong}, format="multipart"
    )
    assert "scan" in answer.json()["errors"]
    scan = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 signed")
    answer = clerk.post(
        f"{address}on-paper/", told | {"scan": scan}, format="multipart"
    )
    assert answer.json()["status"] == "locked", answer.json()
    with Handover.objects.get().scan.open("rb") as kept:
        assert kept.read() == b"%PDF-1.4 signed"


def test_minutes_are_given_up_with_a_reason(ask: Ask, office: Office) -> None:
    clerk = ask("clerk")
    begun = clerk.post(f"{API}handovers/", {"direction": "out"}, format="json").json()
    address = f"{API}handovers/{begun['id']}/abandon/"
    answer = clerk.post(address, {"reason": "Không có gì"}, format="json")
    assert (answer.json()["status"], answer.json()["note"]) == (
        "abandoned",
        "Không có gì",
    )
    assert not HandoverLine.objects.exists()


def test_an_incident_is_reported_followed_up_and_resolved(
    ask: Ask, office: Office
) -> None:
    dossier = dossier_at(
        Status.RESULT_READY, office, return_channel=ReturnChannel.PUBLIC_POST
    )
    clerk = ask("clerk")
    told = {
        "kind": "lost",
        "dossier": dossier.reference,
        "found_out_on": "2020-06-05",
        "description": "Không thấy bản chính",
    }
    asked = clerk.post(f"{API}incidents/", told, format="json")
    assert (asked.status_code, asked.json()["code"]) == (422, "doubtful")
    strange = clerk.post(f"{API}incidents/", told | {"papers": [7]}, format="json")
    assert "papers" in strange.json()["errors"]
    answer = clerk.post(f"{API}incidents/", told | {"papers": [1]}, format="json")
    assert answer.status_code == 201, answer.json()
    address = f"{API}incidents/{answer.json()['id']}/"
    followed = clerk.patch(
        address,
        {"liable": "agency", "reissue_done": ["told"]},
        format="json",
        headers={"If-Match": clerk.get(address)["ETag"]},
    )
    assert followed.json()["reissue_done"] == ["told"]
    seen = {"If-Match": followed["ETag"]}
    about_post = clerk.patch(address, {"answer": "Đã tìm"}, format="json", headers=seen)
    assert "answer" in about_post.json()["errors"]
    end = {"outcome": "found", "resolution": "Nằm trong tủ"}
    nobody = clerk.post(f"{address}resolve/", end | {"holder": "X"}, format="json")
    assert "holder" in nobody.json()["errors"]
    ended = clerk.post(
        f"{address}resolve/", end | {"holder": office.desk.symbol}, format="json"
    )
    assert ended.json()["outcome"] == "found", ended.json()
    assert dossier.papers.get().held_by == office.desk
    assert clerk.get(address).json()["resolution"] == "Nằm trong tủ"


def test_an_incident_is_about_something(ask: Ask, office: Office) -> None:
    told = {"kind": "lost", "found_out_on": "2020-06-05", "description": "?"}
    answer = ask("clerk").post(f"{API}incidents/", told, format="json")
    assert "dossier" in answer.json()["errors"]
    assert not Incident.objects.exists()


def test_a_case_is_opened_when_news_is_overdue(ask: Ask, office: Office) -> None:
    dossier_at(Status.WITH_POST, office)
    item, clerk = PostalItem.objects.get(), ask("clerk")
    answer = clerk.post(f"{API}items/{item.pk}/open-case/")
    assert (answer.status_code, answer.json()["kind"]) == (201, "silence")
    again = clerk.post(f"{API}items/{item.pk}/open-case/")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_figures_are_those_of_the_command(ask: Ask, office: Office, capsys) -> None:
    fill(office)
    answer = ask("leader").get(f"{API}figures/?organisation=SNV&period=2020")
    call_command("figures", organisation="SNV", period="2020", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["received"] > 10
    assert answer.json() == told


@pytest.mark.parametrize("role", ["clerk", "leader", "consolidator"])
def test_figures_without_a_period_are_this_years(ask: Ask, role: str) -> None:
    answer = ask(role).get(f"{API}figures/")
    assert answer.status_code == 200
    assert answer.json()["received"] == 0


def test_figures_are_refused_in_words(ask: Ask, office: Office) -> None:
    wrong = ask("leader").get(f"{API}figures/?period=2020-Q9")
    assert "period" in wrong.json()["errors"]
    assert ask("postal_clerk").get(f"{API}figures/").json()["code"] == "refused"
    assert ask("postal_clerk").get(f"{API}reports/").json()["code"] == "refused"


def test_a_report_is_read_with_what_would_be_frozen(ask: Ask, office: Office) -> None:
    fill(office)
    client, report = ask("leader"), Report.objects.get(status="draft")
    listed = client.get(f"{API}reports/").json()["results"]
    assert report.pk in [x["id"] for x in listed]
    assert client.get(f"{API}reports/{report.pk}/").json() in listed
    content = client.get(f"{API}reports/{report.pk}/content/").json()
    assert content["content_hash"] == ""
    assert content["content"]


def test_jobs_are_read_by_who_asked_and_by_leaders(ask: Ask, office: Office) -> None:
    job = Job.objects.create(
        kind="export",
        title="Sổ",
        organisation=office.desk,
        by=office.clerk,
        language="vi",
        done=0,
        total=10,
        asked_at=at(MONDAY),
    )
    for role, status in (("clerk", 200), ("leader", 200), ("case_officer", 404)):
        assert ask(role).get(f"{API}jobs/{job.pk}/").status_code == status
    told = ask("clerk").get(f"{API}jobs/").json()["results"]
    assert [(x["title"], x["status"], x["total"]) for x in told] == [
        ("Sổ", "queued", 10)
    ]

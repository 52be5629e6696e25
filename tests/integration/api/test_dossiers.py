"""Dossiers by program: received, corrected, moved on, by the pages' own rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier, PostalItem
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, dossier_at, envelope, receive
from tests.factories.procedures import make_procedure
from tests.integration.api.conftest import Ask

LIST = "/api/v1/dossiers/"
TAX_CODE = "0100109106"
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def test_a_dossier_is_received_as_at_the_counter(ask: Ask, entry, office) -> None:
    answer = ask("clerk").post(LIST, entry, format="json")
    assert answer.status_code == 201, answer.json()
    dossier = Dossier.objects.get()
    told = answer.json()
    assert told["code"] == dossier.code == "H02.16-200601-0001"
    assert (told["status"], told["due_on"]) == ("received", "2020-06-15")
    assert told["applicant_name"] == "Nguyễn Văn A"
    assert answer["Location"] == f"{LIST}{dossier.code}/"
    assert answer["ETag"] == '"1"'
    assert dossier.papers.get().held_by == office.desk
    assert dossier.custody.get().by == office.clerk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"procedure": "9.999999"}, "procedure"),
        ({"received_at": "2120-01-01T00:00:00Z"}, "received_at"),
        ({"received_at": "2009-01-01T00:00:00Z"}, "received_at"),
        ({"applicant_name": ""}, "applicant_name"),
        ({"applicant_name": "\u200b"}, "applicant_name"),
        ({"applicant_name": "A\x00"}, "applicant_name"),
        ({"sets": 0}, "sets"),
        ({"applicant_email": "không"}, "applicant_email"),
        ({"return_channel": "public_post"}, "return_name"),
        ({"intake_channel": "pigeon"}, "intake_channel"),
        ({"papers": [{"form": "original"}]}, "papers.0.name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(ask: Ask, entry, change, field) -> None:
    answer = ask("clerk").post(LIST, entry | change, format="json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "validation_failed"
    assert field in problem["errors"], problem
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("sent", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "not_readable"),
        ("[]", "application/json", 400, "validation_failed"),
        ("a=1", "text/plain", 415, "unsupported_media_type"),
    ],
)
def test_what_cannot_be_read_is_told_as_a_problem(
    ask: Ask, sent: str, kind: str, status: int, code: str
) -> None:
    answer = ask("clerk").post(LIST, sent, content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_what_looks_wrong_is_asked_once(ask: Ask, entry) -> None:
    entry["applicant_phone"] = "12"
    client = ask("clerk")
    answer = client.post(LIST, entry, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "doubtful")
    assert "applicant_phone" in answer.json()["errors"]
    assert not Dossier.objects.exists()
    answer = client.post(LIST, entry | {"accept_doubts": True}, format="json")
    assert answer.status_code == 201


def test_the_post_announces_and_the_clerk_registers(ask: Ask, entry, office) -> None:
    item = envelope(7).number
    posted = entry | {"intake_channel": "public_post", "item_number": item}
    answer = ask("postal_clerk").post(
        "/api/v1/expected-dossiers/",
        posted | {"postage_dong": 30_000, "collect_dong": 50_000},
        format="json",
    )
    assert answer.status_code == 201, answer.json()
    assert (answer.json()["status"], answer.json()["code"]) == ("announced", None)
    kept = PostalItem.objects.get()
    assert (kept.number, kept.postage_dong, kept.collect_dong) == (item, 30_000, 50_000)
    again = ask("postal_clerk").post(
        "/api/v1/expected-dossiers/", posted | {"collect_dong": 1}, format="json"
    )
    assert "collect_dong" in again.json()["errors"]
    answer = ask("clerk").post("/api/v1/expected-dossiers/", entry, format="json")
    assert answer.json()["status"] == "registered"


def test_a_correction_needs_the_version_that_was_read(ask: Ask, office) -> None:
    dossier, client = receive(office), ask("clerk")
    address = f"{LIST}{dossier.code}/"
    change = {"applicant_phone": "0912345678"}
    answer = client.patch(address, change, format="json")
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    seen = client.get(address)["ETag"]
    actions.correct(
        dossier, {"note": "Gọi buổi sáng"}, by=office.clerk, at=timezone.now()
    )
    answer = client.patch(address, change, format="json", headers={"If-Match": seen})
    assert (answer.status_code, answer.json()["code"]) == (412, "changed_meanwhile")
    now = client.get(address)
    answer = client.patch(
        address, change, format="json", headers={"If-Match": now["ETag"]}
    )
    assert answer.status_code == 200
    assert answer.json()["note"] == "Gọi buổi sáng"
    assert answer.json()["applicant_phone"] == "0912345678"
    assert answer["ETag"] != now["ETag"]


def test_a_correction_asks_about_what_it_makes_doubtful_and_nothing_else(
    ask: Ask, office
) -> None:
    dossier, client = receive(office, applicant_phone="99"), ask("clerk")
    address = f"{LIST}{dossier.code}/"

    def send(**change: object) -> tuple[int, dict]:
        seen = {"If-Match": client.get(address)["ETag"]}
        answer = client.patch(address, change, format="json", headers=seen)
        return answer.status_code, answer.json()

    status, told = send(applicant_phone="abc", note="Gọi buổi sáng")
    assert (status, told["code"]) == (422, "doubtful")
    assert told["errors"].keys() == {"applicant_phone"}
    dossier.refresh_from_db()
    assert (dossier.applicant_phone, dossier.note) == ("99", "")
    # What stood there before is not asked about again, sent along or not.
    assert send(note="Gọi buổi sáng")[0] == 200
    assert send(applicant_phone="99", note="Gọi buổi chiều")[0] == 200
    status, told = send(applicant_phone="abc", accept_doubts=True)
    assert (status, told["applicant_phone"]) == (200, "abc")
    # A right number of a business is doubtful for a person.
    assert send(applicant_kind="business", applicant_id_number=TAX_CODE)[0] == 200
    status, told = send(applicant_kind="person")
    assert (status, list(told["errors"])) == (422, ["applicant_id_number"])


def test_a_step_with_an_old_version_does_not_happen(ask: Ask, office) -> None:
    dossier, client = receive(office), ask("case_officer")
    address = f"{LIST}{dossier.code}/processing/"
    answer = client.post(address, {}, format="json", headers={"If-Match": '"9"'})
    assert answer.status_code == 412
    assert dossier.custody.count() == 1
    answer = client.post(address, {}, format="json", headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["status"]) == (200, "processing")


def test_who_has_the_version_is_told_so(ask: Ask, office) -> None:
    dossier, client = receive(office), ask("clerk")
    address = f"{LIST}{dossier.code}/"
    etag = client.get(address)["ETag"]
    answer = client.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_what_the_rules_refuse_is_told_with_code_and_sentence(ask: Ask, office) -> None:
    dossier = dossier_at(Status.RETURNED, office)
    address = f"{LIST}{dossier.code}/processing/"
    answer = ask("case_officer").post(address, {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert dossier.code in answer.json()["detail"]
    answer = ask("clerk").post(
        f"{LIST}{dossier.code}/returned/", {"kept": [9]}, format="json"
    )
    assert answer.json()["errors"] == {"kept": ["There is no such paper here."]}
    answer = ask("postal_clerk").post(address, {}, format="json")
    assert answer.status_code == 404  # it never travelled by post


def test_a_journey_is_made_by_program_from_the_counter_to_the_door(
    ask: Ask, entry, office
) -> None:
    clerk, officer, post = ask("clerk"), ask("case_officer"), ask("postal_clerk")
    entry |= {
        "return_channel": "public_post",
        "return_name": "Nguyễn Văn A",
        "return_address": "Số 1 đường Hùng Vương",
    }
    code = clerk.post(LIST, entry, format="json").json()["code"]

    def step(client: Any, name: str, **told: Any) -> Any:
        answer = client.post(f"{LIST}{code}/{name}/", told, format="json")
        assert answer.status_code == 200, (name, answer.json())
        return answer.json()

    step(officer, "processing", at="2020-06-01T15:00:00+07:00")
    asked = {"papers": [{"name": "Đơn"}], "at": "2020-06-02T09:00:00+07:00"}
    step(officer, "supplement_requested", reason="Thiếu", **asked)
    step(clerk, "supplemented", papers=[{"name": "Đơn", "form": "copy"}])
    step(officer, "processing")
    step(officer, "result_ready", note="Đã ký")
    item = envelope(8).number
    assert step(clerk, "handed_to_post", item_number=item)["status"] == "with_post"
    pk = PostalItem.objects.get(number=item).pk
    answer = post.post(
        f"/api/v1/items/{pk}/delivered/", {"to": "Nguyễn Văn A"}, format="json"
    )
    assert answer.json()["status"] == "delivered"
    told = clerk.get(f"{LIST}{code}/").json()
    assert told["status"] == "returned"
    log = clerk.get(f"{LIST}{code}/custody/").json()["results"]
    assert [x["sequence"] for x in log] == list(range(1, len(log) + 1))
    assert log[-1]["step"] == "delivered"
    papers = clerk.get(f"{LIST}{code}/papers/").json()["results"]
    assert [(x["name"], x["outcome"]) for x in papers] == [
        ("Bằng tốt nghiệp", "returned"),
        ("Đơn", "returned"),
    ]


def test_a_clock_that_stood_still_for_years_goes_on(ask: Ask, office) -> None:
    dossier = dossier_at(Status.AWAITING_PAYMENT, office)
    address = f"{LIST}{dossier.code}/paid/"
    answer = ask("clerk").post(
        address, {"at": "2025-06-02T09:00:00+07:00"}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    assert answer.json()["due_on"] > "2025-06-02"


def test_the_last_step_is_taken_back_by_who_has_seen_it(ask: Ask, office) -> None:
    dossier = dossier_at(Status.PROCESSING, office)
    address, client = f"{LIST}{dossier.code}/take-back/", ask("case_officer")
    told = {"reason": "Nhầm hồ sơ"}
    assert client.post(address, told, format="json").status_code == 428
    old = client.post(address, told, format="json", headers={"If-Match": '"1"'})
    assert old.status_code == 412
    answer = client.post(address, told, format="json", headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.json()["status"]) == (200, "received")


def test_pages_stay_as_they_are_while_dossiers_come_in(ask: Ask, office) -> None:
    procedure = make_procedure(office)
    there = [receive(office, procedure).code for _n in range(7)]
    client = ask("clerk")
    page = client.get(f"{LIST}?limit=3").json()
    seen = [x["code"] for x in page["results"]]
    assert page["previous"] is None
    while page["next"]:
        receive(office, procedure)
        page = client.get(page["next"]).json()
        seen += [x["code"] for x in page["results"]]
    assert seen == there[::-1]
    before = client.get(page["previous"]).json()
    assert [x["code"] for x in before["results"]] == there[::-1][3:6]


def test_the_list_is_narrowed_as_on_its_page(ask: Ask, office) -> None:
    receive(office, applicant_name="Đỗ Thị Nhẫn")
    dossier_at(Status.RESULT_READY, office, on=MONDAY + timedelta(days=30))
    client = ask("clerk")

    def names(query: str) -> list[str]:
        answer = client.get(f"{LIST}?{query}")
        return [x["status"] for x in answer.json()["results"]]

    assert names("q=do+thi") == ["received"]
    assert names("tab=result_ready") == ["result_ready"]
    assert names("received_from=2020-06-15") == ["result_ready"]
    assert names("received_to=01/06/2020") == ["received"]
    answer = client.get(f"{LIST}?status=lost")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["status"])


def test_a_line_of_the_power_cut_book_is_typed_in_once(ask: Ask, entry, office) -> None:
    client, line = ask("clerk"), f"{office.desk.symbol}-20200601-01/07"
    answer = client.post(LIST, entry | {"book_line": line}, format="json")
    assert (answer.status_code, answer.json()["book_line"]) == (201, line)
    again = client.post(LIST, entry | {"book_line": line}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert line in again.json()["detail"]
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("SNV-MC-20200601-01", "book_line"),
        ("SNV-MC-20200601-01/13", "book_line"),
        ("SNV-MC-20200601-01/²", "book_line"),
        ("STP-MC-20200601-01/07", "book_line"),
        ("trang 3", "book_line"),
        ("SNV-MC-20200602-01/07", "received_at"),
    ],
)
def test_what_is_no_line_of_our_book_is_refused(ask: Ask, entry, line, field) -> None:
    answer = ask("clerk").post(LIST, entry | {"book_line": line}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Dossier.objects.exists()


def test_refusals_of_the_post_are_counted_as_on_the_page(
    ask: Ask, office, sign_in
) -> None:
    for why in ("cost", "cost", "fear"):
        receive(office, why_not_post=why)
    told = ask("leader").get("/api/v1/why-not-post/").json()
    assert told["total"] == 3
    assert told["reasons"]["cost"] == 2
    assert sum(x["total"] for x in told["procedures"]) == 3
    span = "?received_from=2020-06-02"
    assert ask("leader").get(f"/api/v1/why-not-post/{span}").json()["total"] == 0
    page = sign_in("leader").get(
        "/dossiers/why-not/?received_from=01/06/2020&received_to=30/06/2020"
    )
    assert page.context["total"]["number"] == 3
    refused = ask("postal_clerk").get("/api/v1/why-not-post/")
    assert (refused.status_code, refused.json()["code"]) == (403, "refused")

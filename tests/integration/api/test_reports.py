"""Reports, the ledger and opening totals by program, from the draft to the number."""

from datetime import date

import pytest

from dossiers.models import OpeningTotal
from postal_tthc.accounts.roles import Role
from reports.models import OutreachEvent, Report
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.api.conftest import Ask

LIST = "/api/v1/reports/"
WRITER = Role.CATALOGUE_MANAGER
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


def test_a_report_is_written_signed_and_sent_by_program(
    ask: Ask, office: Office
) -> None:
    writer, leader = ask(WRITER), ask("leader")
    begun = writer.post(LIST, {"periods": ["2020-H1"]}, format="json")
    assert begun.status_code == 201, begun.json()
    address, told = begun["Location"], begun.json()
    assert (told["status"], told["periods"], begun["ETag"]) == (
        "draft",
        ["2020-H1"],
        f'"{told["revision"]}"',
    )
    seen = {"If-Match": begun["ETag"]}
    facts = {"recipients": "Như trên \n\n Lưu: VT", "signatory_name": "Trần Văn B"}
    changed = writer.patch(address, facts, format="json", headers=seen)
    assert changed.json()["recipients"] == "Như trên\nLưu: VT"
    words = writer.get(f"{address}words/")
    assert "{2020-H1:received}" in words.json()["references"]
    added = {"section": "tasks", "text": "Đã nhận {2020-H1:received} hồ sơ."}
    kept = writer.put(
        f"{address}words/",
        {"paragraphs": [added]},
        format="json",
        headers={"If-Match": words["ETag"]},
    )
    assert added["text"] in [x["text"] for x in kept.json()["paragraphs"]]
    assert writer.post(f"{address}submit/").json()["status"] == "submitted"
    refused = writer.post(f"{address}sign/")
    assert (refused.status_code, refused.json()["code"]) == (403, "refused")
    signed = leader.post(f"{address}sign/").json()
    assert len(signed["content_hash"]) == 64
    sent = writer.post(
        f"{address}send/",
        {"number": 9, "dated_on": signed["signed_at"][:10]},
        format="json",
    )
    assert (sent.json()["status"], sent.json()["number"]) == ("sent", 9)
    version = writer.post(f"{address}correct/")
    assert (version.status_code, version.json()["version"]) == (201, 2)
    steps = [x["step"] for x in leader.get(f"{address}events/").json()["results"]]
    assert steps == ["started", "changed", "changed", "submitted", "signed", "sent"]
    gone = writer.delete(version["Location"], headers={"If-Match": version["ETag"]})
    assert gone.status_code == 204
    assert Report.objects.get().number == 9


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "periods"),
        ({"periods": []}, "periods"),
        ({"periods": ["2020-Q9"]}, "periods.0"),
        ({"periods": ["2020"], "kind": "weekly"}, "kind"),
        ({"periods": ["2020"], "legal_bases": [99]}, "legal_bases"),
        ({"periods": ["2020"], "colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_with_a_new_report_is_told_at_its_field(
    ask: Ask, office: Office, told, field
) -> None:
    answer = ask(WRITER).post(LIST, told, format="json")
    assert answer.status_code == 400
    assert any(x.startswith(field) for x in answer.json()["errors"]), answer.json()
    assert not Report.objects.exists()


def test_words_that_stand_for_nothing_are_refused(ask: Ask, office: Office) -> None:
    writer = ask(WRITER)
    begun = writer.post(LIST, {"periods": ["2020-H1"]}, format="json")
    answer = writer.put(
        f"{begun['Location']}words/",
        {"paragraphs": [{"section": "tasks", "text": "{2031:received}"}]},
        format="json",
        headers={"If-Match": begun["ETag"]},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "{2031:received}" in answer.json()["detail"]


def test_the_ledger_is_kept_by_program(ask: Ask, office: Office) -> None:
    clerk = ask("clerk")
    told = {"kind": "briefing", "held_on": "2020-06-01", "title": "Phổ biến QĐ 45"}
    made = clerk.post("/api/v1/outreach/", told, format="json")
    assert made.status_code == 201, made.json()
    address = f"/api/v1/outreach/{made.json()['id']}/"
    mended = clerk.patch(
        address, {"reached": 40}, format="json", headers={"If-Match": made["ETag"]}
    )
    assert mended.json()["reached"] == 40
    listed = clerk.get("/api/v1/outreach/?year=2020&kind=briefing").json()["results"]
    assert [x["id"] for x in listed] == [made.json()["id"]]
    assert clerk.get("/api/v1/outreach/?year=2019").json()["results"] == []
    void = clerk.post(f"{address}void/", {"reason": "Nhập nhầm"}, format="json")
    assert void.json()["void_reason"] == "Nhập nhầm"
    future = clerk.post(
        "/api/v1/outreach/", told | {"held_on": "2099-01-01"}, format="json"
    )
    assert future.json()["code"] == "invalid"
    assert OutreachEvent.objects.count() == 1
    # A consolidator reads the lines of the agencies, and writes none of them.
    above = ask("consolidator")
    assert above.get(address).status_code == 200
    assert (
        above.post(f"{address}void/", {"reason": "x"}, format="json").status_code == 403
    )


def test_a_month_of_totals_is_written_changed_and_taken_away(
    ask: Ask, office: Office
) -> None:
    manager = ask(WRITER)
    first, second = make_procedure(office), make_procedure(office)
    address = "/api/v1/totals/SNV/2018-03/"
    month = {
        "source": "Sổ theo dõi hồ sơ quyển 02/2018",
        "rows": [
            {"procedure": first.code, "received": 5, "by_post": 2},
            {"procedure": second.code, "received": 1},
        ],
    }

    def put(told: dict[str, object]) -> object:
        seen = {"If-Match": manager.get(address)["ETag"]}
        return manager.put(address, told, format="json", headers=seen)

    written = put(month)
    assert written.json() == {"added": 2, "changed": 0, "removed": 0}
    rows = manager.get(address).json()["rows"]
    assert [(x["procedure"], x["received"]) for x in rows] == [
        (first.code, 5),
        (second.code, 1),
    ]
    wrong = put({**month, "rows": [{"procedure": first.code, "by_post": 9}]})
    assert list(wrong.json()["errors"]) == ["rows.0.by_post"]
    unknown = put({**month, "rows": [{"procedure": "9.999999"}]})
    assert list(unknown.json()["errors"]) == ["rows.0.procedure"]
    fewer = {**month, "rows": month["rows"][:1]}
    assert put(fewer).json()["code"] == "invalid"  # no reason
    assert put(fewer | {"reason": "Đếm lại"}).json()["removed"] == 1
    listed = manager.get("/api/v1/totals/?year=2018").json()["results"]
    assert [x["month"] for x in listed] == ["2018-03-01"]
    seen = {"If-Match": manager.get(address)["ETag"]}
    gone = manager.post(
        f"{address}remove/", {"reason": "Có hồ sơ"}, format="json", headers=seen
    )
    assert gone.json()["removed"] == 1
    assert not OpeningTotal.objects.exists()


@pytest.mark.parametrize("month", ["2018-13", "2018", "1999-01", "2018-3", "9999-01"])
def test_a_month_that_is_none_is_not_found(ask: Ask, office: Office, month) -> None:
    assert ask(WRITER).get(f"/api/v1/totals/SNV/{month}/").status_code == 404


def test_totals_are_entered_by_who_may(ask: Ask, office: Office) -> None:
    procedure = make_procedure(office)
    told = {"source": "Sổ", "rows": [{"procedure": procedure.code, "received": 1}]}
    answer = ask("clerk").put(
        "/api/v1/totals/SNV/2018-03/", told, format="json", HTTP_IF_MATCH="*"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert not OpeningTotal.objects.filter(month=date(2018, 3, 1)).exists()

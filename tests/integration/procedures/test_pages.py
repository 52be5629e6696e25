"""The pages of the catalogue: everybody reads, catalogue managers edit."""

from datetime import date

import pytest
from django.test import Client

from postal_tthc.accounts.roles import Role
from procedures.models import CalendarDay, Decision, Field, Leg, Procedure
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

NEW = {
    "code": "1.000001",
    "name": "Thành lập hội",
    "field_name": "Hội, quỹ",
    "processing_time": "15",
    "time_unit": "working_days",
    "clock_policy": "restart",
    "in_force_from": "1/1/2020",
    "papers-TOTAL_FORMS": "2",
    "papers-INITIAL_FORMS": "0",
    "papers-0-name": "Đơn đề nghị",
    "papers-0-form": "original",
    "papers-0-quantity": "1",
    "papers-1-name": "",
    "papers-1-form": "original",
    "papers-1-quantity": "1",
}


def of(office: Office, **values: str) -> dict[str, str]:
    """What the form sends."""
    return {**NEW, "agency": str(office.agency.pk), **values}


@pytest.mark.parametrize(
    "address",
    ["", "decisions/", "calendar/", "calendar/?year=2019", "blank/", "export/"],
)
def test_everybody_reads_the_catalogue_without_signing_in(
    office: Office, client: Client, address: str
) -> None:
    make_procedure(office)
    assert client.get(f"/procedures/{address}").status_code == 200


@pytest.mark.parametrize("role", set(Role) - {Role.CATALOGUE_MANAGER})
@pytest.mark.parametrize(
    "address",
    [
        "new/",
        "load/",
        "decisions/new/",
        "calendar/new/",
        "{pk}/edit/",
        "{pk}/version/",
        "{pk}/post/",
    ],
)
def test_only_a_catalogue_manager_edits(
    office: Office, sign_in, role: Role, address: str
) -> None:
    pk = make_procedure(office).pk
    answer = sign_in(role).get(f"/procedures/{address.format(pk=pk)}")
    assert answer.status_code == 403
    assert "Only a catalogue manager edits the catalogue." in answer.content.decode()


def test_a_manager_does_not_edit_another_agencys_procedure(
    office: Office, other_office: Office, sign_in
) -> None:
    theirs = make_procedure(other_office)
    answer = sign_in("catalogue_manager").get(f"/procedures/{theirs.pk}/edit/")
    assert answer.status_code == 403


def test_a_new_procedure_is_saved_with_its_field_and_papers(
    office: Office, sign_in
) -> None:
    answer = sign_in("catalogue_manager").post("/procedures/new/", of(office))
    saved = Procedure.objects.get(code="1.000001")
    assert answer.url == saved.get_absolute_url()
    assert saved.field.name == "Hội, quỹ"
    assert [x.name for x in saved.required_papers.all()] == ["Đơn đề nghị"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"code": "abc"}, "A code looks like", id="code"),
        pytest.param({"processing_time": "9999"}, "less than or equal", id="too long"),
        pytest.param(
            {"in_force_to": "1/1/2019"}, "cannot end before it begins", id="days"
        ),
        pytest.param({"in_force_from": "31/2/2020"}, "Enter a valid date", id="no day"),
        pytest.param({"name": ""}, "This field is required", id="no name"),
        pytest.param({"papers-0-quantity": "0"}, "greater than or equal", id="paper"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(
    office: Office, sign_in, change: dict[str, str], sentence: str
) -> None:
    answer = sign_in("catalogue_manager").post(
        "/procedures/new/", of(office, note="Ghi chú dài", **change)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Ghi chú dài" in page
    assert "Đơn đề nghị" in page
    assert not Procedure.objects.exists()


def test_two_versions_of_a_code_never_hold_on_one_day(office: Office, sign_in) -> None:
    make_procedure(office, code="1.000001", in_force_to=date(2020, 6, 30))
    answer = sign_in("catalogue_manager").post("/procedures/new/", of(office))
    assert answer.status_code == 422
    assert "already has a version in force" in answer.content.decode()
    assert Procedure.objects.count() == 1


def test_a_paper_is_taken_away_by_clearing_its_name(office: Office, sign_in) -> None:
    procedure = make_procedure(office, code="1.000001")
    sign_in("catalogue_manager").post(
        f"/procedures/{procedure.pk}/edit/", of(office, **{"papers-0-name": ""})
    )
    assert not procedure.required_papers.exists()


def test_a_new_version_ends_the_old_one_and_keeps_what_was_decided(
    office: Office, sign_in
) -> None:
    old = make_procedure(office, code="1.000001", processing_time=20)
    sign_in("catalogue_manager").post(f"/procedures/{old.pk}/version/", of(office))
    old.refresh_from_db()
    new = Procedure.objects.get(in_force_to=None)
    assert (old.in_force_to, old.processing_time) == (date(2019, 12, 31), 20)
    assert (new.in_force_from, new.processing_time) == (date(2020, 1, 1), 15)
    assert new.eligibility(Leg.RETURN, date(2020, 1, 1)).is_eligible


def test_a_new_version_cannot_begin_before_the_present_one(
    office: Office, sign_in
) -> None:
    old = make_procedure(office, code="1.000001", in_force_from=date(2021, 1, 1))
    answer = sign_in("catalogue_manager").post(
        f"/procedures/{old.pk}/version/", of(office)
    )
    assert answer.status_code == 422
    assert "begins after the present one" in answer.content.decode()
    assert Procedure.objects.count() == 1


def test_a_version_that_had_ended_is_not_brought_back_by_a_new_one(
    office: Office, sign_in
) -> None:
    old = make_procedure(office, code="1.000001", in_force_to=date(2017, 12, 31))
    sign_in("catalogue_manager").post(f"/procedures/{old.pk}/version/", of(office))
    old.refresh_from_db()
    assert old.in_force_to == date(2017, 12, 31)
    assert not Procedure.objects.in_force(date(2018, 6, 1)).exists()


def test_a_refused_procedure_leaves_no_field_behind(office: Office, sign_in) -> None:
    make_procedure(office, code="1.000001", in_force_to=date(2020, 6, 30))
    sign_in("catalogue_manager").post(
        "/procedures/new/", of(office, field_name="Lĩnh vực lạ")
    )
    assert not Field.objects.filter(name="Lĩnh vực lạ").exists()


class TestDeciding:
    """What is decided about the post, leg by leg."""

    def decide(self, client: Client, procedure: Procedure, **values: str):
        sent = {"leg": "return", "is_eligible": "0", "valid_from": "1/6/2020", **values}
        return client.post(f"/procedures/{procedure.pk}/post/", sent)

    def test_a_no_needs_its_reason(self, office: Office, sign_in) -> None:
        procedure = make_procedure(office)
        answer = self.decide(sign_in("catalogue_manager"), procedure)
        assert answer.status_code == 422
        assert "Write why it may not go by post." in answer.content.decode()

    def test_what_held_before_ends_the_day_before(
        self, office: Office, sign_in
    ) -> None:
        procedure = make_procedure(office)
        self.decide(
            sign_in("catalogue_manager"), procedure, reason="Phải đến trực tiếp"
        )
        before = procedure.eligibility(Leg.RETURN, date(2020, 5, 31))
        after = procedure.eligibility(Leg.RETURN, date(2020, 6, 1))
        assert (before.is_eligible, before.valid_to) == (True, date(2020, 5, 31))
        assert (after.is_eligible, after.reason) == (False, "Phải đến trực tiếp")

    def test_nothing_is_decided_before_what_is_decided_already(
        self, office: Office, sign_in
    ) -> None:
        procedure = make_procedure(office, in_force_from=date(2021, 1, 1))
        answer = self.decide(sign_in("catalogue_manager"), procedure, reason="Không")
        assert answer.status_code == 422
        assert "Choose that day or later." in answer.content.decode()


def test_the_list_says_n_of_n_on_the_named_day(office: Office, client: Client) -> None:
    make_procedure(office, in_force_from=date(2020, 2, 1))
    make_procedure(office, by_post=False)
    before = client.get("/procedures/?on=2020-01-31").content.decode()
    after = client.get("/procedures/?on=01/02/2020").content.decode()
    assert '<p class="value">0/1</p>' in before
    assert '<p class="value">1/2</p>' in after


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=xep luong", ["Xếp lương"]),
        ("q=lương xếp", ["Xếp lương"]),
        ("q=990002", ["Thành lập hội"]),
        ("post=any", ["Thành lập hội"]),
        ("post=intake", ["Thành lập hội"]),
        ("post=none", ["Xếp lương"]),
        ("q=%00", []),
        ("on=khong", []),
        ("q=khongco", []),
    ],
)
def test_the_list_is_narrowed(
    office: Office, client: Client, query: str, found: list[str]
) -> None:
    make_procedure(office, name="Xếp lương", code="1.990001", by_post=False)
    make_procedure(office, name="Thành lập hội", code="1.990002")
    page = client.get(f"/procedures/?{query}")
    assert [row[0].name for row in page.context["rows"]] == found


def test_two_decisions_for_one_catalogue_are_a_warning(
    office: Office, client: Client
) -> None:
    for number in ("124/QĐ-UBND", "104/QĐ-UBND"):
        Decision.objects.create(
            number=number,
            issued_on=date(2020, 1, 20),
            issuer="Chủ tịch UBND tỉnh",
            title="về việc công bố",
            effective_from=date(2020, 1, 20),
            publishes_catalogue_of=office.agency,
        )
    before = client.get("/procedures/?on=2020-01-19").content.decode()
    after = client.get("/procedures/?on=2020-01-20").content.decode()
    assert "104/QĐ-UBND" not in before
    assert "104/QĐ-UBND" in after


def test_the_history_names_who_changed_what(office: Office, sign_in) -> None:
    procedure = make_procedure(office, code="1.000001", processing_time=20)
    client = sign_in("catalogue_manager")
    client.post(f"/procedures/{procedure.pk}/edit/", of(office))
    page = client.get(procedure.get_absolute_url()).content.decode()
    assert "Catalogue manager SNV" in page
    assert "20 → 15" in page


def test_visitors_do_not_see_who_changed_what(office: Office, client: Client) -> None:
    procedure = make_procedure(office)
    assert client.get(procedure.get_absolute_url()).context["history"] == []


class TestCalendar:
    """The overrides of the calendar."""

    SENT = {
        "day": "7/6/2027",
        "is_day_off": "True",
        "reason": "Nghỉ bầu cử",
        "document": "Văn bản số 1",
    }

    def test_a_day_is_entered_and_taken_away(self, office: Office, sign_in) -> None:
        client = sign_in("catalogue_manager")
        client.post("/procedures/calendar/new/", self.SENT)
        day = CalendarDay.objects.get(day=date(2027, 6, 7))
        page = client.get("/procedures/calendar/?year=2027").content.decode()
        assert "Nghỉ bầu cử" in page
        client.post(f"/procedures/calendar/{day.pk}/remove/")
        assert not CalendarDay.objects.filter(day=date(2027, 6, 7)).exists()

    def test_a_day_without_its_document_is_refused(
        self, office: Office, sign_in
    ) -> None:
        sent = {**self.SENT, "document": ""}
        answer = sign_in("catalogue_manager").post("/procedures/calendar/new/", sent)
        assert answer.status_code == 422
        assert not CalendarDay.objects.filter(day=date(2027, 6, 7)).exists()

    def test_a_day_is_entered_once(self, office: Office, sign_in) -> None:
        client = sign_in("catalogue_manager")
        client.post("/procedures/calendar/new/", self.SENT)
        answer = client.post("/procedures/calendar/new/", self.SENT)
        assert answer.status_code == 422
        assert "already exists" in answer.content.decode()

    @pytest.mark.parametrize("day", ["1/1/1900", "31/12/9999"])
    def test_a_day_that_no_page_would_show_is_refused(
        self, office: Office, sign_in, day: str
    ) -> None:
        sent = {**self.SENT, "day": day}
        answer = sign_in("catalogue_manager").post("/procedures/calendar/new/", sent)
        assert answer.status_code == 422
        assert "2000 to 2099" in answer.content.decode()

    def test_a_clerk_takes_no_day_away(self, office: Office, sign_in) -> None:
        day = CalendarDay.objects.create(
            day=date(2027, 6, 7), is_day_off=True, reason="Nghỉ", document="Số 1"
        )
        answer = sign_in("clerk").post(f"/procedures/calendar/{day.pk}/remove/")
        assert answer.status_code == 403
        assert CalendarDay.objects.filter(pk=day.pk).exists()


def test_what_is_decided_for_later_carries_over_to_a_new_version(
    office: Office, sign_in
) -> None:
    old = make_procedure(office, code="1.000001")
    client = sign_in("catalogue_manager")
    client.post(
        f"/procedures/{old.pk}/post/",
        {
            "leg": "return",
            "is_eligible": "0",
            "reason": "Phải đến trực tiếp",
            "valid_from": "1/6/2020",
        },
    )
    client.post(f"/procedures/{old.pk}/version/", of(office))
    new = Procedure.objects.get(in_force_to=None)
    assert new.eligibility(Leg.RETURN, date(2020, 5, 31)).is_eligible
    assert not new.eligibility(Leg.RETURN, date(2020, 6, 1)).is_eligible

"""Drafts: kept as typed, for one's own eyes, until they become a dossier."""

import pytest
from django.urls import reverse

from dossiers import actions
from dossiers.actions.drafting import MOST_DRAFTS, MOST_LETTERS
from dossiers.models import Dossier, Draft
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability, Role
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page, fields_of
from tests.integration.dossiers.typed import papers, typed

NEW, DRAFTS = "/dossiers/new/", "/dossiers/drafts/"
BY_HAND = {
    **papers("Đơn", "Giấy tự ghi", "", quantity="2", sheets="4"),
    "papers-1-form": "copy",
    "papers-1-quantity": "7",
    "papers-1-sheets": "9",
}
ELSEWHERE = {
    "intake_channel": "public_post",
    "item_number": "EE123456785VN",
    "return_channel": "public_post",
    "return_same_as_applicant": None,
    "return_name": "Trần Thị B",
    "return_phone": "0912345679",
    "return_address": "Số 2",
    "representative_name": "Lê C",
    "representative_phone": "0912345670",
    "applicant_kind": "business",
    "received_on": "31/12/2019",
    "received_time": "07:45",
    "note": "Gấp <b>lắm</b>",
    "sets": "3",
}


def address(key: str) -> str:
    return f"{DRAFTS}{key}/"


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


@pytest.fixture
def keep(clerk):
    """Save a draft as the page does; the answer of the server."""

    def kept(key: str = "k1", *, seen: str = "", **fields: str):
        return clerk.post(address(key), {**fields, "seen": seen})

    return kept


def test_what_is_typed_is_kept_and_said(keep, office, time_machine):
    time_machine.move_to("2020-06-01T02:05:06Z", tick=False)

    answer = keep(applicant_name="Nguyễn Văn A", procedure_code="0142")

    draft = Draft.objects.get()
    assert answer.json() == {
        "seen": draft.saved_at.isoformat(),
        "words": "Draft saved at 09:05:06",
    }
    assert (draft.owner, draft.key) == (office.clerk, "k1")
    assert draft.title == "Nguyễn Văn A · 0142"
    assert dict(draft.fields) == {
        "applicant_name": "Nguyễn Văn A",
        "procedure_code": "0142",
    }


@pytest.mark.parametrize("changes", [{}, ELSEWHERE], ids=["at the counter", "by post"])
def test_everything_typed_comes_back(clerk, office, changes):
    procedure = make_procedure(office)
    fields = typed(procedure, **{**BY_HAND, **changes})
    fields |= {"papers_for": str(procedure.pk), "why_not_post": "fear"}
    clerk.post(address("k1"), fields)

    page = clerk.get(NEW, {"draft": "k1"})

    again = fields_of(page)
    gone = ("papers-TOTAL_FORMS", "papers-INITIAL_FORMS", "papers-2-")
    for name, value in fields.items():
        if not name.startswith(gone) and name != "accepted_doubts":
            assert again.get(name) == value, name
    assert ("return_same_as_applicant" in again) is (not changes)
    assert again["draft"] == "k1"
    assert "This is what you had typed and not saved." in page.text
    assert procedure.name in page.text
    assert "data-own" in page.text  # the line that the procedure does not ask for


def test_a_draft_that_was_brought_back_can_be_saved(clerk, office):
    fields = typed(make_procedure(office), **BY_HAND)
    clerk.post(address("k1"), fields)

    clerk.post(NEW, fields_of(clerk.get(NEW, {"draft": "k1"})))

    lines = Dossier.objects.get().papers.values_list(
        "name", "form", "quantity", "sheets"
    )
    assert list(lines) == [
        ("Đơn", "original", 2, 4),
        ("Giấy tự ghi", "copy", 7, 9),
    ]
    assert not Draft.objects.exists()


def test_a_draft_goes_when_it_becomes_a_dossier_and_others_stay(clerk, keep, office):
    keep("k1", applicant_name="A")
    keep("k2", applicant_name="B")

    page = clerk.post(
        NEW, {**typed(make_procedure(office)), "draft": "k1"}, follow=True
    )

    assert Dossier.objects.count() == 1
    assert [draft.key for draft in Draft.objects.all()] == ["k2"]
    assert "kept-k1" in page.text


def test_a_draft_stays_while_the_dossier_is_not_saved(clerk, keep):
    seen = keep("k1", applicant_name="A").json()["seen"]

    page = clerk.post(NEW, {**typed("9.999999"), "draft": "k1"})

    assert page.status_code == 422
    assert Draft.objects.count() == 1
    assert (page.context["key"], page.context["seen"]) == ("k1", seen)


def test_every_page_has_a_key_of_its_own(clerk):
    keys = {fields_of(clerk.get(NEW))["draft"] for _ in range(3)}

    assert len(keys) == 3
    assert {reverse("dossiers:draft_save", args=[key]) for key in keys}


def test_a_later_change_is_written_over_the_earlier_one(keep):
    seen = keep(applicant_name="A").json()["seen"]

    keep(seen=seen, applicant_name="AB")

    assert Draft.objects.get().title == "AB"


def test_two_tabs_with_one_key_do_not_write_over_each_other(keep):
    seen = keep(applicant_name="A").json()["seen"]
    keep(seen=seen, applicant_name="AB")

    answer = keep(seen=seen, applicant_name="AC")

    assert answer.status_code == 409
    assert answer.json()["words"] == "This draft was changed in another tab."
    assert Draft.objects.get().title == "AB"


def test_the_same_text_sent_twice_is_no_conflict(keep):
    keep(applicant_name="A")

    assert keep(applicant_name="A").status_code == 200
    assert Draft.objects.count() == 1


def test_a_late_save_does_not_bring_a_draft_back(keep, office):
    seen = keep(applicant_name="A").json()["seen"]
    actions.discard_draft(office.clerk, "k1")

    answer = keep(seen=seen, applicant_name="AB")

    assert answer.status_code == 409
    assert "saved as a dossier, or deleted" in answer.json()["words"]
    assert not Draft.objects.exists()


def test_a_page_on_which_nobody_typed_is_no_draft(clerk, keep):
    untouched = fields_of(clerk.get(NEW))
    untouched.pop("draft")

    answer = keep(**untouched)

    assert (answer.status_code, answer.json()) == (200, {"seen": "", "words": ""})
    assert not Draft.objects.exists()


def test_what_is_not_of_the_page_is_not_kept(keep):
    keep(applicant_name="A", accepted_doubts="x", draft="y", is_superuser="1")

    assert dict(Draft.objects.get().fields) == {"applicant_name": "A"}


def test_a_nul_is_left_out(keep):
    keep(applicant_name="A\x00B")

    assert Draft.objects.get().title == "AB"


def test_too_long_a_draft_is_refused_in_words(keep):
    answer = keep(applicant_name="ă" * MOST_LETTERS)

    assert answer.status_code == 400
    assert "Too long to be kept as a draft" in answer.json()["words"]
    assert not Draft.objects.exists()


def test_fifty_full_lines_of_papers_are_not_too_long(keep):
    names = [f"{n} ".ljust(300, "ư") for n in range(50)]

    assert keep(**papers(*names)).status_code == 200


def test_too_many_drafts_are_refused_in_words_and_old_ones_go_on(keep):
    seen = ""
    for number in range(MOST_DRAFTS):
        seen = keep(f"k{number}", applicant_name="A").json()["seen"]

    answer = keep("one-more", applicant_name="A")

    assert answer.status_code == 400
    assert "You have 20 drafts already" in answer.json()["words"]
    assert Draft.objects.count() == MOST_DRAFTS
    assert keep(f"k{MOST_DRAFTS - 1}", seen=seen, applicant_name="B").status_code == 200


def test_a_key_longer_than_ours_is_refused(keep):
    assert keep("k" * 41, applicant_name="A").status_code == 400


@pytest.mark.parametrize("role", Role)
def test_drafts_are_for_those_who_enter_dossiers(sign_in, role):
    may = User(role=role).may(Ability.ANNOUNCE)
    client = sign_in(role)

    answer = client.post(address("k1"), {"applicant_name": "A"})

    assert answer.status_code == (200 if may else 403)
    assert Draft.objects.exists() is may
    assert client.get(DRAFTS).status_code == (200 if may else 403)


def test_nobody_sees_or_deletes_the_draft_of_another(sign_in, office, other_office):
    actions.keep_draft(
        office.clerk, "k1", [("applicant_name", "Nguyễn Văn A")], seen=""
    )
    client = sign_in("clerk", at=other_office)

    page = client.get(NEW, {"draft": "k1"}, follow=True)
    client.post(f"{address('k1')}delete/")
    client.post(address("k1"), {"applicant_name": "B"})

    assert "Nguyễn Văn A" not in page.text + client.get(DRAFTS).text
    assert "This draft was saved as a dossier, or deleted." in page.text
    assert Draft.objects.get(owner=office.clerk).title == "Nguyễn Văn A"


def test_the_list_opens_each_draft_and_shows_markup_as_text(clerk, keep):
    keep("k1", applicant_name="<script>alert(1)</script>")
    keep("k2", note="x")

    page = clerk.get(DRAFTS)

    assert f"{NEW}?draft=k1" in Page(page).links
    assert "No name yet" in page.text
    assert "<script>alert" not in page.text


def test_an_empty_list_says_where_drafts_come_from(clerk):
    assert "No draft. What you type" in clerk.get(DRAFTS).text


def test_a_draft_is_deleted_by_hand_after_a_second_press(clerk, keep):
    keep("k1", applicant_name="Nguyễn Văn A")
    page = clerk.get(DRAFTS)
    assert "Delete this draft for good" in page.text
    assert clerk.get(f"{address('k1')}delete/").status_code == 405

    page = clerk.post(f"{address('k1')}delete/", follow=True)

    assert "The draft «Nguyễn Văn A» was deleted." in page.text
    assert not Draft.objects.exists()


def test_whoever_is_signed_out_is_sent_to_sign_in_and_nothing_is_kept(client, db):
    answer = client.post(address("k1"), {"applicant_name": "A"})

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
    assert not Draft.objects.exists()


def test_a_draft_of_the_post_brings_its_own_fields_back(sign_in, office):
    client = sign_in("postal_clerk")
    fields = {"applicant_name": "A", "seal_number": "NP 7", "fees_dong": "5000"}
    client.post(address("k1"), fields)

    again = fields_of(client.get(NEW, {"draft": "k1"}))

    assert fields.items() <= again.items()


def test_a_line_of_the_power_cut_book_comes_back_with_its_page(clerk, office):
    page = f"{office.desk.symbol}-20200601-01"
    clerk.post(address("k1"), {"applicant_name": "A", "book_page": page, "line": "4"})

    opened = clerk.get(NEW, {"draft": "k1"})

    again = fields_of(opened)
    assert (again["book_page"], again["line"]) == (page, "4")
    assert f"Page {page}" in opened.text

"""The card beside the form: due date, reasons, guesses, refusals, papers to fill in."""

from datetime import date

import pytest

from dossiers.models import Dossier
from postal_tthc.accounts.roles import Role
from procedures.models import CalendarDay
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.typed import papers, typed

PROMISE = "/dossiers/new/promise/"
NEW = "/dossiers/new/"


@pytest.fixture
def procedure(office):
    return make_procedure(
        office, code="1.000142", name="Thi tuyển công chức", fee_dong=500_000
    )


@pytest.fixture
def promise(sign_in):
    client = sign_in("clerk")
    return lambda code="", day="20/01/2020", **more: client.get(
        PROMISE, {"procedure_code": code, "received_on": day, **more}
    )


def test_the_due_date_appears_as_text_with_how_it_was_counted(promise, procedure):
    card = promise("1.000142").text

    assert "10/02/2020" in card
    assert "10 working days" in card
    assert "counted from the day after 20/01/2020" in card
    assert "exceptional days on the way" in card
    assert "500,000 đ" in card
    assert "Thi tuyển công chức" in card


def test_a_letter_that_swaps_days_is_told_with_its_reason(promise, procedure):
    CalendarDay.objects.create(
        day=date(2020, 6, 3), is_day_off=True, reason="Bão số 1", document="Số 1"
    )

    card = promise("1.000142", "01/06/2020").text

    assert "16/06/2020" in card
    assert "03/06/2020: Bão số 1" in card
    assert "1 exceptional day on the way" in card


@pytest.mark.parametrize(
    ("fees", "words"),
    [
        ({"fee_dong": 0}, "none"),
        ({"fee_dong": None}, "depends on the case"),
        ({"fee_dong": None, "fee_note": "Theo biểu"}, "Theo biểu"),
    ],
)
def test_fees_are_told_in_words(promise, office, fees, words):
    make_procedure(office, code="1.000143", **fees)

    assert f"<dd>{words}</dd>" in promise("1.000143").text


def test_the_card_says_which_leg_may_go_by_post(promise, procedure):
    procedure.eligibilities.filter(leg="return").update(
        is_eligible=False, reason="Phải có mặt trực tiếp"
    )

    card = promise("1.000142").text

    assert card.count('<span class="badge post">by public post</span>') == 1
    assert card.count('<span class="badge">not by post</span>') == 1
    assert (
        "1.000142 may not go by public post (return of the result): "
        "Phải có mặt trực tiếp"
    ) in card


def test_a_leg_nothing_was_decided_about_is_told(promise, procedure):
    procedure.eligibilities.all().delete()

    card = promise("1.000142").text

    assert card.count("On 20/01/2020 1.000142 is not on the list") == 2


def test_a_procedure_out_of_force_is_refused_and_promises_nothing(promise, procedure):
    card = promise("1.000142", "31/12/2014").text

    assert "is not in force on 31/12/2014: it begins on 01/01/2015" in card
    assert "Answer due on" not in card


def test_an_unreadable_day_means_today(promise, procedure, time_machine):
    time_machine.move_to("2020-06-01T02:00:00+00:00", tick=False)

    assert "15/06/2020" in promise("1.000142", "29/02/2021").text


@pytest.mark.parametrize(
    ("typed_text", "guessed"),
    [
        ("thi tuyen", {"1.000142", "1.000143"}),
        ("1.0001", {"1.000142", "1.000143"}),
        ("xet tuyen", set()),
        ("thang hang", set()),
    ],
)
def test_words_bring_guesses_in_force_that_day(
    promise, procedure, office, other_office, typed_text, guessed
):
    make_procedure(office, code="1.000143", name="Thi tuyển viên chức")
    make_procedure(
        office, code="1.000144", name="Xét tuyển", in_force_from=date(2021, 1, 1)
    )
    make_procedure(other_office, code="1.000145", name="Thăng hạng")

    response = promise(typed_text)

    guesses = response.context.get("guesses") or []
    assert {procedure.code for procedure in guesses} == guessed
    if guessed:
        assert "Which one is meant?" in response.text
    else:
        assert "No procedure in force on 20/01/2020" in response.text


def test_at_most_eight_guesses_are_offered(promise, office):
    for _ in range(12):
        make_procedure(office, name="Thi tuyển")

    assert len(promise("thi").context["guesses"]) == 8


def test_without_a_code_the_card_explains_itself(promise):
    assert "Type the procedure code" in promise("").text


def test_papers_are_filled_in_when_the_procedure_changed(promise, procedure):
    response = promise("1.000142", papers_for="")

    fields = fields_of(response)
    assert 'hx-swap-oob="true"' in response.text
    assert fields["papers_for"] == str(procedure.pk)
    assert fields["papers-0-name"] == "Đơn đề nghị"
    assert fields["papers-1-name"] == "Bằng tốt nghiệp"
    assert fields["papers-TOTAL_FORMS"] == "3"


@pytest.mark.parametrize("code", ["1.000142", "thi", "", "9.999999"])
def test_papers_are_left_alone_when_the_procedure_is_the_same_or_unknown(
    promise, procedure, code
):
    response = promise(code, papers_for=procedure.pk)

    assert "hx-swap-oob" not in response.text
    assert "papers-" not in response.text


def test_the_page_shows_the_card_again_after_a_fault(sign_in, procedure):
    page = sign_in("clerk").post(NEW, typed(procedure, applicant_name=""))

    assert "15/06/2020" in page.text


@pytest.mark.parametrize("role", Role)
def test_the_card_is_for_those_who_enter_dossiers(sign_in, procedure, role):
    response = sign_in(role).get(PROMISE, {"procedure_code": "1.000142"})

    # A postal clerk announces what was posted.
    may_enter = role in {Role.CLERK, Role.POSTAL_CLERK}
    assert response.status_code == (200 if may_enter else 403)


def test_without_javascript_a_button_fills_in_the_papers(sign_in, procedure):
    fields = typed(procedure, **papers(""), fill="1")

    page = sign_in("clerk").post(NEW, fields)

    shown = fields_of(page)
    assert page.status_code == 200
    assert shown["papers-0-name"] == "Đơn đề nghị"
    assert shown["applicant_name"] == "Nguyễn Văn A"
    assert "15/06/2020" in page.text
    assert not Dossier.objects.exists()


def test_filling_in_the_papers_leaves_an_address_elsewhere_alone(sign_in, procedure):
    fields = typed(
        procedure,
        fill="1",
        return_channel="public_post",
        return_same_as_applicant=None,
        return_name="Trần Thị B",
        return_address="Số 2",
    )

    shown = fields_of(sign_in("clerk").post(NEW, fields))

    assert shown["return_address"] == "Số 2"
    assert "return_same_as_applicant" not in shown

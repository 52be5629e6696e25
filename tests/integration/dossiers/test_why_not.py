"""Why not by post: asked where it was offered, kept, mended, and counted."""

from datetime import date

import pytest
from django.utils import translation

from dossiers.models import Dossier
from dossiers.statuses import Status, WhyNotPost
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability, Role
from tests.factories.dossiers import MONDAY, at, dossier_at, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.typed import typed

NEW, REGISTER, WHY_NOT = "/dossiers/new/", "/dossiers/", "/dossiers/why-not/"
JUNE = {"received_from": "01/06/2020", "received_to": "30/06/2020"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


@pytest.fixture
def procedure(office):
    return make_procedure(office)


@pytest.mark.parametrize("reason", WhyNotPost)
def test_the_reason_is_kept_with_the_dossier_and_shown(clerk, procedure, reason):
    page = clerk.post(NEW, typed(procedure, why_not_post=reason), follow=True)

    assert Dossier.objects.get().why_not_post == reason
    assert str(reason.label) in page.text


def test_no_answer_is_an_answer(clerk, procedure):
    assert clerk.post(NEW, typed(procedure, why_not_post="")).status_code == 302
    assert Dossier.objects.get().why_not_post == ""


def test_an_unknown_reason_is_refused(clerk, procedure):
    page = clerk.post(NEW, typed(procedure, why_not_post="bored"))

    assert page.status_code == 422
    assert "why_not_post" in page.context["form"].errors
    assert not Dossier.objects.exists()


def test_a_result_that_goes_by_post_was_not_refused(clerk, procedure):
    by_post = {"return_channel": "public_post", "why_not_post": "fear"}

    clerk.post(NEW, typed(procedure, **by_post))

    assert Dossier.objects.get().why_not_post == ""


def test_what_was_not_offered_was_not_refused(clerk, office):
    not_by_post = make_procedure(office, by_post=False)

    clerk.post(NEW, typed(not_by_post, why_not_post="fear"))

    assert Dossier.objects.get().why_not_post == ""


@pytest.mark.parametrize("by_post", [True, False])
def test_the_page_asks_only_where_the_result_may_go_by_post(clerk, office, by_post):
    procedure = make_procedure(office, by_post=by_post)

    fragment = clerk.get(f"{NEW}promise/", typed(procedure))

    assert ("offers-return" in fragment.text) is by_post


def test_the_reason_is_corrected_and_the_log_tells_both(clerk, office):
    dossier = receive(office, why_not_post="fear")
    page = clerk.get(f"{dossier.get_absolute_url()}correct/")
    fields = {
        name: page.context["form"][name].value() for name in page.context["form"].fields
    }

    clerk.post(
        f"{dossier.get_absolute_url()}correct/",
        {**{k: v for k, v in fields.items() if v is not None}, "why_not_post": "cost"},
    )

    dossier.refresh_from_db()
    assert dossier.why_not_post == "cost"
    with translation.override("vi"):
        both = f"«{WhyNotPost.FEAR.label}» → «{WhyNotPost.COST.label}»"
    assert dossier.custody.last().note.endswith(both)


@pytest.fixture
def some(office):
    """Refusals of two procedures; one outside June, one never received."""
    one, two = make_procedure(office), make_procedure(office)
    for reason in ("fear", "fear", "cost"):
        receive(office, one, why_not_post=reason)
    receive(office, two, why_not_post="fear")
    receive(office, two)
    receive(office, two, on=date(2020, 7, 1), why_not_post="slow")
    dossier_at(Status.REGISTERED, office, procedure=two, why_not_post="slow")
    return one, two


def test_the_register_counts_by_procedure_and_reason(clerk, some):
    one, two = some

    page = clerk.get(WHY_NOT, JUNE)

    rows = {row["code"]: row for row in page.context["rows"]}
    assert list(rows) == [one.code, two.code]
    assert [x["number"] for x in rows[one.code]["cells"]] == [2, 1, 0, 0, 0, 0]
    assert [x["number"] for x in rows[two.code]["cells"]] == [1, 0, 0, 0, 0, 0]
    assert [x["number"] for x in page.context["totals"]] == [3, 1, 0, 0, 0, 0]
    assert page.context["total"]["number"] == 4
    for label in WhyNotPost.labels:
        assert str(label) in page.text


def test_every_number_opens_exactly_its_dossiers(clerk, some):
    page = clerk.get(WHY_NOT, JUNE)

    cells = [*page.context["totals"], page.context["total"]]
    for row in page.context["rows"]:
        cells += [*row["cells"], row["total"]]
    assert len(cells) == 21
    for cell in cells:
        rows = clerk.get(cell["address"]).context["page"].rows
        assert len(rows) == cell["number"]
        assert (cell["address"].replace("&", "&amp;") in page.text) is bool(rows)


def test_without_a_period_the_year_counts_so_far(clerk, office, time_machine):
    receive(office, on=date(2019, 12, 31), why_not_post="fear")
    receive(office, why_not_post="fear")
    time_machine.move_to(at(MONDAY, hour=15), tick=False)

    page = clerk.get(WHY_NOT)

    assert page.context["total"]["number"] == 1
    assert "the period is not over" in page.text
    past = clerk.get(
        WHY_NOT, {"received_from": "1/1/2019", "received_to": "31/12/2019"}
    )
    assert "the period is not over" not in past.text


def test_an_empty_register_says_where_reasons_come_from(clerk):
    page = clerk.get(WHY_NOT, JUNE)

    assert "No reason was given in these days." in page.text


def test_a_bad_day_is_told(clerk, some):
    page = clerk.get(WHY_NOT, {**JUNE, "received_to": "31/06/2020"})

    assert "Enter a valid date" in page.text
    assert page.context["total"]["number"] == 0


def test_only_ones_own_dossiers_are_counted(sign_in, other_office, some):
    page = sign_in("clerk", at=other_office).get(WHY_NOT, JUNE)

    assert page.context["total"]["number"] == 0


@pytest.mark.parametrize("role", Role)
def test_the_register_is_for_those_who_read_figures(sign_in, role):
    may = User(role=role).may(Ability.READ_FIGURES)
    client = sign_in(role)

    assert client.get(WHY_NOT).status_code == (200 if may else 403)
    assert (WHY_NOT in client.get(REGISTER).text) is may

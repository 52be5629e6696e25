"""Lines of the power-cut book, typed in later with the hour that stands on paper."""

import pytest
from django.db import IntegrityError, transaction

from dossiers.models import Dossier
from tests.factories.dossiers import at, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.typed import typed

NEW = "/dossiers/new/"
PAGE = "SNV-MC-20200601-01"


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


@pytest.fixture
def procedure(office):
    return make_procedure(office)


@pytest.fixture
def save(clerk, procedure):
    """Save a line of the page."""

    def saved(line: str = "3", **changes: str):
        fields = {"book_page": PAGE, "line": line, "received_time": "09:10"}
        return clerk.post(NEW, typed(procedure, **{**fields, **changes}))

    return saved


def test_the_page_asks_for_the_line_and_the_hour_on_paper(clerk):
    page = clerk.get(NEW, {"book": PAGE, "line": "3"})

    fields = fields_of(page)
    assert f"Page {PAGE}" in page.text
    assert "Write the day and the hour as they stand on the paper" in page.text
    assert (fields["book_page"], fields["line"]) == (PAGE, "3")
    assert (fields["received_on"], fields["received_time"]) == ("", "")
    assert "Save as registered" not in page.text


def test_an_ordinary_page_asks_for_no_line(clerk):
    assert "Line on the page" not in clerk.get(NEW).text


def test_the_hour_on_paper_is_the_hour_of_receipt(save, office, time_machine):
    time_machine.move_to("2020-06-01T07:32:00Z", tick=False)

    save()

    dossier = Dossier.objects.get()
    assert dossier.book_line == f"{PAGE}/03"
    assert dossier.received_at == at(dossier.clock_started_on).replace(minute=10)


def test_the_dossier_tells_when_it_was_written_and_when_typed(
    clerk, save, time_machine
):
    time_machine.move_to("2020-06-02T07:32:00Z", tick=False)
    save()
    dossier = Dossier.objects.get()

    page = clerk.get(dossier.get_absolute_url())

    assert f"{PAGE}/03: written on paper 09:10, 01/06/2020" in page.text
    assert "typed 14:32, 02/06/2020" in page.text


def test_a_dossier_not_from_the_book_tells_nothing_of_it(clerk, office):
    assert "written on paper" not in clerk.get(receive(office).get_absolute_url()).text


def test_the_next_line_of_the_same_page_follows(clerk, save):
    page = save("3", next="1")
    assert page.url == f"{NEW}?book={PAGE}&line=4&day=01%2F06%2F2020"

    fields = fields_of(clerk.get(page.url))
    assert (fields["line"], fields["received_on"]) == ("4", "01/06/2020")
    assert fields["received_time"] == ""


def test_after_the_last_line_the_page_is_done(save):
    assert save("12", next="1").url == NEW


def test_lines_typed_already_are_told(clerk, save):
    save("3")
    save("1")

    page = clerk.get(NEW, {"book": PAGE})

    assert page.context["book"]["typed"] == [1, 3]
    assert "Lines typed already:" in page.text


def test_a_line_is_typed_in_once(save):
    save("3")
    known = Dossier.objects.get()

    page = save("3", applicant_name="Trần Thị B")

    assert page.status_code == 422
    assert page.context["form"].errors["line"] == [
        f"Line {PAGE}/03 of the book is already here: dossier {known.code}."
    ]
    assert fields_of(page)["applicant_name"] == "Trần Thị B"
    assert Dossier.objects.count() == 1


def test_the_database_holds_the_last_line_too(save, office):
    save("3")

    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=receive(office).pk).update(book_line=f"{PAGE}/03")


@pytest.mark.parametrize("line", ["", "0", "13", "-1", "hai", "3\x00"])
def test_a_line_that_is_not_on_the_page_is_refused(save, line):
    page = save(line)

    assert page.status_code == 422
    assert "line" in page.context["form"].errors
    assert not Dossier.objects.exists()


def test_nothing_was_written_before_the_page_was_printed(save):
    page = save(received_on="29/05/2020")

    assert page.context["form"].errors["received_on"] == [
        "The page was printed on 01/06/2020: nothing was written before."
    ]


@pytest.mark.parametrize(
    "code", ["x", "SNV-MC-20201301-01", "SNV-MC-20200601-1", "a" * 500, "%00", "'"]
)
def test_what_is_no_page_of_the_book_is_told(clerk, code):
    page = clerk.get(NEW, {"book": code})

    assert page.status_code == 400
    assert "is not the code of a page of the power-cut book" in page.text


@pytest.mark.parametrize("way", ["opened", "sent"])
def test_a_page_of_another_desk_is_refused(clerk, save, way):
    code = "STP-MC-20200601-01"

    page = clerk.get(NEW, {"book": code}) if way == "opened" else save(book_page=code)

    assert "was printed for another desk («STP-MC»)" in page.text
    assert page.status_code == {"opened": 400, "sent": 422}[way]
    assert not Dossier.objects.exists()

"""The pages on which a result leaves: by hand or by post, and the papers kept."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import Dossier, Paper
from dossiers.statuses import ReturnChannel, Status
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.pages import fields_of

DAY = {"on": "10/06/2020"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


def address(dossier: Dossier, step: str = "handed_to_post") -> str:
    return f"{dossier.get_absolute_url()}{step}/"


@pytest.fixture
def by_post(office):
    return dossier_at(
        Status.RESULT_READY, office, return_channel=ReturnChannel.PUBLIC_POST
    )


def test_a_result_by_post_is_handed_over_with_its_item(clerk, by_post):
    page = clerk.get(address(by_post))
    typed = {
        **DAY,
        "item_number": "ee 123 456 785 vn",
        "postage_dong": "26000",
        "payer": "agency",
        "service": "express",
        "route": "between_provinces",
        "collect_dong": "50000",
        "recovers": "Giấy cũ",
        "seal_number": "N 17",
    }

    answer = clerk.post(address(by_post), typed)

    item = by_post.postal_items.get()
    by_post.refresh_from_db()
    assert "Số 1 đường Hùng Vương" in page.text
    assert answer.status_code == 302
    assert by_post.status == Status.WITH_POST
    assert (item.number, item.postage_dong) == ("EE123456785VN", 26_000)
    assert (item.payer, item.service) == ("agency", "express")
    assert (item.route, item.collect_dong) == ("between_provinces", 50_000)
    assert (item.recovers, item.seal_number) == ("Giấy cũ", "N 17")
    assert item.posted_on.isoformat() == "2020-06-10"


def test_an_envelope_needs_no_more_than_its_number(clerk, by_post):
    clerk.post(address(by_post), {**DAY, "item_number": "EE123456785VN"})

    item = by_post.postal_items.get()
    assert (item.payer, item.service) == ("applicant", "dossier_post")
    assert (item.postage_dong, item.collect_dong, item.recovers) == (None, 0, "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"item_number": ""}, "This field is required"),
        ({"item_number": "   "}, "This field is required"),
        ({"item_number": "E\x00"}, "Null characters"),
        ({"item_number": "E" * 31}, "at most 30"),
        ({"item_number": "EE1", "postage_dong": "-1"}, "greater than or equal to 0"),
        ({"item_number": "EE1", "postage_dong": "x"}, "whole number"),
        ({"item_number": "EE1", "kept": "9"}, "not one of the available choices"),
        ({"item_number": "EE1", "kept": "\x00"}, "not one of the available choices"),
    ],
)
def test_a_bad_envelope_or_paper_is_told(clerk, by_post, typed, sentence):
    before = everything_kept()

    page = clerk.post(address(by_post), {**DAY, **typed})

    assert page.status_code == 422
    assert sentence in page.text
    assert everything_kept() == before


def test_the_envelope_of_another_agency_is_told_on_the_page(
    clerk, by_post, other_office
):
    theirs = dossier_at(Status.RESULT_READY, other_office, return_channel="public_post")
    actions.hand_to_post(
        theirs,
        envelope(1, Leg.RETURN),
        by=other_office.clerk,
        at=at(MONDAY + timedelta(days=3)),
    )
    typed = {**DAY, "item_number": "EA000000014VN", "postage_dong": "26000"}

    page = clerk.post(address(by_post), typed)

    assert page.status_code == 422
    assert "EA000000014VN is already used by another desk" in page.text
    assert typed.items() <= fields_of(page).items()


def test_a_result_at_the_counter_asks_for_no_envelope(clerk, office):
    page = clerk.get(address(dossier_at(Status.RESULT_READY, office), "returned"))

    assert page.status_code == 200
    assert "item_number" not in fields_of(page)


@pytest.mark.parametrize(
    ("way", "step", "sentence"),
    [
        ("public_post", "returned", "goes by post: hand it to the post"),
        ("counter", "handed_to_post", "does not go by post"),
    ],
)
def test_the_other_way_out_is_closed(clerk, office, way, step, sentence):
    dossier = dossier_at(Status.RESULT_READY, office, return_channel=way)

    page = clerk.get(address(dossier, step))

    assert page.status_code == 409
    assert sentence in page.text


def test_papers_that_the_law_keeps_are_ticked_on_the_page(clerk, office):
    dossier = dossier_at(Status.RESULT_READY, office)

    clerk.post(address(dossier, "returned"), {**DAY, "kept": "1"})

    assert dossier.papers.get().outcome == Paper.Outcome.KEPT_BY_LAW

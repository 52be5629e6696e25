"""The page on which people and addresses are mended."""

import pytest

from dossiers.models import Dossier
from tests.factories.dossiers import receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.pages import fields_of

CORRECTION = {
    "applicant_kind": "person",
    "applicant_name": "Nguyễn Văn Á",
    "return_channel": "public_post",
    "return_name": "Trần Thị B",
    "return_address": "Số 2",
}


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


def address(dossier: Dossier) -> str:
    return f"{dossier.get_absolute_url()}correct/"


def test_a_correction_is_written_and_said(clerk, office):
    dossier = receive(office)
    fields = fields_of(clerk.get(address(dossier)))

    page = clerk.post(address(dossier), {**fields, **CORRECTION}, follow=True)

    dossier.refresh_from_db()
    assert f"Dossier {dossier.code} was corrected." in page.text
    assert (dossier.applicant_name, dossier.return_address) == ("Nguyễn Văn Á", "Số 2")
    assert "«Nguyễn Văn A» → «Nguyễn Văn Á»" in page.text


def test_a_page_sent_back_unchanged_corrects_nothing(clerk, office):
    dossier = receive(office, return_channel="public_post")
    before = everything_kept()

    answer = clerk.post(address(dossier), fields_of(clerk.get(address(dossier))))

    assert answer.status_code == 302
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"applicant_name": " "}, "applicant_name", "required"),
        ({"applicant_name": "A\x00"}, "applicant_name", "Null characters"),
        ({"applicant_name": "x" * 10_000}, "applicant_name", "at most 200"),
        ({"applicant_email": "a@"}, "applicant_email", "valid email"),
        ({"return_address": " "}, "return_address", "write the address"),
        ({"return_name": ""}, "return_name", "Write the name"),
        ({"return_channel": "pigeon"}, "return_channel", "valid choice"),
    ],
)
def test_a_bad_correction_is_told_and_nothing_is_lost(
    clerk, office, changes, field, sentence
):
    dossier = receive(office)
    before = everything_kept()
    fields = {**CORRECTION, **changes}

    page = clerk.post(address(dossier), fields)

    assert page.status_code == 422
    assert sentence in " ".join(page.context["form"].errors[field])
    shown = fields_of(page)
    assert {k: v for k, v in fields.items() if v != "pigeon"}.items() <= shown.items()
    assert everything_kept() == before


def test_a_way_out_that_is_not_eligible_is_told_on_the_page(clerk, office):
    dossier = receive(office, make_procedure(office, by_post=False))

    page = clerk.post(address(dossier), CORRECTION)

    assert page.status_code == 422
    assert "Phải có mặt trực tiếp" in page.text

"""Two people correct one dossier: nobody is overwritten without a word."""

import pytest
from django.test import Client
from django.utils import timezone

from dossiers import actions
from dossiers.actions.correcting import CORRECTABLE
from dossiers.models import Dossier
from postal_tthc.errors import Conflict
from tests.factories.dossiers import receive
from tests.factories.offices import Office


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return receive(office, applicant_phone="0912345678")


def typed(dossier: Dossier, **changes: str) -> dict[str, str]:
    """The page as it was opened, with some fields changed."""
    values = {name: str(getattr(dossier, name)) for name in CORRECTABLE}
    return {**values, "seen": "1", **changes}


def test_what_another_wrote_meanwhile_is_told_and_stays(
    office: Office, sign_in, dossier: Dossier
) -> None:
    client: Client = sign_in("clerk")
    address = f"{dossier.get_absolute_url()}correct/"
    client.post(address, typed(dossier, applicant_phone="0987654321"))
    page = client.post(address, typed(dossier, applicant_address="Số 2"))
    dossier.refresh_from_db()
    assert page.status_code == 422
    assert "has changed this dossier meanwhile" in page.content.decode()
    assert "Số 2" in page.content.decode()
    assert (dossier.applicant_phone, dossier.applicant_address) == ("0987654321", "")


def test_the_second_press_means_it(office: Office, sign_in, dossier: Dossier) -> None:
    client: Client = sign_in("clerk")
    address = f"{dossier.get_absolute_url()}correct/"
    client.post(address, typed(dossier, applicant_phone="0987654321"))
    page = client.post(address, typed(dossier, applicant_address="Số 2"))
    seen = str(page.context["form"]["seen"].value())
    client.post(address, typed(dossier, applicant_address="Số 2", seen=seen))
    dossier.refresh_from_db()
    assert dossier.applicant_address == "Số 2"


def test_the_verb_refuses_an_old_page(office: Office, dossier: Dossier) -> None:
    with pytest.raises(Conflict):
        actions.correct(
            dossier,
            {"applicant_address": "Số 2"},
            by=office.clerk,
            at=timezone.now(),
            seen=0,
        )
    assert dossier.custody.count() == 1


def test_numbers_of_an_authorised_person_need_the_name(
    office: Office, sign_in, dossier: Dossier
) -> None:
    page = sign_in("clerk").post(
        f"{dossier.get_absolute_url()}correct/",
        typed(dossier, representative_phone="0912345678"),
    )
    assert page.status_code == 422
    assert "Whose numbers are these?" in page.content.decode()

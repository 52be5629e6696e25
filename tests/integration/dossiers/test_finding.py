"""Finding a dossier by its envelope, and a procedure among several agencies."""

from datetime import date

import pytest

from dossiers.models import Dossier
from dossiers.statuses import IntakeChannel
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Refused
from procedures.models import Procedure
from tests.factories.dossiers import envelope, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.typed import typed

BY_POST = {"intake_channel": IntakeChannel.PUBLIC_POST}


def test_all_dossiers_of_one_envelope_are_found_by_its_number(
    office: Office, sign_in
) -> None:
    for _ in range(2):
        receive(office, item=envelope(77), **BY_POST)
    receive(office, item=envelope(78), **BY_POST)
    client = sign_in("clerk")
    answer = client.get("/dossiers/jump/", {"q": envelope(77).number.lower()})
    found = client.get(answer.url).context["page"].rows
    assert len(found) == 2


def test_a_promise_made_is_not_explained_by_a_calendar_changed_since(
    office: Office, sign_in
) -> None:
    dossier = receive(office, on=date(2020, 6, 1))
    sign_in("catalogue_manager").post(
        "/procedures/calendar/new/",
        {
            "day": "3/6/2020",
            "is_day_off": "True",
            "reason": "Bão",
            "document": "Công văn số 1",
        },
    )
    page = sign_in("clerk").get(dossier.get_absolute_url()).content.decode()
    assert "15/06/2020" in page
    assert "the promise stands" in page
    assert "Bão" not in page


@pytest.fixture
def second_agency(office: Office) -> Organisation:
    """Another agency of the province with the same code in its catalogue."""
    agency = Organisation.objects.create(
        kind=Organisation.Kind.AGENCY,
        parent=office.province,
        name="Sở Y tế",
        symbol="SYT",
    )
    make_procedure(office, code="1.990001")
    own = make_procedure(office, code="1.990009")
    Procedure.objects.filter(pk=own.pk).update(agency=agency, code="1.990001")
    return agency


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("1.990001", None),
        ("1.990001 SYT", "SYT"),
        ("990001 snv", "SNV"),
        ("1.990001 Tên thủ tục", None),
    ],
)
def test_a_code_of_two_agencies_is_not_chosen_silently(
    office: Office, second_agency: Organisation, typed: str, symbol: str | None
) -> None:
    found = Procedure.objects.of(office.province).typed(typed, date(2020, 6, 1))
    assert (found and found.agency.symbol) == symbol


def test_a_post_office_has_no_counter(office: Office, sign_in) -> None:
    User.objects.filter(pk=office.clerk.pk).update(organisation=office.post_office)
    office.clerk.refresh_from_db()
    client = sign_in("clerk")
    # What was posted is announced there; nothing is received.
    at_the_counter = typed(make_procedure(office, code="1.000142"))
    client.post("/dossiers/new/", at_the_counter)
    assert not Dossier.objects.exists()
    with pytest.raises(Refused, match="has no counter that receives dossiers"):
        receive(office)
    assert not Dossier.objects.exists()

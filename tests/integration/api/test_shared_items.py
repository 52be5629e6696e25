"""Items that carry dossiers of several agencies, and items of others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import Dossier, Incident, PostalItem
from dossiers.statuses import ReturnChannel, Status
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope
from tests.factories.neighbours import make_centre, make_neighbour
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask

API = "/api/v1/"
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


@pytest.fixture
def agencies(office: Office) -> tuple[Office, Office]:
    """Two agencies of one province, both received for at its common counter."""
    centre, neighbour = make_centre(office), make_neighbour(office)
    there = {Role.CLERK: centre.clerk}
    return (
        replace(office, desk=centre.desk, people=office.people | there),
        replace(neighbour, desk=centre.desk, people=neighbour.people | there),
    )


@pytest.fixture
def results(agencies: tuple[Office, Office]) -> list[Dossier]:
    """A result of each agency, gone in one envelope."""
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}
    gone = []
    for place in agencies:
        dossier = dossier_at(Status.RESULT_READY, place, **by_post)
        item, moment = envelope(41, Leg.RETURN), at(MONDAY + timedelta(days=3))
        actions.hand_to_post(dossier, item, by=place.clerk, at=moment)
        gone.append(dossier)
    return gone


def test_each_agency_reads_only_its_own_dossier_of_a_shared_envelope(
    ask: Ask, agencies: tuple[Office, Office], results: list[Dossier]
) -> None:
    item = PostalItem.objects.get()
    assert set(item.dossiers.all()) == set(results)
    for place, own in zip(agencies, results, strict=True):
        client = ask(Role.CASE_OFFICER, place)
        (listed,) = client.get(f"{API}items/").json()["results"]
        detail = client.get(f"{API}items/{item.pk}/").json()
        assert listed["dossiers"] == detail["dossiers"] == [own.code]
    clerk = ask(Role.CLERK, agencies[0])  # of the centre, which has both
    both = clerk.get(f"{API}items/{item.pk}/").json()["dossiers"]
    assert both == [x.code for x in results]


def test_no_incident_is_reported_about_an_item_of_others(
    ask: Ask, office: Office, other_office: Office
) -> None:
    theirs = dossier_at(Status.WITH_POST, other_office).postal_items.get()
    told = {
        "kind": "lost",
        "item": theirs.pk,
        "found_out_on": "2020-06-05",
        "description": "Không thấy phong bì",
    }

    answers = [
        ask("clerk").post(f"{API}incidents/", told | {"item": pk}, format="json")
        for pk in (theirs.pk, 10**6)
    ]

    # As if it were not there at all.
    assert [x.status_code for x in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert not Incident.objects.exists()
    own = ask("clerk", other_office).post(f"{API}incidents/", told, format="json")
    assert own.status_code == 201, own.json()

"""Files and dossiers of others: not touched, within a province neither."""

from datetime import date

import pytest
from django.utils import timezone

from dossiers.models import Dossier
from dossiers.spreadsheets import importing
from dossiers.spreadsheets.mapping import Places, propose, remember
from dossiers.spreadsheets.undoing import undo
from postal_tthc.errors import Conflict, Refused
from tests.factories.dossiers import receive
from tests.factories.neighbours import make_centre, make_neighbour
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import bring, judge, kept

DAY = date(2020, 3, 5)


@pytest.fixture
def neighbour(office) -> Office:
    return make_neighbour(office)


@pytest.fixture
def centre(office) -> Office:
    return make_centre(office)


def about(dossier: Dossier) -> bytes:
    """A file that would write another name over that of the dossier."""
    return workbooks.listed(
        ["Mã hồ sơ", "Mã TTHC", "Ngày tiếp nhận", "Chủ hồ sơ"],
        [dossier.code, dossier.procedure.code, DAY, "Lê Văn Mới"],
    )


def assert_not_ours(office: Office, theirs: Dossier) -> None:
    """It is told, in a word that names nobody."""
    (fault,) = judge(office, about(theirs)).faults

    assert fault.sentence == "This code belongs to a dossier of another organisation."
    assert theirs.applicant_name not in str(fault)


def test_a_code_of_the_agency_next_door_is_not_touched(office, neighbour):
    theirs = receive(neighbour, on=DAY)

    assert_not_ours(office, theirs)
    assert judge(neighbour, about(theirs)).counts["changed"] == 1


def test_the_common_counter_touches_no_dossier_of_an_agencys_own_desk(
    office, neighbour, centre
):
    """It imports for the agency, but does not see what came in elsewhere."""
    at_its_desk = receive(neighbour, on=DAY)
    at_the_centre = receive(centre, make_procedure(neighbour), on=DAY)

    assert_not_ours(centre, at_its_desk)
    assert judge(centre, about(at_the_centre)).counts["changed"] == 1


def test_the_common_counter_touches_nothing_of_an_agency_that_left_the_province(
    office, neighbour, centre, other_office
):
    """It sees what it received itself, but does not import for the agency now."""
    theirs = receive(centre, make_procedure(neighbour), on=DAY)
    neighbour.agency.parent = other_office.province
    neighbour.agency.save()
    assert Dossier.objects.visible_to(centre.clerk).get() == theirs

    assert_not_ours(centre, theirs)


def test_a_mapping_is_remembered_for_its_own_organisation(office, neighbour):
    content = workbooks.listed(
        ["Cột một", "Cột hai", "Cột ba"],
        [make_procedure(office).code, "Trần Văn Bình", DAY],
    )
    sheets = importing.read(kept(office, content))
    places = {"procedure_code": 0, "applicant_name": 1, "received_on": 2}

    remember(sheets, Places("Sổ", 1, places), office.agency)

    assert propose(sheets, office.agency).places == places
    assert propose(sheets, neighbour.agency).places == {}
    assert kept(neighbour, content).faults[0]["column"] == "Ngày tiếp nhận"


def test_the_agency_next_door_neither_writes_nor_undoes_our_file(
    office, neighbour, sign_in
):
    content = workbooks.plain(make_procedure(office).code)
    judged, written = kept(office, content), bring(office, content)

    with pytest.raises(Conflict, match="another organisation"):
        importing.write(judged, by=neighbour.clerk, at=timezone.now())
    with pytest.raises(Refused, match="another organisation"):
        undo(written, by=neighbour.clerk, at=timezone.now())

    page = sign_in("clerk", neighbour).get(f"/dossiers/imports/{written.pk}/")
    assert page.status_code == 404
    assert Dossier.objects.count() == 2

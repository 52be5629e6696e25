"""A sheet of ours that comes back: what it may empty, and what it may not ask for."""

from datetime import date

import pytest

from dossiers import actions
from dossiers.models import Dossier
from dossiers.spreadsheets.columns import by_key
from dossiers.statuses import Status
from postal_tthc.errors import Invalid
from tests.factories.dossiers import at, dossier_at, receive
from tests.integration.dossiers.imports.doing import bring, judge
from tests.integration.dossiers.imports.test_round_trip import exported, with_cell

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

DAY, NEXT_DAY = date(2020, 3, 5), date(2020, 3, 6)


@pytest.mark.parametrize(
    ("status", "key", "value", "says"),
    [
        pytest.param(
            Status.RECEIVED,
            "return_channel",
            None,
            "must not be empty",
            id="no way out",
        ),
        pytest.param(
            Status.RECEIVED, "applicant_kind", None, "must not be empty", id="no kind"
        ),
        pytest.param(
            Status.RECEIVED, "applicant_name", None, "Who asks?", id="no name"
        ),
        pytest.param(
            Status.RECEIVED, "applicant_email", "không có", "ten@coquan.vn", id="e-mail"
        ),
        pytest.param(
            Status.WITH_POST,
            "return_channel",
            "Tại quầy",
            "has left already",
            id="another way out when it has left",
        ),
    ],
)
def test_what_cannot_be_written_is_told_at_its_cell(office, status, key, value, says):
    dossier = dossier_at(status, office, on=DAY)
    content, before = with_cell(exported(), key, value), dossier.custody.count()

    faults = judge(office, content).faults

    assert [x.heading for x in faults if says in x.sentence] == [by_key[key].heading]
    with pytest.raises(Invalid):
        bring(office, content)
    assert dossier.custody.count() == before


def test_a_result_goes_by_post_only_to_an_address(office):
    receive(office, on=DAY)
    content = with_cell(exported(), "return_channel", "Bưu chính công ích")

    told = {x.heading: x.sentence for x in judge(office, content).faults}

    assert "address" in told[by_key["return_address"].heading]
    content = with_cell(content, "return_name", "Lê Văn Mới")
    content = with_cell(content, "return_address", "Xã Tân Mỹ")
    assert judge(office, content).counts["changed"] == 1


def test_a_code_and_a_procedure_that_were_emptied_ask_for_nothing(office):
    receive(office, on=DAY)
    content = with_cell(exported(), "code", None)

    summary = judge(office, with_cell(content, "procedure_name", None))

    assert not summary.faults
    assert summary.counts["unchanged"] == 1


def test_a_hidden_number_that_cannot_be_read_is_told_once(office):
    receive(office, on=DAY)

    (fault,) = judge(office, with_cell(exported(), "id", "mười")).faults

    assert (fault.row, fault.heading, fault.value) == (2, "[id]", "mười")


@pytest.mark.parametrize("is_changed", [True, False], ids=["changed", "as it was"])
def test_of_a_dossier_that_went_on_only_that_is_told(office, is_changed):
    """No advice to put back what the sheet did not change."""
    dossier = receive(office, on=DAY)
    name, content = dossier.applicant_name, exported()
    if is_changed:
        content = with_cell(content, "applicant_name", "Lê Văn Mới")
    actions.start_processing(dossier, by=office.case_officer, at=at(NEXT_DAY))

    summary = judge(office, content)

    (fault,) = summary.faults
    assert "since the sheet was written" in fault.sentence
    assert office.case_officer.full_name in fault.sentence
    assert summary.changes == []
    assert Dossier.objects.get().applicant_name == name

"""Which organisations stand in the report of a province, and with what figures."""

from datetime import date

import pytest

from dossiers.statuses import Status
from postal_tthc.accounts.models import Organisation
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Invalid
from reports import counting
from reports.actions import returns
from reports.consolidation.collecting import collect
from reports.consolidation.province import Consolidation, Source
from reports.figures import NOTHING
from tests.factories.dossiers import dossier_at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.returns import COUNTS, SHARED, YEAR
from tests.integration.reports.consolidation.scenes import (
    TODAY,
    Kind,
    agency,
    hand_in,
    person,
)

SPRING = date(2019, 3, 4)


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def year_of(office: Office, *, by_successor: bool = False) -> Consolidation:
    return collect(office.province, YEAR, today=TODAY, by_successor=by_successor)


def sources(collected: Consolidation) -> dict[str, str]:
    return {row.symbol: row.source.name for row in collected.rows}


@pytest.fixture
def work(office: Office) -> Office:
    """Three dossiers of 2019 in the system, one of them returned."""
    procedure = make_procedure(office)
    dossier_at(Status.RETURNED, office, on=SPRING, procedure=procedure)
    receive(office, procedure, on=SPRING)
    receive(office, procedure, on=date(2019, 12, 30))
    return office


def test_rows_come_from_the_system_from_a_file_or_are_awaited(work):
    health = agency(work)
    hand_in(agency(work, "STC"), work.consolidator)

    collected = year_of(work)

    assert sources(collected) == {"SNV": "SYSTEM", "STC": "RETURN", "SYT": "AWAITED"}
    ours = counting.count(work.agency, YEAR, today=TODAY)
    rows = {row.symbol: row for row in collected.rows}
    assert rows["SNV"].counts == ours.counts
    assert rows["SNV"].procedures == ours.procedures
    assert rows["STC"].counts.received == 2 * COUNTS.received
    assert rows["STC"].shared == SHARED
    assert [row.name for row in collected.awaited] == [health.name]
    assert collected.total.counts.received == 3 + 40 - 3
    assert collected.differences == ()
    assert collected.unbalanced == ()


def test_an_empty_province_has_no_rows(office):
    lonely = Organisation.objects.create(
        kind=Kind.PROVINCE, name="Tỉnh mới", symbol="TM"
    )

    collected = collect(lonely, YEAR, today=TODAY)

    assert collected.rows == ()
    assert collected.total.counts == NOTHING


def test_only_a_province_collects(office):
    with pytest.raises(Invalid, match="collects from nobody"):
        collect(office.agency, YEAR, today=TODAY)


def test_a_withdrawn_return_is_awaited_again(office):
    kept = hand_in(agency(office), office.consolidator)
    returns.withdraw(kept, reason="Sai số", by=office.consolidator, at=kept.uploaded_at)

    assert sources(year_of(office))["SYT"] == "AWAITED"


@pytest.mark.parametrize(
    ("years", "is_there"),
    [
        ({}, True),
        ({"valid_from": date(2019, 12, 31)}, True),
        ({"valid_from": date(2020, 1, 1)}, False),
        ({"valid_to": date(2019, 1, 1)}, True),
        ({"valid_to": date(2018, 12, 31)}, False),
    ],
    ids=["always", "last day", "too late", "first day", "too early"],
)
def test_an_organisation_is_expected_while_it_existed(office, years, is_there):
    agency(office, **years)

    assert ("SYT" in sources(year_of(office))) == is_there


def test_what_an_ended_organisation_left_open_is_not_lost(work):
    Organisation.objects.filter(pk=work.agency.pk).update(valid_to=date(2018, 12, 31))

    collected = year_of(work)

    assert sources(collected) == {"SNV": "SYSTEM"}
    assert collected.differences == ()


def test_somebody_who_receives_dossiers_makes_zero_a_number(office):
    health = agency(office)
    person(Role.CLERK, health)

    (row,) = (x for x in year_of(office).rows if x.symbol == "SYT")

    assert (row.source, row.counts, row.is_awaited) == (Source.SYSTEM, NOTHING, False)


def test_a_desk_of_the_province_counts_no_dossier_twice(work):
    centre = agency(work, "TTHCC", kind=Kind.DESK, name="Trung tâm hành chính công")
    clerk = person(Role.CLERK, centre)
    procedure = make_procedure(work)
    before = year_of(work).total.counts.received
    work.people[Role.CLERK] = clerk
    dossier = receive(work, procedure, on=SPRING)
    assert dossier.desk == centre

    collected = year_of(work)

    rows = {row.symbol: row for row in collected.rows}
    assert rows["TTHCC"].counts == NOTHING
    assert rows["SNV"].counts.received == before + 1
    assert collected.total.counts.received == before + 1
    assert collected.differences == ()
    assert "tiếp nhận 1 hồ sơ trong kỳ cho các cơ quan" in collected.notes[0]


def test_dossiers_beside_a_return_are_named(office):
    health = agency(office)
    hand_in(health, office.consolidator)
    office.agency.name = health.name
    procedure = make_procedure(office)
    type(procedure).objects.filter(pk=procedure.pk).update(agency=health)
    health.identifiers.create(value="H02.99", used_from=date(2010, 1, 1))
    procedure.refresh_from_db()
    clerk = person(Role.CLERK, health)
    office.people[Role.CLERK] = clerk
    receive(office, procedure, on=SPRING)

    collected = year_of(office)

    assert sources(collected)["SYT"] == "RETURN"
    assert [x.label for x in collected.differences][-1].startswith("Đang giải quyết")
    assert "báo cáo lấy số của tệp" in collected.notes[0]


def test_the_figures_of_predecessors_keep_their_name_until_asked(office):
    new = agency(office, "SNNMT", valid_from=date(2025, 3, 1), name="Sở mới")
    old = [
        agency(office, x, valid_to=date(2025, 2, 28), successor=new, name=f"Sở {x}")
        for x in ("SNN", "STNMT")
    ]
    for each in old:
        hand_in(each, office.consolidator)

    apart, together = year_of(office), year_of(office, by_successor=True)

    assert sources(apart) == {"SNN": "RETURN", "SNV": "AWAITED", "STNMT": "RETURN"}
    assert sources(together) == {"SNNMT": "JOINED", "SNV": "AWAITED"}
    (joined,) = (x for x in together.rows if x.members)
    assert (joined.name, joined.counts.received) == ("Sở mới", 80)
    assert [x.name for x in joined.members] == ["Sở SNN", "Sở STNMT"]
    assert apart.total == together.total


def test_predecessors_in_a_circle_stay_as_they_are(office):
    one = agency(office, "S1", valid_to=date(2025, 2, 28))
    two = agency(office, "S2", valid_to=date(2025, 2, 28), successor=one)
    Organisation.objects.filter(pk=one.pk).update(successor=two)

    apart, together = year_of(office), year_of(office, by_successor=True)

    assert sources(apart) == sources(together)


def test_other_provinces_are_not_collected(office, other_office):
    assert "STP" not in sources(year_of(office))


def test_asking_costs_no_question_for_each_organisation_outside(
    office, django_assert_max_num_queries
):
    for number in range(25):
        agency(office, f"S{number:02}")

    with django_assert_max_num_queries(40):
        collected = year_of(office)
    assert len(collected.awaited) == 26

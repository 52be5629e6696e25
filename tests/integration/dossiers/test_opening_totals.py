"""Totals of the years before the system: entered whole, never mixed with dossiers."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry

from dossiers import actions
from dossiers.actions.opening import Source, fingerprint, total_faults
from dossiers.models import Dossier, OpeningTotal
from dossiers.statuses import Status
from postal_tthc.accounts.roles import ABILITIES, Ability, Role
from postal_tthc.errors import Conflict, DomainError, Invalid, Refused
from procedures.models import Procedure
from tests.factories.dossiers import at, receive, register
from tests.factories.handovers import bring_in
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.totals import BOOK, ENTERED, enter, row

pytestmark = pytest.mark.django_db

JAN, FEB, MAR = date(2018, 1, 1), date(2018, 2, 1), date(2018, 3, 1)
JUNE, JULY = date(2020, 6, 1), date(2020, 7, 1)
FULL = {
    "carried_in": 4,
    "received": 20,
    "by_post": 9,
    "intake_by_post": 5,
    "both_legs_by_post": 3,
    "online": 6,
    "results": 12,
    "return_by_post": 7,
    "early": 5,
    "on_time": 4,
    "overdue": 2,
    "withdrawn": 1,
    "open_overdue": 3,
}


@pytest.fixture
def procedure(office: Office) -> Procedure:
    return make_procedure(office, code="1.001445")


def test_totals_are_entered_with_their_source(office, procedure):
    written = enter(office, row(procedure, JAN, **FULL))

    total = OpeningTotal.objects.get()
    assert written.added == 1
    assert {name: getattr(total, name) for name in FULL} == FULL
    assert (total.organisation, total.source) == (office.agency, BOOK.text)
    assert (total.entered_by, total.entered_at) == (office.catalogue_manager, ENTERED)


@pytest.mark.parametrize(
    "role", [role for role in Role if Ability.ENTER_TOTALS not in ABILITIES[role]]
)
def test_only_who_may_enters_totals(office, procedure, role):
    with pytest.raises(Refused):
        actions.enter_totals(
            office.agency,
            [row(procedure, JAN, received=1)],
            source=BOOK,
            by=office.people[role],
            at=ENTERED,
        )

    assert not OpeningTotal.objects.exists()


def test_nobody_enters_totals_of_another_organisation(office, other_office, procedure):
    with pytest.raises(Refused, match="by its own organisation"):
        actions.enter_totals(
            office.agency,
            [row(procedure, JAN, received=1)],
            source=BOOK,
            by=other_office.catalogue_manager,
            at=ENTERED,
        )

    assert not OpeningTotal.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "name", "told"),
    [
        ({"received": -1}, "received", "whole number"),
        ({"received": 10**9}, "received", "whole number"),
        ({"received": 2, "by_post": 3}, "by_post", "cannot be more"),
        (
            {"received": 3, "by_post": 1, "intake_by_post": 2},
            "intake_by_post",
            "cannot be more",
        ),
        (
            {"received": 3, "by_post": 2, "intake_by_post": 1, "both_legs_by_post": 2},
            "both_legs_by_post",
            "cannot be more",
        ),
        (
            {"received": 3, "by_post": 2, "intake_by_post": 2, "online": 2},
            "online",
            "by post or online",
        ),
        ({"results": 1, "return_by_post": 2}, "return_by_post", "cannot be more"),
        ({"received": 3, "early": 4}, "", "only 3 were open or received"),
        ({"received": 3, "open_overdue": 4}, "open_overdue", "only 3 are open"),
    ],
)
def test_numbers_that_contradict_one_another_are_named(
    office, procedure, numbers, name, told
):
    rows = [row(procedure, JAN, **numbers)]

    faults = total_faults(office.agency, rows, today=date(2020, 10, 5))

    assert (name, True) in [(f.name, told in f.sentence) for f in faults]
    with pytest.raises(Invalid, match=told):
        enter(office, *rows)
    assert not OpeningTotal.objects.exists()


def test_one_wrong_row_keeps_all_others_out(office, procedure):
    other = make_procedure(office)

    with pytest.raises(Invalid, match="cannot be more"):
        enter(office, row(other, JAN, received=5), row(procedure, JAN, by_post=1))

    assert not OpeningTotal.objects.exists()


def test_months_of_a_procedure_make_one_account(office, procedure):
    enter(
        office,
        row(procedure, JAN, carried_in=2, received=3, early=1),
        row(procedure, FEB, on_time=4),
    )

    with pytest.raises(Invalid, match=r"1 are finished in 03/2018, but only 0"):
        enter(office, row(procedure, MAR, overdue=1))
    with pytest.raises(Invalid, match=r"4 are finished in 02/2018, but only 3"):
        enter(
            office,
            row(procedure, JAN, carried_in=2, received=2, early=1),
            reason="Nhầm",
        )
    with pytest.raises(Invalid, match="is the first"):
        enter(office, row(procedure, MAR, carried_in=1, received=1))
    assert OpeningTotal.objects.count() == 2


def test_an_earlier_month_comes_before_what_was_carried_in(office, procedure):
    enter(office, row(procedure, FEB, carried_in=2))

    with pytest.raises(Invalid, match=r"01/2018 is the first"):
        enter(office, row(procedure, JAN, received=2))
    enter(
        office,
        row(procedure, JAN, received=2),
        row(procedure, FEB, on_time=1),
        reason="Có sổ tháng 01",
    )

    assert [x.carried_in for x in OpeningTotal.objects.all()] == [0, 0]


@pytest.mark.parametrize(
    ("month", "told"),
    [
        (date(2020, 10, 1), "not over"),
        (date(2021, 1, 1), "not over"),
        (date(1999, 12, 1), "begin with the year 2000"),
    ],
)
def test_a_month_must_be_over_and_sensible(office, procedure, month, told):
    with pytest.raises(Invalid, match=told):
        enter(office, row(procedure, month, received=1))


def test_a_month_that_has_just_ended_is_entered(office, procedure):
    assert enter(office, row(procedure, date(2020, 9, 1), received=1)).added == 1


def test_totals_say_where_they_stand(office, procedure):
    with pytest.raises(Invalid, match="where the numbers stand"):
        enter(office, row(procedure, JAN, received=1), source=Source("  "))


def test_a_procedure_of_another_agency_is_refused(office, other_office):
    with pytest.raises(Invalid, match="another agency"):
        enter(office, row(make_procedure(other_office), JAN, received=1))


def test_one_procedure_stands_once_in_a_month(office, procedure):
    with pytest.raises(Invalid, match="twice in the month"):
        enter(office, row(procedure, JAN, received=1), row(procedure, JAN, received=2))


def test_all_months_of_a_code_name_one_version(office, procedure):
    enter(office, row(procedure, JAN, received=3))
    procedure.in_force_to = date(2018, 1, 31)
    procedure.save()
    newer = make_procedure(office, code=procedure.code, in_force_from=FEB)

    enter(office, row(newer, FEB, on_time=3))

    assert {x.procedure for x in OpeningTotal.objects.all()} == {procedure}


# One or the other.


def test_a_month_with_dossiers_refuses_totals_that_receive(office, procedure):
    receive(office, procedure, on=date(2020, 6, 30))

    with pytest.raises(Invalid, match="06/2020 has dossiers here"):
        enter(office, row(make_procedure(office), JUNE, received=1))
    enter(office, row(procedure, JULY, received=1))

    assert OpeningTotal.objects.get().month == JULY


def test_a_month_with_dossiers_takes_what_finishes_earlier_totals(office, procedure):
    receive(office, procedure, on=JULY)
    enter(office, row(procedure, JUNE, received=2))

    enter(
        office,
        row(procedure, JULY, early=1, overdue=1, results=2, return_by_post=1),
    )

    assert OpeningTotal.objects.count() == 2


def test_dossiers_may_begin_with_what_the_paper_book_left_open(office, procedure):
    receive(office, procedure, on=JUNE)

    enter(office, row(procedure, JUNE, carried_in=7, on_time=2, open_overdue=1))

    assert OpeningTotal.objects.get().carried_in == 7


def test_a_month_with_totals_receives_no_dossier(office, procedure):
    enter(office, row(procedure, JUNE, received=1))

    with pytest.raises(Conflict, match=r"06/2020 of Sở SNV stands here in totals"):
        receive(office, make_procedure(office), on=date(2020, 6, 30))
    receive(office, procedure, on=JULY)

    dossier = Dossier.objects.get()
    assert dossier.clock_started_on == JULY
    assert dossier.code.endswith("-0001")


def test_signed_minutes_bring_nothing_into_a_month_of_totals(office, procedure):
    dossier = register(office, on=date(2020, 5, 29), procedure=procedure)
    enter(office, row(procedure, JUNE, received=1))

    with pytest.raises(Conflict, match="stands here in totals"):
        bring_in(dossier, office, at(JUNE))

    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED
    assert dossier.clock_started_on is None


def test_a_registered_dossier_is_not_received_in_a_month_of_totals(office, procedure):
    dossier = register(office, Status.REGISTERED, on=JUNE, procedure=procedure)
    enter(office, row(procedure, JUNE, received=1))

    with pytest.raises(Conflict, match="stands here in totals"):
        actions.receive_registered(dossier, by=office.clerk, at=at(JUNE, 10))


def test_totals_that_only_finish_stop_nobody(office, procedure):
    enter(office, row(procedure, JUNE, carried_in=2, on_time=1))

    assert receive(office, procedure, on=JUNE).clock_started_on == JUNE


def test_totals_of_another_agency_stop_nobody(office, other_office, procedure):
    enter(other_office, row(make_procedure(other_office), JUNE, received=1))

    assert receive(office, procedure, on=JUNE).clock_started_on == JUNE


def test_what_was_announced_or_refused_in_the_month_counts_as_it_is(office, procedure):
    register(office, on=JUNE, procedure=procedure)
    enter(office, row(procedure, JUNE, received=1))
    refused = receive(office, procedure, on=JULY)
    actions.refuse(
        refused,
        reason="Sai thẩm quyền",
        by=office.case_officer,
        at=at(JULY + timedelta(days=1)),
    )

    with pytest.raises(Invalid, match="07/2020 has dossiers here"):
        enter(office, row(procedure, JULY, received=1))


# Changing and taking away.


def test_a_change_asks_for_a_reason_and_is_kept_in_the_log(office, procedure):
    enter(office, row(procedure, JAN, received=3))

    with pytest.raises(Invalid, match="write why"):
        enter(office, row(procedure, JAN, received=4))
    written = enter(office, row(procedure, JAN, received=4), reason="Cộng nhầm")

    total = OpeningTotal.objects.get()
    entry = LogEntry.objects.get_for_object(total).get(action=LogEntry.Action.UPDATE)
    assert (written.added, written.changed) == (0, 1)
    assert total.received == 4
    assert entry.changes["received"] == ["3", "4"]
    assert entry.additional_data["reason"] == "Cộng nhầm"


def test_the_same_numbers_again_change_nothing(office, procedure):
    enter(office, row(procedure, JAN, **FULL))

    written = enter(office, row(procedure, JAN, **FULL), moment=at(JULY))

    assert written == type(written)()
    assert OpeningTotal.objects.get().entered_at == ENTERED


def test_a_row_without_numbers_goes(office, procedure):
    enter(office, row(procedure, JAN, received=3))

    with pytest.raises(Invalid, match="write why"):
        enter(office, row(procedure, JAN))
    written = enter(office, row(procedure, JAN), reason="Của thủ tục khác")

    assert written.removed == 1
    assert not OpeningTotal.objects.exists()


def test_a_month_is_taken_away_with_a_reason_and_then_receives(office, procedure):
    enter(office, row(procedure, JUNE, received=3))
    enter(office, row(make_procedure(office), JUNE, received=1))
    manager = office.catalogue_manager

    with pytest.raises(Invalid, match="write why"):
        actions.remove_month(office.agency, JUNE, by=manager, at=ENTERED, reason=" ")
    actions.remove_month(
        office.agency, JUNE, by=manager, at=ENTERED, reason="Nhập từng hồ sơ"
    )

    logged = LogEntry.objects.filter(action=LogEntry.Action.DELETE)
    assert [x.additional_data["reason"] for x in logged] == ["Nhập từng hồ sơ"] * 2
    assert receive(office, procedure, on=JUNE).clock_started_on == JUNE


def test_a_month_that_later_ones_rest_on_stays(office, procedure):
    enter(office, row(procedure, JAN, received=3), row(procedure, FEB, on_time=3))

    with pytest.raises(Invalid, match="3 are finished in 02/2018, but only 0"):
        actions.remove_month(
            office.agency,
            JAN,
            by=office.catalogue_manager,
            at=ENTERED,
            reason="Nhầm",
        )

    assert OpeningTotal.objects.count() == 2


def test_a_month_without_totals_has_nothing_to_take_away(office):
    with pytest.raises(Conflict, match="no totals"):
        actions.remove_month(
            office.agency, JAN, by=office.catalogue_manager, at=ENTERED, reason="x"
        )


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_only_who_may_takes_a_month_away(office, procedure, role):
    enter(office, row(procedure, JAN, received=3))

    with pytest.raises(DomainError):
        actions.remove_month(
            office.agency, JAN, by=office.people[role], at=ENTERED, reason="x"
        )

    assert OpeningTotal.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(office, procedure):
    enter(office, row(procedure, JAN, received=3))
    seen = fingerprint(office.agency, [JAN])
    enter(office, row(procedure, JAN, received=4), moment=at(JULY), reason="Nhầm")

    with pytest.raises(Conflict, match="Somebody else"):
        actions.enter_totals(
            office.agency,
            [row(procedure, JAN, received=5)],
            source=BOOK,
            by=office.catalogue_manager,
            at=ENTERED,
            reason="Nhầm",
            seen=seen,
        )

    assert OpeningTotal.objects.get().received == 4


def test_totals_are_seen_by_their_own_organisation(office, other_office, procedure):
    enter(office, row(procedure, JAN, received=3))
    seen = OpeningTotal.objects.visible_to

    assert seen(office.clerk).count() == 1
    assert seen(office.consolidator).count() == 1
    assert seen(office.postal_clerk).count() == 0
    assert seen(other_office.leader).count() == 0

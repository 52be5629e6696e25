"""Stopping the clock, starting it again, and promising a new date, with the verbs.

The arithmetic has its worked cases in ``tests/unit/dossiers/test_deadlines.py``.
"""

from datetime import date, timedelta

import pytest
from django.utils.translation import gettext as _

from dossiers import actions, clock
from dossiers.models import Dossier, Notice, Paper
from dossiers.statuses import Status, Step
from postal_tthc.errors import Conflict, Invalid
from procedures.models import CalendarDay, Procedure, RequiredPaper
from reports import counting
from reports.periods import parse
from tests.factories.dossiers import MONDAY, at, dossier_at, receive, take
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import everything_kept

WHY, LAW = {"reason": "Thiếu giấy tờ"}, {"legal_basis": "Luật Hộ tịch, Điều 1"}
Policy = Procedure.ClockPolicy
DUE = date(2020, 6, 15)  # of a dossier received on MONDAY


def day(written: str) -> date:
    return date.fromisoformat("-".join(reversed(written.split("/"))))


def ask(dossier: Dossier, office: Office, on: date, **more: str) -> Dossier:
    return actions.request_supplement(
        dossier, by=office.case_officer, at=at(on), **WHY, **more
    )


def promise_anew(dossier: Dossier, office: Office, on: date, new_date: date) -> Dossier:
    return actions.reappoint(
        dossier, new_date=new_date, reason="Quá tải", by=office.clerk, at=at(on)
    )


@pytest.mark.parametrize(
    ("received", "last_day", "day_after"),
    [
        pytest.param("01/06/2020", "04/06/2020", "05/06/2020", id="a plain week"),
        pytest.param("04/06/2020", "09/06/2020", "10/06/2020", id="a weekend between"),
        pytest.param("21/01/2020", "31/01/2020", "03/02/2020", id="Tết between"),
        pytest.param("31/12/2025", "07/01/2026", "08/01/2026", id="the Friday off"),
        pytest.param("09/01/2026", "13/01/2026", "14/01/2026", id="a Saturday worked"),
    ],
)
@pytest.mark.usefixtures("known_calendar_days")
def test_a_supplement_is_asked_for_within_three_working_days(
    office, received, last_day, day_after
):
    late = receive(office, on=day(received))
    before = everything_kept()

    with pytest.raises(Invalid, match=f"here by {last_day} .NĐ 61/2018"):
        ask(late, office, day(day_after))

    assert everything_kept() == before
    in_time = receive(office, on=day(received))
    assert ask(in_time, office, day(last_day)).status == Status.AWAITING_SUPPLEMENT


def test_a_special_law_allows_a_later_request(office):
    dossier = receive(office)

    ask(dossier, office, MONDAY + timedelta(days=9), **LAW)

    assert dossier.notices.get().legal_basis == LAW["legal_basis"]


def test_guidance_is_given_once_unless_a_special_law_allows_it_again(office):
    dossier = ask(receive(office), office, MONDAY)
    take(Step.SUPPLEMENTED, dossier, office, at(MONDAY))
    before = everything_kept()

    with pytest.raises(Invalid, match="guidance is given once and completely"):
        ask(dossier, office, MONDAY)

    assert everything_kept() == before
    assert ask(dossier, office, MONDAY, **LAW).status == Status.AWAITING_SUPPLEMENT
    assert dossier.notices.count() == 2


def test_a_request_that_was_taken_back_was_none(office):
    dossier = ask(receive(office), office, MONDAY)
    actions.take_back(dossier, reason="Nhầm", by=office.case_officer, at=at(MONDAY))

    ask(dossier, office, MONDAY)

    assert dossier.notices.filter(is_void=False).count() == 1


def test_a_request_is_kept_in_the_words_that_are_printed(office):
    papers = [{"name": "Sổ hộ khẩu", "form": "original", "quantity": 2}]

    dossier = actions.request_supplement(
        receive(office),
        by=office.case_officer,
        at=at(MONDAY, 10),
        papers=papers,
        answer_by=date(2020, 6, 30),
        number="12/HDHS",
        **WHY,
    )

    notice = dossier.notices.get()
    assert (notice.kind, notice.by) == (Notice.Kind.SUPPLEMENT, office.case_officer)
    assert (notice.reason, notice.papers) == ("Thiếu giấy tờ", papers)
    assert (notice.answer_by, notice.number) == (date(2020, 6, 30), "12/HDHS")
    assert (notice.issued_at, notice.was_due_on) == (at(MONDAY, 10), DUE)


@pytest.mark.parametrize(
    ("policy", "unit", "time", "due_on"),
    [
        # Received 13/01/2020, asked 16/01 and answered 30/01, with Tết between.
        (Policy.RESTART, "working_days", 10, "13/02/2020"),
        (Policy.PAUSE, "working_days", 10, "10/02/2020"),
        (Policy.RESTART, "calendar_days", 15, "14/02/2020"),
        (Policy.PAUSE, "calendar_days", 15, "13/02/2020"),
    ],
)
def test_a_complete_supplement_starts_the_clock_by_the_policy_of_its_procedure(
    office, policy, unit, time, due_on
):
    procedure = make_procedure(
        office, clock_policy=policy, time_unit=unit, processing_time=time
    )
    dossier = ask(
        receive(office, procedure, on=day("13/01/2020")), office, day("16/01/2020")
    )
    # What the catalogue says later does not touch what has been received.
    Procedure.objects.update(clock_policy=Policy.PAUSE, processing_time=99)

    dossier = take(Step.SUPPLEMENTED, dossier, office, at(day("30/01/2020")))

    assert dossier.due_on == day(due_on)
    assert dossier.clock_started_on == day("13/01/2020")
    assert dossier.clock_stopped_on is None


@pytest.mark.parametrize("policy", Policy)
def test_after_a_payment_every_clock_goes_on(office, policy):
    procedure = make_procedure(office, clock_policy=policy)
    dossier = dossier_at(Status.AWAITING_PAYMENT, office, procedure=procedure)
    assert (dossier.due_on, dossier.clock_stopped_on) == (DUE, date(2020, 6, 3))

    dossier = take(Step.PAID, dossier, office, at(date(2020, 6, 8)))

    assert dossier.due_on == date(2020, 6, 18)  # 4, 5 and 8 June did not count


def test_papers_that_come_with_a_supplement_are_at_the_desk(office):
    dossier = ask(receive(office), office, MONDAY)
    new = Paper(name="Sổ hộ khẩu", form=RequiredPaper.Form.ORIGINAL)

    actions.receive_supplement(dossier, by=office.clerk, at=at(MONDAY), papers=[new])

    lines = dossier.papers.values_list("position", "name", "held_by")
    assert list(lines) == [
        (1, "Bằng tốt nghiệp", office.desk.pk),
        (2, "Sổ hộ khẩu", office.desk.pk),
    ]


def test_an_apology_is_given_at_least_a_day_before_the_due_date(office):
    too_late, in_time = receive(office), receive(office)
    new_date = DUE + timedelta(days=3)
    before = everything_kept()

    with pytest.raises(
        Invalid, match="at least one day before the due date, 15/06/2020"
    ):
        promise_anew(too_late, office, DUE, new_date)

    assert everything_kept() == before
    dossier = promise_anew(in_time, office, DUE - timedelta(days=1), new_date)
    assert (dossier.reappointed_to, dossier.due_on) == (new_date, DUE)
    notice = dossier.notices.get()
    assert (notice.kind, notice.new_date) == (Notice.Kind.APOLOGY, new_date)
    assert notice.was_due_on == DUE


@pytest.mark.parametrize(
    ("new_date", "sentence"),
    [
        (DUE, "must be after the due date, 15/06/2020"),
        (MONDAY, "must be after the due date, 15/06/2020"),
        (date(2020, 6, 20), "20/06/2020 is not a working day"),
        (date(2020, 9, 2), "02/09/2020 is not a working day"),
    ],
)
def test_a_new_date_is_a_later_working_day(office, new_date, sentence):
    dossier = receive(office)
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        promise_anew(dossier, office, MONDAY, new_date)

    assert everything_kept() == before


def test_a_new_date_is_promised_once(office):
    dossier = promise_anew(receive(office), office, MONDAY, date(2020, 6, 18))
    before = everything_kept()

    with pytest.raises(Conflict, match="given a new date before; the law allows one"):
        promise_anew(dossier, office, MONDAY, date(2020, 6, 19))

    assert everything_kept() == before


@pytest.mark.parametrize(
    ("resumed_on", "stands"),
    [
        pytest.param(date(2020, 6, 2), True, id="before the date promised"),
        pytest.param(date(2020, 6, 9), False, id="beyond it"),
    ],
)
def test_a_new_date_that_the_clock_overtakes_is_none(office, resumed_on, stands):
    dossier = promise_anew(receive(office), office, MONDAY, date(2020, 6, 18))
    ask(dossier, office, MONDAY)

    dossier = take(Step.SUPPLEMENTED, dossier, office, at(resumed_on))

    assert (dossier.reappointed_to is not None) is stands
    with pytest.raises(Conflict, match="the law allows one"):
        promise_anew(dossier, office, resumed_on, date(2020, 12, 31))


def test_what_is_late_stays_late_however_well_it_was_apologised_for(office):
    """A new date does not move the due date (NĐ 61/2018/NĐ-CP, Điều 19 khoản 9)."""
    dossier = dossier_at(Status.PROCESSING, office)
    promise_anew(dossier, office, MONDAY + timedelta(days=1), date(2020, 6, 18))
    take(Step.RESULT_READY, dossier, office, at(date(2020, 6, 17)))

    counts = counting.count(
        office.agency, parse("2020"), today=date(2020, 12, 31)
    ).counts

    assert (counts.overdue, counts.on_time, counts.early) == (1, 0, 0)


def intervals(dossier: Dossier) -> list[tuple]:
    """Start, due date and end of each, as days of June 2020."""
    return [(x.start, x.due_on, x.end) for x in clock.intervals(dossier)]


def test_the_clock_of_what_has_not_come_has_no_interval(office):
    for status in (Status.REGISTERED, Status.ANNOUNCED):
        assert clock.intervals(dossier_at(status, office)) == []


def test_every_interval_is_told_with_its_rule_and_its_end(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)  # asked on 3 June
    take(Step.SUPPLEMENTED, dossier, office, at(date(2020, 6, 5)))
    take(Step.PROCESSING, dossier, office, at(date(2020, 6, 8)))
    take(Step.PAYMENT_REQUESTED, dossier, office, at(date(2020, 6, 9)))
    take(Step.PAID, dossier, office, at(date(2020, 6, 11)))
    dossier = take(Step.RESULT_READY, dossier, office, at(date(2020, 6, 12)))

    first, second, third = clock.intervals(dossier)

    assert intervals(dossier) == [
        (MONDAY, DUE, date(2020, 6, 3)),
        (date(2020, 6, 5), date(2020, 6, 19), date(2020, 6, 9)),
        (date(2020, 6, 11), date(2020, 6, 23), date(2020, 6, 12)),
    ]
    assert [first.rule, second.rule, third.rule] == [
        clock.AT_THE_COUNTER,
        clock.RESTARTED,
        clock.PAID,
    ]
    assert first.ended_by == _("stopped: a supplement was asked for")
    assert second.ended_by == _("stopped: a payment was asked for")
    assert third.ended_by == _("ended: the agency finished")


@pytest.mark.parametrize("end", [Step.WITHDRAWN, Step.DISCONTINUED])
def test_what_ends_while_the_clock_stands_still_does_not_make_it_run_on(office, end):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)

    dossier = take(end, dossier, office, at(date(2020, 6, 30)))

    assert intervals(dossier) == [(MONDAY, DUE, date(2020, 6, 3))]


def test_a_step_taken_back_leaves_no_trace_in_the_intervals(office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)
    take(Step.SUPPLEMENTED, dossier, office, at(date(2020, 6, 5)))
    for _n in range(2):
        how = {"by": office.leader, "at": at(date(2020, 6, 8))}
        dossier = actions.take_back(dossier, reason="Nhầm", **how)

    assert intervals(dossier) == [(MONDAY, DUE, None)]
    assert (dossier.due_on, dossier.clock_stopped_on) == (DUE, None)


@pytest.mark.usefixtures("known_calendar_days")
def test_an_interval_names_the_holidays_and_make_up_days_on_its_way(office):
    dossier = receive(office, on=day("31/12/2025"))

    [interval] = clock.intervals(dossier)

    assert dict(interval.exceptions).keys() == {
        day("01/01/2026"),
        day("02/01/2026"),
        day("10/01/2026"),
    }
    assert interval.due_on == dossier.due_on == day("15/01/2026")


@pytest.mark.parametrize(
    ("policy", "shut", "hold"),
    [
        pytest.param(Policy.PAUSE, "12/06/2020", [False, False], id="in the first"),
        pytest.param(Policy.PAUSE, "08/06/2020", [False, False], id="as it stood"),
        pytest.param(Policy.PAUSE, "18/06/2020", [True, False], id="in the second"),
        pytest.param(Policy.PAUSE, "30/06/2020", [True, True], id="after both"),
        pytest.param(
            Policy.RESTART, "08/06/2020", [False, True], id="before a restart"
        ),
        pytest.param(Policy.RESTART, "24/06/2020", [True, False], id="after a restart"),
    ],
)
def test_a_promise_is_explained_by_the_calendar_that_made_it_or_not_at_all(
    office, policy, shut, hold
):
    procedure = make_procedure(office, clock_policy=policy)
    dossier = ask(receive(office, procedure), office, date(2020, 6, 4))
    dossier = take(Step.SUPPLEMENTED, dossier, office, at(date(2020, 6, 11)))
    promised = [DUE, date(2020, 6, 22 if policy == Policy.PAUSE else 25)]

    CalendarDay.objects.create(
        day=day(shut), is_day_off=True, reason="Bão", document="Công văn số 1"
    )

    found = clock.intervals(dossier)
    assert [x.due_on for x in found] == promised
    assert [x.still_holds for x in found] == hold
    assert "Bão" not in str([x.exceptions for x in found])

"""The way of a report: who may take which step, and from where; two tables."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, DomainError, Invalid, Refused
from reports import actions, permissions
from reports.actions import Word
from reports.actions.drafting import facts_of
from reports.models import CountedDossier, Report, ReportEvent, ReportParagraph
from reports.moves import MOVES
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import (
    AUTUMN,
    HALF,
    begin,
    correct,
    report_at,
    send,
    sign,
    submit,
    withdraw,
)
from tests.integration.reports.papers.faults import everything_kept

Status, Step = Report.Status, ReportEvent.Step
NOW = at(AUTUMN + timedelta(days=2))
DAY = AUTUMN + timedelta(days=2)

Verb = Callable[[Report, Any], Any]
VERBS: dict[str, Verb] = {
    "change": lambda report, by: actions.change(
        report,
        by=by,
        at=NOW,
        seen=report.revision,
        legal_bases=(),
        **(facts_of(report) | {"signatory_name": "Người khác"}),
    ),
    "save_words": lambda report, by: actions.save_words(
        report, [Word("tasks", "Thêm.")], by=by, at=NOW, seen=report.revision
    ),
    "rewrite": lambda report, by: actions.rewrite(
        report, by=by, at=NOW, seen=report.revision, origins=["headline"]
    ),
    "discard": lambda report, by: actions.discard(report, by=by, seen=report.revision),
    "submit": lambda report, by: actions.submit(report, by=by, at=NOW),
    "take_back": lambda report, by: actions.take_back(
        report, by=by, at=NOW, note="Sửa mục II"
    ),
    "sign": lambda report, by: actions.sign(report, by=by, at=NOW),
    "send": lambda report, by: actions.send(
        report, by=by, at=NOW, number=9, dated_on=DAY
    ),
    "withdraw": lambda report, by: actions.withdraw(
        report, by=by, at=NOW, note="Sai kỳ"
    ),
    "correct": lambda report, by: actions.correct(report, by=by, at=NOW),
}
WRITERS = {Role.LEADER, Role.CATALOGUE_MANAGER}
# The consolidator writes too, but only the reports of the province.
WHO: dict[str, set[Role]] = {
    "change": WRITERS,
    "save_words": WRITERS,
    "rewrite": WRITERS,
    "discard": WRITERS,
    "submit": WRITERS,
    "take_back": WRITERS,
    "sign": {Role.LEADER},
    "send": WRITERS,
    "withdraw": {Role.LEADER},
    "correct": WRITERS,
}
WHEN: dict[str, set[Status]] = {
    "change": {Status.DRAFT},
    "save_words": {Status.DRAFT},
    "rewrite": {Status.DRAFT},
    "discard": {Status.DRAFT},
    "submit": {Status.DRAFT},
    "take_back": {Status.SUBMITTED},
    "sign": {Status.SUBMITTED},
    "send": {Status.SIGNED},
    "withdraw": {Status.SIGNED, Status.SENT},
    "correct": {Status.SIGNED, Status.SENT, Status.WITHDRAWN},
}
LEADS_TO = {
    "submit": Status.SUBMITTED,
    "take_back": Status.DRAFT,
    "sign": Status.SIGNED,
    "send": Status.SENT,
    "withdraw": Status.WITHDRAWN,
}


def expected(name: str, role: Role, status: Status) -> str:
    if role not in WHO[name]:
        return "Refused"
    return "done" if status in WHEN[name] else "Conflict"


def tried(name: str, report: Report, by: Any) -> str:
    """What a verb answers; what it did is taken back, what it left is told."""
    before = everything_kept()
    try:
        with transaction.atomic():
            VERBS[name](report, by)
            done = everything_kept() != before
            transaction.set_rollback(True)
    except DomainError as error:
        answer = type(error).__name__ if len(str(error)) > 20 else "no sentence"
        return answer if everything_kept() == before else f"{answer}, and left rows"
    return "done" if done else "nothing was written"


def test_the_tables_know_every_verb():
    begun = {"start", "Word"}

    assert set(VERBS) == set(actions.__all__) - begun == set(WHO) == set(WHEN)


@pytest.mark.parametrize("status", Status)
def test_every_step_is_for_some_roles_in_some_statuses(office, status):
    make_procedure(office)
    report = report_at(status, office)
    # Of this status, but without a newer version in the way.
    assert report.status == status

    answers = {
        (name, role): tried(name, report, office.people[role])
        for name in VERBS
        for role in Role
    }

    assert answers == {
        (name, role): expected(name, role, status) for name in VERBS for role in Role
    }


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", [Role.LEADER, Role.CATALOGUE_MANAGER, Role.CLERK])
def test_what_is_offered_is_what_is_allowed(office, status, role):
    make_procedure(office)
    report, person = report_at(status, office), office.people[role]

    offered = {step for step in MOVES if permissions.can_move(person, report, step)}

    verb_of = {move.to: step for step, move in MOVES.items()}
    assert offered == {
        verb_of[to]
        for name, to in LEADS_TO.items()
        if expected(name, role, status) == "done"
    }
    assert permissions.can_edit(person, report) == (
        expected("change", role, status) == "done"
    )
    assert permissions.can_correct(person, report) == (
        expected("correct", role, status) == "done"
    )


@pytest.mark.parametrize("status", Status)
def test_people_of_another_organisation_take_no_step(office, other_office, status):
    make_procedure(office)
    report = report_at(status, office)

    answers = {
        (name, role): tried(name, report, other_office.people[role])
        for name in VERBS
        for role in (*WRITERS, Role.CONSOLIDATOR)
    }

    assert set(answers.values()) == {"Refused"}


@pytest.mark.parametrize("role", Role)
def test_who_may_begin_a_report(office, role):
    facts = {"periods": [HALF], "abstract": "Kết quả", "head_office": "Giám đốc"}
    before = everything_kept()

    def start(organisation):
        return actions.start(organisation, by=office.people[role], at=NOW, **facts)

    if role in WRITERS:
        assert start(office.agency).status == Status.DRAFT
        return
    with pytest.raises(Refused):
        start(office.agency)
    assert everything_kept() == before


def test_the_consolidator_writes_the_report_of_the_province(office):
    make_procedure(office)
    facts = {"periods": [HALF], "abstract": "Kết quả", "head_office": "UBND"}

    report = actions.start(office.province, by=office.consolidator, at=NOW, **facts)

    assert report.paragraphs.exists()
    with pytest.raises(Refused, match="own people"):
        actions.start(office.agency, by=office.consolidator, at=NOW, **facts)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "at least one period"),
        ([f"2020-{n:02}" for n in range(1, 8)], "at most six"),
        (["2020-Q5"], "không phải là kỳ báo cáo"),
        (["2020-02-30..2020-03-01"], "không phải là một ngày có thật"),
    ],
)
def test_periods_that_make_no_report_are_refused(office, words, sentence):
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        actions.start(
            office.agency,
            by=office.leader,
            at=NOW,
            periods=words,
            abstract="Kết quả",
            head_office="Giám đốc",
        )
    assert everything_kept() == before


def test_periods_are_put_in_order_each_once(office):
    report = begin(office, "2020-9M", "2019", " 2019 ", "2020-H1")

    assert report.periods == ["2019", "2020-H1", "2020-9M"]


def test_every_step_is_written_down_and_counts_the_changes(office):
    make_procedure(office)
    report = send(sign(begin(office), office), office)
    withdraw(report, office)

    events = report.events.values_list("step", "by__role")
    assert list(events) == [
        ("started", Role.CATALOGUE_MANAGER),
        ("submitted", Role.CATALOGUE_MANAGER),
        ("signed", Role.LEADER),
        ("sent", Role.CATALOGUE_MANAGER),
        ("withdrawn", Role.LEADER),
    ]
    assert report.events.last().note == "Sai kỳ"
    report.refresh_from_db()
    assert report.revision == 5


def test_a_step_is_judged_by_the_report_as_it_is_now(office):
    make_procedure(office)
    seen_before = begin(office)
    submit(seen_before, office)

    with pytest.raises(Conflict, match="Submitted for signature"):
        actions.submit(seen_before, by=office.leader, at=NOW)


def test_what_was_seen_before_a_change_is_not_written_over(office):
    report = begin(office)
    VERBS["change"](report, office.leader)
    before = everything_kept()

    for name in ("change", "save_words", "rewrite", "discard"):
        with pytest.raises(Conflict, match="Somebody else"):
            VERBS[name](report, office.catalogue_manager)
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"sent_to": ""}, "Kính gửi"),
        ({"recipients": " \n- \n"}, "Nơi nhận"),
        ({"abstract": "Kết quả 23/212 hồ sơ (chiếm 10,08%)"}, "10,85"),
    ],
)
def test_a_draft_with_an_error_is_not_submitted(office, facts, sentence):
    make_procedure(office)
    report = begin(office, **facts)
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        submit(report, office)
    assert everything_kept() == before


def test_a_period_that_has_not_begun_is_not_submitted(office):
    make_procedure(office)
    report = begin(office, "2021")

    with pytest.raises(Invalid, match="năm 2021 has not begun"):
        submit(report, office)


def test_a_submitted_draft_that_went_wrong_meanwhile_is_not_signed(office):
    make_procedure(office)
    report = submit(begin(office), office)
    Report.objects.filter(pk=report.pk).update(sent_to="")
    before = everything_kept()

    with pytest.raises(Invalid, match="Kính gửi"):
        actions.sign(report, by=office.leader, at=NOW)
    assert everything_kept() == before


def signed_on(office: Office, day: date) -> Report:
    make_procedure(office)
    return sign(begin(office, on=day), office, on=day)


@pytest.mark.parametrize(
    ("dated_on", "sentence"),
    [
        (AUTUMN - timedelta(days=1), "signed on 05/10/2020"),
        (AUTUMN + timedelta(days=3), "in the future"),
        (AUTUMN, None),
        (AUTUMN + timedelta(days=1), None),
        (DAY, None),
    ],
)
def test_it_is_dated_after_the_signature_and_not_in_the_future(
    office, dated_on, sentence
):
    report = signed_on(office, AUTUMN)
    before = everything_kept()

    def act():
        return actions.send(
            report, by=office.leader, at=NOW, number=7, dated_on=dated_on
        )

    if sentence:
        with pytest.raises(Invalid, match=sentence):
            act()
        assert everything_kept() == before
    else:
        assert (act().number, report.status) == (7, Status.SIGNED)


def test_days_are_those_of_vietnam(office):
    """Signed at half past midnight: in Greenwich it is still the day before."""
    make_procedure(office)
    night = at(AUTUMN, 0) + timedelta(minutes=30)
    report = submit(begin(office, on=AUTUMN), office)
    report = actions.sign(report, by=office.leader, at=night)

    with pytest.raises(Invalid, match="signed on 05/10/2020"):
        send(report, office, on=AUTUMN - timedelta(days=1))
    assert send(report, office, on=AUTUMN).dated_on == AUTUMN


def test_a_number_is_used_once_a_year(office):
    first, second = signed_on(office, AUTUMN), signed_on(office, AUTUMN)
    send(first, office, 5)
    before = everything_kept()

    with pytest.raises(Conflict, match="Number 05 of 2020 is taken"):
        send(second, office, 5)
    assert everything_kept() == before
    assert send(second, office, 6).number == 6


def test_a_number_may_come_again_in_another_year_and_organisation(office, other_office):
    send(signed_on(office, AUTUMN), office, 5)
    send(signed_on(other_office, AUTUMN), other_office, 5)
    later = date(2021, 1, 4)
    send(signed_on(office, later), office, 5, on=later)

    assert Report.objects.filter(number=5).count() == 3


@pytest.mark.parametrize("note", ["", "  \n "])
def test_a_report_is_withdrawn_with_a_reason(office, note):
    report = signed_on(office, AUTUMN)
    before = everything_kept()

    with pytest.raises(Invalid, match="Say why"):
        actions.withdraw(report, by=office.leader, at=NOW, note=note)
    assert everything_kept() == before


def test_a_signed_report_has_one_new_version_at_a_time(office):
    report = signed_on(office, AUTUMN)
    version = correct(report, office)

    with pytest.raises(Conflict, match="begun already"):
        correct(report, office)
    assert (version.version, version.replaces) == (2, report)

    actions.discard(version, by=office.leader, seen=version.revision)
    assert correct(report, office).version == 2


def test_a_new_version_takes_over_facts_and_own_words(office):
    report = begin(office, sent_to="Văn phòng UBND", authority="KT.")
    report = actions.save_words(
        report,
        [
            Word("tasks", "Việc riêng của Sở."),
            Word("tasks", "Tự sửa.", key="inform"),
            Word("closing", "", key="closing"),
        ],
        by=office.leader,
        at=NOW,
        seen=report.revision,
    )
    version = correct(sign(report, office), office)

    assert facts_of(version) == facts_of(report)
    texts = {x.text: (x.is_edited, x.is_dropped) for x in version.paragraphs.all()}
    assert texts["Việc riêng của Sở."] == (True, False)
    assert texts["Tự sửa."] == (True, False)
    assert version.paragraphs.get(origin="closing").is_dropped
    note = version.events.get().note
    assert note == "Corrects version 1."


def test_a_signed_version_puts_the_one_before_aside(office):
    report = send(signed_on(office, AUTUMN), office, 5)
    second = sign(correct(report, office), office)

    report.refresh_from_db()
    assert report.status == Status.REPLACED
    assert (report.number, report.dated_on) == (5, AUTUMN)
    assert report.events.last().note == "Version 2 was signed."
    assert sign(correct(second, office), office).version == 3


def test_a_version_signed_over_a_withdrawn_one_leaves_it_withdrawn(office):
    report = withdraw(signed_on(office, AUTUMN), office)
    sign(correct(report, office), office)

    report.refresh_from_db()
    assert report.status == Status.WITHDRAWN
    assert report.events.last().step == Step.REPLACED


def test_a_draft_that_is_thrown_away_leaves_nothing(office):
    receive(office, on=date(2020, 6, 1))
    report = begin(office)

    actions.discard(report, by=office.leader, seen=report.revision)

    assert not Report.objects.exists()
    assert not ReportEvent.objects.exists()
    assert not ReportParagraph.objects.exists()
    assert not CountedDossier.objects.exists()


def test_a_draft_is_not_signed_by_a_writer_who_is_no_leader(office):
    make_procedure(office)
    report = submit(begin(office), office)

    with pytest.raises(Refused, match="Catalogue manager"):
        actions.sign(report, by=office.catalogue_manager, at=NOW)
    report.refresh_from_db()
    assert not report.is_frozen

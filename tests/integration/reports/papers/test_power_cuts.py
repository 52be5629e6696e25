"""The power goes off after any write of a verb of reports: nothing of it is left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from procedures.models import Decision
from reports import actions, defaults
from reports.actions import Word
from reports.actions.drafting import facts_of
from reports.models import Report
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.reports import AUTUMN, HALF, begin, correct, sign, submit
from tests.integration.reports.papers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
    written,
)

NOW = at(AUTUMN, 16)


def ready_to_start(office: Office) -> Office:
    return office


def bases() -> list[Decision]:
    return list(Decision.objects.order_by("pk"))


def drafted(office: Office) -> Report:
    return begin(office, legal_bases=bases())


def submitted(office: Office) -> Report:
    return submit(drafted(office), office)


def signed(office: Office) -> Report:
    return sign(drafted(office), office)


def second_version(office: Office) -> Report:
    return submit(correct(signed(office), office), office)


@dataclass(frozen=True)
class Case:
    """What the verb acts on, what it does, which tables it writes."""

    ready: Callable[[Office], Any]
    act: Callable[[Any, Office], object]
    tables: set[str]


LOGGED = {"Report", "ReportEvent"}
CASES: dict[str, Case] = {
    "start": Case(
        ready_to_start,
        lambda office, _office: actions.start(
            office.agency,
            by=office.leader,
            at=NOW,
            legal_bases=bases(),
            **defaults.facts(office.agency, [HALF]),
        ),
        {*LOGGED, "ReportParagraph", "Report_legal_bases"},
    ),
    "change": Case(
        drafted,
        lambda report, office: actions.change(
            report,
            by=office.leader,
            at=NOW,
            seen=report.revision,
            legal_bases=(),
            **(facts_of(report) | {"periods": ["2020-Q2", "2020-Q1"]}),
        ),
        {*LOGGED, "ReportParagraph", "Report_legal_bases"},
    ),
    "save_words": Case(
        drafted,
        lambda report, office: actions.save_words(
            report,
            [
                Word("tasks", "Việc mới."),
                Word("tasks", "Sửa lại.", key="inform"),
                Word("results", "", key="legs"),
            ],
            by=office.leader,
            at=NOW,
            seen=report.revision,
        ),
        {*LOGGED, "ReportParagraph"},
    ),
    "rewrite": Case(
        drafted,
        lambda report, office: actions.rewrite(
            report, by=office.leader, at=NOW, seen=report.revision, origins=["legs"]
        ),
        {*LOGGED, "ReportParagraph"},
    ),
    "discard": Case(
        drafted,
        lambda report, office: actions.discard(
            report, by=office.leader, seen=report.revision
        ),
        {*LOGGED, "ReportParagraph", "Report_legal_bases"},
    ),
    "submit": Case(
        drafted,
        lambda report, office: actions.submit(report, by=office.leader, at=NOW),
        LOGGED,
    ),
    "take_back": Case(
        submitted,
        lambda report, office: actions.take_back(report, by=office.leader, at=NOW),
        LOGGED,
    ),
    "sign": Case(
        submitted,
        lambda report, office: actions.sign(report, by=office.leader, at=NOW),
        {*LOGGED, "CountedDossier"},
    ),
    "sign a version": Case(
        second_version,
        lambda report, office: actions.sign(report, by=office.leader, at=NOW),
        {*LOGGED, "CountedDossier"},
    ),
    "send": Case(
        signed,
        lambda report, office: actions.send(
            report, by=office.leader, at=NOW, number=5, dated_on=AUTUMN
        ),
        LOGGED,
    ),
    "withdraw": Case(
        signed,
        lambda report, office: actions.withdraw(
            report, by=office.leader, at=NOW, note="Sai"
        ),
        LOGGED,
    ),
    "correct": Case(
        signed,
        lambda report, office: actions.correct(report, by=office.leader, at=NOW),
        {*LOGGED, "ReportParagraph", "Report_legal_bases"},
    ),
}


@pytest.fixture
def work(office: Office) -> Office:
    receive(office, on=date(2020, 6, 1))
    Decision.objects.create(
        number="45/2016/QĐ-TTg",
        issued_on=date(2016, 10, 19),
        issuer="Thủ tướng Chính phủ",
        title="về việc tiếp nhận hồ sơ",
        effective_from=date(2016, 12, 16),
    )
    return office


@pytest.mark.parametrize("name", CASES)
def test_a_power_cut_after_any_write_leaves_nothing_behind(work, name):
    case = CASES[name]
    ready = case.ready(work)
    before = everything_kept()

    writes = writes_that_leave_nothing_behind(lambda: case.act(ready, work))

    assert written(before) == case.tables
    assert writes >= len(case.tables)


def test_no_verb_is_left_untried():
    assert {name.split()[0] for name in CASES} == set(actions.__all__) - {"Word"}


@pytest.mark.parametrize("part", ["snapshots.fingerprint", "adjusting.remember"])
def test_a_part_of_the_signature_that_fails_leaves_nothing(work, part, monkeypatch):
    report = submitted(work)
    before = everything_kept()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError(part)

    monkeypatch.setattr(f"reports.actions.signing.{part}", fail)
    with pytest.raises(RuntimeError, match=part):
        actions.sign(report, by=work.leader, at=NOW)

    assert everything_kept() == before

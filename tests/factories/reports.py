"""Reports, brought to where a test needs them by the real verbs."""

from datetime import date, datetime, timedelta
from typing import Any

from reports import actions, defaults
from reports.models import Report
from tests.factories.dossiers import at
from tests.factories.offices import Office

Status = Report.Status
AUTUMN = date(2020, 10, 5)
HALF = "2020-H1"


def begin(
    office: Office, *words: str, on: date = AUTUMN, legal_bases: Any = (), **facts: Any
) -> Report:
    """A draft over these periods, as the page begins it."""
    known = defaults.facts(office.agency, list(words) or [HALF])
    return actions.start(
        office.agency,
        by=office.catalogue_manager,
        at=at(on),
        legal_bases=legal_bases,
        **(known | facts),
    )


def submit(report: Report, office: Office, *, on: date = AUTUMN) -> Report:
    """The writer hands it to the leader."""
    return actions.submit(report, by=office.catalogue_manager, at=at(on, 10))


def sign(
    report: Report, office: Office, *, on: date = AUTUMN, moment: datetime | None = None
) -> Report:
    """Submitted, and signed by the leader."""
    report = submit(report, office, on=on)
    return actions.sign(report, by=office.leader, at=moment or at(on, 11))


def send(
    report: Report, office: Office, number: int = 5, *, on: date = AUTUMN
) -> Report:
    """With its number, on the day itself."""
    by = office.catalogue_manager
    return actions.send(report, by=by, at=at(on, 14), number=number, dated_on=on)


def withdraw(report: Report, office: Office, *, on: date = AUTUMN) -> Report:
    """By the leader, with a reason."""
    return actions.withdraw(report, by=office.leader, at=at(on, 15), note="Sai kỳ")


def correct(report: Report, office: Office, *, on: date = AUTUMN) -> Report:
    """The next version, a draft."""
    return actions.correct(report, by=office.catalogue_manager, at=at(on, 15))


def report_at(status: Report.Status, office: Office, *words: str) -> Report:
    """A report that has come to a status by the shortest way."""
    report = begin(office, *words)
    if status == Status.DRAFT:
        return report
    if status == Status.SUBMITTED:
        return submit(report, office)
    report = sign(report, office)
    if status == Status.SENT:
        return send(report, office)
    if status == Status.WITHDRAWN:
        return withdraw(report, office)
    if status == Status.REPLACED:
        day = AUTUMN + timedelta(days=1)
        sign(correct(report, office, on=day), office, on=day)
        report.refresh_from_db()
    return report

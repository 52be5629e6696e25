"""From submission to sending: a signature freezes figures and words."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from reports import adjusting, periods, snapshots
from reports.actions.drafting import write_paragraphs
from reports.actions.stepping import begin, lock, log
from reports.assembling import Assembly
from reports.checking import check
from reports.models import Report, ReportEvent

Step, Status = ReportEvent.Step, Report.Status


@transaction.atomic
def submit(report: Report, *, by: User, at: datetime) -> Report:
    """Hand the draft to who signs, when the check finds no error.

    Raises ``Refused``, ``Conflict``, or ``Invalid`` with the number of errors.
    """
    report = begin(report, Step.SUBMITTED, by=by)
    assembly = Assembly(report, timezone.localdate(at))
    write_paragraphs(assembly)
    _check_clean(assembly)
    log(report, Step.SUBMITTED, by=by, at=at)
    return report


@transaction.atomic
def take_back(report: Report, *, by: User, at: datetime, note: str = "") -> Report:
    """Make it a draft again, with what is to be changed. Raises as ``submit``."""
    report = begin(report, Step.TAKEN_BACK, by=by)
    log(report, Step.TAKEN_BACK, by=by, at=at, note=note)
    return report


@transaction.atomic
def sign(report: Report, *, by: User, at: datetime) -> Report:
    """Freeze figures and words under a content hash, and remember what was counted.

    A version that replaces another one puts it aside. Raises as ``submit``.
    """
    report = begin(report, Step.SIGNED, by=by)
    # One count for the check and for what is frozen.
    assembly = Assembly(report, timezone.localdate(at))
    _check_clean(assembly)
    snapshot = assembly.snapshot()
    report.frozen = snapshots.freeze(snapshot)
    report.content_hash = snapshots.fingerprint(report.frozen)
    report.signed_at = at
    log(report, Step.SIGNED, by=by, at=at)
    _remember(report, snapshot)
    if report.replaces:
        _replace(lock(report.replaces), by=by, at=at, version=report.version)
    return report


def _check_clean(assembly: Assembly) -> None:
    errors = [x for x in check(assembly) if x.is_error]
    if errors:
        raise Invalid(
            ngettext(
                "The check found %(n)d error, to be mended first: %(first)s",
                "The check found %(n)d errors, to be mended first. The first: %(first)s",
                len(errors),
            )
            % {"n": len(errors), "first": errors[0].explanation}
        )


def _remember(report: Report, snapshot: snapshots.Snapshot) -> None:
    """Keep the dossiers behind its own periods and behind those it adjusts.

    Raises ``Conflict`` when they are others than those just counted.
    """
    days = {x.period.word: (x.period.start, x.as_of) for x in snapshot.report.periods}
    for line in snapshot.adjustments:
        if line.period not in days:
            earlier = Report.objects.get(pk=line.report)
            first = periods.parse(line.period).start
            days[line.period] = (first, adjusting.frozen_day(earlier, line.period))
    adjusting.remember(report, list(days), days)
    if not all(adjusting.is_remembered(report, x) for x in snapshot.report.periods):
        raise Conflict(
            _("Dossiers changed while the report was being signed. Sign it once more.")
        )


def _replace(report: Report, *, by: User, at: datetime, version: int) -> None:
    if report.status != Status.WITHDRAWN:
        report.status = Status.REPLACED
    note = _("Version %(n)d was signed.") % {"n": version}
    log(report, Step.REPLACED, by=by, at=at, note=note)


@transaction.atomic
def send(
    report: Report, *, by: User, at: datetime, number: int, dated_on: date
) -> Report:
    """Give it the number and day of the clerical office, and send it.

    A number is used once in a year (NĐ 30/2020/NĐ-CP, Điều 15). Raises ``Refused``,
    ``Conflict`` or ``Invalid``.
    """
    report = begin(report, Step.SENT, by=by)
    # Its reports take their numbers one after the other.
    Organisation.objects.select_for_update(no_key=True).get(pk=report.organisation_id)
    if dated_on < timezone.localdate(report.signed_at):
        raise Invalid(
            _("It was signed on %(day)s and cannot be dated before.")
            % {"day": f"{timezone.localdate(report.signed_at):%d/%m/%Y}"}
        )
    if dated_on > timezone.localdate(at):
        raise Invalid(_("This day is in the future."))
    taken = Report.objects.filter(
        organisation=report.organisation, number=number, number_year=dated_on.year
    )
    if taken.exists():
        raise Conflict(
            _("Number %(number)02d of %(year)d is taken by another report.")
            % {"number": number, "year": dated_on.year}
        )
    report.number, report.dated_on = number, dated_on
    report.number_year = dated_on.year
    log(report, Step.SENT, by=by, at=at)
    return report


@transaction.atomic
def withdraw(report: Report, *, by: User, at: datetime, note: str) -> Report:
    """Declare a signed report void, with the reason; its figures stay readable.

    Raises ``Refused``, ``Conflict`` or ``Invalid``.
    """
    if not note.strip():
        raise Invalid(_("Say why it is withdrawn."))
    report = begin(report, Step.WITHDRAWN, by=by)
    log(report, Step.WITHDRAWN, by=by, at=at, note=note)
    return report

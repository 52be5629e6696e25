"""Corrections: a new version, never a silent change."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import User
from reports import permissions
from reports.actions.drafting import facts_of, write_paragraphs
from reports.actions.stepping import lock
from reports.assembling import Assembly
from reports.models import Report, ReportEvent, ReportParagraph


@transaction.atomic
def correct(report: Report, *, by: User, at: datetime) -> Report:
    """Begin the next version: same facts, same own words, figures counted anew.

    What was signed stays as it is until the new version is signed; the new one says
    what it adjusts. Raises ``Refused`` or ``Conflict``.
    """
    report = lock(report)
    permissions.check_can_correct(by, report)
    version = Report.objects.create(
        organisation=report.organisation,
        created_by=by,
        created_at=at,
        version=report.version + 1,
        replaces=report,
        **facts_of(report),
    )
    version.legal_bases.set(report.legal_bases.all())
    ReportParagraph.objects.bulk_create(
        ReportParagraph(
            report=version,
            section=x.section,
            position=x.position,
            text=x.text,
            origin=x.origin,
            is_edited=x.is_edited,
            is_dropped=x.is_dropped,
        )
        for x in report.paragraphs.all()
    )
    note = _("Corrects version %(n)d.") % {"n": report.version}
    ReportEvent.objects.create(
        report=version, step=ReportEvent.Step.STARTED, by=by, at=at, note=note
    )
    write_paragraphs(Assembly(version, timezone.localdate(at)))
    return version

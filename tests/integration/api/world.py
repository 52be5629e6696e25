"""Something of everything, so that whatever a program asks finds something."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier, Handover, Incident, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import ReturnChannel, Status
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status as JobStatus
from procedures.models import Decision, Leg
from reports import actions as report_actions
from reports import defaults
from reports.actions import outreach
from reports.models import OutreachEvent, Report
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive, register
from tests.factories.handovers import begin, bring_in, scan
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import report_at
from tests.factories.totals import enter, row


def fill(office: Office) -> dict[str, list[object]]:
    """Dossiers in every status, items, minutes, incidents, a report: by address part."""
    dossiers = [dossier_at(status, office) for status in Status]
    bring_in(register(office), office, at(MONDAY, 10))
    signed = begin(office, at(MONDAY, 10))
    scan(signed, register(office), office, at(MONDAY, 10))
    actions.sign_for_desk(signed, by=office.clerk, at=at(MONDAY, 10))
    ready = dossier_at(
        Status.RESULT_READY, office, return_channel=ReturnChannel.PUBLIC_POST
    )
    going = begin(office, at(MONDAY, 12), Handover.Direction.OUT)
    scan(going, ready, office, at(MONDAY, 12))
    scan(going, envelope(70_000).number, office, at(MONDAY, 12))
    refused = dossier_at(Status.WITH_POST, office).postal_items.get(leg=Leg.RETURN)
    actions.record_attempt(
        refused, Reason.REFUSED_IT, by=office.postal_clerk, at=at(date(2020, 6, 8))
    )
    moment = at(MONDAY, 12)
    actions.withdraw(
        receive(office), by=office.clerk, at=moment, reason="Rút", gives_back=False
    )
    silent = PostalItem.objects.filter(status=ItemStatus.ACCEPTED).first()
    actions.report_incident(
        Incident.Kind.DAMAGED,
        by=office.clerk,
        at=at(MONDAY, 13),
        found_out_on=MONDAY,
        description="Rách",
        dossier=dossiers[2],
        papers=[1],
    )
    actions.open_silence_case(silent, by=office.clerk, at=at(MONDAY.replace(month=9)))
    periods = ["2020"]
    report_actions.start(
        office.agency,
        by=office.catalogue_manager,
        at=at(MONDAY, 14),
        legal_bases=[],
        **defaults.facts(office.agency, periods),
    )
    for status in (Report.Status.SUBMITTED, Report.Status.SIGNED):
        report_at(status, office)
    book = make_procedure(office, code="9.000001")
    enter(office, row(book, date(2018, 3, 1), received=3, by_post=1))
    done = OutreachEvent(
        organisation=office.agency,
        kind=OutreachEvent.Kind.BRIEFING,
        held_on=MONDAY,
        title="phổ biến Quyết định số 45/2016/QĐ-TTg",
    )
    outreach.record(done, by=office.clerk, at=at(MONDAY, 15))
    Decision.objects.create(
        kind=Decision.Kind.LETTER,
        number="15/SNV-VP",
        issued_on=MONDAY,
        issuer="Sở SNV",
        title="Về việc báo cáo",
        effective_from=MONDAY,
    )
    add_jobs(office)
    return addresses(office)


def add_jobs(office: Office) -> None:
    """One that waits, and one that is done and has a file."""
    told = {"kind": "export", "language": "vi", "asked_at": at(MONDAY)}
    who = {"organisation": office.desk, "by": office.clerk}
    Job.objects.create(title="Sổ tháng 5", total=10, **told, **who)
    done = Job(title="Sổ tháng 6", status=JobStatus.DONE, **told, **who)
    done.finished_at = done.started_at = at(MONDAY, 16)
    done.file_name = "Sổ.csv"
    done.file_until = timezone.now() + timedelta(days=1)
    done.file.save("so.csv", ContentFile("Mã\n".encode()))


def addresses(office: Office) -> dict[str, list[object]]:
    """What stands in addresses, by its name there, of one office."""
    own = Dossier.objects.of(office.agency)
    minutes = Handover.objects.filter(desk=office.desk)
    return {
        "dossiers": [x.reference for x in own.order_by("pk")],
        "items": list(pks(PostalItem.objects.carrying(own))),
        "handovers": list(pks(minutes)),
        "incidents": list(pks(Incident.objects.about(own))),
        "reports": list(pks(office.agency.reports)),
        "procedures": list(pks(office.agency.procedures)),
        "jobs": list(pks(office.desk.jobs)),
        "outreach": list(pks(office.agency.outreach_events)),
        "decisions": list(pks(Decision.objects.all())),
        "totals": [{"organisation": office.agency.symbol, "month": "2018-03"}],
    }


def pks(rows: object) -> Iterator[int]:
    """Numbers of rows, the oldest first."""
    return rows.order_by("pk").values_list("pk", flat=True)

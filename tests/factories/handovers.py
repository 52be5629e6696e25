"""Handover minutes, brought to where a test needs them by the real verbs."""

from datetime import datetime

from django.core.files.base import ContentFile

from dossiers import actions
from dossiers.models import Dossier, Handover
from tests.factories.offices import Office

Direction = Handover.Direction


def begin(
    office: Office, moment: datetime, direction: Direction = Direction.IN
) -> Handover:
    """Minutes that the clerk has begun to count."""
    return actions.open_handover(office.desk, direction, by=office.clerk, at=moment)


def scan(handover: Handover, text: object, office: Office, moment: datetime) -> str:
    """Scan something; the answer is what the scan did."""
    return actions.scan(handover, str(text), by=office.clerk, at=moment).outcome


def sign(handover: Handover, office: Office, moment: datetime) -> Handover:
    """Both sides sign, each with the own account."""
    handover = actions.sign_for_desk(handover, by=office.clerk, at=moment)
    return actions.sign_for_post(handover, by=office.postal_clerk, at=moment)


def sign_on_paper(handover: Handover, office: Office, moment: datetime) -> Handover:
    """The desk signs here, the postman on paper."""
    handover = actions.sign_for_desk(handover, by=office.clerk, at=moment)
    return actions.record_paper_signature(
        handover,
        signatory="Nguyễn Văn Bưu",
        signed_at=moment,
        scan=ContentFile(b"%PDF-1.4 signed", "bien-ban.pdf"),
        by=office.clerk,
    )


def bring_in(
    dossier: Dossier, office: Office, moment: datetime
) -> tuple[Dossier, Handover]:
    """An announced dossier comes in with minutes of its own."""
    handover = begin(office, moment)
    scan(handover, dossier, office, moment)
    handover = sign(handover, office, moment)
    dossier.refresh_from_db()
    return dossier, handover

"""What is kept about reports: the reports, the ledger, the returns of others."""

from reports.models.agency_return import AgencyReturn
from reports.models.counted_dossier import CountedDossier
from reports.models.outreach import OutreachEvent
from reports.models.report import Report, ReportEvent
from reports.models.report_paragraph import ReportParagraph

__all__ = [
    "AgencyReturn",
    "CountedDossier",
    "OutreachEvent",
    "Report",
    "ReportEvent",
    "ReportParagraph",
]

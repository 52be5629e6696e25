"""What is kept about a dossier."""

from dossiers.models.custody import CustodyEntry
from dossiers.models.dossier import Dossier
from dossiers.models.draft import Draft
from dossiers.models.exchange import (
    ColumnMapping,
    ExportTemplate,
    Gateway,
    GatewayEvent,
    ImportedRow,
    PostList,
    RegisterImport,
    WebhookDelivery,
    WebhookEndpoint,
)
from dossiers.models.handover import Handover, HandoverLine
from dossiers.models.incident import Incident
from dossiers.models.notice import Notice
from dossiers.models.number_series import NumberSeries
from dossiers.models.opening_total import OpeningTotal
from dossiers.models.papers import Paper
from dossiers.models.postal_item import PostalEvent, PostalItem

__all__ = [
    "ColumnMapping",
    "CustodyEntry",
    "Dossier",
    "Draft",
    "ExportTemplate",
    "Gateway",
    "GatewayEvent",
    "Handover",
    "HandoverLine",
    "ImportedRow",
    "Incident",
    "Notice",
    "NumberSeries",
    "OpeningTotal",
    "Paper",
    "PostList",
    "PostalEvent",
    "PostalItem",
    "RegisterImport",
    "WebhookDelivery",
    "WebhookEndpoint",
]

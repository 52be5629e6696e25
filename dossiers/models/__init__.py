"""What is kept about a dossier."""

from dossiers.models.custody import CustodyEntry
from dossiers.models.dossier import Dossier
from dossiers.models.draft import Draft
from dossiers.models.export_template import ExportTemplate
from dossiers.models.gateway import Gateway, GatewayEvent
from dossiers.models.handover import Handover, HandoverLine
from dossiers.models.incident import Incident
from dossiers.models.notice import Notice
from dossiers.models.number_series import NumberSeries
from dossiers.models.opening_total import OpeningTotal
from dossiers.models.papers import Paper
from dossiers.models.post_list import PostList
from dossiers.models.postal_item import PostalEvent, PostalItem
from dossiers.models.register_import import ColumnMapping, ImportedRow, RegisterImport
from dossiers.models.webhook import WebhookDelivery, WebhookEndpoint

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

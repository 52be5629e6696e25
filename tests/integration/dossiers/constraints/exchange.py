"""Bad rows of what comes in and goes out as files and messages, written by hand."""

from typing import Any

from dossiers.models import (
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
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.factories.offices import Office

MODELS = (
    RegisterImport,
    ImportedRow,
    ColumnMapping,
    ExportTemplate,
    Gateway,
    GatewayEvent,
    PostList,
    WebhookEndpoint,
    WebhookDelivery,
)
NOON = at(MONDAY)
BAD = [
    (RegisterImport, "import_status_is_known", {"status": "lost"}),
    (ExportTemplate, "export_format_is_known", {"file_format": "doc"}),
    (GatewayEvent, "gateway_outcome_is_known", {"outcome": "ignored"}),
    (PostList, "post_list_is_written_by_somebody", {"written_by": None}),
    (PostList, "post_list_is_matched_before_it_is_written", {"matched_at": None}),
    (WebhookDelivery, "delivery_status_is_known", {"status": "lost"}),
]
ALSO_BROKEN: dict[str, str] = {}
DOUBLES = [
    (ImportedRow, ["source", "number"], {}),
    (ColumnMapping, ["organisation", "signature"], {}),
    (ExportTemplate, ["owner", "name"], {}),
    (Gateway, ["name"], {}),
    (GatewayEvent, ["gateway", "event_id"], {}),
    (WebhookDelivery, ["event_id"], {}),
]


def make_rows(office: Office) -> dict[Any, list]:
    agency, clerk = office.agency, office.clerk
    kept = {"organisation": agency, "file": "a.xlsx", "file_name": "a", "by": clerk}
    dossier = dossier_at(Status.RECEIVED, office)
    for number, name in enumerate(("a", "b"), start=1):
        RegisterImport.objects.create(**kept, file_hash=name, at=NOON)
        ImportedRow.objects.create(
            source=RegisterImport.objects.order_by("pk")[0],
            number=number,
            dossier=dossier,
            fingerprint=name,
            is_new=True,
        )
        ColumnMapping.objects.create(organisation=agency, signature=name, mapping={})
        ExportTemplate.objects.create(name=name, organisation=agency, owner=clerk)
        Gateway.objects.create(organisation=agency, name=name, secret="s")
        GatewayEvent.objects.create(
            gateway=Gateway.objects.order_by("pk")[0],
            event_id=name,
            received_at=NOON,
            payload={},
            outcome=GatewayEvent.Outcome.UNKNOWN_ITEM,
        )
        PostList.objects.create(
            **kept,
            file_hash=name,
            at=NOON,
            matched_at=NOON,
            written_at=NOON,
            written_by=clerk,
        )
        endpoint = WebhookEndpoint.objects.create(
            organisation=agency, url=f"https://{name}.example.vn/", secret="s"
        )
        WebhookDelivery.objects.create(
            endpoint=endpoint,
            event_id=name,
            payload={},
            next_attempt_at=NOON,
            created_at=NOON,
        )
    return {model: list(model.objects.order_by("pk")) for model in MODELS}

"""Dossiers, papers, custody, items and minutes as programs read them."""

from typing import Any

from rest_framework import serializers

from dossiers.actions.correcting import CORRECTABLE
from dossiers.models import (
    CustodyEntry,
    Dossier,
    Handover,
    HandoverLine,
    Incident,
    Paper,
    PostalEvent,
    PostalItem,
)
from postal_tthc.rest.fields import OrganisationSerializer, ReadSerializer
from procedures.api.serializers import ProcedureRefSerializer


class DossierSerializer(ReadSerializer):
    """A dossier. ``reference`` is its code, or its provisional number before."""

    reference = serializers.CharField(read_only=True)
    version = serializers.IntegerField(
        read_only=True, help_text="Sequence of the last custody entry; also the ETag."
    )
    procedure = ProcedureRefSerializer(read_only=True)
    agency = OrganisationSerializer(read_only=True)
    desk = OrganisationSerializer(read_only=True)

    class Meta:
        model = Dossier
        fields = (
            "reference",
            "code",
            "version",
            "status",
            "procedure",
            "agency",
            "desk",
            "sets",
            "intake_channel",
            *CORRECTABLE,
            "received_at",
            "book_line",
            "clock_started_on",
            "processing_time",
            "time_unit",
            "clock_policy",
            "due_on",
            "clock_stopped_on",
            "reappointed_to",
            "finished_on",
            "returned_on",
            "closed_on",
            "closing_reason",
        )
        read_only_fields = fields


class PaperSerializer(ReadSerializer):
    """A paper: who holds it now, or how it left."""

    held_by = OrganisationSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Paper
        fields = (
            "position",
            "name",
            "form",
            "quantity",
            "sheets",
            "held_by",
            "outcome",
        )
        read_only_fields = fields


class CustodySerializer(ReadSerializer):
    """An entry of the log, sealed to the one before it."""

    by = serializers.CharField(source="by.full_name", read_only=True)
    held_by = OrganisationSerializer(read_only=True, allow_null=True)
    item = serializers.IntegerField(source="item_id", read_only=True, allow_null=True)
    handover = serializers.IntegerField(
        source="handover_id", read_only=True, allow_null=True
    )

    class Meta:
        model = CustodyEntry
        fields = (
            "sequence",
            "step",
            "status",
            "at",
            "by",
            "held_by",
            "item",
            "handover",
            "note",
            "recorded_at",
            "previous_seal",
            "seal",
        )
        read_only_fields = fields


class EventSerializer(ReadSerializer):
    """A piece of news about an item; what was voided counts no more."""

    class Meta:
        model = PostalEvent
        fields = ("status", "reason", "at", "place", "note", "is_void", "recorded_at")
        read_only_fields = fields


class ItemSerializer(ReadSerializer):
    """An envelope on one leg. ``dossiers`` are those that the asker may see."""

    post_office = OrganisationSerializer(read_only=True, allow_null=True)
    dossiers = serializers.SerializerMethodField()

    class Meta:
        model = PostalItem
        fields = (
            "id",
            "number",
            "leg",
            "dossiers",
            "post_office",
            "status",
            "service",
            "route",
            "recipient_name",
            "recipient_phone",
            "recipient_address",
            "posted_on",
            "expected_on",
            "news_due_on",
            "delivered_on",
            "delivered_to",
            "proof_of_posting",
            "seal_number",
            "opened_seal_number",
            "postage_dong",
            "payer",
            "collect_dong",
            "recovers",
            "remitted_on",
        )
        read_only_fields = fields

    def get_dossiers(self, item: PostalItem) -> list[str]:
        """References of the dossiers inside."""
        return [x.reference for x in item.dossiers.all()]


class ItemDetailSerializer(ItemSerializer):
    """The same, with its news in their order."""

    events = EventSerializer(many=True, read_only=True)

    class Meta(ItemSerializer.Meta):
        fields = (*ItemSerializer.Meta.fields, "events")
        read_only_fields = fields


class HandoverLineSerializer(ReadSerializer):
    """A line of minutes."""

    dossier = serializers.CharField(
        source="dossier.reference", read_only=True, allow_null=True, default=None
    )
    item = serializers.IntegerField(source="item_id", read_only=True, allow_null=True)
    cancels = serializers.IntegerField(
        source="cancels.position", read_only=True, allow_null=True, default=None
    )
    kept = serializers.ListField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = HandoverLine
        fields = (
            "position",
            "kind",
            "dossier",
            "item",
            "scanned",
            "item_number",
            "originals",
            "certified_copies",
            "copies",
            "is_complete",
            "seal_number",
            "fees_dong",
            "postage_dong",
            "recovers",
            "kept",
            "note",
            "set_aside",
            "cancels",
        )
        read_only_fields = fields


class HandoverSerializer(ReadSerializer):
    """Handover minutes, without their lines."""

    code = serializers.CharField(read_only=True)
    desk = OrganisationSerializer(read_only=True)
    post_office = OrganisationSerializer(read_only=True)
    desk_signatory = serializers.SerializerMethodField()

    class Meta:
        model = Handover
        fields = (
            "id",
            "code",
            "direction",
            "status",
            "desk",
            "post_office",
            "opened_at",
            "day",
            "number",
            "desk_signatory",
            "desk_signed_at",
            "post_signatory",
            "signed_at",
            "note",
        )
        read_only_fields = fields

    def get_desk_signatory(self, handover: Handover) -> str:
        """Who signed for the desk; empty while nobody has."""
        return str(handover.desk_signed_by or "")


class HandoverDetailSerializer(HandoverSerializer):
    """The minutes with their lines."""

    lines = HandoverLineSerializer(many=True, read_only=True)

    class Meta(HandoverSerializer.Meta):
        fields = (*HandoverSerializer.Meta.fields, "lines")
        read_only_fields = fields


class IncidentSerializer(ReadSerializer):
    """An incident, from its discovery to its end."""

    dossier = serializers.SerializerMethodField()
    item = serializers.IntegerField(source="item_id", read_only=True, allow_null=True)
    reissue_done = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Incident
        fields = (
            "id",
            "kind",
            "dossier",
            "item",
            "found_out_on",
            "description",
            "liable",
            "liability_basis",
            "complained_on",
            "answer_due_on",
            "answered_on",
            "answer",
            "compensation_due_dong",
            "compensation_paid_dong",
            "compensation_paid_on",
            "reissue_done",
            "outcome",
            "resolved_on",
            "resolution",
            "opened_at",
        )
        read_only_fields = fields

    def get_dossier(self, incident: Incident) -> str | None:
        """The reference of its dossier; null when it is about a whole item."""
        return incident.dossier.reference if incident.dossier else None


class ScannedSerializer(serializers.Serializer):
    """What a scan did."""

    outcome = serializers.ChoiceField(
        choices=["added", "envelope", "double", "unknown", "wrong"]
    )
    sentence = serializers.CharField()
    lines = HandoverLineSerializer(many=True)


def version_of(dossier: Dossier) -> int:
    """The sequence of the last custody entry."""
    told: Any = dossier.custody.order_by("-sequence").values_list("sequence", flat=True)
    return told[0]

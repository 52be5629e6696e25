"""The catalogue as programs read it."""

from rest_framework import serializers

from postal_tthc.rest.fields import OrganisationSerializer, ReadSerializer
from procedures.models import (
    CalendarDay,
    Decision,
    PostalEligibility,
    Procedure,
    RequiredPaper,
    TransitNorm,
)


class ProcedureRefSerializer(ReadSerializer):
    """A procedure, as others name it."""

    class Meta:
        model = Procedure
        fields = ("id", "code", "name")
        read_only_fields = fields


class RequiredPaperSerializer(ReadSerializer):
    """A paper that the procedure asks for."""

    class Meta:
        model = RequiredPaper
        fields = ("position", "name", "form", "quantity")
        read_only_fields = fields


class EligibilitySerializer(ReadSerializer):
    """What was decided about a leg, from a day to a day."""

    class Meta:
        model = PostalEligibility
        fields = ("leg", "is_eligible", "reason", "valid_from", "valid_to")
        read_only_fields = fields


class DecisionSerializer(ReadSerializer):
    """The decision that published it."""

    class Meta:
        model = Decision
        fields = ("id", "citation")
        read_only_fields = fields

    citation = serializers.CharField(read_only=True)


class DecisionDetailSerializer(DecisionSerializer):
    """A document of the legal-basis register."""

    publishes_catalogue_of = OrganisationSerializer(read_only=True, allow_null=True)
    replaced_by = serializers.IntegerField(
        source="replaced_by_id", read_only=True, allow_null=True
    )

    class Meta(DecisionSerializer.Meta):
        fields = (
            *DecisionSerializer.Meta.fields,
            "kind",
            "number",
            "issued_on",
            "issuer",
            "title",
            "effective_from",
            "effective_to",
            "replaced_by",
            "publishes_catalogue_of",
        )
        read_only_fields = fields


class CalendarDaySerializer(ReadSerializer):
    """A day off, or a make-up working day, with its document."""

    class Meta:
        model = CalendarDay
        fields = ("day", "is_day_off", "reason", "document")
        read_only_fields = fields


class TransitNormSerializer(ReadSerializer):
    """How many working days the post has on a route, from a day to a day."""

    class Meta:
        model = TransitNorm
        fields = (
            "route",
            "days",
            "days_with_appointment",
            "valid_from",
            "valid_to",
            "source",
            "note",
        )
        read_only_fields = fields


class ProcedureSerializer(ReadSerializer):
    """A version of a procedure, with the days on which it holds."""

    agency = OrganisationSerializer(read_only=True)
    field = serializers.CharField(source="field.name", read_only=True)
    eligibilities = EligibilitySerializer(many=True, read_only=True)

    class Meta:
        model = Procedure
        fields = (
            "id",
            "code",
            "name",
            "field",
            "agency",
            "processing_time",
            "time_unit",
            "clock_policy",
            "fee_dong",
            "fee_note",
            "in_force_from",
            "in_force_to",
            "note",
            "eligibilities",
        )
        read_only_fields = fields


class ProcedureDetailSerializer(ProcedureSerializer):
    """The same, with its papers and its decision."""

    required_papers = RequiredPaperSerializer(many=True, read_only=True)
    decision = DecisionSerializer(read_only=True, allow_null=True)

    class Meta(ProcedureSerializer.Meta):
        fields = (*ProcedureSerializer.Meta.fields, "required_papers", "decision")
        read_only_fields = fields

"""Figures and reports as programs read them; the names are the command's."""

from typing import Any

from rest_framework import serializers

from postal_tthc.rest.fields import OrganisationSerializer, ReadSerializer
from reports.figures_json import BALANCE, OF_A_LEG
from reports.models import Report, ReportEvent

Count = serializers.IntegerField


class RatioSerializer(serializers.Serializer):
    """Two counts and their share in percent, as a decimal string; null of nothing."""

    numerator = Count()
    denominator = Count()
    percent = serializers.CharField(allow_null=True)


class LineSerializer(serializers.Serializer):
    """Dossiers of a group, and how many went by post."""

    received = Count()
    by_post = Count()
    percent = serializers.CharField(allow_null=True)


class ProcedureLineSerializer(LineSerializer):
    """Of one procedure."""

    code = serializers.CharField()
    name = serializers.CharField()


class FieldLineSerializer(LineSerializer):
    """Of one field."""

    name = serializers.CharField()


class CountedPeriodSerializer(serializers.Serializer):
    """From when to when, and until when there is something to count."""

    def get_fields(self) -> dict[str, Any]:
        """«from» is a word of the language, so it cannot be written as a name."""
        day = serializers.DateField
        return {
            "from": day(),
            "to": day(),
            "as_of": day(),
            "is_over": serializers.BooleanField(),
        }


class MonthSerializer(LineSerializer):
    """Of one month, beside the year before."""

    year_before = LineSerializer()

    def get_fields(self) -> dict[str, Any]:
        """With its days."""
        days = {"from": serializers.DateField(), "to": serializers.DateField()}
        return days | super().get_fields()


class BalanceSerializer(serializers.Serializer):
    """Carried over + received = finished + outstanding."""

    def get_fields(self) -> dict[str, Any]:
        """The table's own names."""
        return {name: Count() for name in BALANCE}


def _pairs() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ListField(child=Count(), min_length=2, max_length=2)
    )


class LegSerializer(serializers.Serializer):
    """Items of a leg; days are working days, money is đồng."""

    def get_fields(self) -> dict[str, Any]:
        """The table's own names, the shares and the histograms."""
        known = {x: Count(allow_null=x in MAY_BE_UNKNOWN) for x in OF_A_LEG}
        return known | {
            "within_norm": RatioSerializer(),
            "days": _pairs(),
            "norms": _pairs(),
        }


MAY_BE_UNKNOWN = frozenset({"median", "p80", "p90", "postage_mean"})


class PostSerializer(serializers.Serializer):
    """What the post did, and what went wrong."""

    intake = LegSerializer()
    both = LegSerializer()
    incidents = serializers.DictField(child=Count())
    complaints = Count()
    answered_late = Count()
    compensation_due_dong = Count()
    compensation_paid_dong = Count()

    def get_fields(self) -> dict[str, Any]:
        """«return» is a word of the language, so it cannot be written as a name."""
        return super().get_fields() | {"return": LegSerializer()}


class FiguresSerializer(serializers.Serializer):
    """The figures of an organisation in a period."""

    organisation = serializers.CharField()
    symbol = serializers.CharField()
    period = CountedPeriodSerializer()
    received = Count()
    by_post = RatioSerializer()
    intake_by_post = RatioSerializer()
    return_by_post = RatioSerializer()
    both_legs_by_post = Count()
    online = Count()
    on_time = RatioSerializer()
    procedures = RatioSerializer()
    balance = BalanceSerializer()
    by_procedure = ProcedureLineSerializer(many=True)
    by_field = FieldLineSerializer(many=True)
    by_month = MonthSerializer(many=True)
    post = PostSerializer()
    refusals = serializers.DictField(child=Count())


class ReportSerializer(ReadSerializer):
    """A report: what it answers, what it covers, who signs it."""

    organisation = OrganisationSerializer(read_only=True)
    periods = serializers.ListField(child=serializers.CharField(), read_only=True)
    replaces = serializers.IntegerField(
        source="replaces_id", read_only=True, allow_null=True
    )
    signed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    content_hash = serializers.CharField(
        read_only=True,
        help_text="SHA-256 of what is frozen; empty before it is signed.",
    )

    request_letter = serializers.IntegerField(
        source="request_letter_id", read_only=True, allow_null=True
    )
    legal_bases = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    revision = serializers.IntegerField(
        read_only=True, help_text="Counts the changes; also the ETag."
    )

    class Meta:
        model = Report
        fields = (
            "id",
            "organisation",
            "kind",
            "periods",
            "abstract",
            "request_letter",
            "legal_bases",
            "sent_to",
            "recipients",
            "authority",
            "head_office",
            "signatory_office",
            "status",
            "revision",
            "version",
            "replaces",
            "number",
            "dated_on",
            "signatory_name",
            "signed_at",
            "content_hash",
            "created_at",
        )
        read_only_fields = fields


class ReportEventSerializer(ReadSerializer):
    """What happened to a report: by whom, when, and why."""

    by = serializers.CharField(source="by.full_name", read_only=True)

    class Meta:
        model = ReportEvent
        fields = ("step", "at", "by", "note")
        read_only_fields = fields


class FrozenSerializer(serializers.Serializer):
    """What is frozen of a signed report; of a draft, as it would be frozen now."""

    content_hash = serializers.CharField(allow_blank=True)
    content = serializers.DictField()

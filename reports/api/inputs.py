"""What programs send about reports: the facts of the page, and its steps."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from postal_tthc.rest.fields import (
    DayField,
    LinesField,
    Strict,
    TidyCharField,
    TidyModelSerializer,
)
from procedures.models import Decision
from reports import periods
from reports.actions.drafting import LONGEST_TEXT, MOST_PERIODS
from reports.models import Report
from reports.narrative.sections import SECTIONS

LONGEST_PERIOD = 40
MOST_PARAGRAPHS = 200
MOST_BASES = 50


class PeriodField(TidyCharField):
    """A period in the words that ``figures_read`` names."""

    def to_internal_value(self, data: Any) -> str:
        """Only one that exists; its own sentence says what to write."""
        word = super().to_internal_value(data)
        try:
            return periods.parse(word).word
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class ReportChangeInput(Strict, TidyModelSerializer):
    """Facts of a draft; what is left out stays."""

    periods = serializers.ListField(
        child=PeriodField(max_length=LONGEST_PERIOD),
        min_length=1,
        max_length=MOST_PERIODS,
        required=False,
    )
    request_letter = serializers.PrimaryKeyRelatedField(
        queryset=Decision.objects.filter(kind=Decision.Kind.LETTER),
        required=False,
        allow_null=True,
        help_text="The number of a decision of the kind «letter».",
    )
    legal_bases = serializers.PrimaryKeyRelatedField(
        queryset=Decision.objects.all(), many=True, required=False
    )
    sent_to = LinesField(max_length=2000, required=False, allow_blank=True)
    recipients = LinesField(max_length=2000, required=False, allow_blank=True)

    class Meta:
        model = Report
        fields = (
            "periods",
            "kind",
            "abstract",
            "request_letter",
            "legal_bases",
            "sent_to",
            "recipients",
            "authority",
            "head_office",
            "signatory_office",
            "signatory_name",
        )
        extra_kwargs = {
            name: {"required": False}
            for name in ("abstract", "head_office", "signatory_name", "kind")
        }

    def validate_legal_bases(self, bases: list[Decision]) -> list[Decision]:
        """As many as a report can cite."""
        if len(bases) > MOST_BASES:
            raise serializers.ValidationError(
                _("At most %(n)d documents.") % {"n": MOST_BASES}
            )
        return bases


class ReportStartInput(ReportChangeInput):
    """A new report. What is left out is as in the last one, or as the house is."""

    periods = serializers.ListField(
        child=PeriodField(max_length=LONGEST_PERIOD),
        min_length=1,
        max_length=MOST_PERIODS,
    )


class NothingInput(Strict, serializers.Serializer):
    """Nothing is sent."""


class ReportTakeBackInput(Strict, serializers.Serializer):
    """What is to be changed."""

    note = TidyCharField(max_length=500)


class ReportWithdrawInput(Strict, serializers.Serializer):
    """Why it is void."""

    note = TidyCharField(max_length=500)


class ReportSendInput(Strict, serializers.Serializer):
    """The number and the day that the clerical office gives."""

    number = serializers.IntegerField(min_value=1, max_value=99_999)
    dated_on = DayField()


class ParagraphInput(Strict, serializers.Serializer):
    """A paragraph as it is left; ``key`` is empty for a new one."""

    key = TidyCharField(max_length=40, default="", allow_blank=True)
    section = serializers.ChoiceField(choices=list(SECTIONS))
    text = serializers.CharField(
        max_length=LONGEST_TEXT,
        allow_blank=True,
        trim_whitespace=False,
        help_text="Figures are references such as {2019:received}.",
    )
    is_dropped = serializers.BooleanField(default=False)


class WordsInput(Strict, serializers.Serializer):
    """The paragraphs in their order; those left out stay where they were."""

    paragraphs = ParagraphInput(many=True, max_length=MOST_PARAGRAPHS)


class RewriteInput(Strict, serializers.Serializer):
    """Keys of edited paragraphs whose own words are given up."""

    origins = serializers.ListField(
        child=TidyCharField(max_length=40), default=list, max_length=MOST_PARAGRAPHS
    )

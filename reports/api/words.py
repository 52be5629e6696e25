"""Routes of the words of a report: read them, keep them, have them written anew."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from postal_tthc.rest import etags
from postal_tthc.rest.fields import ReadSerializer
from postal_tthc.rest.once import once
from postal_tthc.rest.schema import NO_CHANGE
from reports import actions, permissions
from reports.actions import Word
from reports.api import inputs
from reports.api.papers import TAG, found, locked, told
from reports.assembling import Assembly, merged
from reports.models import Report, ReportParagraph
from reports.references import ref


class ParagraphSerializer(ReadSerializer):
    """A paragraph; figures in it are references."""

    key = serializers.CharField(read_only=True)

    class Meta:
        model = ReportParagraph
        fields = ("key", "section", "text", "is_edited", "is_dropped")
        read_only_fields = fields


class WordsSerializer(serializers.Serializer):
    """The paragraphs in their order, and what their references may stand for."""

    paragraphs = ParagraphSerializer(many=True)
    references = serializers.DictField(child=serializers.CharField(allow_blank=True))


def document(report: Report) -> dict[str, Any]:
    """The words as they would be printed today; of a signed one as they were kept."""
    assembly = Assembly(report, timezone.localdate())
    kept: Iterable[ReportParagraph] = report.paragraphs.all()
    if not report.is_frozen:
        kept = merged(kept, assembly.written)
    resolver = assembly.resolver()
    references = {
        ref(word, name): value.text
        for word, values in resolver.values.items()
        for name, value in values.items()
    }
    references |= {ref("doc", x): y.full for x, y in resolver.documents.items()}
    return WordsSerializer({"paragraphs": kept, "references": references}).data


def answer(request: Request, pk: int) -> Response:
    """The words as they stand now, with the revision of the report."""
    report = found(request, pk)
    return etags.told(request, document(report), version=report.revision)


class Words(APIView):
    """The words of a report."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="reports_words",
        responses={200: WordsSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Every paragraph, and the references on offer; the ETag is the revision."""
        return answer(request, pk)

    @extend_schema(
        tags=TAG,
        operation_id="reports_save_words",
        request=inputs.WordsInput,
        responses={200: WordsSerializer},
    )
    @transaction.atomic
    def put(self, request: Request, pk: int) -> Response:
        """Keep the paragraphs of a draft in the order given; with If-Match."""
        permissions.check_can_edit(request.user, found(request, pk))
        report = locked(request, pk, is_demanded=True)
        given = told(inputs.WordsInput, request)
        words = [Word(**x) for x in given["paragraphs"]]
        actions.save_words(
            report, words, by=request.user, at=timezone.now(), seen=report.revision
        )
        return answer(request, pk)


class Rewrite(APIView):
    """Written anew from the figures."""

    is_versioned = demands_version = True

    @extend_schema(
        tags=TAG,
        operation_id="reports_rewrite",
        request=inputs.RewriteInput,
        responses={200: WordsSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Write the paragraphs anew; edited ones only if named. With If-Match."""
        return once(request, lambda: self._rewrite(request, pk))

    def _rewrite(self, request: Request, pk: int) -> Response:
        permissions.check_can_edit(request.user, found(request, pk))
        report = locked(request, pk, is_demanded=True)
        given = told(inputs.RewriteInput, request)
        actions.rewrite(
            report, by=request.user, at=timezone.now(), seen=report.revision, **given
        )
        return answer(request, pk)

"""Routes of the outreach ledger: what was done so that people know of the post."""

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from postal_tthc.rest import etags
from postal_tthc.rest.fields import (
    OrganisationSerializer,
    ReadSerializer,
    Strict,
    TidyCharField,
    TidyModelSerializer,
)
from postal_tthc.rest.once import once
from postal_tthc.rest.schema import NO_CHANGE
from reports import permissions
from reports.actions import outreach
from reports.api.papers import told
from reports.models import OutreachEvent

TAG = ["Outreach"]


class OutreachSerializer(ReadSerializer):
    """A line of the ledger; a void one says why and is not counted."""

    organisation = OrganisationSerializer(read_only=True)
    document = serializers.IntegerField(
        source="document_id", read_only=True, allow_null=True
    )

    class Meta:
        model = OutreachEvent
        fields = ("id", "organisation", *outreach.WRITTEN, "void_reason", "entered_at")
        read_only_fields = fields


class OutreachInput(Strict, TidyModelSerializer):
    """What was done, as it shall stand in the report."""

    class Meta:
        model = OutreachEvent
        fields = outreach.WRITTEN


class VoidInput(Strict, serializers.Serializer):
    """Why the line is void."""

    reason = TidyCharField(max_length=300)


class LedgerFilter(django_filters.FilterSet):
    """As on the page: an organisation, a year, a kind."""

    organisation = django_filters.CharFilter(
        field_name="organisation__symbol", max_length=20
    )
    year = django_filters.NumberFilter(
        field_name="held_on__year", min_value=2000, max_value=2099
    )
    kind = django_filters.ChoiceFilter(choices=OutreachEvent.Kind.choices)

    class Meta:
        model = OutreachEvent
        fields: list[str] = []


def visible(request: Request) -> QuerySet[OutreachEvent]:
    """The lines whose figures the asker may read. Raises ``Refused``."""
    readable = permissions.readable(request.user)
    lines = OutreachEvent.objects.filter(organisation__in=readable)
    return lines.select_related("organisation")


def answer(request: Request, pk: int, status: int = 200) -> Response:
    """The line as it stands now, with its version."""
    line = get_object_or_404(visible(request), pk=pk)
    return etags.told(request, OutreachSerializer(line).data, status=status)


class Ledger(ListAPIView):
    """The outreach ledger."""

    serializer_class = OutreachSerializer
    filterset_class = LedgerFilter
    queryset = OutreachEvent.objects.none()

    def get_queryset(self) -> QuerySet[OutreachEvent]:
        """Of the own organisation and those below it."""
        return visible(self.request)

    @extend_schema(tags=TAG, operation_id="outreach_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The ledger, those entered last first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=TAG,
        operation_id="outreach_record",
        request=OutreachInput,
        responses={201: OutreachSerializer},
    )
    def post(self, request: Request) -> Response:
        """Write down what was done, in the ledger of the own organisation."""
        return once(request, lambda: self._record(request))

    def _record(self, request: Request) -> Response:
        organisation = permissions.readable(request.user)[0]
        outreach.check_can_keep_ledger(request.user, organisation)
        line = OutreachEvent(organisation=organisation, **told(OutreachInput, request))
        outreach.record(line, by=request.user, at=timezone.now())
        return answer(request, line.pk, 201)


class LedgerLine(APIView):
    """One line."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="outreach_read",
        responses={200: OutreachSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int) -> Response:
        """One line; its ETag is its version."""
        return answer(request, pk)

    @extend_schema(
        tags=TAG,
        operation_id="outreach_correct",
        request=OutreachInput,
        responses={200: OutreachSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        """Mend what was typed wrong; with If-Match."""
        line = get_object_or_404(visible(request), pk=pk)
        outreach.check_can_keep_ledger(request.user, line.organisation)
        OutreachEvent.objects.select_for_update().get(pk=pk)
        line.refresh_from_db()
        now = etags.fingerprint(OutreachSerializer(line).data)
        etags.demand_version(request, now)
        given = told(OutreachInput, request, instance=line, partial=True)
        outreach.correct(line, given, by=request.user, at=timezone.now())
        return answer(request, pk)


class VoidLine(APIView):
    """Entered by mistake."""

    @extend_schema(
        tags=TAG,
        operation_id="outreach_void",
        request=VoidInput,
        responses={200: OutreachSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Say that a line was entered by mistake: it stays, and is not counted."""
        return once(request, lambda: self._void(request, pk))

    def _void(self, request: Request, pk: int) -> Response:
        line = get_object_or_404(visible(request), pk=pk)
        outreach.check_can_keep_ledger(request.user, line.organisation)
        outreach.void(line, by=request.user, **told(VoidInput, request))
        return answer(request, pk)

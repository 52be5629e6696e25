"""Routes of opening totals: what paper books say of the years before the system."""

import re
from datetime import date
from typing import Any

import django_filters
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import actions
from dossiers.actions.opening import Source, fingerprint, total_faults
from dossiers.models import OpeningTotal
from dossiers.models.opening_total import NUMBERS
from dossiers.opening_permissions import check_can_enter_totals
from dossiers.opening_rules import FIRST_YEAR, LARGEST
from postal_tthc.accounts.models import Organisation
from postal_tthc.rest import etags
from postal_tthc.rest.fields import (
    OrganisationSerializer,
    ReadSerializer,
    Strict,
    TidyCharField,
)
from postal_tthc.rest.once import once
from postal_tthc.rest.schema import NO_CHANGE
from procedures.models import Decision
from reports import permissions, totals_book
from reports.api.papers import told
from reports.periods import LAST_YEAR

TAG = ["Opening totals"]
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
MOST_ROWS = 1000


class TotalSerializer(ReadSerializer):
    """The numbers of a procedure in a month, and where they stand."""

    organisation = OrganisationSerializer(read_only=True)
    procedure = serializers.CharField(source="procedure.code", read_only=True)
    document = serializers.IntegerField(
        source="document_id", read_only=True, allow_null=True
    )

    class Meta:
        model = OpeningTotal
        fields = ("organisation", "procedure", "month", *NUMBERS, "source", "document")
        read_only_fields = fields


class TotalsOfMonthSerializer(serializers.Serializer):
    """A month of an agency: a row for each procedure with numbers."""

    rows = TotalSerializer(many=True)


class TotalsWrittenSerializer(serializers.Serializer):
    """How many rows were added, changed and taken away."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()


class TotalsRowInput(Strict, serializers.Serializer):
    """A procedure, by its code, and its numbers; a number left out is 0."""

    procedure = TidyCharField(max_length=40)

    def get_fields(self) -> dict[str, Any]:
        """With the numbers of a paper book."""
        number = serializers.IntegerField
        numbers = {
            x: number(min_value=0, max_value=LARGEST, default=0) for x in NUMBERS
        }
        return super().get_fields() | numbers


class TotalsOfMonthInput(Strict, serializers.Serializer):
    """All numbers of a month, and where they stand."""

    rows = TotalsRowInput(many=True, max_length=MOST_ROWS)
    source = TidyCharField(max_length=300)
    document = serializers.PrimaryKeyRelatedField(
        queryset=Decision.objects.all(), default=None, allow_null=True
    )
    reason = TidyCharField(
        max_length=300,
        default="",
        allow_blank=True,
        help_text="Why it is changed; needed when totals stand here already.",
    )


class RemoveInput(Strict, serializers.Serializer):
    """Why the month is taken away."""

    reason = TidyCharField(max_length=300)


class TotalsFilter(django_filters.FilterSet):
    """An agency, a year."""

    organisation = django_filters.CharFilter(
        field_name="organisation__symbol", max_length=20
    )
    year = django_filters.NumberFilter(
        field_name="month__year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    class Meta:
        model = OpeningTotal
        fields: list[str] = []


class Totals(ListAPIView):
    """All totals of the own agency, or of those below."""

    serializer_class = TotalSerializer
    filterset_class = TotalsFilter
    queryset = OpeningTotal.objects.none()

    def get_queryset(self) -> QuerySet[OpeningTotal]:
        """Whose figures the asker may read; a role without figures is refused."""
        return _told_of(permissions.readable(self.request.user))

    @extend_schema(tags=TAG, operation_id="totals_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Totals, those entered last first."""
        return super().get(request, *args, **kwargs)


class Month(APIView):
    """A month of an agency."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="totals_read",
        responses={200: TotalsOfMonthSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, organisation: str, month: str) -> Response:
        """The totals of a month (YYYY-MM); the ETag is their version."""
        agency, day = _asked(request, organisation, month)
        rows = _told_of([agency]).filter(month=day).order_by("procedure__code")
        document = TotalsOfMonthSerializer({"rows": rows}).data
        return etags.told(request, document, version=fingerprint(agency, [day]))

    @extend_schema(
        tags=TAG,
        operation_id="totals_enter",
        request=TotalsOfMonthInput,
        responses={200: TotalsWrittenSerializer},
    )
    @transaction.atomic
    def put(self, request: Request, organisation: str, month: str) -> Response:
        """Write a month: procedures left out have no numbers then. With If-Match."""
        agency, day = _locked(request, organisation, month)
        given = told(TotalsOfMonthInput, request)
        rows = _rows(agency, day, given["rows"])
        _refuse(rows, agency)
        written = actions.enter_totals(
            agency,
            rows,
            source=Source(given["source"], given["document"]),
            by=request.user,
            at=timezone.now(),
            reason=given["reason"],
        )
        version = fingerprint(agency, [day])
        return etags.told(
            request, TotalsWrittenSerializer(written).data, version=version
        )


class RemoveMonth(APIView):
    """A month is taken away."""

    is_versioned = demands_version = True

    @extend_schema(
        tags=TAG,
        operation_id="totals_remove",
        request=RemoveInput,
        responses={200: TotalsWrittenSerializer},
    )
    def post(self, request: Request, organisation: str, month: str) -> Response:
        """Take all totals of a month away, with the reason. With If-Match."""
        return once(request, lambda: self._remove(request, organisation, month))

    def _remove(self, request: Request, organisation: str, month: str) -> Response:
        agency, day = _locked(request, organisation, month)
        written = actions.remove_month(
            agency,
            day,
            by=request.user,
            at=timezone.now(),
            **told(RemoveInput, request),
        )
        return Response(TotalsWrittenSerializer(written).data)


def _told_of(organisations: list[Organisation]) -> QuerySet[OpeningTotal]:
    rows = OpeningTotal.objects.filter(organisation__in=organisations)
    return rows.select_related("organisation", "procedure")


def _asked(request: Request, symbol: str, month: str) -> tuple[Organisation, date]:
    """The agency and the month in the address, when they are the asker's to read."""
    readable = {x.symbol: x for x in permissions.readable(request.user)}
    found = MONTH.fullmatch(month)
    if symbol not in readable or found is None:
        raise Http404
    year = int(found[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return readable[symbol], date(year, int(found[2]), 1)


def _locked(request: Request, symbol: str, month: str) -> tuple[Organisation, date]:
    """The same to be written, as If-Match names it; others wait."""
    agency, day = _asked(request, symbol, month)
    check_can_enter_totals(request.user, agency)
    Organisation.objects.select_for_update().get(pk=agency.pk)
    etags.demand_version(request, fingerprint(agency, [day]))
    return agency, day


def _rows(
    agency: Organisation, day: date, given: list[dict[str, Any]]
) -> list[OpeningTotal]:
    """Unsaved rows: those given, and empty ones for what stands and is left out."""
    offered = {x.procedure.code: x.procedure for x in totals_book.offers(agency, day)}
    unknown = {
        f"rows.{place}.procedure": [_("This procedure belongs to another agency.")]
        for place, row in enumerate(given)
        if row["procedure"] not in offered
    }
    if unknown:
        raise serializers.ValidationError(unknown)
    told_of = {row["procedure"] for row in given}
    emptied = [x for x in totals_book.standing(agency, day) if x not in told_of]
    return [
        OpeningTotal(procedure=offered[row["procedure"]], month=day, **_numbers(row))
        for row in [*given, *({"procedure": code} for code in emptied)]
    ]


def _numbers(row: dict[str, Any]) -> dict[str, int]:
    return {name: row.get(name, 0) for name in NUMBERS}


def _refuse(rows: list[OpeningTotal], agency: Organisation) -> None:
    """Every fault at its number. Raises ``ValidationError``."""
    places = {row.procedure.code: place for place, row in enumerate(rows)}
    found: dict[str, list[str]] = {}
    for fault in total_faults(agency, rows, today=timezone.localdate()):
        field = f"rows.{places[fault.code]}.{fault.name or 'procedure'}"
        found.setdefault(field, []).append(fault.sentence)
    if found:
        raise serializers.ValidationError(found)

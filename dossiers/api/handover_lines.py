"""Routes of the lines of minutes: what was counted, undo a scan, cancel a line."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import actions, permissions
from dossiers.actions.scanning import GOES_OUT, LINE_FACTS
from dossiers.api.asking import given
from dossiers.api.handovers import TAG, visible
from dossiers.api.inputs import ItemNumberField, VerbInput
from dossiers.api.serializers import HandoverLineSerializer
from dossiers.models import Handover, HandoverLine
from postal_tthc.rest import etags
from postal_tthc.rest.fields import Strict, TidyCharField, TidyModelSerializer
from postal_tthc.rest.once import once
from postal_tthc.rest.schema import NO_CHANGE

IN_ONLY = frozenset({"is_complete"})
OUT_ONLY = frozenset({"item_number", "postage_dong", "recovers", "kept"})


class CounterLineInput(VerbInput):
    """Why a line is cancelled."""

    reason = TidyCharField(max_length=500)


class LineInput(Strict, TidyModelSerializer):
    """What was counted on a line; what is left out stays."""

    item_number = ItemNumberField(max_length=30, required=False, allow_blank=True)
    kept = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10_000),
        required=False,
        max_length=50,
    )

    class Meta:
        model = HandoverLine
        fields = LINE_FACTS

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """A line has what its direction has, and keeps papers that are with us."""
        line: HandoverLine = self.instance
        others = set(IN_ONLY if line.kind in GOES_OUT else OUT_ONLY)
        if line.kind == HandoverLine.Kind.PAPERS:
            others.add("kept")
        if stray := sorted(values.keys() & others):
            no = _("A line of this kind has no such fact.")
            raise serializers.ValidationError(dict.fromkeys(stray, no))
        if values.get("kept"):
            papers = line.dossier.papers.filter(outcome="")
            if not set(values["kept"]) <= set(
                papers.values_list("position", flat=True)
            ):
                no = _("There is no such paper here.")
                raise serializers.ValidationError({"kept": no})
        return values


def found(request: Request, pk: int, position: int) -> HandoverLine:
    """A line of minutes that the asker may see."""
    minutes = get_object_or_404(visible(request), pk=pk)
    lines = minutes.lines.select_related("handover__desk", "dossier", "cancels")
    return get_object_or_404(lines, position=position)


def told(line: HandoverLine) -> dict[str, Any]:
    """The line as it stands now."""
    return HandoverLineSerializer(line).data


class Line(APIView):
    """One line of minutes that are being counted."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="handovers_read_line",
        responses={200: HandoverLineSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int, position: int) -> Response:
        """One line; its ETag is its version."""
        return etags.told(request, told(found(request, pk, position)))

    @extend_schema(
        tags=TAG,
        operation_id="handovers_write_line",
        request=LineInput,
        responses={200: HandoverLineSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, pk: int, position: int) -> Response:
        """Write what was counted on a line; with If-Match."""
        line = self._locked(request, pk, position)
        given = LineInput(line, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        actions.write_line(line, given.validated_data, by=request.user)
        return etags.told(request, told(found(request, pk, position)))

    @extend_schema(
        tags=TAG,
        operation_id="handovers_remove_line",
        request=None,
        responses={204: None},
    )
    @transaction.atomic
    def delete(self, request: Request, pk: int, position: int) -> Response:
        """Undo a scan before anything is signed; with If-Match."""
        line = self._locked(request, pk, position)
        actions.remove_line(line.handover, position, by=request.user)
        return Response(status=204)

    def _locked(self, request: Request, pk: int, position: int) -> HandoverLine:
        """The line, and nobody else writes before the transaction ends."""
        minutes = found(request, pk, position).handover
        permissions.check_can_hand_over(request.user, minutes.desk)
        Handover.objects.select_for_update().get(pk=pk)
        line = found(request, pk, position)
        etags.demand_version(request, etags.fingerprint(told(line)))
        return line


class CancelLine(APIView):
    """A counter-line in locked minutes."""

    @extend_schema(
        tags=TAG,
        operation_id="handovers_cancel_line",
        request=CounterLineInput,
        responses={201: HandoverLineSerializer},
    )
    def post(self, request: Request, pk: int, position: int) -> Response:
        """Cancel a line of locked minutes with a counter-line; the answer is that."""
        return once(request, lambda: self._cancel(request, pk, position))

    def _cancel(self, request: Request, pk: int, position: int) -> Response:
        minutes = found(request, pk, position).handover
        permissions.check_can_cancel_line(request.user, minutes)
        why = given(CounterLineInput, request).told()
        line = actions.cancel_line(
            minutes, position, by=request.user, at=timezone.now(), **why
        )
        return Response(told(line), status=201)

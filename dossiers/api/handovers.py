"""Routes of handover minutes: begin, scan, sign, confirm."""

from collections.abc import Callable
from typing import Any, NamedTuple

import django_filters
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import actions, permissions
from dossiers.actions.scanning import LONGEST_SCAN
from dossiers.api.asking import given
from dossiers.api.inputs import VerbInput, text
from dossiers.api.serializers import (
    HandoverDetailSerializer,
    HandoverSerializer,
    ScannedSerializer,
)
from dossiers.models import Handover
from postal_tthc.rest import etags
from postal_tthc.rest.fields import MomentField, TidyCharField
from postal_tthc.rest.models import Scope
from postal_tthc.rest.once import once
from postal_tthc.rest.parsers import BoundedMultiPartParser
from postal_tthc.rest.schema import NO_CHANGE

TAG = ["Handovers"]
LARGEST_SCAN = 10 * 1024 * 1024  # bytes
SCANS = ("pdf", "jpg", "jpeg", "png")


class StartInput(VerbInput):
    """In: from the post to the desk; out: from the desk to the post."""

    direction = serializers.ChoiceField(choices=Handover.Direction.choices)


class ScanInput(VerbInput):
    """What was scanned or typed: a dossier code or an item number."""

    scanned = TidyCharField(max_length=LONGEST_SCAN)


class AbandonInput(VerbInput):
    """Why unsigned minutes are given up."""

    reason = text()


class NothingInput(VerbInput):
    """Nothing is sent."""


class PaperSignatureInput(VerbInput):
    """The post signed on paper: who, when, and the sheet itself."""

    signatory = TidyCharField(max_length=150)
    signed_at = MomentField()
    scan = serializers.FileField(
        max_length=100,
        validators=[FileExtensionValidator(SCANS)],
        help_text="PDF, JPG or PNG, at most 10 MB.",
    )

    def validate_scan(self, scan: Any) -> Any:
        """A scan of two sheets is small; anything else is another file."""
        if scan.size > LARGEST_SCAN:
            raise serializers.ValidationError(_("The file is larger than 10 MB."))
        return scan


def visible(request: Request) -> QuerySet[Handover]:
    """The minutes that the asker may see."""
    seen = Handover.objects.visible_to(request.user)
    return seen.select_related("desk", "post_office", "desk_signed_by")


def document(request: Request, pk: int) -> dict[str, Any]:
    """The minutes as they stand now, with their lines."""
    lines = "lines__dossier", "lines__cancels"
    minutes = get_object_or_404(visible(request).prefetch_related(*lines), pk=pk)
    return HandoverDetailSerializer(minutes).data


def answer(request: Request, pk: int, status: int = 200) -> Response:
    """The same, with its version."""
    return etags.told(request, document(request, pk), status=status)


def check_version(request: Request, pk: int) -> None:
    """The minutes, locked, are what If-Match names; without it nothing is asked.

    Raises ``ChangedMeanwhile``.
    """
    if request.headers.get("If-Match"):
        Handover.objects.select_for_update().get(pk=pk)
        etags.asked_version(request, etags.fingerprint(document(request, pk)))


class HandoversFilter(django_filters.FilterSet):
    """How far they are, and which way they go."""

    status = django_filters.ChoiceFilter(choices=Handover.Status.choices)
    direction = django_filters.ChoiceFilter(choices=Handover.Direction.choices)

    class Meta:
        model = Handover
        fields: list[str] = []


class Handovers(ListAPIView):
    """The minutes of the own desk, agency or post office."""

    serializer_class = HandoverSerializer
    filterset_class = HandoversFilter
    queryset = Handover.objects.none()

    def get_queryset(self) -> QuerySet[Handover]:
        """Of the own organisation."""
        return visible(self.request)

    @extend_schema(tags=TAG, operation_id="handovers_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Handover minutes, those begun last first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=TAG,
        operation_id="handovers_start",
        request=StartInput,
        responses={201: HandoverDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        """Begin the minutes of a direction, or go on with those that are open."""
        return once(request, lambda: self._start(request))

    def _start(self, request: Request) -> Response:
        permissions.check_can_receive(request.user)
        direction = given(StartInput, request).validated_data["direction"]
        minutes = actions.open_handover(
            request.user.organisation,
            Handover.Direction(direction),
            by=request.user,
            at=timezone.now(),
        )
        return answer(request, minutes.pk, 201)


class HandoverDetail(APIView):
    """Minutes with their lines."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="handovers_read",
        responses={200: HandoverDetailSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Handover minutes with their lines; the ETag is their version."""
        return answer(request, pk)


class Scan(APIView):
    """One scan."""

    @extend_schema(
        tags=TAG,
        operation_id="handovers_scan",
        request=ScanInput,
        responses={200: ScannedSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take what was scanned: a dossier code or an item number."""
        return once(request, lambda: self._scan(request, pk))

    def _scan(self, request: Request, pk: int) -> Response:
        minutes = get_object_or_404(visible(request), pk=pk)
        scanned = given(ScanInput, request).validated_data["scanned"]
        done = actions.scan(minutes, scanned, by=request.user, at=timezone.now())
        return Response(ScannedSerializer(done).data)


class Route(NamedTuple):
    """A verb of minutes: what is sent with it, whether it has a moment, for whom."""

    takes: type[VerbInput]
    verb: Callable[..., Handover]
    has_moment: bool = False
    scope: Scope = Scope.WRITE


ROUTES: dict[str, Route] = {
    "sign": Route(NothingInput, actions.sign_for_desk, True),
    "reopen": Route(NothingInput, actions.reopen),
    "abandon": Route(AbandonInput, actions.abandon),
    "confirm": Route(NothingInput, actions.sign_for_post, True, Scope.POST),
}


class HandoverVerb(APIView):
    """One verb: the same as on the page of the minutes."""

    is_versioned = True
    route: Route

    def post(self, request: Request, pk: int) -> Response:
        """Find the minutes, tell the verb."""
        return once(request, lambda: self._do(request, pk))

    def _do(self, request: Request, pk: int) -> Response:
        minutes = get_object_or_404(visible(request), pk=pk)
        told = given(self.route.takes, request).told()
        check_version(request, pk)
        if self.route.has_moment:
            told["at"] = timezone.now()
        self.route.verb(minutes, by=request.user, **told)
        return answer(request, pk)


def view_of(name: str) -> Any:
    """The view of a verb, described by the verb itself."""
    route = ROUTES[name]
    told = extend_schema(
        tags=TAG,
        operation_id=f"handovers_{name}",
        description=(route.verb.__doc__ or "").split("\n\n")[0],
        request=None if route.takes is NothingInput else route.takes,
        responses={200: HandoverDetailSerializer},
    )
    names = {"route": route, "scopes": (route.scope,)}
    made = type(f"{name.title()}Handover", (HandoverVerb,), names)
    return extend_schema_view(post=told)(made).as_view()


class OnPaper(APIView):
    """The post signed on paper."""

    is_versioned = True
    parser_classes = (BoundedMultiPartParser,)

    @extend_schema(
        tags=TAG,
        operation_id="handovers_on_paper",
        request={"multipart/form-data": PaperSignatureInput},
        responses={200: HandoverDetailSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Record the post's signature on paper, with its scan; the minutes lock."""
        return once(request, lambda: self._record(request, pk))

    def _record(self, request: Request, pk: int) -> Response:
        minutes = get_object_or_404(visible(request), pk=pk)
        permissions.check_can_hand_over(request.user, minutes.desk)
        told = given(PaperSignatureInput, request).told()
        check_version(request, pk)
        actions.record_paper_signature(minutes, by=request.user, **told)
        return answer(request, pk)

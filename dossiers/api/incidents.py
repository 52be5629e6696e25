"""Routes of incidents: report, read, follow up, resolve."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from dossiers import actions
from dossiers import postal_permissions as permissions
from dossiers.actions.delivering import lock_item
from dossiers.actions.stepping import lock
from dossiers.api import items
from dossiers.api.asking import found, given
from dossiers.api.item_inputs import (
    FollowUpInput,
    IncidentInput,
    ResolveInput,
)
from dossiers.api.serializers import IncidentSerializer
from dossiers.item_filters import IncidentFilter
from dossiers.models import Incident
from dossiers.postal_statuses import Party
from postal_tthc.rest import etags
from postal_tthc.rest.models import Scope
from postal_tthc.rest.once import once
from postal_tthc.rest.problems import Doubtful
from postal_tthc.rest.schema import NO_CHANGE

TAG = ["Incidents"]


def visible(request: Request) -> QuerySet[Incident]:
    """The incidents that the asker may see."""
    seen = Incident.objects.visible_to(request.user)
    return seen.select_related("dossier", "item")


def answer(request: Request, pk: int) -> Response:
    """The incident as it stands now, with its version."""
    incident = get_object_or_404(visible(request), pk=pk)
    return etags.told(request, IncidentSerializer(incident).data)


def check_version(request: Request, pk: int, *, is_demanded: bool = False) -> None:
    """The incident, locked, is what If-Match names.

    Raises ``ChangedMeanwhile``, or ``PreconditionRequired`` without the header.
    """
    if is_demanded or request.headers.get("If-Match"):
        incident = Incident.objects.get(pk=pk)
        # In the order in which the verbs lock, so that nobody waits for ever.
        if incident.dossier:
            lock(incident.dossier)
        else:
            lock_item(incident.item)
        Incident.objects.select_for_update().get(pk=pk)
        compare = etags.demand_version if is_demanded else etags.asked_version
        now = IncidentSerializer(visible(request).get(pk=pk)).data
        compare(request, etags.fingerprint(now))


class Incidents(ListAPIView):
    """The incidents of the own dossiers and items."""

    scopes = (Scope.WRITE, Scope.POST)
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter
    queryset = Incident.objects.none()

    def get_queryset(self) -> QuerySet[Incident]:
        """Of the own organisation."""
        return visible(self.request)

    @extend_schema(tags=TAG, operation_id="incidents_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Incidents, narrowed as on their page; those reported last come first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=TAG,
        operation_id="incidents_report",
        request=IncidentInput,
        responses={201: IncidentSerializer},
    )
    def post(self, request: Request) -> Response:
        """Report what is wrong with papers of a dossier, or with a whole item."""
        return once(request, lambda: self._report(request))

    def _report(self, request: Request) -> Response:
        told = given(IncidentInput, request).validated_data
        dossier = found(request, told["dossier"]) if told["dossier"] else None
        item = told["item"]
        if item is not None:
            item = get_object_or_404(items.visible(request), pk=item)
        permissions.check_can_report(request.user, dossier, item)
        if dossier:
            _check_papers(dossier, told)
        incident = actions.report_incident(
            Incident.Kind(told["kind"]),
            by=request.user,
            at=timezone.now(),
            found_out_on=told["found_out_on"],
            description=told["description"],
            dossier=dossier,
            item=item,
            papers=told["papers"],
            liable=Party(told["liable"]),
        )
        return Response(IncidentSerializer(incident).data, status=201)


def _check_papers(dossier: Any, told: dict[str, Any]) -> None:
    """Named papers are with us; a loss without any is asked about once."""
    with_us = dossier.papers.filter(outcome="")
    ours = set(with_us.values_list("position", flat=True))
    if not set(told["papers"]) <= ours:
        raise ValidationError({"papers": [_("There is no such paper here.")]})
    is_lost = told["kind"] == Incident.Kind.LOST and not told["papers"]
    if is_lost and ours and not told["accept_doubts"]:
        asked = _("No paper is ticked: is it the result itself that was lost?")
        raise Doubtful({"papers": [asked]})


class IncidentDetail(APIView):
    """One incident."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="incidents_read",
        responses={200: IncidentSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int) -> Response:
        """One incident, from its discovery to its end; its ETag is its version."""
        return answer(request, pk)

    @extend_schema(
        tags=TAG,
        operation_id="incidents_follow_up",
        request=FollowUpInput,
        responses={200: IncidentSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        """Who answers for it, complaint and answer, what is owed; with If-Match."""
        incident = get_object_or_404(visible(request), pk=pk)
        permissions.check_can_follow(request.user, incident)
        check_version(request, pk, is_demanded=True)
        told = FollowUpInput(incident, data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        actions.follow_up(
            incident, told.validated_data, by=request.user, at=timezone.now()
        )
        return answer(request, pk)


class Resolve(APIView):
    """The end of an incident."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="incidents_resolve",
        request=ResolveInput,
        responses={200: IncidentSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """How it ended, and who holds what was found."""
        return once(request, lambda: self._resolve(request, pk))

    def _resolve(self, request: Request, pk: int) -> Response:
        incident = get_object_or_404(visible(request), pk=pk)
        permissions.check_can_resolve(request.user, incident)
        told = given(ResolveInput, request, incident=incident).told()
        check_version(request, pk)
        actions.resolve_incident(incident, by=request.user, at=timezone.now(), **told)
        return answer(request, pk)

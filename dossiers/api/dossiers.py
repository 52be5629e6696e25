"""Routes of dossiers: the register, receiving, one dossier, its papers, its log."""

from typing import Any

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import actions, permissions
from dossiers.api.asking import answer, found, given, rows
from dossiers.api.entering import CorrectionInput, EntryInput, ExpectedInput
from dossiers.api.serializers import (
    CustodySerializer,
    DossierSerializer,
    PaperSerializer,
    version_of,
)
from dossiers.filters import TABS, DossierFilter, narrow_to_tab
from dossiers.models import CustodyEntry, Dossier, Paper
from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.roles import Ability
from postal_tthc.rest import etags
from postal_tthc.rest.models import Scope
from postal_tthc.rest.once import once
from postal_tthc.rest.paging import CursorPages
from postal_tthc.rest.schema import NO_CHANGE

TAG = ["Dossiers"]


class RegisterFilter(DossierFilter):
    """The register's own filters, and its tabs."""

    tab = django_filters.ChoiceFilter(
        method="by_tab", choices=[(name, x.label) for name, x in TABS.items()]
    )

    def by_tab(
        self, queryset: DossierQuerySet, name: str, value: str
    ) -> DossierQuerySet:
        """The dossiers of a tab, today."""
        return narrow_to_tab(queryset, value)


class Dossiers(ListAPIView):
    """The dossiers that the asker may see, those entered last first."""

    serializer_class = DossierSerializer
    filterset_class = RegisterFilter
    queryset = Dossier.objects.none()

    def get_queryset(self) -> DossierQuerySet:
        """Of the own organisation."""
        return rows(Dossier.objects.visible_to(self.request.user))

    @extend_schema(tags=TAG, operation_id="dossiers_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The register, narrowed as on its page; those entered last come first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=TAG,
        operation_id="dossiers_receive",
        request=EntryInput,
        responses={201: DossierSerializer},
    )
    def post(self, request: Request) -> Response:
        """Receive a dossier at the own counter: it gets its code and its clock."""
        permissions.check_can_receive(request.user)
        return once(request, lambda: self._receive(request))

    def _receive(self, request: Request) -> Response:
        told = given(EntryInput, request)
        told.check_doubts()
        dossier = actions.receive(
            told.draft,
            by=request.user,
            at=timezone.now(),
            papers=told.handed_in(),
            item=told.envelope(),
        )
        return answer(dossier, 201)


class ExpectedDossiers(APIView):
    """Dossiers that are on their way."""

    scopes = (Scope.WRITE, Scope.POST)

    @extend_schema(
        tags=TAG,
        operation_id="dossiers_register",
        request=ExpectedInput,
        responses={201: DossierSerializer},
    )
    def post(self, request: Request) -> Response:
        """Announce a dossier that was posted, or register one that is on its way."""
        permissions.check_ability(request.user, Ability.ANNOUNCE)
        return once(request, lambda: self._register(request))

    def _register(self, request: Request) -> Response:
        told = given(ExpectedInput, request)
        told.check_doubts()
        dossier = actions.register(
            told.draft,
            by=request.user,
            at=told.draft.received_at,
            papers=told.handed_in(),
            item=told.envelope(),
        )
        return answer(dossier, 201)


class DossierDetail(APIView):
    """One dossier."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="dossiers_read",
        responses={200: DossierSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, reference: str) -> Response:
        """One dossier, by its code or its provisional number; its ETag is its version."""
        dossier = found(request, reference)
        if etags.is_known(request, version := version_of(dossier)):
            return Response(status=304, headers={"ETag": etags.etag(version)})
        return answer(dossier)

    @extend_schema(
        tags=TAG,
        operation_id="dossiers_correct",
        request=CorrectionInput,
        responses={200: DossierSerializer},
    )
    def patch(self, request: Request, reference: str) -> Response:
        """Correct people, addresses, the way out. If-Match is required."""
        dossier = found(request, reference)
        permissions.check_can_correct(request.user, dossier)
        seen = version_of(dossier)
        etags.demand_version(request, seen)
        told = CorrectionInput(dossier, data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        told.check_doubts()
        values = dict(told.validated_data)
        values.pop("accept_doubts", None)
        return answer(
            actions.correct(
                dossier, values, by=request.user, at=timezone.now(), seen=seen
            )
        )


class InPositions(CursorPages):
    """From the first line on."""

    ordering = "position"


class InSequence(CursorPages):
    """From the first entry on."""

    ordering = "sequence"


class Papers(ListAPIView):
    """The papers of a dossier, and who holds each one."""

    serializer_class = PaperSerializer
    pagination_class = InPositions
    filter_backends = ()
    queryset = Paper.objects.none()

    def get_queryset(self) -> Any:
        """Of the dossier asked for."""
        dossier = found(self.request, self.kwargs["reference"])
        return dossier.papers.select_related("held_by")

    @extend_schema(tags=TAG, operation_id="dossiers_papers")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The papers of a dossier, line by line: who holds each, or how it left."""
        return super().get(request, *args, **kwargs)


class Custody(ListAPIView):
    """The log of a dossier."""

    serializer_class = CustodySerializer
    pagination_class = InSequence
    filter_backends = ()
    queryset = CustodyEntry.objects.none()

    def get_queryset(self) -> Any:
        """Of the dossier asked for."""
        dossier = found(self.request, self.kwargs["reference"])
        return dossier.custody.select_related("by", "held_by")

    @extend_schema(tags=TAG, operation_id="dossiers_custody")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everything that happened to a dossier, each entry sealed to the one before."""
        return super().get(request, *args, **kwargs)

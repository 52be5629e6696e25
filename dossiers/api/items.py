"""Routes of postal items: the list, one item, and every verb of its way."""

from collections.abc import Callable
from typing import Any, NamedTuple

import django_filters
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import actions
from dossiers import postal_permissions as permissions
from dossiers.actions.delivering import lock_item
from dossiers.api import item_inputs as inputs
from dossiers.api.asking import given
from dossiers.api.serializers import (
    EventSerializer,
    IncidentSerializer,
    ItemDetailSerializer,
    ItemSerializer,
)
from dossiers.item_filters import ItemFilter
from dossiers.item_numbers import tidy
from dossiers.models import Dossier, PostalEvent, PostalItem
from postal_tthc.rest import etags
from postal_tthc.rest.models import Scope
from postal_tthc.rest.once import once
from postal_tthc.rest.paging import InOrder
from postal_tthc.rest.schema import NO_CHANGE

TAG = ["Postal items"]


def visible(request: Request) -> QuerySet[PostalItem]:
    """The items that the asker may see, with the dossiers that the asker may see."""
    own = Dossier.objects.visible_to(request.user).order_by("pk")
    items = PostalItem.objects.visible_to(request.user).select_related("post_office")
    return items.prefetch_related(Prefetch("dossiers", own))


def document(request: Request, pk: int) -> dict[str, Any]:
    """The item as it stands now, with its news."""
    item = get_object_or_404(visible(request).prefetch_related("events"), pk=pk)
    return ItemDetailSerializer(item).data


def answer(request: Request, pk: int) -> Response:
    """The same, with its version."""
    return etags.told(request, document(request, pk))


def check_version(request: Request, pk: int, *, is_demanded: bool = False) -> None:
    """The item, locked, is what If-Match names.

    Raises ``ChangedMeanwhile``, or ``PreconditionRequired`` without the header.
    """
    if is_demanded or request.headers.get("If-Match"):
        lock_item(PostalItem.objects.get(pk=pk))
        compare = etags.demand_version if is_demanded else etags.asked_version
        compare(request, etags.fingerprint(document(request, pk)))


class ItemsFilter(ItemFilter):
    """As on the page, and by the number on the envelope."""

    number = django_filters.CharFilter(
        label=_("Item number"), method="by_number", max_length=60
    )

    def by_number(
        self, queryset: QuerySet[PostalItem], name: str, value: str
    ) -> QuerySet[PostalItem]:
        """The items of a number, on each leg one; dots, dashes and spaces are taken."""
        return queryset.filter(number=tidy(value))


class Items(ListAPIView):
    """The items of the own dossiers."""

    serializer_class = ItemSerializer
    filterset_class = ItemsFilter
    queryset = PostalItem.objects.none()

    def get_queryset(self) -> QuerySet[PostalItem]:
        """Of the own organisation."""
        return visible(self.request)

    @extend_schema(tags=TAG, operation_id="items_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Postal items, narrowed as on their page; those entered last come first."""
        return super().get(request, *args, **kwargs)


class ItemDetail(APIView):
    """One item."""

    is_versioned = True
    scopes = (Scope.WRITE, Scope.POST)

    @extend_schema(
        tags=TAG,
        operation_id="items_read",
        responses={200: ItemDetailSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int) -> Response:
        """One item and what the post told of it; its ETag is its version."""
        return answer(request, pk)

    @extend_schema(
        tags=TAG,
        operation_id="items_correct",
        request=inputs.FactsInput,
        responses={200: ItemDetailSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        """Correct number, postage, service, route, proof or seal; with If-Match."""
        item = get_object_or_404(visible(request), pk=pk)
        permissions.check_can_carry(request.user, item)
        check_version(request, pk, is_demanded=True)
        told = inputs.FactsInput(item, data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        told.check_doubts()
        facts = {x: y for x, y in told.validated_data.items() if x != "accept_doubts"}
        actions.correct_item(item, facts, by=request.user, at=timezone.now())
        return answer(request, pk)


class Events(ListAPIView):
    """What the post told of an item."""

    serializer_class = EventSerializer
    pagination_class = InOrder
    filter_backends = ()
    queryset = PostalEvent.objects.none()

    def get_queryset(self) -> QuerySet[PostalEvent]:
        """Of the item asked for."""
        return get_object_or_404(visible(self.request), pk=self.kwargs["pk"]).events

    @extend_schema(tags=TAG, operation_id="items_events")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everything the post told of an item, as it was recorded."""
        return super().get(request, *args, **kwargs)


class Route(NamedTuple):
    """A verb of an item: what is sent with it, and who of desk and post tells it.

    What takes news away ``demands_version``: it may not be the news one has seen.
    """

    takes: type[inputs.VerbInput]
    verb: Callable[..., Any]
    scopes: tuple[Scope, ...]
    demands_version: bool = False


ROUTES: dict[str, Route] = {
    "news": Route(inputs.NewsInput, actions.record_news, (Scope.POST,)),
    "attempt": Route(inputs.AttemptInput, actions.record_attempt, (Scope.POST,)),
    "delivered": Route(inputs.DeliveredInput, actions.deliver, (Scope.POST,)),
    "came-back": Route(inputs.CameBackInput, actions.come_back, (Scope.WRITE,)),
    "void": Route(inputs.NothingInput, actions.void_last_news, (Scope.POST,), True),
}


class ItemVerb(APIView):
    """One verb: the same as on the item's page."""

    is_versioned = True
    route: Route

    def post(self, request: Request, pk: int) -> Response:
        """Find the item, tell the verb."""
        return once(request, lambda: self._tell(request, pk))

    def _tell(self, request: Request, pk: int) -> Response:
        item = get_object_or_404(visible(request), pk=pk)
        told = given(self.route.takes, request)
        check_version(request, pk, is_demanded=self.route.demands_version)
        self.route.verb(item, by=request.user, **told.told())
        return answer(request, pk)


def view_of(name: str) -> Any:
    """The view of a verb, described by the verb itself."""
    route = ROUTES[name]
    told = extend_schema(
        tags=TAG,
        operation_id=f"items_{name.replace('-', '_')}",
        description=(route.verb.__doc__ or "").split("\n\n")[0],
        request=None if route.takes is inputs.NothingInput else route.takes,
        responses={200: ItemDetailSerializer},
    )
    names = {
        "route": route,
        "scopes": route.scopes,
        "demands_version": route.demands_version,
    }
    made = type(f"{name.title().replace('-', '')}Item", (ItemVerb,), names)
    return extend_schema_view(post=told)(made).as_view()


class OpenCase(APIView):
    """News is overdue."""

    @extend_schema(
        tags=TAG,
        operation_id="items_open_case",
        request=None,
        responses={201: IncidentSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Open a case about an item of which news is overdue."""
        return once(request, lambda: self._open(request, pk))

    def _open(self, request: Request, pk: int) -> Response:
        item = get_object_or_404(visible(request), pk=pk)
        case = actions.open_silence_case(item, by=request.user, at=timezone.now())
        return Response(IncidentSerializer(case).data, status=201)

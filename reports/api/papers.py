"""Routes of reports: their list, a new one, its facts, its steps, its content."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from postal_tthc.accounts.models import User
from postal_tthc.rest import etags
from postal_tthc.rest.once import once
from postal_tthc.rest.paging import InOrder
from postal_tthc.rest.schema import NO_CHANGE
from reports import actions, assembling, defaults, permissions
from reports.actions.drafting import facts_of, ordered
from reports.api import inputs
from reports.api.serializers import (
    FrozenSerializer,
    ReportEventSerializer,
    ReportSerializer,
)
from reports.models import Report, ReportEvent
from reports.snapshots import freeze

TAG = ["Reports"]


def visible(request: Request) -> QuerySet[Report]:
    """The reports that the asker may see. Raises ``Refused`` for a wrong role."""
    permissions.readable(request.user)
    seen = Report.objects.visible_to(request.user)
    return seen.select_related("organisation__parent").prefetch_related("legal_bases")


def found(request: Request, pk: int) -> Report:
    """One of them."""
    return get_object_or_404(visible(request), pk=pk)


def answer(request: Request, pk: int, status: int = 200) -> Response:
    """The report as it stands now, with its revision."""
    report = found(request, pk)
    document = ReportSerializer(report).data
    response = etags.told(request, document, version=report.revision, status=status)
    if status == 201:
        response["Location"] = f"/api/v1/reports/{pk}/"
    return response


def locked(request: Request, pk: int, *, is_demanded: bool = False) -> Report:
    """The report, locked, as If-Match names it.

    Raises ``ChangedMeanwhile``, or ``PreconditionRequired`` without the header.
    """
    report = found(request, pk)
    if is_demanded or request.headers.get("If-Match"):
        now = Report.objects.select_for_update(of=("self",)).get(pk=pk)
        compare = etags.demand_version if is_demanded else etags.asked_version
        compare(request, now.revision)
    return report


def told(kind: type[Serializer], request: Request, **how: Any) -> dict[str, Any]:
    """What was sent. Raises ``ValidationError``."""
    given = kind(data=request.data, **how)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class Reports(ListAPIView):
    """The reports of the own organisation and those below it."""

    serializer_class = ReportSerializer
    filter_backends = ()
    queryset = Report.objects.none()

    def get_queryset(self) -> QuerySet[Report]:
        """Of the own organisation; a role without figures is refused."""
        return visible(self.request)

    @extend_schema(tags=TAG, operation_id="reports_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Reports, those begun last first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=TAG,
        operation_id="reports_start",
        request=inputs.ReportStartInput,
        responses={201: ReportSerializer},
    )
    def post(self, request: Request) -> Response:
        """Begin a report of the own organisation; its words write themselves."""
        return once(request, lambda: self._start(request))

    def _start(self, request: Request) -> Response:
        organisation = permissions.readable(request.user)[0]
        permissions.check_can_write(request.user, organisation)
        given = told(inputs.ReportStartInput, request)
        words = ordered(given.pop("periods"))
        bases = given.pop("legal_bases", defaults.legal_bases(organisation, words))
        report = actions.start(
            organisation,
            by=request.user,
            at=timezone.now(),
            legal_bases=bases,
            **(defaults.facts(organisation, words) | given),
        )
        return answer(request, report.pk, 201)


class ReportDetail(APIView):
    """One report."""

    is_versioned = True

    @extend_schema(
        tags=TAG,
        operation_id="reports_read",
        responses={200: ReportSerializer, 304: NO_CHANGE},
    )
    def get(self, request: Request, pk: int) -> Response:
        """One report, without its content; its ETag is its revision."""
        return answer(request, pk)

    @extend_schema(
        tags=TAG,
        operation_id="reports_change",
        request=inputs.ReportChangeInput,
        responses={200: ReportSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        """Change what a draft answers, covers, rests on, who signs; with If-Match."""
        report = found(request, pk)
        permissions.check_can_edit(request.user, report)
        report = locked(request, pk, is_demanded=True)
        given = told(inputs.ReportChangeInput, request, instance=report, partial=True)
        bases = given.pop("legal_bases", report.legal_bases.all())
        facts = facts_of(report) | given
        if "periods" in given and "abstract" not in given:
            facts["abstract"] = defaults.abstract(ordered(given["periods"]))
        actions.change(
            report,
            by=request.user,
            at=timezone.now(),
            seen=report.revision,
            legal_bases=bases,
            **facts,
        )
        return answer(request, pk)

    @extend_schema(
        tags=TAG,
        operation_id="reports_discard",
        request=None,
        responses={204: None},
    )
    @transaction.atomic
    def delete(self, request: Request, pk: int) -> Response:
        """Throw a draft away; with If-Match."""
        report = found(request, pk)
        permissions.check_can_edit(request.user, report)
        report = locked(request, pk, is_demanded=True)
        actions.discard(report, by=request.user, seen=report.revision)
        return Response(status=204)


class Route(NamedTuple):
    """A step of a report: what is sent with it, and its verb."""

    takes: type[Serializer]
    verb: Callable[..., Report]
    begins_another: bool = False


ROUTES: dict[str, Route] = {
    "submit": Route(inputs.NothingInput, actions.submit),
    "take-back": Route(inputs.ReportTakeBackInput, actions.take_back),
    "sign": Route(inputs.NothingInput, actions.sign),
    "send": Route(inputs.ReportSendInput, actions.send),
    "withdraw": Route(inputs.ReportWithdrawInput, actions.withdraw),
    "correct": Route(inputs.NothingInput, actions.correct, begins_another=True),
}


class ReportStep(APIView):
    """One step: the same verb as on the page of the report."""

    is_versioned = True
    route: Route

    def post(self, request: Request, pk: int) -> Response:
        """Find the report, compare its version, do the step."""
        return once(request, lambda: self._step(request, pk))

    def _step(self, request: Request, pk: int) -> Response:
        report = found(request, pk)
        given = told(self.route.takes, request)
        report = locked(request, pk)
        by: User = request.user
        done = self.route.verb(report, by=by, at=timezone.now(), **given)
        return answer(request, done.pk, 201 if self.route.begins_another else 200)


def view_of(name: str) -> Any:
    """The view of a step, described by its verb."""
    route = ROUTES[name]
    described = extend_schema(
        tags=TAG,
        operation_id=f"reports_{name.replace('-', '_')}",
        description=(route.verb.__doc__ or "").split("\n\n")[0],
        request=None if route.takes is inputs.NothingInput else route.takes,
        responses={201 if route.begins_another else 200: ReportSerializer},
    )
    made = type(f"{name.title().replace('-', '')}Report", (ReportStep,), {})
    made.route = route
    return extend_schema_view(post=described)(made).as_view()


class Events(ListAPIView):
    """What happened to a report."""

    serializer_class = ReportEventSerializer
    pagination_class = InOrder
    filter_backends = ()
    queryset = ReportEvent.objects.none()

    def get_queryset(self) -> QuerySet[ReportEvent]:
        """Of the report asked for."""
        report = found(self.request, self.kwargs["pk"])
        return report.events.select_related("by")

    @extend_schema(tags=TAG, operation_id="reports_events")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everything that happened to a report: by whom, when, and why."""
        return super().get(request, *args, **kwargs)


class Frozen(APIView):
    """The content of a report."""

    @extend_schema(
        tags=TAG,
        operation_id="reports_content",
        responses={200: FrozenSerializer},
    )
    def get(self, request: Request, pk: int) -> Response:
        """What was frozen when it was signed, and its hash; of a draft, as of today."""
        report = found(request, pk)
        if report.is_frozen:
            content = report.frozen
        else:
            now = assembling.snapshot_of(report, today=timezone.localdate())
            content = freeze(now)
        return Response({"content_hash": report.content_hash, "content": content})

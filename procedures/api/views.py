"""Reading the catalogue: open to everybody (QĐ 45/2016/QĐ-TTg, Điều 13)."""

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView

from postal_tthc.rest.permissions import IsPublic
from postal_tthc.rest.queries import KnownQuery
from procedures.api.serializers import (
    CalendarDaySerializer,
    DecisionDetailSerializer,
    ProcedureDetailSerializer,
    ProcedureSerializer,
    TransitNormSerializer,
)
from procedures.filters import ProcedureFilter
from procedures.models import CalendarDay, Decision, Procedure, TransitNorm
from procedures.querysets import ProcedureQuerySet


class InForceFilter(ProcedureFilter):
    """As on the page: what is in force on the day asked for, today without one."""

    def filter_queryset(self, queryset: ProcedureQuerySet) -> ProcedureQuerySet:
        """Narrowed, and in force on the day."""
        return super().filter_queryset(queryset).in_force(self.day)


@extend_schema(tags=["Catalogue"])
class Procedures(ListAPIView):
    """The procedures in force on a day, the newest entered first."""

    permission_classes = (IsPublic, KnownQuery)
    serializer_class = ProcedureSerializer
    filterset_class = InForceFilter
    queryset = Procedure.objects.select_related("field", "agency").prefetch_related(
        "eligibilities"
    )


@extend_schema(tags=["Catalogue"])
class ProcedureDetail(RetrieveAPIView):
    """One version of a procedure, in force or not."""

    permission_classes = (IsPublic, KnownQuery)
    filter_backends = ()
    serializer_class = ProcedureDetailSerializer
    queryset = Procedure.objects.select_related(
        "field", "agency", "decision"
    ).prefetch_related("eligibilities", "required_papers")


@extend_schema(tags=["Catalogue"])
class Decisions(ListAPIView):
    """The legal-basis register, those entered last first."""

    permission_classes = (IsPublic, KnownQuery)
    filter_backends = ()
    serializer_class = DecisionDetailSerializer
    queryset = Decision.objects.select_related("publishes_catalogue_of")


@extend_schema(tags=["Catalogue"])
class DecisionDetail(RetrieveAPIView):
    """One document of the legal-basis register."""

    permission_classes = (IsPublic, KnownQuery)
    filter_backends = ()
    serializer_class = DecisionDetailSerializer
    queryset = Decision.objects.select_related("publishes_catalogue_of")


@extend_schema(tags=["Catalogue"])
class CalendarDays(ListAPIView):
    """Days off and make-up working days on top of the calendar."""

    permission_classes = (IsPublic, KnownQuery)
    filter_backends = ()
    serializer_class = CalendarDaySerializer
    queryset = CalendarDay.objects.all()


@extend_schema(tags=["Catalogue"])
class TransitNorms(ListAPIView):
    """How long the post has on its way (TT 17/2017/TT-BTTTT, Điều 7)."""

    permission_classes = (IsPublic, KnownQuery)
    filter_backends = ()
    serializer_class = TransitNormSerializer
    queryset = TransitNorm.objects.all()

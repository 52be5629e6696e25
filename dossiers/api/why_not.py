"""The register of refusals: how often post was offered and refused, and why."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import permissions
from dossiers.filters import DossierFilter
from dossiers.models import Dossier
from dossiers.why_not import Refusals, refusals
from postal_tthc.accounts.roles import Ability


class SpanFilter(django_filters.FilterSet):
    """The days of the page; without them everything."""

    received_from = DossierFilter.base_filters["received_from"]
    received_to = DossierFilter.base_filters["received_to"]


class ReasonsSerializer(serializers.Serializer):
    """How often each reason was given."""

    total = serializers.IntegerField()
    reasons = serializers.DictField(child=serializers.IntegerField())


class OfProcedureSerializer(ReasonsSerializer):
    """Of one procedure."""

    code = serializers.CharField()
    name = serializers.CharField()


class RefusalsSerializer(ReasonsSerializer):
    """Of all of them, and procedure by procedure, the most refused first."""

    procedures = OfProcedureSerializer(many=True)


class WhyNotPost(GenericAPIView):
    """Why the post was not taken."""

    filterset_class = SpanFilter
    pagination_class = None
    queryset = Dossier.objects.none()
    serializer_class = RefusalsSerializer

    @extend_schema(tags=["Figures"], operation_id="why_not_post_read")
    def get(self, request: Request) -> Response:
        """Refusals of the post by reason and procedure, of dossiers received then."""
        permissions.check_ability(request.user, Ability.READ_FIGURES)
        visible = Dossier.objects.visible_to(request.user)
        return Response(as_json(refusals(self.filter_queryset(visible))))


def as_json(found: Refusals) -> dict[str, object]:
    """The register as programs read it."""
    return {
        "total": found.total,
        "reasons": dict(found.totals),
        "procedures": [
            {
                "code": row.code,
                "name": row.name,
                "total": row.total,
                "reasons": dict(row.cells),
            }
            for row in found.rows
        ],
    }

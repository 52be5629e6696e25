"""The route of figures."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from dossiers.models import Dossier
from reports import counting, periods, permissions
from reports.api.serializers import (
    FiguresSerializer,
)
from reports.figures_json import as_json

PERIOD = OpenApiParameter(
    "period",
    str,
    description="YYYY, YYYY-Qn, YYYY-Hn, YYYY-9M or YYYY-MM, each with @15 for the "
    "official cut-off; YYYY-MM-DD..YYYY-MM-DD; or A1@YYYY-MM-DD for a year of the "
    "agreement. This year without it.",
)
ORGANISATION = OpenApiParameter(
    "organisation",
    str,
    description="The symbol of an organisation whose figures may be read; one's own "
    "without it.",
)
LONGEST = 60  # letters of a period or a symbol


class Figures(APIView):
    """The figures of an organisation in a period."""

    query_names = (ORGANISATION.name, PERIOD.name)

    @extend_schema(
        tags=["Figures"],
        operation_id="figures_read",
        parameters=[ORGANISATION, PERIOD],
        responses={200: FiguresSerializer},
    )
    def get(self, request: Request) -> Response:
        """Count, as on the dashboard: counts are integers, percents decimal strings."""
        symbol = request.query_params.get("organisation", "")[:LONGEST]
        organisation = permissions.chosen(request.user, symbol)
        today = timezone.localdate()
        word = request.query_params.get("period", "")[:LONGEST] or str(today.year)
        try:
            period = periods.parse(word)
        except ValueError:
            no = _("«%(word)s» is not a period.") % {"word": word}
            raise ValidationError({"period": [no]}) from None
        figures = counting.count(
            organisation,
            period,
            today=today,
            dossiers=Dossier.objects.of(organisation).visible_to(request.user),
        )
        return Response(as_json(figures))

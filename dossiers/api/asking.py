"""What every route of dossiers does: find what is asked for, read what is sent."""

from typing import Any, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api.serializers import DossierSerializer, version_of
from dossiers.models import CustodyEntry, Dossier
from postal_tthc.rest import etags

Given = TypeVar("Given", bound=serializers.BaseSerializer)


def rows(queryset: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with all that is told of them."""
    log = CustodyEntry.objects.filter(dossier=OuterRef("pk")).order_by("-sequence")
    # Not joined: without statistics SQLite would begin with the small table.
    beside = queryset.prefetch_related("procedure", "agency", "desk")
    return beside.annotate(version=Subquery(log.values("sequence")[:1]))


def found(request: Request, reference: str) -> Dossier:
    """The dossier of this code or provisional number, if the asker may see it."""
    seen = Dossier.objects.visible_to(request.user)
    known = None if "\x00" in reference else seen.referred_to(reference).first()
    if known is None:
        raise Http404
    return known


def given(kind: type[Given], request: Request, **context: Any) -> Given:
    """What was sent, as a valid serializer. Raises ``ValidationError``."""
    told = kind(data=request.data, context={"request": request, **context})
    told.is_valid(raise_exception=True)
    return told


def answer(dossier: Dossier, status: int = status.HTTP_200_OK) -> Response:
    """The dossier as it stands now, with its version."""
    row = rows(Dossier.objects.filter(pk=dossier.pk)).get()
    headers = {"ETag": etags.etag(row.version)}
    if status == 201:
        headers["Location"] = f"/api/v1/dossiers/{row.reference}/"
    return Response(DossierSerializer(row).data, status=status, headers=headers)


def check_version(request: Request, dossier: Dossier) -> None:
    """The locked dossier is what If-Match names. Raises ``ChangedMeanwhile``."""
    if request.headers.get("If-Match"):
        locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
        etags.asked_version(request, version_of(locked))

"""Routes of background work: how far it is, stop it, fetch what came out."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from postal_tthc.jobs import actions, board, permissions
from postal_tthc.jobs.models import Job
from postal_tthc.rest.fields import OrganisationSerializer, ReadSerializer
from postal_tthc.rest.models import Scope

TAG = ["Jobs"]
BYTES = "application/octet-stream"


class JobSerializer(ReadSerializer):
    """A piece of long work: how far it is, and what came out."""

    organisation = OrganisationSerializer(read_only=True, allow_null=True)
    by = serializers.CharField(source="by.full_name", read_only=True)
    is_stopping = serializers.SerializerMethodField()
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "title",
            "organisation",
            "by",
            "status",
            "done",
            "total",
            "asked_at",
            "started_at",
            "finished_at",
            "is_stopping",
            "sentence",
            "link",
            "file_name",
            "has_file",
        )
        read_only_fields = fields

    def to_representation(self, instance: Job) -> dict[str, Any]:
        """As far as it is now, also while it has the database to itself."""
        return super().to_representation(board.freshen(instance))

    def get_is_stopping(self, job: Job) -> bool:
        """Whether somebody asked it to stop, and it has not ended yet."""
        return job.is_open and job.stop_asked_at is not None

    def get_has_file(self, job: Job) -> bool:
        """Whether its file is still kept."""
        return job.has_file(timezone.now())


def visible(request: Request) -> QuerySet[Job]:
    """The jobs that the asker may see."""
    seen = Job.objects.visible_to(request.user)
    return seen.select_related("organisation__parent", "by", "stop_asked_by")


class Jobs(ListAPIView):
    """One's own jobs; of leaders and administrators, the organisation's."""

    serializer_class = JobSerializer
    filter_backends = ()
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        """Of the asker."""
        return visible(self.request)

    @extend_schema(tags=TAG, operation_id="jobs_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Background work, what was asked for last first."""
        return super().get(request, *args, **kwargs)


class JobDetail(APIView):
    """One job."""

    @extend_schema(tags=TAG, operation_id="jobs_read", responses={200: JobSerializer})
    def get(self, request: Request, pk: int) -> Response:
        """One job: its status, how much is done of how much, and its sentence."""
        return Response(JobSerializer(get_object_or_404(visible(request), pk=pk)).data)


class StopJob(APIView):
    """Asks for an end."""

    scopes = (Scope.WRITE, Scope.POST)
    # No transaction around it: the work itself may have the one writer of SQLite.
    is_once = False

    @extend_schema(
        tags=TAG,
        operation_id="jobs_stop",
        request=None,
        responses={200: JobSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Ask it to stop: at once when it waits, at its next row when it runs."""
        job = board.freshen(get_object_or_404(visible(request), pk=pk))
        actions.stop(job, by=request.user)
        return Response(JobSerializer(visible(request).get(pk=pk)).data)


class JobFile(APIView):
    """What came out."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A file is what it is; only a no is written in JSON."""
        return JSONRenderer(), JSONRenderer.media_type

    @extend_schema(
        tags=TAG,
        operation_id="jobs_file",
        responses={(200, BYTES): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: int) -> FileResponse:
        """The file that came out, for who may fetch it; its name is in the header."""
        job = get_object_or_404(visible(request), pk=pk)
        permissions.check_can_fetch(request.user, job)
        response = FileResponse(
            job.file.open("rb"),
            as_attachment=True,
            filename=job.file_name,
            content_type=BYTES,
        )
        response["Cache-Control"] = "private, no-store"
        return response

"""Every step of a dossier as a route of its own, from one table."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import actions
from dossiers.api import inputs
from dossiers.api.asking import answer, check_version, found, given
from dossiers.api.serializers import DossierSerializer, version_of
from dossiers.models import Dossier
from dossiers.statuses import Step
from postal_tthc.rest import etags
from postal_tthc.rest.once import once


class Route(NamedTuple):
    """A step: what is sent with it, and its verb."""

    takes: type[inputs.StepInput]
    verb: Callable[..., Dossier]


ROUTES: dict[Step, Route] = {
    Step.RECEIVED: Route(inputs.PapersTakenInput, actions.receive_registered),
    Step.PROCESSING: Route(inputs.StepInput, actions.start_processing),
    Step.SUPPLEMENT_REQUESTED: Route(
        inputs.SupplementRequestInput, actions.request_supplement
    ),
    Step.SUPPLEMENTED: Route(inputs.SupplementInput, actions.receive_supplement),
    Step.PAYMENT_REQUESTED: Route(inputs.ReasonInput, actions.request_payment),
    Step.PAID: Route(inputs.NoteInput, actions.record_payment),
    Step.RESULT_READY: Route(inputs.NoteInput, actions.mark_result_ready),
    Step.HANDED_TO_POST: Route(inputs.HandToPostInput, actions.hand_to_post),
    Step.RETURNED: Route(inputs.KeepsPapersInput, actions.return_result),
    Step.REAPPOINTED: Route(inputs.ReappointInput, actions.reappoint),
    Step.REFUSED: Route(inputs.NoticeInput, actions.refuse),
    Step.WITHDRAWN: Route(inputs.EndInput, actions.withdraw),
    Step.DISCONTINUED: Route(inputs.NoticeInput, actions.discontinue),
    Step.PAPERS_MOVED: Route(inputs.StepInput, actions.give_papers_back),
}


class DossierStep(APIView):
    """One step: the same verb as on the page."""

    is_versioned = True
    route: Route

    def post(self, request: Request, reference: str) -> Response:
        """Find the dossier, compare its version, do the step."""
        return once(request, lambda: self._step(request, reference))

    def _step(self, request: Request, reference: str) -> Response:
        dossier = found(request, reference)
        told = given(self.route.takes, request, dossier=dossier)
        check_version(request, dossier)
        told.check_doubts()
        return answer(self.route.verb(dossier, by=request.user, **told.told()))


def view_of(step: Step) -> Any:
    """The view of a step, described by its verb."""
    route = ROUTES[step]
    name = "".join(word.capitalize() for word in step.value.split("_"))
    told = extend_schema(
        tags=["Steps of a dossier"],
        operation_id=f"dossiers_{step.value}",
        description=(route.verb.__doc__ or "").split("\n\n")[0],
        request=route.takes,
        responses={200: DossierSerializer},
    )
    made = type(f"{name}Step", (DossierStep,), {"route": route})
    return extend_schema_view(post=told)(made).as_view()


class TakeBack(APIView):
    """The last step was a mistake."""

    is_versioned = demands_version = True

    @extend_schema(
        tags=["Steps of a dossier"],
        operation_id="dossiers_take_back",
        request=inputs.TakeBackInput,
        responses={200: DossierSerializer},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Take the last step back, with the reason. If-Match is required."""
        return once(request, lambda: self._take_back(request, reference))

    def _take_back(self, request: Request, reference: str) -> Response:
        dossier = found(request, reference)
        seen = version_of(dossier)
        etags.demand_version(request, seen)
        told = given(inputs.TakeBackInput, request)
        undone = actions.take_back(
            dossier, by=request.user, at=timezone.now(), seen=seen, **told.told()
        )
        return answer(undone)

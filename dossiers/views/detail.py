"""One dossier: what it is, where it stands, what happened, what to do next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import actions, deadlines, permissions
from dossiers.actions.correcting import CORRECTABLE
from dossiers.entry_rules import find_doubts
from dossiers.forms import CorrectionForm
from dossiers.models import Dossier
from dossiers.views import steps
from postal_tthc.attempting import attempt
from procedures.calendar import working_calendar
from procedures.working_days import TimeUnit


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a dossier."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).select_related(
            "procedure", "procedure__field", "agency", "desk", "entered_by"
        ),
        code=code,
    )
    promise = deadlines.promise(
        dossier.clock_started_on,
        dossier.processing_time,
        TimeUnit(dossier.time_unit),
        working_calendar(dossier.clock_started_on),
    )
    context = {
        "dossier": dossier,
        # A day entered in the calendar since then changes no promise made before.
        "promise": promise if promise.due_on == dossier.due_on else None,
        "steps": steps.offered(request.user, dossier),
        "can_correct": permissions.can_correct(request.user, dossier),
        "can_take_back": permissions.can_take_back(request.user, dossier),
        # One phone may stand in two fields; one sentence is enough.
        "doubts": list(dict.fromkeys(x for _field, x in find_doubts(dossier))),
        "timeline": dossier.custody.select_related("by", "held_by").order_by(
            "-sequence"
        ),
        "papers": dossier.papers.select_related("held_by"),
        "items": dossier.postal_items.all(),
    }
    return render(request, "dossiers/detail.html", context)


def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Mend people, addresses and the way the result goes out."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), code=code)
    permissions.check_can_correct(request.user, dossier)
    last = dossier.custody.order_by("-sequence").first().sequence
    form = CorrectionForm(
        request.POST or None, instance=dossier, initial={"seen": last}
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in CORRECTABLE}
        by, now, seen = request.user, timezone.now(), form.cleaned_data["seen"]
        if attempt(
            form, lambda: actions.correct(dossier, values, by=by, at=now, seen=seen)
        ):
            messages.success(
                request, _("Dossier %(code)s was corrected.") % {"code": code}
            )
            return redirect(dossier)
        # Told once what the others wrote; the next press means it.
        form.data = form.data.copy()
        form.data["seen"] = str(last)
    status = 422 if form.errors else 200
    return render(
        request,
        "dossiers/correct.html",
        {"dossier": dossier, "form": form},
        status=status,
    )

"""One dossier: what it is, where it stands, what happened, what to do next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import actions, clock, permissions
from dossiers.actions.correcting import CORRECTABLE
from dossiers.entry_rules import find_doubts
from dossiers.forms import CorrectionForm
from dossiers.models import Dossier
from dossiers.printing import menu
from dossiers.views import passports, steps
from postal_tthc.attempting import attempt


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a dossier."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user)
        .select_related("procedure", "procedure__field", "agency", "desk", "entered_by")
        .referred_to(code)
    )
    intervals = clock.intervals(dossier)
    offered = steps.offered(request.user, dossier)
    context = {
        "dossier": dossier,
        "intervals": intervals,
        "calendar_has_changed": not all(x.still_holds for x in intervals),
        "steps": offered,
        "has_grave_steps": any(offer.is_grave for offer in offered),
        "can_correct": permissions.can_correct(request.user, dossier),
        "can_take_back": permissions.can_take_back(request.user, dossier),
        # One phone may stand in two fields; one sentence is enough.
        "doubts": list(dict.fromkeys(x for _field, x in find_doubts(dossier))),
        "timeline": dossier.custody.select_related(
            "by", "held_by", "handover__desk"
        ).order_by("-sequence"),
        "typed_in": dossier.book_line and dossier.custody.order_by("sequence").first(),
        "items": dossier.postal_items.all(),
        **passports.context(request.user, dossier),
        "prints": menu.offers(dossier),
    }
    return render(request, "dossiers/detail.html", context)


def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Mend people, addresses and the way the result goes out."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).referred_to(code)
    )
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
                request, _("Dossier %(code)s was corrected.") % {"code": dossier}
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

"""Drafts: kept while somebody types, listed, and deleted by hand."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers import actions, permissions
from dossiers.actions.drafting import stamp
from dossiers.forms import AnnounceForm, EntryForm
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import DomainError

# Of what a page sends, what belongs to the moment and not to the draft.
NOT_KEPT = frozenset({"accepted_doubts", "draft"})
KEPT = (EntryForm.base_fields.keys() | AnnounceForm.base_fields.keys()) - NOT_KEPT


@require_POST
def save(request: HttpRequest, key: str) -> JsonResponse:
    """Keep the page as it stands; the answer is in words for the page to show."""
    seen = request.POST.get("seen", "")
    try:
        draft = actions.keep_draft(request.user, key, _typed(request), seen=seen)
    except DomainError as error:
        return JsonResponse({"words": str(error)}, status=error.http_status)
    if draft is None:
        return JsonResponse({"seen": "", "words": ""})
    saved_at = timezone.localtime(draft.saved_at)
    words = _("Draft saved at %(hour)s") % {"hour": f"{saved_at:%H:%M:%S}"}
    return JsonResponse({"seen": stamp(draft), "words": words})


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name in KEPT or name.startswith("papers-"):
            yield from ((name, value) for value in values)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own drafts, the newest first."""
    permissions.check_ability(request.user, Ability.ANNOUNCE)
    return render(
        request, "dossiers/drafts.html", {"drafts": request.user.drafts.all()}
    )


@require_POST
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Delete a draft by hand."""
    if draft := actions.discard_draft(request.user, key):
        messages.success(
            request,
            _("The draft «%(title)s» was deleted.") % {"title": draft.title},
            extra_tags=f"draft-gone kept-{key}",
        )
    return redirect("dossiers:drafts")

"""Where are my papers? What the QR code of a receipt opens, without a sign-in.

No person is named here: no name, address or phone, not of officers either. The
token in the address is random, so nobody comes here by counting.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossiers import item_history, permissions, whereabouts
from dossiers.models import Dossier, PostalItem
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from dossiers.statuses import PAUSED, ReturnChannel, Status

SAYS: dict[Status, LazyText] = {
    Status.REGISTERED: _("The dossier is registered; it has not been received yet."),
    Status.ANNOUNCED: _("The post is bringing the papers to the one-stop desk."),
    Status.RECEIVED: _("The one-stop desk has received the dossier."),
    Status.PROCESSING: _("The agency is working on the dossier."),
    Status.AWAITING_SUPPLEMENT: _(
        "Papers are missing: the agency has asked for them in writing and waits. The "
        "time stands still until they have come."
    ),
    Status.AWAITING_PAYMENT: _(
        "A payment has been asked for. The time stands still until it has been made."
    ),
    Status.REFUSED: _("The dossier was refused. The reason was given in writing."),
    Status.WITHDRAWN: _("The dossier was withdrawn."),
    Status.DISCONTINUED: _(
        "The work was discontinued. The reason was given in writing."
    ),
    Status.RESULT_READY: _("The result is ready, and waits at the one-stop desk."),
    Status.WITH_POST: _("The post is bringing the result."),
    Status.UNDELIVERED: _(
        "The post could not deliver the result: it is at the one-stop desk again. "
        "Please call there."
    ),
    Status.RETURNED: _("The result has been handed over."),
}
READY_FOR_THE_POST = _("The result is ready, and will be handed to the post.")
LOST = _("What the post carries has been reported lost. Please call the one-stop desk.")
TURNED_BACK = _(
    "The post could not deliver the result, and brings it back to the desk."
)

View = Callable[..., HttpResponse]


def discreet(view: View) -> View:
    """Not for search engines, not kept by anybody, and its address told to nobody.

    The policy is not ``no-referrer``: with that, the browser would hide the origin
    of the language switch, which is then refused as forged.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answered


@login_not_required
@require_safe
@never_cache
@discreet
def dossier(request: HttpRequest, token: str) -> HttpResponse:
    """How a dossier stands; a page that says so when there is none."""
    found = (
        Dossier.objects.filter(public_token=token)
        .select_related("procedure", "agency", "desk")
        .first()
    )
    if found is None:
        return render(request, "dossiers/public/unknown.html", status=404)
    steps, today = permissions.standing_moves(found), timezone.localdate()
    expected = whereabouts.expected_delivery(found, today)
    context = {
        "dossier": found,
        "says": _says(found),
        "heaps": whereabouts.heaps(found),
        "expected_delivery": expected,
        "delivery_is_late": expected is not None and expected < today,
        "news": _news(found),
        "is_paused": found.status in PAUSED,
        "is_late": found.is_open
        and not found.clock_stopped_on
        and found.due_on < today,
        "steps": reversed(steps),
        "last_step": steps[-1],
    }
    return render(request, "dossiers/public/dossier.html", context)


def _says(dossier: Dossier) -> LazyText:
    by_post = dossier.return_channel == ReturnChannel.PUBLIC_POST
    if dossier.status == Status.RESULT_READY and by_post:
        return READY_FOR_THE_POST
    if dossier.status in (Status.ANNOUNCED, Status.WITH_POST):
        item = dossier.postal_items.order_by("pk").last()
        if item and item.status == ItemStatus.LOST:
            return LOST
        if item and item.status == ItemStatus.COMING_BACK:
            return TURNED_BACK
    return SAYS[Status(dossier.status)]


def _news(dossier: Dossier) -> dict[str, object] | None:
    """The last word of the post about an envelope on its way; None without one."""
    going = dossier.postal_items.filter(status__in=sorted(UNDER_WAY))
    item: PostalItem | None = going.order_by("pk").last()
    told = item_history.last_news(item) if item else None
    if told is None:
        return None
    failed = told.status == ItemStatus.ATTEMPTED
    again = item_history.next_attempt(item) if failed else None
    return {"label": told.get_status_display(), "at": told.at, "again": again}

"""What goes out to other systems: the delivery log, and sending again."""

import json

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dossiers import paging
from dossiers.models import WebhookDelivery, WebhookEndpoint
from dossiers.permissions import check_ability
from dossiers.statuses import Step
from dossiers.webhooks import sending
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import DomainError

Status = WebhookDelivery.Status
# «Delivered» is what the post does with items.
LABELS = {
    Status.WAITING: Status.WAITING.label,
    Status.DELIVERED: gettext_lazy("Taken by the other side"),
    Status.GIVEN_UP: Status.GIVEN_UP.label,
}


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Every event on its way and how far it is, newest first."""
    user = request.user
    endpoints = own_endpoints(user)
    visible = WebhookDelivery.objects.filter(endpoint__in=endpoints)
    one = request.GET.get("endpoint", "")
    if one.isascii() and one.isdecimal() and len(one) < paging.MOST_DIGITS:
        visible = visible.filter(endpoint=int(one))
    name = request.GET.get("tab", "")
    tab = name if name in Status.values else "all"
    shown = visible.filter(status=tab) if tab != "all" else visible
    rows, next_key = paging.rows_after(
        shown.select_related("endpoint"), request.GET.get("after", "")
    )
    for row in rows:
        row.said = LABELS[Status(row.status)]
        row.step = Step(row.payload["step"]).label
        row.raw = json.dumps(row.payload, ensure_ascii=False)
    context = {
        "endpoints": endpoints.select_related("organisation"),
        "tabs": [
            ("all", _("All"), paging.count(visible)),
            *(
                (status, label, paging.count(visible.filter(status=status)))
                for status, label in LABELS.items()
            ),
        ],
        "tab": tab,
        "rows": rows,
        "next_key": next_key,
        "is_first": not request.GET.get("after"),
        "most_attempts": sending.MOST_ATTEMPTS,
    }
    return render(request, "dossiers/webhooks/deliveries.html", context)


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue one again, from its first attempt."""
    found = WebhookDelivery.objects.filter(endpoint__in=own_endpoints(request.user))
    delivery = get_object_or_404(found, pk=pk)
    try:
        sending.resend(delivery, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The event waits to be sent again with the next round.")
        )
    return redirect("dossiers:webhooks")


def own_endpoints(user: User) -> QuerySet:
    """The endpoints of the administrator's own organisations. Raises ``Refused``."""
    check_ability(user, Ability.MANAGE_ACCOUNTS)
    own = Organisation.objects.within(user.organisation.scope)
    return WebhookEndpoint.objects.filter(organisation__in=own)

"""Postal items: the list with its tabs and scanning box, and the page of one."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dossiers import paging
from dossiers import postal_permissions as permissions
from dossiers.entry_rules import doubt_item_number
from dossiers.expectations import after_failure, call_script, why_expected
from dossiers.item_filters import ItemFilter
from dossiers.item_history import is_silent
from dossiers.item_numbers import near_misses, tidy
from dossiers.models import Dossier, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason, party_of
from dossiers.querysets import PostalItemQuerySet
from dossiers.views import item_steps

MOST_TYPED = 60  # letters of a number in the scanning box


class Tab(NamedTuple):
    """A work state of items: its words and its items."""

    label: Promise
    narrow: Callable[[PostalItemQuerySet, date], PostalItemQuerySet]


BACK = (ItemStatus.COMING_BACK, ItemStatus.CAME_BACK)
TABS: dict[str, Tab] = {
    "under-way": Tab(_("Under way"), lambda items, today: items.under_way()),
    "silent": Tab(_("Silent"), lambda items, today: items.silent(today)),
    "back": Tab(_("Came back"), lambda items, today: items.filter(status__in=BACK)),
    "owing": Tab(_("Fees owed"), lambda items, today: items.owing()),
    "all": Tab(_("All"), lambda items, today: items),
}


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The items this visitor may see, newest first; a scanned number opens its own."""
    visible = PostalItem.objects.visible_to(request.user)
    typed = tidy(request.GET.get("q", "").replace("\x00", "")[:MOST_TYPED])
    exact = list(visible.filter(number=typed)[:2]) if typed else []
    if len(exact) == 1:
        return redirect("dossiers:item", exact[0].pk)
    narrowed = ItemFilter(request.GET, queryset=visible, request=request)
    shown = narrowed.narrowed
    shown = shown.filter(number__contains=typed) if typed else shown
    today = timezone.localdate()
    # What was looked for is looked for everywhere.
    is_narrowed = typed or "counted" in request.GET
    name = request.GET.get("tab", "all" if is_narrowed else "under-way")
    tab = name if name in TABS else "all"
    page = TABS[tab].narrow(shown, today).select_related("post_office")
    own = Dossier.objects.visible_to(request.user).select_related("desk")
    page = page.prefetch_related(Prefetch("dossiers", own.order_by("pk")))
    rows, next_key = paging.rows_after(page, request.GET.get("after", ""))
    for item in rows:
        item.silent = is_silent(item, today)
    context = {
        "tabs": [
            (name, x.label, paging.count(x.narrow(shown, today)))
            for name, x in TABS.items()
        ],
        "tab": tab,
        "rows": rows,
        "next_key": next_key,
        "is_first": not request.GET.get("after"),
        "typed": typed,
        "chips": narrowed.chips(),
        "meant": visible.filter(number__in=near_misses(typed)) if typed else (),
    }
    return render(request, "dossiers/items/list.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an item."""
    item = item_steps.found(request, pk)
    user, today = request.user, timezone.localdate()
    events = list(item.events.select_related("by").order_by("-at", "-pk"))
    for event in events:
        event.party = party_of(Reason(event.reason)).label if event.reason else ""
    visible = Dossier.objects.visible_to(user)
    inside = visible.filter(postal_items=item).select_related("procedure", "desk")
    context = {
        "item": item,
        "inside": inside.order_by("pk"),
        "events": events,
        "why_expected": why_expected(item),
        "after_failure": after_failure(item),
        "doubts": [sentence for _field, sentence in doubt_item_number(item.number)],
        "silent": is_silent(item, today),
        "silent_days": (today - item.news_due_on).days if item.news_due_on else 0,
        "offers": item_steps.offered(user, item),
        "can_void": permissions.can_void(user, item),
        "can_correct": permissions.can_carry(user, item),
        "can_report": permissions.can_report(user, None, item),
        "can_open_case": permissions.can_open_case(user, item, today),
        "incidents": item.incidents.all(),
        "script": call_script(item, user),
        "hotline": settings.POSTAL_HOTLINE,
    }
    return render(request, "dossiers/items/item.html", context)

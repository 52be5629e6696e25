"""The verbs of a postal item as pages: a small form, one verb, one sentence."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import actions
from dossiers import postal_permissions as permissions
from dossiers.expectations import after_failure
from dossiers.forms import items as forms
from dossiers.models import PostalItem
from postal_tthc.accounts.models import User
from postal_tthc.attempting import attempt
from postal_tthc.errors import allows


class Page(NamedTuple):
    """A verb as a page: its title, form and verb, how it is permitted, what it says."""

    title: Promise
    form: type[forms.ItemForm]
    verb: Callable[..., PostalItem]
    check: Callable[[Any, PostalItem], None]
    said: Promise
    is_grave: bool = False


PAGES: dict[str, Page] = {
    "delivered": Page(
        gettext_lazy("Delivered"),
        forms.DeliveredForm,
        actions.deliver,
        permissions.check_can_deliver,
        gettext_lazy("Item %(number)s was delivered to %(to)s."),
    ),
    "attempt": Page(
        gettext_lazy("Delivery failed"),
        forms.AttemptForm,
        actions.record_attempt,
        permissions.check_can_deliver,
        gettext_lazy("The failed delivery of item %(number)s was written down."),
    ),
    "news": Page(
        gettext_lazy("News of its way"),
        forms.NewsForm,
        actions.record_news,
        permissions.check_can_tell,
        gettext_lazy("Item %(number)s: %(status)s."),
    ),
    "came-back": Page(
        gettext_lazy("It is at the desk again"),
        forms.CameBackForm,
        actions.come_back,
        permissions.check_can_take_in,
        gettext_lazy("Item %(number)s came back; its results can be sent again."),
    ),
}
VOID = gettext_lazy("Void the last news")


class Offer(NamedTuple):
    """A verb to offer: its address part and the words of its button."""

    name: str
    title: Promise
    is_grave: bool


def offered(user: User, item: PostalItem) -> list[Offer]:
    """The verbs to offer, in the order of the table."""
    return [
        Offer(name, page.title, page.is_grave)
        for name, page in PAGES.items()
        if allows(page.check, user, item)
    ]


def found(request: HttpRequest, pk: int) -> PostalItem:
    """The item of this address, if the visitor may see it."""
    items = PostalItem.objects.visible_to(request.user)
    return get_object_or_404(items.select_related("post_office"), pk=pk)


def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One piece of news: confirm the day, then write it down."""
    item = found(request, pk)
    try:
        page = PAGES[verb]
    except KeyError:
        raise Http404 from None
    page.check(request.user, item)
    form = page.form(request.POST or None, item=item)
    if request.method == "POST" and form.is_ready():
        by, at = request.user, form.moment()
        told = attempt(form, lambda: page.verb(item, by=by, at=at, **form.values()))
        if told:
            said = page.said % {
                "number": told,
                "to": told.delivered_to,
                "status": told.get_status_display().lower(),
            }
            messages.success(request, " ".join([said, *after_failure(told)]))
            _compare_seals(request, told)
            return redirect("dossiers:item", told.pk)
    context = {"after_failure": after_failure(item)}
    return _page(request, item, form, page.title, **context)


def _compare_seals(request: HttpRequest, item: PostalItem) -> None:
    packed, opened = item.seal_number, item.opened_seal_number
    if packed and opened and packed != opened:
        messages.warning(
            request,
            _("Sealed as «%(packed)s», opened as «%(opened)s»: report an incident.")
            % {"packed": packed, "opened": opened},
        )


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """The last news was a mistake."""
    item = found(request, pk)
    permissions.check_can_void(request.user, item)
    form = forms.VoidForm(request.POST or None, item=item)
    if request.method == "POST":
        actions.void_last_news(item, by=request.user)
        messages.success(
            request,
            _("The last news of item %(number)s counts no more.") % {"number": item},
        )
        return redirect("dossiers:item", item.pk)
    return _page(request, item, form, VOID, is_grave=True)


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend number, postage, service, route, proof or seal."""
    item = found(request, pk)
    permissions.check_can_carry(request.user, item)
    form = forms.FactsForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_ready():
        by, now = request.user, timezone.now()
        values = form.values()
        if attempt(form, lambda: actions.correct_item(item, values, by=by, at=now)):
            messages.success(request, _("The facts of the item were corrected."))
            return redirect("dossiers:item", item.pk)
    # The form has written what was typed into ``item``; the page shows what is kept.
    return _page(request, found(request, pk), form, _("Correct the facts"))


def _page(
    request: HttpRequest, item: PostalItem, form: Any, title: Any, **context: Any
) -> HttpResponse:
    context |= {"item": item, "form": form, "title": title}
    status = 422 if form.errors or getattr(form, "doubts", None) else 200
    return render(request, "dossiers/items/step.html", context, status=status)

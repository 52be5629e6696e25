"""Printed forms as pages: whoever may see a dossier may print it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dossiers import permissions
from dossiers.book_pages import BookPage, next_number, page_of
from dossiers.filters import TABS, DossierFilter, narrow_to_tab
from dossiers.forms.book import BookForm
from dossiers.models import Dossier, PostalItem
from dossiers.printing import (
    book,
    control_slip,
    menu,
    notices,
    posting_slip,
    receipt,
    register,
)
from dossiers.querysets import DossierQuerySet

PRINTED = "book_pages_printed"  # in the session: the last number of a day


def sheet(
    request: HttpRequest, template: str, context: dict[str, Any], *, back: str
) -> HttpResponse:
    """A form as a page: in Vietnamese, with a way back in the visitor's language."""
    context |= {"back": back, "screen_language": translation.get_language()}
    with translation.override("vi"):
        response = render(request, f"dossiers/print/{template}.html", context)
    response.headers["Content-Language"] = "vi"
    return response


@require_safe
def print_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả, in two copies."""
    dossier = _received(request, code)
    context = receipt.context(dossier)
    return _of_dossier(request, "receipt", dossier, context)


@require_safe
def print_control_slip(request: HttpRequest, code: str) -> HttpResponse:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""
    dossier = _received(request, code)
    context = control_slip.context(dossier)
    return _of_dossier(request, "control_slip", dossier, context)


@require_safe
def print_notice(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A notice as it was given; one that was taken back is not printed."""
    dossier = _visible(request, code)
    notice = get_object_or_404(dossier.notices.filter(is_void=False), pk=pk)
    context = notices.context(notice)
    return _of_dossier(request, f"notice_{notice.kind}", dossier, context)


@require_safe
def print_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Phiếu gửi hồ sơ of an envelope."""
    visible = PostalItem.objects.visible_to(request.user)
    item = get_object_or_404(visible.select_related("post_office"), pk=pk)
    seen = Dossier.objects.visible_to(request.user).filter(postal_items=item)
    dossiers = list(
        seen.select_related("procedure", "desk__parent")
        .prefetch_related("papers")
        .order_by("received_at", "pk")
    )
    context = posting_slip.context(item, dossiers)
    if only := context["only"]:
        context["public_address"] = public_address(request, only)
    back = dossiers[0].get_absolute_url()
    return sheet(request, "posting_slip", context, back=back)


@require_safe
def print_register(request: HttpRequest) -> HttpResponse:
    """Sổ theo dõi hồ sơ, of what the register shows with the same filters."""
    back = f"{reverse('dossiers:list')}?{request.GET.urlencode()}"
    visible = Dossier.objects.visible_to(request.user)
    narrowed = DossierFilter(request.GET, queryset=visible, request=request)
    if not narrowed.form.is_valid():
        return redirect(back)
    days = narrowed.form.cleaned_data
    start, end = days.get("received_from"), days.get("received_to")
    tab = request.GET.get("tab", "all")
    undated = DossierFilter(_undated(request.GET), queryset=visible, request=request)
    with translation.override("vi"):
        conditions = [f"{x['label']}: {x['text']}" for x in undated.chips()]
        if tab in TABS and tab != "all":
            conditions.append(str(TABS[tab].label))
    context = register.context(
        request.user.organisation,
        narrow_to_tab(narrowed.qs, tab),
        start=start,
        end=end,
        before=_before(narrow_to_tab(undated.qs, tab), start),
        conditions=conditions,
    )
    return sheet(request, "register", context, back=back)


@require_safe
def choose_pages(request: HttpRequest) -> HttpResponse:
    """How many blank pages of the power-cut book."""
    permissions.check_can_receive(request.user)
    today, desk = timezone.localdate(), request.user.organisation
    page = page_of(desk.symbol, today, 1)
    typed = Dossier.objects.filter(desk=desk, book_line__startswith=page.of_the_day)
    free = next_number(typed.values_list("book_line", flat=True))
    printed = request.session.get(PRINTED, {}).get(f"{today}", 0)
    form = BookForm(initial={"first": max(free, printed + 1)})
    return render(request, "dossiers/book.html", {"form": form})


@require_safe
def print_pages(request: HttpRequest) -> HttpResponse:
    """Blank pages of the power-cut book, each with the way to type it in."""
    permissions.check_can_receive(request.user)
    form = BookForm(request.GET)
    if not form.is_valid():
        return render(request, "dossiers/book.html", {"form": form}, status=422)
    first, count = form.cleaned_data["first"], form.cleaned_data["pages"]
    today = timezone.localdate()
    known = request.session.get(PRINTED, {}).get(f"{today}", 0)
    request.session[PRINTED] = {f"{today}": max(known, first + count - 1)}
    context = book.context(
        request.user.organisation,
        today,
        first=first,
        count=count,
        address_of=lambda page: _typing_address(request, page),
    )
    return sheet(request, "book", context, back=reverse("dossiers:book"))


def public_address(request: HttpRequest, dossier: Dossier) -> str:
    """Where the applicant sees how the dossier stands, for the QR code."""
    path = reverse("public:dossier", args=[dossier.public_token])
    return request.build_absolute_uri(path)


def _of_dossier(
    request: HttpRequest, template: str, dossier: Dossier, context: dict[str, Any]
) -> HttpResponse:
    context["public_address"] = public_address(request, dossier)
    return sheet(request, template, context, back=dossier.get_absolute_url())


def _visible(request: HttpRequest, code: str) -> Dossier:
    visible = Dossier.objects.visible_to(request.user).referred_to(code)
    return get_object_or_404(
        visible.select_related("procedure", "agency__parent", "desk__parent")
    )


def _received(request: HttpRequest, code: str) -> Dossier:
    dossier = _visible(request, code)
    if not menu.has_receipt(dossier):
        raise Http404
    return dossier


def _undated(query: QueryDict) -> QueryDict:
    """The same filters without the days of receipt."""
    rest = query.copy()
    for name in ("received_from", "received_to"):
        rest.pop(name, None)
    return rest


def _before(found: DossierQuerySet, start: date | None) -> int:
    """How many stand in the book of that year before a day."""
    if start is None:
        return 0
    same_year = found.filter(clock_started_on__year=start.year)
    return same_year.filter(clock_started_on__lt=start).count()


def _typing_address(request: HttpRequest, page: BookPage) -> str:
    query = urlencode({"book": str(page)})
    return request.build_absolute_uri(f"{reverse('dossiers:new')}?{query}")

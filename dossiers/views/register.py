"""The register: tabs, filters, chips, pages; and the jump to one dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dossiers import paging
from dossiers.filters import TABS, DossierFilter, narrow_to_tab
from dossiers.item_numbers import tidy
from dossiers.models import Dossier


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers this visitor may see, newest first."""
    visible = Dossier.objects.visible_to(request.user)
    narrowed = DossierFilter(request.GET, queryset=visible)
    found = narrowed.qs if narrowed.form.is_valid() else visible.none()
    tab = request.GET.get("tab", "all")
    tab = tab if tab in TABS else "all"
    tabs = [
        {
            "name": name,
            "label": x.label,
            "count": paging.count(narrow_to_tab(found, name)),
        }
        for name, x in TABS.items()
    ]
    page = paging.page(
        narrow_to_tab(found, tab).select_related("procedure", "agency"),
        request.GET.get("after", ""),
    )
    context = {
        "filter": narrowed,
        "chips": narrowed.chips(),
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "is_first": not request.GET.get("after"),
        "is_narrowed": bool(narrowed.chips()) or not narrowed.form.is_valid(),
    }
    return render(request, "dossiers/list.html", context)


@require_safe
def jump(request: HttpRequest) -> HttpResponse:
    """Open the one dossier with this code or item number, else search for it."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    visible = Dossier.objects.visible_to(request.user)
    found = visible.filter(code=words.upper()).first()
    if found is None and words:
        carried = visible.filter(postal_items__number=tidy(words)).distinct()[:2]
        found = carried[0] if len(carried) == 1 else None
    if found is not None:
        return redirect(found)
    return redirect(f"{reverse('dossiers:list')}?{urlencode({'q': words})}")

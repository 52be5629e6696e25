"""The export of the register: choose, download, save the choice for the next time."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.filters import TABS, DossierFilter
from dossiers.forms.exporting import ExportForm
from dossiers.models import Dossier
from dossiers.spreadsheets import serving, templates
from dossiers.spreadsheets.columns import SHOWN
from dossiers.spreadsheets.exporting import EVERYTHING, NOT_FILTERS, Wish
from dossiers.spreadsheets.layouts import LAYOUTS
from postal_tthc import downloads
from postal_tthc.accounts.roles import Ability
from postal_tthc.attempting import attempt
from postal_tthc.errors import DomainError, Invalid

LONGEST_SHOWN = 200  # letters of a name that was refused, to be mended


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """What the register shows with these filters, as a file."""
    if request.method != "POST":
        wish = _wish_in_address(request)
        form = _form(first=wish.columns, initial=_initial(wish))
        return _page(request, form, wish)
    form = _form(request.POST, first=request.POST.getlist("columns"))
    if not form.is_valid():
        return _page(request, form, Wish(query=_filters(request.POST.get("query", ""))))
    wish = _wish_of(form.cleaned_data)
    if "save" in request.POST:
        return _save(request, form, wish)
    number = attempt(form, lambda: serving.count(wish, request.user))
    if number == 0:
        form.add_error(None, _("No dossier matches: there is nothing to export."))
    if not number:
        return _page(request, form, wish)
    if number > serving.AT_ONCE:
        return redirect(serving.start(wish, request.user, number))
    name = serving.file_name(wish, request.user.organisation)
    content = serving.content(wish, request.user)
    return downloads.spreadsheet(content, name, wish.file_format)


@require_POST
def rename_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an own template another name; what cannot be one is said on the page."""
    template = get_object_or_404(templates.visible_to(request.user), pk=pk)
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    try:
        templates.rename(template, name=name, by=request.user)
    except Invalid as error:
        messages.error(request, str(error))
        return redirect(_address(query, renaming=pk, name=name[:LONGEST_SHOWN]))
    messages.success(
        request, _("The template is called «%(name)s» now.") % {"name": template}
    )
    return redirect(_address(query))


@require_POST
def delete_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw an own template away."""
    template = get_object_or_404(templates.visible_to(request.user), pk=pk)
    templates.delete(template, by=request.user)
    messages.success(
        request, _("Template «%(name)s» was deleted.") % {"name": template}
    )
    return redirect(_address(request.POST.get("query", "")))


def _save(request: HttpRequest, form: ExportForm, wish: Wish) -> HttpResponse:
    told = form.cleaned_data
    template = attempt(
        form,
        lambda: templates.save(
            wish,
            name=told["name"],
            by=request.user,
            is_shared=told["is_shared"],
            filters=told["keeps_filters"],
        ),
    )
    if template is None:
        return _page(request, form, wish)
    messages.success(request, _("Template «%(name)s» was saved.") % {"name": template})
    return redirect(_address(wish.query, template=template.pk))


def _page(request: HttpRequest, form: ExportForm, wish: Wish) -> HttpResponse:
    query = QueryDict(wish.query)
    visible = Dossier.objects.visible_to(request.user)
    narrowed = DossierFilter(query, queryset=visible, request=request)
    try:
        number = serving.count(wish, request.user)
    except DomainError as error:
        number = None
        if not form.is_bound:
            messages.error(request, str(error))
    tab = query.get("tab", "all")
    renaming, refused = request.GET.get("renaming"), request.GET.get("name", "")
    context = {
        "form": form,
        "number": number,
        "at_once": serving.AT_ONCE,
        "chips": narrowed.chips(),
        "tab": TABS[tab].label if tab in TABS and tab != "all" else "",
        "query": wish.query,
        "is_narrowed_further": LAYOUTS[wish.layout].narrow is not None,
        "templates": [
            {
                "template": x,
                "address": _address(wish.query, template=x.pk),
                "refused": refused if renaming == str(x.pk) else None,
            }
            for x in templates.visible_to(request.user)
        ],
        "can_read_figures": request.user.may(Ability.READ_FIGURES),
    }
    return render(
        request, "dossiers/exports/export.html", context, status=_status(form)
    )


def _status(form: ExportForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _form(data: Any = None, *, first: Iterable[str], **kwargs: Any) -> ExportForm:
    """The form; the boxes of columns chosen before stand first, in their order.

    A browser sends ticked boxes as they stand on the page: so an order is kept.
    """
    shown = {x.key: x.heading for x in SHOWN}
    keys = dict.fromkeys([*(key for key in first if key in shown), *shown])
    return ExportForm(
        data,
        layouts=[(key, x.name) for key, x in LAYOUTS.items()],
        columns=[(key, shown[key]) for key in keys],
        **kwargs,
    )


def _wish_in_address(request: HttpRequest) -> Wish:
    """The filters of the register; with ``template``, what that asks for.

    ``columns`` names columns in the order in which they are wanted.
    """
    query = _filters(request.GET.urlencode())
    chosen = request.GET.get("template", "")
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19:
        known = get_object_or_404(templates.visible_to(request.user), pk=int(chosen))
        return templates.wish_of(known, query)
    layout = request.GET.get("layout", "columns")
    asked = dict.fromkeys(request.GET.getlist("columns"))
    columns = tuple(key for key in asked if key in EVERYTHING)
    return Wish(
        query=query,
        layout=layout if layout in LAYOUTS else "columns",
        columns=columns or EVERYTHING,
    )


def _wish_of(told: dict[str, Any]) -> Wish:
    return Wish(
        query=_filters(told["query"]),
        layout=told["layout"],
        columns=tuple(told["columns"]),
        order=told["order"],
        file_format=told["file_format"],
    )


def _initial(wish: Wish) -> dict[str, Any]:
    return {**wish.parameters(), "keeps_filters": False}


def _filters(query: str) -> str:
    """The filters of an address without what does not narrow anything."""
    kept = QueryDict(query).copy()
    for name in NOT_FILTERS:
        kept.pop(name, None)
    for name in [name for name in kept if not any(kept.getlist(name))]:
        kept.pop(name)
    return kept.urlencode()


def _address(query: str, **more: Any) -> str:
    kept = QueryDict(_filters(query)).copy()
    for name, value in more.items():
        kept[name] = str(value)
    words = kept.urlencode()
    return f"{reverse('dossiers:export')}{'?' if words else ''}{words}"

"""Saved choices of an export: one's own, and those shared in the organisation."""

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from dossiers.models import ExportTemplate
from dossiers.spreadsheets.exporting import EVERYTHING, NOT_FILTERS, Wish
from postal_tthc.accounts.models import User
from postal_tthc.errors import Invalid, Refused
from postal_tthc.lib.vietnamese import tidy

LONGEST_QUERY = ExportTemplate._meta.get_field("query").max_length
LONGEST_NAME = ExportTemplate._meta.get_field("name").max_length


def visible_to(user: User) -> QuerySet[ExportTemplate]:
    """One's own, and what colleagues of the organisation share."""
    shared = Q(is_shared=True, organisation=user.organisation)
    return ExportTemplate.objects.filter(Q(owner=user) | shared).select_related("owner")


def save(
    wish: Wish, *, name: str, by: User, is_shared: bool = False, filters: bool = False
) -> ExportTemplate:
    """Keep a choice under a name; one's own of that name is replaced.

    ``filters``: the filters are kept with it. Raises ``Invalid`` when they are too
    long to be kept.
    """
    query = QueryDict(wish.query).copy() if filters else QueryDict(mutable=True)
    for name_of_other in NOT_FILTERS:
        query.pop(name_of_other, None)
    query["layout"], query["order"] = wish.layout, wish.order
    kept = query.urlencode()
    if len(kept) > LONGEST_QUERY:
        raise Invalid(_("These filters are too long to be saved. Take some away."))
    values = {
        "organisation": by.organisation,
        "is_shared": is_shared,
        "columns": list(wish.columns),
        "query": kept,
        "file_format": wish.file_format,
    }
    template, _made = ExportTemplate.objects.update_or_create(
        owner=by, name=name, defaults=values
    )
    return template


def wish_of(template: ExportTemplate, query: str = "") -> Wish:
    """What a template asks for; ``query`` counts where it keeps no filters."""
    kept = QueryDict(template.query).copy()
    layout, order = kept.pop("layout", ["columns"]), kept.pop("order", ["newest"])
    known = tuple(key for key in template.columns if key in EVERYTHING)
    return Wish(
        query=kept.urlencode() or query,
        layout=layout[-1],
        columns=known or EVERYTHING,
        order=order[-1],
        file_format=template.file_format,
    )


def rename(template: ExportTemplate, *, name: str, by: User) -> ExportTemplate:
    """Give a template another name.

    Raises ``Refused`` to anybody but its owner, ``Invalid`` for a name that is empty,
    too long, or that another of one's own templates has.
    """
    _check_is_owner(template, by)
    name = tidy(name)
    if not name:
        raise Invalid(_("Give the template a name."))
    if len(name) > LONGEST_NAME:
        raise Invalid(
            _("The name has %(length)s letters; shorten it to %(longest)s.")
            % {"length": len(name), "longest": LONGEST_NAME}
        )
    others = ExportTemplate.objects.filter(owner=by, name=name)
    if others.exclude(pk=template.pk).exists():
        raise Invalid(
            _("You have a template «%(name)s» already. Choose another name.")
            % {"name": name}
        )
    template.name = name
    template.save(update_fields=["name"])
    return template


def delete(template: ExportTemplate, *, by: User) -> None:
    """Throw a template away. Raises ``Refused`` to anybody but its owner."""
    _check_is_owner(template, by)
    template.delete()


def _check_is_owner(template: ExportTemplate, by: User) -> None:
    if template.owner_id != by.pk:
        raise Refused(
            _("«%(name)s» belongs to %(owner)s, who alone may change or delete it.")
            % {"name": template, "owner": template.owner}
        )

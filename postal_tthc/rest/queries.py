"""What may stand behind «?»: a slip in a name is refused, not passed over."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.serializers import ValidationError

FORMAT = "format"  # read by the framework itself


def known_names(view: Any, method: str) -> frozenset[str]:
    """The parameters that a view reads: its own, its filter's, those of its pages."""
    if method not in SAFE_METHODS:
        return frozenset()
    names = set(getattr(view, "query_names", ()))
    if getattr(view, "filter_backends", ()):
        filters = getattr(view, "filterset_class", None)
        names.update(filters.base_filters if filters else ())
    pages = getattr(view, "paginator", None) if hasattr(view, "list") else None
    if pages is not None:
        names |= {pages.cursor_query_param, pages.page_size_query_param}
    return frozenset(names)


class KnownQuery(BasePermission):
    """Nothing is asked for that would be ignored: the answer would be another one."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises ``ValidationError`` that names the unknown and the known ones."""
        known = known_names(view, request.method)
        unknown = sorted(request.query_params.keys() - known - {FORMAT})
        if not unknown:
            return True
        no = _("This address takes no parameters.")
        if known:
            no = _("There is no such parameter here. Known are: %(names)s.") % {
                "names": ", ".join(sorted(known))
            }
        raise ValidationError({name: [no] for name in unknown})

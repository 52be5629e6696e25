"""Pages of lists by cursor: what is added meanwhile does not move the others."""

from collections import OrderedDict
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.serializers import ValidationError

MOST_DIGITS = 18  # of a row's number; a database has no longer one


class CursorPages(CursorPagination):
    """Newest first by the row's number, which alone never changes."""

    ordering = "-pk"
    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    offset_cutoff = 0

    def get_page_size(self, request: Request) -> int:
        """As many as were asked for. Raises ``ValidationError``; never other ones."""
        said = request.query_params.get(self.page_size_query_param)
        if not said:
            return self.page_size
        number = int(said) if _is_number(said) else 0
        if not 1 <= number <= self.max_page_size:
            raise ValidationError(
                {
                    self.page_size_query_param: [
                        _("Write a whole number from 1 to %(most)d.")
                        % {"most": self.max_page_size}
                    ]
                }
            )
        return number

    def decode_cursor(self, request: Request) -> Cursor | None:
        """A cursor as this class wrote it. Raises ``ValidationError``."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise self._no_cursor() from None
        if cursor is None:
            return None
        # Only a page that emptied meanwhile has an offset, of one page.
        is_far = cursor.offset > self.max_page_size
        is_place = cursor.position is None or _is_number(cursor.position)
        if is_far or not is_place:
            raise self._no_cursor()
        return cursor

    def _no_cursor(self) -> ValidationError:
        no = _(
            "This cursor was not given out here. Follow «next» or «previous» as they "
            "came, or begin without a cursor."
        )
        return ValidationError({self.cursor_query_param: [no]})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The usual ones; of the limit how large it may be."""
        told: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        sizes = {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        for one in told:
            if one["name"] == self.page_size_query_param:
                one["schema"] |= sizes
        return told

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As it is answered: both ends are told, and are null at an end."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return OrderedDict(
            type="object",
            required=["next", "previous", "results"],
            properties={"next": link, "previous": link, "results": schema},
        )


class InOrder(CursorPages):
    """Oldest first: what happened, as it was recorded."""

    ordering = "pk"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS

"""Pages of lists by cursor: what is added meanwhile does not move the others."""

from collections import OrderedDict
from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

MOST_DIGITS = 18  # of a row's number


class CursorPages(CursorPagination):
    """Newest first by the row's number, which alone never changes."""

    ordering = "-pk"
    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    offset_cutoff = 0

    def decode_cursor(self, request: Request) -> Cursor | None:
        """A cursor as this class wrote it; anything else is not found."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        digits = cursor.position
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS):
            raise NotFound(self.invalid_cursor_message)
        return cursor

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

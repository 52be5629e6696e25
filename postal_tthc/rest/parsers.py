"""Reads what programs send: bounded, and only what every database can keep."""

import json
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser, get_encoding

from postal_tthc.rest.problems import TooLarge

DEEPEST = 20  # lists and objects inside each other; ours need four
LARGEST = 2**63 - 1
MOST_DIGITS = 20  # with a sign
LARGEST_UPLOAD = 12 * 1024 * 1024  # bytes: a scan of 10 MB and what stands around it


class StrictJSONParser(JSONParser):
    """JSON as RFC 8259 means it, read to a limit.

    Refused: names given twice (readers differ in which one counts), NaN and
    Infinity, numbers that no column holds, halves of letters, deep nesting.
    """

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: dict[str, Any] | None = None,
    ) -> Any:
        """What was sent. Raises ``ParseError`` or ``TooLarge``."""
        encoding = get_encoding(parser_context or {})
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        content = stream.read(most + 1)
        if len(content) > most:
            raise TooLarge(most)
        try:
            told = json.loads(
                content.decode(encoding),
                object_pairs_hook=_each_once,
                parse_int=_whole,
                parse_constant=_no_number,
            )
        except RecursionError:
            raise ParseError(_too_deep()) from None
        except ValueError as error:
            raise ParseError(
                _("This is not JSON: %(why)s") % {"why": _plainly(error)}
            ) from None
        check(told)
        return told


class BoundedMultiPartParser(MultiPartParser):
    """A form with a file; refused by its length before it is read."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: dict[str, Any] | None = None,
    ) -> Any:
        """The fields and files. Raises ``ParseError`` or ``TooLarge``."""
        told = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if not told.isdecimal() or int(told[:20]) > LARGEST_UPLOAD:
            raise TooLarge(LARGEST_UPLOAD)
        return super().parse(stream, media_type, parser_context)


def check(told: Any) -> None:
    """Nothing in it that a database cannot keep. Raises ``ParseError``."""
    left = [(told, 0)]
    while left:
        value, depth = left.pop()
        if depth > DEEPEST:
            raise ParseError(_too_deep())
        if isinstance(value, dict):
            left += [(x, depth + 1) for x in value]
            left += [(x, depth + 1) for x in value.values()]
        elif isinstance(value, list):
            left += [(x, depth + 1) for x in value]
        elif isinstance(value, str):
            _check_text(value)
        elif isinstance(value, (int, float)) and not -LARGEST <= value <= LARGEST:
            raise ParseError(_too_large())


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ParseError(
            _("A text has half of a letter (a lone surrogate). Send whole letters.")
        ) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(x for x in names if names.count(x) > 1)
        _check_text(twice)
        raise ParseError(
            _("«%(name)s» stands twice in one object. Send it once.")
            % {"name": twice[:60]}
        )
    return told


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ParseError(_too_large())
    return int(digits)


def _no_number(word: str) -> None:
    raise ParseError(_("%(word)s is not a number in JSON.") % {"word": word})


def _too_large() -> str:
    return _("A number is too large.")


def _too_deep() -> str:
    return _("Lists and objects are nested deeper than %(n)d.") % {"n": DEEPEST}


def _plainly(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} ({error.lineno}:{error.colno})"
    return type(error).__name__

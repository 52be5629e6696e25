"""The adapter for anybody who can choose the form of the messages.

``{"event_id": "…", "item_number": "EA123456785VN", "status": "delivered",
"at": "2020-06-05T09:30:00+07:00"}``, and where known ``reason``, ``place``,
``delivered_to``, ``note``. A status or reason is one of our words or the post's own
(``dossiers.gateway.words``); a moment without a zone is Vietnamese time.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.gateway.adapters.base import Adapter, NewsItem
from dossiers.gateway.words import is_failure, reason_of, status_of
from dossiers.item_numbers import tidy as tidy_number
from dossiers.postal_statuses import ItemStatus, Reason
from postal_tthc.errors import Invalid
from postal_tthc.lib.vietnamese import tidy

LONGEST = {
    "event_id": 100,
    "item_number": 60,
    "status": 200,
    "at": 60,
    "reason": 200,
    "place": 200,
    "delivered_to": 200,
    "note": 500,
}
NEEDED = ("event_id", "item_number", "status", "at")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Generic(Adapter):
    """Plain fields, signed as ``dossiers.webhooks.signing`` says."""

    def read(self, payload: dict[str, Any]) -> NewsItem:
        """The news in a message."""
        told = {name: _text(payload, name) for name in LONGEST}
        for name in NEEDED:
            if not told[name]:
                raise Invalid(_("The field «%(name)s» is missing.") % {"name": name})
        status, reason = _meant(told["status"], told["reason"])
        return NewsItem(
            event_id=told["event_id"],
            item_number=tidy_number(told["item_number"]),
            at=_moment(told["at"]),
            said=" – ".join(filter(None, (told["status"], told["reason"]))),
            status=status,
            reason=reason,
            place=told["place"],
            delivered_to=told["delivered_to"],
            note=told["note"],
        )


def _meant(said: str, why: str) -> tuple[ItemStatus | None, Reason | None]:
    status, reason = status_of(said)
    if status is None and is_failure(said):
        # What follows is a reason that nobody knows: another one is not put over it.
        return ItemStatus.ATTEMPTED, None
    return status, reason_of(why) or reason


def _text(payload: dict[str, Any], name: str) -> str:
    value = payload.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Invalid(_("The field «%(name)s» must be text.") % {"name": name})
    text = tidy(value)
    if len(text) > LONGEST[name]:
        raise Invalid(
            _("The field «%(name)s» is longer than %(longest)s letters.")
            % {"name": name, "longest": LONGEST[name]}
        )
    return text


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        at = timezone.make_aware(at) if timezone.is_naive(at) else at
        year = timezone.localtime(at).year
    except (ValueError, OverflowError):
        year = 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(
            _(
                "The moment «%(text)s» is not understood; write 2020-06-05T09:30:00+07:00."
            )
            % {"text": text}
        )
    return at


ADAPTER = Generic()

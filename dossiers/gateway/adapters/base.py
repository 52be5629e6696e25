"""What an adapter is: a push in, a piece of news out."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.webhooks.signing import SIGNATURE, TIMESTAMP, is_signed, is_timely


@dataclass(frozen=True)
class Push:
    """What arrived, as it arrived. ``headers`` are found in any case."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class NewsItem:
    """One piece of news about one item.

    ``status`` is None when the words ``said`` are not known; they are kept. So is
    ``reason`` when a delivery failed and why was not told, or in no known words.
    """

    event_id: str
    item_number: str
    at: datetime
    said: str
    status: ItemStatus | None
    reason: Reason | None = None
    place: str = ""
    delivered_to: str = ""
    note: str = ""


class Adapter(ABC):
    """How one system of the post signs and words its messages.

    ``read`` must be written; the other two as well where the system signs in a
    way of its own.
    """

    def is_signed(self, push: Push, secret: str) -> bool:
        """Whether whoever sent this knows the secret."""
        timestamp = push.headers.get(TIMESTAMP, "")
        signature = push.headers.get(SIGNATURE, "")
        return is_signed(secret, timestamp, push.body, signature)

    def is_timely(self, push: Push, now: float) -> bool:
        """Whether it was sent just now (seconds since 1970)."""
        return is_timely(push.headers.get(TIMESTAMP, ""), now)

    @abstractmethod
    def read(self, payload: dict[str, Any]) -> NewsItem:
        """The news in a message whose signature holds.

        Raises ``Invalid`` with a sentence for whoever writes the sending side.
        """

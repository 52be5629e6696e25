"""Takes one piece of news in: once, kept raw, told by the usual verbs or not at all."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.actions.passing_on import Passed, pass_on
from dossiers.gateway.accounts import account_of
from dossiers.gateway.adapters.base import NewsItem
from dossiers.models import Gateway, GatewayEvent, PostalItem
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from postal_tthc.accounts.models import User
from postal_tthc.errors import DomainError
from postal_tthc.lib.vietnamese import write_date

Outcome = GatewayEvent.Outcome
CLOCKS_DIFFER = timedelta(minutes=5)  # news so far ahead of our clock is of now
LONGEST_NOTE = GatewayEvent._meta.get_field("note").max_length
LONGEST_NUMBER = PostalItem._meta.get_field("number").max_length


@dataclass(frozen=True)
class Taken:
    """An event that is kept, and whether it had been before."""

    event: GatewayEvent
    is_repeated: bool = False
    is_other: bool = False  # the id is an earlier one's, what it says is not


@transaction.atomic
def take(gateway: Gateway, news: NewsItem, payload: dict[str, Any]) -> Taken:
    """Keep a push and do what it tells; the same id again does nothing more.

    What contradicts what is known is kept with the sentence that refused it, and
    changes nothing. Pushes of one gateway are taken one after the other.
    """
    gateway = Gateway.objects.select_for_update().get(pk=gateway.pk)
    known = gateway.events.filter(event_id=news.event_id).first()
    if known is not None:
        return Taken(known, is_repeated=True, is_other=known.payload != payload)
    by = account_of(gateway)
    item = item_called(news.item_number, by=by)
    outcome, note = _tell(item, news, by)
    event = GatewayEvent.objects.create(
        gateway=gateway,
        event_id=news.event_id,
        received_at=timezone.now(),
        item=item,
        payload=payload,
        outcome=outcome,
        note=note[:LONGEST_NOTE],
    )
    return Taken(event)


def item_called(number: str, *, by: User) -> PostalItem | None:
    """The item of a tidy number that this person may see.

    A number that stands on both legs is the one the post has, else the later.
    """
    if not number or len(number) > LONGEST_NUMBER:
        return None
    found = list(PostalItem.objects.visible_to(by).filter(number=number))
    return max(found, key=lambda x: (x.status in UNDER_WAY, x.pk), default=None)


def where_it_is(item: PostalItem) -> str:
    """An item's status here, with the day of its last news."""
    last = item.events.filter(is_void=False).last()
    said = ItemStatus(item.status).label
    return f"{said}, {write_date(timezone.localdate(last.at))}" if last else str(said)


def _tell(item: PostalItem | None, news: NewsItem, by: User) -> tuple[Outcome, str]:
    if item is None:
        return Outcome.UNKNOWN_ITEM, _("No item here has the number %(number)s.") % {
            "number": news.item_number
        }
    is_vague = news.status == ItemStatus.ATTEMPTED and news.reason is None
    if news.status is None or is_vague:
        return Outcome.UNKNOWN_STATUS, _("«%(said)s» is not a known status.") % {
            "said": news.said
        }
    now = timezone.now()
    at = now if now < news.at <= now + CLOCKS_DIFFER else news.at
    ours = where_it_is(item)
    try:
        with transaction.atomic():
            passed = pass_on(
                item,
                news.status,
                by=by,
                at=at,
                reason=news.reason if news.status == ItemStatus.ATTEMPTED else None,
                place=news.place,
                to=news.delivered_to,
                note=news.note,
            )
    except DomainError as error:
        return Outcome.CONTRADICTS, _(
            "The post says «%(theirs)s», here it is «%(ours)s». %(why)s"
        ) % {
            "theirs": f"{news.status.label}, {write_date(timezone.localdate(news.at))}",
            "ours": ours,
            "why": error,
        }
    words = {
        Passed.TOLD: "",
        Passed.KNOWN: _("It was known already."),
        Passed.LATE: _(
            "It came late: written down in its place; the item stays «%(status)s»."
        )
        % {"status": ours},
    }
    return Outcome.APPLIED, words[passed]

"""Takes one piece of news in: once, kept raw, told by the usual verbs or not at all.

What did nothing is kept and may be read again, by the same rules, when what it
lacked is there.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dossiers.actions.passing_on import Passed, pass_on
from dossiers.gateway import adapters
from dossiers.gateway.accounts import account_of
from dossiers.gateway.adapters.base import NewsItem
from dossiers.gateway.words import REASON_EXAMPLES
from dossiers.models import Gateway, GatewayEvent, PostalItem
from dossiers.permissions import check_ability
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from postal_tthc import audit
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, DomainError, allows
from postal_tthc.lib.vietnamese import write_date

Outcome = GatewayEvent.Outcome
CLOCKS_DIFFER = timedelta(minutes=5)  # news so far ahead of our clock is of now
LONGEST_NOTE = GatewayEvent._meta.get_field("note").max_length
LONGEST_NUMBER = PostalItem._meta.get_field("number").max_length
LONGEST_QUOTE = 60  # letters of the post's words in a note, which has more to say


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
    event = GatewayEvent(
        gateway=gateway,
        event_id=news.event_id,
        received_at=timezone.now(),
        payload=payload,
    )
    _do(event, news)
    event.save(force_insert=True)
    return Taken(event)


@transaction.atomic
def read_again(event: GatewayEvent, *, by: User) -> GatewayEvent:
    """Do what a kept push tells as if it came now, and keep what became of it.

    The item may have been entered since, the post's word may have become known, or
    the history was mended. The gateway writes, as it does with every push; ``by``
    only asks for it, and stays in the audit log. Raises ``Refused``, ``Conflict`` or
    ``Invalid``.
    """
    # Pushes and other readings of the gateway wait, as they do for each other.
    gateway = Gateway.objects.select_for_update().get(pk=event.gateway_id)
    event = gateway.events.select_for_update().get(pk=event.pk)
    check_can_read_again(by, event)
    if not gateway.is_active:
        raise Conflict(
            _("The gateway «%(name)s» is switched off: nothing of it is read.")
            % {"name": gateway}
        )
    try:
        adapter = adapters.adapter(gateway.adapter)
    except KeyError:
        raise Conflict(
            _("The adapter «%(name)s» of this gateway is not there any more.")
            % {"name": gateway.adapter}
        ) from None
    news = adapter.read(event.payload)
    before = event.outcome
    # Kept in one language, whoever asks; a push comes in it too.
    with translation.override(settings.LANGUAGE_CODE):
        _do(event, news)
    event.save(update_fields=["item", "outcome", "note"])
    changed = {"outcome": (before, event.outcome)}
    audit.log(event, audit.Action.UPDATE, changed, by=by)
    return event


def check_can_read_again(user: User, event: GatewayEvent) -> None:
    """Whoever writes down what the post tells, as long as it was not applied."""
    check_ability(user, Ability.CARRY)
    if event.outcome == Outcome.APPLIED:
        raise Conflict(
            _("Event %(id)s was applied already; nothing was done again.")
            % {"id": event.event_id}
        )


def can_read_again(user: User, event: GatewayEvent) -> bool:
    """Whether to offer reading it again."""
    return allows(check_can_read_again, user, event)


def _do(event: GatewayEvent, news: NewsItem) -> None:
    """Tell the news in the gateway's name; on the event what became of it, unsaved."""
    by = account_of(event.gateway)
    event.item = item_called(news.item_number, by=by)
    event.outcome, note = _tell(event.item, news, by)
    event.note = note[:LONGEST_NOTE]


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
    if news.status is None:
        return Outcome.UNKNOWN_STATUS, _("«%(said)s» is not a known status.") % {
            "said": news.said
        }
    now = timezone.now()
    at = now if now < news.at <= now + CLOCKS_DIFFER else news.at
    ours = where_it_is(item)
    is_vague = news.status == ItemStatus.ATTEMPTED and news.reason is None
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
            "why": _on_its_reason(news) if is_vague else error,
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


def _on_its_reason(news: NewsItem) -> str:
    """A failed delivery with no known reason: no verb takes it, though it is known."""
    return _(
        "The status is known; its reason is missing or not known («%(said)s»), and "
        "without one it is not written down. Known reasons are: %(known)s."
    ) % {
        "said": Truncator(news.said).chars(LONGEST_QUOTE),
        "known": ", ".join(REASON_EXAMPLES),
    }

"""What the post itself tells, by list or by message: each piece passed to its verb."""

from datetime import date, datetime
from enum import Enum, auto

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import custody
from dossiers import postal_permissions as permissions
from dossiers.actions.delivering import (
    LONGEST_NOTE,
    deliver,
    lock_item,
    record_attempt,
    record_news,
)
from dossiers.actions.stepping import holder_of
from dossiers.item_history import last_news
from dossiers.models import PostalEvent, PostalItem
from dossiers.permissions import check_ability
from dossiers.postal_statuses import NEWS, ItemStatus, Reason
from dossiers.statuses import Step
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import write_date, write_number

# Stations of the way: told late they change nothing that came after them.
STATIONS = frozenset({*NEWS} - {ItemStatus.COMING_BACK})
LONGEST_PLACE = PostalEvent._meta.get_field("place").max_length
LONGEST_NAME = PostalItem._meta.get_field("delivered_to").max_length


class Passed(Enum):
    """What became of a piece of news."""

    TOLD = auto()  # the item is there now
    KNOWN = auto()  # it was known already
    LATE = auto()  # written down in its place; the item has gone on since


@transaction.atomic
def pass_on(
    item: PostalItem,
    status: ItemStatus,
    *,
    by: User,
    at: datetime,
    reason: Reason | None = None,
    place: str = "",
    to: str = "",
    note: str = "",
    by_day: bool = False,
) -> Passed:
    """Pass a piece of news of the post to the verb that people use for it.

    ``by_day`` when only the day of ``at`` was told, and its hour means nothing.
    What is known already is not told twice. What contradicts what is known is
    refused as it would be at the desk: ``Refused``, ``Conflict`` or ``Invalid``.
    """
    item, _dossiers = lock_item(item)
    permissions.check_can_carry(by, item)
    place, to = place[:LONGEST_PLACE], to[:LONGEST_NAME]
    if is_known(item, status, at, by_day=by_day):
        return Passed.KNOWN
    if status in STATIONS and _is_overtaken(item, at, by_day=by_day):
        _tell_late(item, status, by=by, at=at, place=place, note=note)
        return Passed.LATE
    if status == item.status == ItemStatus.DELIVERED and item.delivered_on:
        raise Conflict(
            _("Item %(number)s was delivered on %(day)s.")
            % {"number": item, "day": write_date(item.delivered_on)}
        )
    if status in NEWS:
        record_news(item, status, by=by, at=at, place=place, note=note)
    elif status == ItemStatus.ATTEMPTED and reason:
        record_attempt(item, reason, by=by, at=at, place=place, note=note)
    elif status == ItemStatus.DELIVERED:
        deliver(item, by=by, at=at, to=to, note=note)
    else:
        raise Conflict(_refusal(item, status))
    return Passed.TOLD


def is_known(
    item: PostalItem, status: ItemStatus, at: datetime, *, by_day: bool = False
) -> bool:
    """Whether the item's history has this news already.

    A station may be passed twice a day, so its hour counts where one was told; a
    delivery or an attempt is known by its day, as people write days.
    """
    events = item.events.filter(status=status, is_void=False)
    if status in STATIONS and not by_day:
        return events.filter(at=at).exists()
    day = timezone.localdate(at)
    return any(timezone.localdate(event.at) == day for event in events)


@transaction.atomic
def record_remittance(
    item: PostalItem, dong: int, *, by: User, at: datetime, on: date
) -> bool:
    """The post has paid over what it collected for the agency; False when known.

    The desk says so, for the money comes to it; papers to recover come with minutes
    that both sides sign, never by a list.
    Raises ``Refused``, ``Conflict`` or ``Invalid``.
    """
    item, dossiers = lock_item(item)
    check_ability(by, Ability.RETURN)
    permissions.check_sees_item(by, item)
    if dong != item.collect_dong:
        raise Conflict(
            _("The post paid over %(theirs)s đ; %(ours)s đ were to be collected.")
            % {
                "theirs": write_number(dong),
                "ours": write_number(item.collect_dong),
            }
        )
    if item.remitted_on == on:
        return False
    if item.remitted_on:
        raise Conflict(
            _("The fees of item %(number)s were handed over on %(day)s already.")
            % {"number": item, "day": write_date(item.remitted_on)}
        )
    if item.delivered_on is None or on < item.delivered_on:
        raise Conflict(
            _("Item %(number)s was not delivered by %(day)s: nothing was collected.")
            % {"number": item, "day": write_date(on)}
        )
    if item.recovers:
        raise Conflict(
            _(
                "Item %(number)s also has papers to recover: take fees and papers in "
                "with the handover minutes."
            )
            % {"number": item}
        )
    if on > timezone.localdate(at):
        raise Invalid(_("A step cannot lie in the future."))
    item.remitted_on = on
    item.save(update_fields=["remitted_on"])
    for dossier in dossiers:
        custody.record(
            dossier,
            Step.CORRECTED,
            by=by,
            at=at,
            held_by=holder_of(dossier),
            item=item,
            note=f"{item}: đã nộp phí thu hộ {write_number(dong)} đ, {write_date(on)}",
        )
    return True


def _is_overtaken(item: PostalItem, at: datetime, *, by_day: bool) -> bool:
    last = last_news(item)
    if last is None:
        return False
    if by_day:
        return timezone.localdate(at) < timezone.localdate(last.at)
    return at < last.at


def _tell_late(
    item: PostalItem,
    status: ItemStatus,
    *,
    by: User,
    at: datetime,
    place: str,
    note: str,
) -> None:
    """A station in its place in the history; where the item is now stays."""
    if item.posted_on is None or timezone.localdate(at) < item.posted_on:
        raise Conflict(
            _("Item %(number)s was not with the post on %(day)s.")
            % {"number": item, "day": write_date(timezone.localdate(at))}
        )
    PostalEvent.objects.create(
        item=item, status=status, at=at, place=place, note=note[:LONGEST_NOTE], by=by
    )


def _refusal(item: PostalItem, status: ItemStatus) -> str:
    words = {"number": item, "status": status.label}
    if status == ItemStatus.ATTEMPTED:
        return _("Item %(number)s: a failed delivery needs a known reason.") % words
    if status == ItemStatus.ACCEPTED and item.posted_on:
        return _("Item %(number)s was posted on %(day)s.") % {
            "number": item,
            "day": write_date(item.posted_on),
        }
    if status == ItemStatus.ACCEPTED:
        return (
            _(
                "Item %(number)s has not been handed to the post here: sign the "
                "minutes, or hand its dossier to the post first."
            )
            % words
        )
    return (
        _("Item %(number)s: «%(status)s» is written down at the desk, not by the post.")
        % words
    )

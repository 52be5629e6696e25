"""What the post tells of an item: news, attempts, delivery, the way back."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import postal_permissions as permissions
from dossiers.actions.stepping import begin, check_moment, finish, lock
from dossiers.item_history import last_news, news_due, next_attempt
from dossiers.models import Dossier, Handover, Paper, PostalEvent, PostalItem
from dossiers.postal_statuses import NEWS, ItemStatus, Reason
from dossiers.statuses import Status, Step
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import write_date

LONGEST_NOTE = 500  # letters beside a piece of news


@transaction.atomic
def record_news(
    item: PostalItem,
    status: ItemStatus,
    *,
    by: User,
    at: datetime,
    place: str = "",
    note: str = "",
) -> PostalItem:
    """The post has told where an item is."""
    item = PostalItem.objects.select_for_update().get(pk=item.pk)
    permissions.check_can_tell(by, item)
    if status not in NEWS:
        raise Invalid(_("«%(status)s» is not news of the way.") % {"status": status})
    if status == ItemStatus.COMING_BACK:
        permissions.check_may_go_back(item)
    elif item.status == ItemStatus.COMING_BACK:
        permissions.check_can_deliver(by, item)
    return tell(item, status, by=by, at=in_order(item, at), place=place, note=note)


@transaction.atomic
def record_attempt(
    item: PostalItem,
    reason: Reason,
    *,
    by: User,
    at: datetime,
    place: str = "",
    note: str = "",
) -> PostalItem:
    """A delivery failed; the next lies at least two working days later.

    TT 17/2017/TT-BTTTT, Điều 5 khoản 2 điểm h.
    """
    item = PostalItem.objects.select_for_update().get(pk=item.pk)
    permissions.check_can_deliver(by, item)
    at = in_order(item, at)
    earliest = next_attempt(item)
    if earliest and timezone.localdate(at) < earliest:
        raise Conflict(
            _(
                "The next attempt lies at least two working days after the last one, "
                "from %(earliest)s (TT 17/2017, Điều 5)."
            )
            % {"earliest": write_date(earliest)}
        )
    return tell(
        item,
        ItemStatus.ATTEMPTED,
        by=by,
        at=at,
        reason=reason,
        place=place,
        note=note,
    )


@transaction.atomic
def deliver(
    item: PostalItem, *, by: User, at: datetime, to: str = "", note: str = ""
) -> PostalItem:
    """The recipient has signed: results are returned, papers are home.

    ``to`` is who signed, when it was somebody authorised.
    """
    item, dossiers = lock_item(item)
    permissions.check_can_deliver(by, item)
    at = in_order(item, at)
    item.delivered_on = timezone.localdate(at)
    item.delivered_to = to or item.recipient_name
    item = tell(item, ItemStatus.DELIVERED, by=by, at=at, note=note)
    for dossier in dossiers:
        _arrive(dossier, item, by=by, at=at)
    return item


def _arrive(dossier: Dossier, item: PostalItem, *, by: User, at: datetime) -> None:
    dossier, step, at = _step(dossier, Step.DELIVERED, by=by, at=at)
    _carried(dossier, item).update(held_by=None, outcome=Paper.Outcome.RETURNED)
    left = dossier.papers.filter(outcome="").select_related("held_by").first()
    finish(
        dossier,
        step,
        by=by,
        at=at,
        held_by=left.held_by if left else None,
        item=item,
        note=f"{item.number}: {item.delivered_to}",
    )


@transaction.atomic
def come_back(
    item: PostalItem,
    *,
    by: User,
    at: datetime,
    note: str = "",
    handover: Handover | None = None,
    opened_seal_number: str = "",
) -> PostalItem:
    """What could not be delivered is at the desk again.

    After two attempts at least two working days apart, or one that made another
    hopeless. Raises ``Refused`` (the desk alone takes it in) or ``Conflict``.
    """
    item, dossiers = lock_item(item)
    permissions.check_can_take_in(by, item)
    item.opened_seal_number = opened_seal_number
    return take_in(item, dossiers, by=by, at=at, note=note, handover=handover)


def take_in(
    item: PostalItem,
    dossiers: list[Dossier],
    *,
    by: User,
    at: datetime,
    note: str = "",
    handover: Handover | None = None,
) -> PostalItem:
    """Put a locked item and everything in it at the desk again."""
    at = in_order(item, at)
    item = tell(item, ItemStatus.CAME_BACK, by=by, at=at, note=note)
    for inside in dossiers:
        dossier, step, moment = _step(inside, Step.CAME_BACK, by=by, at=at)
        _carried(dossier, item).update(held_by=dossier.desk)
        finish(
            dossier,
            step,
            by=by,
            at=moment,
            held_by=dossier.desk,
            item=item,
            handover=handover,
            note=f"{item.number} {note}".strip(),
        )
    return item


def _step(
    dossier: Dossier, step: Step, *, by: User, at: datetime
) -> tuple[Dossier, Step, datetime]:
    """The step of a result in the item; for papers alone it is that they moved."""
    if dossier.status != Status.WITH_POST:
        return dossier, Step.PAPERS_MOVED, check_moment(dossier, at)
    dossier, at = begin(dossier, step, by=by, at=at)
    return dossier, step, at


def _carried(dossier: Dossier, item: PostalItem) -> QuerySet[Paper]:
    """The papers in the item: one that lies elsewhere did not travel in it."""
    return dossier.papers.filter(outcome="", held_by=item.post_office)


@transaction.atomic
def void_last_news(item: PostalItem, *, by: User) -> PostalItem:
    """The last piece of news was a mistake: it stays readable, and counts no more."""
    item = PostalItem.objects.select_for_update().get(pk=item.pk)
    permissions.check_can_void(by, item)
    return void(item, last_news(item))


def void(item: PostalItem, event: PostalEvent) -> PostalItem:
    """Void an event and set the item back to what the one before it told."""
    event.is_void = True
    event.save(update_fields=["is_void"])
    before = last_news(item)
    item.status = before.status if before else ItemStatus.PREPARED
    if item.status != ItemStatus.DELIVERED:
        item.delivered_on, item.delivered_to = None, ""
    item.news_due_on = news_due(item, before) if before else None
    item.save()
    return item


def tell(
    item: PostalItem,
    status: ItemStatus,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    place: str = "",
    note: str = "",
) -> PostalItem:
    """Add a piece of news to a locked item, and set it to where that leaves it."""
    event = PostalEvent.objects.create(
        item=item,
        status=status,
        reason=reason,
        at=at,
        place=place,
        note=note[:LONGEST_NOTE],
        by=by,
    )
    item.status = status
    item.news_due_on = news_due(item, event)
    item.save()
    return item


def in_order(item: PostalItem, at: datetime) -> datetime:
    """The moment to write: news is not later than now, nor before the news before it.

    People give the day, so on the same day it is not before that news's hour.
    """
    if at > timezone.now():
        raise Invalid(_("A step cannot lie in the future."))
    last = last_news(item)
    if last is None:
        return at
    if timezone.localdate(at) < timezone.localdate(last.at):
        raise Conflict(
            _("The news before it is of %(day)s; this cannot be earlier.")
            % {"day": write_date(timezone.localdate(last.at))}
        )
    return max(at, last.at)


def lock_item(item: PostalItem) -> tuple[PostalItem, list[Dossier]]:
    """An item and the dossiers in it, locked.

    The dossiers first and in one order, as every step of a dossier locks them
    before their item: two people never wait for one another.
    """
    dossiers = [lock(dossier) for dossier in item.dossiers.order_by("pk")]
    item = PostalItem.objects.select_for_update().get(pk=item.pk)
    if [x.pk for x in dossiers] != [x.pk for x in item.dossiers.order_by("pk")]:
        raise Conflict(
            _("Somebody is filling item %(number)s at this moment. Try again.")
            % {"number": item}
        )
    return item, dossiers

"""Tells the verbs what a row of the post's list says, one fact after the other."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.actions.correcting_items import correct_item
from dossiers.actions.passing_on import Passed, pass_on, record_remittance
from dossiers.actions.posting import hand_to_post
from dossiers.gateway.taking import where_it_is
from dossiers.gateway.words import REASON_EXAMPLES, reason_of, status_of
from dossiers.models import Dossier, PostalItem
from dossiers.post_lists.reading import Line
from dossiers.post_lists.results import Fact
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from postal_tthc.accounts.models import User
from postal_tthc.errors import DomainError, Invalid, Refused
from postal_tthc.lib.vietnamese import write_date, write_number
from procedures.models import Leg

NOON = time(12)


def envelope_of(dossier: Dossier) -> PostalItem | None:
    """The envelope that a list means by a dossier's code alone."""
    return max(
        dossier.postal_items.all(),
        key=lambda x: (x.status in UNDER_WAY, x.leg == Leg.RETURN, x.pk),
        default=None,
    )


def tell(
    line: Line,
    item: PostalItem | None,
    dossier: Dossier | None,
    *,
    by: User,
    at: datetime,
) -> Iterator[Fact]:
    """Tell the verbs what the row says, one thing after the other.

    A refusal is a fact with its sentence; ``Invalid`` means that the row itself
    cannot be understood.
    """
    if item is None and dossier:
        fact, item = _new_envelope(dossier, line, by, at)
        yield fact
    elif item and line.posted_on:
        yield _posted(item, line.posted_on)
    if item is None:
        return
    if line.postage is not None:
        yield _postage(item, line.postage, by, at)
    if line.collected is not None:
        yield _collected(item, line.collected)
    if line.status:
        yield _status(item, line, by, at)
    if _tells_remittance(item, line):
        yield _remittance(item, line, by, at)


def _new_envelope(
    dossier: Dossier, line: Line, by: User, at: datetime
) -> tuple[Fact, PostalItem | None]:
    """The result left with a number that is not written down here yet."""
    label, before = _("Item number"), envelope_of(dossier)
    ours = before.number if before and before.leg == Leg.RETURN else ""
    if before and before.leg == Leg.RETURN and before.status != ItemStatus.CAME_BACK:
        why = _("The dossier travels in another envelope here.")
        return Fact(label, ours, line.item_number, why=why), None
    if line.posted_on is None:
        raise Invalid(_("Say on which day the post took the item."))
    item = PostalItem(
        number=line.item_number,
        leg=Leg.RETURN,
        postage_dong=line.postage,
        collect_dong=line.collected or 0,
    )
    theirs = f"{line.item_number}, {write_date(line.posted_on)}"
    try:
        with transaction.atomic():
            hand_to_post(dossier, item, by=by, at=_moment(line.posted_on, None, at))
    except DomainError as error:
        return _refused(label, ours, theirs, error), None
    kept = dossier.postal_items.get(number=line.item_number, leg=Leg.RETURN)
    return Fact(label, ours, theirs, is_new=True), kept


def _posted(item: PostalItem, day: date) -> Fact:
    ours = write_date(item.posted_on) if item.posted_on else ""
    why = ""
    if item.posted_on is None:
        why = _("Here the item has not been handed to the post yet.")
    elif item.posted_on != day:
        why = _("The days differ.")
    return Fact(_("Posted on"), ours, write_date(day), why=why)


def _postage(item: PostalItem, dong: int, by: User, at: datetime) -> Fact:
    label, theirs = _("Postage"), f"{write_number(dong)} đ"
    if item.postage_dong is not None:
        ours = f"{write_number(item.postage_dong)} đ"
        why = "" if item.postage_dong == dong else _("The amounts differ.")
        return Fact(label, ours, theirs, why=why)
    correct_item(item, {"postage_dong": dong}, by=by, at=at)
    item.postage_dong = dong
    return Fact(label, "", theirs, is_new=True)


def _collected(item: PostalItem, dong: int) -> Fact:
    why = "" if item.collect_dong == dong else _("The amounts differ.")
    ours = f"{write_number(item.collect_dong)} đ"
    return Fact(_("To collect"), ours, f"{write_number(dong)} đ", why=why)


def _status(item: PostalItem, line: Line, by: User, at: datetime) -> Fact:
    status, reason = status_of(line.status)
    reason = reason_of(line.reason) or reason
    label, ours = _("Status"), where_it_is(item)
    said = " – ".join(filter(None, (line.status, line.reason)))
    if status is None:
        raise Invalid(_("«%(said)s» is not a known status.") % {"said": said})
    day = line.status_on
    if day is None and status == ItemStatus.ACCEPTED:
        day = line.posted_on
    if day is None:
        if item.status == status:
            return Fact(label, ours, said)
        raise Invalid(_("Say on which day this status was reached."))
    theirs = f"{said}, {write_date(day)}"
    if status == ItemStatus.ATTEMPTED and reason is None:
        raise Invalid(_no_reason(line.reason))
    try:
        with transaction.atomic():
            passed = pass_on(
                item,
                status,
                by=by,
                at=_moment(day, line.status_hour, at),
                reason=reason if status == ItemStatus.ATTEMPTED else None,
                place=line.place,
                to=line.delivered_to,
                by_day=line.status_hour is None,
            )
    except DomainError as error:
        return _refused(label, ours, theirs, error)
    return Fact(label, ours, theirs, is_new=passed != Passed.KNOWN)


def _no_reason(said: str) -> str:
    if not said:
        return _(
            "Write why it was not delivered into a column “Lý do”: “Đi vắng”, say."
        )
    return _("«%(said)s» is not a known reason. Known are: %(known)s.") % {
        "said": said,
        "known": ", ".join(REASON_EXAMPLES),
    }


def _tells_remittance(item: PostalItem, line: Line) -> bool:
    """Whether the row tells that money came; 0 đ of an item with nothing to collect
    is how some posts fill the column."""
    said = line.remitted is not None or line.remitted_on is not None
    return said and not (_remitted(line) == 0 == item.collect_dong)


def _remitted(line: Line) -> int | None:
    return line.remitted if line.remitted is not None else line.collected


def _remittance(item: PostalItem, line: Line, by: User, at: datetime) -> Fact:
    dong = _remitted(line)
    if dong is None or line.remitted_on is None:
        raise Invalid(_("Say how much was paid over, and on which day."))
    label = _("Fees handed over")
    item.refresh_from_db()
    ours = (
        f"{write_number(item.collect_dong)} đ, {write_date(item.remitted_on)}"
        if item.remitted_on
        else ""
    )
    theirs = f"{write_number(dong)} đ, {write_date(line.remitted_on)}"
    try:
        with transaction.atomic():
            told = record_remittance(item, dong, by=by, at=at, on=line.remitted_on)
    except DomainError as error:
        return _refused(label, ours, theirs, error)
    return Fact(label, ours, theirs, is_new=told)


def _moment(day: date, hour: time | None, now: datetime) -> datetime:
    """A day and perhaps an hour in Vietnam; the noon of a day without one, or now.

    An hour that lies ahead of us stays there, for the rules to refuse.
    """
    at = timezone.make_aware(datetime.combine(day, hour or NOON))
    return min(at, now) if hour is None and day == timezone.localdate(now) else at


def for_the_desk() -> str:
    # Goes to the post on paper: it names no person and no role.
    return _("The one-stop desk writes this down.")


def _refused(label: str, ours: str, theirs: str, error: DomainError) -> Fact:
    """What a verb refuses: for its rule, or because of who asks."""
    if isinstance(error, Refused):
        return Fact(label, ours, theirs, why=for_the_desk(), is_desks=True)
    return Fact(label, ours, theirs, why=str(error))

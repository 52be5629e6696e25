"""Envelopes and what the post does with them."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.actions.delivering import tell
from dossiers.actions.stepping import (
    begin,
    check_in_hand,
    check_moment,
    finish,
    hold,
    leave,
    lock,
)
from dossiers.item_numbers import tidy
from dossiers.models import Dossier, Handover, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Leg
from procedures.transit import expected_on

# What is told of an envelope when it is first met, or met again empty.
FACTS = (
    "post_office",
    "status",
    "service",
    "route",
    "recipient_name",
    "recipient_phone",
    "recipient_address",
    "posted_on",
    "expected_on",
    "news_due_on",
    "delivered_on",
    "delivered_to",
    "proof_of_posting",
    "seal_number",
    "postage_dong",
    "payer",
    "collect_dong",
    "recovers",
)
JOINABLE = frozenset({ItemStatus.PREPARED, ItemStatus.ACCEPTED})


def put_in_item(dossier: Dossier, item: PostalItem) -> PostalItem:
    """Link a dossier with the envelope of that number and leg, made if new.

    ``item`` is unsaved. What is already known of the envelope stays. Raises
    ``Conflict`` when another desk's envelope has the number, or when a result is
    to join an envelope that has left, its own of an earlier journey too.
    """
    facts = {name: getattr(item, name) for name in FACTS}
    known, is_new = PostalItem.objects.get_or_create(
        number=tidy(item.number), leg=item.leg, defaults=facts
    )
    known = PostalItem.objects.select_for_update().get(pk=known.pk)
    inside = known.dossiers.all()
    if not is_new and not inside.exists():
        # Left empty by a step taken back: what was known of it was a mistake.
        PostalItem.objects.filter(pk=known.pk).update(**facts)
        known.refresh_from_db()
    if inside.exclude(desk=dossier.desk).exists():
        raise Conflict(
            _("Item number %(number)s is already used by another desk.")
            % {"number": known.number}
        )
    if inside.exists() and known.leg == Leg.RETURN and known.status not in JOINABLE:
        raise Conflict(
            _("Item %(number)s has left already: «%(status)s». Use another envelope.")
            % {"number": known.number, "status": known.get_status_display().lower()}
        )
    known.dossiers.add(dossier)
    return known


@transaction.atomic
def hand_to_post(
    dossier: Dossier,
    item: PostalItem,
    *,
    by: User,
    at: datetime,
    kept: Collection[int] = (),
    handover: Handover | None = None,
    note: str = "",
) -> Dossier:
    """The result and the papers go out with the post, in an envelope.

    ``item`` is unsaved; ``kept`` holds the positions of papers the law keeps. The
    result counts as returned on this day (its delivery is the post's part).
    Raises ``Refused``, ``Conflict`` or ``Invalid``.
    """
    dossier, at = begin(dossier, Step.HANDED_TO_POST, by=by, at=at)
    day = timezone.localdate(at)
    dossier.returned_on = dossier.returned_on or day
    item = _post(dossier, item, by=by, at=at, kept=kept)
    return finish(
        dossier,
        Step.HANDED_TO_POST,
        by=by,
        at=at,
        held_by=item.post_office,
        item=item,
        handover=handover,
        note=f"{item.number} {note}".strip(),
    )


@transaction.atomic
def post_papers_home(
    dossier: Dossier,
    item: PostalItem,
    *,
    by: User,
    at: datetime,
    handover: Handover | None = None,
) -> Dossier:
    """The papers of a dossier that ended early go home with the post."""
    dossier = lock(dossier)
    permissions.check_can_give_back(by, dossier)
    at = check_moment(dossier, at)
    item = _post(dossier, item, by=by, at=at, kept=())
    return finish(
        dossier,
        Step.PAPERS_MOVED,
        by=by,
        at=at,
        held_by=item.post_office,
        item=item,
        handover=handover,
        note=item.number,
    )


def _post(
    dossier: Dossier,
    item: PostalItem,
    *,
    by: User,
    at: datetime,
    kept: Collection[int],
) -> PostalItem:
    check_in_hand(dossier, givers=[dossier.desk], kept=kept)
    item.leg = Leg.RETURN
    item.post_office = item.post_office or post_office_of(dossier.desk, by)
    item.recipient_name = item.recipient_name or (
        dossier.return_name or dossier.applicant_name
    )
    item.recipient_phone = item.recipient_phone or (
        dossier.return_phone or dossier.applicant_phone
    )
    item.recipient_address = item.recipient_address or (
        dossier.return_address or dossier.applicant_address
    )
    item = put_in_item(dossier, item)
    day = timezone.localdate(at)
    if item.status == ItemStatus.ACCEPTED and item.posted_on != day:
        raise Conflict(
            _("Item %(number)s was posted on %(day)s. Use another envelope.")
            % {"number": item, "day": write_date(item.posted_on)}
        )
    leave(dossier, dict.fromkeys(kept, Paper.Outcome.KEPT_BY_LAW))
    hold(dossier, item.post_office)
    if not item.events.filter(status=ItemStatus.ACCEPTED, is_void=False).exists():
        accept(item, by=by, at=at)
    return item


def accept(item: PostalItem, *, by: User, at: datetime) -> PostalItem:
    """The post has taken the item: this is J, the day its transit time begins."""
    day = timezone.localdate(at)
    item.posted_on = day
    item.expected_on = expected_by(item, day)
    return tell(item, ItemStatus.ACCEPTED, by=by, at=at)


def expected_by(item: PostalItem, day: date) -> date | None:
    """The last day of the norm for an item accepted on a day (TT 17/2017, Điều 7).

    On the way in the appointment slip is to be brought back as well.
    """
    return expected_on(day, item.route, with_appointment=item.leg == Leg.INTAKE)


def post_office_of(desk: Organisation, by: User) -> Organisation:
    """The post office that serves a desk: the visitor's own, or the province's.

    Raises ``Invalid`` when none has been entered.
    """
    if by.organisation.kind == Organisation.Kind.POST_OFFICE:
        return by.organisation
    found = desk.post_offices().first()
    if found is None:
        raise Invalid(
            _(
                "No post office has been entered for %(province)s. An administrator "
                "must enter it first."
            )
            % {"province": desk.province}
        )
    return found

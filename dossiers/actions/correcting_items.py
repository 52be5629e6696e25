"""Correcting what was written down about an envelope: number, postage, service."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers import custody
from dossiers import postal_permissions as permissions
from dossiers.actions.delivering import lock_item
from dossiers.actions.posting import expected_by
from dossiers.actions.stepping import holder_of
from dossiers.actions.telling import label_of, value_of
from dossiers.item_history import last_news, news_due
from dossiers.item_numbers import tidy
from dossiers.models import PostalItem
from dossiers.statuses import Step
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict

ITEM_FACTS = (
    "number",
    "service",
    "route",
    "postage_dong",
    "payer",
    "proof_of_posting",
    "seal_number",
)


@transaction.atomic
def correct_item(
    item: PostalItem, values: Mapping[str, Any], *, by: User, at: datetime
) -> PostalItem:
    """Write new facts; the log of every dossier inside keeps the old beside the new.

    ``values`` has names from ``ITEM_FACTS``. Another route has another norm: the
    expected day is counted anew. Raises ``Refused`` or ``Conflict``.
    """
    item, dossiers = lock_item(item)
    permissions.check_can_carry(by, item)
    was, route, changes = str(item), item.route, []
    for name in ITEM_FACTS:
        new = values.get(name, getattr(item, name))
        new = tidy(new) if name == "number" else new
        if getattr(item, name) != new:
            old = value_of(item, name)
            setattr(item, name, new)
            label, now = label_of(item, name), value_of(item, name)
            changes.append(f"{label}: «{old}» → «{now}»")
    if not changes:
        return item
    _check_number(item)
    if item.posted_on and item.route != route:
        _expect_anew(item)
    item.save()
    for dossier in dossiers:
        custody.record(
            dossier,
            Step.CORRECTED,
            by=by,
            at=at,
            held_by=holder_of(dossier),
            item=item,
            note=f"{was}: {'; '.join(changes)}",
        )
    return item


def _check_number(item: PostalItem) -> None:
    others = PostalItem.objects.exclude(pk=item.pk)
    if others.filter(number=item.number, leg=item.leg).exists():
        raise Conflict(
            _("Item number %(number)s is already used by another envelope.")
            % {"number": item.number}
        )


def _expect_anew(item: PostalItem) -> None:
    item.expected_on = expected_by(item, item.posted_on)
    if last := last_news(item):
        item.news_due_on = news_due(item, last)

"""Putting a dossier into an envelope."""

from django.utils.translation import gettext as _

from dossiers.item_numbers import tidy
from dossiers.models import Dossier, PostalItem
from postal_tthc.errors import Conflict


def put_in_item(dossier: Dossier, item: PostalItem) -> PostalItem:
    """Link a dossier with the envelope of that number and leg, made if new.

    ``item`` is unsaved. What is already known of the envelope stays. Raises
    ``Conflict`` when another desk's envelope has the number.
    """
    facts = {
        "posted_on": item.posted_on,
        "delivered_on": item.delivered_on,
        "postage_dong": item.postage_dong,
    }
    known, is_new = PostalItem.objects.get_or_create(
        number=tidy(item.number), leg=item.leg, defaults=facts
    )
    if not is_new and not known.dossiers.exists():
        # Left empty by a step taken back: what was known of it was a mistake.
        PostalItem.objects.filter(pk=known.pk).update(**facts)
    if known.dossiers.exclude(desk=dossier.desk).exists():
        raise Conflict(
            _("Item number %(number)s is already used by another desk.")
            % {"number": known.number}
        )
    known.dossiers.add(dossier)
    return known

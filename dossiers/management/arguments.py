"""What commands about dossiers ask for: an organisation by its symbol, and days."""

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation


def organisation_named(symbol: str) -> Organisation:
    """The organisation with this symbol; ``CommandError`` names the known ones."""
    found = Organisation.objects.filter(symbol=symbol).first()
    if found is None:
        known = Organisation.objects.order_by("symbol").values_list("symbol", flat=True)
        raise CommandError(
            _("No organisation has the symbol «%(symbol)s». Known: %(known)s.")
            % {"symbol": symbol, "known": ", ".join(known) or "–"}
        )
    return found


def day_named(word: str) -> date:
    """The day of a word such as ``2020-09-30``."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise CommandError(
            _("«%(word)s» is not a day. Write it as 2020-09-30.") % {"word": word}
        ) from None

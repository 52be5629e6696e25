"""What the report commands ask for: an organisation and a period, by name."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from dossiers.management import arguments
from postal_tthc.accounts.models import Organisation
from reports import periods
from reports.periods import Period

PERIOD_HELP = (
    "YYYY, YYYY-Qn, YYYY-Hn, YYYY-9M or YYYY-MM, each with @15 for the official "
    "cut-off; YYYY-MM-DD..YYYY-MM-DD; or A1@YYYY-MM-DD for a year of the agreement"
)


def organisation_named(symbol: str) -> Organisation:
    """The organisation with this symbol, which must be one that reports.

    ``CommandError`` names the known ones. A post office has no figures of its
    own: it would report its province's, as if everything went by post.
    """
    found = arguments.organisation_named(symbol)
    if found.kind == Organisation.Kind.POST_OFFICE:
        raise CommandError(
            _("%(name)s is a post office; ask for the agency it serves.")
            % {"name": found}
        )
    return found


def period_named(word: str) -> Period:
    """The period of a word; ``CommandError`` says how to write one."""
    try:
        return periods.parse(word)
    except ValueError as error:
        raise CommandError(str(error)) from error

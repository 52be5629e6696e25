"""The one list of columns of a register: read, written, and left blank in the form.

The order is that of the exported sheet. Headings and words are Vietnamese data.
"""

from django.db.models import OuterRef, Subquery

from dossiers.models import CustodyEntry
from dossiers.querysets import DossierQuerySet
from dossiers.spreadsheets.columns_of_days import DAYS
from dossiers.spreadsheets.columns_of_people import PEOPLE
from dossiers.spreadsheets.columns_of_ways import WAYS
from dossiers.spreadsheets.columns_of_what import WHAT
from dossiers.spreadsheets.register_column import RegisterColumn

COLUMNS: tuple[RegisterColumn, ...] = (*WHAT, *PEOPLE, *WAYS, *DAYS)
by_key: dict[str, RegisterColumn] = {column.key: column for column in COLUMNS}
# What a register from elsewhere may bring; what a person chooses for an export.
IMPORTED = tuple(column for column in COLUMNS if column.is_imported)
SHOWN = tuple(column for column in COLUMNS if not column.is_hidden)
ROUND_TRIP_KEYS = ("id", "version")


def for_writing(
    dossiers: DossierQuerySet, columns: tuple[RegisterColumn, ...] = COLUMNS
) -> DossierQuerySet:
    """The dossiers with everything that writing these columns asks for."""
    needs = {need for column in columns for need in column.needs}
    ahead = needs & {"postal_items"}
    dossiers = dossiers.select_related(*sorted(needs - ahead))
    if ahead:
        dossiers = dossiers.prefetch_related(*sorted(ahead))
    if any(column.key == "version" for column in columns):
        last = CustodyEntry.objects.filter(dossier=OuterRef("pk")).order_by("-sequence")
        dossiers = dossiers.annotate(version=Subquery(last.values("sequence")[:1]))
    return dossiers

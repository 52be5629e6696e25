"""Which dossiers stand behind the numbers of a period, set by set."""

from datetime import date

from dossiers.models import Dossier
from postal_tthc.accounts.models import Organisation
from reports.figures import COUNTED

DERIVED = ("finished", "outstanding")


def members(
    organisation: Organisation, start: date, end: date
) -> dict[str, frozenset[int]]:
    """The dossiers of each counted set between two days, both inside."""
    dossiers = Dossier.objects.of(organisation).order_by()
    return {
        name: frozenset(dossiers.counted(name, start, end).values_list("pk", flat=True))
        for name in (*COUNTED, *DERIVED)
    }


def by_dossier(sets: dict[str, frozenset[int]]) -> dict[int, list[str]]:
    """The same the other way round: the sets of each dossier."""
    found: dict[int, list[str]] = {}
    for name, dossiers in sets.items():
        for pk in dossiers:
            found.setdefault(pk, []).append(name)
    return found

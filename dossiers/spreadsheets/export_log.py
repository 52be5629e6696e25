"""Who took dossiers out of the system: a file of personal data leaves a trace."""

from dossiers.spreadsheets.exporting import Wish
from postal_tthc import audit
from postal_tthc.accounts.models import Organisation, User


def note(
    wish: Wish, organisation: Organisation, dossiers: int, *, by: User | None
) -> None:
    """Write down what was exported, how much of it and by whom.

    It stands in the log of the system, which a superuser reads, as access to the
    organisation.
    """
    told = {
        "export": wish.layout,
        "format": wish.file_format,
        "dossiers": str(dossiers),
        "filters": wish.query,
    }
    if wish.layout == "columns":
        told["columns"] = ", ".join(wish.columns)
    changes = {name: ("", value) for name, value in told.items()}
    audit.log(organisation, audit.Action.ACCESS, changes, by=by)

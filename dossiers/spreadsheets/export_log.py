"""Who took dossiers out of the system: a file of personal data leaves a trace."""

from auditlog.models import LogEntry

from dossiers.spreadsheets.exporting import Wish
from postal_tthc.accounts.models import Organisation, User


def note(
    wish: Wish, organisation: Organisation, dossiers: int, *, by: User | None
) -> None:
    """Write down what was exported, how much of it and by whom.

    ``by`` is None when somebody did it on the server itself. It stands in the log of
    the system, which a superuser reads, as access to the organisation.
    """
    told = {
        "export": wish.layout,
        "format": wish.file_format,
        "dossiers": str(dossiers),
        "filters": wish.query,
    }
    if wish.layout == "columns":
        told["columns"] = ", ".join(wish.columns)
    LogEntry.objects.log_create(
        organisation,
        force_log=True,
        action=LogEntry.Action.ACCESS,
        # What the log shows of an entry: each name with what was before and after.
        changes={name: ["", value] for name, value in told.items()},
        actor=by,
    )

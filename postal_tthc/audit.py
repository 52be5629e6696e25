"""Who did what, where no change of a stored row tells it by itself."""

from auditlog.models import LogEntry
from django.db.models import Model

from postal_tthc.accounts.models import User

Action = LogEntry.Action


def log(
    what: Model,
    action: Action,
    changes: dict[str, tuple[str, str]],
    *,
    by: User | None,
) -> None:
    """Keep in the audit log what was done; each name with what was before and after.

    ``by`` is None when somebody did it on the server itself.
    """
    LogEntry.objects.log_create(
        what,
        force_log=True,
        action=action,
        changes=changes,
        actor=by,
    )

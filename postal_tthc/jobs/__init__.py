"""Work that takes longer than a page may: asked for here, done by a worker.

    register("export", export_rows)                       # in an app's ready()
    job = start("export", title=…, by=user, parameters={…}, size=rows)

Work is a function ``(job, progress) -> Outcome``. It runs outside of any transaction
and is responsible for its own: see docs/decisions/0016.
"""

from typing import TYPE_CHECKING, Any

from postal_tthc.jobs.kinds import register, register_errand
from postal_tthc.jobs.progress import Cancelled, Outcome, Progress

if TYPE_CHECKING:
    from postal_tthc.accounts.models import User
    from postal_tthc.jobs.models import Job

__all__ = ["Cancelled", "Outcome", "Progress", "register", "register_errand", "start"]


def start(
    kind: str, *, title: str, by: "User", parameters: dict[str, Any], size: int = 0
) -> "Job":
    """Ask for work of a kind: see ``actions.start``."""
    # Imported late, because apps import this package before models may be loaded.
    from postal_tthc.jobs import actions

    return actions.start(kind, title=title, by=by, parameters=parameters, size=size)

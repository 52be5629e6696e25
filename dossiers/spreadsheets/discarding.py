"""Takes a register away that was looked at and is not to be written."""

from django.db import transaction

from dossiers.models import RegisterImport
from dossiers.spreadsheets.background import check_idle
from dossiers.spreadsheets.importing import check_waits
from dossiers.spreadsheets.undoing import check_can_undo
from postal_tthc import kept_files
from postal_tthc.accounts.models import User


@transaction.atomic
def discard(source: RegisterImport, *, by: User) -> None:
    """Take the file and what was judged of it away, for good.

    What was written from stays with its hash, undone or not. Raises ``Refused`` for
    another organisation, ``Conflict`` for a file that was written or is worked on.
    """
    check_can_undo(by, source)
    kept = RegisterImport.objects.select_for_update().filter(pk=source.pk).first()
    if kept is None:  # somebody was faster
        return
    check_waits(kept)
    check_idle(kept)
    kept_files.discard(kept, by=by)

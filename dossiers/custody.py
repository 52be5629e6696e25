"""The only writer of the custody log."""

import hashlib
import json
from datetime import UTC, datetime

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from dossiers.models import CustodyEntry, Dossier
from dossiers.models.custody import Step
from postal_tthc.accounts.models import Organisation, User


def record(
    dossier: Dossier,
    step: Step,
    *,
    by: User,
    at: datetime,
    held_by: Organisation | None,
    note: str = "",
) -> CustodyEntry:
    """Append what happened, in the transaction that made it happen.

    The dossier's row must be locked (or new), so that two entries cannot both
    follow the same one. ``held_by`` is who holds the papers afterwards; None
    when the applicant does. Raises ``TransactionManagementError`` outside one.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "A custody entry is written inside the transaction of what it tells."
        )
    last = dossier.custody.order_by("-sequence").first()
    entry = CustodyEntry(
        dossier=dossier,
        sequence=last.sequence + 1 if last else 1,
        step=step,
        status=dossier.status,
        at=at,
        by=by,
        held_by=held_by,
        note=note,
        recorded_at=timezone.now(),
        previous_seal=last.seal if last else "",
    )
    entry.seal = seal(entry)
    entry.save()
    return entry


def seal(entry: CustodyEntry) -> str:
    """SHA-256 (hexadecimal) over the entry and the seal before it."""
    content = {
        "dossier": entry.dossier_id,
        "sequence": entry.sequence,
        "step": entry.step,
        "status": entry.status,
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": entry.by_id,
        "held_by": entry.held_by_id,
        "note": entry.note,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(),
        "previous_seal": entry.previous_seal,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()

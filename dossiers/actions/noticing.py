"""Writing down what the applicant is told, in the words that are printed."""

from datetime import date, datetime
from typing import Any

from dossiers.models import Dossier, Notice
from postal_tthc.accounts.models import User


def notify(
    dossier: Dossier,
    kind: Notice.Kind,
    *,
    by: User,
    at: datetime,
    reason: str,
    legal_basis: str = "",
    number: str = "",
    papers: list[dict[str, Any]] | None = None,
    answer_by: date | None = None,
    new_date: date | None = None,
) -> Notice:
    """Keep a notice; call it inside the transaction of the step that gives it."""
    return Notice.objects.create(
        dossier=dossier,
        kind=kind,
        issued_at=at,
        by=by,
        reason=reason,
        legal_basis=legal_basis,
        number=number,
        papers=papers or [],
        answer_by=answer_by,
        was_due_on=dossier.due_on,
        new_date=new_date,
    )

"""Correcting what was typed: people, addresses, the way the result goes out."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers import custody, entry_rules, permissions
from dossiers.actions.stepping import check_unchanged, holder_of, lock
from dossiers.actions.telling import label_of, value_of
from dossiers.models import Dossier
from dossiers.statuses import SENT, Step
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, Invalid

CORRECTABLE = (
    "applicant_kind",
    "applicant_name",
    "applicant_id_number",
    "applicant_phone",
    "applicant_email",
    "applicant_address",
    "representative_name",
    "representative_id_number",
    "representative_phone",
    "return_channel",
    "return_name",
    "return_phone",
    "return_address",
    "why_not_post",
    "note",
)


@transaction.atomic
def correct(
    dossier: Dossier,
    values: Mapping[str, str],
    *,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Write new values and log every old one beside its new one.

    ``seen`` is the sequence of the last log entry when the page was opened: what
    somebody else has written since is not overwritten without a word.
    ``values`` has names from ``CORRECTABLE``. What made the code and the clock
    (procedure, intake, hour of receipt) is not corrected: withdraw and receive
    again. Raises ``Refused``, ``Conflict`` or ``Invalid``.
    """
    dossier = lock(dossier)
    permissions.check_can_correct(by, dossier)
    check_unchanged(dossier, seen)
    way_out = dossier.return_channel
    if dossier.status in SENT and values.get("return_channel", way_out) != way_out:
        raise Conflict(
            _(
                "The result of %(code)s has left already; the way it went out is not "
                "changed any more."
            )
            % {"code": dossier}
        )
    changes = []
    for name in CORRECTABLE:
        new = values.get(name, getattr(dossier, name))
        if getattr(dossier, name) != new:
            old = value_of(dossier, name)
            setattr(dossier, name, new)
            label, now = label_of(dossier, name), value_of(dossier, name)
            changes.append(f"{label}: «{old}» → «{now}»")
    if not changes:
        return dossier
    for _name, sentence in entry_rules.correction_faults(dossier):
        raise Invalid(sentence)
    dossier.save()
    custody.record(
        dossier,
        Step.CORRECTED,
        by=by,
        at=at,
        held_by=holder_of(dossier),
        note="; ".join(changes),
    )
    return dossier

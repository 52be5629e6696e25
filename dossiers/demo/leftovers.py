"""What the clerk was typing when the demo ends."""

from dossiers import actions
from dossiers.models import Draft
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.accounts.models import User

KEY = "demo"
TYPED = (
    ("procedure_code", "1.990002"),
    ("intake_channel", IntakeChannel.COUNTER.value),
    ("applicant_name", "Ủy ban nhân dân xã Tiên Lục, huyện Lạng Giang (mẫu)"),
    ("applicant_phone", "0900 000 999"),
    ("return_channel", ReturnChannel.PUBLIC_POST.value),
    ("return_same_as_applicant", "on"),
)


def leave_draft(clerk: User) -> Draft:
    """A dossier half typed, kept as the entry page keeps it."""
    return actions.keep_draft(clerk, KEY, TYPED, seen="")

"""The states of a dossier and the moves between them: tables, then code.

The numbers are the official ones (TT 22/2019/TT-BTTTT, Điều 4 asks for such a
display at each step; the ten states are those one-stop systems use).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where the work on a dossier stands."""

    RECEIVED = "received", _("Received")  # 2
    REFUSED = "refused", _("Refused")  # 3
    PROCESSING = "processing", _("Being processed")  # 4
    WITHDRAWN = "withdrawn", _("Withdrawn")  # 7
    RESULT_READY = "result_ready", _("Result ready")  # 9
    RETURNED = "returned", _("Result returned")  # 10


NEXT: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.PROCESSING, Status.REFUSED, Status.WITHDRAWN}),
    Status.PROCESSING: frozenset(
        {Status.RESULT_READY, Status.REFUSED, Status.WITHDRAWN}
    ),
    Status.RESULT_READY: frozenset({Status.RETURNED}),
    Status.RETURNED: frozenset(),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}

# The agency still owes an answer.
OPEN = frozenset({Status.RECEIVED, Status.PROCESSING})
# The agency has given its answer.
FINISHED = frozenset({Status.RESULT_READY, Status.RETURNED})
# Nothing more will happen.
CLOSED = frozenset({Status.RETURNED, Status.REFUSED, Status.WITHDRAWN})


class IntakeChannel(TextChoices):
    """How the dossier came in."""

    COUNTER = "counter", _("At the counter")
    ONLINE = "online", _("Online")
    PUBLIC_POST = "public_post", _("Public post")
    OTHER_COURIER = "other_courier", _("Other courier")  # QĐ 45, Điều 1.3


class ReturnChannel(TextChoices):
    """How the result goes out."""

    COUNTER = "counter", _("At the counter")
    ONLINE = "online", _("Online")
    PUBLIC_POST = "public_post", _("Public post")


class ApplicantKind(TextChoices):
    """Who asks."""

    PERSON = "person", _("Person")
    BUSINESS = "business", _("Business or association")
    PUBLIC_BODY = "public_body", _("Public body")

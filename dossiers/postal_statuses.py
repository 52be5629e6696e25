"""What can happen to a postal item, and who caused what went wrong: tables.

The words follow the post's own tracking; several failed attempts must lie at
least two working days apart before a result goes back to the agency
(TT 17/2017/TT-BTTTT, Điều 5 khoản 2 điểm h).
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from procedures.working_days import WorkingCalendar

# How often the post tries before a result goes back, and how far apart.
LEAST_ATTEMPTS = 2
DAYS_BETWEEN_ATTEMPTS = 2  # working days


class ItemStatus(TextChoices):
    """Where an item stands, in the order of its way."""

    PREPARED = "prepared", _("Prepared")
    ACCEPTED = "accepted", _("Accepted by the post")
    IN_TRANSIT = "in_transit", _("Under way")
    AT_OFFICE = "at_office", _("At the post office of destination")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    ATTEMPTED = "attempted", _("Delivery failed")
    COMING_BACK = "coming_back", _("On its way back")
    DELIVERED = "delivered", _("Delivered")
    CAME_BACK = "came_back", _("Came back")
    LOST = "lost", _("Lost")


# The post still has it.
UNDER_WAY = frozenset(
    {
        ItemStatus.ACCEPTED,
        ItemStatus.IN_TRANSIT,
        ItemStatus.AT_OFFICE,
        ItemStatus.OUT_FOR_DELIVERY,
        ItemStatus.ATTEMPTED,
        ItemStatus.COMING_BACK,
    }
)
ARRIVED = frozenset({ItemStatus.DELIVERED, ItemStatus.CAME_BACK})
# News of the way that anybody who carries may enter by hand or from a list.
NEWS = (
    ItemStatus.IN_TRANSIT,
    ItemStatus.AT_OFFICE,
    ItemStatus.OUT_FOR_DELIVERY,
    ItemStatus.COMING_BACK,
)


class Party(TextChoices):
    """Who caused it: whoever it is pays for the next delivery (QĐ 45/2016, Đ12)."""

    POST = "post", _("The post")
    AGENCY = "agency", _("The agency")
    RECIPIENT = "recipient", _("The recipient")
    UNKNOWN = "unknown", _("Not known yet")


class Reason(TextChoices):
    """Why a delivery failed."""

    MISROUTED = "misrouted", _("Went the wrong way")
    LATE = "late", _("Came too late to be delivered")
    DAMAGED = "damaged", _("Damaged on the way")
    WRONG_ADDRESS = "wrong_address", _("Address wrong or incomplete")
    WRONG_PHONE = "wrong_phone", _("Phone number wrong")
    WRONG_CONTENTS = "wrong_contents", _("Contents wrong or missing")
    ABSENT = "absent", _("Nobody at home")
    UNREACHABLE = "unreachable", _("Does not answer the phone")
    MOVED = "moved", _("Moved away")
    POSTPONED = "postponed", _("Asked for another day")
    NO_IDENTITY = "no_identity", _("Could not show an identity paper or authority")
    REFUSED_IT = "refused_it", _("Refused to take it")


CAUSED_BY: dict[Party, tuple[Reason, ...]] = {
    Party.POST: (Reason.MISROUTED, Reason.LATE, Reason.DAMAGED),
    Party.AGENCY: (Reason.WRONG_ADDRESS, Reason.WRONG_PHONE, Reason.WRONG_CONTENTS),
    Party.RECIPIENT: (
        Reason.ABSENT,
        Reason.UNREACHABLE,
        Reason.MOVED,
        Reason.POSTPONED,
        Reason.NO_IDENTITY,
        Reason.REFUSED_IT,
    ),
}
# A second attempt would change nothing: the item may go back at once.
HOPELESS = frozenset(
    {
        Reason.WRONG_ADDRESS,
        Reason.WRONG_CONTENTS,
        Reason.MOVED,
        Reason.REFUSED_IT,
    }
)


def party_of(reason: Reason) -> Party:
    """Who caused a failure."""
    return next(party for party, reasons in CAUSED_BY.items() if reason in reasons)


def next_attempt_from(last: date, calendar: WorkingCalendar) -> date:
    """The first day of another attempt after one that failed on ``last``."""
    return calendar.add_working_days(last, DAYS_BETWEEN_ATTEMPTS)


def may_come_back(attempts: Sequence[tuple[date, Reason]]) -> bool:
    """Whether an item may go back to the agency after these failed attempts."""
    return len(attempts) >= LEAST_ATTEMPTS or any(
        reason in HOPELESS for _day, reason in attempts
    )


class Service(TextChoices):
    """What was bought from the post."""

    DOSSIER_POST = "dossier_post", _("Administrative dossier post (BCCI)")
    EXPRESS = "express", _("Express")
    REGISTERED = "registered", _("Registered")
    ORDINARY = "ordinary", _("Ordinary")


class Payer(TextChoices):
    """Who pays the postage."""

    APPLICANT = "applicant", _("Applicant")
    AGENCY = "agency", _("Agency")
    POST = "post", _("Post (its fault)")

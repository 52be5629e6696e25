"""What follows an incident, as tables: how it may end, what is owed, until when.

QĐ 45/2016/QĐ-TTg, Điều 14; NĐ 47/2011/NĐ-CP, Điều 25; TT 17/2017/TT-BTTTT, Điều 8.
Amounts are shown with their source and can be written over by hand.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

# The words are ``Incident``'s: these tables lie below the models.
OUTCOMES: dict[str, tuple[str, ...]] = {
    "silence": ("explained", "found", "compensated"),
    "lost": ("found", "reissued", "compensated"),
    "damaged": ("reissued", "compensated", "explained"),
    "seal": ("explained", "compensated"),
    "count": ("explained", "found", "reissued", "compensated"),
}

# From the loss of an original to the new one in the applicant's hands. Whoever
# lost it helps with each step and bears its costs (QĐ 45/2016, Điều 14).
REISSUE_STEPS: dict[str, LazyText] = {
    "told": _("The applicant was told what happened, with an apology"),
    "recorded": _("The loss was recorded with the post, both sides signing"),
    "confirmed": _("The applicant got a written confirmation of the loss"),
    "asked": _("Whoever issued the paper was asked for a new one or an extract"),
    "costs": _("The costs were borne by whoever answers for the loss"),
    "received": _("The new paper has come"),
    "given": _("The new paper was given to the applicant, against a signature"),
}
REISSUED_AFTER = frozenset({"lost", "damaged", "count"})

# Days within which compensation is paid once the record of liability is signed.
PAID_WITHIN = 30
COMPENSATION_SOURCE = "Nghị định số 47/2011/NĐ-CP, Điều 25"


@dataclass(frozen=True)
class Floor:
    """The least that is owed: so many times the postage, and why."""

    times: int
    reason: LazyText

    def dong(self, postage_dong: int | None) -> int | None:
        """The amount; None while the postage is not known."""
        return None if postage_dong is None else self.times * postage_dong


FLOORS: dict[str, Floor] = {
    "lost": Floor(
        4, _("an item lost inside the country: four times the postage, refund included")
    ),
    "silence": Floor(
        1, _("late beyond the published transit time, with proof: the postage back")
    ),
}
# What the law makes the post owe is owed unless somebody else answers for it.
MAY_OWE = frozenset({"post", "unknown"})


def floor_of(kind: str, liable: str) -> Floor | None:
    """The least that is owed for an incident; None when no rule names one."""
    return FLOORS.get(kind) if liable in MAY_OWE else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, monthrange(year, month)[1])
    )

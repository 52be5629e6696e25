"""What must be true of totals, so that they can stand beside dossiers. Asks nothing.

All rows of one procedure, in the order of their months, make one account: open at
the end of a month = carried in + received − finished, up to that month.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from dossiers.models.opening_total import NUMBERS, OpeningTotal

FIRST_YEAR = 2000
LARGEST = 9_999_999
# What is inside what, and the sentence when it is not.
PARTS = (
    ("by_post", "received"),
    ("intake_by_post", "by_post"),
    ("both_legs_by_post", "intake_by_post"),
    ("return_by_post", "results"),
)


class Fault(NamedTuple):
    """What is wrong with a number of a row; ``name`` is empty for the row itself."""

    code: str
    month: date
    name: str
    sentence: str


def label(name: str) -> str:
    """The number as pages call it."""
    return str(OpeningTotal._meta.get_field(name).verbose_name)


def row_faults(row: OpeningTotal) -> list[Fault]:
    """What is wrong within one row."""
    found = []

    def say(name: str, sentence: str) -> None:
        found.append(Fault(row.procedure.code, row.month, name, sentence))

    for name in NUMBERS:
        if not 0 <= getattr(row, name) <= LARGEST:
            say(name, _("Write a whole number from 0 to %(most)d.") % {"most": LARGEST})
    for part, whole in PARTS:
        if getattr(row, part) > getattr(row, whole):
            say(
                part,
                _("«%(part)s» (%(n)d) cannot be more than «%(whole)s» (%(most)d).")
                % {
                    "part": label(part),
                    "n": getattr(row, part),
                    "whole": label(whole),
                    "most": getattr(row, whole),
                },
            )
    if row.intake_by_post + row.online > row.received:
        say(
            "online",
            _(
                "A dossier comes in by post or online, not both: %(post)d and "
                "%(online)d are more than the %(n)d received."
            )
            % {"post": row.intake_by_post, "online": row.online, "n": row.received},
        )
    return found


def open_after(account: Iterable[OpeningTotal]) -> int:
    """How many are open when the last of these months ends."""
    return sum(row.carried_in + row.received - row.finished for row in account)


def account_faults(account: Sequence[OpeningTotal]) -> list[Fault]:
    """What is wrong between the rows of one procedure, given in order of month.

    Only the first fault of running short is told: the months after it follow.
    """
    found: list[Fault] = []
    is_open = 0
    for place, row in enumerate(account):
        code, month = row.procedure.code, row.month
        if place and row.carried_in:
            sentence = _(
                "Only the first month of a procedure says what was open before it: "
                "%(first)s is the first. Take this number away."
            ) % {"first": f"{account[0].month:%m/%Y}"}
            found.append(Fault(code, month, "carried_in", sentence))
        there = is_open + row.carried_in + row.received
        is_open = there - row.finished
        if is_open < 0:
            sentence = _(
                "%(finished)d are finished in %(month)s, but only %(there)d were "
                "open or received. Correct the numbers, or write what was open when "
                "the first month began."
            ) % {
                "finished": row.finished,
                "month": f"{month:%m/%Y}",
                "there": there,
            }
            return [*found, Fault(code, month, "", sentence)]
        if row.open_overdue > is_open:
            sentence = _(
                "%(late)d are said to be open and overdue at the end of %(month)s, "
                "but only %(open)d are open then."
            ) % {
                "late": row.open_overdue,
                "month": f"{month:%m/%Y}",
                "open": is_open,
            }
            found.append(Fault(code, month, "open_overdue", sentence))
    return found

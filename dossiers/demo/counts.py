"""How many dossiers come in, and how they end, month by month.

The counts are those of the report of September 2020: 212 dossiers in 2019, 23 of
them by post; 120 in the first nine months of 2020, 29 of them by post. Refused
dossiers come on top, because they are not counted as received.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# The last day of the report.
CUT_OFF = date(2020, 9, 30)


class Fate(StrEnum):
    """How a dossier ends."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    LEFT_OVER = "left_over"  # overdue on the last day of the report
    NOT_COLLECTED = "not_collected"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Year:
    """The counts of one year; those by month begin with January.

    ``used`` is how often each procedure is used by post, in the order of the
    catalogue. ``fixed`` are dossiers, not by post, whose day matters. Whoever is
    neither refused, withdrawn, late nor on time is served early.
    """

    number: int
    by_post: tuple[int, ...]
    others: tuple[int, ...]
    used: tuple[int, ...]
    both_legs: int
    intake_only: int
    refused: int
    withdrawn: int
    late: int
    on_time: int
    fixed: Mapping[date, Fate] = field(default_factory=dict)


YEARS = (
    Year(
        number=2019,
        by_post=(0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 4, 3),
        others=(14, 9, 19, 17, 19, 17, 18, 19, 16, 16, 15, 14),
        used=(6, 4, 5, 3, 5),
        both_legs=2,
        intake_only=0,
        refused=4,
        withdrawn=3,
        late=17,
        on_time=84,
    ),
    Year(
        number=2020,
        by_post=(2, 2, 4, 5, 4, 4, 4, 3, 1),
        others=(7, 8, 11, 3, 12, 13, 12, 13, 11),
        used=(8, 4, 7, 4, 6),
        both_legs=4,
        intake_only=1,
        refused=3,
        withdrawn=2,
        late=7,
        on_time=46,
        fixed={
            date(2020, 9, 3): Fate.NOT_COLLECTED,
            date(2020, 9, 8): Fate.LEFT_OVER,
            date(2020, 9, 10): Fate.LEFT_OVER,
            date(2020, 9, 11): Fate.LEFT_OVER,
        },
    ),
)

# What goes by post comes early enough to be returned before the report.
LAST_BY_POST = date(2020, 9, 4)
# Who comes later is not served late: what is overdue on CUT_OFF is ``fixed``.
LAST_SERVED_LATE = date(2020, 6, 30)
# Working days that the ``fixed`` dossiers take: they are due before CUT_OFF.
FIXED_DAYS = 10

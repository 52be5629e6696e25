"""What happens to single dossiers beside the ordinary: a table of who, then the deal.

The rest come, are worked on and go in the plain way. Which dossier has which story
is written down by its place, so that each kind is there whatever the lot.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from dossiers.demo.catalogue import Row
from dossiers.demo.counts import Fate
from dossiers.statuses import IntakeChannel, ReturnChannel


class Story(StrEnum):
    """One thing out of the ordinary."""

    # At the agency.
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    APOLOGY = "apology"
    DISCONTINUED = "discontinued"
    # On the way in.
    SEAL = "seal"
    LOST = "lost"
    DAMAGED = "damaged"
    SET_ASIDE = "set_aside"
    # On the way out.
    TOGETHER = "together"
    CANCELLED = "cancelled"
    FEES = "fees"
    RECOVERS = "recovers"
    ABSENT_ONCE = "absent_once"
    ABSENT_TWICE = "absent_twice"
    COLLECTED = "collected"
    REPOSTED = "reposted"
    SILENT = "silent"


@dataclass(frozen=True)
class Receipt:
    """One dossier to come."""

    at: datetime
    row: Row
    intake: IntakeChannel
    returned: ReturnChannel
    fate: Fate
    stories: frozenset[Story] = frozenset()

    @property
    def is_by_post(self) -> bool:
        """Whether one leg at least is by public post."""
        return (
            self.intake == IntakeChannel.PUBLIC_POST
            or self.returned == ReturnChannel.PUBLIC_POST
        )


# Of those that go by post in a year: the place in the order of receipt.
BY_POST: dict[int, dict[int, tuple[Story, ...]]] = {
    2019: {
        3: (Story.ABSENT_ONCE,),
        6: (Story.FEES,),
        8: (Story.SEAL,),
        12: (Story.COLLECTED,),
        15: (Story.APOLOGY,),
        18: (Story.CANCELLED,),
        20: (Story.ABSENT_TWICE,),
        22: (Story.TOGETHER,),
        23: (Story.TOGETHER,),
    },
    2020: {
        3: (Story.LOST,),
        4: (Story.SET_ASIDE,),
        7: (Story.REPOSTED,),
        11: (Story.SILENT,),
        12: (Story.SUPPLEMENT, Story.ABSENT_TWICE),
        15: (Story.FEES, Story.RECOVERS),
        17: (Story.ABSENT_ONCE,),
        21: (Story.APOLOGY,),
        24: (Story.FEES,),
    },
}
# Of the others that were served in time, those of a procedure: again the place.
OTHERS: dict[tuple[int, str], dict[int, Story]] = {
    (2019, "1.990012"): {1: Story.SUPPLEMENT},
    (2019, "1.990021"): {2: Story.SUPPLEMENT, 5: Story.SUPPLEMENT},
    (2019, "1.990091"): {1: Story.SUPPLEMENT},
    (2019, "1.990094"): {2: Story.PAYMENT},
    (2020, "1.990004"): {1: Story.SUPPLEMENT},
    (2020, "1.990091"): {2: Story.SUPPLEMENT},
    (2020, "1.990094"): {1: Story.PAYMENT},
}
IN_TIME = frozenset({Fate.EARLY, Fate.ON_TIME})
# Of the rest of the others, those of a fate: discontinued counts as withdrawn.
BY_FATE: dict[tuple[int, Fate], dict[int, Story]] = {
    (2019, Fate.LATE): {9: Story.APOLOGY},
    (2019, Fate.WITHDRAWN): {1: Story.DISCONTINUED},
}


def deal(receipts: Collection[Receipt]) -> list[Receipt]:
    """The receipts of one year, in their order, with their stories."""
    seen: dict[tuple[object, ...], int] = {}

    def place(*group: object) -> int:
        seen[group] = seen.get(group, 0) + 1
        return seen[group]

    return [
        replace(receipt, stories=frozenset(_stories(receipt, place)))
        for receipt in receipts
    ]


def _stories(receipt: Receipt, place: Callable[..., int]) -> tuple[Story, ...]:
    year = timezone.localdate(receipt.at).year
    if receipt.is_by_post:
        return BY_POST[year].get(place(year), ())
    if receipt.fate in IN_TIME:
        group, stories = (year, receipt.row.code), OTHERS
    else:
        group, stories = (year, receipt.fate), BY_FATE
    story = stories.get(group, {}).get(place(*group))
    return (story,) if story else ()

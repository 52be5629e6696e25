"""Take-up of the post before and after each notice or briefing of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from dossiers.counted_sets import COUNTED_SETS
from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.models import Organisation
from reports.models import OutreachEvent
from reports.ratios import Ratio

WINDOW = 30  # days on either side; the day itself belongs to neither
FEW = 10  # below so many dossiers a percentage says little
NAMES = ("received", "by_post", "could_go_by_post", "took_the_post")


@dataclass(frozen=True)
class Window:
    """The thirty days before an event, or after it."""

    start: date
    end: date
    received: int
    by_post: int
    could_go_by_post: int
    took_the_post: int

    @property
    def by_post_ratio(self) -> Ratio:
        """By post, of those received."""
        return Ratio(self.by_post, self.received, "by_post", "received")

    @property
    def take_up_ratio(self) -> Ratio:
        """By post, of those that could have gone by post."""
        return Ratio(
            self.took_the_post,
            self.could_go_by_post,
            "took_the_post",
            "could_go_by_post",
        )


@dataclass(frozen=True)
class Effect:
    """One event and the days around it."""

    event: OutreachEvent
    before: Window
    after: Window
    is_over: bool  # whether all days after it have passed

    @property
    def is_small(self) -> bool:
        """Whether a window holds too few dossiers for its percentage to say much."""
        return min(self.before.received, self.after.received) < FEW


def effects(
    events: Iterable[OutreachEvent], seen: DossierQuerySet, *, today: date
) -> list[Effect]:
    """What each event changed, as far as the days around it tell. One query.

    ``events`` come with their ``organisation`` and its ``parent``; each is measured by
    the dossiers of its own organisation, as the register narrows to it.
    """
    listed = list(events)
    if not listed:
        return []
    margin = timedelta(days=WINDOW)
    first = min(event.held_on for event in listed) - margin
    last = min(max(event.held_on for event in listed) + margin, today)
    days = _by_day(seen, first, max(first, last))

    def window(event: OutreachEvent, start: date, end: date) -> Window:
        sums = dict.fromkeys(NAMES, 0)
        for row in days:
            if start <= row["clock_started_on"] <= end and _is_of(row, event):
                for name in NAMES:
                    sums[name] += row[name]
        return Window(start, end, **sums)

    one = timedelta(days=1)
    return [
        Effect(
            event,
            window(event, event.held_on - margin, event.held_on - one),
            window(event, event.held_on + one, event.held_on + margin),
            event.held_on + margin < today,
        )
        for event in listed
    ]


def _by_day(seen: DossierQuerySet, first: date, last: date) -> list[dict[str, object]]:
    counts = {
        name: Count("pk", filter=COUNTED_SETS[name].condition(first, last))
        for name in NAMES
    }
    rows = (
        seen.filter(COUNTED_SETS["received"].condition(first, last))
        .order_by()
        .values("clock_started_on", "agency", "agency__parent", "desk")
    )
    return list(rows.annotate(**counts))


def _is_of(row: dict[str, object], event: OutreachEvent) -> bool:
    """As ``DossierQuerySet.of`` has it."""
    organisation, kinds = event.organisation, Organisation.Kind
    scope = organisation.scope
    if organisation.kind == kinds.DESK and scope.kind == kinds.PROVINCE:
        return row["desk"] == organisation.pk
    return scope.pk in (row["agency"], row["agency__parent"])

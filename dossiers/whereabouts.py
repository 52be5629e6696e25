"""Where the papers of a dossier are, since when, and when the result should arrive.

Read from the log, like the clock: nothing is stored twice. No person is named
here, so that the public page can show all of it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dossiers.models import Dossier, Paper, PostalItem
from dossiers.passports import passports
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from dossiers.statuses import OPEN, ReturnChannel, Status
from postal_tthc.accounts.models import Organisation
from procedures import transit
from procedures.models import Leg, RequiredPaper


class Place(StrEnum):
    """Whose hands."""

    DESK = "desk"
    AGENCY = "agency"
    POST = "post"
    APPLICANT = "applicant"
    KEPT_BY_LAW = "kept_by_law"
    LOST = "lost"


# Still going towards the recipient, and not turned away yet.
ON_THE_WAY = UNDER_WAY - {ItemStatus.ATTEMPTED, ItemStatus.COMING_BACK}
PLACE_OF_HOLDER = {
    Organisation.Kind.DESK: Place.DESK,
    Organisation.Kind.POST_OFFICE: Place.POST,
}
PLACE_OF_OUTCOME = {
    Paper.Outcome.RETURNED: Place.APPLICANT,
    Paper.Outcome.KEPT_BY_LAW: Place.KEPT_BY_LAW,
    Paper.Outcome.LOST: Place.LOST,
}


@dataclass(frozen=True)
class Heap:
    """Papers that came to one place together, counted by form.

    Two copies of one paper are two. All counts are 0 for a dossier whose papers
    were not written down. ``holder`` is None when no organisation has them.
    """

    place: Place
    holder: Organisation | None
    since: datetime
    originals: int
    certified_copies: int
    copies: int


def heaps(dossier: Dossier) -> list[Heap]:
    """Where the papers are now, the largest heap first."""
    found: dict[tuple[Organisation | None, str, datetime], Counter[str]] = {}
    for passport in passports(dossier):
        if hand := passport.now:
            key = hand.holder, hand.outcome, hand.since
            paper = passport.paper
            found.setdefault(key, Counter())[paper.form] += paper.quantity
    if not found:
        found[_without_papers(dossier)] = Counter()
    return [
        Heap(
            _place(holder, outcome),
            holder,
            since,
            forms[RequiredPaper.Form.ORIGINAL],
            forms[RequiredPaper.Form.CERTIFIED_COPY],
            forms[RequiredPaper.Form.COPY],
        )
        for (holder, outcome, since), forms in sorted(
            found.items(), key=lambda heap: -heap[1].total()
        )
    ]


def _place(holder: Organisation | None, outcome: str) -> Place:
    if holder is not None:
        return PLACE_OF_HOLDER.get(Organisation.Kind(holder.kind), Place.AGENCY)
    return PLACE_OF_OUTCOME[Paper.Outcome(outcome or Paper.Outcome.RETURNED)]


def _without_papers(dossier: Dossier) -> tuple[Organisation | None, str, datetime]:
    """Whose hands the dossier itself is in, and since when without a break."""
    log = dossier.custody.select_related("held_by").order_by("-sequence")
    last, *before = log
    since = last.at
    for entry in before:
        if entry.held_by != last.held_by:
            break
        since = entry.at
    return last.held_by, "", since


def return_item(dossier: Dossier) -> PostalItem | None:
    """The newest envelope that carries the result or the papers home."""
    return dossier.postal_items.filter(leg=Leg.RETURN).order_by("pk").last()


def delivered_if_posted_on(
    day: date, route: str = transit.Route.WITHIN_PROVINCE
) -> date | None:
    """The last day of J+n for a result posted on a day; None when not known.

    TT 17/2017/TT-BTTTT, Điều 7. Until there is an envelope the result is taken to
    stay in the province.
    """
    try:
        return transit.expected_on(day, route)
    except ValueError:
        return None


def expected_delivery(dossier: Dossier, today: date) -> date | None:
    """By when the post should bring the result; None when nobody can say.

    While the agency is late nothing is promised for it.
    """
    if dossier.return_channel != ReturnChannel.PUBLIC_POST:
        return None
    if dossier.status == Status.WITH_POST:
        item = return_item(dossier)
        return item.expected_on if item and item.status in ON_THE_WAY else None
    if dossier.status == Status.RESULT_READY:
        return delivered_if_posted_on(max(today, dossier.due_on))
    promised = dossier.reappointed_to or dossier.due_on
    if dossier.status in OPEN and not dossier.clock_stopped_on and promised >= today:
        return delivered_if_posted_on(promised)
    return None

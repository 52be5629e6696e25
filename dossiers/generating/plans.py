"""Journeys in plain words and numbers: looking up an enumeration is slow."""

from typing import NamedTuple

from dossiers.generating.journeys import (
    GAPS,
    JOURNEYS,
    REASONS,
    TAKEN_BY,
    Hand,
    Journey,
)
from dossiers.statuses import CLOSED, MOVES, Step

HANDS = tuple(Hand)
WHO_HAD_THEM = -1  # a step after which the papers are where they were
STAYS, STOPS, GOES_ON, READY, SENDS, ENDS = range(6)
DOES: dict[Step, int] = {
    Step.SUPPLEMENT_REQUESTED: STOPS,
    Step.SUPPLEMENTED: GOES_ON,
    Step.RESULT_READY: READY,
    Step.HANDED_TO_POST: SENDS,
    Step.RETURNED: SENDS,
    Step.REFUSED: ENDS,
    Step.WITHDRAWN: ENDS,
    Step.DISCONTINUED: ENDS,
}
CARRIED = (Step.HANDED_TO_POST, Step.DELIVERED, Step.CAME_BACK)


class Act(NamedTuple):
    """A step of a journey. ``by`` and ``holder`` are places in ``HANDS``."""

    step: str
    status: str
    does: int
    least: int
    spread: int
    by: int
    holder: int
    note: str
    goes_by_post: bool
    closes: bool


class Plan(NamedTuple):
    """A journey: the two ways, whether one is the post, and its steps."""

    intake: str
    out: str
    by_post: bool
    acts: tuple[Act, ...]


def _act(step: Step) -> Act:
    (least, most), (by, holder) = GAPS.get(step, (0, 0)), TAKEN_BY[step]
    return Act(
        step=step.value,
        status=MOVES[step].to.value,
        does=DOES.get(step, STAYS),
        least=least,
        spread=most - least + 1,
        by=HANDS.index(by),
        holder=WHO_HAD_THEM if holder is None else HANDS.index(holder),
        note=REASONS.get(step, ""),
        goes_by_post=step in CARRIED,
        closes=MOVES[step].to in CLOSED,
    )


def _plan(journey: Journey) -> Plan:
    acts = tuple(map(_act, journey.steps))
    return Plan(journey.intake.value, journey.out.value, journey.by_post, acts)


# A thousand tickets; drawing one of them gives each journey its share.
LOT = [
    plan for journey in JOURNEYS for plan in [_plan(journey)] * journey.in_a_thousand
]

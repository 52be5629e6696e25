"""Loads the list of procedures that a decision publishes: judge it, then load it.

::

    judgement = catalogue.judge(sheets, organisation=agency, on=timezone.localdate())
    judgement.faults     # every fault, with row, column, value and what to do
    judgement.changes    # what loading would do, procedure by procedure
    catalogue.load(judgement, by=user)

Judging writes nothing. Loading writes everything in one transaction or nothing.
"""

from procedures.catalogue.judgement import (
    Change,
    Difference,
    Judgement,
    Kind,
    LegChange,
    Missing,
    Standing,
    Way,
)
from procedures.catalogue.loading import find_decision, judge, load

__all__ = [
    "Change",
    "Difference",
    "Judgement",
    "Kind",
    "LegChange",
    "Missing",
    "Standing",
    "Way",
    "find_decision",
    "judge",
    "load",
]

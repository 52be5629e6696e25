"""Breaking a verb of reports after each of its writes: nothing of it is left."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from reports.models import CountedDossier, Report, ReportEvent, ReportParagraph
from tests.integration.dossiers.faults import is_cut

TABLES = (
    Report,
    Report.legal_bases.through,
    ReportEvent,
    ReportParagraph,
    CountedDossier,
)


def everything_kept() -> dict[str, list[dict[str, Any]]]:
    """Every value of every row that a verb of reports may write."""
    return {
        table._meta.object_name: list(QuerySet(table).order_by("pk").values())
        for table in TABLES
    }


def written(before: dict[str, list]) -> set[str]:
    """The tables that are not as they were."""
    after = everything_kept()
    return {name for name in before if before[name] != after[name]}


def writes_that_leave_nothing_behind(verb: Callable[[], object]) -> int:
    """Cut the power after each write in turn, then let the verb finish.

    Answers how many writes the verb makes.
    """
    before, writes = everything_kept(), 0
    while is_cut(verb, writes + 1):
        writes += 1
        assert everything_kept() == before, f"write {writes} was left"
    assert everything_kept() != before
    return writes

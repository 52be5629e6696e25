"""Totals of paper books, entered by the real verb."""

from datetime import date, datetime

from dossiers import actions
from dossiers.actions.opening import Source, Written
from dossiers.models import OpeningTotal
from procedures.models import Procedure
from tests.factories.dossiers import at
from tests.factories.offices import Office

BOOK = Source("Sổ theo dõi hồ sơ quyển 01/2018")
ENTERED = at(date(2020, 10, 5))


def row(procedure: Procedure, month: date, **numbers: int) -> OpeningTotal:
    """An unsaved row as a form would hand it over."""
    return OpeningTotal(procedure=procedure, month=month, **numbers)


def enter(
    office: Office,
    *rows: OpeningTotal,
    source: Source = BOOK,
    moment: datetime = ENTERED,
    reason: str = "",
) -> Written:
    """The catalogue manager enters rows."""
    return actions.enter_totals(
        office.agency,
        rows,
        source=source,
        by=office.catalogue_manager,
        at=moment,
        reason=reason,
    )

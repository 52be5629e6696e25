"""The catalogue: fields, decisions, procedures, what may travel by post."""

from procedures.models.calendar_day import CalendarDay
from procedures.models.decision import Decision
from procedures.models.eligibility import Leg, PostalEligibility
from procedures.models.field import Field
from procedures.models.procedure import PROCEDURE_CODE, Procedure
from procedures.models.required_paper import RequiredPaper

__all__ = [
    "PROCEDURE_CODE",
    "CalendarDay",
    "Decision",
    "Field",
    "Leg",
    "PostalEligibility",
    "Procedure",
    "RequiredPaper",
]

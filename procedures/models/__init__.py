"""The catalogue: fields, decisions, procedures, what may travel by post, norms."""

from procedures.models.calendar_day import CalendarDay
from procedures.models.dated import Dated
from procedures.models.decision import Decision
from procedures.models.eligibility import Leg, PostalEligibility
from procedures.models.field import Field
from procedures.models.official_form import OfficialForm
from procedures.models.procedure import PROCEDURE_CODE, Procedure
from procedures.models.required_paper import RequiredPaper
from procedures.models.transit_norm import TransitNorm

__all__ = [
    "PROCEDURE_CODE",
    "CalendarDay",
    "Dated",
    "Decision",
    "Field",
    "Leg",
    "OfficialForm",
    "PostalEligibility",
    "Procedure",
    "RequiredPaper",
    "TransitNorm",
]

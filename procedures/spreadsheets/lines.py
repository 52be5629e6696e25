"""What one row of the catalogue says, read from a file or told by the database."""

from dataclasses import dataclass
from datetime import date

from procedures.models import Leg, PostalEligibility, Procedure, RequiredPaper
from procedures.working_days import TimeUnit


@dataclass(frozen=True)
class ProcessingTime:
    """A time limit; 0 when the result is given at once."""

    count: int
    unit: TimeUnit = TimeUnit.WORKING_DAYS


@dataclass(frozen=True)
class Fee:
    """Fees and charges in đồng: 0 for none, None when they depend on the case."""

    dong: int | None
    note: str = ""


@dataclass(frozen=True)
class Citation:
    """A decision as cited; the day is None when it was left out."""

    number: str
    issued_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """One line of the required papers."""

    name: str
    form: RequiredPaper.Form = RequiredPaper.Form.ORIGINAL
    quantity: int = 1


@dataclass(frozen=True)
class Reasons:
    """Why a procedure does not go by post: for every unmarked leg, or by leg."""

    both: str = ""
    intake: str = ""
    result: str = ""

    def of(self, leg: Leg) -> str:
        """The reason that applies to an unmarked leg, or an empty text."""
        return (self.intake if leg == Leg.INTAKE else self.result) or self.both


@dataclass(frozen=True)
class Line:
    """One row. None means that an optional cell is empty and says nothing.

    ``row`` is the row as Excel shows it; a faulty row lacks what is wrong in it.
    """

    row: int = 0
    is_faulty: bool = False
    code: str = ""
    name: str = ""
    field: str = ""
    agency: str | None = None
    time: ProcessingTime = ProcessingTime(0)
    intake: bool = False
    result: bool = False
    fee: Fee | None = None
    decision: Citation | None = None
    note: str | None = None
    reasons: Reasons | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    papers: tuple[Paper, ...] | None = None

    def is_marked(self, leg: Leg) -> bool:
        """Whether the leg is marked as going by post."""
        return self.intake if leg == Leg.INTAKE else self.result


def row_on(procedure: Procedure, leg: Leg, on: date) -> PostalEligibility | None:
    """What is decided about a leg on a day, from rows fetched before."""
    for row in procedure.eligibilities.all():
        if (
            row.leg == leg
            and row.valid_from <= on
            and (row.valid_to is None or on <= row.valid_to)
        ):
            return row
    return None


def line_of(procedure: Procedure, on: date, *, agency: str = "") -> Line:
    """What the sheet would say about a version on a day.

    ``agency`` is the text for its agency. Asks nothing of the database when the
    field, decision, papers and eligibilities were fetched with the procedure.
    """
    decision = procedure.decision
    intake, result = (row_on(procedure, leg, on) for leg in Leg)
    return Line(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field.name,
        agency=agency or None,
        time=ProcessingTime(procedure.processing_time, TimeUnit(procedure.time_unit)),
        intake=bool(intake and intake.is_eligible),
        result=bool(result and result.is_eligible),
        fee=Fee(procedure.fee_dong, procedure.fee_note),
        decision=Citation(decision.number, decision.issued_on) if decision else None,
        note=procedure.note or None,
        reasons=_reasons(intake, result),
        effective_from=procedure.in_force_from,
        effective_to=procedure.in_force_to,
        papers=tuple(
            Paper(paper.name, RequiredPaper.Form(paper.form), paper.quantity)
            for paper in procedure.required_papers.all()
        )
        or None,
    )


def _reasons(
    intake: PostalEligibility | None, result: PostalEligibility | None
) -> Reasons | None:
    refused = [row for row in (intake, result) if row and not row.is_eligible]
    if not refused:
        return None
    if len(refused) == 2 and intake.reason == result.reason:
        return Reasons(both=intake.reason)
    if len(refused) == 1 and intake and result:  # the other leg is marked
        return Reasons(both=refused[0].reason)
    return Reasons(
        **{
            "intake" if row.leg == Leg.INTAKE else "result": row.reason
            for row in refused
        }
    )

"""Procedures of a catalogue."""

from datetime import date
from itertools import count
from typing import Any

from procedures.models import Field, Leg, PostalEligibility, Procedure, RequiredPaper
from tests.factories.offices import Office

BEGINNING = date(2015, 1, 1)
# Counts on over a whole run, so its codes begin with a 3: no test names such a code.
_serial = count(1)


def make_procedure(
    office: Office,
    *,
    by_post: bool = True,
    field: str = "Công chức, viên chức",
    papers: tuple[str, ...] = ("Đơn đề nghị", "Bằng tốt nghiệp"),
    **values: Any,
) -> Procedure:
    """A procedure in force since 2015; both legs by public post unless told not."""
    values.setdefault("code", f"3.{next(_serial):06}")
    values.setdefault("name", f"Thủ tục số {values['code']}")
    values.setdefault("processing_time", 10)
    values.setdefault("in_force_from", BEGINNING)
    procedure = Procedure.objects.create(
        agency=office.agency, field=Field.objects.get_or_create(name=field)[0], **values
    )
    for position, name in enumerate(papers, start=1):
        RequiredPaper.objects.create(procedure=procedure, position=position, name=name)
    for leg in Leg:
        PostalEligibility.objects.create(
            procedure=procedure,
            leg=leg,
            is_eligible=by_post,
            reason="" if by_post else "Phải có mặt trực tiếp",
            valid_from=procedure.in_force_from,
        )
    return procedure

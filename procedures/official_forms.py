"""Which printed form holds on a day."""

from datetime import date

from procedures.models import OfficialForm


def form_on(kind: str, day: date) -> OfficialForm | None:
    """The form of a kind as it reads on a day; None when none is known."""
    return OfficialForm.objects.valid(day).filter(kind=OfficialForm.Kind(kind)).first()

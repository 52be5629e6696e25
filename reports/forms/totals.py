"""What is typed into a month of totals: a table of numbers and its source."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.actions.opening import Source
from dossiers.models import OpeningTotal
from dossiers.models.opening_total import NUMBERS
from dossiers.opening_rules import Fault, label
from postal_tthc.lib.vietnamese import tidy
from postal_tthc.uploads import not_too_large
from procedures.models import Decision, Procedure

# 1234, or 1.234 and 1 234 as Vietnamese papers write it.
WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[. ][0-9]{3}){1,2}")
# What a month with dossiers does not take: its own dossiers stand by themselves.
RECEIVING = frozenset(
    {"received", "by_post", "intake_by_post", "both_legs_by_post", "online"}
)


@dataclass
class CellInput:
    """One number as it was typed; ``is_open`` says whether it may be typed at all."""

    name: str
    html_name: str
    text: str = ""
    error: str = ""
    is_open: bool = True

    @property
    def label(self) -> str:
        """What the number counts."""
        return label(self.name)


@dataclass
class RowInput:
    """One procedure; ``before`` is what earlier totals left open, None without any."""

    procedure: Procedure
    is_in_force: bool
    before: int | None
    cells: list[CellInput]
    errors: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(cell.text for cell in self.cells)

    def number(self, name: str) -> int:
        """The number typed, 0 when it is empty or cannot be read."""
        text = next(cell.text for cell in self.cells if cell.name == name)
        return int(re.sub(r"[. ]", "", text)) if WHOLE.fullmatch(text) else 0

    @property
    def left(self) -> int:
        """Open when the month ends, by what is typed."""
        came = (self.before or 0) + self.number("carried_in") + self.number("received")
        done = ("early", "on_time", "overdue", "withdrawn")
        return came - sum(self.number(name) for name in done)


class MonthTable:
    """The numbers of a month, one row a procedure, typed like a spreadsheet."""

    def __init__(
        self,
        offers: Iterable[tuple[Procedure, bool]],
        *,
        before: Mapping[str, int],
        known: Mapping[str, OpeningTotal],
        is_itemised: bool,
    ) -> None:
        closed = RECEIVING if is_itemised else frozenset[str]()
        self.rows = [
            RowInput(
                procedure,
                is_in_force,
                before.get(procedure.code),
                _cells(procedure, known.get(procedure.code), before, closed),
            )
            for procedure, is_in_force in offers
        ]
        self.known = known

    def read(self, data: Mapping[str, str]) -> bool:
        """Take what was typed; whether every cell is a number."""
        for row in self.rows:
            for cell in row.cells:
                cell.text = tidy(data.get(cell.html_name, "")) if cell.is_open else ""
                if cell.text and not WHOLE.fullmatch(cell.text):
                    cell.error = _("Write a whole number, or leave it empty.")
        return not self.has_errors

    def totals(self, month: date) -> list[OpeningTotal]:
        """The rows to write: what was typed, and what was emptied."""
        return [
            OpeningTotal(
                procedure=row.procedure,
                month=month,
                **{name: row.number(name) for name in NUMBERS},
            )
            for row in self.rows
            if not row.is_blank or row.procedure.code in self.known
        ]

    def blame(self, faults: Iterable[Fault], month: date) -> None:
        """Put every fault at its cell, or at its row."""
        rows = {row.procedure.code: row for row in self.rows}
        for fault in faults:
            row = rows[fault.code]
            cells = {cell.name: cell for cell in row.cells}
            if fault.month == month and fault.name and cells[fault.name].is_open:
                cells[fault.name].error = fault.sentence
            else:
                row.errors.append(fault.sentence)

    @property
    def has_errors(self) -> bool:
        """Whether something must be mended."""
        return any(
            row.errors or any(cell.error for cell in row.cells) for row in self.rows
        )

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """What must be mended: procedure, where to go, sentence."""
        found = []
        for row in self.rows:
            code, first = row.procedure.code, row.cells[1].html_name
            found += [(code, first, text) for text in row.errors]
            found += [(code, x.html_name, x.error) for x in row.cells if x.error]
        return found

    @property
    def columns(self) -> list[tuple[str, int]]:
        """Each column but the first added up."""
        return [(x, sum(row.number(x) for row in self.rows)) for x in NUMBERS[1:]]

    @property
    def opening(self) -> int:
        """What all of them had open before the month."""
        return sum((r.before or 0) + r.number("carried_in") for r in self.rows)

    @property
    def left(self) -> int:
        """What all of them have open when the month ends."""
        return sum(row.left for row in self.rows)


def _cells(
    procedure: Procedure,
    known: OpeningTotal | None,
    before: Mapping[str, int],
    closed: Collection[str],
) -> list[CellInput]:
    cells = []
    for name in NUMBERS:
        number = getattr(known, name) if known else 0
        is_first = procedure.code not in before
        is_open = name not in closed and (name != "carried_in" or is_first)
        text = str(number) if number else ""
        cells.append(CellInput(name, f"{name}-{procedure.pk}", text, "", is_open))
    return cells


class SourceForm(forms.Form):
    """Where the numbers stand, and why they are changed."""

    source = forms.CharField(
        label=gettext_lazy("Source of the numbers"),
        max_length=300,
        help_text=gettext_lazy(
            "Number and day of the paper book or report, for example «Sổ theo dõi hồ "
            "sơ quyển 02/2018, trang 14 đến 20»."
        ),
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document, when it is registered"),
        queryset=Decision.objects.none(),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only when totals that stand here already change."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = Decision.objects.all()

    def named(self) -> Source:
        """The source as the verb takes it."""
        values = self.cleaned_data
        return Source(tidy(values["source"]), values["document"])


class TotalsFileForm(SourceForm):
    """A filled form, its source, and the reason when it changes something."""

    file = forms.FileField(
        label=gettext_lazy("Excel file (.xlsx)"), validators=[not_too_large]
    )
    field_order = ("file", "source", "document", "reason")


class RemoveForm(forms.Form):
    """Why a month is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for taking it away"), max_length=300
    )

"""A sheet of ours that comes back: cell by cell against what is here now.

Its hidden columns name the dossier and its version (the sequence of its last entry
when the sheet was written), so a change made meanwhile is seen and named.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from dossiers.models import CustodyEntry, Dossier
from dossiers.spreadsheets.changing import (
    judge_change,
    propose,
    standing,
    words_here,
)
from dossiers.spreadsheets.columns import COLUMNS, RegisterColumn
from dossiers.spreadsheets.judged import Judged, Kind
from dossiers.spreadsheets.judging import AT_ONCE
from dossiers.spreadsheets.reading import Line
from postal_tthc.accounts.models import User

# What a row may say of a dossier and is compared, hidden columns aside.
COMPARED = tuple(column for column in COLUMNS if not column.is_hidden)
# Always one of the choices: an empty cell is not one.
NEVER_EMPTY = frozenset({"applicant_kind", "return_channel"})


class RoundTripJudge:
    """Judges the rows of an exported sheet for the person who sends it back."""

    def __init__(self, by: User) -> None:
        """``by`` sees only dossiers of the own organisation."""
        self.by = by
        self.rows: dict[int, int] = {}

    def judge(self, lines: Iterable[Line]) -> Iterator[list[Judged]]:
        """The rows in their order, some hundred at a time."""
        rest = iter(lines)
        while several := list(islice(rest, AT_ONCE)):
            yield self._judge(several)

    def _judge(self, lines: list[Line]) -> list[Judged]:
        here = self._here(lines)
        found = []
        for line in lines:
            row = Judged(line, faults=list(line.faults))
            text = json.dumps(line.shown, ensure_ascii=False, sort_keys=True)
            row.fingerprint = hashlib.sha256(f"back|{text}".encode()).hexdigest()
            self._judge_row(row, here)
            found.append(row)
        return found

    def _here(self, lines: list[Line]) -> dict[int, Dossier]:
        numbers = {line.values.get("id") for line in lines} - {None}
        last = CustodyEntry.objects.filter(dossier=OuterRef("pk")).order_by("-sequence")
        visible = Dossier.objects.visible_to(self.by).filter(pk__in=numbers)
        found = visible.select_related("procedure__field", "agency", "desk")
        return {
            dossier.pk: dossier
            for dossier in found.prefetch_related("postal_items").annotate(
                version=Subquery(last.values("sequence")[:1])
            )
        }

    def _judge_row(self, row: Judged, here: dict[int, Dossier]) -> None:
        number = row.line.values.get("id")
        row.dossier = here.get(number) if number else None
        code = row.line.shown.get("code", "")
        if number is None and row.faults:
            return  # its number was said to be unreadable
        if number is None:
            row.say(
                "id",
                _(
                    "This row was added to an exported sheet. Put new dossiers into a "
                    "file of their own, without the hidden columns."
                ),
            )
        elif row.dossier is None:
            row.say("id", _("There is no such dossier among yours. Remove the row."))
        elif number in self.rows:
            row.say(
                "id",
                _("This dossier stands in row %(row)s already. Keep one of the rows.")
                % {"row": self.rows[number]},
            )
        elif code and code != row.dossier.code:
            row.say(
                "code",
                _("The code belongs to another row: here it is «%(here)s». Mend it.")
                % {"here": row.dossier},
            )
        else:
            self.rows[number] = row.line.number
            self._compare(row)

    def _compare(self, row: Judged) -> None:
        told, unread = row.line.values, len(row.faults)
        for column in COMPARED:
            if column.key in told:
                self._compare_cell(row, column)
        row.seen = told.get("version")
        if (row.values or row.faults) and row.seen != row.dossier.version:
            # Nobody knows which cells the sheet changed and which the time since, so
            # no advice is given to put one back.
            row.faults, row.values, row.differences = row.faults[:unread], {}, []
            row.say("code", self._meanwhile(row))
        judge_change(row)
        if not row.faults:
            row.kind = Kind.CHANGED if row.values else Kind.UNCHANGED

    def _compare_cell(self, row: Judged, column: RegisterColumn) -> None:
        told, here = row.line.values[column.key], standing(row.dossier, column.key)
        if column.key in ("code", "procedure_name") and not told:
            told = here  # an emptied cell of ours asks for nothing
        if told == here:
            return
        if not column.may_change:
            row.say(
                column.key,
                _(
                    "Here it is «%(here)s». A sheet does not change this; put it back, "
                    "or record what happened on the page of the dossier."
                )
                % {"here": words_here(row.dossier, column.key) or "–"},
            )
        elif column.key in NEVER_EMPTY and not told:
            row.say(column.key, _("This cell must not be empty."))
        else:
            propose(row, column.key, told)

    def _meanwhile(self, row: Judged) -> str:
        seen = row.seen or 0
        entries = row.dossier.custody.filter(sequence__gt=seen).select_related("by")
        told = "; ".join(
            f"{entry.by}: {entry.note or entry.get_step_display()}"
            for entry in entries.order_by("sequence")[:3]
        )
        return _(
            "This dossier has changed since the sheet was written (%(told)s). Export "
            "again and make the change there."
        ) % {"told": told or "–"}

"""Judges a return that was read: every fault at once, or the lines to keep.

Asks no database and no clock; what is known about the organisation and its period
is brought by the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from postal_tthc.lib.sheets import ERRORS, show
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import fold, write_date
from reports.consolidation import form
from reports.consolidation.columns import FIELD, HEADINGS
from reports.consolidation.lines import (
    NAMES,
    Line,
    broken_parts,
    from_json,
    less,
    total_of,
)
from reports.consolidation.reading import Reading, ReadLine, ReadTable
from reports.figures import Counts
from reports.periods import Period


@dataclass(frozen=True)
class Request:
    """For whom and for when the file was handed in, and today."""

    organisation: str
    symbol: str
    period: Period
    today: date


@dataclass(frozen=True)
class Judgement:
    """Faults, or lines; a file with faults has no lines that count.

    ``file_hash`` is the SHA-256 of the file as it was sent.
    """

    request: Request
    file_name: str
    file_hash: str
    faults: tuple[Fault, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def is_acceptable(self) -> bool:
        """Whether nothing stands against keeping it."""
        return not self.faults

    @property
    def whole(self) -> Line:
        """All lines in one."""
        return total_of(self.lines, form.TOTAL)


def judge(reading: Reading, request: Request) -> tuple[list[Fault], tuple[Line, ...]]:
    """Every fault of what was read, and its lines when there is none."""
    if _is_blank(reading):
        sentence = _(
            "The form is empty: no field has numbers. Fill it in, save it in Excel or "
            "LibreOffice, and choose it again."
        )
        return [*_whose(reading, request), Fault(0, "", "", sentence)], ()
    faults = [*_whose(reading, request), *reading.faults]
    for table in (reading.own, reading.shared):
        faults += [*_doubles(table), *_relations(table), *_totals(table)]
    faults += _shared_beyond_own(reading)
    ordered = sorted(faults, key=lambda fault: fault.row)
    return ordered, () if faults else _lines(reading)


def _is_blank(reading: Reading) -> bool:
    """A form that came back as it was: its table is there and nobody wrote in it."""
    return reading.own.is_found and not any(
        set(line.values) - {FIELD} or line.is_faulty for line in reading.own.lines
    )


def _whose(reading: Reading, request: Request) -> Iterator[Fault]:
    said, period = reading.said, request.period
    symbol, word = said.get(form.SYMBOL, ""), said.get(form.PERIOD, "")
    if symbol.casefold() != request.symbol.casefold():
        yield Fault(
            0,
            form.SYMBOL,
            symbol,
            _(
                "The file is not from %(name)s (%(symbol)s). Choose the file of this "
                "organisation, or hand this one in for its own."
            )
            % {"name": request.organisation, "symbol": request.symbol},
        )
    if word != period.word:
        yield Fault(
            0,
            form.PERIOD,
            word,
            _(
                "The file is not for %(period)s (%(days)s). Fill in the form of this "
                "period."
            )
            % {"period": period.word, "days": period.days},
        )
    if not period.is_over(request.today):
        yield Fault(
            0,
            form.PERIOD,
            word,
            _(
                "The period ends on %(day)s. Hand the figures in when it is over, so "
                "that nothing of it is missing."
            )
            % {"day": write_date(period.end)},
        )


def _doubles(table: ReadTable) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for line in table.lines:
        key = fold(line.name)
        if key and key in seen:
            sentence = _(
                "This field stands in row %(row)s already. Keep one row for each "
                "field and add the numbers up."
            ) % {"row": seen[key]}
            yield Fault(line.row, table.heading(FIELD), line.name, sentence)
        seen.setdefault(key, line.row)


def _counts(line: ReadLine) -> Counts | None:
    """The counts of a row that has all of them."""
    if any(name not in line.values for name in NAMES):
        return None
    return Counts(**{name: line.values[name] for name in NAMES})


def _relations(table: ReadTable) -> Iterator[Fault]:
    for line in table.lines:
        values = line.values
        if values.get("postal", 0) > values.get("in_force", values.get("postal", 0)):
            yield _more(table, line.row, "postal", "in_force", values)
        counts = _counts(line)
        if counts is None:
            continue
        for part, whole in broken_parts(counts):
            yield _more(table, line.row, part, whole, values)
        if not counts.is_balanced:
            yield Fault(line.row, _of_sheet(table), line.name, _not_balanced(counts))


def _more(
    table: ReadTable, row: int, part: str, whole: str, values: dict[str, int]
) -> Fault:
    sentence = _(
        "“%(part)s” (%(n)s) is a part of “%(whole)s” (%(m)s) and cannot be more. "
        "Correct one of the two."
    ) % {
        "part": HEADINGS[part],
        "n": values[part],
        "whole": HEADINGS[whole],
        "m": values[whole],
    }
    return Fault(row, table.heading(part), str(values[part]), sentence)


def _of_sheet(table: ReadTable) -> str:
    return (
        form.CHECK if table.sheet == form.OWN_SHEET else f"{table.sheet} – {form.CHECK}"
    )


def _not_balanced(counts: Counts) -> str:
    return _(
        "Carried over %(a)s + received %(b)s = %(c)s, but finished %(d)s + outstanding "
        "%(e)s = %(f)s. The two must be equal; correct the number that is wrong."
    ) % {
        "a": counts.carried_over,
        "b": counts.received,
        "c": counts.carried_over + counts.received,
        "d": counts.finished,
        "e": counts.outstanding,
        "f": counts.finished + counts.outstanding,
    }


def _totals(table: ReadTable) -> Iterator[Fault]:
    if not table.is_found or not (table.lines or _has_numbers(table)):
        return
    if not table.total_row:
        sentence = _("The row “%(total)s” is missing. Add it below the last field.")
        place = _of_sheet(table) if table.sheet != form.OWN_SHEET else form.TOTAL
        yield Fault(0, place, "", sentence % {"total": form.TOTAL})
        return
    if all(cell is None for cell in table.totals.values()):
        sentence = _(
            "The totals have no stored results. Open the file in Excel or LibreOffice, "
            "save it there, and choose it again."
        )
        place = _of_sheet(table) if table.sheet != form.OWN_SHEET else form.TOTAL
        yield Fault(table.total_row, place, "", sentence)
        return
    for name, cell in table.totals.items():
        values = [line.values.get(name) for line in table.lines]
        if None in values:
            continue  # the cell with the fault was named already
        added = sum(values)
        if isinstance(cell, str) and cell in ERRORS:
            sentence = _("The formula in this cell fails. Write the value itself.")
        elif isinstance(cell, bool) or cell != added:
            sentence = _(
                "The rows above add up to %(sum)s. Correct the rows, or restore the "
                "formula of the total."
            ) % {"sum": added}
        else:
            continue
        yield Fault(table.total_row, table.heading(name), show(cell), sentence)


def _has_numbers(table: ReadTable) -> bool:
    return any(cell not in (None, 0) for cell in table.totals.values())


def _shared_beyond_own(reading: Reading) -> Iterator[Fault]:
    """What others lead is a part of one's own, in every field and every column."""
    own: dict[str, ReadLine] = {}
    for line in reading.own.lines:
        own.setdefault(fold(line.name), line)
    table = reading.shared
    if not reading.own.is_found:
        return
    for line in table.lines:
        of_own = own.get(fold(line.name)) if line.name else None
        if line.name and of_own is None:
            sentence = _(
                "This field is not on the sheet “%(name)s”. What others lead is a part "
                "of the own numbers; write it under the same field."
            ) % {"name": form.OWN_SHEET}
            yield Fault(line.row, table.heading(FIELD), line.name, sentence)
        if of_own is None:
            continue
        beyond = [
            name
            for name in NAMES
            if name in line.values
            and name in of_own.values
            and line.values[name] > of_own.values[name]
        ]
        for name in beyond:
            sentence = _(
                "This is more than the %(n)s of the same field on the sheet "
                "“%(name)s”, of which it is a part."
            ) % {"n": of_own.values[name], "name": form.OWN_SHEET}
            value = str(line.values[name])
            yield Fault(line.row, table.heading(name), value, sentence)
        counts, shared = _counts(of_own), _counts(line)
        if counts and shared and not (beyond or broken_parts(counts)):
            yield from _left_over(table, line, less(counts, shared))


def _left_over(table: ReadTable, line: ReadLine, net: Counts) -> Iterator[Fault]:
    """What stays when the shared are left out must be possible by itself."""
    for part, whole in broken_parts(net):
        sentence = _(
            "Without these dossiers “%(part)s” would be %(n)s of “%(whole)s” %(m)s. "
            "Check both numbers on both sheets."
        ) % {
            "part": HEADINGS[part],
            "n": getattr(net, part),
            "whole": HEADINGS[whole],
            "m": getattr(net, whole),
        }
        value = str(line.values[part])
        yield Fault(line.row, table.heading(part), value, sentence)


def _lines(reading: Reading) -> tuple[Line, ...]:
    nothing = dict.fromkeys(NAMES, 0)
    shared = {fold(line.name): line.values for line in reading.shared.lines}
    return tuple(
        from_json(
            {
                "field": line.name,
                "in_force": line.values["in_force"],
                "postal": line.values["postal"],
                "own": line.values,
                "shared": shared.get(fold(line.name), nothing),
            }
        )
        for line in reading.own.lines
    )

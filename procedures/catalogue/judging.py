"""Judges a catalogue against a snapshot. Asks no database and no clock."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import write_date
from procedures.catalogue.comparing import Case, compare
from procedures.catalogue.judgement import (
    Change,
    Judgement,
    Kind,
    Missing,
    Request,
    Way,
)
from procedures.catalogue.snapshot import Snapshot, same_words
from procedures.models import Decision, Procedure
from procedures.spreadsheets.columns import HEADINGS, words
from procedures.spreadsheets.lines import Line
from procedures.spreadsheets.reading import Reading


def judge(reading: Reading, request: Request, snapshot: Snapshot) -> Judgement:
    """Every fault of the file, and what loading it would do."""
    default = snapshot.decision(request.decision)
    given = request.effective_from or (default.effective_from if default else None)
    faults, changes = list(reading.faults), []
    seen: dict[tuple[int, str], int] = {}
    spellings = {key: field.name for key, field in snapshot.fields.items()}
    for line in reading.lines:
        field = spellings.setdefault(same_words(line.field), line.field)
        line = replace(line, field=field)
        agency = _agency(line, snapshot, faults)
        cited = _cited(line, snapshot, default, faults)
        if agency is None or not line.code:
            continue
        key = agency.pk, line.code
        if key in seen:
            faults.append(_twice(line, seen[key]))
            continue
        seen[key] = line.row
        if not line.is_faulty:
            case = Case(
                line,
                agency.pk,
                snapshot.versions.get(key, []),
                cited,
                cited or default,
                request.effective_from,
                given,
                request.on,
            )
            change = compare(case)
            faults += case.faults
            changes += [change] if change else []
    missing = _missing(seen, given, request, snapshot) if reading.lines else []
    if request.end_missing:
        for version in missing:
            ending = _ending(version, given, faults)
            changes += [ending] if ending else []
    return Judgement(
        request,
        reading,
        tuple(sorted(faults, key=lambda fault: fault.row)),
        tuple(changes),
        tuple(Missing(v.pk, v.agency_id, v.code, v.name) for v in missing),
        _new_fields(changes, snapshot),
    )


def _agency(line: Line, snapshot: Snapshot, faults: list[Fault]) -> Organisation | None:
    """The agency that the row names; without a name the one that has the
    procedure, else the organisation itself when it is an agency."""
    here = snapshot.organisation
    if line.agency:
        found = snapshot.agencies_called(line.agency)
        none = _(
            "“%(name)s” is not %(organisation)s or an agency below it. Leave the "
            "cell empty, or load the row for its own agency."
        ) % {"name": line.agency, "organisation": here}
    else:
        found = snapshot.agencies_with(line.code)
        if here in found or (not found and here in snapshot.agencies):
            found = [here]
        none = _("Name the agency: %(organisation)s itself decides nothing.") % {
            "organisation": here
        }
    if len(found) == 1:
        return found[0]
    several = _("Several agencies are meant: %(names)s. Write the symbol of one.") % {
        "names": ", ".join(f"{agency} ({agency.symbol})" for agency in found)
    }
    heading = HEADINGS["agency"]
    faults.append(
        Fault(line.row, heading, line.agency or "", several if found else none)
    )
    return None


def _cited(
    line: Line, snapshot: Snapshot, default: Decision | None, faults: list[Fault]
) -> Decision | None:
    """The decision that the row names, when it is known.

    An unknown one is a fault, unless there is a decision for the whole file.
    """
    if line.decision is None:
        return None
    found = snapshot.decisions_cited(line.decision)
    if len(found) == 1:
        return found[0]
    if default is None:
        sentence = (
            _("Several decisions have this number. Write its day behind it.")
            if found
            else _(
                "This decision is not known here. Enter it on the page “Decisions” "
                "first, or write it as “124/QĐ-UBND ngày 20/01/2020”."
            )
        )
        value = words("decision", line.decision)
        faults.append(Fault(line.row, HEADINGS["decision"], value, sentence))
    return None


def _twice(line: Line, first: int) -> Fault:
    return Fault(
        line.row,
        HEADINGS["code"],
        line.code,
        _("This code stands in row %(row)s already. Keep one of the two rows.")
        % {"row": first},
    )


def _missing(
    seen: dict[tuple[int, str], int],
    given: date | None,
    request: Request,
    snapshot: Snapshot,
) -> list[Procedure]:
    """Procedures in force that the file leaves out, of the agencies it speaks of."""
    agencies = {agency for agency, _code in seen} | {snapshot.organisation.pk}
    return [
        version
        for version in snapshot.in_force(max(given or request.on, request.on))
        if version.agency_id in agencies
        and (version.agency_id, version.code) not in seen
    ]


def _ending(
    version: Procedure, given: date | None, faults: list[Fault]
) -> Change | None:
    if given is None:
        sentence = _(
            "Nothing says from which day the procedures that are not in the file "
            "are no longer in force. Give a day for the whole file."
        )
    elif given <= version.in_force_from:
        sentence = _(
            "The procedure is not in the file but begins only on %(begins)s. "
            "Add it, or end it by hand."
        ) % {"begins": write_date(version.in_force_from)}
    else:
        return Change(
            Kind.ENDED,
            Way.END,
            version.agency_id,
            version.code,
            version.name,
            version=version.pk,
            effective_from=given,
        )
    fault = Fault(0, HEADINGS["code"], version.code if given else "", sentence)
    if fault not in faults:
        faults.append(fault)
    return None


def _new_fields(changes: list[Change], snapshot: Snapshot) -> tuple[str, ...]:
    fields = {
        same_words(change.line.field): change.line.field
        for change in changes
        if change.line and change.way != Way.NOTHING
    }
    return tuple(name for key, name in fields.items() if key not in snapshot.fields)

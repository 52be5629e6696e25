"""Compares one line of a catalogue with the versions of its procedure."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from postal_tthc.lib.sheets import show
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import write_date
from procedures.catalogue.judgement import (
    Change,
    Difference,
    Kind,
    LegChange,
    Standing,
    Way,
)
from procedures.catalogue.snapshot import same_words
from procedures.models import Decision, Leg, Procedure
from procedures.spreadsheets.columns import HEADINGS, normal, words
from procedures.spreadsheets.lines import Citation, Line, line_of

# What dossiers follow: a change of it is a new version from its day on.
RULE = ("name", "field", "time", "fee", "papers")
# What may be put right on the version that stands.
REMARKS = ("note", "effective_to")
MARKS = {Leg.INTAKE: "intake", Leg.RETURN: "result"}


@dataclass
class Case:
    """One line with everything it is judged by; ``faults`` grows.

    ``cited`` is the decision that the row names, ``decision`` that or the one for
    the whole file; ``given`` is the day for the whole file, ``asked`` the part of
    it that was asked for expressly.
    """

    line: Line
    agency: int
    versions: list[Procedure]
    cited: Decision | None
    decision: Decision | None
    asked: date | None
    given: date | None
    on: date
    faults: list[Fault] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        """The day from which the row holds; None when nothing says it.

        The row's own day, unless it only repeats when a version began and another
        was given for the file: an exported list comes back like that.
        """
        stated = self.line.effective_from
        repeats = any(version.in_force_from == stated for version in self.versions)
        if stated and not (repeats and self.given):
            return stated
        if stated or self.asked:
            return self.given
        return self.decision.effective_from if self.decision else None

    @property
    def base(self) -> Procedure | None:
        """The version the row speaks of: by its day, else the latest."""
        for day in (self.day, self.line.effective_from):
            for version in self.versions:
                if version.in_force_from == day:
                    return version
        return self.versions[-1] if self.versions else None

    def fault(self, key: str, sentence: str) -> None:
        """Note what is wrong with a cell of the row."""
        value = show(words(key, getattr(self.line, key)))
        self.faults.append(Fault(self.line.row, HEADINGS[key], value, sentence))


def compare(case: Case) -> Change | None:
    """What loading does with the line; None when ``case.faults`` says why not."""
    base, day = case.base, case.day
    if base is None:
        change = _new(case)
    else:
        old = normal(line_of(base, max(day or case.on, case.on)))
        rule, remarks = _rule(case, base, old), _differences(case.line, old, REMARKS)
        legs = _legs(case.line, old)
        if _comes_back(case, base):
            change = _returning(case, base, (*rule, *remarks), legs)
        elif rule or legs:
            change = _changed(case, base, rule, remarks, legs)
        else:
            change = _remarked(case, base, remarks)
    return None if case.faults else change


def _change(case: Case, kind: Kind, way: Way, base: Procedure | None) -> Change:
    return Change(
        kind,
        way,
        case.agency,
        case.line.code,
        case.line.name,
        case.line.row,
        version=base.pk if base else None,
        line=case.line,
    )


def _new(case: Case) -> Change:
    _check_day(case)
    _check_end(case, case.day)
    return replace(
        _change(case, Kind.NEW, Way.ADD, None),
        effective_from=case.day,
        decision=case.decision.pk if case.decision else None,
        legs=_legs(case.line, Line()),
    )


def _comes_back(case: Case, base: Procedure) -> bool:
    ended = base.in_force_to
    if ended is None or case.line.effective_to == ended or base != case.versions[-1]:
        return False
    return ended < (case.day or case.on)


def _returning(
    case: Case,
    base: Procedure,
    said: tuple[Difference, ...],
    legs: tuple[LegChange, ...],
) -> Change:
    _check_day(case)
    _check_end(case, case.day)
    _check_legs(case, base, legs)
    again = Difference(
        "effective_from",
        HEADINGS["effective_from"],
        f"{write_date(base.in_force_from)} – {write_date(base.in_force_to)}",
        words("effective_from", case.day),
    )
    return replace(
        _change(case, Kind.CHANGED, Way.SUCCEED, base),
        effective_from=case.day,
        decision=case.decision.pk if case.decision else None,
        differences=(again, *said),
        legs=legs,
    )


def _changed(
    case: Case,
    base: Procedure,
    rule: tuple[Difference, ...],
    remarks: tuple[Difference, ...],
    legs: tuple[LegChange, ...],
) -> Change:
    _check_day(case)
    day, begins = case.day, base.in_force_from
    succeeds = bool(rule) and day != begins
    if day and day < begins:
        case.fault(
            "effective_from",
            _(
                "The procedure changes from %(day)s, but the version it changes "
                "begins on %(begins)s. Give that day or a later one."
            )
            % {"day": write_date(day), "begins": write_date(begins)},
        )
    elif day and day > begins and base != case.versions[-1]:
        case.fault(
            "effective_from",
            _(
                "A later version of this procedure begins on %(begins)s. Give the "
                "day of the version that the row should change."
            )
            % {"begins": write_date(case.versions[-1].in_force_from)},
        )
    elif day and not succeeds and base.in_force_to and day > base.in_force_to:
        case.fault("effective_to", _("It cannot end before it begins."))
    _check_end(case, day if succeeds else begins, base)
    _check_legs(case, base, legs)
    kind = Kind.CHANGED if rule or remarks else Kind.ELIGIBILITY_CHANGED
    return replace(
        _change(case, kind, Way.SUCCEED if succeeds else Way.IN_PLACE, base),
        effective_from=day,
        decision=case.decision.pk if case.decision else None,
        differences=(*rule, *remarks),
        legs=legs,
    )


def _remarked(case: Case, base: Procedure, remarks: tuple[Difference, ...]) -> Change:
    if not remarks:
        return _change(case, Kind.UNCHANGED, Way.NOTHING, base)
    _check_end(case, base.in_force_from, base)
    return replace(_change(case, Kind.CHANGED, Way.IN_PLACE, base), differences=remarks)


def _check_day(case: Case) -> None:
    if case.day is None:
        case.fault(
            "effective_from",
            _(
                "Nothing says from which day this holds. Fill in this cell, name a "
                "decision, or give a day for the whole file."
            ),
        )


def _check_end(case: Case, begins: date | None, base: Procedure | None = None) -> None:
    ends = case.line.effective_to
    if ends is None or begins is None:
        return
    if ends < begins:
        case.fault("effective_to", _("It cannot end before it begins."))
    later = [v.in_force_from for v in case.versions if v.in_force_from > begins]
    if base and later and ends != base.in_force_to and ends >= min(later):
        case.fault(
            "effective_to",
            _("The next version begins on %(begins)s. End this one before that day.")
            % {"begins": write_date(min(later))},
        )


def _check_legs(case: Case, base: Procedure, legs: tuple[LegChange, ...]) -> None:
    for change in legs:
        later = [
            row.valid_from
            for row in base.eligibilities.all()
            if row.leg == change.leg and case.day and row.valid_from > case.day
        ]
        if later:
            case.fault(
                MARKS[change.leg],
                _(
                    "A later decision on this begins on %(begins)s. Give that day "
                    "or a later one."
                )
                % {"begins": write_date(max(later))},
            )


def _differences(
    line: Line, old: Line, keys: tuple[str, ...]
) -> tuple[Difference, ...]:
    """Where the line says something, and something else; an empty cell says nothing."""
    found = []
    for key in keys:
        before, now = getattr(old, key), getattr(line, key)
        if now is not None and now != before:
            found.append(
                Difference(key, HEADINGS[key], words(key, before), words(key, now))
            )
    return tuple(found)


def _rule(case: Case, base: Procedure, old: Line) -> tuple[Difference, ...]:
    found = [
        difference
        for difference in _differences(case.line, old, RULE)
        if difference.key != "field"
        or same_words(difference.old) != same_words(difference.new)
    ]
    if case.cited and case.cited.pk != base.decision_id:
        now = Citation(case.cited.number, case.cited.issued_on)
        found.append(
            Difference(
                "decision",
                HEADINGS["decision"],
                words("decision", old.decision),
                words("decision", now),
            )
        )
    return tuple(found)


def _legs(line: Line, old: Line) -> tuple[LegChange, ...]:
    found = []
    for leg in Leg:
        before, now = _standing(old, leg), _standing(line, leg)
        # An unmarked leg without a reason leaves the reason that stands.
        if now.is_eligible is None and before.is_eligible is False:
            continue
        if now != before:
            found.append(LegChange(leg, before, now))
    return tuple(found)


def _standing(line: Line, leg: Leg) -> Standing:
    if line.is_marked(leg):
        return Standing(True)
    reason = line.reasons.of(leg) if line.reasons else ""
    return Standing(False, reason) if reason else Standing()

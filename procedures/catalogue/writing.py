"""Writes a judgement into the database, row by row so that each change is logged."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from procedures.catalogue.judgement import Change, Judgement, LegChange, Way
from procedures.catalogue.snapshot import Snapshot, same_words
from procedures.models import Field, PostalEligibility, Procedure, RequiredPaper
from procedures.spreadsheets.lines import Line, row_on

ONE_DAY = timedelta(days=1)


def write(judgement: Judgement, known: Snapshot) -> None:
    """Write every change; inside a transaction, on a snapshot that is locked."""
    fields = dict(known.fields)
    for name in judgement.new_fields:
        fields[same_words(name)], _made = Field.objects.get_or_create(name=name)
    for change in judgement.written:
        _Writer(change, known, fields).write()


@dataclass
class _Writer:
    change: Change
    known: Snapshot
    fields: dict[str, Field]

    def write(self) -> None:
        match self.change.way:
            case Way.ADD:
                self._add()
            case Way.SUCCEED:
                self._succeed()
            case Way.IN_PLACE:
                self._correct()
            case Way.END:
                _end(self._base, self._day - ONE_DAY)

    @property
    def _day(self) -> date:
        return self.change.effective_from

    @property
    def _line(self) -> Line:
        return self.change.line

    @property
    def _base(self) -> Procedure:
        change = self.change
        return self.known.version(change.agency, change.code, change.version)

    def _add(self) -> None:
        procedure = Procedure(
            code=self._line.code,
            agency_id=self.change.agency,
            in_force_from=self._day,
            decision_id=self.change.decision,
        )
        said = ("name", "field", "time", "fee", "note", "effective_to")
        self._say(procedure, *said)
        procedure.save()
        self._write_papers(procedure)
        for change in self.change.legs:
            self._decide(procedure, change)

    def _succeed(self) -> None:
        base = self._base
        procedure = Procedure(**_copy(base))
        procedure.in_force_from = self._day
        procedure.decision_id = self.change.decision
        if base.in_force_to is None or base.in_force_to >= self._day:
            _end(base, self._day - ONE_DAY)
        else:
            procedure.in_force_to = None  # it comes back after an end
        self._say(procedure, *(d.key for d in self.change.differences))
        if self._line.effective_to:
            procedure.in_force_to = self._line.effective_to
        procedure.save()
        if self._line.papers:
            self._write_papers(procedure)
        else:
            for paper in base.required_papers.all():
                RequiredPaper(**_copy(paper) | {"procedure_id": procedure.pk}).save()
        self._carry(base, procedure)
        for change in self.change.legs:
            self._decide(procedure, change)

    def _correct(self) -> None:
        base = self._base
        keys = [difference.key for difference in self.change.differences]
        if keys:
            self._say(base, *keys)
            base.save()
        if "papers" in keys:
            for paper in base.required_papers.all():
                paper.delete()
            self._write_papers(base)
        for change in self.change.legs:
            self._decide_again(base, change)

    def _say(self, procedure: Procedure, *keys: str) -> None:
        """Put what the row says under these keys into the procedure."""
        line = self._line
        for key in keys:
            match key:
                case "name":
                    procedure.name = line.name
                case "field":
                    procedure.field = self.fields[same_words(line.field)]
                case "time":
                    procedure.processing_time = line.time.count
                    procedure.time_unit = line.time.unit.value
                case "fee" if line.fee:
                    procedure.fee_dong, procedure.fee_note = (
                        line.fee.dong,
                        line.fee.note,
                    )
                case "decision":
                    procedure.decision_id = self.change.decision
                case "note":
                    procedure.note = line.note or ""
                case "effective_to":
                    procedure.in_force_to = line.effective_to

    def _write_papers(self, procedure: Procedure) -> None:
        for position, paper in enumerate(self._line.papers or (), 1):
            RequiredPaper.objects.create(
                procedure=procedure,
                position=position,
                name=paper.name,
                form=paper.form,
                quantity=paper.quantity,
            )

    def _carry(self, base: Procedure, procedure: Procedure) -> None:
        """What stands on the old version goes on for the new one.

        The old version keeps its rows: its open dossiers still follow them.
        """
        decided_now = {change.leg for change in self.change.legs}
        for row in base.eligibilities.all():
            goes_on = row.valid_to is None or row.valid_to >= self._day
            if goes_on and row.leg not in decided_now:
                valid_from = max(row.valid_from, self._day)
                moved = {"procedure_id": procedure.pk, "valid_from": valid_from}
                PostalEligibility(**_copy(row) | moved).save()

    def _decide(self, procedure: Procedure, change: LegChange) -> None:
        if change.new.is_eligible is not None:
            PostalEligibility.objects.create(
                procedure=procedure,
                leg=change.leg,
                is_eligible=change.new.is_eligible,
                reason=change.new.reason,
                valid_from=self._day,
                decision_id=self.change.decision,
            )

    def _decide_again(self, procedure: Procedure, change: LegChange) -> None:
        row = row_on(procedure, change.leg, self._day)
        if row is None or row.valid_from < self._day:
            if row:
                row.valid_to = self._day - ONE_DAY
                row.save()
            self._decide(procedure, change)
        elif change.new.is_eligible is None:
            row.delete()
        else:
            row.is_eligible = change.new.is_eligible
            row.reason = change.new.reason
            row.valid_to = None
            row.decision_id = self.change.decision or row.decision_id
            row.save()


def _end(procedure: Procedure, day: date) -> None:
    procedure.in_force_to = day
    procedure.save()


def _copy(row: Any) -> dict[str, Any]:
    """The values of a row without its key, for another one."""
    columns = row._meta.concrete_fields
    return {c.attname: getattr(row, c.attname) for c in columns if not c.primary_key}

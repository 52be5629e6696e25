"""What a file is, in counts, faults and changes, and what writing it would do."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from dossiers.models import Dossier
from dossiers.spreadsheets.judged import Judged, Kind
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import write_date

# Kept beside the import for its page; the workbook of faulty rows has no more either.
MOST_FAULTS = 20_000
MOST_CHANGES = 200
MOST_DOUBTS = 100
MOST_SAMPLES = 5
NOTES = (
    "intake_by_post",
    "return_by_post",
    "guessed",
    "open",
    "overdue",
    "doubtful",
    "faults",
)


@dataclass
class Summary:
    """What a file is, and what writing it would do."""

    counts: dict[str, int] = field(
        default_factory=lambda: {"rows": 0, **{kind.value: 0 for kind in Kind}}
    )
    faults: list[Fault] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NOTES, 0))
    samples: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    _told: Any = field(default_factory=hashlib.sha256, repr=False)

    @property
    def shown(self) -> str:
        """SHA-256 over what each row would do: by it a later look is compared."""
        return str(self._told.hexdigest())

    def as_kept(self) -> dict[str, Any]:
        """What is kept beside the file, and compared before it is written."""
        return self.counts | {
            "changes": self.changes,
            "notes": self.notes,
            "samples": self.samples,
            "doubts": [as_json(doubt) for doubt in self.doubts],
            "shown": self.shown,
        }

    @property
    def is_writable(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.counts[Kind.NEW] or self.counts[Kind.CHANGED])

    def add(self, row: Judged) -> None:
        """Count a row and keep what it says."""
        self.counts["rows"] += 1
        self.counts[row.kind] += 1
        cells = [(x.key, x.old, x.new) for x in row.differences]
        told = (row.line.number, str(row.kind), str(row.dossier or ""), cells)
        self._told.update(repr(told).encode(errors="replace"))
        self._note(row)
        self.notes["faults"] += len(row.faults)
        self.faults += row.faults[: max(0, MOST_FAULTS - len(self.faults))]
        if row.kind == Kind.CHANGED and len(self.changes) < MOST_CHANGES:
            self.changes.append(
                {
                    "row": row.line.number,
                    "code": str(row.dossier),
                    "cells": [[x.heading, x.old, x.new] for x in row.differences],
                }
            )

    def _note(self, row: Judged) -> None:
        """What nobody sees in the numbers alone, before it is written."""
        if row.kind == Kind.NEW and row.draft is not None:
            post = IntakeChannel.PUBLIC_POST, ReturnChannel.PUBLIC_POST
            self.notes["intake_by_post"] += row.draft.intake_channel == post[0]
            self.notes["return_by_post"] += row.draft.return_channel == post[1]
            self.notes["guessed"] += row.is_guessed
            self.notes["open"] += row.draft.finished_on is None
            self.notes["overdue"] += row.is_overdue
            if len(self.samples) < MOST_SAMPLES:
                self.samples.append(_sample(row.line.number, row.draft))
        if row.doubts and row.kind in (Kind.NEW, Kind.CHANGED):
            self.notes["doubtful"] += 1
            self.doubts += row.doubts[: max(0, MOST_DOUBTS - len(self.doubts))]


def _sample(number: int, draft: Dossier) -> dict[str, Any]:
    """A new dossier as it was understood, in words."""
    return {
        "row": number,
        "procedure": str(draft.procedure),
        "applicant": draft.applicant_name,
        "received": write_date(draft.clock_started_on),
        "due": write_date(draft.due_on) if draft.due_on else "",
        "channels": " → ".join(
            (draft.get_intake_channel_display(), draft.get_return_channel_display())
        ),
        "status": draft.get_status_display(),
    }


def as_json(fault: Fault) -> dict[str, Any]:
    """A fault for keeping and for programs."""
    return {
        "row": fault.row,
        "column": fault.heading,
        "value": fault.value,
        "message": fault.sentence,
    }


def from_json(kept: dict[str, Any]) -> Fault:
    """The fault that ``as_json`` kept."""
    return Fault(kept["row"], kept["column"], kept["value"], kept["message"])

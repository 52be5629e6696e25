"""Judges the rows of a register against what is here. Writes nothing.

Rules of receiving are those of ``entry_rules``, so that a file may bring only what the
form would take.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import entry_rules
from dossiers.models import Dossier, ImportedRow, RegisterImport
from dossiers.models.opening_total import month_of
from dossiers.numbering import PARTS
from dossiers.references import provisional_pk
from dossiers.spreadsheets.changing import (
    check_email,
    judge_change,
    propose,
    standing,
    words_here,
)
from dossiers.spreadsheets.columns import by_key
from dossiers.spreadsheets.drafting import CHANGED_BY_FILE, draft_from
from dossiers.spreadsheets.history import set_days
from dossiers.spreadsheets.judged import Judged, Kind
from dossiers.spreadsheets.known import Known
from dossiers.spreadsheets.reading import Line
from postal_tthc.accounts.models import User
from postal_tthc.lib.tables import plain
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Procedure

AT_ONCE = 500  # rows looked up in one question
# What a file may say of a dossier that is here, but does not change.
KEPT = (
    "received_on",
    "sets",
    "intake_channel",
    "due_on",
    "finished_on",
    "returned_on",
    "status",
    "closing_reason",
)


class Judge:
    """Judges the rows that a clerk sends; remembers what many rows ask for again."""

    def __init__(
        self, by: User, *, now: datetime, file_hash: str = "", sheet: str = ""
    ) -> None:
        """The dossiers are those of the scope in which ``by`` works.

        With ``file_hash`` and ``sheet`` a row is known again that the same file has
        brought before, even if its columns were taken for something else then.
        """
        self.by, self.organisation = by, by.organisation.scope
        self.now = now
        self.file_hash, self.sheet = file_hash, sheet
        self.seen: frozenset[int] = frozenset()  # of those at hand, what one may see
        self.codes: dict[str, int] = {}
        self.occurrences: Counter[bytes] = Counter()
        self.known = Known(self.organisation)

    def judge(self, lines: Iterable[Line]) -> Iterator[list[Judged]]:
        """The rows in their order, some hundred at a time."""
        rest = iter(lines)
        while several := list(islice(rest, AT_ONCE)):
            yield self._judge(several)

    def _judge(self, lines: list[Line]) -> list[Judged]:
        found = [Judged(line, faults=list(line.faults)) for line in lines]
        for row in found:
            row.fingerprint = self._fingerprint(row.line)
            self._judge_code(row)
        here = self._here(found)
        done = self._done(found)
        for row in found:
            code = row.line.values.get("code")
            row.dossier = here.get(code) if code else None
            known = done.get(row.fingerprint) or done.get(row.line.number)
            if known is not None and row.dossier in (None, known) and not row.faults:
                row.kind, row.dossier = Kind.UNCHANGED, known
            elif row.dossier is not None:
                self._judge_change(row)
            else:
                self._judge_new(row)
        return found

    def _fingerprint(self, line: Line) -> str:
        """SHA-256 over what the row says; equal rows of one file are told apart."""
        said = {key: str(v) for key, v in line.values.items() if v not in ("", None)}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        said_as = hashlib.sha256(text.encode()).digest()
        self.occurrences[said_as] += 1
        told = f"{self.organisation.pk}|{self.occurrences[said_as]}|{text}"
        return hashlib.sha256(told.encode()).hexdigest()

    def _judge_code(self, row: Judged) -> None:
        code = "".join((row.line.values.get("code") or "").split()).upper()
        row.line.values["code"] = code
        if not code:
            return
        if "/" in code or provisional_pk(code) or not any(map(str.isdigit, code)):
            row.say(
                "code",
                _(
                    "A code has digits and no “/”, as H02.16-200929-0001. Write the old "
                    "number into the note, and leave this cell empty."
                ),
            )
        elif first := self.codes.get(code):
            row.say(
                "code",
                _("This code stands in row %(row)s already. Keep one of the two rows.")
                % {"row": first},
            )
        else:
            self.codes[code] = row.line.number

    def _here(self, rows: list[Judged]) -> dict[str, Dossier]:
        codes = {row.line.values["code"] for row in rows} - {""}
        found = Dossier.objects.filter(code__in=codes).select_related("procedure")
        visible = Dossier.objects.visible_to(self.by).filter(code__in=codes)
        self.seen = frozenset(visible.values_list("pk", flat=True))
        return {dossier.code: dossier for dossier in found}

    def _done(self, rows: list[Judged]) -> dict[str | int, Dossier]:
        """The dossiers that rows like these, or these very rows, have brought before."""
        known = ImportedRow.objects.filter(
            source__organisation=self.organisation,
            source__status=RegisterImport.Status.WRITTEN,
        ).select_related("dossier")
        alike = known.filter(fingerprint__in=[row.fingerprint for row in rows])
        found: dict[str | int, Dossier] = {x.fingerprint: x.dossier for x in alike}
        if self.sources:
            numbers = [row.line.number for row in rows]
            same = known.filter(source__in=self.sources, number__in=numbers)
            found |= {x.number: x.dossier for x in same}
        return found

    # A row whose dossier is here

    def _judge_change(self, row: Judged) -> None:
        dossier, values = row.dossier, row.line.values
        assert dossier is not None
        if dossier.agency_id not in self.known.agencies or dossier.pk not in self.seen:
            row.say(
                "code", _("This code belongs to a dossier of another organisation.")
            )
            return
        code = values.get("procedure_code")
        if code and code != dossier.procedure.code:
            self._refuse(row, "procedure_code")
        for key in KEPT:
            told = values.get(key)
            if told not in (None, "") and told != standing(dossier, key):
                self._refuse(row, key)
        for key in CHANGED_BY_FILE:
            told = values.get(key)
            if told not in (None, "") and told != standing(dossier, key):
                propose(row, key, told)
        judge_change(row)
        if not row.faults:
            row.kind = Kind.CHANGED if row.values else Kind.UNCHANGED

    def _refuse(self, row: Judged, key: str) -> None:
        row.say(
            key,
            _(
                "Here it is «%(here)s», and a file does not change that. Record what "
                "happened on the page of the dossier, or mend the cell."
            )
            % {"here": words_here(row.dossier, key) or "–"},
        )

    # A row whose dossier is not here

    def _judge_new(self, row: Judged) -> None:
        values = row.line.values
        day = values.get("received_on")
        if day is None and "received_on" in values:
            row.say("received_on", _("This cell must not be empty."))
        procedure = self._procedure(row, day)
        if day is None or procedure is None:
            return
        if (procedure.agency_id, month_of(day)) in self.known.months_in_totals:
            row.say(
                "received_on",
                _(
                    "%(month)s stands here in totals, so no dossier is received in it. "
                    "A catalogue manager must take those totals away first."
                )
                % {"month": f"{day:%m/%Y}"},
            )
        if not values.get("code") and (no := self.known.no_identifier(procedure, day)):
            row.say("code", no)
        draft = draft_from(values, procedure, day)
        today = timezone.localdate(self.now)
        set_days(row, draft, due_on=self.known.due_on(draft), today=today)
        check_email(row, draft.applicant_email)
        for key, sentence in entry_rules.find_faults(
            draft, now=self.now, why_not=self.known.why_not
        ):
            row.say(self._column_of(row, key), sentence)
        if not row.faults:
            row.kind, row.draft = Kind.NEW, draft
            for key, sentence in entry_rules.find_doubts(draft):
                if key in row.line.shown:  # not what was filled in from another cell
                    row.doubt(key, sentence)
            for sentence in self._doubt_code(draft, day):
                row.doubt("code", sentence)

    def _doubt_code(self, draft: Dossier, day: date) -> Iterator[str]:
        """What an official code tells otherwise than its row: its day, its agency."""
        told = PARTS.fullmatch(draft.code or "")
        if told is None:
            return
        if told["day"] != f"{day:%y%m%d}":
            yield _("The code tells of another day than %(day)s.") % {
                "day": write_date(day)
            }
        if told["identifier"] not in self.known.identifiers_of(draft.agency):
            yield _("%(identifier)s is no identifier of %(agency)s.") % {
                "identifier": told["identifier"],
                "agency": draft.agency,
            }

    def _column_of(self, row: Judged, key: str) -> str:
        """The column of the file that a rule means."""
        if key == "procedure_code" and not row.line.values.get("procedure_code"):
            return "procedure_name"
        return "received_on" if key == "received_at" else key

    def _procedure(self, row: Judged, day: date | None) -> Procedure | None:
        values = row.line.values
        code, name = values.get("procedure_code"), values.get("procedure_name")
        if code:
            key, versions = "procedure_code", self.known.procedures.get(code, [])
        else:
            key = "procedure_name"
            versions = self.known.procedures_named.get(plain(name or ""), [])
            versions = versions or self.known.procedures.get((name or "").strip(), [])
        if not code and not name:
            names = {by_key[x].heading for x in ("procedure_code", "procedure_name")}
            if not any(fault.heading in names for fault in row.faults):
                row.say(key, _("Write the procedure: its code, or its name."))
            return None
        if not versions:
            row.say(
                key,
                _(
                    "This procedure is not in the catalogue of %(organisation)s. Mend "
                    "the cell, or load the catalogue first."
                )
                % {"organisation": self.organisation},
            )
            return None
        in_force = [v for v in versions if day and v.is_in_force(day)]
        if len({version.agency_id for version in in_force}) > 1:
            row.say(key, _("Several agencies have this procedure. Import for each."))
            return None
        return in_force[0] if in_force else versions[-1]

    @cached_property
    def sources(self) -> list[int]:
        """The imports in which the same sheet of the same file was written."""
        if not self.file_hash:
            return []
        written = RegisterImport.objects.filter(
            organisation=self.organisation,
            file_hash=self.file_hash,
            status=RegisterImport.Status.WRITTEN,
            mapping__sheet=self.sheet,
        )
        return list(written.values_list("pk", flat=True))

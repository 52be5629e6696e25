"""Writes judged rows inside the transaction of an import: codes, dossiers, log."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import custody
from dossiers.actions import correct
from dossiers.actions.opening import check_month_is_itemised
from dossiers.models import Dossier, ImportedRow, RegisterImport
from dossiers.models.opening_total import month_of
from dossiers.numbering import keep_number, take_codes
from dossiers.spreadsheets.judged import Judged, Kind
from dossiers.statuses import CLOSED, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, DomainError


class Numbers:
    """The codes a file brings, and those it needs: given out once they are counted.

    A code of the file may come after a row without one, and keeps its number.
    """

    def __init__(self) -> None:
        """Nothing has been counted."""
        self.largest: dict[tuple[int, str], tuple[Organisation, str]] = {}
        self.wanted: Counter[tuple[Organisation, date]] = Counter()
        self.months: dict[tuple[int, date], tuple[Organisation, date]] = {}

    def count(self, row: Judged) -> None:
        """Take note of the code of a new dossier, or of its need."""
        if row.draft is None:
            return
        agency, day = row.draft.agency, row.draft.clock_started_on
        self.months[agency.pk, month_of(day)] = agency, day
        if not row.draft.code:
            self.wanted[agency, day] += 1
            return
        key = agency.pk, row.draft.code.rpartition("-")[0]
        known = self.largest.get(key, (agency, ""))[1]
        # Numbers have at least four digits, so a longer code has the larger one.
        if (len(row.draft.code), row.draft.code) > (len(known), known):
            self.largest[key] = agency, row.draft.code

    def take(self) -> dict[tuple[int, date], Iterator[str]]:
        """The codes for rows without one, by agency and day.

        Raises ``Conflict`` when totals stand in one of the months.
        """
        for agency, day in self.months.values():
            check_month_is_itemised(agency, day)
        for agency, code in self.largest.values():
            keep_number(agency, code)
        return {
            (agency.pk, day): iter(take_codes(agency, day, count))
            for (agency, day), count in self.wanted.items()
        }


class Writer:
    """Writes judged rows inside the transaction of its caller."""

    def __init__(
        self,
        source: RegisterImport,
        codes: Mapping[tuple[int, date], Iterator[str]],
        *,
        by: User,
        at: datetime,
    ) -> None:
        """``by`` is the clerk at whose desk the dossiers are kept from now on."""
        self.source, self.codes, self.by, self.at = source, codes, by, at

    def write(self, rows: Iterable[Judged]) -> None:
        """New dossiers at once, changes one by one through the real verb."""
        rows = list(rows)
        new = [row for row in rows if row.kind == Kind.NEW]
        try:
            drafts = [self._complete(row) for row in new]
            Dossier.objects.bulk_create(drafts)
        except IntegrityError as error:
            raise Conflict(
                _(
                    "Somebody has written one of these dossiers meanwhile. Nothing was "
                    "written; judge the file again."
                )
            ) from error
        custody.record_beginnings(
            [self._beginning(row) for row in new], Step.IMPORTED, by=self.by
        )
        kept = [self._kept(row, row.draft, is_new=True) for row in new]
        kept += [self._change(row) for row in rows if row.kind == Kind.CHANGED]
        ImportedRow.objects.bulk_create(kept)

    def _complete(self, row: Judged) -> Dossier:
        draft = row.draft
        draft.desk, draft.entered_by = self.by.organisation, self.by
        if not draft.code:
            draft.code = next(self.codes[draft.agency_id, draft.clock_started_on])
        draft.search_text = draft.words_for_search()
        return draft

    def _beginning(self, row: Judged) -> custody.Beginning:
        draft = row.draft
        last = draft.returned_on or draft.finished_on
        at = draft.received_at
        if last and last > draft.clock_started_on:
            at = timezone.make_aware(datetime.combine(last, time()))
        is_over = draft.status in CLOSED
        note = _("File «%(name)s», row %(row)d") % {
            "name": self.source.file_name,
            "row": row.line.number,
        }
        return custody.Beginning(draft, at, None if is_over else draft.desk, note)

    def _change(self, row: Judged) -> ImportedRow:
        before = {key: getattr(row.dossier, key) for key in row.values}
        try:
            changed = correct(
                row.dossier, row.values, by=self.by, at=self.at, seen=row.seen
            )
        except DomainError as error:
            place = _("Row %(row)s") % {"row": row.line.number}
            raise type(error)(f"{place}: {error}") from error
        version = changed.custody.order_by("-sequence").first().sequence
        kept = {"values": before, "version": version}
        return self._kept(row, changed, is_new=False, before=kept)

    def _kept(
        self,
        row: Judged,
        dossier: Dossier,
        *,
        is_new: bool,
        before: dict[str, Any] | None = None,
    ) -> ImportedRow:
        return ImportedRow(
            source=self.source,
            number=row.line.number,
            dossier=dossier,
            fingerprint=row.fingerprint,
            is_new=is_new,
            before=before or {},
        )

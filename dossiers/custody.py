"""The only writer of the custody log, and the reader that checks it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from dossiers.models import CustodyEntry, Dossier, Handover, Paper, PostalItem
from dossiers.statuses import OPEN, Step
from dossiers.webhooks.queueing import queue
from postal_tthc.accounts.models import Organisation, User

# What a step may change of a dossier, beside its papers.
TOLD = (
    "status",
    "clock_started_on",
    "due_on",
    "clock_stopped_on",
    "reappointed_to",
    "finished_on",
    "returned_on",
    "closed_on",
    "closing_reason",
)
AT_ONCE = 500  # dossiers verified between two questions to the database


class Beginning(NamedTuple):
    """A new dossier, the moment its first entry tells, and who holds its papers."""

    dossier: Dossier
    at: datetime
    held_by: Organisation | None
    note: str = ""


def record(
    dossier: Dossier,
    step: Step,
    *,
    by: User,
    at: datetime,
    held_by: Organisation | None,
    note: str = "",
    item: PostalItem | None = None,
    handover: Handover | None = None,
) -> CustodyEntry:
    """Append what happened, in the transaction that made it happen.

    The dossier's row must be locked (or new), so that two entries cannot both
    follow the same one. ``held_by`` is who holds the papers afterwards; None
    when the applicant does. Raises ``TransactionManagementError`` outside one.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "A custody entry is written inside the transaction of what it tells."
        )
    last = dossier.custody.order_by("-sequence").first()
    entry = CustodyEntry(
        dossier=dossier,
        sequence=last.sequence + 1 if last else 1,
        step=step,
        status=dossier.status,
        at=at,
        by=by,
        held_by=held_by,
        item=item,
        handover=handover,
        state=state(dossier),
        note=note,
        recorded_at=timezone.now(),
        previous_seal=last.seal if last else "",
    )
    entry.seal = seal(entry)
    entry.save()
    # The dossier keeps the end of its chain: a last link cannot vanish unseen.
    dossier.last_seal = entry.seal
    Dossier.objects.filter(pk=dossier.pk).update(last_seal=entry.seal)
    queue(entry)
    return entry


def record_beginnings(
    beginnings: Sequence[Beginning], step: Step, *, by: User
) -> list[CustodyEntry]:
    """Append the first entry of many dossiers at once: new ones, without papers.

    Nobody is told of them: what is taken over from a file happened before. Raises
    ``TransactionManagementError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "A custody entry is written inside the transaction of what it tells."
        )
    entries, now = [], timezone.now()
    for dossier, at, held_by, note in beginnings:
        entry = CustodyEntry(
            dossier=dossier,
            sequence=1,
            step=step,
            status=dossier.status,
            at=at,
            by=by,
            held_by=held_by,
            state=_state(dossier, ()),
            note=note,
            recorded_at=now,
        )
        entry.seal = dossier.last_seal = seal(entry)
        entries.append(entry)
    # Past the log's own refusal: each of these is sealed, and none was there before.
    QuerySet(CustodyEntry).bulk_create(entries, batch_size=AT_ONCE)
    first = CustodyEntry.objects.filter(dossier=OuterRef("pk"), sequence=1)
    Dossier.objects.filter(pk__in=[entry.dossier_id for entry in entries]).update(
        last_seal=Subquery(first.values("seal"))
    )
    return entries


def state(dossier: Dossier) -> dict[str, Any]:
    """The dossier as it stands: its days as ISO dates, and where each paper is.

    ``papers`` maps a position to the number of the organisation that holds the
    paper, or to how it left our hands.
    """
    return _state(dossier, dossier.papers.all())


def _state(dossier: Dossier, papers: Iterable[Paper]) -> dict[str, Any]:
    told = {name: getattr(dossier, name) for name in TOLD}
    return {
        **{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in told.items()},
        "status": str(dossier.status),
        "papers": {
            str(paper.position): paper.held_by_id or str(paper.outcome)
            for paper in papers
        },
    }


def state_of(entry: CustodyEntry) -> dict[str, Any]:
    """The state after an entry; of one older than states, what follows from it."""
    if entry.state is not None:
        return entry.state
    now = state(entry.dossier)
    is_open = entry.status in OPEN
    papers = dict.fromkeys(now["papers"], entry.held_by_id or Paper.Outcome.RETURNED)
    return now | {
        "status": entry.status,
        "finished_on": None if is_open else now["finished_on"],
        "returned_on": None,
        "closed_on": None,
        "closing_reason": "",
        "papers": papers,
    }


def seal(entry: CustodyEntry) -> str:
    """SHA-256 (hexadecimal) over the entry and the seal before it."""
    content = {
        "dossier": entry.dossier_id,
        "sequence": entry.sequence,
        "step": entry.step,
        "status": entry.status,
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": entry.by_id,
        "held_by": entry.held_by_id,
        "note": entry.note,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(),
        "previous_seal": entry.previous_seal,
    }
    if entry.state is not None:
        content |= {
            "state": entry.state,
            "item": entry.item_id,
            "handover": entry.handover_id,
        }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Break(NamedTuple):
    """The first broken link of a dossier: which one, and what does not fit."""

    dossier: Dossier
    sequence: int
    what: str


class Verified(NamedTuple):
    """How many entries were read, and the breaks, one at most for a dossier."""

    entries: int
    breaks: list[Break]


def verify(dossiers: Any = None) -> Verified:
    """Read every entry again, link by link; nothing is changed.

    ``what`` is one of ``missing`` (a link is gone), ``altered`` (the entry does not
    match its own seal), ``unlinked`` (it does not follow the one before), ``cut``
    (the last links are gone) and ``strayed`` (dossier or papers are not as the
    last entry left them).
    """
    dossiers = Dossier.objects.all() if dossiers is None else dossiers
    entries, breaks = 0, []
    for dossier, chain in _chains(dossiers):
        entries += len(chain)
        if found := _first_break(dossier, chain):
            breaks.append(found)
    return Verified(entries, breaks)


def _chains(dossiers: Any) -> Iterator[tuple[Dossier, list[CustodyEntry]]]:
    ordered = dossiers.order_by("pk").prefetch_related("custody", "papers")
    for dossier in ordered.iterator(chunk_size=AT_ONCE):
        yield dossier, sorted(dossier.custody.all(), key=lambda x: x.sequence)


def _first_break(dossier: Dossier, chain: list[CustodyEntry]) -> Break | None:
    previous = ""
    for number, entry in enumerate(chain, start=1):
        if entry.sequence != number:
            return Break(dossier, number, "missing")
        if entry.previous_seal != previous:
            return Break(dossier, number, "unlinked")
        if seal(entry) != entry.seal:
            return Break(dossier, number, "altered")
        previous = entry.seal
    if dossier.last_seal != previous or not chain:
        return Break(dossier, len(chain) + 1, "cut")
    last = chain[-1]
    if last.state is not None and last.state != state(dossier):
        return Break(dossier, last.sequence, "strayed")
    return None

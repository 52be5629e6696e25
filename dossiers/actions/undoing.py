"""Taking the last step back: days, papers, envelope; the log keeps both."""

from datetime import date, datetime

from django.db import transaction

from dossiers import custody, permissions
from dossiers.actions.delivering import void
from dossiers.actions.stepping import check_unchanged
from dossiers.models import (
    CustodyEntry,
    Dossier,
    Handover,
    Notice,
    Paper,
    PostalItem,
)
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Step
from postal_tthc.accounts.models import Organisation, User
from procedures.models import Leg

NOTICE_OF = {
    Step.SUPPLEMENT_REQUESTED: Notice.Kind.SUPPLEMENT,
    Step.REFUSED: Notice.Kind.REFUSAL,
    Step.REAPPOINTED: Notice.Kind.APOLOGY,
    Step.DISCONTINUED: Notice.Kind.DISCONTINUATION,
}
# Steps of a whole envelope: undone for every dossier in it.
OF_THE_ITEM = {
    Step.DELIVERED: ItemStatus.DELIVERED,
    Step.CAME_BACK: ItemStatus.CAME_BACK,
}

# Steps that put a dossier into an envelope.
PACKED = (Step.HANDED_TO_POST, Step.PAPERS_MOVED)


@transaction.atomic
def take_back(
    dossier: Dossier, *, reason: str, by: User, at: datetime, seen: int | None = None
) -> Dossier:
    """Undo the last move, with its days and papers; the log keeps both.

    A delivery is undone for every dossier of its envelope. ``seen`` is the sequence
    of the last log entry when the page was opened: two who press at once do not
    take back two steps.
    """
    beside = _lock_with_companions(dossier)
    dossier = beside.pop(dossier.pk)
    check_unchanged(dossier, seen)
    permissions.check_can_take_back(by, dossier)
    last = permissions.last_move(dossier)
    together = [dossier]
    if last.step in OF_THE_ITEM and last.item_id:
        item = PostalItem.objects.select_for_update().get(pk=last.item_id)
        together += [x for x in beside.values() if _ended_with(x, last)]
        event = item.events.filter(
            status=OF_THE_ITEM[Step(last.step)], is_void=False
        ).last()
        if event:
            void(item, event)
    for one in together:
        undo(one, Step.TAKEN_BACK, reason=reason, by=by, at=at)
    dossier.refresh_from_db()
    return dossier


def _lock_with_companions(dossier: Dossier) -> dict[int, Dossier]:
    """The dossier and all that share an envelope with it, locked in one order.

    As ``delivering.lock_item`` does, so that two people never wait for one another.
    """
    envelopes = dossier.postal_items.values("pk")
    beside = Dossier.objects.filter(postal_items__in=envelopes).values_list("pk")
    pks = sorted({dossier.pk, *(pk for (pk,) in beside)})
    return {pk: Dossier.objects.select_for_update().get(pk=pk) for pk in pks}


def undo(
    dossier: Dossier,
    step: Step,
    *,
    reason: str,
    by: User,
    at: datetime,
    handover: Handover | None = None,
) -> Dossier:
    """Set a locked dossier back to how it stood right before its last step.

    What an incident moved before the step or since stays as the incident left it.
    """
    began, undone = permissions.standing_moves(dossier)[-2:]
    before = dossier.custody.get(sequence=undone.sequence - 1)
    told = custody.state_of(before)
    for name in custody.TOLD:
        value = told[name]
        is_day = value and name.endswith(("_on", "_to"))
        setattr(dossier, name, date.fromisoformat(value) if is_day else value)
    if undone.step == Step.RECEIVED:
        dossier.received_at = began.at
    dossier.save()
    _restore_papers(dossier, before, undone)
    if undone.step in NOTICE_OF:
        notices = dossier.notices.filter(kind=NOTICE_OF[undone.step], is_void=False)
        notices.filter(pk=notices.last().pk if notices else None).update(is_void=True)
    if (undone.step in PACKED and undone.item_id) or (
        undone.step == Step.RETURNED and undone.state is None
    ):
        _take_out_of_item(dossier, undone)
    custody.record(
        dossier,
        step,
        by=by,
        at=at,
        held_by=before.held_by,
        note=reason,
        handover=handover,
    )
    return dossier


def _restore_papers(
    dossier: Dossier, before: CustodyEntry, undone: CustodyEntry
) -> None:
    then, after = custody.state_of(before)["papers"], custody.state_of(undone)["papers"]
    now = custody.state(dossier)["papers"]
    for paper in dossier.papers.all():
        key = str(paper.position)
        if undone.state is not None and now[key] != after.get(key):
            continue
        if key not in then:  # came with the step that is undone
            paper.delete()
        else:
            _put(paper, then[key])


def _put(paper: Paper, where: int | str) -> None:
    """Where a state says a paper is: with an organisation, or how it left."""
    is_held = isinstance(where, int)
    paper.held_by = Organisation.objects.get(pk=where) if is_held else None
    paper.outcome = "" if is_held else where
    paper.save()


def _take_out_of_item(dossier: Dossier, undone: CustodyEntry) -> None:
    items = dossier.postal_items.filter(leg=Leg.RETURN)
    for found in items.filter(pk=undone.item_id) if undone.item_id else items:
        item = PostalItem.objects.select_for_update().get(pk=found.pk)
        item.dossiers.remove(dossier)
        if not item.dossiers.exists():
            item.events.filter(is_void=False).update(is_void=True)
            item.status = ItemStatus.PREPARED
            item.expected_on = item.news_due_on = item.posted_on = None
            item.delivered_on = None
            item.save()


def _ended_with(dossier: Dossier, entry: CustodyEntry) -> bool:
    last = permissions.last_move(dossier)
    return bool(last and last.step == entry.step and last.item_id == entry.item_id)

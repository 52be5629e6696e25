"""Following an incident up: who answers for it, the complaint, the end."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dossiers import postal_permissions as permissions
from dossiers.actions.delivering import in_order, lock_item, take_in, tell
from dossiers.actions.incidents import log
from dossiers.actions.stepping import begin, finish, lock
from dossiers.actions.telling import label_of, value_of
from dossiers.incident_rules import OUTCOMES, REISSUE_STEPS
from dossiers.models import Dossier, Incident, Paper, PostalItem
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from dossiers.statuses import Status, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Invalid
from postal_tthc.lib.vietnamese import write_date
from procedures.calendar import working_calendar
from procedures.models import Leg
from procedures.transit import answer_days

Kind, Outcome = Incident.Kind, Incident.Outcome
FOLLOWED = (
    "liable",
    "liability_basis",
    "complained_on",
    "answered_on",
    "answer",
    "compensation_due_dong",
    "compensation_paid_dong",
    "compensation_paid_on",
    "reissue_done",
)


@transaction.atomic
def follow_up(
    incident: Incident, values: Mapping[str, Any], *, by: User, at: datetime
) -> Incident:
    """Write down who answers for it, complaint and answer, what is owed and paid.

    ``values`` has names from ``FOLLOWED``. Sending the complaint sets the day by
    which the post answers (TT 17/2017/TT-BTTTT, Điều 8). The log of its dossiers
    keeps every old value beside the new one.
    """
    incident, _item, dossiers = _lock(incident)
    permissions.check_can_follow(by, incident)
    sent_before, changes = incident.complained_on, []
    for name in FOLLOWED:
        new = values.get(name, getattr(incident, name))
        if getattr(incident, name) != new:
            old = _shown(incident, name)
            setattr(incident, name, new)
            changes.append(
                f"{label_of(incident, name)}: «{old}» → «{_shown(incident, name)}»"
            )
    if not changes:
        return incident
    _check_days(incident, timezone.localdate(at))
    if incident.complained_on != sent_before:
        incident.answer_due_on = answer_due(incident)
    incident.save()
    for dossier in dossiers:
        log(dossier, incident, by=by, at=at, note="; ".join(changes))
    return incident


def answer_due(incident: Incident) -> date | None:
    """Until when the post answers a complaint; None for what is not of an item."""
    sent_on = incident.complained_on
    if sent_on is None or incident.item is None:
        return None
    calendar = working_calendar(sent_on)
    return calendar.add_working_days(sent_on, answer_days(incident.item.route))


def _check_days(incident: Incident, today: date) -> None:
    days = (
        incident.complained_on,
        incident.answered_on,
        incident.compensation_paid_on,
    )
    if any(day and day > today for day in days):
        raise Invalid(_("This day is in the future."))
    if incident.complained_on and incident.complained_on < incident.found_out_on:
        raise Invalid(_("The complaint cannot be older than what it is about."))
    if incident.answered_on and not incident.complained_on:
        raise Invalid(_("An answer needs a complaint: write when it was sent."))
    if incident.answered_on and incident.answered_on < incident.complained_on:
        raise Invalid(_("The answer cannot be older than the complaint."))
    paid = incident.compensation_paid_dong, incident.compensation_paid_on
    if (paid[0] is None) != (paid[1] is None):
        raise Invalid(_("Write both what was paid and when."))


@transaction.atomic
def resolve_incident(
    incident: Incident,
    outcome: Outcome,
    *,
    by: User,
    at: datetime,
    resolution: str,
    papers: Collection[int] | None = None,
    holder: Organisation | None = None,
) -> Incident:
    """Tell how it ended.

    Found, lost papers are held by ``holder`` again (one of ``holders``), and a
    closed dossier owes them. ``papers`` are the positions of those that were found,
    when not all of them were: then the incident stays open. A result whose item
    stays lost is issued anew: it is at the desk again. Raises ``Refused``,
    ``Conflict`` or ``Invalid``.
    """
    incident, item, dossiers = _lock(incident)
    permissions.check_can_resolve(by, incident)
    was_open = incident.is_open
    if outcome not in OUTCOMES[incident.kind] or not (
        was_open or outcome == Outcome.FOUND
    ):
        raise Invalid(_("This is not how such an incident ends."))
    if outcome == Outcome.COMPENSATED and incident.compensation_paid_on is None:
        raise Invalid(_("Write down first what was paid, and when."))
    words = (incident.resolution, resolution)
    incident.resolution = "\n".join(filter(None, words))
    lost = list(incident.papers.filter(outcome=Paper.Outcome.LOST))
    found = outcome == Outcome.FOUND and bool(lost or _is_lost(incident, item))
    still_lost = False
    if found and incident.dossier is None:
        _find_item(incident, item, dossiers, holder, by=by, at=at)
    elif found:
        chosen = [x for x in lost if papers is None or x.position in papers]
        still_lost = len(chosen) < len(lost)
        _find_papers(incident, dossiers[0], chosen, holder, by=by, at=at)
    elif _is_lost(incident, item):
        _issue_anew(incident, item, dossiers, by=by, at=at)
    else:
        for dossier in dossiers:
            log(dossier, incident, by=by, at=at, note=resolution)
    if was_open and not still_lost:
        incident.outcome = outcome
        incident.resolved_on = timezone.localdate(at)
    incident.save()
    return incident


def holders(incident: Incident) -> list[Organisation]:
    """Who may hold what is found: the desk, its agency, the post that carries it."""
    item, dossier = incident.item, incident.dossier
    if dossier is None:
        offices = [item.post_office] if incident.is_open else []
        inside = item.dossiers.select_related("desk").first()
        comes_home = item.leg == Leg.RETURN or not incident.is_open
        return [*offices, *([inside.desk] if inside and comes_home else [])]
    offices = [
        item.post_office
        for item in dossier.postal_items.filter(status__in=sorted(UNDER_WAY))
    ]
    return list(dict.fromkeys([dossier.desk, dossier.agency, *filter(None, offices)]))


def _check_holder(incident: Incident, holder: Organisation | None) -> None:
    if holder not in holders(incident):
        raise Invalid(_("Say who holds now what was found."))


def _find_papers(
    incident: Incident,
    dossier: Dossier,
    papers: list[Paper],
    holder: Organisation | None,
    *,
    by: User,
    at: datetime,
) -> None:
    _check_holder(incident, holder)
    if not papers:
        raise Invalid(_("Say which papers were found."))
    _hold(papers, holder)
    dossier.closed_on = None
    note = incident.resolution
    log(dossier, incident, by=by, at=at, papers=papers, note=note, held_by=holder)


def _find_item(
    incident: Incident,
    item: PostalItem,
    dossiers: list[Dossier],
    holder: Organisation | None,
    *,
    by: User,
    at: datetime,
) -> None:
    """The item is with the post again, or at the desk with everything in it.

    Found only after it was resolved, it is at the desk, and moves no result: that
    was issued anew, and has gone its own way since.
    """
    _check_holder(incident, holder)
    lost = list(incident.papers.filter(outcome=Paper.Outcome.LOST))
    is_at_desk, note = holder != item.post_office, incident.resolution
    if is_at_desk and incident.is_open:
        _hold(lost, item.post_office)
        take_in(item, dossiers, by=by, at=at, note=note)
        return
    _hold(lost, holder)
    status = ItemStatus.CAME_BACK if is_at_desk else ItemStatus.AT_OFFICE
    tell(item, status, by=by, at=in_order(item, at), note=note)
    owners = {paper.dossier_id for paper in lost}
    for dossier in dossiers:
        if dossier.pk in owners:
            dossier.closed_on = None
        log(dossier, incident, by=by, at=at, note=note, held_by=holder)


def _issue_anew(
    incident: Incident,
    item: PostalItem,
    dossiers: list[Dossier],
    *,
    by: User,
    at: datetime,
) -> None:
    for inside in dossiers:
        if inside.status != Status.WITH_POST:
            log(inside, incident, by=by, at=at, note=incident.resolution)
            continue
        dossier, moment = begin(inside, Step.CAME_BACK, by=by, at=at)
        finish(
            dossier,
            Step.CAME_BACK,
            by=by,
            at=moment,
            held_by=dossier.desk,
            item=item,
            note=incident.resolution,
        )


def _hold(papers: list[Paper], holder: Organisation) -> None:
    lost = Paper.objects.filter(pk__in=[paper.pk for paper in papers])
    lost.update(held_by=holder, outcome="")


def _is_lost(incident: Incident, item: PostalItem | None) -> bool:
    """Whether the incident is about a whole item that is lost."""
    if incident.dossier_id or item is None:
        return False
    return incident.kind == Kind.LOST and item.status == ItemStatus.LOST


def _lock(
    incident: Incident,
) -> tuple[Incident, PostalItem | None, list[Dossier]]:
    """The incident as it stands now, and what it is about, locked in one order."""
    item, dossier = incident.item, incident.dossier
    dossiers = [lock(dossier)] if dossier else []
    if dossier is None:
        item, dossiers = lock_item(item)
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    incident.item = item
    return incident, item, dossiers


def _shown(incident: Incident, name: str) -> str:
    """A value as the log has it; days and steps of the checklist in their own way."""
    value = getattr(incident, name)
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, list):
        with translation.override(settings.LANGUAGE_CODE):
            return ", ".join(str(REISSUE_STEPS.get(x, x)) for x in value)
    return value_of(incident, name)

"""Reporting what went wrong with papers and items, and following it to its end.

An incident of a dossier is about named papers; one without a dossier is about a
whole item and everything in it (QĐ 45/2016/QĐ-TTg, Điều 14).
"""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dossiers import custody
from dossiers import postal_permissions as permissions
from dossiers.actions.delivering import in_order, lock_item, tell
from dossiers.actions.stepping import finish, holder_of, lock
from dossiers.models import Dossier, Incident, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus, Party
from dossiers.statuses import Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid, Refused
from postal_tthc.lib.vietnamese import write_date

Kind = Incident.Kind


@transaction.atomic
def report_incident(
    kind: Kind,
    *,
    by: User,
    at: datetime,
    found_out_on: date,
    description: str,
    dossier: Dossier | None = None,
    item: PostalItem | None = None,
    papers: Collection[int] = (),
    liable: Party = Party.UNKNOWN,
) -> Incident:
    """Write down what went wrong with a dossier's papers, or with a whole item.

    ``papers`` are positions in ``dossier``; reported lost, they are held by nobody.
    A lost ``item`` without a dossier takes every paper in it along, and goes on in
    the case that was opened about its silence. Raises ``Refused``, ``Conflict`` or
    ``Invalid``.
    """
    if found_out_on > timezone.localdate(at):
        raise Invalid(_("This day is in the future."))
    if kind == Kind.SILENCE or (dossier is None and item is None):
        raise Invalid(_("Say which papers or which item it is about."))
    item, dossiers = _lock(dossier, item)
    permissions.check_can_report(by, dossier, item)
    incident = Incident(dossier=dossier, item=item, opened_by=by, opened_at=at)
    if dossier is None and kind == Kind.LOST:
        incident = _silence_case(item) or incident
    incident.kind, incident.liable = kind, liable
    incident.found_out_on = found_out_on
    incident.description = "\n".join(filter(None, (incident.description, description)))
    incident.save()
    if dossier is None:
        _report_item(incident, item, dossiers, by=by, at=at)
    else:
        _report_papers(incident, dossiers[0], papers, by=by, at=at)
    return incident


def _report_item(
    incident: Incident,
    item: PostalItem,
    dossiers: list[Dossier],
    *,
    by: User,
    at: datetime,
) -> None:
    is_lost = incident.kind == Kind.LOST
    if is_lost:
        permissions.check_can_tell(by, item)
        tell(item, ItemStatus.LOST, by=by, at=in_order(item, at))
    for dossier in dossiers:
        carried = dossier.papers.filter(outcome="", held_by=item.post_office)
        papers = list(carried)
        incident.papers.add(*papers)
        if is_lost:
            carried.update(held_by=None, outcome=Paper.Outcome.LOST)
        log(dossier, incident, by=by, at=at, papers=papers)


def _report_papers(
    incident: Incident,
    dossier: Dossier,
    positions: Collection[int],
    *,
    by: User,
    at: datetime,
) -> None:
    papers = list(dossier.papers.filter(position__in=positions))
    if incident.kind == Kind.LOST:
        for paper in papers:
            _check_may_lose(paper, by)
        dossier.papers.filter(position__in=positions).update(
            held_by=None, outcome=Paper.Outcome.LOST
        )
    incident.papers.add(*papers)
    log(dossier, incident, by=by, at=at, papers=papers)


def _check_may_lose(paper: Paper, by: User) -> None:
    if paper.outcome:
        raise Conflict(
            _("«%(paper)s» is not with us any more: «%(outcome)s».")
            % {"paper": paper, "outcome": paper.get_outcome_display().lower()}
        )
    kinds = Organisation.Kind
    if kinds.POST_OFFICE == by.organisation.kind != paper.held_by.kind:
        raise Refused(
            _("«%(paper)s» is with %(holder)s, which alone can say that it is lost.")
            % {"paper": paper, "holder": paper.held_by}
        )


@transaction.atomic
def open_silence_case(item: PostalItem, *, by: User, at: datetime) -> Incident:
    """News is overdue: ask the post, once for each silence.

    The silence itself is derived (``PostalItem.silent``) and ends with the next
    news. A case does not end by itself: for a proven delay the postage may be
    claimed back, so a person, told that news has come, resolves it.
    """
    item, dossiers = lock_item(item)
    today = timezone.localdate(at)
    permissions.check_can_open_case(by, item, today)
    with translation.override(settings.LANGUAGE_CODE):
        told = _("No news of item %(number)s; news was due by %(day)s.") % {
            "number": item,
            "day": write_date(item.news_due_on),
        }
    incident = Incident.objects.create(
        kind=Kind.SILENCE,
        item=item,
        found_out_on=today,
        description=told,
        opened_by=by,
        opened_at=at,
    )
    for dossier in dossiers:
        log(dossier, incident, by=by, at=at)
    return incident


def _silence_case(item: PostalItem) -> Incident | None:
    cases = Incident.objects.select_for_update().open()
    return cases.filter(item=item, kind=Kind.SILENCE).first()


def _lock(
    dossier: Dossier | None, item: PostalItem | None
) -> tuple[PostalItem | None, list[Dossier]]:
    """What an incident is about, locked; an item beside a dossier is only named."""
    if dossier is None:
        return lock_item(item)
    if item is not None and not dossier.postal_items.filter(pk=item.pk).exists():
        raise Invalid(_("Dossier %(code)s is not in that item.") % {"code": dossier})
    return item, [lock(dossier)]


def log(
    dossier: Dossier,
    incident: Incident,
    *,
    by: User,
    at: datetime,
    papers: Collection[Paper] = (),
    note: str = "",
    held_by: Organisation | None = None,
) -> None:
    """Tell an incident in the log of a locked dossier, in one language."""
    with translation.override(settings.LANGUAGE_CODE):
        words = [incident.get_kind_display()]
    if papers:
        words.append(", ".join(paper.name for paper in papers))
    words.append(note or incident.description)
    told = {
        "by": by,
        "at": at,
        "held_by": held_by or holder_of(dossier),
        "item": incident.item,
        "note": ": ".join(words),
    }
    if dossier.closed_on:  # closed it stays, on the day it was
        custody.record(dossier, Step.INCIDENT, **told)
    else:
        finish(dossier, Step.INCIDENT, **told)

"""What waits: each function narrows what a visitor may see, the most urgent first."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from dossiers.counted_sets import INTAKE_BY_POST, RETURN_BY_POST
from dossiers.models import Dossier, Handover, Incident, Notice, Paper, PostalItem
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import CLOSED, Status
from postal_tthc.accounts.models import Organisation, User
from procedures.calendar import working_calendar
from procedures.models import Leg

# Days before the last day of an answer from which it is called running out.
RUNNING_OUT = 2
# A result that is at the desk.
AT_THE_DESK = frozenset({Status.RESULT_READY, Status.UNDELIVERED})
# Somebody holds few of all papers: those are looked at, not every closed dossier.
HELD = Paper.objects.filter(held_by__isnull=False)
PAPERS_AT_THE_DESK = Q(
    Exists(HELD.filter(dossier=OuterRef("pk"), held_by=OuterRef("desk"))),
    pk__in=HELD.values("dossier"),
    status__in=sorted(CLOSED),
    closed_on=None,
)


def next_working_day(day: date) -> date:
    """The working day after this one."""
    return working_calendar(day).add_working_days(day, 1)


def items_seen_by(user: User) -> QuerySet:
    """``PostalItem.objects.visible_to``, asked item by item: few of many wait."""
    seen = Dossier.objects.visible_to(user).order_by()
    return PostalItem.objects.filter(Exists(seen.filter(postal_items=OuterRef("pk"))))


def incidents_seen_by(user: User) -> QuerySet:
    """``Incident.objects.visible_to``, asked incident by incident."""
    seen = Dossier.objects.visible_to(user).order_by()
    return Incident.objects.filter(
        Exists(seen.filter(pk=OuterRef("dossier")))
        | Exists(seen.filter(postal_items=OuterRef("item")))
    )


def late(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """Past their due date."""
    return seen.overdue(day).order_by("due_on", "pk")


def due(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """Due today or on the next working day."""
    soon = seen.running().filter(due_on__range=(day, next_working_day(day)))
    return soon.order_by("due_on", "pk")


def to_forward(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """Received, and not handed to the case officer."""
    return seen.filter(status=Status.RECEIVED).order_by("clock_started_on", "pk")


def coming(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """On the way to the desk with the post."""
    items = PostalItem.objects
    on_the_way = items.filter(leg=Leg.INTAKE, status__in=sorted(UNDER_WAY))
    on_the_way_back = items.filter(leg=Leg.RETURN, status=ItemStatus.COMING_BACK)
    on_their_way = {
        Status.ANNOUNCED: Q(),
        Status.AWAITING_SUPPLEMENT: Q(pk__in=_carried(on_the_way)),
        Status.WITH_POST: Q(pk__in=_carried(on_the_way_back)),
    }
    comes = Q()
    for status, condition in on_their_way.items():
        comes |= Q(condition, status=status)
    return (
        _at_own_desk(seen, user)
        .filter(comes, status__in=sorted(on_their_way))
        .order_by("received_at", "pk")
    )


def going(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """At the desk, and to leave it with the post."""
    here = _at_own_desk(seen, user).order_by()
    results = here.filter(RETURN_BY_POST, status__in=sorted(AT_THE_DESK))
    papers = here.filter(INTAKE_BY_POST | RETURN_BY_POST, PAPERS_AT_THE_DESK)
    # United, not joined by OR: each half has its own index.
    goes = results.values("pk").union(papers.values("pk"))
    return seen.filter(pk__in=goes).order_by("finished_on", "pk")


def papers_waiting(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """Papers of dossiers that ended early, to be fetched by hand."""
    not_by_post = _at_own_desk(seen, user).exclude(INTAKE_BY_POST | RETURN_BY_POST)
    return not_by_post.filter(PAPERS_AT_THE_DESK).order_by("finished_on", "pk")


def supplements(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """Answers that run out soon, or have; each row has its ``answer_by``."""
    asked = Notice.objects.filter(
        dossier=OuterRef("pk"), kind=Notice.Kind.SUPPLEMENT, is_void=False
    ).order_by("-issued_at", "-pk")
    return (
        seen.filter(status=Status.AWAITING_SUPPLEMENT)
        .annotate(answer_by=Subquery(asked.values("answer_by")[:1]))
        .filter(answer_by__lte=day + timedelta(days=RUNNING_OUT))
        .order_by("answer_by", "pk")
    )


def silent(seen: QuerySet, user: User, day: date) -> QuerySet:
    """Envelopes of which news should have come."""
    return seen.silent(day).order_by("news_due_on", "pk")


def owing(seen: QuerySet, user: User, day: date) -> QuerySet:
    """Envelopes of which the post still owes something."""
    return seen.owing().order_by("delivered_on", "pk")


def came_back(seen: DossierQuerySet, user: User, day: date) -> QuerySet:
    """Results that could not be delivered."""
    return seen.filter(status=Status.UNDELIVERED).order_by("returned_on", "pk")


def open_incidents(seen: QuerySet, user: User, day: date) -> QuerySet:
    """Incidents to be resolved."""
    return seen.open().order_by("found_out_on", "pk")


def to_sign(seen: QuerySet, user: User, day: date) -> QuerySet:
    """Minutes that the desk has signed and the post has not."""
    return seen.filter(status=Handover.Status.DESK_SIGNED).order_by("desk_signed_at")


def drafts(seen: QuerySet, user: User, day: date) -> QuerySet:
    """Drafts, the newest first."""
    return seen.order_by("-saved_at", "-pk")


def _carried(items: QuerySet) -> QuerySet:
    """The numbers of the dossiers in these envelopes."""
    return items.order_by().values("dossiers")


def _at_own_desk(seen: DossierQuerySet, user: User) -> DossierQuerySet:
    """A clerk hands over what is at the own desk; the post meets every desk.

    The others are excluded, as an index on the desk would read all its years.
    """
    if user.organisation.kind == Organisation.Kind.POST_OFFICE:
        return seen
    around = Organisation.objects.within(user.organisation.scope)
    return seen.exclude(desk__in=around.exclude(pk=user.organisation_id))

"""What a desk and the post expect to hand over: tables, then questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossiers.models import Dossier, Handover, HandoverLine, PostalItem
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from dossiers.statuses import CLOSED, IntakeChannel, ReturnChannel, Status
from postal_tthc.accounts.models import Organisation
from procedures.models import Leg

Direction = Handover.Direction
Kind = HandoverLine.Kind

# What is handed over in each direction, and in which state its dossier is then.
STATES: dict[Direction, dict[Kind, frozenset[Status]]] = {
    Direction.IN: {
        Kind.DOSSIER: frozenset({Status.ANNOUNCED}),
        Kind.SUPPLEMENT: frozenset({Status.AWAITING_SUPPLEMENT}),
        Kind.CAME_BACK: frozenset({Status.WITH_POST}),
    },
    Direction.OUT: {
        Kind.RESULT: frozenset({Status.RESULT_READY, Status.UNDELIVERED}),
        Kind.PAPERS: CLOSED,
    },
}


@dataclass(frozen=True)
class Expected:
    """One thing that should be in the pile: its kind, dossier and envelope."""

    kind: Kind
    dossier: Dossier | None
    item: PostalItem | None

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        """What makes it the same thing as a line of the minutes."""
        if self.kind == Kind.REMITTANCE:
            return self.kind.value, None, self.item.pk
        return self.kind.value, self.dossier.pk, None


def key_of(line: HandoverLine) -> tuple[str, int | None, int | None]:
    """The same key, of a line."""
    if line.kind == Kind.REMITTANCE:
        return line.kind, None, line.item_id
    return line.kind, line.dossier_id, None


def kind_for(direction: Direction, dossier: Dossier) -> Kind | None:
    """What of a dossier can be handed over now; None when nothing can."""
    for kind, states in STATES[direction].items():
        if dossier.status in states and (
            direction == Direction.IN or _goes_by_post(dossier, kind)
        ):
            return kind
    return None


def _goes_by_post(dossier: Dossier, kind: Kind) -> bool:
    if kind == Kind.RESULT:
        return dossier.return_channel == ReturnChannel.PUBLIC_POST
    holds = dossier.papers.filter(held_by=dossier.desk_id)
    return dossier.closed_on is None and holds.exists()


def expected(
    desk: Organisation, direction: Direction, post_office: Organisation | None = None
) -> list[Expected]:
    """Everything that waits to be handed over, the oldest first.

    With ``post_office`` only what that post office brings in.
    """
    if direction == Direction.OUT:
        return list(_outgoing(desk))
    found = list(_incoming(desk))
    if post_office is None:
        return found
    ours = (None, post_office.pk)
    return [x for x in found if x.item is None or x.item.post_office_id in ours]


def _incoming(desk: Organisation) -> Iterator[Expected]:
    announced = Dossier.objects.filter(desk=desk, status=Status.ANNOUNCED)
    for dossier in _with_items(announced):
        yield Expected(Kind.DOSSIER, dossier, _item(dossier, Leg.INTAKE))
    waiting = Dossier.objects.filter(
        desk=desk,
        status=Status.AWAITING_SUPPLEMENT,
        postal_items__leg=Leg.INTAKE,
        postal_items__status__in=sorted(UNDER_WAY),
    ).distinct()
    for dossier in _with_items(waiting):
        yield Expected(Kind.SUPPLEMENT, dossier, _item(dossier, Leg.INTAKE))
    back = Dossier.objects.filter(
        desk=desk,
        status=Status.WITH_POST,
        postal_items__leg=Leg.RETURN,
        postal_items__status=ItemStatus.COMING_BACK,
    ).distinct()
    for dossier in _with_items(back):
        yield Expected(Kind.CAME_BACK, dossier, _item(dossier, Leg.RETURN))
    owing = PostalItem.objects.owing().filter(dossiers__desk=desk).distinct()
    for item in owing.order_by("delivered_on", "pk"):
        yield Expected(Kind.REMITTANCE, None, item)


def _outgoing(desk: Organisation) -> Iterator[Expected]:
    results = Dossier.objects.filter(
        desk=desk,
        status__in=sorted(STATES[Direction.OUT][Kind.RESULT]),
        return_channel=ReturnChannel.PUBLIC_POST,
    )
    for dossier in _with_items(results):
        yield Expected(Kind.RESULT, dossier, None)
    going_home = Dossier.objects.filter(
        desk=desk, status__in=sorted(CLOSED), closed_on=None, papers__held_by=desk
    ).distinct()
    by_post = (IntakeChannel.PUBLIC_POST, ReturnChannel.PUBLIC_POST)
    for dossier in _with_items(going_home):
        if by_post[0] == dossier.intake_channel or by_post[1] == dossier.return_channel:
            yield Expected(Kind.PAPERS, dossier, None)


def _with_items(dossiers: object) -> object:
    return (
        dossiers.order_by("received_at", "pk")
        .select_related("procedure")
        .prefetch_related("postal_items")
    )


def _item(dossier: Dossier, leg: Leg) -> PostalItem | None:
    """The envelope it travels in on a leg: the newest that has not arrived."""
    items = [item for item in dossier.postal_items.all() if item.leg == leg]
    under_way = [item for item in items if item.status in UNDER_WAY]
    return (under_way or items or [None])[0]

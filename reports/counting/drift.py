"""What moved in a catalogue between two days, and which dossiers it leaves behind."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import write_number
from procedures.models import Decision, Leg, PostalEligibility, Procedure
from procedures.querysets import valid_on
from reports.ratios import Ratio

Key = tuple[int, str]  # agency and code
MOST_DAYS = 8


@dataclass(frozen=True)
class OnADay:
    """The catalogue on a day: the versions in force and what is decided of each leg."""

    day: date
    versions: dict[Key, Procedure]
    legs: dict[tuple[int, str], PostalEligibility]  # by version and leg

    def is_open(self, key: Key, leg: str) -> bool:
        """Whether the leg may go by post on the day."""
        version = self.versions.get(key)
        row = version and self.legs.get((version.pk, leg))
        return bool(row and row.is_eligible)

    def is_postal(self, key: Key) -> bool:
        """Whether a leg may."""
        return any(self.is_open(key, leg) for leg in Leg.values)

    @property
    def ratio(self) -> Ratio:
        """06/98: open to the post over in force."""
        return Ratio(
            sum(self.is_postal(key) for key in self.versions),
            len(self.versions),
            "postal",
            "in_force",
        )


@dataclass(frozen=True)
class Moved:
    """One procedure that is not what it was: ``kind`` is began, ended or changed.

    ``differences`` name what changed, from what, to what; ``gained`` and ``lost``
    are the legs that were opened to the post or closed.
    """

    kind: str
    code: str
    name: str
    version: int
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class LeftBehind:
    """A version that is over on the later day and still has open dossiers."""

    procedure: Procedure
    number: int


@dataclass(frozen=True)
class Drift:
    """Everything that moved from one day to another."""

    before: OnADay
    after: OnADay
    moved: tuple[Moved, ...] = ()
    left_behind: tuple[LeftBehind, ...] = ()
    moved_legs: dict[str, tuple[int, int]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Moved]:
        """What began, ended or changed."""
        return [x for x in self.moved if x.kind == kind]


def drift(
    organisation: Organisation, seen: DossierQuerySet, before: date, after: date
) -> Drift:
    """What moved between two days. Seven queries, however long the catalogue is."""
    one, two = on_a_day(organisation, before), on_a_day(organisation, after)
    moved = [_moved(key, one, two) for key in sorted({*one.versions, *two.versions})]
    left = (
        seen.open()
        .filter(procedure__in_force_to__lt=after)
        .order_by()
        .values_list("procedure")
        .annotate(number=Count("pk"))
    )
    numbers = dict(left)
    over = Procedure.objects.filter(pk__in=numbers).order_by("code", "in_force_from")
    return Drift(
        one,
        two,
        tuple(x for x in moved if x),
        tuple(LeftBehind(x, numbers[x.pk]) for x in over),
        {
            leg: tuple(
                sum(day.is_open(key, leg) for key in day.versions) for day in (one, two)
            )
            for leg in Leg.values
        },
    )


def on_a_day(organisation: Organisation, day: date) -> OnADay:
    """The catalogue of an organisation on a day. Three queries."""
    versions = (
        Procedure.objects.of(organisation.scope)
        .in_force(day)
        .select_related("field", "decision")
        .prefetch_related("required_papers")
    )
    found = {(version.agency_id, version.code): version for version in versions}
    rows = PostalEligibility.objects.filter(
        valid_on(day), procedure__in=[version.pk for version in found.values()]
    ).select_related("decision")
    return OnADay(day, found, {(row.procedure_id, row.leg): row for row in rows})


def days_of_change(organisation: Organisation, today: date) -> list[date]:
    """The days on which something in the catalogue began or ended, the newest first."""
    procedures = Procedure.objects.of(organisation.scope).order_by()
    legs = PostalEligibility.objects.filter(procedure__in=procedures.values("pk"))
    one = timedelta(days=1)
    found = {
        *procedures.values_list("in_force_from", flat=True).distinct(),
        *legs.values_list("valid_from", flat=True).order_by().distinct(),
    }
    for rows, name in ((procedures, "in_force_to"), (legs.order_by(), "valid_to")):
        ended = rows.exclude(**{name: None}).values_list(name, flat=True).distinct()
        found |= {day + one for day in ended}
    return sorted((day for day in found if day <= today), reverse=True)[:MOST_DAYS]


def newest_decision(organisation: Organisation, today: date) -> Decision | None:
    """The newest decision that publishes the catalogue of this organisation."""
    within = Organisation.objects.within(organisation.scope)
    return (
        Decision.objects.filter(
            publishes_catalogue_of__in=within, effective_from__lte=today
        )
        .order_by("-effective_from", "-pk")
        .first()
    )


def _moved(key: Key, one: OnADay, two: OnADay) -> Moved | None:
    old, new = one.versions.get(key), two.versions.get(key)
    gained = tuple(x for x in Leg.values if two.is_open(key, x) > one.is_open(key, x))
    lost = tuple(x for x in Leg.values if two.is_open(key, x) < one.is_open(key, x))
    differences = _differences(old, new) if old and new and old.pk != new.pk else ()
    if old and new and not (gained or lost or differences):
        return None
    kind = "changed" if old and new else "began" if new else "ended"
    version = new or old
    said = [] if new is None or (old and old.pk == new.pk) else [new.decision]
    for leg in (*gained, *lost):
        row = new and two.legs.get((new.pk, leg))
        said.append(row.decision if row else None)
    return Moved(
        kind,
        version.code,
        version.name,
        version.pk,
        gained,
        lost,
        differences,
        tuple({x.pk: x for x in said if x}.values()),
    )


def _differences(old: Procedure, new: Procedure) -> tuple[tuple[str, str, str], ...]:
    pairs = [(name, word(old), word(new)) for name, word in WORDS.items()]
    return tuple((name, x, y) for name, x, y in pairs if x != y)


def _fee(version: Procedure) -> str:
    if version.fee_dong is None:
        return version.fee_note
    return f"{write_number(version.fee_dong)} đồng {version.fee_note}".strip()


def _papers(version: Procedure) -> str:
    return "; ".join(
        f"{paper.quantity} {paper.name} ({paper.get_form_display()})"
        for paper in version.required_papers.all()
    )


WORDS = {
    "name": lambda version: version.name,
    "field": lambda version: version.field.name,
    "time": lambda version: str(version.processing_text),
    "fee": _fee,
    "papers": _papers,
}

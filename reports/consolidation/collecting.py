"""Collects a province in a period: its rows from the system and from returns."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils import timezone

from dossiers.models import Dossier
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import write_date, write_number
from reports import counting
from reports.consolidation.lines import from_json, total_of
from reports.consolidation.membership import (
    existed_in,
    reporting_below,
    working_in_system,
)
from reports.consolidation.permissions import check_collects
from reports.consolidation.province import (
    Consolidation,
    Row,
    Source,
    join_successors,
)
from reports.figures import NOTHING, Figures
from reports.models import AgencyReturn
from reports.periods import Period

Kind = Organisation.Kind


def collect(
    collector: Organisation,
    period: Period,
    *,
    today: date,
    by_successor: bool = False,
    reached: Callable[[int], None] | None = None,
) -> Consolidation:
    """Every organisation that should report, with its figures or without.

    ``by_successor`` sums predecessors under their successors; the total is the
    same. ``reached`` is told how many of the ``steps`` are done. Raises ``Invalid``
    for an organisation that collects from nobody.
    """
    check_collects(collector)
    below = list(reporting_below(collector))
    returns = {x.organisation_id: x for x in standing(collector, period)}
    working = working_in_system(collector, period.end)
    rows, notes = [], []
    for done, organisation in enumerate(below):
        if reached:
            reached(done)
        handed_in = returns.get(organisation.pk)
        counted = None
        if organisation.pk in working:
            counted = _count(organisation, period, today)
            notes += _notes(organisation, counted, handed_in, period, today)
        if handed_in:
            rows.append(_from_return(organisation, handed_in))
        elif counted and (_is_any(counted) or existed_in(organisation, period)):
            rows.append(_row(organisation, counted))
        elif existed_in(organisation, period):
            rows.append(Row(organisation.name, organisation.symbol, Source.AWAITED))
    if reached:
        reached(len(below))
    whole = counting.count(collector, period, today=today)
    collected = Consolidation(
        collector.name,
        collector.symbol,
        period,
        whole.as_of,
        today,
        tuple(rows),
        _row(collector, whole),
        tuple(notes),
    )
    return _joined(collected, below) if by_successor else collected


def steps(collector: Organisation) -> int:
    """What ``collect`` counts one after the other: each row, then the whole."""
    return reporting_below(collector).count() + 1


def standing(collector: Organisation, period: Period) -> Sequence[AgencyReturn]:
    """The returns that stand for the period, each with its organisation."""
    return AgencyReturn.objects.filter(
        collector=collector, period=period.word, withdrawn_reason=""
    ).select_related("organisation", "uploaded_by")


def counts_in_system(
    organisation: Organisation, period: Period, *, today: date
) -> bool:
    """Whether the figures of an organisation come from its own dossiers."""
    if organisation.pk not in working_in_system(organisation.parent, period.end):
        return False
    return existed_in(organisation, period) or _is_any(
        _count(organisation, period, today)
    )


def _count(organisation: Organisation, period: Period, today: date) -> Figures:
    if organisation.kind != Kind.DESK:
        return counting.count(organisation, period, today=today)
    # A dossier belongs to its competent agency, which has a row of its own. What the
    # desk of the province received for agencies is counted there and only there.
    agencies = Organisation.objects.within(organisation.scope).agencies()
    rest = Dossier.objects.of(organisation).exclude(agency__in=agencies)
    return counting.count(organisation, period, today=today, dossiers=rest)


def _is_any(figures: Figures) -> bool:
    return figures.counts != NOTHING


def _row(organisation: Organisation, figures: Figures) -> Row:
    # Procedures are an agency's; a desk has none of its own.
    has_procedures = organisation.kind != Kind.DESK
    return Row(
        organisation.name,
        organisation.symbol,
        Source.SYSTEM,
        figures.counts,
        in_force=figures.procedures.denominator if has_procedures else 0,
        postal=figures.procedures.numerator if has_procedures else 0,
    )


def _from_return(organisation: Organisation, handed_in: AgencyReturn) -> Row:
    whole = total_of(from_json(kept) for kept in handed_in.lines)
    day = write_date(timezone.localtime(handed_in.uploaded_at).date())
    return Row(
        organisation.name,
        organisation.symbol,
        Source.RETURN,
        whole.own,
        whole.shared,
        whole.in_force,
        whole.postal,
        f"{handed_in.file_name} ({handed_in.uploaded_by}, ngày {day}, "
        f"SHA-256 {handed_in.file_hash[:16]}…)",
    )


def _notes(
    organisation: Organisation,
    counted: Figures,
    handed_in: AgencyReturn | None,
    period: Period,
    today: date,
) -> list[str]:
    """What a reader of the report should know about the row."""
    if handed_in and _is_any(counted):
        return [
            (
                f"{organisation.name} đã nộp tệp Excel, đồng thời có "
                f"{write_number(counted.counts.received)} hồ sơ tiếp nhận trong kỳ trên hệ "
                "thống; báo cáo lấy số của tệp."
            )
        ]
    if organisation.kind != Kind.DESK:
        return []
    received = counting.count(organisation, period, today=today).counts.received
    if not received:
        return []
    return [
        (
            f"{organisation.name} tiếp nhận {write_number(received)} hồ sơ trong kỳ cho các "
            "cơ quan; mỗi hồ sơ được đếm một lần, ở dòng của cơ quan có thẩm quyền."
        )
    ]


def _joined(collected: Consolidation, below: list[Organisation]) -> Consolidation:
    names = {organisation.symbol: organisation.name for organisation in below}
    successors = dict(
        Organisation.objects.filter(successor__isnull=False).values_list(
            "symbol", "successor__symbol"
        )
    )
    return join_successors(collected, successors, names)

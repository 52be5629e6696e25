"""Compares what signed reports counted with what would be counted today."""

from datetime import date

from django.utils import timezone

from dossiers.models import Dossier
from postal_tthc.lib.vietnamese import write_date
from reports import membership, periods
from reports.adjustments import LABELS, Adjustment, differences
from reports.counting.comparing import counts_between
from reports.figures import Figures
from reports.layouts import number
from reports.models import CountedDossier, Report

NOT_COMPARED = frozenset({"in_force", "postal", "in_time"})


def find(report: Report) -> tuple[Adjustment, ...]:
    """The lines by which a report adjusts the signed ones before it.

    Each period of the organisation is compared with the newest signed report that
    counted it, up to the last day which that report counted.
    """
    found: list[Adjustment] = []
    end = max(periods.parse(word).end for word in report.periods)
    for word, earlier in baselines(report).items():
        # A report about older days does not adjust one about later days.
        if periods.parse(word).start <= end:
            found.extend(_adjust(earlier, word))
    return tuple(found)


def since(report: Report) -> tuple[Adjustment, ...]:
    """What a signed report itself would count otherwise today."""
    lines: list[Adjustment] = []
    for word in report.periods:
        lines.extend(_adjust(report, word))
    return tuple(lines)


def baselines(report: Report) -> dict[str, Report]:
    """The periods counted before by signed reports, each with the newest of them."""
    signed = (
        Report.objects.signed()
        .filter(organisation=report.organisation_id)
        .exclude(pk=report.pk)
        .order_by("signed_at", "pk")
    )
    newest: dict[str, Report] = {}
    for earlier in signed:
        for word in _counted_periods(earlier):
            newest[word] = earlier
    return newest


def _counted_periods(report: Report) -> list[str]:
    """Its own periods, and those of earlier reports that it adjusted."""
    adjusted = {x.period for x in report.thawed.adjustments}
    return list(dict.fromkeys([*report.periods, *sorted(adjusted)]))


def _adjust(earlier: Report, word: str) -> list[Adjustment]:
    before = _before(earlier, word)
    period = periods.parse(word)
    as_of, organisation = frozen_day(earlier, word), earlier.organisation
    seen = Dossier.objects.of(organisation)
    now = counts_between(organisation, seen, period.start, as_of)
    was = _frozen_members(earlier, word)
    sets = membership.members(organisation, period.start, as_of)
    changed = _coded(differences(was, sets))
    lines = []
    for name in LABELS:
        if name in NOT_COMPARED:
            continue
        added, removed = changed.get(name, ((), ()))
        after = int(getattr(now, name))
        if before[name] == after and not added and not removed:
            continue
        lines.append(
            Adjustment(
                report=earlier.pk,
                signed=name_of(earlier),
                period=word,
                period_name=period.name,
                counted=name,
                before=before[name],
                after=after,
                added=added,
                removed=removed,
            )
        )
    return lines


def _coded(
    changed: dict[str, tuple[tuple[int, ...], tuple[int, ...]]],
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The same with the codes of the dossiers; only those that moved are asked for."""
    moved = {pk for sides in changed.values() for side in sides for pk in side}
    codes = dict(Dossier.objects.filter(pk__in=moved).values_list("pk", "code"))

    def read(side: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(sorted(str(codes[pk]) for pk in side))

    return {name: (read(came), read(went)) for name, (came, went) in changed.items()}


def _before(earlier: Report, word: str) -> dict[str, int]:
    """The numbers as they were last said: counted by the report, or adjusted."""
    own = figures_of(earlier, word)
    if own is not None:
        return {name: number(own, name) for name in LABELS}
    older = {x.period: x.report for x in earlier.thawed.adjustments if x.period == word}
    numbers = _before(Report.objects.get(pk=older[word]), word)
    for line in earlier.thawed.adjustments:
        if line.period == word:
            numbers[line.counted] = line.after
    return numbers


def frozen_day(report: Report, word: str) -> date:
    """The last day that was counted of a period."""
    own = figures_of(report, word)
    if own is not None:
        return own.as_of
    older = next(x.report for x in report.thawed.adjustments if x.period == word)
    return frozen_day(Report.objects.get(pk=older), word)


def figures_of(report: Report, word: str) -> Figures | None:
    """The frozen figures of one of its own periods."""
    thawed = report.thawed.report
    return next((x for x in thawed.periods if x.period.word == word), None)


def _frozen_members(earlier: Report, word: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    rows = CountedDossier.objects.filter(report=earlier, period=word)
    for pk, sets in rows.values_list("dossier", "sets"):
        for name in sets:
            found.setdefault(name, set()).add(pk)
    return {name: frozenset(pks) for name, pks in found.items()}


def name_of(report: Report) -> str:
    """How a signed report is named in the next one."""
    if report.number and report.dated_on:
        symbol = report.organisation.symbol
        day = write_date(report.dated_on)
        return f"Báo cáo số {report.number:02}/BC-{symbol} ngày {day}"
    return f"Báo cáo ký ngày {write_date(timezone.localdate(report.signed_at))}"


def remember(
    report: Report, words: list[str], days: dict[str, tuple[date, date]]
) -> None:
    """Keep which dossiers were counted, for each period from its first to last day."""
    rows = []
    for word in words:
        sets = membership.members(report.organisation, *days[word])
        rows += [
            CountedDossier(report=report, period=word, dossier_id=pk, sets=names)
            for pk, names in sorted(membership.by_dossier(sets).items())
        ]
    CountedDossier.objects.bulk_create(rows, batch_size=1000)


def is_remembered(report: Report, figures: Figures) -> bool:
    """Whether as many dossiers are kept for a period as its figures count.

    Numbers from opening totals have no dossiers. Other people go on working while a
    report is signed; PostgreSQL shows each question what is true at its moment.
    """
    kept = _frozen_members(report, figures.period.word)
    counts, totals = figures.counts, figures.from_totals.counts
    return all(
        getattr(counts, name) - getattr(totals, name) == len(kept.get(name, ()))
        for name in LABELS
        if name not in NOT_COMPARED
    )

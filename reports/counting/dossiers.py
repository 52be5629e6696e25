"""The figures of dossiers: by procedure, by field, by month."""

from dataclasses import replace
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from dossiers.counted_sets import COUNTED_SETS
from dossiers.models import Dossier, OpeningTotal
from dossiers.models.opening_total import OpeningTotalQuerySet
from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.models import Organisation
from procedures.models import Procedure
from procedures.querysets import ProcedureQuerySet
from reports.counting.outreach import outreach
from reports.counting.post import count_post, refusals
from reports.counting.totals import count_totals, totals_by_month
from reports.figures import COUNTED, Counts, Figures, MonthLine, ProcedureLine
from reports.periods import Period
from reports.ratios import Ratio

BY_MONTH = ("received", "by_post", "intake_by_post")


def count(
    organisation: Organisation,
    period: Period,
    *,
    today: date,
    dossiers: DossierQuerySet | None = None,
    totals: OpeningTotalQuerySet | None = None,
) -> Figures:
    """The figures of an organisation and all below it.

    ``dossiers`` narrows what is counted (to what a visitor may see), ``totals`` the
    totals of paper books, which are an agency's and know no desk; without them
    everything of the organisation is counted. A period that lies wholly in the
    future counts nothing.
    """
    as_of = max(period.as_of(today), period.start)
    seen = Dossier.objects.of(organisation) if dossiers is None else dossiers
    if totals is None:
        totals = OpeningTotal.objects.of(organisation)
    if period.start > today:
        seen, totals = seen.none(), totals.none()
    counted = count_totals(totals, period.start, as_of)
    procedures = Procedure.objects.of(organisation.scope)
    return Figures(
        organisation=_named(organisation).name,
        symbol=organisation.symbol,
        period=period,
        as_of=as_of,
        counted_on=today,
        procedures=Ratio(
            procedures.in_force(as_of).postal(as_of).count(),
            procedures.in_force(as_of).count(),
            "postal",
            "in_force",
        ),
        by_procedure=_by_procedure(
            seen, procedures, period.start, as_of, counted.by_procedure
        ),
        by_month=_by_month(seen, totals, replace(period, end=as_of)),
        post=count_post(seen, period.start, as_of, today=today),
        refusals=refusals(seen, period.start, as_of),
        outreach=outreach(organisation, period.start, as_of),
        from_totals=counted.said,
    )


def _named(organisation: Organisation) -> Organisation:
    """Whose figures they are: a desk of an agency counts for the agency."""
    kinds = Organisation.Kind
    serves_province = organisation.scope.kind == kinds.PROVINCE
    if organisation.kind == kinds.DESK and serves_province:
        return organisation
    return organisation.scope


def conditions(names: tuple[str, ...], start: date, end: date) -> dict[str, Count]:
    """How many dossiers each of these counted sets has, to annotate or aggregate."""
    return {
        name: Count("pk", filter=COUNTED_SETS[name].condition(start, end))
        for name in names
    }


def _by_procedure(
    seen: DossierQuerySet,
    procedures: ProcedureQuerySet,
    start: date,
    end: date,
    from_totals: dict[int, Counts],
) -> tuple[ProcedureLine, ...]:
    """A line per code and field: a code whose versions moved field has two."""
    counted: dict[int, Counts] = {
        row.pop("procedure"): Counts(**row)
        for row in seen.order_by()
        .values("procedure")
        .annotate(**conditions(COUNTED, start, end))
    }
    for pk, counts in from_totals.items():
        counted[pk] = counted.get(pk, Counts()) + counts
    used = [pk for pk, counts in counted.items() if counts != Counts()]
    in_period = procedures.in_force_between(start, end)
    postal = set(procedures.in_force(end).postal(end).values_list("code", flat=True))
    lines: dict[tuple[str, str], ProcedureLine] = {}
    # In order of their beginning, so that the last version gives the name.
    for pk, code, name, field in (
        Procedure.objects.filter(Q(pk__in=used) | Q(pk__in=in_period.values("pk")))
        .order_by("in_force_from")
        .values_list("pk", "code", "name", "field__name")
    ):
        before = lines[code, field].counts if (code, field) in lines else Counts()
        counts = before + counted.get(pk, Counts())
        lines[code, field] = ProcedureLine(code, name, field, code in postal, counts)
    return tuple(lines[key] for key in sorted(lines))


def _by_month(
    seen: DossierQuerySet, totals: OpeningTotalQuerySet, period: Period
) -> tuple[MonthLine, ...]:
    before = period.year_before()
    now, then = (_received_by_month(seen, totals, p) for p in (period, before))
    lines = []
    for (start, end), (start_before, end_before) in zip(
        period.months(), before.months(), strict=True
    ):
        this = now.get((start.year, start.month), {})
        last = then.get((start_before.year, start_before.month), {})
        lines.append(
            MonthLine(
                start,
                end,
                **{name: this.get(name, 0) for name in BY_MONTH},
                year_before_start=start_before,
                year_before_end=end_before,
                received_year_before=last.get("received", 0),
                by_post_year_before=last.get("by_post", 0),
            )
        )
    return tuple(lines)


def _received_by_month(
    seen: DossierQuerySet, totals: OpeningTotalQuerySet, period: Period
) -> dict[tuple[int, int], dict[str, int]]:
    rows = (
        seen.filter(clock_started_on__range=(period.start, period.end))
        .order_by()
        .annotate(month=TruncMonth("clock_started_on"))
        .values("month")
        .annotate(**conditions(BY_MONTH, period.start, period.end))
    )
    found = totals_by_month(totals, period.months())
    for row in rows:
        month = row["month"].year, row["month"].month
        added = found.get(month, {})
        found[month] = {name: row[name] + added.get(name, 0) for name in BY_MONTH}
    return found

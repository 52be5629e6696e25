"""The same figures for other days, and for the parts of an organisation."""

from dataclasses import dataclass
from datetime import date

from dossiers.models import OpeningTotal
from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.models import Organisation
from procedures.models import Procedure
from reports.counting.dossiers import conditions
from reports.counting.totals import count_totals
from reports.figures import COUNTED, Counts, total
from reports.ratios import Ratio

Kind = Organisation.Kind


@dataclass(frozen=True)
class Part:
    """What one desk of an agency, or one agency of a province, did."""

    name: str
    symbol: str
    is_desk: bool
    counts: Counts


def counts_between(
    organisation: Organisation, seen: DossierQuerySet, start: date, end: date
) -> Counts:
    """The counts of these days, paper books included."""
    counted = Counts(**seen.order_by().aggregate(**conditions(COUNTED, start, end)))
    totals = OpeningTotal.objects.of(organisation)
    added = count_totals(totals, start, end).by_procedure
    return counted + total(added.values())


def procedures_on(organisation: Organisation, on: date) -> Ratio:
    """Open to the post over in force, on a day."""
    in_force = Procedure.objects.of(organisation.scope).in_force(on)
    return Ratio(in_force.postal(on).count(), in_force.count(), "postal", "in_force")


def by_part(
    organisation: Organisation, seen: DossierQuerySet, start: date, end: date
) -> list[Part]:
    """The agencies of a province, or the desks of an agency, by name.

    Those without a dossier stand there too while they exist. Two queries.
    """
    of_province = organisation.kind == Kind.PROVINCE
    field = "agency" if of_province else "desk"
    kind = Kind.AGENCY if of_province else Kind.DESK
    counted = {
        row.pop(field): Counts(**row)
        for row in seen.order_by()
        .values(field)
        .annotate(**conditions(COUNTED, start, end))
    }
    within = Organisation.objects.within(organisation)
    parts = within.filter(kind=kind) | Organisation.objects.filter(pk__in=counted)
    return [
        Part(part.name, part.symbol, not of_province, counts)
        for part in parts.distinct().order_by("name")
        for counts in [counted.get(part.pk, Counts())]
        if counts != Counts() or part.valid_to is None or part.valid_to >= start
    ]

"""The yearly cooperation report: counts, reads the dossiers, calls the renderer."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import translation

from dossiers.counted_sets import COUNTED_SETS
from dossiers.models import Dossier, PostalItem
from dossiers.querysets import DossierQuerySet
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold
from procedures.models import Leg
from reports import counting
from reports.documents import DossierRow, Heading, YearlyReport, heading, why_no_whole
from reports.figures import Figures
from reports.periods import Period, free
from reports.renderers import excel

CHUNK = 2000  # dossiers read at a time
MOST_WORDS = 4  # periods named in a file name
LEGS = {Leg.INTAKE: "Gửi", Leg.RETURN: "Trả"}


def workbook(
    organisation: Organisation,
    periods: Sequence[Period],
    *,
    today: date,
    dossiers: DossierQuerySet | None = None,
) -> bytes:
    """The report of an organisation and all below it, as an .xlsx file.

    Takes one or more periods in any order; ``dossiers`` narrows what is counted
    and listed to what a visitor may see. Raises ``ValueError`` without a period.
    """
    return excel.render(assemble(organisation, periods, today=today, dossiers=dossiers))


def filename(organisation: Organisation, periods: Sequence[Period]) -> str:
    """A file name in plain letters: ``BC-BCCI_SNV_2019_2020-9M.xlsx``."""
    symbol = fold(organisation.scope.symbol).upper().replace(" ", "-")
    words = [p.word.replace("..", "-den-").replace("@", "-") for p in in_order(periods)]
    if len(words) > MOST_WORDS:
        words = [words[0], "den", words[-1]]
    return f"BC-BCCI_{symbol}_{'_'.join(words)}.xlsx"


def in_order(periods: Sequence[Period]) -> list[Period]:
    """The periods by their days, each once. Raises ``ValueError`` without one."""
    if not periods:
        raise ValueError("Chưa chọn kỳ báo cáo nào.")
    return sorted(set(periods), key=lambda p: (p.start, p.end, p.word))


def assemble(
    organisation: Organisation,
    periods: Sequence[Period],
    *,
    today: date,
    dossiers: DossierQuerySet | None = None,
) -> YearlyReport:
    """Everything the renderers draw; the dossiers are read when they are drawn."""
    ordered = in_order(periods)
    reason = why_no_whole(ordered, today)

    def count(period: Period) -> Figures:
        return counting.count(organisation, period, today=today, dossiers=dossiers)

    counted = tuple(count(period) for period in ordered)
    whole = None
    if len(ordered) > 1 and not reason:
        whole = count(free(ordered[0].start, ordered[-1].end))
    seen = Dossier.objects.of(organisation) if dossiers is None else dossiers
    return YearlyReport(
        heading=_heading(organisation.scope, today),
        made_on=today,
        periods=counted,
        whole=whole,
        why_no_whole=reason,
        dossiers=_rows(seen, counted),
    )


def _heading(organisation: Organisation, today: date) -> Heading:
    return heading(organisation.letterhead, symbol=organisation.symbol, today=today)


def _rows(seen: DossierQuerySet, counted: Sequence[Figures]) -> Iterator[DossierRow]:
    """The dossiers behind the headline figures, each once, by day of receipt."""
    condition = Q()
    for figures in counted:
        by_post = COUNTED_SETS["by_post"].condition
        condition |= by_post(figures.period.start, figures.as_of)
    found = (
        seen.filter(condition)
        .select_related("procedure")
        .prefetch_related(Prefetch("postal_items", PostalItem.objects.order_by("pk")))
        .order_by("clock_started_on", "code")
    )
    for dossier in found.iterator(CHUNK):
        yield _row(dossier)


@translation.override("vi")
def _row(dossier: Dossier) -> DossierRow:
    items = (f"{LEGS[Leg(x.leg)]}: {x.number}" for x in dossier.postal_items.all())
    return DossierRow(
        code=dossier.code,
        procedure=f"{dossier.procedure.code} {dossier.procedure.name}",
        applicant=dossier.applicant_name,
        received_on=dossier.clock_started_on,
        intake=dossier.get_intake_channel_display(),
        returned_by=dossier.get_return_channel_display(),
        due_on=dossier.due_on,
        finished_on=dossier.finished_on,
        returned_on=dossier.returned_on,
        items="\n".join(items),
        status=dossier.get_status_display(),
    )

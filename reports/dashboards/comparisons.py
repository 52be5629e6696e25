"""What the leader's page compares: take-up, desks or agencies, owners of lateness."""

from django.utils.translation import gettext as _

from dossiers.counted_sets import COUNTED_SETS
from dossiers.postal_statuses import Party
from reports.counting.comparing import Part
from reports.counting.lateness import Lateness
from reports.counting.take_up import TakeUp
from reports.dashboards.links import Links
from reports.figures import Figures
from reports.ratios import Ratio
from reports.renderers import charts
from reports.screens import DAYS, PERCENT, TEXT, Cell, Head, Table

MOST_LINES = 15
OF_A_PART = ("received", "by_post", "return_by_post", "overdue", "open_overdue")


def take_up(figures: Figures, lines: list[TakeUp]) -> Table:
    """Those that could have gone by post, and those that did."""
    links = Links(figures)
    heads = (
        Head(_("Procedure"), TEXT),
        Head(_("Could have gone by post")),
        Head(_("Went by post")),
        Head("%", PERCENT),
    )
    rows = tuple(
        _take_up_row(Cell(x.name, small=x.code), x.ratio, links, procedure=x.code)
        for x in lines[:MOST_LINES]
    )
    whole = Ratio(
        sum(x.took for x in lines),
        sum(x.could for x in lines),
        "took_the_post",
        "could_go_by_post",
    )
    bars = [
        charts.Share(
            x.code,
            x.took,
            x.could,
            f"{x.name}: {x.ratio}",
            links.to("took_the_post", procedure=x.code),
            links.to("could_go_by_post", procedure=x.code),
        )
        for x in lines[:MOST_LINES]
    ]
    return Table(
        _("Take-up among those that could have gone by post"),
        heads,
        rows,
        str(COUNTED_SETS["could_go_by_post"].rule),
        _("Nothing that was received in this period could have gone by post."),
        total=_take_up_row(Cell(_("All procedures")), whole, links) if rows else (),
        chart=charts.shares(bars, _("Take-up by procedure")) if bars else "",
        legend=(
            ("post", _("went by post")),
            ("before", _("could have gone by post")),
        ),
    )


def _take_up_row(
    label: Cell, ratio: Ratio, links: Links, **narrower: str
) -> tuple[Cell, ...]:
    return (
        label,
        Cell(ratio.denominator, links.to("could_go_by_post", **narrower)),
        Cell(ratio.numerator, links.to("took_the_post", **narrower)),
        Cell(ratio.percent),
    )


def parts(figures: Figures, lines: list[Part]) -> Table:
    """Desks of an agency, or agencies of a province, beside each other."""
    links = Links(figures)
    of_desks = any(x.is_desk for x in lines)
    heads = (
        Head(_("Desk") if of_desks else _("Agency"), TEXT),
        Head(_("Received")),
        Head(_("By post")),
        Head("%", PERCENT),
        Head(_("Results sent by post")),
        Head(_("Finished overdue")),
        Head(_("Open overdue")),
        Head(_("Answered in time, %"), PERCENT),
    )
    rows = []
    for x in lines:
        # Written over the organisation of the page: an agency is one itself.
        narrower = {"desk": x.symbol} if x.is_desk else {"agency": x.symbol}
        received, by_post, *rest = (
            Cell(getattr(x.counts, name), links.to(name, **narrower))
            for name in OF_A_PART
        )
        rows.append(
            (
                Cell(x.name),
                received,
                by_post,
                Cell(x.counts.by_post_ratio.percent),
                *rest,
                Cell(x.counts.on_time_ratio.percent),
            )
        )
    return Table(
        _("Desks side by side") if of_desks else _("Agencies side by side"),
        heads,
        tuple(rows),
        _("By where the dossier was received.")
        if of_desks
        else _("By the agency that decides on the dossier."),
        _("There is only the agency itself."),
    )


def lateness(figures: Figures, found: Lateness) -> Table:
    """Results that reached the citizen late, and whose days those were."""
    links = Links(figures)
    heads = (
        Head(_("Whose days"), TEXT),
        Head(_("Results")),
        Head(_("Working days"), DAYS),
    )
    rows = tuple(
        (
            Cell(str(Party(x.party).label)),
            Cell(x.results, links.late(x.party)),
            Cell(x.days),
        )
        for x in found.owners
    )
    return Table(
        _("Late at the citizen's door, and whose days those were"),
        heads,
        rows if found.judged else (),
        _(
            "Results that the post delivered in the period, against the due date and "
            "J+n. The agency's days run from the due date to the post, the post's are "
            "those beyond J+n up to the first attempt, and from a failed attempt on "
            "they are of whoever caused it. Days saved earlier pay for later ones; a "
            "result may stand in several rows."
        ),
        _("The post delivered no result with a promised day in this period."),
        total=(
            Cell(
                _("Late, of %(number)d delivered") % {"number": found.judged},
                links.late("judged"),
            ),
            Cell(found.late, links.late("any")),
            Cell(found.days),
        ),
    )

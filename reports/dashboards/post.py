"""What the pages show of the post: transit times, money, places, harm, savings."""

from collections.abc import Iterable, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.counted_items import INCIDENT_SETS
from dossiers.item_filters import NO_PLACE, WEEKDAYS
from dossiers.models import Incident
from dossiers.postal_statuses import Party, Reason
from procedures.models import Leg, TransitNorm
from reports.counting.journeys import Travels, Waiting
from reports.dashboards.links import Links
from reports.figures import Figures
from reports.journeys import Journey, Saving, figures_of, grouped, saving
from reports.post_figures import Histogram, LegFigures
from reports.renderers import charts
from reports.screens import DAYS, DONG, PERCENT, TEXT, Cell, Head, Table

MOST_PLACES = 30
ENOUGH = 5  # items, before two groups are compared in a sentence
LEGS = ((Leg.INTAKE, "intake"), (Leg.RETURN, "outgoing"))


def legs(figures: Figures) -> Table:
    """Both legs against J+n, with their postage."""
    links, post = Links(figures), figures.post
    rows = [
        _line(str(leg.label), getattr(post, name), links, leg=leg.value)
        for leg, name in LEGS
    ]
    spreads = [
        charts.Spread(
            str(leg.label),
            (x.median, x.p80, x.p90),
            _usual(x.norms),
            _spread_title(str(leg.label), x),
            links.items("items_arrived", leg=leg.value),
        )
        for leg, name in LEGS
        for x in [getattr(post, name)]
        if x.median is not None and x.p80 is not None and x.p90 is not None
    ]
    return Table(
        _("The post: working days against the norm J+n, and postage"),
        _heads(_("Leg")),
        tuple(rows) if post.both.posted else (),
        _rule(figures),
        _("The post accepted no item in this period."),
        total=tuple(_line(_("Both legs"), post.both, links)),
        chart=charts.spreads(spreads, _("Working days by leg")) if spreads else "",
        legend=(
            ("median", _("half of the items")),
            ("p80", _("four in five")),
            ("p90", _("nine in ten")),
            ("norm", _("the most usual norm J+n")),
        ),
    )


def _rule(figures: Figures) -> str:
    return _(
        "Items that the post accepted in the period, as known on %(day)s. Working days "
        "after the day of acceptance J; on the way to the recipient the time ends at "
        "the first attempt to deliver (TT 17/2017/TT-BTTTT, Điều 7). Median, P80 and "
        "P90: half, four in five, nine in ten took at most so many days."
    ) % {"day": f"{figures.counted_on:%d/%m/%Y}"}


def _heads(first: str) -> tuple[Head, ...]:
    return (
        Head(first, TEXT),
        Head(_("Items")),
        Head(_("Delivered")),
        Head(_("Came back")),
        Head(_("Lost")),
        Head(_("Still under way")),
        Head(_("Median"), DAYS),
        Head("P80", DAYS),
        Head("P90", DAYS),
        Head("J+n", TEXT),
        Head(_("Within the norm")),
        Head(_("Of those judged")),
        Head("%", PERCENT),
        Head(_("Postage, đồng"), DONG),
        Head(_("An item, đồng"), DONG),
    )


def _line(label: str, x: LegFigures, links: Links, **narrower: str) -> tuple[Cell, ...]:
    def counted(number: int, name: str, *, is_alarm: bool = False) -> Cell:
        link = links.items(name, **narrower)
        return Cell(number, link, is_alarm=is_alarm and bool(number))

    return (
        Cell(label),
        counted(x.posted, "items_posted"),
        counted(x.arrived, "items_arrived"),
        counted(x.came_back, "items_came_back"),
        counted(x.lost, "items_lost", is_alarm=True),
        counted(x.under_way, "items_under_way"),
        Cell(x.median),
        Cell(x.p80),
        Cell(x.p90),
        Cell(_norms(x.norms)),
        counted(x.within_norm, "items_within_norm"),
        counted(x.judged, "items_judged"),
        Cell(x.within_norm_ratio.percent),
        Cell(x.postage_dong),
        Cell(x.postage_mean),
    )


def _norms(norms: Histogram) -> str:
    """J+1, J+2: the norms that these items had."""
    return ",\u00a0".join(f"J+{n}" for n, _number in norms) or "–"


def _usual(norms: Histogram) -> int | None:
    """The norm that most of them had."""
    return max(norms, key=lambda row: row[1])[0] if norms else None


def _spread_title(label: str, x: LegFigures) -> str:
    return _("%(leg)s: median %(median)s, P80 %(p80)s, P90 %(p90)s, norm %(norm)s") % {
        "leg": label,
        "median": x.median,
        "p80": x.p80,
        "p90": x.p90,
        "norm": _norms(x.norms),
    }


def by_route(figures: Figures, found: Travels) -> Table:
    """Leg and route: what the law allows, and what it was."""
    links = Links(figures)
    groups = grouped(found.journeys, lambda x: (x.leg, x.route))
    rows = tuple(
        _line(
            f"{leg.label}: {route.label}",
            figures_of(groups[leg.value, route.value]),
            links,
            leg=leg.value,
            route=route.value,
        )
        for leg in Leg
        for route in TransitNorm.Route
        if (leg.value, route.value) in groups
    )
    return Table(
        _("By leg and route: the norm and what it was"),
        _heads(_("Leg and route")),
        rows,
        empty=_("The post accepted no item in this period."),
    )


def by_place(figures: Figures, found: Travels) -> Table:
    """Results by the commune they went to, the most first."""
    links = Links(figures)
    groups = grouped(_going_out(found.journeys), lambda x: x.place)
    ordered = sorted(groups.items(), key=lambda row: (-len(row[1]), row[0]))
    rows = tuple(
        _short_line(
            place or _("not known"), x, links, leg=Leg.RETURN, place=place or NO_PLACE
        )
        for place, x in ordered[:MOST_PLACES]
    )
    left = len(ordered) - len(rows)
    told = ngettext(
        "%(number)d more place is not shown.",
        "%(number)d more places are not shown.",
        left,
    ) % {"number": left}
    return Table(
        _("Results by commune"),
        _short_heads(_("Place")),
        rows,
        _(
            "The place is read from the written address: the commune, without one the "
            "district or the province; where none is named it is not known."
        ),
        _("No result went out by post in this period."),
        sentences=(told,) if left > 0 else (),
    )


def by_weekday(figures: Figures, found: Travels) -> Table:
    """Results by the day of the week on which the post took them."""
    links = Links(figures)
    groups = grouped(_going_out(found.journeys), lambda x: x.weekday)
    rows = tuple(
        _short_line(
            str(name), groups[int(number)], links, leg=Leg.RETURN, weekday=number
        )
        for number, name in WEEKDAYS
        if int(number) in groups
    )
    return Table(
        _("Results by weekday"),
        _short_heads(_("Accepted on a")),
        rows,
        empty=_("No result went out by post in this period."),
    )


def _going_out(journeys: Iterable[Journey]) -> list[Journey]:
    return [x for x in journeys if x.leg == Leg.RETURN]


def _short_heads(first: str) -> tuple[Head, ...]:
    return (
        Head(first, TEXT),
        Head(_("Items")),
        Head(_("Median"), DAYS),
        Head("P90", DAYS),
        Head(_("Within the norm")),
        Head(_("Of those judged")),
        Head("%", PERCENT),
        Head(_("With a failed delivery")),
        Head(_("An item, đồng"), DONG),
    )


def _short_line(
    label: str, journeys: list[Journey], links: Links, **narrower: str
) -> tuple[Cell, ...]:
    x = figures_of(journeys)
    attempted = sum(journey.attempts > 0 for journey in journeys)
    within, judged = (
        Cell(number, links.items(name, **narrower))
        for number, name in (
            (x.within_norm, "items_within_norm"),
            (x.judged, "items_judged"),
        )
    )
    return (
        Cell(label),
        Cell(x.posted, links.items("items_posted", **narrower)),
        Cell(x.median),
        Cell(x.p90),
        within,
        judged,
        Cell(x.within_norm_ratio.percent),
        Cell(attempted, links.items("items_attempted", **narrower)),
        Cell(x.postage_mean),
    )


def failures(figures: Figures, found: Travels) -> Table:
    """Failed deliveries by reason, and who caused them."""
    links = Links(figures)
    heads = (
        Head(_("Why a delivery failed"), TEXT),
        Head(_("Who caused it"), TEXT),
        Head(_("Items")),
        Head(_("Attempts")),
    )
    rows = tuple(
        (
            Cell(str(Reason(x.reason).label)),
            Cell(str(Party(x.party).label)),
            Cell(x.items, links.items("items_attempted", reason=x.reason)),
            Cell(x.attempts),
        )
        for x in found.failures
    )
    return Table(
        _("Failed deliveries, by reason"),
        heads,
        rows,
        _("One item may stand in several rows."),
        _("No delivery failed in this period."),
    )


def causes(figures: Figures, found: Travels) -> Table:
    """Who caused the failed deliveries."""
    links = Links(figures)
    rows = tuple(
        (
            Cell(str(Party(party).label)),
            Cell(number, links.items("items_attempted", party=party)),
        )
        for party, number in found.by_party
    )
    return Table(
        _("Failed deliveries, by who caused them"),
        (Head(_("Who caused it"), TEXT), Head(_("Items"))),
        rows,
        _(
            "Whoever caused the failure pays for the next delivery (QĐ 45/2016/QĐ-TTg, "
            "Điều 12). One item may stand in several rows."
        ),
        _("No delivery failed in this period."),
    )


def harm(figures: Figures, cases: dict[str, int], silent: int) -> Table:
    """Silence, loss, complaints, compensation: what TT 17/2017, Điều 13 asks for.

    ``cases`` holds how many incidents each counted set has.
    """
    links, post = Links(figures), figures.post
    heads = (Head(_("What"), TEXT), Head(_("Number")), Head(_("Đồng"), DONG))
    money = {
        "compensation_due": post.compensation_due_dong,
        "compensation_paid": post.compensation_paid_dong,
    }
    silence = links.today("dossiers:items", tab="silent")
    rows = [
        (
            Cell(_("Silent items, today")),
            Cell(silent, silence, is_alarm=bool(silent)),
            Cell(None),
        )
    ]
    for kind in Incident.Kind.values:
        link = links.incidents("incidents", kind=kind)
        label = Cell(str(Incident.Kind(kind).label))
        rows.append((label, Cell(post.incident(kind), link), Cell(None)))
    for name in ("complaints", "answered_late", *money):
        label = Cell(str(INCIDENT_SETS[name].name))
        number = Cell(cases[name], links.incidents(name))
        rows.append((label, number, Cell(money.get(name))))
    return Table(
        _("Silence, loss, complaints and compensation"),
        heads,
        tuple(rows),
        _(
            "Incidents by the day they were found out, complaints by the day they "
            "were sent, money by the day it was paid."
        ),
    )


def advice(figures: Figures, found: Travels, waiting: Waiting) -> Table:
    """What it would take to be faster or cheaper: sentences, each from its numbers."""
    out = _going_out(found.journeys)
    told = [
        *_shared(out),
        *_weekdays(out),
        *_slow_routes(found.journeys),
        *_waiting(waiting),
    ]
    return Table(
        _("What would make it faster or cheaper"),
        (),
        (),
        _(
            "A saving is the postage of all the envelopes but the dearest one; "
            "weekdays and routes are compared from %(enough)d items on."
        )
        % {"enough": ENOUGH},
        _("These figures show nothing to gain: too few items, or all went well.")
        if not told
        else "",
        sentences=tuple(told),
    )


def _shared(out: Sequence[Journey]) -> Iterable[str]:
    same = saving(out, lambda x: x.recipient)
    if same.envelopes:
        yield _(
            "%(results)d results for the same recipient left on the same day in "
            "%(envelopes)d items (%(days)d days): one envelope saves about %(dong)s "
            "đồng."
        ) % _told(same)
    near = saving(out, lambda x: x.place)
    if near.envelopes:
        yield _(
            "%(results)d results for the same commune left on the same day in "
            "%(envelopes)d items (%(days)d days): sent together they save about "
            "%(dong)s đồng."
        ) % _told(near)


def _told(found: Saving) -> dict[str, object]:
    return {
        "results": found.results,
        "envelopes": found.envelopes,
        "days": found.days,
        "dong": number_format(found.dong),
    }


def _weekdays(out: Sequence[Journey]) -> Iterable[str]:
    names = {int(number): str(name) for number, name in WEEKDAYS}
    days = grouped(out, lambda journey: journey.weekday).items()
    groups = [
        (x.p80, day)
        for day, x in ((day, figures_of(found)) for day, found in days)
        if x.p80 is not None and x.posted >= ENOUGH
    ]
    if len(groups) > 1 and min(groups)[0] < max(groups)[0]:
        (best, good), (worst, bad) = min(groups), max(groups)
        yield _(
            "Working days that four in five results took at most: %(best)d when they "
            "left on a %(good)s, %(worst)d when they left on a %(bad)s."
        ) % {
            "good": names[good],
            "best": best,
            "bad": names[bad],
            "worst": worst,
        }


def _slow_routes(journeys: Iterable[Journey]) -> Iterable[str]:
    groups = grouped(journeys, lambda x: (x.leg, x.route))
    for (leg, route), found in sorted(groups.items()):
        x = figures_of(found)
        late = x.judged - x.within_norm
        if x.judged >= ENOUGH and late:
            yield _(
                "%(leg)s, «%(route)s»: %(late)d of %(judged)d items took longer than "
                "their norm (%(norm)s); nine in ten took up to %(p90)s working days."
            ) % {
                "leg": Leg(leg).label,
                "route": TransitNorm.Route(route).label,
                "late": late,
                "judged": x.judged,
                "norm": _norms(x.norms),
                "p90": "–" if x.p90 is None else x.p90,
            }


def _waiting(waiting: Waiting) -> Iterable[str]:
    if waiting.results and waiting.longest:
        yield _(
            "From the finished result to the post: median %(median)d, longest "
            "%(longest)d working days (%(results)d results). Every day earlier at the "
            "post is a day earlier at the citizen's door."
        ) % {
            "results": waiting.results,
            "median": waiting.median,
            "longest": waiting.longest,
        }

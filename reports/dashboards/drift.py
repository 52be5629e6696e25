"""What the page of the catalogue's drift shows."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from procedures.models import Decision, Leg
from reports.counting.drift import Drift, Moved
from reports.dashboards.links import Links, Span, procedures_link
from reports.figures import Figures
from reports.ratios import Ratio
from reports.screens import DAY, PERCENT, TEXT, Cell, Head, Table

NOTHING = "–"


def totals(symbol: str, found: Drift) -> Table:
    """06/98 → …: what may go by post, over all, on both days, and leg by leg."""
    heads = (
        Head(_("Day"), DAY),
        Head(_("At least one leg by post")),
        Head(_("In force")),
        Head("%", PERCENT),
        Head(_("Intake by post")),
        Head(_("Return by post")),
    )
    rows = tuple(
        (
            Cell(each.day),
            Cell(each.ratio.numerator, procedures_link(symbol, each.day, "any")),
            Cell(each.ratio.denominator, procedures_link(symbol, each.day)),
            Cell(each.ratio.percent),
            *(
                Cell(
                    found.moved_legs[leg.value][place],
                    procedures_link(symbol, each.day, leg.value),
                )
                for leg in Leg
            ),
        )
        for place, each in enumerate((found.before, found.after))
    )
    return Table(
        f"{short(found.before.ratio)} → {short(found.after.ratio)}",
        heads,
        rows,
        _("Procedures in force on the day, and what has been decided of their legs."),
    )


def short(ratio: Ratio) -> str:
    """The two numbers as papers write them, without the percentage: ``06/98``."""
    return str(ratio).split(" (", maxsplit=1)[0]


def moved(found: Drift) -> Table:
    """Every procedure that began, ended, changed, or gained or lost the post."""
    heads = (
        Head(_("Procedure"), TEXT),
        Head(_("What happened"), TEXT),
        Head(_("By post"), TEXT),
        Head(_("Before → after"), TEXT),
        Head(_("Decision"), TEXT),
    )
    order = {"ended": 0, "began": 1, "changed": 2}
    lines = sorted(found.moved, key=lambda x: (order[x.kind], x.code))
    rows = tuple(
        (
            Cell(x.name, reverse("procedures:detail", args=[x.version]), x.code),
            Cell(_kind(x.kind)),
            Cell(_legs(x)),
            Cell(_differences(x)),
            Cell(
                "; ".join(decision.number or str(decision) for decision in x.decisions)
                or NOTHING,
                x.decisions[0].get_absolute_url() if x.decisions else "",
            ),
        )
        for x in lines
    )
    told = _(
        "%(began)d began, %(ended)d ended, %(changed)d changed; %(gained)d gained the "
        "post on a leg, %(lost)d lost it."
    ) % {
        "began": len(found.of_kind("began")),
        "ended": len(found.of_kind("ended")),
        "changed": len(found.of_kind("changed")),
        "gained": sum(bool(x.gained) for x in found.moved),
        "lost": sum(bool(x.lost) for x in found.moved),
    }
    return Table(
        _("What moved"),
        heads,
        rows,
        empty=_("Nothing in the catalogue changed between these two days."),
        sentences=(told,) if rows else (),
    )


def _kind(kind: str) -> str:
    return {"began": _("began"), "ended": _("ended"), "changed": _("changed")}[kind]


def _legs(x: Moved) -> str:
    told = [_("+ %(leg)s") % {"leg": Leg(leg).label} for leg in x.gained]
    told += [_("− %(leg)s") % {"leg": Leg(leg).label} for leg in x.lost]
    return "; ".join(told) or NOTHING


def _differences(x: Moved) -> str:
    words = {
        "name": _("name"),
        "field": _("field"),
        "time": _("processing time"),
        "fee": _("fees"),
        "papers": _("papers"),
    }
    said = [
        f"{words[name]}: {old or NOTHING} → {new or NOTHING}"
        for name, old, new in x.differences
    ]
    return "; ".join(said) or NOTHING


def left_behind(symbol: str, found: Drift) -> Table:
    """Open dossiers that stay under a version which is over."""
    links = Links(_span(symbol, found.after.day))
    heads = (
        Head(_("Procedure"), TEXT),
        Head(_("Its version ended on"), DAY),
        Head(_("Open dossiers")),
    )
    rows = tuple(
        (
            Cell(x.procedure.name, x.procedure.get_absolute_url(), x.procedure.code),
            Cell(x.procedure.in_force_to),
            Cell(
                x.number,
                links.today("dossiers:list", tab="open", version=str(x.procedure.pk)),
            ),
        )
        for x in found.left_behind
    )
    return Table(
        _("Open dossiers that stay under an old version"),
        heads,
        rows,
        _(
            "A dossier keeps the time limit and the papers of the version it was "
            "received under."
        ),
        _("No open dossier stands under a version that ended before the later day."),
    )


def unused(figures: Figures) -> Table:
    """Procedures open to the post that nobody used by post in the period."""
    links = Links(figures)
    heads = (Head(_("Procedure"), TEXT), Head(_("Received")), Head(_("By post")))
    rows = tuple(
        (
            Cell(x.name, small=x.code),
            *(
                Cell(number, links.to(name, procedure=x.code, field_name=x.field))
                for name, number in (
                    ("received", x.counts.received),
                    ("by_post", x.counts.by_post),
                )
            ),
        )
        for x in figures.by_procedure
        if x.is_postal and not x.counts.by_post
    )
    return Table(
        _("Open to the post, and nobody used it"),
        heads,
        rows,
        _("In the period above; open to the post on its last day counted."),
        _("Every procedure that may go by post was used by post in this period."),
    )


def decisions(listed: list[Decision]) -> Table:
    """The decisions that begin between the two days or on the later one."""
    heads = (
        Head(_("Decision"), TEXT),
        Head(_("In effect from"), DAY),
        Head(_("Abstract"), TEXT),
    )
    rows = tuple(
        (
            Cell(str(x), x.get_absolute_url()),
            Cell(x.effective_from),
            Cell(x.title),
        )
        for x in listed
    )
    return Table(
        _("Decisions that took effect in between"),
        heads,
        rows,
        empty=_("No decision about this catalogue took effect in between."),
    )


def _span(symbol: str, day: date) -> Span:
    return Span(symbol, day, day)

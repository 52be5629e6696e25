"""What the page of outreach and its effect shows."""

from django.utils.translation import gettext as _

from reports.counting.effect import FEW, WINDOW, Effect
from reports.dashboards.cards import points
from reports.dashboards.links import Links, Span
from reports.screens import DAY, PERCENT, POINTS, TEXT, Cell, Head, Table


def table(found: list[Effect]) -> Table:
    """Each event: take-up before, after, the change, and what to beware of."""
    before, after = _("before"), _("after")
    heads = (
        Head(_("Day"), DAY),
        Head(_("What was done"), TEXT),
        Head(_("Received, %(when)s") % {"when": before}),
        Head(_("By post, %(when)s") % {"when": before}),
        Head(_("%%, %(when)s") % {"when": before}, PERCENT),
        Head(_("Received, %(when)s") % {"when": after}),
        Head(_("By post, %(when)s") % {"when": after}),
        Head(_("%%, %(when)s") % {"when": after}, PERCENT),
        Head(_("Change, points"), POINTS),
        Head(_("Could have, %(when)s") % {"when": before}),
        Head(_("Did, %(when)s") % {"when": before}),
        Head(_("Could have, %(when)s") % {"when": after}),
        Head(_("Did, %(when)s") % {"when": after}),
        Head(_("Change among those, points"), POINTS),
        Head(_("Beware"), TEXT),
    )
    return Table(
        _("Take-up %(days)d days before and after") % {"days": WINDOW},
        heads,
        tuple(_row(x) for x in found),
        _(
            "Dossiers received in the %(days)d days before the day and in the %(days)d "
            "days after it; the day itself belongs to neither. «Could have» are those "
            "whose procedure was open to the post on that day. What happens after a "
            "notice need not happen because of it."
        )
        % {"days": WINDOW},
    )


def _row(x: Effect) -> tuple[Cell, ...]:
    windows = [
        (window, Links(Span(x.event.organisation.symbol, window.start, window.end)))
        for window in (x.before, x.after)
    ]
    received, could = [], []
    for window, links in windows:
        received += [
            Cell(window.received, links.to("received")),
            Cell(window.by_post, links.to("by_post")),
            Cell(window.by_post_ratio.percent),
        ]
        could += [
            Cell(window.could_go_by_post, links.to("could_go_by_post")),
            Cell(window.took_the_post, links.to("took_the_post")),
        ]
    return (
        Cell(x.event.held_on),
        Cell(x.event.title, small=str(x.event.get_kind_display())),
        *received,
        Cell(points(x.before.by_post_ratio, x.after.by_post_ratio)),
        *could,
        Cell(points(x.before.take_up_ratio, x.after.take_up_ratio)),
        Cell(" ".join(_cautions(x)) or "–"),
    )


def _cautions(x: Effect) -> list[str]:
    told = []
    if not x.is_over:
        told.append(
            _("The days after it are not over: they end on %(day)s.")
            % {"day": f"{x.after.end:%d/%m/%Y}"}
        )
    if x.is_small:
        told.append(
            _("Fewer than %(few)d dossiers: a percentage says little.") % {"few": FEW}
        )
    return told

"""What the page of the workload shows: steps, by name, and no ranking."""

from django.utils.translation import gettext as _

from dossiers.filters import FIRST_STEP, LAST_STEP
from dossiers.statuses import Step
from reports.counting.workload import Load
from reports.dashboards.links import Links, Span
from reports.screens import TEXT, Cell, Head, Table


def table(symbol: str, loads: list[Load], span: Span) -> Table:
    """Each person by name: dossiers entered, steps by kind, what is open."""
    links = Links(span)
    taken = [x for x in Step if any(load.in_dossiers(x) for load in loads)]
    heads = (
        Head(_("Name"), TEXT),
        Head(_("Dossiers entered")),
        *(Head(str(step.label)) for step in taken),
        Head(_("All steps")),
        Head(_("Open now, last step theirs")),
    )
    rows = tuple(
        (
            Cell(x.name, small=x.role),
            Cell(x.entered, links.steps(x.pk, FIRST_STEP)),
            *(
                Cell(x.in_dossiers(step), links.steps(x.pk, step.value))
                for step in taken
            ),
            Cell(x.all_steps),
            Cell(x.open_now, links.steps(x.pk, LAST_STEP)),
        )
        for x in loads
    )
    return Table(
        _("Steps by person"),
        heads,
        rows,
        _(
            "In how many dossiers each person took a step in the period, as the logs "
            "of the dossiers have it, by name. It counts steps, not the worth of "
            "people's work: a hard dossier and an easy one count the same, and what is "
            "done on paper or on the telephone is not counted at all."
        ),
        _("Nobody took a step in this period."),
    )

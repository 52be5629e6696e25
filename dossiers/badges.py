"""How a due date looks today: a word, and the colour that goes with it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.deadlines import Timeliness
from dossiers.models import Dossier

# Days before the due date from which it is called soon.
SOON = 2


@dataclass(frozen=True)
class Badge:
    """``kind`` is a CSS class: done, soon, overdue or calm."""

    kind: str
    text: str


def due_badge(dossier: Dossier, today: date) -> Badge | None:
    """Where the dossier stands against its due date; None when it owes nothing."""
    state = dossier.timeliness(today)
    if state is None:
        return None
    if state == Timeliness.EARLY:
        days = (dossier.due_on - dossier.finished_on).days
        text = ngettext("%(n)d day early", "%(n)d days early", days)
        return Badge("done", text % {"n": days})
    if state == Timeliness.ON_TIME:
        return Badge("done", _("on time"))
    if dossier.clock_stopped_on and state == Timeliness.WITHIN_TIME:
        return Badge("calm", _("clock stands still"))
    counted_on = dossier.finished_on or dossier.clock_stopped_on or today
    return until(dossier.due_on, counted_on)


def until(day: date, today: date) -> Badge:
    """How far off a day is: left, today, or past."""
    days = (day - today).days
    if days < 0:
        text = ngettext("%(n)d day late", "%(n)d days late", -days)
        return Badge("overdue", text % {"n": -days})
    if days == 0:
        return Badge("soon", _("due today"))
    text = ngettext("%(n)d day left", "%(n)d days left", days)
    return Badge("soon" if days <= SOON else "calm", text % {"n": days})

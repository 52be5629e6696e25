"""How fast and how long, in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR = 60, 3600


def rate(each_second: float | None) -> str:
    """``1.234 a second``; slow work by the minute; empty when nothing is known."""
    if not each_second:
        return ""
    if each_second >= 1:
        return _("%(number)s a second") % {"number": _written(each_second)}
    return _("%(number)s a minute") % {"number": _written(each_second * MINUTE)}


def time_left(seconds: float | None) -> str:
    """``about 3 minutes left``; empty when nothing is known."""
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return ngettext(
            "about %(n)d second left", "about %(n)d seconds left", _whole(seconds)
        ) % {"n": _whole(seconds)}
    if seconds < HOUR:
        minutes = _whole(seconds / MINUTE)
        return ngettext(
            "about %(n)d minute left", "about %(n)d minutes left", minutes
        ) % {"n": minutes}
    hours = _whole(seconds / HOUR)
    return ngettext("about %(n)d hour left", "about %(n)d hours left", hours) % {
        "n": hours
    }


def _whole(number: float) -> int:
    return max(1, round(number))


def _written(number: float) -> str:
    return number_format(_whole(number), force_grouping=True)

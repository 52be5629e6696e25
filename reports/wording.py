"""Words about periods and references for pages, in the visitor's language.

Reports and exports use ``Period.name``, which is always Vietnamese.
"""

from django.utils.translation import gettext as _

from reports.periods import Period


def period_name(period: Period) -> str:
    """The period in words, such as «nine months of 2020»."""
    names = {
        "": _("year %(year)d"),
        "Q1": _("first quarter of %(year)d"),
        "Q2": _("second quarter of %(year)d"),
        "Q3": _("third quarter of %(year)d"),
        "Q4": _("fourth quarter of %(year)d"),
        "H1": _("first half of %(year)d"),
        "H2": _("second half of %(year)d"),
        "9M": _("first nine months of %(year)d"),
    }
    if period.part is None:
        return period.days
    name = names.get(period.part, _("month %(month)s/%(year)d"))
    name %= {"month": period.part, "year": period.year}
    if period.is_cut_off:
        return _("%(name)s, closed on the 14th") % {"name": name}
    return name


def stands_for_nothing(reference: str) -> str:
    """What to do about a reference in the words of a report that has no figure."""
    text = _(
        "%(reference)s stands for no figure of this report's periods. Choose one from "
        "the list, or write the words without brackets."
    )
    return text % {"reference": reference}

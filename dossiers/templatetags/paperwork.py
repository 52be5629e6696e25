"""How printed forms write days, hours, money and the form of a paper: in Vietnamese."""

from datetime import date, datetime

from django import template

from dossiers import permissions
from dossiers.printing.sheets import FORMS_OF_PAPER, moment_in_words, short_moment
from postal_tthc.errors import allows
from postal_tthc.lib.letterheads import day_in_words
from postal_tthc.lib.vietnamese import write_date, write_number
from procedures.models import RequiredPaper

register = template.Library()


@register.filter
def in_words(value: date | datetime | None) -> str:
    """``ngày 05 tháng 01 năm 2020``, after its hour if it has one; dots for none."""
    if isinstance(value, datetime):
        return moment_in_words(value)
    return day_in_words(value)


@register.filter
def in_short(value: date | datetime | None) -> str:
    """``05/01/2020``, or ``08 giờ 05 phút, ngày 05/01/2020``; nothing for none."""
    if isinstance(value, datetime):
        return short_moment(value)
    return write_date(value) if value else ""


@register.filter
def dong(value: int | None) -> str:
    """``26.000 đồng``; nothing for an unknown sum."""
    return "" if value is None else f"{write_number(value)} đồng"


@register.filter
def form_of_paper(value: str) -> str:
    """``Bản chính``, ``Bản sao chứng thực`` or ``Bản sao``."""
    return FORMS_OF_PAPER[RequiredPaper.Form(value)]


@register.simple_tag(takes_context=True)
def may_print_the_book(context: template.Context) -> bool:
    """Whether the visitor has a counter, and so a use for the power-cut book."""
    return allows(permissions.check_can_receive, context["user"])

"""What every page of figures begins with: whose, which days; and how it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from postal_tthc import downloads
from postal_tthc.accounts.models import Organisation
from reports import periods, wording
from reports.dashboards import Span
from reports.forms.periods import PeriodForm
from reports.periods import Period
from reports.permissions import chosen, readable
from reports.renderers.excel import screen as screen_file
from reports.screens import Screen, Table
from reports.views.asking import asked_periods, latest_year

XLSX = "xlsx"


@dataclass(frozen=True)
class Choice:
    """The organisation and the period a page was asked for, and who asks."""

    request: HttpRequest
    organisation: Organisation
    period: Period
    form: PeriodForm
    today: date

    @property
    def seen(self) -> DossierQuerySet:
        """The dossiers of the organisation that this visitor may see."""
        return Dossier.objects.of(self.organisation).visible_to(self.request.user)

    @property
    def as_of(self) -> date:
        """The last day that can be counted."""
        return max(self.period.as_of(self.today), self.period.start)

    @property
    def is_future(self) -> bool:
        """Whether the period has not begun, so that nothing can be counted."""
        return self.period.start > self.today

    @property
    def counted(self) -> DossierQuerySet:
        """The dossiers to count: none before the period begins."""
        return self.seen.none() if self.is_future else self.seen

    @property
    def span(self) -> Span:
        """The same for addresses."""
        return Span(self.organisation.symbol, self.period.start, self.as_of)

    def screen(self, title: str, *tables: Table) -> Screen:
        """The page as it is kept in a file."""
        name = wording.period_name(self.period)
        name = name[0].upper() + name[1:]
        days = name if self.period.days == name else f"{name}: {self.period.days}"
        told = _("Counted on %(today)s, up to %(day)s.")
        days_told = {
            "today": f"{self.today:%d/%m/%Y}",
            "day": f"{self.as_of:%d/%m/%Y}",
        }
        return Screen(
            title, self.organisation.name, days, told % days_told, tuple(tables)
        )


def choose(request: HttpRequest, route: str) -> Choice | HttpResponse:
    """What is asked for; or a redirect to the address that keeps a filled-in form.

    Raises ``Refused`` for figures that are not this visitor's to read.
    """
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    is_filled = "year" in request.GET
    form = PeriodForm(request.GET if is_filled else None)
    if is_filled and form.is_valid():
        query = request.GET.copy()
        for name in (*form.fields, "period", "organisation", "format"):
            query.pop(name, None)
        query["period"] = form.period.word
        query["organisation"] = organisation.symbol
        return redirect(f"{reverse(route)}?{query.urlencode()}")
    period = (asked_periods(request)[:1] or [latest_year(request)])[0]
    return Choice(
        request,
        organisation,
        period,
        form if is_filled else filled(period),
        timezone.localdate(),
    )


def show(
    choice: Choice, template: str, build: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """The page, or with ``?format=xlsx`` the same as a file, always in Vietnamese.

    ``build`` makes the context, with the ``screen`` in it.
    """
    request, symbol = choice.request, choice.organisation.symbol
    if request.GET.get("format") == XLSX:
        with translation.override("vi"):
            content = screen_file.render(build()["screen"])
        page = request.resolver_match.url_name
        word = choice.period.word.replace("..", "_den_").replace("@", "_")
        return downloads.workbook(content, f"So-lieu_{page}_{symbol}_{word}.xlsx")
    query = request.GET.copy()
    query["format"] = XLSX
    query["period"] = choice.period.word
    query["organisation"] = symbol
    context = {
        "choice": choice,
        "organisation": choice.organisation,
        "organisations": readable(request.user),
        "period": choice.period,
        "period_name": wording.period_name(choice.period),
        "is_over": choice.period.is_over(choice.today),
        "form": choice.form,
        "suggestions": suggestions(choice.today),
        "action": f"reports:{request.resolver_match.url_name}",
        "file": f"?{query.urlencode()}",
        **build(),
    }
    return render(request, template, context)


def filled(period: Period) -> PeriodForm:
    """The form as it would ask for this period."""
    if period.part is None:
        return PeriodForm(initial={"start": period.start, "end": period.end})
    return PeriodForm(
        initial={
            "year": period.year,
            "part": period.part,
            "cut_off": period.is_cut_off,
        }
    )


def suggestions(today: date) -> list[tuple[str, str]]:
    """Periods that are asked for most: word and name."""
    year = today.year
    words = [
        f"{today:%Y-%m}",
        f"{year}-Q{(today.month - 1) // 3 + 1}",
        f"{year}-9M",
        str(year),
        str(year - 1),
    ]
    return [(word, wording.period_name(periods.parse(word))) for word in words]


def address(route: str, organisation: Organisation, words: list[str]) -> str:
    """A page for an organisation and several periods."""
    query = [("organisation", organisation.symbol), *(("period", x) for x in words)]
    return f"{reverse(route)}?{urlencode(query)}"

"""How the lists of items and incidents are narrowed to what a figure counts."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.counted_items import (
    FAILED,
    INCIDENT_SETS,
    ITEM_SETS,
    CountedItems,
    incidents_counted,
    items_counted,
)
from dossiers.counted_sets import days_counted
from dossiers.models import Dossier, Incident, PostalItem
from dossiers.places import place_of
from dossiers.postal_statuses import CAUSED_BY, Party, Reason
from postal_tthc.accounts.models import Organisation
from procedures.models import Leg, TransitNorm

WEEKDAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]
NO_PLACE = "-"


class CountedFilter(django_filters.FilterSet):
    """A counted set, its days and an organisation; each can be taken away again."""

    SETS: dict[str, CountedItems]

    start = django_filters.DateFilter(method="skip", widget=forms.HiddenInput)
    end = django_filters.DateFilter(method="skip", widget=forms.HiddenInput)
    agency = django_filters.CharFilter(
        label=_("Agency"), method="by_agency", max_length=20, widget=forms.HiddenInput
    )

    def skip(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Read by ``by_counted_set``."""
        return queryset

    @property
    def days(self) -> tuple[date, date, date] | None:
        """First and last day of the figure, and the day it is counted on."""
        values, today = self.form.cleaned_data, timezone.localdate()
        days = days_counted(values.get("start"), values.get("end"), today)
        return (*days, today) if days else None

    def dossiers_of(self, symbol: str) -> QuerySet:
        """The dossiers of an organisation that this visitor may see."""
        found = Organisation.objects.filter(symbol=symbol).first()
        if found is None:
            return Dossier.objects.none()
        return Dossier.objects.of(found).visible_to(self.request.user)

    @property
    def narrowed(self) -> QuerySet:
        """What is left; nothing when the address makes no sense."""
        return self.qs if self.form.is_valid() else self.queryset.none()

    def chips(self) -> list[dict[str, str]]:
        """What is applied: label, value in words, the address without it."""
        if not self.form.is_valid():
            return []
        chips = []
        for name, value in self.form.cleaned_data.items():
            if value in (None, "") or name in ("start", "end"):
                continue
            rest = self.data.copy()
            for taken in (name, "after", *(("start", "end") * (name == "counted"))):
                rest.pop(taken, None)
            chips.append(
                {
                    "label": self.filters[name].label,
                    "text": self._in_words(name, value),
                    "address": f"?{rest.urlencode()}",
                }
            )
        return chips

    def _in_words(self, name: str, value: Any) -> str:
        if name == "counted":
            words, days = str(self.SETS[value].name), self.days
            if days is None:
                return words
            return f"{words}, {days[0]:%d/%m/%Y} – {days[1]:%d/%m/%Y}"
        if name == "agency":
            found = Organisation.objects.filter(symbol=value).first()
            return found.name if found else value
        if name == "place" and value == NO_PLACE:
            return str(_("not known"))
        choices = dict(getattr(self.form.fields[name], "choices", ()) or ())
        return str(choices.get(value, value))


def _hidden(label: Any, choices: Any, **how: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=list(choices), widget=forms.HiddenInput, **how
    )


class ItemFilter(CountedFilter):
    """The items behind a figure of the post."""

    SETS = ITEM_SETS

    counted = _hidden(
        _("Counted as"),
        [(name, x.name) for name, x in ITEM_SETS.items()],
        method="by_counted_set",
    )
    leg = _hidden(_("Leg"), Leg.choices)
    route = _hidden(_("Route"), TransitNorm.Route.choices)
    weekday = _hidden(
        _("Accepted on a"), WEEKDAYS, field_name="posted_on__iso_week_day"
    )
    reason = _hidden(_("Why a delivery failed"), Reason.choices, method="by_reason")
    party = _hidden(_("Who caused it"), Party.choices, method="by_party")
    # Last: it reads the addresses of what is left.
    place = django_filters.CharFilter(
        label=_("Place"), method="by_place", max_length=300, widget=forms.HiddenInput
    )

    class Meta:
        model = PostalItem
        fields: list[str] = []

    def by_agency(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Of one organisation and those below it, by its symbol."""
        return queryset.carrying(self.dossiers_of(value))

    def by_counted_set(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The items behind a figure; nothing without its days."""
        days = self.days
        return items_counted(queryset, value, *days) if days else queryset.none()

    def by_reason(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Items of which a delivery failed for this reason."""
        return queryset.filter(pk__in=FAILED.filter(reason=value).values("item"))

    def by_party(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Items of which a delivery failed through somebody's doing."""
        reasons = CAUSED_BY.get(Party(value), ())
        failed = FAILED.filter(reason__in=reasons)
        return queryset.filter(pk__in=failed.values("item"))

    def by_place(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Items whose address lies in a place, as ``places.place_of`` reads it."""
        wanted = "" if value == NO_PLACE else value
        addresses = queryset.order_by().values_list("pk", "recipient_address")
        return queryset.filter(
            pk__in=[pk for pk, address in addresses if place_of(address) == wanted]
        )


class IncidentFilter(CountedFilter):
    """The incidents behind a figure of the post."""

    SETS = INCIDENT_SETS

    counted = _hidden(
        _("Counted as"),
        [(name, x.name) for name, x in INCIDENT_SETS.items()],
        method="by_counted_set",
    )
    kind = _hidden(_("What went wrong"), Incident.Kind.choices)

    class Meta:
        model = Incident
        fields: list[str] = []

    def by_agency(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Of one organisation and those below it, by its symbol."""
        return queryset.about(self.dossiers_of(value))

    def by_counted_set(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The incidents behind a figure; nothing without its days."""
        days = self.days
        return incidents_counted(queryset, value, *days) if days else queryset.none()

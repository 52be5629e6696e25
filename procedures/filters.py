"""How the catalogue is narrowed."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from procedures.models import Field, Leg, Procedure
from procedures.querysets import ProcedureQuerySet

POST_CHOICES = [
    ("any", _("By post, at least one leg")),
    (Leg.INTAKE, _("Intake by post")),
    (Leg.RETURN, _("Return by post")),
    ("none", _("Not by post")),
]


class ProcedureFilter(django_filters.FilterSet):
    """Procedures in force on a day; today unless another day is asked for."""

    q = django_filters.CharFilter(
        label=_("Code or name"), method="by_words", max_length=200
    )
    field = django_filters.ModelChoiceFilter(
        label=_("Field"), queryset=Field.objects.all(), empty_label=_("All fields")
    )
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"),
        queryset=Organisation.objects.agencies(),
        empty_label=_("All agencies"),
    )
    organisation = django_filters.CharFilter(
        label=_("Organisation"),
        method="by_organisation",
        max_length=20,
        widget=forms.HiddenInput,
    )
    post = django_filters.ChoiceFilter(
        label=_("Public post"),
        method="by_post",
        choices=POST_CHOICES,
        empty_label=_("By post or not"),
    )
    on = django_filters.DateFilter(
        label=_("In force on"),
        method="skip",
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )

    class Meta:
        model = Procedure
        fields: list[str] = []

    @property
    def day(self) -> Any:
        """The day asked for."""
        given = self.form.is_valid() and self.form.cleaned_data.get("on")
        return given or timezone.localdate()

    @property
    def in_force(self) -> ProcedureQuerySet:
        """Everything in force on the day, narrowed by agency only: the N of n/N."""
        found = self.queryset.in_force(self.day)
        values = self.form.cleaned_data if self.form.is_valid() else {}
        if symbol := values.get("organisation"):
            found = self.by_organisation(found, "", symbol)
        return found.filter(agency=values["agency"]) if values.get("agency") else found

    def by_organisation(
        self, queryset: ProcedureQuerySet, name: str, value: str
    ) -> Any:
        """Of one organisation and those below it, by its symbol."""
        organisation = Organisation.objects.filter(symbol=value).first()
        return queryset.of(organisation) if organisation else queryset.none()

    def by_words(self, queryset: ProcedureQuerySet, name: str, value: str) -> Any:
        """Every word in code or name, diacritics ignored."""
        return queryset.matching(value)

    def by_post(self, queryset: ProcedureQuerySet, name: str, value: str) -> Any:
        """By what has been decided about the post on the day."""
        if value == "none":
            return queryset.not_postal(self.day)
        return queryset.postal(self.day, leg=None if value == "any" else value)

    def skip(self, queryset: ProcedureQuerySet, name: str, value: Any) -> Any:
        """Read by ``day``."""
        return queryset

"""Choosing a period and an organisation."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reports import periods
from reports.periods import Period

PARTS = [
    ("", _("whole year")),
    ("9M", _("first nine months")),
    ("H1", _("first half")),
    ("H2", _("second half")),
    ("Q1", _("first quarter")),
    ("Q2", _("second quarter")),
    ("Q3", _("third quarter")),
    ("Q4", _("fourth quarter")),
    *[(f"{n:02}", format_lazy(_("month {n}"), n=n)) for n in range(1, 13)],
]


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )


class PeriodForm(forms.Form):
    """One period: part of a year, free days, or a year of the agreement.

    Free days win over the agreement's year, and both over the part of a year.
    """

    year = forms.IntegerField(
        label=_("Year"),
        min_value=periods.FIRST_YEAR,
        max_value=periods.LAST_YEAR,
        localize=False,
        required=False,
        widget=forms.NumberInput(attrs={"size": 5}),
    )
    part = forms.ChoiceField(label=_("Part of it"), choices=PARTS, required=False)
    cut_off = forms.BooleanField(
        label=_("Official cut-off (15th to 14th)"), required=False
    )
    start = _day_field(_("From"))
    end = _day_field(_("To"))
    signed_on = _day_field(_("Agreement signed on"))
    agreement_year = forms.IntegerField(
        label=_("Its year number"), min_value=1, max_value=99, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Make the period, or say what is missing."""
        values = super().clean()
        if self.errors:
            return values
        try:
            self.period = self._made(values)
        except ValueError:
            raise forms.ValidationError(
                _("These days make no period. Check that it ends after it begins.")
            ) from None
        return values

    def _made(self, values: dict[str, Any]) -> Period:
        if values["start"] or values["end"]:
            end = values["end"] or timezone.localdate()
            return periods.free(values["start"] or date(end.year, 1, 1), end)
        if values["signed_on"]:
            number = values["agreement_year"] or 1
            return periods.agreement_year(values["signed_on"], number)
        word = str(values["year"] or timezone.localdate().year)
        word += f"-{values['part']}" if values["part"] else ""
        return periods.parse(word + ("@15" if values["cut_off"] else ""))

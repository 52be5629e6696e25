"""What a catalogue manager types about transit times and printed forms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.calendar import FIRST_YEAR, LAST_YEAR
from procedures.models import OfficialForm, TransitNorm


class DatedForm(forms.ModelForm):
    """One row, or with ``begins`` a new one that takes the place of another."""

    def __init__(self, *args: Any, begins: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("valid_from", "valid_to"):
            self.fields[name].widget.attrs["placeholder"] = "dd/mm/yyyy"
        if begins:
            self.fields["valid_from"].required = True
            self.fields["valid_from"].help_text = _(
                "What holds until then ends on the day before."
            )

    def clean_valid_from(self) -> date | None:
        """A day that the calendar covers."""
        return _covered(self.cleaned_data["valid_from"])

    def clean_valid_to(self) -> date | None:
        """A day that the calendar covers."""
        return _covered(self.cleaned_data["valid_to"])


class TransitNormForm(DatedForm):
    """The working days of one route."""

    class Meta:
        model = TransitNorm
        fields = (
            "days",
            "days_with_appointment",
            "valid_from",
            "valid_to",
            "source",
            "note",
        )


class PrintedForm(DatedForm):
    """The title, the sentences and the paper of one printed form."""

    class Meta:
        model = OfficialForm
        fields = (
            "circular",
            "number",
            "title",
            "paper",
            "opening",
            "closing",
            "is_confirmed",
            "valid_from",
            "valid_to",
            "source",
            "note",
        )
        widgets = {
            "opening": forms.Textarea(attrs={"rows": 3}),
            "closing": forms.Textarea(attrs={"rows": 5}),
        }


def _covered(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("The calendar covers the years %(first)d to %(last)d.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day

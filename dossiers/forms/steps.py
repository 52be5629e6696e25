"""The steps of a dossier: a day, a reason, an envelope."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.forms.asking import AsksOnce
from dossiers.forms.fields import ItemNumberField, TidyForm, date_input
from dossiers.models import Dossier, PostalItem
from dossiers.statuses import ReturnChannel
from procedures.models import Leg


class StepForm(AsksOnce, TidyForm, forms.Form):
    """When a step was made: today unless said otherwise."""

    on = forms.DateField(label=_("Day"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future."))
        return day

    def moment(self) -> datetime:
        """The day, at the present hour."""
        now = timezone.localtime()
        day = self.cleaned_data["on"]
        if day == now.date():
            return now
        return timezone.make_aware(datetime.combine(day, now.time()))


class ReasonForm(StepForm):
    """A step that is not made without a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(StepForm):
    """The result goes to the applicant, and the papers with it."""

    item_number = ItemNumberField(label=_("Item number"), max_length=30)
    accepted_doubts = forms.CharField(required=False, widget=forms.HiddenInput)
    postage_dong = forms.IntegerField(
        label=_("Postage (đồng)"), min_value=0, max_value=100_000_000, required=False
    )
    kept = forms.TypedMultipleChoiceField(
        label=_("Papers that the law keeps here"),
        help_text=_("All the others go back to the applicant with the result."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [
            (paper.position, f"{paper.name} ({paper.get_form_display()})")
            for paper in dossier.papers.all()
        ]
        if dossier.return_channel != ReturnChannel.PUBLIC_POST:
            del self.fields["item_number"], self.fields["postage_dong"]

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """About the number on the envelope."""
        return entry_rules.doubt_item_number(self.cleaned_data.get("item_number", ""))

    def envelope(self) -> PostalItem | None:
        """The unsaved envelope it goes in."""
        values = self.cleaned_data
        if "item_number" not in values:
            return None
        return PostalItem(
            number=values["item_number"],
            leg=Leg.RETURN,
            posted_on=values["on"],
            postage_dong=values["postage_dong"],
        )

"""What is written on handover minutes beside the scans."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.actions.scanning import GOES_OUT, LINE_FACTS
from dossiers.forms.fields import ItemNumberField, TidyForm, date_input
from dossiers.models import HandoverLine

LARGEST_SCAN = 10 * 1024 * 1024  # bytes
SCANS = ("pdf", "jpg", "jpeg", "png")
IN_ONLY = ("is_complete",)
OUT_ONLY = ("item_number", "postage_dong", "recovers", "kept")


class LineForm(TidyForm, forms.ModelForm):
    """What was counted on one line."""

    item_number = ItemNumberField(label=_("Item number"), max_length=30, required=False)
    kept = forms.TypedMultipleChoiceField(
        label=_("Papers that the law keeps here"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = HandoverLine
        fields = LINE_FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line = self.instance
        self.fields["kept"].choices = [
            (paper.position, f"{paper.name} ({paper.get_form_display()})")
            for paper in (
                line.dossier.papers.filter(outcome="") if line.dossier else ()
            )
        ]
        self.initial["kept"] = line.kept
        goes_out = line.kind in GOES_OUT
        for name in IN_ONLY if goes_out else OUT_ONLY:
            del self.fields[name]
        if line.kind == HandoverLine.Kind.PAPERS:
            del self.fields["kept"]


class PaperSignatureForm(TidyForm, forms.Form):
    """The post signed on paper: who, when, and the sheet itself."""

    signatory = forms.CharField(label=_("Name of the postman"), max_length=150)
    on = forms.DateField(label=_("Signed on"), widget=date_input())
    time = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"placeholder": "hh:mm", "inputmode": "numeric"}
        ),
    )
    scan = forms.FileField(
        label=_("Scan of the signed paper"),
        help_text=_("PDF, JPG or PNG, at most 10 MB."),
        validators=[FileExtensionValidator(SCANS)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = timezone.localtime()
        kwargs["initial"] = {"on": now.date(), "time": now.time()}
        super().__init__(*args, **kwargs)

    def clean_scan(self) -> Any:
        """A scan of two sheets is small; anything else is another file."""
        scan = self.cleaned_data["scan"]
        if scan.size > LARGEST_SCAN:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return scan

    def moment(self) -> datetime:
        """When the second signature was put."""
        values = self.cleaned_data
        return timezone.make_aware(datetime.combine(values["on"], values["time"]))


class CounterLineForm(TidyForm, forms.Form):
    """Why a line is cancelled."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

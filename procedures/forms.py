"""What a catalogue manager types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import tidy
from postal_tthc.uploads import not_too_large
from procedures.calendar import FIRST_YEAR, LAST_YEAR
from procedures.models import (
    CalendarDay,
    Decision,
    Field,
    Leg,
    PostalEligibility,
    Procedure,
    RequiredPaper,
)


def _days(*names: str) -> dict[str, forms.DateInput]:
    return {
        name: forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}) for name in names
    }


class ProcedureForm(forms.ModelForm):
    """One version of a procedure."""

    field_name = forms.CharField(
        label=_("Field"),
        max_length=200,
        help_text=_("Choose one from the list, or write a new one."),
        widget=forms.TextInput(attrs={"list": "fields"}),
    )

    class Meta:
        model = Procedure
        fields = (
            "agency",
            "code",
            "name",
            "processing_time",
            "time_unit",
            "clock_policy",
            "fee_dong",
            "fee_note",
            "in_force_from",
            "in_force_to",
            "decision",
            "note",
        )
        widgets = {
            "name": forms.Textarea(attrs={"rows": 2}),
            **_days("in_force_from", "in_force_to"),
        }

    def __init__(self, *args: Any, scope: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Organisation.objects.within(scope).agencies()
        self.fields["agency"].queryset = agencies
        if self.instance.field_id:
            self.initial.setdefault("field_name", self.instance.field.name)
        if len(agencies) == 1:
            self.initial.setdefault("agency", agencies[0].pk)
        self.order_fields(["agency", "code", "name", "field_name"])

    def clean_field_name(self) -> str:
        """The field of administration, found or to be made."""
        return tidy(self.cleaned_data["field_name"])

    def procedure(self) -> Procedure:
        """The unsaved version, with its field of administration, perhaps new."""
        self.instance.field = Field(name=self.cleaned_data["field_name"])
        return self.instance


class RequiredPaperForm(forms.ModelForm):
    """One line of the list of papers; without a name it is left out."""

    class Meta:
        model = RequiredPaper
        fields = ("name", "form", "quantity")
        widgets = {"quantity": forms.NumberInput(attrs={"min": 1})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False


RequiredPapersFormSet = forms.formset_factory(
    RequiredPaperForm, extra=3, max_num=60, absolute_max=60, validate_max=True
)


class EligibilityForm(forms.ModelForm):
    """What is decided about one leg from a day on."""

    class Meta:
        model = PostalEligibility
        fields = ("leg", "is_eligible", "reason", "valid_from", "decision")
        widgets = {
            "leg": forms.RadioSelect,
            **_days("valid_from"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leg"] = forms.ChoiceField(
            label=_("Leg"), choices=Leg.choices, widget=forms.RadioSelect
        )
        self.fields["is_eligible"] = forms.TypedChoiceField(
            label=_("Decided"),
            choices=[(1, _("By public post")), (0, _("Not by public post"))],
            coerce=lambda text: text == "1",
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        """Both lists are published, so a no has its reason (QĐ 45/2016, Điều 13)."""
        values = super().clean()
        if values.get("is_eligible") is False and not values.get("reason"):
            self.add_error("reason", _("Write why it may not go by post."))
        if values.get("is_eligible"):
            values["reason"] = ""
        return values


class DecisionForm(forms.ModelForm):
    """A decision of the legal-basis register."""

    class Meta:
        model = Decision
        fields = (
            "kind",
            "number",
            "issued_on",
            "issuer",
            "title",
            "effective_from",
            "effective_to",
            "replaced_by",
            "publishes_catalogue_of",
            "scan",
        )
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            **_days("issued_on", "effective_from", "effective_to"),
        }

    def __init__(self, *args: Any, scope: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = Organisation.objects.within(scope).agencies()
        self.fields["publishes_catalogue_of"].queryset = ours

    def clean_scan(self) -> Any:
        """A PDF of at most 20 MB (NĐ 30/2020: scans are PDF)."""
        scan = self.cleaned_data["scan"]
        if scan and hasattr(scan, "content_type"):
            if not scan.name.lower().endswith(".pdf") or scan.read(5) != b"%PDF-":
                raise forms.ValidationError(_("The scan must be a PDF file."))
            if scan.size > 20 * 1024 * 1024:
                raise forms.ValidationError(_("The scan is larger than 20 MB."))
            scan.seek(0)
        return scan


class CalendarDayForm(forms.ModelForm):
    """A day off, or a make-up working day, with the letter that decided it."""

    class Meta:
        model = CalendarDay
        fields = ("day", "is_day_off", "reason", "document")
        widgets = _days("day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_day_off"] = forms.TypedChoiceField(
            label=_("Kind"),
            choices=CalendarDay._meta.get_field("is_day_off").choices,
            coerce=lambda text: text == "True",
            widget=forms.RadioSelect,
        )

    def clean_day(self) -> Any:
        """A day that the calendar covers."""
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("The calendar covers the years %(first)d to %(last)d.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day


class LoadForm(forms.Form):
    """A workbook, and what it does not say itself."""

    file = forms.FileField(
        label=_("Excel file (.xlsx)"), required=False, validators=[not_too_large]
    )
    agency = forms.ModelChoiceField(
        label=_("Competent agency"), queryset=Organisation.objects.none()
    )
    decision = forms.ModelChoiceField(
        label=_("Decision behind rows that name none"),
        queryset=Decision.objects.none(),
        required=False,
    )
    effective_from = forms.DateField(
        label=_("Changes hold from"),
        required=False,
        help_text=_("Empty: the day of the decision."),
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )
    end_missing = forms.BooleanField(
        label=_("End procedures that the file leaves out"), required=False
    )
    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, scope: Organisation, has_waiting: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_waiting = has_waiting
        agencies = Organisation.objects.within(scope).agencies()
        self.fields["agency"].queryset = agencies
        self.fields["decision"].queryset = Decision.objects.all()
        if len(agencies) == 1:
            self.initial["agency"] = agencies[0].pk

    def clean_file(self) -> Any:
        """A file, unless one is waiting from the time before."""
        file = self.cleaned_data["file"]
        if not file and not self.has_waiting:
            raise forms.ValidationError(_("Choose a file."))
        return file

"""What a person types about a dossier."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.correcting import CORRECTABLE
from dossiers.item_numbers import tidy as tidy_item_number
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import tidy
from procedures.models import Leg, Procedure, RequiredPaper


def date_input(**attrs: Any) -> forms.DateInput:
    """A day as people type it: 20/01/2020, 20.1.2020 or 20012020."""
    return forms.DateInput(
        attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", **attrs}
    )


class ItemNumberField(forms.CharField):
    """The number on an envelope, in capitals and without spaces before it is judged."""

    def to_python(self, value: Any) -> str:
        """Tidy first: capitals can be longer. A NUL is left, to be refused."""
        number = super().to_python(value)
        return number if "\x00" in number else tidy_item_number(number)


class TidyForm(forms.BaseForm):
    """Keeps text composed (NFC) and without stray spaces."""

    def clean(self) -> dict[str, Any]:
        """Tidy every text."""
        values = super().clean() or self.cleaned_data
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = tidy(value)
        for name in list(values):
            self._check_again(name, values)
        return values

    def _check_again(self, name: str, values: dict[str, Any]) -> None:
        """Composing can lengthen a text, and tidying can empty it."""
        field, value = self.fields[name], values[name]
        if not isinstance(value, str):
            return
        try:
            field.validate(value)
            field.run_validators(value)
        except forms.ValidationError as error:
            self.add_error(name, error)


class AsksOnce(forms.BaseForm):
    """Asks once about what looks wrong; the same again means it is right."""

    doubts: list[entry_rules.Finding]

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """Pairs of field and sentence; asked only when there are no faults."""
        return ()

    def is_ready(self) -> bool:
        """Whether it can be saved: no faults, and no doubt not yet asked about."""
        self.doubts = []
        if not self.is_valid():
            return False
        doubts = list(self.find_doubts())
        asked = " ".join(sentence for _field, sentence in doubts)
        if asked and asked != self.cleaned_data.get("accepted_doubts"):
            self.doubts = doubts
            self.data = self.data.copy()
            self.data["accepted_doubts"] = asked
        return not self.doubts


class PeopleForm(TidyForm, forms.ModelForm):
    """Who asks, and where the result goes."""

    class Meta:
        model = Dossier
        fields = CORRECTABLE
        widgets = {
            "applicant_kind": forms.RadioSelect,
            "return_channel": forms.RadioSelect,
            "applicant_phone": forms.TextInput(attrs={"inputmode": "tel"}),
            "representative_phone": forms.TextInput(attrs={"inputmode": "tel"}),
            "return_phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }


class CorrectionForm(PeopleForm):
    """The same people and addresses, mended."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A result by post needs an address; another one has none."""
        values = super().clean()
        if values.get("return_channel") != ReturnChannel.PUBLIC_POST:
            values.update(return_name="", return_phone="", return_address="")
        return values

    def _post_clean(self) -> None:
        super()._post_clean()
        for field, sentence in entry_rules.correction_faults(self.instance):
            self.add_error(field, sentence)


class EntryForm(AsksOnce, PeopleForm):
    """A new dossier, in the order in which the clerk hears it."""

    procedure_code = forms.CharField(
        label=_("Procedure code"),
        max_length=200,
        help_text=_("The code, its last digits, or words of the name."),
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    received_on = forms.DateField(label=_("Day"), widget=date_input())
    received_time = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"placeholder": "hh:mm", "inputmode": "numeric"}
        ),
    )
    return_same_as_applicant = forms.BooleanField(
        label=_("Send it to the applicant at the address above"), required=False
    )
    item_number = ItemNumberField(
        label=_("Item number on the envelope"), max_length=30, required=False
    )
    papers_for = forms.CharField(
        required=False, max_length=60, widget=forms.HiddenInput
    )
    accepted_doubts = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(PeopleForm.Meta):
        fields = ("sets", "intake_channel", *CORRECTABLE)
        widgets = {
            **PeopleForm.Meta.widgets,
            "intake_channel": forms.RadioSelect,
            "sets": forms.NumberInput(attrs={"min": 1}),
        }

    def __init__(self, *args: Any, desk: Organisation, **kwargs: Any) -> None:
        now = timezone.localtime()
        kwargs["initial"] = {
            "received_on": now.date(),
            "received_time": now.time(),
            "return_same_as_applicant": True,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.procedure: Procedure | None = None
        self.day: date | None = None

    def clean(self) -> dict[str, Any]:
        """Find the procedure, copy the return address, ask the rules."""
        values = super().clean()
        if values.get("return_channel") != ReturnChannel.PUBLIC_POST:
            values.update(return_name="", return_phone="", return_address="")
        elif values.get("return_same_as_applicant"):
            for part in ("name", "phone", "address"):
                values[f"return_{part}"] = values.get(f"applicant_{part}", "")
        if values.get("intake_channel") != IntakeChannel.PUBLIC_POST:
            values["item_number"] = ""
        values.setdefault("item_number", "")
        self._find_procedure(values)
        return values

    def _find_procedure(self, values: dict[str, Any]) -> None:
        typed, day = values.get("procedure_code"), values.get("received_on")
        self.day = day
        if not typed:
            return
        found = Procedure.objects.of(self.desk.scope).typed(typed, day)
        if found is None:
            self.add_error(
                "procedure_code",
                _("No procedure has the code «%(code)s». Check it in the catalogue.")
                % {"code": typed},
            )
        self.procedure = found

    def _post_clean(self) -> None:
        super()._post_clean()
        values = self.cleaned_data
        if self.procedure is None or not values.get("received_on"):
            return
        draft = self.instance
        draft.procedure = self.procedure
        draft.received_at = timezone.make_aware(
            datetime.combine(
                values["received_on"], values.get("received_time") or time.min
            )
        )
        for field, sentence in entry_rules.find_faults(draft, now=timezone.now()):
            self.add_error(self._field_shown(field), sentence)

    def _field_shown(self, field: str) -> str:
        """The field the clerk typed in, when the return address was copied."""
        same = self.cleaned_data.get("return_same_as_applicant")
        return (
            field.replace("return_", "applicant_")
            if (same and field in ("return_name", "return_address"))
            else field
        )

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """About numbers; a copied phone is doubted once, where it was typed."""
        number = self.cleaned_data["item_number"]
        is_copied = self.cleaned_data.get("return_same_as_applicant")
        for field, sentence in entry_rules.find_doubts(
            self.instance, item_number=number
        ):
            if not (is_copied and field == "return_phone"):
                yield field, sentence

    def envelope(self) -> PostalItem | None:
        """The unsaved envelope it came in."""
        number = self.cleaned_data["item_number"]
        return PostalItem(number=number, leg=Leg.INTAKE) if number else None


class PaperForm(TidyForm, forms.ModelForm):
    """One line of the papers handed in. Without a name the line is left out."""

    name = forms.CharField(label=_("Name of the paper"), max_length=300, required=False)
    form = forms.ChoiceField(label=_("Form"), choices=RequiredPaper.Form)
    quantity = forms.IntegerField(
        label=_("Quantity"), min_value=1, max_value=999, initial=1
    )
    sheets = forms.IntegerField(
        label=_("Sheets"), min_value=1, max_value=9999, required=False
    )

    class Meta:
        model = Paper
        fields = ("name", "form", "quantity", "sheets")


PapersFormSet = forms.formset_factory(
    PaperForm, extra=1, max_num=50, absolute_max=200, validate_max=True
)


def papers_for(procedure: Procedure | None) -> list[dict[str, Any]]:
    """The lines to offer: what the procedure asks for."""
    if procedure is None:
        return []
    return [
        {"name": x.name, "form": x.form, "quantity": x.quantity}
        for x in procedure.required_papers.all()
    ]


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

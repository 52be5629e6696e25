"""A new dossier, as the clerk types it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.correcting import CORRECTABLE
from dossiers.forms.asking import AsksOnce
from dossiers.forms.fields import ItemNumberField, date_input
from dossiers.forms.people import PeopleForm
from dossiers.models import PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.accounts.models import Organisation
from procedures.models import Leg, Procedure


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

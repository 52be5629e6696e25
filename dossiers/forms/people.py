"""Who asks, and where the result goes."""

from typing import Any

from django import forms

from dossiers import entry_rules
from dossiers.actions.correcting import CORRECTABLE
from dossiers.forms.fields import TidyForm
from dossiers.models import Dossier
from dossiers.statuses import ReturnChannel


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

"""Who asks, and where the result goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.correcting import CORRECTABLE
from dossiers.forms.fields import TidyForm
from dossiers.models import Dossier
from dossiers.statuses import ReturnChannel, WhyNotPost


class PeopleForm(TidyForm, forms.ModelForm):
    """Who asks, and where the result goes."""

    why_not_post = forms.ChoiceField(
        label=_("Why not by post?"),
        choices=[("", _("not asked")), *WhyNotPost.choices],
        required=False,
        widget=forms.RadioSelect,
    )

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

    def clean(self) -> dict[str, Any]:
        """Only a result by post has an address, and only another one a reason."""
        values = super().clean()
        if values.get("return_channel") == ReturnChannel.PUBLIC_POST:
            values["why_not_post"] = ""
        else:
            values.update(return_name="", return_phone="", return_address="")
        return values


class CorrectionForm(PeopleForm):
    """The same people and addresses, mended."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def _post_clean(self) -> None:
        super()._post_clean()
        for field, sentence in entry_rules.correction_faults(self.instance):
            self.add_error(field, sentence)

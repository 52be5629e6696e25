"""The papers handed in, line by line."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.forms.fields import TidyForm
from dossiers.models import Paper
from procedures.models import Procedure, RequiredPaper


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


def papers_from(fields: Mapping[str, str]) -> list[dict[str, str]]:
    """The lines that have a name, as they stand in what a page once sent."""
    numbers = sorted(
        int(number)
        for name in fields
        if name.startswith("papers-")
        and (number := name.split("-")[1]).isdecimal()
        and name.endswith("-name")
    )
    lines = [
        {part: fields.get(f"papers-{n}-{part}", "") for part in PaperForm.base_fields}
        for n in numbers
    ]
    return [line for line in lines if line["name"].strip()]

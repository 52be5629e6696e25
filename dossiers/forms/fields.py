"""Fields and habits that the forms of dossiers share."""

from typing import Any

from django import forms

from dossiers.item_numbers import tidy as tidy_item_number
from postal_tthc.lib.vietnamese import tidy


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

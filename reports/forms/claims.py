"""A letter to be checked: pasted, or as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from postal_tthc.errors import Invalid
from reports import letters


class LetterForm(forms.Form):
    """Either of the two; ``letter`` is the text that was read."""

    text = forms.CharField(
        label=_("Text of the report"),
        required=False,
        # Spaces and line ends belong to the text.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "vi", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("or a file (.docx, .txt)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )
    letter = ""

    def clean_file(self) -> Any:
        """The text of the file, read at once so that a bad one is said at its field."""
        file = self.cleaned_data["file"]
        if file:
            try:
                self.letter = letters.read(file, name=file.name)
            except Invalid as error:
                raise forms.ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        """One text, not two and not none."""
        values = super().clean()
        pasted = values.get("text", "")
        if "file" in self.errors:
            return values
        if not self.letter and not pasted.strip():
            self.add_error("text", _("Paste the text of a report, or choose a file."))
        elif self.letter and pasted.strip():
            message = _(
                "Here are a text and a file. Empty the text, or leave the file."
            )
            self.add_error("file", message)
        elif not self.letter:
            try:
                self.letter = letters.checked(pasted)
            except Invalid as error:
                self.add_error("text", str(error))
        return values

"""What to export, with which columns, in which order, as which kind of file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import ExportTemplate
from postal_tthc.lib.tables import plain

FORMATS = [
    ("xlsx", _("Excel (.xlsx)")),
    ("ods", _("LibreOffice (.ods)")),
    ("csv", _("Text with commas (.csv)")),
]
ORDERS = [("newest", _("Newest first")), ("receipt", _("In the order of receipt"))]
Choices = Iterable[tuple[str, Any]]


class ExportForm(forms.Form):
    """An export, or a template of one. The filters travel in ``query``."""

    query = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    layout = forms.ChoiceField(
        label=_("What"), widget=forms.RadioSelect, initial="columns"
    )
    file_format = forms.ChoiceField(
        label=_("File"), choices=FORMATS, widget=forms.RadioSelect, initial="xlsx"
    )
    order = forms.ChoiceField(
        label=_("Order of the rows"),
        choices=ORDERS,
        widget=forms.RadioSelect,
        initial="newest",
        help_text=_("Official lists are always in the order of receipt."),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    first = forms.CharField(
        label=_("Columns that come first"),
        required=False,
        max_length=2000,
        help_text=_(
            "Their names in the order you want, with semicolons between them; the "
            "other columns follow as they stand above. A template keeps the order."
        ),
    )
    name = forms.CharField(
        label=_("Name of the template"),
        required=False,
        max_length=ExportTemplate._meta.get_field("name").max_length,
    )
    is_shared = forms.BooleanField(
        label=_("For everybody of the organisation"), required=False
    )
    keeps_filters = forms.BooleanField(label=_("Save the filters too"), required=False)

    def __init__(
        self, *args: Any, layouts: Choices, columns: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"].choices = list(layouts)
        self.fields["columns"].choices = list(columns)

    def clean_first(self) -> list[str]:
        """The keys of the columns that are named to come first."""
        known = {plain(str(name)): key for key, name in self.fields["columns"].choices}
        named = [name.strip() for name in self.cleaned_data["first"].split(";")]
        for name in filter(None, named):
            if plain(name) not in known:
                raise forms.ValidationError(
                    _("No column is called «%(name)s». Write it as it stands above."),
                    params={"name": name},
                )
        return [known[plain(name)] for name in named if name]

    def clean(self) -> dict[str, Any]:
        """A list of columns has at least one; a template that is saved has a name."""
        told = super().clean()
        if "columns" in told:
            # Whoever names a column wants it, ticked or not.
            ordered = (*told.get("first", ()), *told["columns"])
            told["columns"] = list(dict.fromkeys(ordered))
        if told.get("layout") == "columns" and not told.get("columns"):
            self.add_error("columns", _("Choose at least one column."))
        if "save" in self.data and not told.get("name"):
            self.add_error("name", _("Give the template a name."))
        return told

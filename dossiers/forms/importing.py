"""What a person says about a register in a file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.spreadsheets.columns import COLUMNS, ROUND_TRIP_KEYS
from dossiers.spreadsheets.mapping import READABLE, Places
from postal_tthc.lib.table_files import ENDINGS
from postal_tthc.uploads import not_too_large


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Register (.xlsx, .xls, .ods, .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
        validators=[not_too_large],
    )


class MappingForm(forms.Form):
    """Where the list stands, and which of its columns is which."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    heading_row = forms.IntegerField(
        label=_("Row of the headings"), min_value=1, max_value=1000
    )

    def __init__(self, *args: Any, kept: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        names = kept.get("sheets", [])
        self.fields["sheet"].choices = [(name, name or "–") for name in names]
        self.fields["sheet"].initial = kept.get("sheet", "")
        self.fields["heading_row"].initial = kept.get("heading_row", 1)
        if len(names) < 2:
            self.fields["sheet"].widget = forms.HiddenInput()
        choices = [("", _("– not taken over –"))]
        # A sheet of ours is asked for every cell, also for those it may not change.
        is_ours = set(ROUND_TRIP_KEYS) <= set(kept.get("places", {}))
        offered = COLUMNS if is_ours else READABLE
        choices += [(column.key, column.heading) for column in offered]
        for column in kept.get("columns", []):
            label = f"{column['letter']}: {column['heading']}"
            self.fields[f"column_{column['place']}"] = forms.ChoiceField(
                label=label,
                widget=forms.Select(attrs={"aria-label": label}),
                choices=choices,
                required=False,
                initial=column["key"],
            )

    def clean(self) -> dict[str, Any]:
        """A column of ours is one column of the file."""
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for name, key in self._chosen(cleaned):
            if key and key in seen:
                self.add_error(name, _("Another column is this one already."))
            seen[key] = name
        return cleaned

    def _chosen(self, cleaned: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in list(cleaned.items()):
            if name.startswith("column_"):
                yield name, value

    @property
    def is_elsewhere(self) -> bool:
        """Whether another sheet or row was chosen: its headings speak first."""
        told = self.cleaned_data
        return (told["sheet"], told["heading_row"]) != (
            self.kept.get("sheet"),
            self.kept.get("heading_row"),
        )

    def places(self) -> Places:
        """What was chosen."""
        chosen = {
            key: int(name.removeprefix("column_"))
            for name, key in self._chosen(self.cleaned_data)
            if key
        }
        told = self.cleaned_data
        return Places(told["sheet"], told["heading_row"], chosen)

    @property
    def rows(self) -> list[tuple[Mapping[str, Any], forms.BoundField]]:
        """The columns of the file beside their fields."""
        return [
            (column, self[f"column_{column['place']}"])
            for column in self.kept.get("columns", [])
        ]

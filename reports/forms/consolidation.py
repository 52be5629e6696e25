"""Handing in the return of an organisation, and taking one out again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from postal_tthc.errors import DomainError
from reports.actions.returns import LONGEST_REASON, check_size

MOST_RETURNS = 60


class ReturnForm(forms.Form):
    """A filled form; ``fingerprint`` is the SHA-256 of the file that was judged."""

    file = forms.FileField(
        label=_("Filled form (.xlsx)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_waiting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_waiting = has_waiting

    def clean_file(self) -> Any:
        """A file, of a size that a form can have."""
        file = self.cleaned_data["file"]
        if not file and not self.has_waiting:
            raise forms.ValidationError(_("Choose a file."))
        if file:
            try:
                check_size(file.size)
            except DomainError as error:
                raise forms.ValidationError(str(error)) from error
        return file


class ManyFiles(forms.FileInput):
    """A choice of several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each judged as one."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files in the order in which they were chosen."""
        return [super(ManyFilesField, self).clean(x, initial) for x in data or [None]]


class ManyReturnsForm(forms.Form):
    """Filled forms of several organisations for one period."""

    files = ManyFilesField(
        label=_("Filled forms (.xlsx), several at once"),
        widget=ManyFiles(attrs={"accept": ".xlsx"}),
    )

    def clean_files(self) -> list[Any]:
        """Every file, of a size and a number that can be judged."""
        files = self.cleaned_data["files"]
        if len(files) > MOST_RETURNS:
            raise forms.ValidationError(
                _("Choose at most %(most)d files at once.") % {"most": MOST_RETURNS}
            )
        for file in files:
            try:
                check_size(file.size)
            except DomainError as error:
                raise forms.ValidationError(f"{file.name}: {error}") from error
        return files


class WithdrawForm(forms.Form):
    """Why a return no longer counts."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"size": 40}),
    )

"""A list of the post to be matched."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dossiers.forms.importing import UploadForm


class PostListForm(UploadForm):
    """The file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("List of the post (.xlsx, .xls, .ods, .csv)")

"""How many pages of the power-cut book to print, and from which number on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.book_pages import LAST_NUMBER, LINES, MOST_PAGES


class BookForm(forms.Form):
    """Pages to print today."""

    pages = forms.IntegerField(
        label=_("Number of pages"),
        min_value=1,
        max_value=MOST_PAGES,
        initial=2,
        help_text=_("Each page has room for %(n)d dossiers.") % {"n": LINES},
    )
    first = forms.IntegerField(
        label=_("First page number"),
        min_value=1,
        max_value=LAST_NUMBER,
        initial=1,
        help_text=_(
            "Goes on from what this browser has printed today. If a colleague has "
            "printed pages today, go on after hers: no two pages may bear one code."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A day has so many pages."""
        told = super().clean()
        pages, first = told.get("pages"), told.get("first")
        if pages and first and first + pages - 1 > LAST_NUMBER:
            raise forms.ValidationError(
                _("A day has %(n)d pages at most.") % {"n": LAST_NUMBER}
            )
        return told

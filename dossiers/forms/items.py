"""What a person types about a postal item: news, attempts, facts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.correcting_items import ITEM_FACTS
from dossiers.forms.asking import AsksOnce
from dossiers.forms.fields import ItemNumberField, TidyForm
from dossiers.forms.steps import StepForm
from dossiers.models import PostalItem
from dossiers.postal_statuses import CAUSED_BY, NEWS, ItemStatus, Party

GROUPS = {
    Party.POST: _("Caused by the post"),
    Party.AGENCY: _("Caused by the agency"),
    Party.RECIPIENT: _("Caused by the recipient"),
}


class ItemForm(StepForm):
    """A day of an item's way: today unless said otherwise."""

    def __init__(self, *args: Any, item: PostalItem, **kwargs: Any) -> None:
        super().__init__(*args, dossier=None, **kwargs)
        self.item = item


class NoteForm(ItemForm):
    """Something about which a word may be said."""

    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class PlaceForm(NoteForm):
    """Something that happened somewhere."""

    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    field_order = ("status", "reason", "on", "place", "note")


class NewsForm(PlaceForm):
    """Where the post says it is."""

    status = forms.ChoiceField(
        label=_("News"), choices=[(x.value, x.label) for x in NEWS]
    )

    def values(self) -> dict[str, Any]:
        """The status as the verb knows it."""
        told = super().values()
        return told | {"status": ItemStatus(told["status"])}


class AttemptForm(PlaceForm):
    """Why it was not delivered: the reason says who caused it."""

    reason = forms.ChoiceField(
        label=_("Why it failed"),
        help_text=_("Whoever caused it pays for the next delivery."),
        choices=[
            ("", "–"),
            *(
                (GROUPS[party], [(x.value, x.label) for x in reasons])
                for party, reasons in CAUSED_BY.items()
            ),
        ],
    )


class DeliveredForm(NoteForm):
    """Who signed, and when."""

    to = forms.CharField(
        label=_("Who signed"),
        help_text=_("The recipient, or who was authorised in writing."),
        max_length=200,
    )
    field_order = ("on", "to", "note")

    def __init__(self, *args: Any, item: PostalItem, **kwargs: Any) -> None:
        initial = {"to": item.recipient_name} | kwargs.pop("initial", {})
        super().__init__(*args, item=item, initial=initial, **kwargs)


class CameBackForm(NoteForm):
    """It is at the desk again; the seal is read before it is opened."""

    opened_seal_number = forms.CharField(
        label=_("Seal number at opening"),
        help_text=_("Type what stands on the seal, without looking at the list."),
        max_length=40,
        required=False,
    )
    field_order = ("on", "opened_seal_number", "note")


class VoidForm(ItemForm):
    """Nothing to fill in: the last news was a mistake."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]


class FactsForm(AsksOnce, TidyForm, forms.ModelForm):
    """What stands on the envelope and on the post's receipt."""

    number = ItemNumberField(label=_("Item number"), max_length=30)
    accepted_doubts = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PostalItem
        fields = ITEM_FACTS

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """About a number that was changed."""
        if "number" in self.changed_data:
            yield from entry_rules.doubt_item_number(self.cleaned_data["number"])

    def values(self) -> dict[str, Any]:
        """What the verb is told."""
        return {name: self.cleaned_data[name] for name in ITEM_FACTS}

    def validate_unique(self) -> None:
        """Left to the verb, which says it in words."""

"""A dossier that the post has taken in and carries to its desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.actions.receiving import desk_of
from dossiers.forms.entry import EntryForm
from dossiers.forms.fields import ItemNumberField
from dossiers.models import PostalItem
from dossiers.models.postal_item import MOST_DONG
from dossiers.postal_statuses import Payer, Service
from dossiers.statuses import IntakeChannel
from postal_tthc.accounts.models import Organisation
from procedures.models import Leg, Procedure, TransitNorm

# What the envelope is told, by the names of its own fields.
FACTS = ("seal_number", "service", "route", "postage_dong", "payer")


class AnnounceForm(EntryForm):
    """What the postal clerk writes on the posting slip (TT 17/2017, Điều 5 and 9).

    It always comes in by public post, in an envelope with a number.
    """

    intake_channel = forms.CharField(
        label=_("Came in"), required=False, widget=forms.HiddenInput
    )
    item_number = ItemNumberField(label=_("Item number on the envelope"), max_length=30)
    seal_number = forms.CharField(label=_("Seal number"), max_length=40, required=False)
    service = forms.ChoiceField(
        label=_("Service"), choices=Service, initial=Service.DOSSIER_POST
    )
    route = forms.ChoiceField(
        label=_("Route"),
        choices=TransitNorm.Route,
        initial=TransitNorm.Route.WITHIN_PROVINCE,
        help_text=_("It sets the day by which the item should arrive (J+n)."),
    )
    postage_dong = forms.IntegerField(
        label=_("Postage (đồng)"), min_value=0, max_value=MOST_DONG, required=False
    )
    payer = forms.ChoiceField(
        label=_("Who pays the postage"), choices=Payer, initial=Payer.APPLICANT
    )
    fees_dong = forms.IntegerField(
        label=_("Fees for the agency (đồng)"),
        min_value=0,
        max_value=MOST_DONG,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "is_expected": True})
        self.fields["received_on"].label = _("Accepted on the day")
        self.fields["received_time"].label = _("at the hour")

    def clean_intake_channel(self) -> str:
        """The post announces what travels by public post, and nothing else."""
        return IntakeChannel.PUBLIC_POST

    def clean(self) -> dict[str, Any]:
        """An envelope has one sum of fees, told when it is first announced."""
        values = super().clean()
        known = PostalItem.objects.filter(
            number=values.get("item_number"), leg=Leg.INTAKE, dossiers__isnull=False
        )
        if values.get("fees_dong") and known.exists():
            self.add_error(
                "fees_dong",
                _(
                    "The fees in this envelope were written with its first dossier. "
                    "Leave this empty; the desk counts them at the handover."
                ),
            )
        return values

    def desk_for(self, procedure: Procedure) -> Organisation:
        """The desk that takes in for the agency."""
        return desk_of(procedure.agency)

    def envelope(self) -> PostalItem:
        """The unsaved envelope, with what the posting slip says of it."""
        values = self.cleaned_data
        return PostalItem(
            number=values["item_number"],
            leg=Leg.INTAKE,
            collect_dong=values["fees_dong"] or 0,
            **{name: values[name] for name in FACTS},
        )

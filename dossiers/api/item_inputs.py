"""What programs send about items and incidents."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from dossiers import entry_rules
from dossiers.actions.correcting_items import ITEM_FACTS
from dossiers.actions.resolving import FOLLOWED, holders
from dossiers.api.inputs import ItemNumberField, NoteInput, VerbInput, text
from dossiers.incident_rules import REISSUE_STEPS, REISSUED_AFTER
from dossiers.models import Incident, PostalItem
from dossiers.postal_statuses import NEWS, ItemStatus, Party, Reason
from postal_tthc.rest.fields import (
    DayField,
    Strict,
    TidyCharField,
    TidyModelSerializer,
)

Kind, Outcome = Incident.Kind, Incident.Outcome
POSITIONS = {"min_value": 1, "max_value": 10_000}


class PlaceInput(NoteInput):
    """Something that happened somewhere."""

    place = text(200)


class NewsInput(PlaceInput):
    """Where the post says it is."""

    status = serializers.ChoiceField(choices=[(x.value, x.label) for x in NEWS])

    def told(self) -> dict[str, Any]:
        """The status as the verb knows it."""
        given = super().told()
        return given | {"status": ItemStatus(given["status"])}


class AttemptInput(PlaceInput):
    """Why it was not delivered."""

    reason = serializers.ChoiceField(choices=Reason.choices)

    def told(self) -> dict[str, Any]:
        """The reason as the verb knows it."""
        given = super().told()
        return given | {"reason": Reason(given["reason"])}


class DeliveredInput(NoteInput):
    """Who signed: the recipient, or who was authorised in writing."""

    to = TidyCharField(max_length=200)


class CameBackInput(NoteInput):
    """It is at the desk again; the seal as it was read before opening."""

    opened_seal_number = text(40)


class NothingInput(VerbInput):
    """Nothing is sent."""


class FactsInput(Strict, TidyModelSerializer):
    """What stands on the envelope; what is left out stays."""

    number = ItemNumberField(max_length=30, required=False)
    accept_doubts = serializers.BooleanField(default=False)

    class Meta:
        model = PostalItem
        fields = (*ITEM_FACTS, "accept_doubts")

    def doubts(self) -> Iterable[entry_rules.Finding]:
        """About a number that is changed."""
        number = self.validated_data.get("number", self.instance.number)
        if number != self.instance.number:
            yield from entry_rules.doubt_item_number(number)

    check_doubts = VerbInput.check_doubts


class IncidentInput(VerbInput):
    """What went wrong: with papers of a dossier, or with a whole item."""

    kind = serializers.ChoiceField(
        choices=[(x, x.label) for x in Kind if x != "silence"]
    )
    dossier = text(60, help_text="Reference of the dossier, if it is about papers.")
    item = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    papers = serializers.ListField(
        child=serializers.IntegerField(**POSITIONS), default=list, max_length=50
    )
    found_out_on = DayField()
    description = TidyCharField(max_length=2000)
    liable = serializers.ChoiceField(choices=Party.choices, default=Party.UNKNOWN)
    accept_doubts = serializers.BooleanField(default=False)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """It is about something that the asker sees, and that has such papers."""
        if not values["dossier"] and values["item"] is None:
            raise serializers.ValidationError(
                {"dossier": _("Say which papers or which item it is about.")}
            )
        if not values["dossier"]:
            if values["papers"]:
                no = _("Papers are named with their dossier.")
                raise serializers.ValidationError({"papers": no})
            if values["kind"] == Kind.COUNT:
                no = _("Papers are counted for a dossier: name it.")
                raise serializers.ValidationError({"kind": no})
        return values


class FollowUpInput(Strict, TidyModelSerializer):
    """Who answers for it, complaint and answer, what is owed and paid."""

    reissue_done = serializers.ListField(
        child=serializers.ChoiceField(choices=list(REISSUE_STEPS.items())),
        required=False,
        max_length=20,
    )

    class Meta:
        model = Incident
        fields = FOLLOWED

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """A complaint goes to the post about an item; a paper is issued anew."""
        incident: Incident = self.instance
        if incident.item_id is None:
            for name in ("complained_on", "answered_on", "answer"):
                if values.get(name):
                    no = _("It is not about an item: nothing is complained of.")
                    raise serializers.ValidationError({name: no})
        if values.get("reissue_done") and incident.kind not in REISSUED_AFTER:
            no = _("After such an incident nothing is issued anew.")
            raise serializers.ValidationError({"reissue_done": no})
        return values


class ResolveInput(VerbInput):
    """How it ended. ``holder`` is the symbol of who holds now what was found."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    resolution = TidyCharField(max_length=2000)
    papers = serializers.ListField(
        child=serializers.IntegerField(**POSITIONS),
        default=None,
        allow_null=True,
        max_length=50,
        help_text="Positions of those that were found; null for all that were lost.",
    )
    holder = text(20)

    def validate_holder(self, symbol: str) -> Any:
        """One of those who may hold it."""
        may = {x.symbol: x for x in holders(self.context["incident"]) if x}
        if symbol and symbol not in may:
            raise serializers.ValidationError(
                _("Write one of these: %(symbols)s.")
                % {"symbols": ", ".join(sorted(may))}
            )
        return may.get(symbol)

    def told(self) -> dict[str, Any]:
        """The outcome as the verb knows it."""
        given = super().told()
        return given | {"outcome": Outcome(given["outcome"])}

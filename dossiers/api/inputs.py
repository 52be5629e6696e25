"""What programs send with the verbs of a dossier: the same facts as on its pages."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from dossiers import entry_rules
from dossiers.item_numbers import tidy as tidy_number
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.models.postal_item import MOST_DONG
from dossiers.postal_statuses import Payer, Service
from postal_tthc.rest.fields import DayField, MomentField, Strict, TidyCharField
from postal_tthc.rest.problems import Doubtful
from procedures.models import Leg, RequiredPaper, TransitNorm

MOST_PAPERS = 50


class PaperInput(Strict, serializers.Serializer):
    """A paper that is handed in or asked for."""

    name = TidyCharField(max_length=300)
    form = serializers.ChoiceField(
        choices=RequiredPaper.Form.choices, default=RequiredPaper.Form.ORIGINAL
    )
    quantity = serializers.IntegerField(min_value=1, max_value=999, default=1)


class SheetsInput(PaperInput):
    """A paper that is handed in, with its sheets."""

    sheets = serializers.IntegerField(
        min_value=1, max_value=9999, default=None, allow_null=True
    )


class ItemNumberField(TidyCharField):
    """The number on an envelope, in capitals and without spaces."""

    def to_internal_value(self, data: Any) -> str:
        """Tidy first: capitals can be longer. A NUL is left, to be refused."""
        number = super().to_internal_value(data)
        number = number if "\x00" in number else tidy_number(number)
        if not number and not self.allow_blank:
            self.fail("blank")
        return number


class VerbInput(Strict, serializers.Serializer):
    """What a verb is told. ``context["dossier"]`` is the dossier as it stands."""

    def told(self) -> dict[str, Any]:
        """The verb's own keywords, beside who."""
        return dict(self.validated_data)

    def doubts(self) -> Iterable[entry_rules.Finding]:
        """What looks wrong but may be right."""
        return ()

    def check_doubts(self) -> None:
        """Raises ``Doubtful`` unless the doubts were accepted."""
        found: dict[str, list[str]] = {}
        for field, sentence in self.doubts():
            found.setdefault(field, []).append(sentence)
        if found and not self.validated_data.get("accept_doubts"):
            raise Doubtful(found)


def text(length: int = 500, **how: Any) -> TidyCharField:
    """A text that may be left out."""
    return TidyCharField(
        max_length=length, **({"default": "", "allow_blank": True} | how)
    )


class StepInput(VerbInput):
    """A step, and when it was made; now unless told otherwise."""

    at = MomentField(required=False)

    def told(self) -> dict[str, Any]:
        """The moment is always told."""
        return {"at": timezone.now(), **self.validated_data}


class NoteInput(StepInput):
    """A step about which something may be said."""

    note = text()


class ReasonInput(StepInput):
    """A step that is not made without a reason."""

    reason = TidyCharField(max_length=500)


class EndInput(ReasonInput):
    """An end without a result: do the papers go home at once?"""

    gives_back = serializers.BooleanField(default=True)


class NoticeInput(EndInput):
    """An early end that is told to the applicant in writing."""

    legal_basis = text(300)
    number = text(60)


class SupplementRequestInput(ReasonInput):
    """What is missing, once and completely."""

    papers = PaperInput(many=True, default=list, max_length=MOST_PAPERS)
    answer_by = DayField(default=None, allow_null=True)
    legal_basis = text(300)
    number = text(60)

    def told(self) -> dict[str, Any]:
        """The papers as plain lines."""
        given = super().told()
        return given | {"papers": [dict(x) for x in given["papers"]]}


class PapersTakenInput(StepInput):
    """Papers come to the desk with the step."""

    papers = SheetsInput(many=True, default=list, max_length=MOST_PAPERS)

    def told(self) -> dict[str, Any]:
        """The unsaved papers."""
        given = super().told()
        return given | {"papers": [Paper(**x) for x in given["papers"]]}


class SupplementInput(PapersTakenInput):
    """The supplement, line by line."""

    note = text()


class ReappointInput(ReasonInput):
    """An apology, and a new date."""

    new_date = DayField()
    number = text(60)


class KeepsPapersInput(StepInput):
    """The papers leave with the result, but those that the law keeps."""

    kept = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10_000),
        default=list,
        max_length=MOST_PAPERS,
        help_text="Positions of the papers that the law keeps here.",
    )

    def validate_kept(self, kept: list[int]) -> list[int]:
        """Papers that are still with us."""
        dossier: Dossier = self.context["dossier"]
        ours = set(dossier.papers.filter(outcome="").values_list("position", flat=True))
        if not set(kept) <= ours:
            raise serializers.ValidationError(_("There is no such paper here."))
        return kept


def dong(**how: Any) -> serializers.IntegerField:
    """A sum of money in đồng."""
    return serializers.IntegerField(min_value=0, max_value=MOST_DONG, **how)


class HandToPostInput(KeepsPapersInput):
    """The result goes out by post, in an envelope."""

    item_number = ItemNumberField(max_length=30)
    service = serializers.ChoiceField(
        choices=Service.choices, default=Service.DOSSIER_POST
    )
    route = serializers.ChoiceField(
        choices=TransitNorm.Route.choices, default=TransitNorm.Route.WITHIN_PROVINCE
    )
    postage_dong = dong(default=None, allow_null=True)
    payer = serializers.ChoiceField(choices=Payer.choices, default=Payer.APPLICANT)
    collect_dong = dong(default=0)
    recovers = text(300)
    seal_number = text(40)
    accept_doubts = serializers.BooleanField(default=False)

    def doubts(self) -> Iterable[entry_rules.Finding]:
        """About the number on the envelope."""
        return entry_rules.doubt_item_number(
            self.validated_data["item_number"],
            leg=Leg.RETURN,
            desk_id=self.context["dossier"].desk_id,
        )

    def told(self) -> dict[str, Any]:
        """The unsaved envelope beside the step."""
        given = super().told()
        item = PostalItem(number=given["item_number"], leg=Leg.RETURN)
        for name in ENVELOPE:
            setattr(item, name, given[name])
        return {"at": given["at"], "kept": given["kept"], "item": item}


ENVELOPE = (
    "service",
    "route",
    "postage_dong",
    "payer",
    "collect_dong",
    "recovers",
    "seal_number",
)


class TakeBackInput(VerbInput):
    """The last step was a mistake."""

    reason = TidyCharField(max_length=500)

"""What programs send to receive, announce or correct a dossier."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from dossiers import entry_rules
from dossiers.actions.correcting import CORRECTABLE
from dossiers.actions.receiving import desk_of
from dossiers.api.inputs import (
    MOST_PAPERS,
    ItemNumberField,
    SheetsInput,
    VerbInput,
    dong,
    text,
)
from dossiers.book_pages import LINES
from dossiers.forms.entry import page_of_desk
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import Payer, Service
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Invalid
from postal_tthc.lib.vietnamese import write_date
from postal_tthc.rest.fields import (
    MomentField,
    Strict,
    TidyCharField,
    TidyModelSerializer,
)
from procedures.models import Leg, Procedure, TransitNorm

# What rules call a field, and what it is called here.
FIELDS = {"received_on": "received_at", "procedure_code": "procedure"}

ACCEPTED = "What looks wrong was compared, and is right."
WAY_OUT = frozenset(x for x in CORRECTABLE if x.startswith(("return_", "why_")))


def settle(values: dict[str, Any], return_channel: str) -> None:
    """Only a result by post has an address, and only another one a reason."""
    if return_channel == ReturnChannel.PUBLIC_POST:
        values["why_not_post"] = ""
    else:
        values.update(return_name="", return_phone="", return_address="")


class CorrectionInput(Strict, TidyModelSerializer):
    """People, addresses and the way the result goes out; what is left out stays."""

    accept_doubts = serializers.BooleanField(default=False, help_text=ACCEPTED)

    class Meta:
        model = Dossier
        fields = (*CORRECTABLE, "accept_doubts")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """The rules judge the dossier as it would then be."""
        now = self.instance
        if values.keys() & WAY_OUT:
            settle(values, values.get("return_channel", now.return_channel))
        self.mended = Dossier.objects.get(pk=now.pk)
        for name in values.keys() & set(CORRECTABLE):
            setattr(self.mended, name, values[name])
        refuse(entry_rules.correction_faults(self.mended))
        return values

    def doubts(self) -> Iterable[entry_rules.Finding]:
        """Those that the change brings; what stood there before is not asked again."""
        before = set(entry_rules.find_doubts(self.instance))
        found = entry_rules.find_doubts(self.mended)
        return [doubt for doubt in found if doubt not in before]

    check_doubts = VerbInput.check_doubts


class EntryInput(VerbInput, TidyModelSerializer):
    """A dossier as it is handed in. Without ``received_at`` it is now."""

    procedure = TidyCharField(
        max_length=60,
        help_text="The code; where several agencies have it, the symbol of one behind "
        "it: «1.001445 SNV».",
    )
    received_at = MomentField(required=False)
    papers = SheetsInput(many=True, default=list, max_length=MOST_PAPERS)
    item_number = ItemNumberField(
        max_length=30,
        default="",
        allow_blank=True,
        help_text="The envelope it came in; only by public post.",
    )
    book_line = text(
        30,
        help_text="The line of the power-cut book it was written on: "
        "«SNV-MC-20261123-03/07».",
    )
    accept_doubts = serializers.BooleanField(default=False, help_text=ACCEPTED)

    class Meta:
        model = Dossier
        fields = (
            "procedure",
            "received_at",
            "papers",
            "item_number",
            "book_line",
            "accept_doubts",
            "sets",
            "intake_channel",
            *CORRECTABLE,
        )

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Make the unsaved dossier, and ask the rules about it."""
        office: Organisation = self.context["request"].user.organisation
        at = values.get("received_at") or timezone.now()
        values["received_at"] = at
        procedure = Procedure.objects.of(office.scope).typed(
            values["procedure"], timezone.localdate(at)
        )
        if procedure is None:
            no = _("No procedure has the code «%(code)s». Check it in the catalogue.")
            raise serializers.ValidationError(
                {"procedure": no % {"code": values["procedure"]}}
            )
        channel = values.get("intake_channel", IntakeChannel.COUNTER)
        if channel != IntakeChannel.PUBLIC_POST:
            values["item_number"] = ""
        settle(values, values.get("return_channel", ReturnChannel.COUNTER))
        facts = ("sets", "intake_channel", *CORRECTABLE)
        draft = Dossier(
            procedure=procedure,
            received_at=at,
            **{name: values[name] for name in facts if name in values},
        )
        draft.desk = self.desk_for(procedure, office)
        draft.book_line = book_line(values, office)
        refuse(entry_rules.find_faults(draft, now=timezone.now()))
        self.draft = draft
        return values

    def desk_for(self, procedure: Procedure, office: Organisation) -> Organisation:
        """Where it is handed in: here; what the post announces, at the desk."""
        is_postal = office.kind == Organisation.Kind.POST_OFFICE
        return desk_of(procedure.agency) if is_postal else office

    def doubts(self) -> Iterable[entry_rules.Finding]:
        """About numbers."""
        return entry_rules.find_doubts(
            self.draft, item_number=self.validated_data["item_number"]
        )

    def envelope(self) -> PostalItem | None:
        """The unsaved envelope it came in."""
        number = self.validated_data["item_number"]
        return PostalItem(number=number, leg=Leg.INTAKE) if number else None

    def handed_in(self) -> list[Paper]:
        """The unsaved papers."""
        return [Paper(**x) for x in self.validated_data["papers"]]


class ExpectedInput(EntryInput):
    """A dossier on its way: announced by public post, or registered otherwise."""

    service = serializers.ChoiceField(
        choices=Service.choices, default=Service.DOSSIER_POST
    )
    route = serializers.ChoiceField(
        choices=TransitNorm.Route.choices, default=TransitNorm.Route.WITHIN_PROVINCE
    )
    postage_dong = dong(default=None, allow_null=True)
    payer = serializers.ChoiceField(choices=Payer.choices, default=Payer.APPLICANT)
    collect_dong = dong(default=0)
    seal_number = text(40)
    # Lines of the book are of dossiers that were handed in.
    book_line = None

    class Meta(EntryInput.Meta):
        fields = (
            *(x for x in EntryInput.Meta.fields if x != "book_line"),
            "service",
            "route",
            "postage_dong",
            "payer",
            "collect_dong",
            "seal_number",
        )

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """An envelope has one sum of fees, told when it is first announced."""
        values = super().validate(values)
        known = PostalItem.objects.filter(
            number=values["item_number"], leg=Leg.INTAKE, dossiers__isnull=False
        )
        if values["collect_dong"] and known.exists():
            no = _(
                "The fees in this envelope were written with its first dossier. "
                "Leave this empty; the desk counts them at the handover."
            )
            raise serializers.ValidationError({"collect_dong": no})
        return values

    def envelope(self) -> PostalItem | None:
        """The envelope, with what stands on the posting slip."""
        item = super().envelope()
        if item is not None:
            for name in self.Meta.fields[-6:]:
                setattr(item, name, self.validated_data[name])
        return item


def book_line(values: dict[str, Any], desk: Organisation) -> str:
    """The line of the power-cut book, if it is one of this desk and of its day.

    Raises ``ValidationError``; whether the line is free is for the verb to say.
    """
    told = values.pop("book_line", "")
    if not told:
        return ""
    number = told.partition("/")[2]
    try:
        page = page_of_desk(told, desk)
    except Invalid as error:
        raise serializers.ValidationError({"book_line": str(error)}) from error
    if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= LINES):
        no = _("Which line of page %(page)s is it? Write 1 to %(most)d.")
        raise serializers.ValidationError(
            {"book_line": no % {"page": page, "most": LINES}}
        )
    if timezone.localdate(values["received_at"]) < page.day:
        no = _("The page was printed on %(day)s: nothing was written before.")
        raise serializers.ValidationError(
            {"received_at": no % {"day": write_date(page.day)}}
        )
    return page.line(int(number))


def refuse(faults: Iterable[entry_rules.Finding]) -> None:
    """Every fault at its field."""
    found: dict[str, list[str]] = {}
    for field, sentence in faults:
        found.setdefault(FIELDS.get(field, field), []).append(sentence)
    if found:
        raise serializers.ValidationError(found)

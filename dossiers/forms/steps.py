"""The steps of a dossier: a day, a reason, an envelope."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.scanning import asked_for
from dossiers.forms.asking import AsksOnce
from dossiers.forms.fields import ItemNumberField, TidyForm, date_input
from dossiers.forms.papers import papers_for
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import Payer, Service
from postal_tthc.lib.vietnamese import tidy
from procedures.models import Leg, RequiredPaper, TransitNorm

MOST_PAPERS_ASKED = 30


class StepForm(AsksOnce, TidyForm, forms.Form):
    """When a step was made: today unless said otherwise."""

    on = forms.DateField(label=_("Day"), widget=date_input())

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.dossier = dossier

    def clean_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future."))
        return day

    def moment(self) -> datetime:
        """The day, at the present hour."""
        now = timezone.localtime()
        day = self.cleaned_data["on"]
        if day == now.date():
            return now
        return timezone.make_aware(datetime.combine(day, now.time()))

    def values(self) -> dict[str, Any]:
        """What the verb is told beside who and when."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("on", "accepted_doubts")
        }


class NoteForm(StepForm):
    """A step about which something may be said."""

    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ReasonForm(StepForm):
    """A step that is not made without a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class TakeBackForm(ReasonForm):
    """The last step was a mistake. ``seen`` is the log entry that was the last."""

    on = None
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EndForm(ReasonForm):
    """The dossier ends without a result; its papers go home now or later."""

    gives_back = forms.BooleanField(
        label=_("The papers are given back to the applicant now"),
        help_text=_("Otherwise they wait at the desk, and the dossier stays open."),
        required=False,
        initial=True,
    )


class NoticeForm(EndForm):
    """An early end that is told to the applicant in writing."""

    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, required=False
    )
    number = forms.CharField(
        label=_("Number and symbol of the notice"),
        help_text=_("As the clerical office gives it; empty leaves a blank to fill."),
        max_length=60,
        required=False,
    )


FORMS_OF_PAPER = {
    "chính": RequiredPaper.Form.ORIGINAL,
    "gốc": RequiredPaper.Form.ORIGINAL,
    "chứng thực": RequiredPaper.Form.CERTIFIED_COPY,
    "sao": RequiredPaper.Form.COPY,
    "photo": RequiredPaper.Form.COPY,
}
# How a form of paper is written in front of its name.
WORDS_OF_FORM = {
    RequiredPaper.Form.ORIGINAL: "chính",
    RequiredPaper.Form.CERTIFIED_COPY: "chứng thực",
    RequiredPaper.Form.COPY: "sao",
}


class PaperLinesField(forms.CharField):
    """Papers, one a line: read as dicts of name, form and quantity."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "help_text": _(
                    "Begin a line with «chính», «chứng thực» or «sao» for the form of "
                    "the paper; without it an original is meant."
                ),
                "widget": forms.Textarea(attrs={"rows": 4}),
                "max_length": 6000,
                "required": False,
                **kwargs,
            }
        )

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """One paper a line, its form read from its first word."""
        lines = [x for x in map(tidy, super().clean(value).splitlines()) if x]
        if len(lines) > MOST_PAPERS_ASKED:
            raise forms.ValidationError(
                _("At most %(n)d papers can be written at once.")
                % {"n": MOST_PAPERS_ASKED}
            )
        return [_paper(line) for line in lines]


def _line(paper: dict[str, Any]) -> str:
    word = WORDS_OF_FORM[RequiredPaper.Form(paper["form"])]
    return "\n".join([f"{word} {paper['name']}"] * paper.get("quantity", 1))


def _paper(line: str) -> dict[str, Any]:
    for word, form in FORMS_OF_PAPER.items():
        if line.lower().startswith((f"{word} ", f"{word}:")):
            name = line[len(word) :].lstrip(": ")
            return {"name": name[:300], "form": str(form), "quantity": 1}
    return {"name": line[:300], "form": str(RequiredPaper.Form.ORIGINAL), "quantity": 1}


class SupplementRequestForm(ReasonForm):
    """What is missing, once and completely."""

    papers = PaperLinesField(label=_("Papers asked for, one a line"))
    answer_by = forms.DateField(
        label=_("Answer asked by"), widget=date_input(), required=False
    )
    legal_basis = forms.CharField(
        label=_("Special law that allows a later or second request"),
        max_length=300,
        required=False,
    )
    number = NoticeForm.base_fields["number"]


class PapersTakenForm(StepForm):
    """Papers come to the desk with the step."""

    papers = PaperLinesField(label=_("Papers handed in, one a line"))

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "papers": "\n".join(map(_line, self.offered(dossier))),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, dossier=dossier, **kwargs)

    def offered(self, dossier: Dossier) -> list[dict[str, Any]]:
        """What the procedure asks for: those not handed in are taken out."""
        return papers_for(dossier.procedure)

    def values(self) -> dict[str, Any]:
        """The unsaved lines of papers, and what else the verb is told."""
        told = super().values()
        return told | {"papers": [Paper(**paper) for paper in told["papers"]]}


class SupplementForm(PapersTakenForm, NoteForm):
    """The supplement, line by line, as it was asked for."""

    def offered(self, dossier: Dossier) -> list[dict[str, Any]]:
        """What the applicant was asked for."""
        return asked_for(dossier)


class ReappointForm(ReasonForm):
    """An apology, and a new date."""

    new_date = forms.DateField(label=_("New date"), widget=date_input())
    number = NoticeForm.base_fields["number"]


class KeepsPapersForm(StepForm):
    """The result leaves, and the papers with it, but those the law keeps."""

    kept = forms.TypedMultipleChoiceField(
        label=_("Papers that the law keeps here"),
        help_text=_("All the others go back to the applicant with the result."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [
            (paper.position, f"{paper.name} ({paper.get_form_display()})")
            for paper in self.dossier.papers.filter(outcome="")
        ]


class EnvelopeForm(StepForm):
    """The envelope that goes out."""

    item_number = ItemNumberField(label=_("Item number"), max_length=30)
    accepted_doubts = forms.CharField(required=False, widget=forms.HiddenInput)
    postage_dong = forms.IntegerField(
        label=_("Postage (đồng)"), min_value=0, max_value=100_000_000, required=False
    )
    payer = forms.ChoiceField(
        label=_("Who pays the postage"),
        choices=Payer,
        initial=Payer.APPLICANT,
        required=False,
    )
    service = forms.ChoiceField(
        label=_("Service"),
        choices=Service,
        initial=Service.DOSSIER_POST,
        required=False,
    )
    route = forms.ChoiceField(
        label=_("Route"),
        choices=TransitNorm.Route,
        initial=TransitNorm.Route.WITHIN_PROVINCE,
        help_text=_("It sets the day by which the item should arrive (J+n)."),
        required=False,
    )
    collect_dong = forms.IntegerField(
        label=_("To collect from the recipient (đồng)"),
        min_value=0,
        max_value=100_000_000,
        required=False,
    )
    recovers = forms.CharField(
        label=_("Papers to recover from the recipient"), max_length=300, required=False
    )
    seal_number = forms.CharField(label=_("Seal number"), max_length=40, required=False)

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """About the number on the envelope."""
        return entry_rules.doubt_item_number(
            self.cleaned_data.get("item_number", ""),
            leg=Leg.RETURN,
            desk_id=self.dossier.desk_id,
        )

    def values(self) -> dict[str, Any]:
        """The unsaved envelope, and what else the verb is told."""
        told = super().values()
        values = {
            name: told.pop(name) for name in EnvelopeForm.base_fields if name in told
        }
        item = PostalItem(
            number=values["item_number"],
            leg=Leg.RETURN,
            postage_dong=values["postage_dong"],
            collect_dong=values["collect_dong"] or 0,
            recovers=values["recovers"],
            seal_number=values["seal_number"],
        )
        for name in ("payer", "service", "route"):
            if values[name]:
                setattr(item, name, values[name])
        return told | {"item": item}


class HandToPostForm(EnvelopeForm, KeepsPapersForm):
    """The result goes out by post, and the papers with it."""

    field_order = ("on", "item_number", "postage_dong", "payer", "kept")

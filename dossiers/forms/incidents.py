"""What a person types about an incident: the report, the follow-up, its end."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.resolving import FOLLOWED, holders
from dossiers.forms.asking import AsksOnce
from dossiers.forms.fields import TidyForm, date_input
from dossiers.incident_rules import OUTCOMES, REISSUE_STEPS, REISSUED_AFTER, floor_of
from dossiers.models import Dossier, Incident, Paper, PostalItem
from dossiers.postal_statuses import Party

Kind, Outcome = Incident.Kind, Incident.Outcome
# Silence has its own way in: it is derived, and a case is opened about it.
OF_A_DOSSIER = (Kind.LOST, Kind.DAMAGED, Kind.COUNT, Kind.SEAL)
OF_AN_ITEM = (Kind.LOST, Kind.DAMAGED, Kind.SEAL)


class ReportForm(AsksOnce, TidyForm, forms.Form):
    """What went wrong, with which papers, and since when it is known."""

    kind = forms.ChoiceField(label=_("What went wrong"), widget=forms.RadioSelect)
    papers = forms.TypedMultipleChoiceField(
        label=_("Papers"),
        help_text=_("Those that are lost are held by nobody until they are found."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    item = forms.TypedChoiceField(
        label=_("In which postal item"), coerce=int, empty_value=None, required=False
    )
    found_out_on = forms.DateField(label=_("Found out on"), widget=date_input())
    description = forms.CharField(
        label=_("How it was found out, in words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    liable = forms.ChoiceField(
        label=_("Who answers for it"), choices=Party, initial=Party.UNKNOWN
    )
    accepted_doubts = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        dossier: Dossier | None = None,
        item: PostalItem | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"found_out_on": timezone.localdate(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.dossier, self.envelope = dossier, item
        kinds = OF_A_DOSSIER if dossier else OF_AN_ITEM
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if dossier is None:
            del self.fields["papers"], self.fields["item"]
            return
        papers = dossier.papers.filter(outcome="").select_related("held_by")
        self.fields["papers"].choices = [
            (x.position, f"{x.name} ({x.get_form_display()}, {x.held_by})")
            for x in papers
        ]
        self.fields["item"].choices = [
            ("", "–"),
            *((x.pk, f"{x.number}") for x in dossier.postal_items.all()),
        ]

    def clean_found_out_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["found_out_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future."))
        return day

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """A loss without a paper may be of the result, or a tick forgotten."""
        asked = self.fields["papers"].choices if self.dossier else ()
        is_lost = self.cleaned_data["kind"] == Kind.LOST
        if is_lost and asked and not self.cleaned_data["papers"]:
            yield (
                "papers",
                _now("No paper is ticked: is it the result itself that was lost?"),
            )

    def values(self) -> dict[str, Any]:
        """What the verb is told beside who and when."""
        told = self.cleaned_data
        values = {name: told[name] for name in ("found_out_on", "description")}
        values |= {"kind": Kind(told["kind"]), "liable": Party(told["liable"])}
        if self.dossier is None:
            return values | {"item": self.envelope}
        items = self.dossier.postal_items.filter(pk=told["item"])
        return values | {
            "dossier": self.dossier,
            "item": items.first() if told["item"] else None,
            "papers": told["papers"],
        }


class FollowUpForm(TidyForm, forms.ModelForm):
    """Who answers for it, complaint and answer, what is owed and was paid."""

    reissue_done = forms.MultipleChoiceField(
        label=_("A new paper"),
        choices=list(REISSUE_STEPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Incident
        fields = FOLLOWED
        widgets = {
            "complained_on": date_input(),
            "answered_on": date_input(),
            "compensation_paid_on": date_input(),
            "answer": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        incident = self.instance
        if incident.kind not in REISSUED_AFTER:
            del self.fields["reissue_done"]
        if incident.item is None:
            for name in ("complained_on", "answered_on", "answer"):
                del self.fields[name]
        floor = floor_of(incident.kind, incident.liable)
        if floor and incident.item and incident.compensation_due_dong is None:
            self.initial["compensation_due_dong"] = floor.dong(
                incident.item.postage_dong
            )

    def values(self) -> dict[str, Any]:
        """What the verb is told."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def validate_constraints(self) -> None:
        """Left to the verb, which says it in words."""


class ResolveForm(TidyForm, forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    papers = forms.TypedMultipleChoiceField(
        label=_("Papers that were found"),
        help_text=_("While others are still lost, the incident stays open."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    holder = forms.TypedChoiceField(
        label=_("Who holds now what was found"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    resolution = forms.CharField(
        label=_("In words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident = incident
        ends = OUTCOMES[incident.kind] if incident.is_open else (Outcome.FOUND,)
        self.fields["outcome"].choices = [(x, Outcome(x).label) for x in ends]
        lost = incident.papers.filter(outcome=Paper.Outcome.LOST)
        self.holders = {x.pk: x for x in holders(incident)}
        self.fields["papers"].choices = [(x.position, x.name) for x in lost]
        self.fields["papers"].initial = [x.position for x in lost]
        self.fields["holder"].choices = [
            (pk, str(holder)) for pk, holder in self.holders.items()
        ]
        if incident.dossier_id is None or not lost:
            del self.fields["papers"]
        if incident.kind != Kind.LOST:
            del self.fields["holder"]

    def values(self) -> dict[str, Any]:
        """What the verb is told beside who and when."""
        told = self.cleaned_data
        return {
            "outcome": Outcome(told["outcome"]),
            "resolution": told["resolution"],
            "papers": told.get("papers"),
            "holder": self.holders.get(told.get("holder")),
        }

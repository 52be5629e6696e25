"""What is typed into the outreach ledger."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postal_tthc.lib.vietnamese import tidy
from procedures.models import Decision
from reports.actions.outreach import WRITTEN
from reports.figures import OutreachLine
from reports.models import OutreachEvent
from reports.narrative import opening


class OutreachForm(forms.ModelForm):
    """One line of the ledger."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = OutreachEvent
        fields = WRITTEN
        widgets = {
            "held_on": forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
            "title": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = Decision.objects.order_by("-issued_on")
        self.fields["document"].label_from_instance = _as_listed
        if not self.instance.pk:
            self.initial.setdefault("held_on", timezone.localdate())

    def clean_title(self) -> str:
        """One line: it becomes a line of the report."""
        return tidy(self.cleaned_data["title"])

    def sentence(self) -> str:
        """The line as the report will say it; empty while something is missing."""
        if not self.is_bound:
            return sentence(self.instance) if self.instance.pk else ""
        values = getattr(self, "cleaned_data", {})
        if not values.get("title") or not values.get("held_on"):
            return ""
        said = {name: values.get(name) for name in WRITTEN}
        return sentence(OutreachEvent(**said))


class VoidForm(forms.Form):
    """Why a line is void."""

    reason = forms.CharField(
        label=_("Why it is void"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def sentence(event: OutreachEvent) -> str:
    """The line as the report says it."""
    document = event.document
    line = OutreachLine(
        held_on=event.held_on,
        kind="",
        title=event.title,
        citation=document.short_citation if document else "",
        reached=event.reached,
    )
    return opening.event(line).lstrip("- ")


def _as_listed(decision: Decision) -> str:
    title = decision.title
    short = title if len(title) <= 70 else f"{title[:69]}…"
    return f"{decision.short_citation} ({decision.issued_on:%d/%m/%Y}): {short}"

"""Forms of reports: their facts, their words, their number."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.models import Decision
from reports.actions import Word
from reports.models import Report, ReportParagraph
from reports.narrative.sections import SECTIONS

NEW = 2  # empty paragraphs offered at the end of each section


class FactsForm(forms.ModelForm):
    """What a draft answers, rests on, to whom it goes and who signs it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields = (
            "kind",
            "abstract",
            "request_letter",
            "legal_bases",
            "sent_to",
            "recipients",
            "authority",
            "head_office",
            "signatory_office",
            "signatory_name",
        )
        widgets = {
            "abstract": forms.Textarea(attrs={"rows": 2}),
            "sent_to": forms.Textarea(attrs={"rows": 2}),
            "recipients": forms.Textarea(attrs={"rows": 4}),
            "legal_bases": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.revision
        letters = Decision.objects.filter(kind=Decision.Kind.LETTER)
        self.fields["request_letter"].queryset = letters
        bases = Decision.objects.order_by("issued_on")
        self.fields["legal_bases"].queryset = bases
        self.fields["request_letter"].label_from_instance = _cited
        self.fields["legal_bases"].label_from_instance = _cited
        if not letters.exists():
            self.fields["request_letter"].help_text = _(
                "Official letters are entered in the register of decisions, under "
                "Catalogue."
            )

    def facts(self) -> dict[str, Any]:
        """What the verb is told."""
        return {x: self.cleaned_data[x] for x in self.Meta.fields}


def _cited(decision: Decision) -> str:
    return decision.citation


class WordsForm(forms.Form):
    """All paragraphs at once: ``text-headline``, ``drop-3``, ``new-outreach-1``."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, paragraphs: Iterable[ReportParagraph], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paragraphs = list(paragraphs)
        for paragraph in self.paragraphs:
            self.fields[f"text-{paragraph.key}"] = _text(paragraph.text)
            self.fields[f"drop-{paragraph.key}"] = forms.BooleanField(
                label=_("Leave out"), required=False, initial=paragraph.is_dropped
            )
        for section in SECTIONS.values():
            for place in range(NEW):
                self.fields[f"new-{section.key}-{place}"] = _text("")

    def words(self) -> list[Word]:
        """The paragraphs as they were left, section by section."""
        values, words = self.cleaned_data, []
        for section in SECTIONS:
            words += [
                Word(
                    section,
                    values[f"text-{x.key}"],
                    x.key,
                    is_dropped=values[f"drop-{x.key}"],
                )
                for x in self.paragraphs
                if x.section == section
            ]
            words += [
                Word(section, values[f"new-{section}-{place}"]) for place in range(NEW)
            ]
        return words

    def sections(self) -> list[dict[str, Any]]:
        """What the page shows: each section with its fields."""
        return [
            {
                "section": section,
                "paragraphs": [
                    (x, self[f"text-{x.key}"], self[f"drop-{x.key}"])
                    for x in self.paragraphs
                    if x.section == section.key
                ],
                "new": [self[f"new-{section.key}-{place}"] for place in range(NEW)],
            }
            for section in SECTIONS.values()
            if section.key != "situation"
        ]


def _text(text: str) -> forms.CharField:
    rows = max(2, min(12, len(text) // 90 + text.count("\n") + 1))
    return forms.CharField(
        label=_("Paragraph"),
        required=False,
        initial=text,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows, "class": "words", "lang": "vi"}),
    )


class SendForm(forms.Form):
    """The number and the day that the clerical office gives."""

    number = forms.IntegerField(
        label=_("Number of the paper"), min_value=1, max_value=99_999, localize=False
    )
    dated_on = forms.DateField(
        label=_("Dated"),
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
        initial=timezone.localdate,
    )


class NoteForm(forms.Form):
    """Why a report is withdrawn or taken back."""

    note = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

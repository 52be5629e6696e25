"""Doubts are asked about once (docs/decisions/0004)."""

from collections.abc import Iterable

from django import forms

from dossiers import entry_rules


class AsksOnce(forms.BaseForm):
    """Asks once about what looks wrong; the same again means it is right."""

    doubts: list[entry_rules.Finding]

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """Pairs of field and sentence; asked only when there are no faults."""
        return ()

    def is_ready(self) -> bool:
        """Whether it can be saved: no faults, and no doubt not yet asked about."""
        self.doubts = []
        if not self.is_valid():
            return False
        doubts = list(self.find_doubts())
        asked = " ".join(sentence for _field, sentence in doubts)
        if asked and asked != self.cleaned_data.get("accepted_doubts"):
            self.doubts = doubts
            self.data = self.data.copy()
            self.data["accepted_doubts"] = asked
        return not self.doubts

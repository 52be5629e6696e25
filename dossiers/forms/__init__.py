"""What a person types about a dossier."""

from dossiers.forms.announcing import AnnounceForm
from dossiers.forms.entry import EntryForm
from dossiers.forms.papers import PapersFormSet, papers_for, papers_from
from dossiers.forms.people import CorrectionForm

__all__ = [
    "AnnounceForm",
    "CorrectionForm",
    "EntryForm",
    "PapersFormSet",
    "papers_for",
    "papers_from",
]

"""What a person types about a dossier."""

from dossiers.forms.entry import EntryForm
from dossiers.forms.papers import PapersFormSet, papers_for
from dossiers.forms.people import CorrectionForm
from dossiers.forms.steps import ReasonForm, ReturnForm, StepForm

__all__ = [
    "CorrectionForm",
    "EntryForm",
    "PapersFormSet",
    "ReasonForm",
    "ReturnForm",
    "StepForm",
    "papers_for",
]

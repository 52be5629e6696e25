"""The verbs of reports: lock, check, change, log."""

from reports.actions.correcting import correct
from reports.actions.drafting import Word, change, discard, rewrite, save_words, start
from reports.actions.signing import send, sign, submit, take_back, withdraw

__all__ = [
    "Word",
    "change",
    "correct",
    "discard",
    "rewrite",
    "save_words",
    "send",
    "sign",
    "start",
    "submit",
    "take_back",
    "withdraw",
]

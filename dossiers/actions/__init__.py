"""The verbs: one function, one transaction, one entry in the log."""

from dossiers.actions.correcting import correct
from dossiers.actions.moving import (
    mark_result_ready,
    refuse,
    return_result,
    start_processing,
    take_back,
    withdraw,
)
from dossiers.actions.receiving import receive

__all__ = [
    "correct",
    "mark_result_ready",
    "receive",
    "refuse",
    "return_result",
    "start_processing",
    "take_back",
    "withdraw",
]

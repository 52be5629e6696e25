"""Entries of the custody log spelled out by hand, letter for letter as sealed.

Making the JSON of a million entries takes minutes. These are the very letters that
``custody.seal`` takes its sum of; tests compare every one of them.
"""

from hashlib import sha256

NOTHING = "null"


def papers_text(count: int, holder: str | int | None) -> str:
    """Where the papers of a dossier are: all of them with one holder."""
    return ", ".join([f'"{n}": {holder}' for n in range(1, count + 1)])


def state_text(
    started: str,
    stopped: str,
    closed: str,
    reason: str,
    due: str,
    finished: str,
    papers: str,
    returned: str,
    status: str,
) -> str:
    """A state as the database keeps it. Days come quoted, or as ``null``."""
    return (
        f'{{"clock_started_on": {started}, "clock_stopped_on": {stopped}, '
        f'"closed_on": {closed}, "closing_reason": "{reason}", "due_on": {due}, '
        f'"finished_on": {finished}, "papers": {{{papers}}}, "reappointed_to": null, '
        f'"returned_on": {returned}, "status": "{status}"}}'
    )


def seal_text(
    at: str,
    by: int,
    dossier: int,
    held_by: str | int,
    item: str | int,
    note: str,
    previous: str,
    sequence: int,
    state: str,
    status: str,
    step: str,
) -> str:
    """The seal of an entry; ``held_by`` and ``item`` are ``null`` for nobody."""
    content = (
        f'{{"at": "{at}", "by": {by}, "dossier": {dossier}, "handover": null, '
        f'"held_by": {held_by}, "item": {item}, "note": "{note}", '
        f'"previous_seal": "{previous}", "recorded_at": "{at}", '
        f'"sequence": {sequence}, "state": {state}, "status": "{status}", '
        f'"step": "{step}"}}'
    )
    return sha256(content.encode()).hexdigest()

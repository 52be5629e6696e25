"""What a dossier is called until it has a code: ``TB-17`` (thông báo, announced)."""

import re

PROVISIONAL = re.compile(r"TB-([0-9]{1,18})")


def provisional(pk: int) -> str:
    """The provisional number of a dossier."""
    return f"TB-{pk}"


def provisional_pk(reference: str) -> int | None:
    """The row that a provisional number means; None for anything else."""
    found = PROVISIONAL.fullmatch(reference.strip().upper())
    return int(found[1]) if found else None

"""A signed report as JSON and back, pure: what was frozen stays readable.

The content hash is SHA-256 over the canonical JSON (sorted keys, no spaces, UTF-8),
so that the same figures and words always give the same hash.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

from reports.adjustments import Adjustment
from reports.documents import DossierRow, YearlyReport
from reports.papers import Paper


@dataclass(frozen=True)
class Snapshot:
    """Everything a signed report says: its figures, its words, what it adjusts."""

    report: YearlyReport
    paper: Paper
    adjustments: tuple[Adjustment, ...] = ()


def _is_list_of_dossiers(asked: Any) -> bool:
    return bool(asked == Iterable[DossierRow])


CONVERTER = make_converter(forbid_extra_keys=True)
CONVERTER.register_unstructure_hook_func(
    _is_list_of_dossiers, lambda rows: [CONVERTER.unstructure(row) for row in rows]
)
CONVERTER.register_structure_hook_func(
    _is_list_of_dossiers,
    lambda rows, _type: CONVERTER.structure(rows, tuple[DossierRow, ...]),
)


def freeze(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as plain JSON values."""
    # Through JSON, so that what is hashed now is what the database gives back.
    plain: dict[str, Any] = json.loads(_canonical(CONVERTER.unstructure(snapshot)))
    return plain


def thaw(frozen: dict[str, Any]) -> Snapshot:
    """The snapshot that was frozen. Raises ``ValueError`` for another shape."""
    try:
        return CONVERTER.structure(frozen, Snapshot)
    except (BaseValidationError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a snapshot") from error


def fingerprint(frozen: dict[str, Any]) -> str:
    """The content hash, 64 hexadecimal digits."""
    return sha256(_canonical(frozen).encode()).hexdigest()


def _canonical(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

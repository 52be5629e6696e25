"""The text cut into pieces, so that a page can mark the passages of findings."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.claims.findings import Finding, Severity


@dataclass(frozen=True)
class Piece:
    """A piece of the text. ``number`` is the finding it belongs to, from 1, or 0.

    ``begins`` and ``ends`` are the numbers of findings that begin and end with it.
    """

    text: str
    number: int
    severity: Severity | None
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(text: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    """The whole tidied text in order; where findings overlap, the shorter wins."""
    spans = [
        (x.position, max(x.end, x.position + 1), i)
        for i, x in enumerate(findings, start=1)
    ]
    edges = {0, len(text)}
    for first, last, _ in spans:
        edges |= {min(first, len(text)), min(last, len(text))}
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        covering = [x for x in spans if x[0] <= start and end <= x[1]]
        number = min(covering, key=lambda x: x[1] - x[0])[2] if covering else 0
        yield Piece(
            text[start:end],
            number,
            findings[number - 1].severity if number else None,
            tuple(i for first, _, i in covering if first == start),
            tuple(i for _, last, i in covering if last == end),
        )

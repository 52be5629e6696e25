"""One door to all rules."""

from collections.abc import Iterable, Iterator

from reports.claims import (
    actors,
    citations,
    form,
    labels,
    listings,
    ours,
    percentages,
    ratios,
    slips,
    spans,
    sums,
    tables,
)
from reports.claims.findings import Context, Finding
from reports.claims.letter import Letter

NOTHING_KNOWN = Context()


def check(text: str, *, context: Context = NOTHING_KNOWN) -> list[Finding]:
    """All findings in the order of their places in ``tidy(text)``."""
    found = sorted(
        _all(Letter(text, context)), key=lambda x: (x.position, -x.end, x.kind)
    )
    return list(_once(found))


def named_periods(text: str) -> list[str]:
    """Words of the periods that figures of the text belong to, each once."""
    letter = Letter(text, NOTHING_KNOWN)
    labelled = labels.find_labelled(letter, ratios.find_ratios(letter))
    return list(dict.fromkeys(x.period.word for x in labelled if x.period.word))


def author(text: str) -> str:
    """Who reports, as the letter itself says; empty when it does not."""
    return Letter(text, NOTHING_KNOWN).own_name


def _all(letter: Letter) -> Iterator[Finding]:
    found = ratios.find_ratios(letter)
    labelled = labels.find_labelled(letter, found)
    cited = citations.find_citations(letter)
    yield from percentages.check(letter, found)
    yield from sums.check(letter)
    yield from listings.check(letter, found)
    yield from spans.check(letter, labelled, cited)
    yield from citations.check(letter, cited)
    yield from actors.check(letter)
    yield from form.check(letter)
    yield from slips.check(letter)
    yield from tables.check(letter, labelled)
    yield from ours.check(letter, found, labelled)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding of a kind at one place."""
    seen: set[tuple[str, int]] = set()
    for finding in findings:
        key = (finding.kind, finding.position)
        if key not in seen:
            seen.add(key)
            yield finding

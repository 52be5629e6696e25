"""Which period a figure belongs to: «năm 2019: 23/212 hồ sơ» belongs to 2019."""

import re
from dataclasses import dataclass

from reports.claims.letter import Letter
from reports.claims.phrases import Phrase, masked
from reports.claims.ratios import RatioClaim
from reports.claims.words import COUNT, UNIT, sentence_end

FIGURE = re.compile(rf"(?<![\w/])(?<!\d[.,])(?P<k>{COUNT})\s*(?P<unit>{UNIT})")
LABEL_TO_FIGURE = 90
COMPARED = re.compile(r"(?:so với|so cùng kỳ|cùng kỳ|của)\s*$")
IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True)
class Labelled:
    """A figure with its period. ``ratio`` is None for a mere count."""

    period: Phrase
    position: int
    end: int
    ratio: RatioClaim | None = None


def find_labelled(letter: Letter, ratios: list[RatioClaim]) -> list[Labelled]:
    """Every ratio or count of dossiers that stands right beside its period."""
    figures: list[tuple[int, int, RatioClaim | None]] = [
        (x.position, x.end, x) for x in ratios
    ]
    blank = masked(letter.plain)
    figures.extend(
        (match.start(), match.end(), None)
        for match in FIGURE.finditer(blank)
        if not any(x.position <= match.start() < x.end for x in ratios)
    )
    figures.sort(key=lambda x: x[:2])
    found = []
    for position, end, ratio in figures:
        period = _before(letter, position) or _after(letter, end)
        if period:
            found.append(Labelled(period, position, end, ratio))
    return found


def _before(letter: Letter, position: int) -> Phrase | None:
    """The period just before, with no other number and no new sentence between.

    Of «năm 2019 (từ 01/01/2019 đến 31/12/2019): 23» it is the days in brackets.
    """
    before = [x for x in letter.periods if x.end <= position]
    if not before:
        return None
    phrase = before[-1]
    gap = IN_BRACKETS.sub("", letter.plain[phrase.end : position])
    if COMPARED.search(letter.plain[max(0, phrase.position - 20) : phrase.position]):
        return None
    if len(gap) > LABEL_TO_FIGURE or re.search(r"[\d;]|\.\s|\n\s*\n", gap):
        return None
    return phrase


def _after(letter: Letter, end: int) -> Phrase | None:
    """«23/212 hồ sơ (năm 2019)»."""
    after = [x for x in letter.periods if x.position >= end]
    if not after:
        return None
    phrase = after[0]
    gap = letter.plain[end : phrase.position]
    if not re.fullmatch(rf"\s*(?:{UNIT})?\s*[(\[]?\s*(?:trong\s+|của\s+)?", gap):
        return None
    return phrase if phrase.end <= sentence_end(letter.plain, end) else None

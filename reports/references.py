"""References to figures in the words of a report, pure.

``{2019:by_post_ratio}`` stands for a value of a period, ``{whole:received}`` for one of
all periods together, ``{doc:12}`` for the citation of a document: in full where it
comes first, short after (NĐ 30/2020/NĐ-CP, Phụ lục I, II.6b). Nobody types a figure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

REFERENCE = re.compile(r"\{([0-9A-Za-z@.-]{1,40}):([0-9A-Za-z_.-]{1,80})\}")
BRACKETS = re.compile(r"\{[^{}]*\}?|\}")
DOCUMENT = "doc"


@dataclass(frozen=True)
class Value:
    """What a reference stands for: what a menu calls it, and what paper says."""

    label: str
    text: str


@dataclass(frozen=True)
class Citation:
    """A document: how it is cited the first time, and every later time."""

    full: str
    short: str


Values = Mapping[str, Mapping[str, Value]]


@dataclass
class Resolver:
    """Puts values in the place of references, paragraph after paragraph.

    It remembers which documents have been cited, so give it the paragraphs in the
    order in which they are read.
    """

    values: Values
    documents: Mapping[str, Citation] = field(default_factory=dict)
    _cited: set[str] = field(default_factory=set)

    def resolve(self, text: str) -> str:
        """The text as paper says it; an unknown reference stays as it is."""
        return REFERENCE.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        where, name = match.groups()
        if where == DOCUMENT:
            return self._cite(name) or match[0]
        value = self.values.get(where, {}).get(name)
        return match[0] if value is None else value.text

    def _cite(self, name: str) -> str:
        citation = self.documents.get(name)
        if citation is None:
            return ""
        is_first = name not in self._cited
        self._cited.add(name)
        return citation.full if is_first else citation.short

    def unknown(self, text: str) -> list[str]:
        """What stands in brackets and stands for nothing, as it is written."""
        return [found for found in BRACKETS.findall(text) if not self._knows(found)]

    def _knows(self, reference: str) -> bool:
        match = REFERENCE.fullmatch(reference)
        if match is None:
            return False
        where, name = match.groups()
        if where == DOCUMENT:
            return name in self.documents
        return name in self.values.get(where, {})


def has_references(text: str) -> bool:
    """Whether a text leans on any figure or document."""
    return REFERENCE.search(text) is not None


def ref(where: str, name: str) -> str:
    """The reference as it stands in a text."""
    return f"{{{where}:{name}}}"


def join(parts: Iterable[str], last: str = " và ") -> str:
    """``a, b và c``."""
    listed = [part for part in parts if part]
    return last.join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))

"""What the sentences of a report are written from, pure."""

from dataclasses import dataclass
from functools import cached_property

from reports.adjustments import Adjustment
from reports.documents import YearlyReport
from reports.figures import Figures, ProcedureLine
from reports.references import ref
from reports.vocabulary import WHOLE_WORD, by_code


@dataclass(frozen=True)
class Context:
    """The figures, the documents by their keys, and what came before.

    ``request`` is the key of the letter answered, empty without one; ``bases`` the
    keys of the legal bases in the order of their days.
    ``addressee`` is whom the report goes to.
    """

    report: YearlyReport
    organisation: str
    request: str = ""
    bases: tuple[str, ...] = ()
    addressee: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    replaces: str = ""

    @cached_property
    def whole(self) -> Figures | None:
        """All periods as one; None when they make no whole."""
        if len(self.report.periods) == 1:
            return self.report.periods[0]
        return self.report.whole

    @property
    def last(self) -> Figures:
        """The figures of the last period."""
        return self.report.periods[-1]

    @property
    def shown(self) -> Figures:
        """What sentences about everything speak of: the whole, or the last period."""
        return self.whole or self.last

    @property
    def word(self) -> str:
        """How references name ``shown``."""
        return WHOLE_WORD if self.whole else self.last.period.word

    def of(self, name: str, figures: Figures | None = None) -> str:
        """A reference to a value of ``shown``, or of a period's figures."""
        return ref(figures.period.word if figures else self.word, name)

    @property
    def used(self) -> list[ProcedureLine]:
        """Procedures with a dossier by post, the most used first."""
        return [x for x in by_code(self.shown) if x.counts.by_post]

    @property
    def unused(self) -> list[ProcedureLine]:
        """Procedures that may go by post and did not."""
        return [x for x in by_code(self.shown) if not x.counts.by_post]


@dataclass(frozen=True)
class Sentence:
    """A paragraph that was written by itself: its section, its origin, its text."""

    section: str
    origin: str
    text: str

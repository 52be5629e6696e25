"""The number doctor and linter of reports, pure.

``check`` reads a report and finds ratios with wrong percentages, sums and lists that
do not come out, periods that do not fit, double citations, another department's
name and what the form lacks. What is doubtful is left alone: a corrected report
yields nothing. The rules follow the audit of the report of September 2020.
"""

from reports.claims.checking import author, check, named_periods
from reports.claims.departments import is_same
from reports.claims.erratum import paragraph, sentence
from reports.claims.findings import Context, Finding, OwnFigures, Severity
from reports.claims.marking import Piece, pieces
from reports.claims.words import tidy

__all__ = [
    "Context",
    "Finding",
    "OwnFigures",
    "Piece",
    "Severity",
    "author",
    "check",
    "is_same",
    "named_periods",
    "paragraph",
    "pieces",
    "sentence",
    "tidy",
]

"""Matches a list of the post with what is here, by the verbs themselves.

Judging runs the real verbs and takes everything back; writing runs them once more
and keeps it. So what is shown is what would happen, with the sentence of the rule
that would refuse it, and no second set of rules can drift away from the first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers import entry_rules
from dossiers.gateway.taking import item_called
from dossiers.models import Dossier, PostalItem
from dossiers.post_lists.reading import Line
from dossiers.post_lists.results import Fact, Kind, Result
from dossiers.post_lists.telling import NOON, envelope_of, for_the_desk, tell
from postal_tthc.accounts.models import User
from postal_tthc.errors import DomainError, Invalid, Refused

Reached = Callable[[int], None]


@dataclass(frozen=True)
class Found:
    """What a row means: an envelope, or a dossier that has none yet."""

    line: Line
    item: PostalItem | None = None
    dossier: Dossier | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Rows of one dossier are judged after one another."""
        if self.dossier:
            return 0, self.dossier.pk
        if self.item:
            first = self.item.dossiers.order_by("pk").first()
            return (0, first.pk) if first else (1, self.item.pk)
        return 2, self.line.row


class _TakenBack(Exception):
    """Everything the verbs wrote for these rows goes."""


def judge(
    lines: Sequence[Line], *, by: User, at: datetime, reached: Reached | None = None
) -> list[Result]:
    """What writing the list would do, row by row. Nothing is kept.

    Taken back dossier by dossier, so that nobody waits for a whole list; ``reached``
    is told how many rows are done.
    """
    results: list[Result] = []
    for group in _groups(lines, by):
        try:
            with transaction.atomic():
                results += [_result(found, by, at) for found in group]
                raise _TakenBack
        except _TakenBack:
            pass
        if reached:
            reached(len(results))
    return sorted(results, key=lambda result: result.row)


def write(
    lines: Sequence[Line],
    *,
    shown: Iterable[Result],
    by: User,
    at: datetime,
    reached: Reached | None = None,
) -> tuple[list[Result], list[int]]:
    """Write what can be written of a list; the rows that were not as shown.

    ``shown`` are the results that were looked at. All rows of a dossier are written
    in one transaction, or none: none when anything about them has changed since.
    Another list brought again matches what is written already.
    """
    seen = {_as_shown(result) for result in shown}
    results: list[Result] = []
    changed: list[int] = []
    for group in _groups(lines, by):
        try:
            with transaction.atomic():
                told = [_result(found, by, at) for found in group]
                if not all(_may_be_written(result, seen) for result in told):
                    raise _TakenBack
        except _TakenBack:
            changed += [found.line.row for found in group]
        else:
            results += told
        if reached:
            reached(len(results) + len(changed))
    return sorted(results, key=lambda result: result.row), sorted(changed)


def _may_be_written(result: Result, shown: set[Result]) -> bool:
    """As it was looked at, or there already: half a list written before, say."""
    return result.kind == Kind.MATCHED or _as_shown(result) in shown


def _as_shown(result: Result) -> Result:
    # What makes an envelope names none while it is judged.
    return replace(result, item=None)


def _groups(lines: Sequence[Line], by: User) -> Iterator[list[Found]]:
    """The rows of each dossier, in the order of what they tell."""
    found = [(item.key, item) for item in (_find(line, by) for line in lines)]
    found.sort(key=lambda pair: (pair[0], _order(pair[1].line)))
    for _key, group in groupby(found, key=lambda pair: pair[0]):
        yield [item for _key, item in group]


def _order(line: Line) -> tuple[date, time, int]:
    day = line.status_on or line.posted_on or line.remitted_on or date.max
    return day, line.status_hour or NOON, line.row


def _find(line: Line, by: User) -> Found:
    item = item_called(line.item_number, by=by) if line.item_number else None
    dossier = None
    if line.code:
        dossiers = Dossier.objects.visible_to(by).referred_to(line.code)
        dossier = dossiers.select_related("desk__parent").first()
    if item is None and dossier and not line.item_number:
        item = envelope_of(dossier)
    return Found(line, item, dossier)


def _result(meant: Found, by: User, at: datetime) -> Result:
    # Found anew: the row before it may have made the envelope.
    line, found = meant.line, _find(meant.line, by)
    number = line.item_number or (found.item.number if found.item else "")
    code = line.code or (_codes(found.item, by) if found.item else "")

    def result(kind: Kind, sentence: str = "", facts: Sequence[Fact] = ()) -> Result:
        pk = meant.item.pk if meant.item else None
        return Result(line.row, kind, number, code, tuple(facts), sentence, pk)

    if found.item is None and found.dossier is None:
        return result(Kind.UNKNOWN, _("No item and no dossier here is called that."))
    if found.item is None and not line.item_number:
        if not line.tells:  # registered for carriage, and nothing more is said
            return result(Kind.MATCHED)
        why = _("No envelope of this dossier is written down here.")
        return result(Kind.UNKNOWN, why)
    if found.item and line.code and (why := _why_not_inside(found.item, found.dossier)):
        inside = _codes(found.item, by)
        other = Fact(_("Dossier code"), inside, line.code, why=why)
        return result(Kind.CONTRADICTS, facts=[other])
    facts: list[Fact] = []
    try:
        with transaction.atomic():
            facts += tell(line, found.item, found.dossier, by=by, at=at)
            if any(fact.why for fact in facts):
                raise _TakenBack
    except _TakenBack:
        only_desks = all(fact.is_desks for fact in facts if fact.why)
        return result(Kind.DESK if only_desks else Kind.CONTRADICTS, facts=facts)
    except Invalid as error:
        return result(Kind.FAULTY, str(error))
    except Refused:
        return result(Kind.DESK, for_the_desk())
    except DomainError as error:
        return result(Kind.CONTRADICTS, str(error))
    doubts = ""
    if found.item is None:
        doubts = " ".join(s for _f, s in entry_rules.doubt_item_number(number))
    is_new = any(fact.is_new for fact in facts)
    return result(Kind.WRITES if is_new else Kind.MATCHED, doubts, facts)


def _codes(item: PostalItem, by: User) -> str:
    inside = item.dossiers.visible_to(by).order_by("pk")
    return ", ".join(dossier.reference for dossier in inside)


def _why_not_inside(item: PostalItem, dossier: Dossier | None) -> str:
    if dossier is None:
        return _("No dossier here has this code.")
    if not item.dossiers.filter(pk=dossier.pk).exists():
        return _("The envelope here carries another dossier.")
    return ""

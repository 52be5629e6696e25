"""Matches a list of the post with what is here, by the verbs themselves.

Judging runs the real verbs and takes everything back; writing runs them once more
and keeps it. So what is shown is what would happen, with the sentence of the rule
that would refuse it, and no second set of rules can drift away from the first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import entry_rules
from dossiers.actions.correcting_items import correct_item
from dossiers.actions.passing_on import Passed, pass_on, record_remittance
from dossiers.actions.posting import hand_to_post
from dossiers.gateway.taking import item_called, where_it_is
from dossiers.gateway.words import reason_of, status_of
from dossiers.models import Dossier, PostalItem
from dossiers.post_lists.reading import Line
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from postal_tthc.accounts.models import User
from postal_tthc.errors import DomainError, Invalid, Refused
from postal_tthc.lib.vietnamese import write_date, write_number
from procedures.models import Leg

NOON = time(12)
Reached = Callable[[int], None]


class Kind(StrEnum):
    """What a row is, beside what is here."""

    CONTRADICTS = "contradicts"
    DESK = "desk"  # true perhaps, but not for this role to write
    UNKNOWN = "unknown"
    FAULTY = "faulty"
    WRITES = "writes"
    MATCHED = "matched"


@dataclass(frozen=True)
class Fact:
    """One thing the row says, beside what is kept here.

    ``why``: what refuses it; ``is_desks`` when only the role of who asks does.
    """

    label: str
    ours: str
    theirs: str
    is_new: bool = False
    why: str = ""
    is_desks: bool = False


@dataclass(frozen=True)
class Result:
    """What became of a row, or would. ``code``: the row's, else those of its item."""

    row: int
    kind: Kind
    number: str
    code: str
    facts: tuple[Fact, ...] = ()
    sentence: str = ""
    item: int | None = None


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
        item = _envelope_of(dossier)
    return Found(line, item, dossier)


def _envelope_of(dossier: Dossier) -> PostalItem | None:
    """The envelope that a list means by a dossier's code alone."""
    return max(
        dossier.postal_items.all(),
        key=lambda x: (x.status in UNDER_WAY, x.leg == Leg.RETURN, x.pk),
        default=None,
    )


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
        why = _("No envelope of this dossier is written down here.")
        return result(Kind.UNKNOWN, why)
    if found.item and line.code and found.dossier is None:
        why = _("No dossier here has this code.")
        return result(Kind.CONTRADICTS, facts=[_other_dossier(found.item, line, why)])
    if found.item and found.dossier and not _carries(found.item, found.dossier):
        why = _("The envelope here carries another dossier.")
        return result(Kind.CONTRADICTS, facts=[_other_dossier(found.item, line, why)])
    facts: list[Fact] = []
    try:
        with transaction.atomic():
            facts += _tell(found, by, at)
            if any(fact.why for fact in facts):
                raise _TakenBack
    except _TakenBack:
        only_desks = all(fact.is_desks for fact in facts if fact.why)
        return result(Kind.DESK if only_desks else Kind.CONTRADICTS, facts=facts)
    except Invalid as error:
        return result(Kind.FAULTY, str(error))
    except Refused:
        return result(Kind.DESK, _for_the_desk())
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


def _for_the_desk() -> str:
    # Goes to the post on paper: it names no person and no role.
    return _("The one-stop desk writes this down.")


def _refused(label: str, ours: str, theirs: str, error: DomainError) -> Fact:
    """What a verb refuses: for its rule, or because of who asks."""
    if isinstance(error, Refused):
        return Fact(label, ours, theirs, why=_for_the_desk(), is_desks=True)
    return Fact(label, ours, theirs, why=str(error))


def _carries(item: PostalItem, dossier: Dossier) -> bool:
    return item.dossiers.filter(pk=dossier.pk).exists()


def _other_dossier(item: PostalItem, line: Line, why: str) -> Fact:
    inside = ", ".join(dossier.reference for dossier in item.dossiers.order_by("pk"))
    return Fact(_("Dossier code"), inside, line.code, why=why)


def _tell(found: Found, by: User, at: datetime) -> Iterator[Fact]:
    """Tell the verbs what the row says, one thing after the other.

    A refusal is a fact with its sentence; ``Invalid`` means that the row itself
    cannot be understood.
    """
    line, item = found.line, found.item
    if item is None and found.dossier:
        fact, item = _new_envelope(found.dossier, line, by, at)
        yield fact
    if item is None:
        return
    if found.item and line.posted_on:
        yield _posted(item, line.posted_on)
    if line.postage is not None:
        yield _postage(item, line.postage, by, at)
    if line.collected is not None:
        yield _collected(item, line.collected)
    if line.status:
        yield _status(item, line, by, at)
    if _tells_remittance(item, line):
        yield _remittance(item, line, by, at)


def _new_envelope(
    dossier: Dossier, line: Line, by: User, at: datetime
) -> tuple[Fact, PostalItem | None]:
    """The result left with a number that is not written down here yet."""
    label, before = _("Item number"), _envelope_of(dossier)
    ours = before.number if before and before.leg == Leg.RETURN else ""
    if before and before.leg == Leg.RETURN and before.status != ItemStatus.CAME_BACK:
        why = _("The dossier travels in another envelope here.")
        return Fact(label, ours, line.item_number, why=why), None
    if line.posted_on is None:
        raise Invalid(_("Say on which day the post took the item."))
    item = PostalItem(
        number=line.item_number,
        leg=Leg.RETURN,
        postage_dong=line.postage,
        collect_dong=line.collected or 0,
    )
    theirs = f"{line.item_number}, {write_date(line.posted_on)}"
    try:
        with transaction.atomic():
            hand_to_post(dossier, item, by=by, at=moment(line.posted_on, None, at))
    except DomainError as error:
        return _refused(label, ours, theirs, error), None
    kept = dossier.postal_items.get(number=line.item_number, leg=Leg.RETURN)
    return Fact(label, ours, theirs, is_new=True), kept


def _posted(item: PostalItem, day: date) -> Fact:
    ours = write_date(item.posted_on) if item.posted_on else ""
    why = ""
    if item.posted_on is None:
        why = _("Here the item has not been handed to the post yet.")
    elif item.posted_on != day:
        why = _("The days differ.")
    return Fact(_("Posted on"), ours, write_date(day), why=why)


def _postage(item: PostalItem, dong: int, by: User, at: datetime) -> Fact:
    label, theirs = _("Postage"), f"{write_number(dong)} đ"
    if item.postage_dong is not None:
        ours = f"{write_number(item.postage_dong)} đ"
        why = "" if item.postage_dong == dong else _("The amounts differ.")
        return Fact(label, ours, theirs, why=why)
    correct_item(item, {"postage_dong": dong}, by=by, at=at)
    item.postage_dong = dong
    return Fact(label, "", theirs, is_new=True)


def _collected(item: PostalItem, dong: int) -> Fact:
    why = "" if item.collect_dong == dong else _("The amounts differ.")
    ours = f"{write_number(item.collect_dong)} đ"
    return Fact(_("To collect"), ours, f"{write_number(dong)} đ", why=why)


def _status(item: PostalItem, line: Line, by: User, at: datetime) -> Fact:
    status, reason = status_of(line.status)
    reason = reason_of(line.reason) or reason
    label, ours = _("Status"), where_it_is(item)
    said = " – ".join(filter(None, (line.status, line.reason)))
    if status is None:
        raise Invalid(_("«%(said)s» is not a known status.") % {"said": said})
    day = line.status_on
    if day is None and status == ItemStatus.ACCEPTED:
        day = line.posted_on
    if day is None:
        if item.status == status:
            return Fact(label, ours, said)
        raise Invalid(_("Say on which day this status was reached."))
    theirs = f"{said}, {write_date(day)}"
    if status == ItemStatus.ATTEMPTED and reason is None:
        raise Invalid(_("«%(said)s» is not a known status.") % {"said": said})
    try:
        with transaction.atomic():
            passed = pass_on(
                item,
                status,
                by=by,
                at=moment(day, line.status_hour, at),
                reason=reason if status == ItemStatus.ATTEMPTED else None,
                place=line.place,
                to=line.delivered_to,
                by_day=line.status_hour is None,
            )
    except DomainError as error:
        return _refused(label, ours, theirs, error)
    return Fact(label, ours, theirs, is_new=passed != Passed.KNOWN)


def _tells_remittance(item: PostalItem, line: Line) -> bool:
    """Whether the row tells that money came; 0 đ of an item with nothing to collect
    is how some posts fill the column."""
    said = line.remitted is not None or line.remitted_on is not None
    return said and not (_remitted(line) == 0 == item.collect_dong)


def _remitted(line: Line) -> int | None:
    return line.remitted if line.remitted is not None else line.collected


def _remittance(item: PostalItem, line: Line, by: User, at: datetime) -> Fact:
    dong = _remitted(line)
    if dong is None or line.remitted_on is None:
        raise Invalid(_("Say how much was paid over, and on which day."))
    label = _("Fees handed over")
    item.refresh_from_db()
    ours = (
        f"{write_number(item.collect_dong)} đ, {write_date(item.remitted_on)}"
        if item.remitted_on
        else ""
    )
    theirs = f"{write_number(dong)} đ, {write_date(line.remitted_on)}"
    try:
        with transaction.atomic():
            told = record_remittance(item, dong, by=by, at=at, on=line.remitted_on)
    except DomainError as error:
        return _refused(label, ours, theirs, error)
    return Fact(label, ours, theirs, is_new=told)


def moment(day: date, hour: time | None, now: datetime) -> datetime:
    """A day and perhaps an hour in Vietnam; the noon of a day without one, or now.

    An hour that lies ahead of us stays there, for the rules to refuse.
    """
    at = timezone.make_aware(datetime.combine(day, hour or NOON))
    return min(at, now) if hour is None and day == timezone.localdate(now) else at

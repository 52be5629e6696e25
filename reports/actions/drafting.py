"""Drafts of reports: begun, changed, written, thrown away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Invalid
from procedures.models import Decision
from reports import periods, permissions
from reports.actions.stepping import lock_for_editing, log
from reports.assembling import Assembly, merged
from reports.models import Report, ReportEvent, ReportParagraph
from reports.narrative.sections import SECTIONS
from reports.references import Resolver
from reports.wording import stands_for_nothing

Step = ReportEvent.Step
MOST_PERIODS = 6
LONGEST_TEXT = 10_000  # letters of a paragraph


@dataclass(frozen=True)
class Word:
    """A paragraph as a person left it: ``key`` is that of the paragraph, empty for new."""

    section: str
    text: str
    key: str = ""
    is_dropped: bool = False


@transaction.atomic
def start(
    organisation: Organisation,
    *,
    by: User,
    at: datetime,
    legal_bases: Iterable[Decision] = (),
    **facts: Any,
) -> Report:
    """Begin a report; its words write themselves.

    ``facts`` are fields of ``Report``; ``periods`` are words in any order. Raises
    ``Refused`` or ``Invalid``.
    """
    permissions.check_can_write(by, organisation)
    facts["periods"] = ordered(facts.get("periods", ()))
    report = Report.objects.create(
        organisation=organisation, created_by=by, created_at=at, **facts
    )
    report.legal_bases.set(legal_bases)
    ReportEvent.objects.create(report=report, step=Step.STARTED, by=by, at=at)
    write_paragraphs(Assembly(report, timezone.localdate(at)))
    return report


@transaction.atomic
def change(
    report: Report,
    *,
    by: User,
    at: datetime,
    seen: int,
    legal_bases: Iterable[Decision],
    **facts: Any,
) -> Report:
    """Change what a draft answers, covers, rests on, who signs it.

    ``seen`` is the revision that the form was filled in from. Raises ``Refused``,
    ``Conflict`` or ``Invalid``.
    """
    report = lock_for_editing(report, by=by, seen=seen)
    facts["periods"] = ordered(facts["periods"])
    for name, value in facts.items():
        setattr(report, name, value)
    log(report, Step.CHANGED, by=by, at=at)
    report.legal_bases.set(legal_bases)
    write_paragraphs(Assembly(report, timezone.localdate(at)))
    return report


@transaction.atomic
def save_words(
    report: Report, words: Sequence[Word], *, by: User, at: datetime, seen: int
) -> Report:
    """Keep the paragraphs in the order given. Raises as ``change`` does.

    Empty text drops a paragraph; a reference that stands for nothing is refused,
    as it would be printed with its brackets. What was left as the figures write it,
    now or when it was last stored, goes on following them.
    """
    report = lock_for_editing(report, by=by, seen=seen)
    assembly = Assembly(report, timezone.localdate(at))
    _check_words(words, assembly.resolver())
    before = {x.key: x.text for x in report.paragraphs.all()}
    write_paragraphs(assembly)
    known = {x.key: x for x in report.paragraphs.all()}
    for position, word in enumerate(words):
        text = _tidied(word.text)
        paragraph = known.get(word.key)
        if paragraph is None:
            if not text or word.is_dropped or text == before.get(word.key):
                continue
            paragraph = ReportParagraph(report=report, is_edited=True, text=text)
        elif text and text not in (paragraph.text, before.get(word.key)):
            paragraph.is_edited, paragraph.text = True, text
        paragraph.section, paragraph.position = word.section, position
        paragraph.is_dropped = word.is_dropped or not text
        paragraph.save()
    log(report, Step.CHANGED, by=by, at=at)
    return report


def _tidied(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _check_words(words: Sequence[Word], resolver: Resolver) -> None:
    for word in words:
        if word.section not in SECTIONS:
            raise Invalid(
                _("There is no section «%(name)s».") % {"name": word.section[:40]}
            )
        if len(word.text) > LONGEST_TEXT:
            raise Invalid(_("A paragraph is longer than 10.000 letters. Divide it."))
        unknown = [] if word.is_dropped else resolver.unknown(word.text)
        if unknown:
            raise Invalid(stands_for_nothing(unknown[0]))


@transaction.atomic
def rewrite(
    report: Report, *, by: User, at: datetime, seen: int, origins: Iterable[str] = ()
) -> Report:
    """Write the paragraphs anew from the figures; edited ones only if named.

    ``origins`` are those whose own words are given up. Raises as ``change`` does.
    """
    report = lock_for_editing(report, by=by, seen=seen)
    report.paragraphs.exclude(origin="").filter(origin__in=list(origins)).delete()
    log(report, Step.CHANGED, by=by, at=at)
    write_paragraphs(Assembly(report, timezone.localdate(at)))
    return report


@transaction.atomic
def discard(report: Report, *, by: User, seen: int) -> None:
    """Throw a draft away; what was never signed has told nobody anything."""
    report = lock_for_editing(report, by=by, seen=seen)
    report.events.all().delete()
    report.delete()


def write_paragraphs(assembly: Assembly) -> None:
    """Bring the paragraphs that nobody edited up to date with the figures."""
    report = assembly.report
    kept = merged(report.paragraphs.all(), assembly.written)
    report.paragraphs.exclude(pk__in=[x.pk for x in kept if x.pk]).delete()
    for paragraph in kept:
        paragraph.report = report
        paragraph.save()


def ordered(words: Iterable[str]) -> list[str]:
    """The periods by their days, each once. Raises ``Invalid`` with a sentence."""
    try:
        made = {periods.parse(word) for word in words}
    except ValueError as error:
        raise Invalid(str(error)) from error
    if not made:
        raise Invalid(_("Choose at least one period."))
    if len(made) > MOST_PERIODS:
        raise Invalid(_("A report covers at most six periods."))
    return [x.word for x in sorted(made, key=lambda x: (x.start, x.end, x.word))]


def facts_of(report: Report) -> dict[str, Any]:
    """What a new version takes over from the one before."""
    names = (
        "kind",
        "periods",
        "abstract",
        "request_letter",
        "sent_to",
        "recipients",
        "authority",
        "head_office",
        "signatory_office",
        "signatory_name",
    )
    return {name: getattr(report, name) for name in names}

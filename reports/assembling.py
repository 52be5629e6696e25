"""Puts a report together: figures, words, tables, as they are now or were frozen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from postal_tthc.errors import Conflict
from procedures.models import Decision
from reports import adjusting, narrative, paper_tables, periods, snapshots, yearly
from reports.adjustments import Adjustment
from reports.documents import YearlyReport
from reports.models import Report, ReportParagraph
from reports.models.report import TAMPERED
from reports.narrative import SENTENCES
from reports.narrative.sections import SECTIONS
from reports.papers import Paper, PaperSection, PaperTable, Signature
from reports.references import Citation, Resolver
from reports.snapshots import Snapshot
from reports.vocabulary import vocabulary

# Across every page of what is not valid any more.
MARKS = {Report.Status.REPLACED: "ĐÃ THAY THẾ", Report.Status.WITHDRAWN: "ĐÃ THU HỒI"}
ROMAN = ("I", "II", "III", "IV", "V", "VI")


@dataclass
class Assembly:
    """A report as it would stand on paper today; figures are counted once.

    ``bases`` are the legal bases of a report that is not in the database.
    """

    report: Report
    today: date
    bases: Sequence[Decision] | None = None

    @cached_property
    def figures(self) -> YearlyReport:
        """Everything of the organisation in the periods asked for."""
        asked = [periods.parse(word) for word in self.report.periods]
        made = yearly.assemble(self.report.organisation, asked, today=self.today)
        return replace(made, dossiers=tuple(made.dossiers))

    @cached_property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """What earlier signed reports of the organisation would count otherwise."""
        return adjusting.find(self.report)

    @cached_property
    def documents(self) -> dict[str, Decision]:
        """The letter answered and the legal bases, by their keys."""
        bases = self.bases
        if bases is None:
            bases = self.report.legal_bases.order_by("issued_on")
        found = {str(x.pk): x for x in bases}
        letter = self.report.request_letter
        return found if letter is None else {str(letter.pk): letter, **found}

    def resolver(self) -> Resolver:
        """A fresh one: it remembers what has been cited."""
        citations = {
            key: Citation(x.citation, x.short_citation)
            for key, x in self.documents.items()
        }
        return Resolver(vocabulary(self.figures), citations)

    @cached_property
    def written(self) -> list[narrative.Sentence]:
        """What writes itself, in reading order."""
        report = self.report
        letter = str(report.request_letter_id or "")
        context = narrative.Context(
            report=self.figures,
            organisation=report.organisation.own_name,
            request=letter,
            bases=tuple(key for key in self.documents if key != letter),
            addressee=lines_of(report.sent_to)[0] if report.sent_to.strip() else "",
            adjustments=self.adjustments,
            replaces=adjusting.name_of(report.replaces) if report.replaces else "",
        )
        return narrative.write(context)

    @cached_property
    def paper(self) -> Paper:
        """The report on paper, every reference resolved."""
        report = self.report
        kept = report.paragraphs.all() if report.pk else ()
        words = _words(merged(kept, self.written), self.resolver())
        organisation = report.organisation
        return Paper(
            head=organisation.letterhead,
            symbol=organisation.symbol,
            number=report.number,
            day=report.dated_on,
            abstract=report.abstract,
            sent_to=lines_of(report.sent_to),
            opening=words["opening"],
            sections=_sections(words, self._tables()),
            closing=words["closing"],
            recipients=lines_of(report.recipients),
            signature=Signature(
                report.authority,
                report.head_office,
                report.signatory_office,
                report.signatory_name,
            ),
            version=report.version,
        )

    def _tables(self) -> dict[str, tuple[PaperTable, ...]]:
        shown = self.figures.whole or self.figures.periods[-1]
        tables = (
            paper_tables.by_period(self.figures),
            paper_tables.by_procedure(shown),
        )
        return {"results": tables}

    def snapshot(self) -> Snapshot:
        """All of it, to be frozen."""
        return Snapshot(self.figures, self.paper, self.adjustments)


def snapshot_of(
    report: Report, *, today: date, assembly: Assembly | None = None
) -> Snapshot:
    """The report as it is to be drawn: frozen once signed, counted anew before.

    A signed one carries its number, its day and its content hash on top.
    ``assembly`` is what was counted of a draft already.
    """
    if not report.is_frozen:
        return (assembly or Assembly(report, today)).snapshot()
    thawed = report.thawed
    paper = replace(
        thawed.paper,
        number=report.number,
        day=report.dated_on,
        is_draft=False,
        fingerprint=report.content_hash,
        mark=MARKS.get(report.status, ""),
    )
    heading = replace(thawed.report.heading, given=report.number, day=report.dated_on)
    figures = replace(thawed.report, heading=heading, fingerprint=report.content_hash)
    return replace(thawed, report=figures, paper=paper)


def is_intact(report: Report) -> bool:
    """Whether what was frozen still has the hash it was signed with."""
    return snapshots.fingerprint(report.frozen) == report.content_hash


def snapshot_to_keep(report: Report, *, today: date) -> Snapshot:
    """The same for a file. Raises ``Conflict`` when the hash does not fit any more."""
    if report.is_frozen and not is_intact(report):
        raise Conflict(TAMPERED)
    return snapshot_of(report, today=today)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without empty ones and without list marks."""
    bare = (line.strip().lstrip("-–").strip() for line in text.splitlines())
    return tuple(line for line in bare if line)


def merged(
    kept: Iterable[ReportParagraph], written: Sequence[narrative.Sentence]
) -> list[ReportParagraph]:
    """The paragraphs with those that nobody edited as they would be written now.

    Nothing is saved. What is no longer said falls away unless somebody edited it; what
    is new stands behind the sentence that comes before it in the table.
    """
    fresh = {sentence.origin: sentence for sentence in written}
    paragraphs = []
    for paragraph in sorted(kept, key=_place):
        sentence = fresh.pop(paragraph.origin, None)
        if paragraph.origin and not (paragraph.is_edited or paragraph.is_dropped):
            if sentence is None:
                continue
            paragraph.text = sentence.text
        paragraphs.append(paragraph)
    for sentence in fresh.values():
        made = ReportParagraph(
            section=sentence.section, origin=sentence.origin, text=sentence.text
        )
        paragraphs.insert(_behind(paragraphs, made), made)
    for position, paragraph in enumerate(paragraphs):
        paragraph.position = position
    return paragraphs


def _place(paragraph: ReportParagraph) -> tuple[int, int]:
    return list(SECTIONS).index(paragraph.section), paragraph.position


def _behind(paragraphs: Sequence[ReportParagraph], made: ReportParagraph) -> int:
    """Where a new sentence belongs among the paragraphs that are there."""
    order = {
        origin: place for place, (_section, origin, _write) in enumerate(SENTENCES)
    }
    own = len(order)  # words that a person added stand where they were put
    section = list(SECTIONS).index(made.section)
    behind = 0
    for place, paragraph in enumerate(paragraphs, start=1):
        its = list(SECTIONS).index(paragraph.section)
        is_before = order.get(paragraph.origin, own) < order[made.origin]
        if its < section or (its == section and is_before):
            behind = place
    return behind


def _words(
    paragraphs: Iterable[ReportParagraph], resolver: Resolver
) -> dict[str, tuple[str, ...]]:
    """The resolved paragraphs of each section, read in the order of the paper."""
    words: dict[str, tuple[str, ...]] = dict.fromkeys(SECTIONS, ())
    for paragraph in sorted(paragraphs, key=_place):
        if paragraph.is_dropped:
            continue
        lines = resolver.resolve(paragraph.text).splitlines()
        words[paragraph.section] += tuple(x.strip() for x in lines if x.strip())
    return words


def _sections(
    words: dict[str, tuple[str, ...]], tables: dict[str, tuple[PaperTable, ...]]
) -> tuple[PaperSection, ...]:
    """Numbered without gaps; a section with nothing in it is left out."""
    drawn: list[PaperSection] = []
    chapter = item = 0
    for section in SECTIONS.values():
        below = [x.key for x in SECTIONS.values() if x.parent == section.key]
        has_words = any(words[key] or key in tables for key in (section.key, *below))
        if not section.title or not has_words:
            continue
        if section.parent:
            item += 1
            level, number = 2, str(item)
        else:
            chapter, item = chapter + 1, 0
            level, number = 1, ROMAN[chapter - 1]
        drawn.append(
            PaperSection(
                level,
                number,
                section.title,
                words[section.key],
                tables.get(section.key, ()),
            )
        )
    return tuple(drawn)

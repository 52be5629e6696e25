"""The province's report as a file, and the blank return."""

from datetime import date

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold
from procedures.models import Procedure
from reports.consolidation import form
from reports.consolidation.form import Head
from reports.consolidation.paper import paper
from reports.consolidation.province import Consolidation
from reports.papers import Paper
from reports.periods import Period
from reports.renderers import word
from reports.renderers.excel import province

FORMATS = ("xlsx", "docx")


def report(collected: Consolidation, collector: Organisation, kind: str) -> bytes:
    """The report of the province, as ``xlsx`` or ``docx``."""
    if kind == "docx":
        return word.render(paper_of(collected, collector))
    return province.render(collected)


def paper_of(collected: Consolidation, collector: Organisation) -> Paper:
    """The report on paper, under the head of the collecting organisation."""
    return paper(collected, collector.letterhead)


def filename(symbol: str, period: Period, kind: str, *, of: str = "TH") -> str:
    """A file name in plain letters: ``TH-BCCI_UBND_2019.xlsx``."""
    plain = fold(symbol).upper().replace(" ", "-").replace("/", "-")
    word_ = period.word.replace("..", "-den-").replace("@", "-")
    return f"{of}-BCCI_{plain}_{word_}.{kind}"


def blank(organisation: Organisation, period: Period, *, today: date) -> bytes:
    """The blank return of an organisation, with the fields of its catalogue."""
    known = Procedure.objects.of(organisation.scope).in_force_between(
        period.start, period.as_of(today)
    )
    fields = sorted(set(known.values_list("field__name", flat=True)))
    collector = organisation.parent
    head = Head(
        collector.name if collector else "",
        organisation.name,
        organisation.symbol,
        period,
    )
    return form.blank(head, fields)

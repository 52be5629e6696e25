"""Reads our own draft as the number doctor reads a stranger's, and a little more."""

from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation
from reports import claims
from reports.assembling import Assembly
from reports.claims import Finding
from reports.comparing import ratios_of
from reports.paper_text import as_text
from reports.papers import Paper
from reports.wording import stands_for_nothing


def check(assembly: Assembly) -> list[Finding]:
    """What is wrong with a draft: errors keep it from being submitted."""
    paper = assembly.paper
    return [*_own(assembly, paper), *_claims(assembly, paper)]


def _own(assembly: Assembly, paper: Paper) -> list[Finding]:
    found = []
    resolver = assembly.resolver()
    for paragraph in assembly.report.paragraphs.filter(is_dropped=False):
        found += [
            _fault("reference", unknown, stands_for_nothing(unknown))
            for unknown in resolver.unknown(paragraph.text)
        ]
    if not paper.recipients:
        text = _("The recipients («Nơi nhận») are missing.")
        found.append(_fault("recipients", "", text))
    for figures in assembly.figures.periods:
        if figures.period.start > assembly.today:
            text = _("%(period)s has not begun: there is nothing to report yet.")
            name = figures.period.name
            found.append(_fault("open_period", name, text % {"period": name}))
        elif not figures.is_over:
            text = _("%(period)s is not over: it was counted up to %(day)s.")
            name = figures.period.name
            values = {"period": name, "day": f"{figures.as_of:%d/%m/%Y}"}
            found.append(_fault("open_period", name, text % values, "warning"))
    return found


def _fault(kind: str, found: str, text: str, severity: str = "error") -> Finding:
    return Finding(
        kind=kind,
        severity="error" if severity == "error" else "warning",
        position=0,
        end=0,
        text=found,
        found=found,
        expected="",
        explanation=text,
    )


def _claims(assembly: Assembly, paper: Paper) -> list[Finding]:
    organisation = assembly.report.organisation
    context = claims.Context(
        organisation=organisation.name,
        symbol=organisation.symbol,
        is_draft=True,
        organisations=tuple(
            Organisation.objects.exclude(pk=organisation.pk).values_list(
                "name", flat=True
            )
        ),
        figures={x.period.word: ratios_of(x) for x in assembly.figures.columns},
        today=assembly.today,
    )
    return claims.check(as_text(paper), context=context)

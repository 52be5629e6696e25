"""The number doctor: somebody's report in, what is wrong with it out."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.models import Dossier
from postal_tthc.accounts.models import Organisation
from reports import claims as doctor
from reports import comparing, wording
from reports.claims import Context, Finding, Piece
from reports.forms.claims import LetterForm
from reports.permissions import chosen, readable

MOST_SHOWN = 200


@dataclass(frozen=True)
class Checked:
    """A letter with everything the page says about it."""

    author: str
    is_foreign: bool
    compared: list[str]
    findings: list[tuple[Finding, str]]
    left_out: int
    pieces: list[Piece]
    erratum: str

    @property
    def errors(self) -> int:
        """How many of those shown are errors."""
        return sum(x.is_error for x, _ in self.findings)

    @property
    def warnings(self) -> int:
        """How many are warnings."""
        return len(self.findings) - self.errors


@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: HttpRequest) -> HttpResponse:
    """Take a text or a file, show the findings beside the marked text."""
    asked = request.POST.get("organisation", request.GET.get("organisation", ""))
    organisation = chosen(request.user, asked)
    is_sent = request.method == "POST"
    form = LetterForm(request.POST, request.FILES) if is_sent else LetterForm()
    checked = None
    if is_sent and form.is_valid():
        checked = _check(request, organisation, form.letter)
    context = {
        "organisation": organisation,
        "organisations": readable(request.user),
        "form": form,
        "checked": checked,
    }
    return render(request, "reports/claims.html", context)


def _check(request: HttpRequest, organisation: Organisation, letter: str) -> Checked:
    text = doctor.tidy(letter)
    today = timezone.localdate()
    author = doctor.author(text)
    is_foreign = bool(author) and not doctor.is_same(author, organisation.name)
    asked = [] if is_foreign else comparing.counted_periods(text, today)
    seen = Dossier.objects.of(organisation).visible_to(request.user)
    figures = comparing.own_figures(organisation, asked, today=today, dossiers=seen)
    context = Context(
        # A letter that does not say whose it is, is taken for our own.
        organisation=author or organisation.name,
        figures=figures,
        today=today,
    )
    found = doctor.check(text, context=context)
    shown = found[:MOST_SHOWN]
    return Checked(
        author=author,
        is_foreign=is_foreign,
        compared=[wording.period_name(x) for x in asked if x.word in figures],
        findings=[(x, doctor.sentence(x)) for x in shown],
        left_out=len(found) - len(shown),
        pieces=list(doctor.pieces(text, shown)),
        erratum=doctor.paragraph(text, shown, context),
    )

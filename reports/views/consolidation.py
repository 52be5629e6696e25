"""Collecting the figures of a province: who reported, the sums, the returns."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers.models import Dossier
from postal_tthc import downloads
from postal_tthc.accounts.models import Organisation
from postal_tthc.attempting import attempt
from postal_tthc.errors import Invalid
from postal_tthc.waiting import WaitingRoom
from reports import periods, wording
from reports.actions import returns
from reports.consolidation import background, collecting, exporting, pages
from reports.consolidation.judging import Judgement
from reports.consolidation.permissions import (
    can_collect,
    can_hand_in,
    check_can_hand_in,
    check_can_read,
    collector_of,
)
from reports.forms.consolidation import ReturnForm, WithdrawForm
from reports.forms.periods import PeriodForm
from reports.models import AgencyReturn
from reports.periods import Period

WAITING = WaitingRoom("waiting_return", "waiting-returns")


@require_safe
def consolidation(request: HttpRequest) -> HttpResponse:
    """Every organisation that should report in a period, and the sum of them."""
    home = request.user.organisation
    if home and home.scope.parent and can_hand_in(request.user, home.scope):
        return redirect(_return_address(home.scope, _period(request, home.scope)))
    collector = collector_of(request.user)
    form = PeriodForm(request.GET if "year" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect(pages.address("reports:consolidation", form.period))
    period = _period(request, collector)
    is_joined = bool(request.GET.get("merged"))
    collected = collecting.collect(
        collector, period, today=timezone.localdate(), by_successor=is_joined
    )
    context = {
        "organisation": collector,
        "organisations": [collector],
        "form": form if form.is_bound else _filled(period),
        "collected": collected,
        "period": period,
        "period_name": wording.period_name(period),
        "is_over": period.is_over(timezone.localdate()),
        "is_joined": is_joined,
        "lines": pages.lines(collected),
        "foot": pages.foot(collected),
        "reminder": pages.reminder(collected),
        "may_collect": can_collect(request.user, collector),
        "is_large": background.is_large(collector),
        "downloads": [
            (kind, pages.address("reports:consolidation_file", period, kind, is_joined))
            for kind in exporting.FORMATS
        ],
        "pack": pages.address(
            "reports:consolidation_pack", period, is_joined=is_joined
        ),
        "many": pages.address("reports:returns", period),
    }
    return render(request, "reports/consolidation/list.html", context)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The report of the province, for Excel or for Word; of a large one, the way."""
    collector = collector_of(request.user)
    period = _period(request, collector)
    if background.is_large(collector):
        text = _("So many dossiers are counted in the background: press the button.")
        messages.info(request, text)
        is_joined = bool(request.GET.get("merged"))
        return redirect(
            pages.address("reports:consolidation", period, is_joined=is_joined)
        )
    collected = collecting.collect(
        collector,
        period,
        today=timezone.localdate(),
        by_successor=bool(request.GET.get("merged")),
    )
    content = exporting.report(collected, collector, kind)
    name = exporting.filename(collector.symbol, period, kind)
    send = downloads.workbook if kind == "xlsx" else downloads.document
    return send(content, name)


@require_POST
def make_files(request: HttpRequest) -> HttpResponse:
    """The same in both formats, made in the background."""
    collector = collector_of(request.user)
    job = background.start_files(
        collector,
        _period(request, collector),
        is_joined=bool(request.GET.get("merged")),
        by=request.user,
    )
    return redirect(job)


def hand_in(request: HttpRequest) -> HttpResponse:
    """Upload and judge the return of an organisation; a second press writes it."""
    organisation, period = _asked(request)
    check_can_hand_in(request.user, organisation)
    key = {"of": organisation.pk, "period": period.word}
    if request.method != "POST":
        WAITING.forget(request.session)
    form = ReturnForm(
        request.POST or None,
        request.FILES or None,
        has_waiting=bool(WAITING.name(request.session, **key)),
    )
    judgement = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["file"]:
            WAITING.keep(request.session, form.cleaned_data["file"], **key)
        judgement = attempt(form, lambda: _judge(request, organisation, period))
        wants = form.cleaned_data["fingerprint"]
        if judgement and judgement.is_acceptable and wants == judgement.file_hash:
            kept = attempt(form, lambda: _accept(request, organisation, period))
            if kept:
                WAITING.forget(request.session)
                text = _("The return of %(name)s was written.") % {"name": organisation}
                messages.success(request, text)
                return redirect(_return_address(organisation, period))
    shown = pages.ReturnPage(organisation, period, timezone.localdate())
    context = {
        "organisation": organisation,
        "period": period,
        "period_name": wording.period_name(period),
        "form": form,
        "withdraw_form": WithdrawForm(),
        "judgement": judgement,
        "preview": pages.preview(judgement.lines) if judgement else None,
        "waiting": WAITING.name(request.session, **key),
        "shown": shown,
        "back": pages.address("reports:consolidation", period)
        if can_collect(request.user, organisation.parent)
        else "",
    }
    is_refused = form.errors or (judgement and judgement.faults)
    return render(
        request,
        "reports/consolidation/return.html",
        context,
        status=422 if is_refused else 200,
    )


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The blank form of an organisation for a period."""
    organisation, period = _asked(request)
    check_can_hand_in(request.user, organisation)
    content = exporting.blank(organisation, period, today=timezone.localdate())
    name = exporting.filename(organisation.symbol, period, "xlsx", of="Mau")
    return downloads.workbook(content, name)


@require_safe
def kept_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was handed in, always as a download: it came from outside."""
    handed_in = _return(request, pk)
    return FileResponse(
        handed_in.file.open("rb"), as_attachment=True, filename=handed_in.file_name
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a return out of the figures, with a reason."""
    handed_in = _return(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        text = _("Write why it is withdrawn, in at most %(n)d letters.")
        raise Invalid(text % {"n": returns.LONGEST_REASON})
    returns.withdraw(
        handed_in,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    text = _("The return of %(name)s was withdrawn.")
    messages.success(request, text % {"name": handed_in.organisation})
    period = periods.parse(handed_in.period)
    return redirect(_return_address(handed_in.organisation, period))


def _judge(
    request: HttpRequest, organisation: Organisation, period: Period
) -> Judgement:
    waiting_for = {"of": organisation.pk, "period": period.word}
    return returns.judge(
        WAITING.file(request.session).read(),
        name=WAITING.name(request.session, **waiting_for),
        organisation=organisation,
        period=period,
        today=timezone.localdate(),
    )


def _accept(
    request: HttpRequest, organisation: Organisation, period: Period
) -> AgencyReturn:
    waiting_for = {"of": organisation.pk, "period": period.word}
    return returns.accept(
        WAITING.file(request.session).read(),
        name=WAITING.name(request.session, **waiting_for),
        organisation=organisation,
        period=period,
        by=request.user,
        at=timezone.now(),
    )


def _return(request: HttpRequest, pk: int) -> AgencyReturn:
    """A return that this person may see: who hands it in, and who collects it."""
    found = AgencyReturn.objects.select_related("organisation", "collector")
    handed_in = get_object_or_404(found, pk=pk)
    if not can_hand_in(request.user, handed_in.organisation):
        check_can_read(request.user, handed_in.collector)
    return handed_in


def _asked(request: HttpRequest) -> tuple[Organisation, Period]:
    """The organisation and the period in the address; ``Invalid`` without them."""
    symbol = request.GET.get("organisation", "")
    found = Organisation.objects.filter(symbol=symbol).select_related("parent").first()
    if found is None:
        raise Invalid(_("There is no organisation «%(symbol)s».") % {"symbol": symbol})
    word = request.GET.get("period", "")
    try:
        return found, periods.parse(word)
    except ValueError as error:
        raise Invalid(_("«%(word)s» is not a period.") % {"word": word[:60]}) from error


def _period(request: HttpRequest, organisation: Organisation) -> Period:
    """The period in the address; else the last year with dossiers, or this one."""
    if word := request.GET.get("period", ""):
        try:
            return periods.parse(word)
        except ValueError:
            text = _("«%(word)s» is not a period.") % {"word": word[:60]}
            messages.warning(request, text)
    newest = (
        Dossier.objects.of(organisation)
        .filter(clock_started_on__isnull=False)
        .order_by("-clock_started_on")
        .values_list("clock_started_on", flat=True)
        .first()
    )
    return periods.parse(str((newest or timezone.localdate()).year))


def _filled(period: Period) -> PeriodForm:
    """The form as it would ask for this period."""
    if period.part is None:
        return PeriodForm(initial={"start": period.start, "end": period.end})
    part = {"year": period.year, "part": period.part, "cut_off": period.is_cut_off}
    return PeriodForm(initial=part)


def _return_address(organisation: Organisation, period: Period) -> str:
    query = {"organisation": organisation.symbol, "period": period.word}
    return f"{reverse('reports:return')}?{urlencode(query)}"

"""Lists of the post: choose a file, look at what was matched, "write" or not."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers import paging
from dossiers.forms.post_lists import PostListForm
from dossiers.models import PostList
from dossiers.permissions import check_ability
from dossiers.post_lists import background, keeping, report, wording
from dossiers.post_lists.discarding import discard as discard_list
from dossiers.post_lists.discarding import may_be_discarded
from dossiers.post_lists.results import Kind, Result
from dossiers.post_lists.wording import said
from postal_tthc import downloads
from postal_tthc.accounts.roles import Ability
from postal_tthc.attempting import attempt
from postal_tthc.errors import DomainError

SHOWN = 300  # rows of a kind on the page; the report has them all


def post_lists(request: HttpRequest) -> HttpResponse:
    """The lists so far, and a place for the next one."""
    known = _known(request)
    is_sent = request.method == "POST"
    form = PostListForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        found = attempt(form, lambda: _take(request, form.cleaned_data["file"]))
        if found is not None:
            return found
    # Without what may be long.
    lists = known.select_related("by").defer("results", "faults")
    rows, next_key = paging.rows_after(lists, request.GET.get("after", ""))
    context = {
        "form": form,
        "rows": rows,
        "next_key": next_key,
        "is_first": not request.GET.get("after"),
    }
    status = 422 if form.errors else 200
    return render(request, "dossiers/post_lists/list.html", context, status=status)


def _take(request: HttpRequest, file: object) -> HttpResponse:
    now = timezone.now()
    source = keeping.keep(file, file.name, by=request.user, at=now)
    return _match(request, source)


def _match(request: HttpRequest, source: PostList) -> HttpResponse:
    if background.is_long(source):
        return redirect(background.ask(source, background.MATCH, by=request.user))
    keeping.match(source, by=request.user, at=timezone.now())
    return redirect("dossiers:post_list", source.pk)


@require_safe
def post_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was matched, contradictions first."""
    source = _find(request, pk)
    results = keeping.results_of(source)
    context = {
        "source": source,
        "faults": keeping.faults_of(source),
        "groups": _groups(source, results),
        "may_discard": may_be_discarded(source),
        "is_writing": any(result.kind == Kind.WRITES for result in results),
        "said": said(source) if source.is_written else "",
        "same_file": _known(request)
        .filter(file_hash=source.file_hash, pk__lt=source.pk)
        .first(),
    }
    return render(request, "dossiers/post_lists/match.html", context)


@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Match the same file with what is here now."""
    source = _find(request, pk)
    try:
        return _match(request, source)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("dossiers:post_list", pk)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was shown and still holds."""
    source = _find(request, pk)
    if background.is_long(source):
        return redirect(background.ask(source, background.WRITE, by=request.user))
    try:
        keeping.write(source, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        tell = messages.warning if source.changed else messages.success
        tell(request, said(source))
    return redirect("dossiers:post_list", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what was matched and is not to be written."""
    source = _find(request, pk)
    try:
        discard_list(source, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("dossiers:post_list", pk)
    messages.success(
        request,
        _("«%(file)s» was taken away; nothing of it had been written.")
        % {"file": source},
    )
    return redirect("dossiers:post_lists")


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The matching report as a workbook, always Vietnamese."""
    source = _find(request, pk)
    with translation.override("vi"):
        content = report.workbook(
            keeping.results_of(source),
            keeping.faults_of(source),
            wording.labels_of(source),
            changed=source.changed if source.is_written else (),
            written=wording.written_by(source),
            unread=source.unread,
            source=source.file_name,
            by=str(source.by),
            on=timezone.localdate(source.matched_at or source.at),
        )
    return downloads.workbook(content, f"doi-chieu-{source.pk}.xlsx")


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as the post sent it."""
    return downloads.original(_find(request, pk))


def _known(request: HttpRequest) -> QuerySet[PostList]:
    check_ability(request.user, Ability.CARRY)
    return PostList.objects.filter(organisation=request.user.organisation.scope)


def _find(request: HttpRequest, pk: int) -> PostList:
    return get_object_or_404(_known(request).select_related("by"), pk=pk)


def _groups(
    source: PostList, results: list[Result]
) -> list[tuple[Kind, str, int, list[Result]]]:
    groups = []
    for kind, label in wording.labels_of(source).items():
        rows = [result for result in results if result.kind == kind]
        groups.append((kind, label, len(rows), rows[:SHOWN]))
    return groups

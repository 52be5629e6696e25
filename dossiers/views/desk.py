"""The desk: what waits today, each line with its next action beside it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import badges, desk, paging, permissions
from dossiers.badges import Badge
from dossiers.desk import WorkList
from dossiers.models import Dossier, Draft, Handover, Incident, PostalItem
from dossiers.statuses import EXPECTED, Step
from dossiers.views.steps import PAGES
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.lib.vietnamese import write_number

SHOWN = 5  # lines of a list; the number above it opens the rest
# The key that jumps to a list: its place, but letters for the last ones.
KEYS = "1234567890"
LETTERS = {"incidents": "i", "drafts": "d"}
# What is handed over in the one meeting with the postman.
BY_THE_POSTMAN = ("coming", "going")
# What the lines of other things say beside themselves.
RELATED = {"incidents": ("dossier", "item"), "minutes": ("desk",)}


class Line(NamedTuple):
    """One thing that waits, why, and the address and words of its next action."""

    reference: str
    address: str
    who: str
    what: str
    told: str
    badge: Badge | None
    next_address: str
    next_words: Any
    draft: Draft | None = None


class Section(NamedTuple):
    """A list as it stands: its words, its key, its number, its first lines."""

    name: str
    key: str
    work: WorkList
    count: paging.Count
    address: str
    lines: list[Line]


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this visitor."""
    user = request.user
    permissions.check_ability(user, Ability.SEE_DESK)
    sections = list(_sections(user, timezone.localdate()))
    context = {
        "now": timezone.localtime(),
        "sections": sections,
        "is_free": not any(section.lines for section in sections),
        "meets_the_postman": BY_THE_POSTMAN if user.may(Ability.RECEIVE) else (),
    }
    return render(request, "dossiers/desk.html", context)


def _sections(user: User, day: date) -> Iterator[Section]:
    keys = iter(KEYS)
    for name, work in desk.lists_for(user).items():
        rows = work.rows(user, day)
        if work.is_of_dossiers:
            # Not joined: small tables mislead SQLite about where to begin.
            rows = rows.prefetch_related("procedure", "postal_items")
        if name in RELATED:
            rows = rows.select_related(*RELATED[name])
        shown, count = _first(rows)
        yield Section(
            name,
            LETTERS.get(name) or next(keys, ""),
            work,
            count,
            _full_list(name, work),
            [LINES.get(name, _dossier)(name, row, user, day) for row in shown],
        )


def _first(rows: QuerySet) -> tuple[list[Any], paging.Count]:
    """The first rows, and how many there are; counted only when there are more."""
    shown = list(rows[: SHOWN + 1])
    if len(shown) > SHOWN:
        return shown[:SHOWN], paging.count(rows)
    return shown, paging.Count(len(shown), is_more=False)


def _full_list(name: str, work: WorkList) -> str:
    if work.is_of_dossiers:
        return f"{reverse('dossiers:list')}?{urlencode({'work': name})}"
    tab = f"?{urlencode({'tab': TABS[name]})}" if name in TABS else ""
    return f"{reverse(FULL_LISTS[name])}{tab}"


FULL_LISTS = {
    "minutes": "dossiers:handovers",
    "silent": "dossiers:items",
    "owing": "dossiers:items",
    "incidents": "dossiers:incidents",
    "drafts": "dossiers:drafts",
}
# The tab of that page that shows the list and nothing else.
TABS = {"silent": "silent", "owing": "owing", "incidents": "open"}


def _dossier(name: str, dossier: Dossier, user: User, day: date) -> Line:
    return Line(
        dossier.reference,
        dossier.get_absolute_url(),
        dossier.applicant_name,
        dossier.procedure.name,
        *TOLD[name](dossier, day),
        *_next(name, dossier, user),
    )


def _next(name: str, dossier: Dossier, user: User) -> tuple[str, Any]:
    """Address and words of what is to be done with a dossier of this list."""
    if user.may(Ability.RECEIVE):
        if dossier.status in EXPECTED and name == "coming":
            return reverse("dossiers:handovers"), _("The postman is here")
        if name == "came_back":
            address = reverse("dossiers:correct", args=[dossier.reference])
            return address, _("Mend the address")
    step = Step.PAPERS_MOVED if name == "papers" else desk.next_step(user, dossier)
    if step is None:
        return dossier.get_absolute_url(), _("Open the dossier")
    address = reverse("dossiers:step", args=[dossier.reference, step.value])
    return address, PAGES[step].title


Told = tuple[str, Badge | None]


def _due(dossier: Dossier, day: date) -> Told:
    return f"{dossier.due_on:%d/%m/%Y}", badges.due_badge(dossier, day)


def _received(dossier: Dossier, day: date) -> Told:
    moment = timezone.localtime(dossier.received_at)
    is_of_today = moment.date() == day
    badge = None if is_of_today else Badge("soon", _("since an earlier day"))
    return f"{moment:%H:%M, %d/%m/%Y}", badge


def _envelopes(dossier: Dossier, day: date) -> Told:
    return ", ".join(item.number for item in dossier.postal_items.all()), None


def _status(dossier: Dossier, day: date) -> Told:
    return dossier.return_address, Badge(
        f"status-{dossier.status}", dossier.get_status_display()
    )


def _answer(dossier: Dossier, day: date) -> Told:
    return f"{dossier.answer_by:%d/%m/%Y}", badges.until(dossier.answer_by, day)


def _addressee(dossier: Dossier, day: date) -> Told:
    phone = dossier.return_phone or dossier.applicant_phone
    return " · ".join(filter(None, (phone, dossier.return_address))), None


def _ended(dossier: Dossier, day: date) -> Told:
    return dossier.applicant_phone, Badge(
        f"status-{dossier.status}", dossier.get_status_display()
    )


# Why a dossier stands on a list.
TOLD: dict[str, Callable[[Dossier, date], Told]] = {
    "late": _due,
    "due": _due,
    "to_forward": _received,
    "coming": _envelopes,
    "going": _status,
    "supplements": _answer,
    "came_back": _addressee,
    "papers": _ended,
}


def _silent(name: str, item: PostalItem, user: User, day: date) -> Line:
    badge = badges.until(item.news_due_on, day)
    return _item(item, f"{item.news_due_on:%d/%m/%Y}", badge, _("Ask the post"))


def _owing(name: str, item: PostalItem, user: User, day: date) -> Line:
    owed = [f"{write_number(item.collect_dong)} đ"] if item.collect_dong else []
    told = ", ".join([*owed, *filter(None, [item.recovers])])
    return _item(item, told, None, _("Open the item"))


def _item(item: PostalItem, told: str, badge: Badge | None, words: str) -> Line:
    address = reverse("dossiers:item", args=[item.pk])
    what = f"{item.get_leg_display()} · {item.get_status_display()}"
    return Line(
        item.number, address, item.recipient_name, what, told, badge, address, words
    )


def _incident(name: str, incident: Incident, user: User, day: date) -> Line:
    return Line(
        str(incident.dossier or incident.item),
        incident.get_absolute_url(),
        incident.dossier.applicant_name if incident.dossier else "",
        incident.description,
        f"{incident.found_out_on:%d/%m/%Y}",
        Badge("overdue", incident.get_kind_display()),
        incident.get_absolute_url(),
        _("Open the incident"),
    )


def _minutes(name: str, minutes: Handover, user: User, day: date) -> Line:
    signed_at = timezone.localtime(minutes.desk_signed_at)
    return Line(
        str(minutes),
        minutes.get_absolute_url(),
        minutes.desk.name,
        minutes.get_direction_display(),
        f"{signed_at:%H:%M, %d/%m/%Y}",
        None,
        minutes.get_absolute_url(),
        _("Sign"),
    )


def _draft(name: str, draft: Draft, user: User, day: date) -> Line:
    address = f"{reverse('dossiers:new')}?{urlencode({'draft': draft.key})}"
    saved_at = timezone.localtime(draft.saved_at)
    return Line(
        draft.title or _("No name yet"),
        address,
        "",
        "",
        f"{saved_at:%H:%M, %d/%m/%Y}",
        None,
        address,
        _("Go on"),
        draft,
    )


LINES: dict[str, Callable[[str, Any, User, date], Line]] = {
    "silent": _silent,
    "owing": _owing,
    "incidents": _incident,
    "minutes": _minutes,
    "drafts": _draft,
}

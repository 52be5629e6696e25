"""How the register is narrowed: one FilterSet, and the tabs above it."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dossiers import desk, lateness
from dossiers.counted_sets import (
    COUNTED_SETS,
    INTAKE_BY_POST,
    RETURN_BY_POST,
    days_counted,
)
from dossiers.item_numbers import tidy
from dossiers.models import CustodyEntry, Dossier
from dossiers.postal_statuses import Party
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import (
    ENDED_EARLY,
    EXPECTED,
    PAUSED,
    IntakeChannel,
    ReturnChannel,
    Status,
    Step,
    WhyNotPost,
)
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from procedures.models import Field, Procedure


class Tab(NamedTuple):
    """A work state of the register: its words and its dossiers."""

    label: Promise
    narrow: Callable[[DossierQuerySet, date], DossierQuerySet]


TABS: dict[str, Tab] = {
    "all": Tab(_("All"), lambda qs, today: qs),
    "expected": Tab(
        _("Expected"), lambda qs, today: qs.filter(status__in=sorted(EXPECTED))
    ),
    "open": Tab(_("Open"), lambda qs, today: qs.open()),
    "overdue": Tab(_("Overdue"), lambda qs, today: qs.overdue(today)),
    "paused": Tab(
        _("Waiting for the applicant"),
        lambda qs, today: qs.filter(status__in=sorted(PAUSED)),
    ),
    "result_ready": Tab(
        _("Result waiting"),
        lambda qs, today: qs.filter(
            status__in=[Status.RESULT_READY, Status.UNDELIVERED]
        ),
    ),
    "with_post": Tab(
        _("With the post"), lambda qs, today: qs.filter(status=Status.WITH_POST)
    ),
    "originals": Tab(
        _("Originals not home"), lambda qs, today: qs.with_originals_left()
    ),
    "returned": Tab(_("Returned"), lambda qs, today: qs.filter(status=Status.RETURNED)),
    "ended": Tab(
        _("Ended without a result"),
        lambda qs, today: qs.filter(status__in=sorted(ENDED_EARLY)),
    ),
}

# Lists of the desk that the register can show whole.
WORK = {name: x for name, x in desk.LISTS.items() if x.is_of_dossiers}
ANY_REASON = "any"

POST_CHOICES = {
    "any": (_("At least one leg by post"), INTAKE_BY_POST | RETURN_BY_POST),
    "both": (_("Both legs by post"), INTAKE_BY_POST & RETURN_BY_POST),
    "none": (_("No leg by post"), ~(INTAKE_BY_POST | RETURN_BY_POST)),
}

# «Entered» is the first entry of a log, whatever its step.
FIRST_STEP, LAST_STEP = "first", "last"
STEP_IS = {FIRST_STEP: {"sequence": 1}}
# Results that came later than promised, and whose days that were.
LATE_CHOICES = {
    "judged": _("delivered by post, with a promised day"),
    "any": _("reached the citizen later than promised"),
    Party.AGENCY: _("later than promised, days of the agency"),
    Party.POST: _("later than promised, days of the post"),
    Party.RECIPIENT: _("later than promised, days of the recipient"),
}
# These mean something only between two days.
NEEDS_DAYS = ("counted", "late", "by")


class DossierFilter(django_filters.FilterSet):
    """Narrows what the visitor may see.

    ``counted`` with ``start`` and ``end`` names a set of
    ``dossiers.counted_sets``: that is how a figure opens its dossiers. ``late`` and
    ``by`` with ``step`` do the same for figures that no single condition can say.
    """

    q = django_filters.CharFilter(
        label=_("Code or name"), method="by_words", max_length=200
    )
    procedure = django_filters.CharFilter(
        label=_("Procedure code"), field_name="procedure__code", max_length=40
    )
    field = django_filters.ModelChoiceFilter(
        label=_("Field"),
        field_name="procedure__field",
        queryset=Field.objects.all(),
        empty_label=_("All fields"),
    )
    field_name = django_filters.CharFilter(
        label=_("Field"),
        field_name="procedure__field__name",
        max_length=200,
        widget=forms.HiddenInput,
    )
    agency = django_filters.CharFilter(
        label=_("Agency"),
        method="by_agency",
        max_length=20,
        widget=forms.HiddenInput,
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Status.choices, empty_label=_("All statuses")
    )
    intake = django_filters.ChoiceFilter(
        label=_("Came in"),
        field_name="intake_channel",
        choices=IntakeChannel.choices,
        empty_label=_("Any way"),
    )
    out = django_filters.ChoiceFilter(
        label=_("Goes out"),
        field_name="return_channel",
        choices=ReturnChannel.choices,
        empty_label=_("Any way"),
    )
    post = django_filters.ChoiceFilter(
        label=_("By post"),
        method="by_post",
        choices=[(name, label) for name, (label, _q) in POST_CHOICES.items()],
        empty_label=_("By post or not"),
    )
    why_not = django_filters.ChoiceFilter(
        label=_("Why not by post?"),
        method="by_why_not",
        choices=[(ANY_REASON, _("Any reason given")), *WhyNotPost.choices],
        empty_label=_("Whether asked or not"),
    )
    received_from = django_filters.DateFilter(
        label=_("Received from"),
        field_name="clock_started_on",
        lookup_expr="gte",
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )
    received_to = django_filters.DateFilter(
        label=_("Received to"),
        field_name="clock_started_on",
        lookup_expr="lte",
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )
    counted = django_filters.ChoiceFilter(
        label=_("Counted as"),
        method="by_counted_set",
        choices=[(name, x.name) for name, x in COUNTED_SETS.items()],
        widget=forms.HiddenInput,
    )
    desk = django_filters.CharFilter(
        label=_("Desk"),
        field_name="desk__symbol",
        max_length=20,
        widget=forms.HiddenInput,
    )
    version = django_filters.ModelChoiceFilter(
        label=_("Version of the procedure"),
        field_name="procedure",
        queryset=Procedure.objects.all(),
        widget=forms.HiddenInput,
    )
    late = django_filters.ChoiceFilter(
        label=_("Results"),
        method="by_lateness",
        choices=list(LATE_CHOICES.items()),
        widget=forms.HiddenInput,
    )
    by = django_filters.NumberFilter(
        label=_("Steps of"),
        method="by_steps",
        min_value=1,
        max_value=2**31 - 1,
        decimal_places=0,
        widget=forms.HiddenInput,
    )
    step = django_filters.ChoiceFilter(
        label=_("Step"),
        method="skip",
        choices=[
            (FIRST_STEP, _("Entered")),
            (LAST_STEP, _("Last step, still open")),
            *Step.choices,
        ],
        widget=forms.HiddenInput,
    )
    work = django_filters.ChoiceFilter(
        label=_("Today"),
        method="by_work",
        choices=[(name, x.title) for name, x in WORK.items()],
        widget=forms.HiddenInput,
    )
    start = django_filters.DateFilter(method="skip", widget=forms.HiddenInput)
    end = django_filters.DateFilter(method="skip", widget=forms.HiddenInput)

    class Meta:
        model = Dossier
        fields: list[str] = []

    def by_words(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """Every word in code or name, diacritics ignored; or an item number."""
        return queryset.matching(value, item=tidy(value))

    def by_agency(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """Of one organisation and those below it, by its symbol."""
        organisation = Organisation.objects.filter(symbol=value).first()
        return queryset.of(organisation) if organisation else queryset.none()

    def by_post(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """By the legs that go by public post."""
        return queryset.filter(POST_CHOICES[value][1])

    def by_why_not(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """By the reason given against the post."""
        if value == ANY_REASON:
            return queryset.exclude(why_not_post="")
        return queryset.filter(why_not_post=value)

    def by_work(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """What waits for this visitor today, as a list of the desk counts it."""
        user, today = self.request.user, timezone.localdate()
        return WORK[value].narrow(queryset, user, today)

    def by_counted_set(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """The dossiers behind a figure; nothing without its days."""
        days = self._days()
        return queryset.counted(value, *days) if days else queryset.none()

    def by_lateness(self, queryset: DossierQuerySet, name: str, value: str) -> Any:
        """Results delivered on these days, by whose days they came late."""
        days = self._days()
        if not days:
            return queryset.none()
        if value == "judged":
            return lateness.judged(queryset, *days)
        found = lateness.late_arrivals(queryset, *days)
        if value != "any":
            found = [x for x in found if x.of(Party(value))]
        return queryset.filter(pk__in=[x.dossier for x in found])

    def by_steps(self, queryset: DossierQuerySet, name: str, value: Any) -> Any:
        """Dossiers in which somebody took a step on these days; for leaders only."""
        days, step = self._days(), self.form.cleaned_data.get("step")
        user = getattr(self.request, "user", None)
        if user is None or not user.may(Ability.READ_WORKLOAD):
            return queryset.none()
        if step == LAST_STEP:
            entries = CustodyEntry.objects.filter(dossier=OuterRef("pk"))
            newest = entries.order_by("-sequence").values("by")[:1]
            return (
                queryset.open()
                .annotate(last_by=Subquery(newest))
                .filter(last_by=int(value))
            )
        if not days:
            return queryset.none()
        steps = CustodyEntry.objects.filter(by=int(value), at__date__range=days)
        if step:
            steps = steps.filter(**STEP_IS.get(step, {"step": step}))
        return queryset.filter(pk__in=steps.order_by().values("dossier"))

    def _days(self) -> tuple[date, date] | None:
        """The days of a figure, up to today; None without them or before they begin."""
        days = self.form.cleaned_data
        return days_counted(days.get("start"), days.get("end"), timezone.localdate())

    def skip(self, queryset: DossierQuerySet, name: str, value: Any) -> Any:
        """Read by the filters that need days."""
        return queryset

    def chips(self) -> list[dict[str, Any]]:
        """What is applied: label, value in words, the address without it."""
        if not self.form.is_valid():
            return []
        chips = []
        for name, value in self.form.cleaned_data.items():
            if not value or name in ("start", "end"):
                continue
            names = [name, "start", "end"] if name in NEEDS_DAYS else [name]
            if name == "by":
                names.append("step")
            rest = self.data.copy()
            for taken in [*names, "after"]:
                rest.pop(taken, None)
            chips.append(
                {
                    "label": self.filters[name].label,
                    "text": self._in_words(name, value),
                    "address": f"?{rest.urlencode()}",
                }
            )
        return chips

    def _in_words(self, name: str, value: Any) -> str:
        if name in NEEDS_DAYS:
            days, words = self.form.cleaned_data, self._set_in_words(name, value)
            if not (days.get("start") and days.get("end")):
                return words
            return f"{words}, {days['start']:%d/%m/%Y} – {days['end']:%d/%m/%Y}"
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if name == "agency":
            found = Organisation.objects.filter(symbol=value).first()
            return found.name if found else value
        choices = dict(getattr(self.form.fields[name], "choices", []) or [])
        return str(choices.get(value, value)) if isinstance(value, str) else str(value)

    def _set_in_words(self, name: str, value: Any) -> str:
        if name == "counted":
            return str(COUNTED_SETS[value].name)
        if name == "late":
            return str(LATE_CHOICES[value])
        viewer = getattr(self.request, "user", None)
        people = User.objects.filter(pk=int(value))
        if viewer is None or viewer.organisation is None:
            return str(value)
        within = Organisation.objects.within(viewer.organisation.scope)
        person = people.filter(organisation__in=within).first()
        return str(person or value)


def narrow_to_tab(queryset: DossierQuerySet, name: str) -> DossierQuerySet:
    """The dossiers of a tab, today; unknown names mean all."""
    return TABS.get(name, TABS["all"]).narrow(queryset, timezone.localdate())

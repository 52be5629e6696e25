"""What each person at the desk and in the agency did in a period: steps, not worth."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from dossiers.models import CustodyEntry
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import Step
from postal_tthc.accounts.models import Organisation, User


@dataclass(frozen=True)
class Load:
    """One person: what the logs of the dossiers say, and nothing else.

    ``steps`` says in how many dossiers the person took each step; ``all_steps`` is
    how many steps that were; ``entered`` counts the dossiers that the person wrote
    down first, ``open_now`` the open ones of which the last step is the person's.
    """

    pk: int
    name: str
    role: str
    entered: int
    steps: tuple[tuple[str, int], ...]
    all_steps: int
    open_now: int

    def in_dossiers(self, step: str) -> int:
        """In how many dossiers this person took a step."""
        return dict(self.steps).get(step, 0)


def workload(
    organisation: Organisation, seen: DossierQuerySet, start: date, end: date
) -> list[Load]:
    """Everybody of the organisation who took a step or has one open, by name.

    The post's own people are left out: they answer to the post. Four queries.
    """
    entries = CustodyEntry.objects.filter(
        dossier__in=seen.order_by().values("pk"), at__date__range=(start, end)
    ).order_by()
    steps: dict[int, dict[str, int]] = {}
    totals: dict[int, int] = {}
    for row in entries.values("by", "step").annotate(
        dossiers=Count("dossier", distinct=True), number=Count("pk")
    ):
        steps.setdefault(row["by"], {})[row["step"]] = row["dossiers"]
        totals[row["by"]] = totals.get(row["by"], 0) + row["number"]
    first = entries.filter(sequence=1)
    entered = dict(first.values_list("by").annotate(number=Count("dossier")))
    waiting = _open_now(seen)
    people = User.objects.filter(
        pk__in={*steps, *entered, *waiting},
        organisation__in=Organisation.objects.within(organisation.scope),
    ).exclude(organisation__kind=Organisation.Kind.POST_OFFICE)
    return [
        Load(
            person.pk,
            str(person),
            person.get_role_display(),
            entered.get(person.pk, 0),
            tuple(
                (step.value, steps[person.pk][step])
                for step in Step
                if step in steps.get(person.pk, {})
            ),
            totals.get(person.pk, 0),
            waiting.get(person.pk, 0),
        )
        for person in people.order_by("full_name", "username")
    ]


def _open_now(seen: DossierQuerySet) -> dict[int, int]:
    last = CustodyEntry.objects.filter(dossier=OuterRef("pk")).order_by("-sequence")
    rows = seen.open().order_by().annotate(last_by=Subquery(last.values("by")[:1]))
    return dict(rows.values_list("last_by").annotate(number=Count("pk")))

"""Which organisations should report to a collector, and which work in the system."""

from datetime import date

from django.db.models import Q, QuerySet

from dossiers.models import Dossier, OpeningTotal
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import ABILITIES, Ability
from reports.periods import Period

RECEIVING = [role for role, may in ABILITIES.items() if Ability.RECEIVE in may]


def reporting_below(collector: Organisation) -> QuerySet[Organisation]:
    """Agencies directly below, and desks that serve the collector itself.

    An agency below an agency reports inside it, and so does an agency's own desk.
    """
    kinds = Organisation.Kind
    return Organisation.objects.filter(
        parent=collector,
        parent__kind=kinds.PROVINCE,
        kind__in=[kinds.AGENCY, kinds.DESK],
    ).select_related("parent")


def existed_in(organisation: Organisation, period: Period) -> bool:
    """Whether it existed on any day of the period."""
    begins, ends = organisation.valid_from, organisation.valid_to
    return (begins is None or begins <= period.end) and (
        ends is None or ends >= period.start
    )


def working_in_system(collector: Organisation, until: date) -> set[int]:
    """Which organisations directly below work in the system by the end of a day.

    One that had a dossier or an opening total by then, or a person who receives
    dossiers. Somebody who only writes reports does not make an office.
    """
    kinds = Organisation.Kind
    below = Organisation.objects.within(collector).exclude(pk=collector.pk)
    parents = dict(below.values_list("pk", "parent"))
    agencies = set(
        Dossier.objects.filter(agency__in=below, clock_started_on__lte=until)
        .order_by()
        .values_list("agency", flat=True)
        .distinct()
    )
    agencies |= set(
        OpeningTotal.objects.filter(organisation__in=below, month__lte=until)
        .order_by()
        .values_list("organisation", flat=True)
        .distinct()
    )
    desks = set(
        Dossier.objects.filter(
            Q(clock_started_on__lte=until),
            desk__parent=collector,
            desk__kind=kinds.DESK,
        )
        .order_by()
        .values_list("desk", flat=True)
        .distinct()
    )
    people = set(
        User.objects.filter(
            organisation__in=below,
            role__in=RECEIVING,
            is_active=True,
            date_joined__date__lte=until,
        ).values_list("organisation", flat=True)
    )
    return {
        pk if parents[pk] == collector.pk else parents[pk]
        for pk in agencies | desks | people
    }

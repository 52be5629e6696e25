"""What stands open at this moment, whatever the period: originals, silence, harm."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from dossiers.models import Incident, Paper, PostalItem
from dossiers.querysets import DossierQuerySet
from procedures.models import RequiredPaper


@dataclass(frozen=True)
class Standing:
    """Numbers of today. ``originals`` are sheets of paper, the others are cases."""

    originals: int
    dossiers_with_originals: int
    silent: int
    incidents: int
    overdue: int
    under_way: int


def standing(seen: DossierQuerySet, today: date) -> Standing:
    """What is open now. Five queries."""
    held = Paper.objects.filter(
        dossier__in=seen.with_originals_left().order_by().values("pk"),
        held_by__isnull=False,
        form=RequiredPaper.Form.ORIGINAL,
    ).aggregate(
        originals=Sum("quantity", default=0), dossiers=Count("dossier", distinct=True)
    )
    items = PostalItem.objects.carrying(seen)
    return Standing(
        originals=held["originals"],
        dossiers_with_originals=held["dossiers"],
        silent=items.silent(today).count(),
        incidents=Incident.objects.about(seen).open().count(),
        overdue=seen.overdue(today).count(),
        under_way=items.under_way().count(),
    )

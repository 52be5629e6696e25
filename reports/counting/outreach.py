"""The outreach ledger of a period, as the figures keep it."""

from datetime import date

from django.utils import translation

from postal_tthc.accounts.models import Organisation
from reports.figures import OutreachLine
from reports.models import OutreachEvent


@translation.override("vi")
def outreach(
    organisation: Organisation, start: date, end: date
) -> tuple[OutreachLine, ...]:
    """What the organisation itself did so that people know, the oldest first."""
    events = OutreachEvent.objects.filter(
        organisation=organisation.scope, held_on__range=(start, end), void_reason=""
    ).select_related("document")
    return tuple(
        OutreachLine(
            held_on=event.held_on,
            kind=event.get_kind_display(),
            title=event.title,
            citation=event.document.short_citation if event.document else "",
            reached=event.reached,
        )
        for event in events.order_by("held_on", "pk")
    )

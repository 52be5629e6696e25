"""Bad notices, incidents and drafts; the rows are written by hand."""

from datetime import date

from dossiers.models import Draft, Incident, Notice
from dossiers.postal_statuses import Party
from dossiers.statuses import Status
from procedures.models import Leg
from tests.factories.dossiers import at, dossier_at
from tests.factories.offices import Office

MODELS = (Notice, Incident, Draft)
MONDAY, DAY = date(2020, 6, 1), date(2020, 6, 4)
ENDED = "resolved_incident_has_its_outcome"
BAD = [
    # The second notice is a request to supplement.
    (Notice, "notice_kind_is_known", {"kind": "greeting"}),
    (Notice, "notice_has_a_reason", {"reason": ""}),
    (Notice, "apology_alone_has_a_new_date", {"kind": "apology"}),
    (Notice, "apology_alone_has_a_new_date", {"new_date": DAY}),
    # The second incident is an open one, and complained about.
    (Incident, "incident_kind_is_known", {"kind": "fire"}),
    (Incident, "incident_party_is_known", {"liable": "the weather"}),
    (Incident, "incident_is_about_something", {"dossier": None, "item": None}),
    (Incident, ENDED, {"outcome": "found"}),
    (Incident, ENDED, {"resolved_on": DAY}),
    (Incident, ENDED, {"outcome": "forgotten", "resolved_on": DAY}),
    (
        Incident,
        "complaint_is_answered_after_it_is_sent",
        {"complained_on": DAY, "answered_on": MONDAY},
    ),
    (
        Incident,
        "complaint_is_answered_after_it_is_sent",
        {"complained_on": None, "answered_on": DAY},
    ),
]
ALSO_BROKEN: dict[str, str] = {}
DOUBLES = [(Incident, ["item"], {"kind": "silence"}), (Draft, ["owner", "key"], {})]


def make_rows(office: Office) -> dict[type, list]:
    for _ in range(2):
        dossier_at(Status.AWAITING_SUPPLEMENT, office)
        dossier = dossier_at(Status.WITH_POST, office)
        Incident.objects.create(
            kind=Incident.Kind.SILENCE,
            dossier=dossier,
            item=dossier.postal_items.get(leg=Leg.RETURN),
            found_out_on=DAY,
            description="Không có tin",
            liable=Party.POST,
            opened_by=office.clerk,
            opened_at=at(DAY),
        )
    for key in ("a", "b"):
        Draft.objects.create(owner=office.clerk, key=key)
    return {model: list(model.objects.order_by("pk")) for model in MODELS}

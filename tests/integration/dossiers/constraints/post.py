"""Bad envelopes and bad news of them."""

from datetime import date

from dossiers.models import PostalEvent, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status
from tests.factories.dossiers import dossier_at
from tests.factories.offices import Office

MODELS = (PostalItem, PostalEvent)
MONDAY, DAY = date(2020, 6, 1), date(2020, 6, 4)
BAD = [
    (PostalItem, "item_leg_is_known", {"leg": "sideways"}),
    (PostalItem, "item_has_a_number", {"number": ""}),
    (PostalItem, "item_status_is_known", {"status": "dreaming"}),
    (PostalItem, "item_service_is_known", {"service": "pigeon"}),
    (PostalItem, "item_route_is_known", {"route": "to the moon"}),
    (PostalItem, "item_payer_is_known", {"payer": "nobody"}),
    (
        PostalItem,
        "item_is_delivered_after_it_is_posted",
        {"posted_on": DAY, "delivered_on": MONDAY},
    ),
    (
        PostalItem,
        "item_is_expected_once_it_is_posted",
        {"posted_on": None, "expected_on": DAY},
    ),
    # The second event is the first attempt to deliver.
    (PostalEvent, "event_status_is_known", {"status": "dreaming", "reason": ""}),
    (PostalEvent, "failed_attempt_alone_has_a_reason", {"reason": ""}),
    (PostalEvent, "failed_attempt_alone_has_a_reason", {"reason": "bad mood"}),
    (
        PostalEvent,
        "failed_attempt_alone_has_a_reason",
        {"status": ItemStatus.DELIVERED, "reason": Reason.ABSENT},
    ),
]
ALSO_BROKEN: dict[str, str] = {}
DOUBLES = [(PostalItem, ["number", "leg"], {})]


def make_rows(office: Office) -> dict[type, list]:
    dossier_at(Status.UNDELIVERED, office)
    dossier_at(Status.WITH_POST, office)
    return {model: list(model.objects.order_by("pk")[:2]) for model in MODELS}

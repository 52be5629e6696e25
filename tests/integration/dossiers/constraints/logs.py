"""Bad papers, log entries and numbers."""

from dossiers.models import CustodyEntry, NumberSeries, Paper
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, dossier_at, receive
from tests.factories.offices import Office

MODELS = (Paper, CustodyEntry, NumberSeries)
BAD = [
    (Paper, "paper_form_is_known", {"form": "papyrus"}),
    (Paper, "paper_is_at_least_one", {"quantity": 0}),
    (Paper, "paper_is_held_or_accounted_for", {"held_by": None}),
    (Paper, "paper_is_held_or_accounted_for", {"outcome": "returned"}),
    (Paper, "paper_is_held_or_accounted_for", {"held_by": None, "outcome": "burnt"}),
    # The second entry of a log.
    (CustodyEntry, "custody_step_is_known", {"step": "eaten"}),
    (CustodyEntry, "custody_status_is_known", {"status": "eaten"}),
    (CustodyEntry, "custody_first_entry_alone_has_no_previous", {"previous_seal": ""}),
    (CustodyEntry, "custody_first_entry_alone_has_no_previous", {"sequence": 0}),
    (NumberSeries, "series_kind_is_known", {"kind": "lottery"}),
    (NumberSeries, "a_series_begins_with_one", {"last": 0}),
]
ALSO_BROKEN: dict[str, str] = {}
DOUBLES = [
    (Paper, ["dossier", "position"], {}),
    (CustodyEntry, ["dossier", "sequence"], {"previous_seal": ""}),
    (CustodyEntry, ["seal"], {}),
    (NumberSeries, ["agency", "day", "kind"], {}),
]


def make_rows(office: Office) -> dict[type, list]:
    dossier_at(Status.PROCESSING, office)
    receive(office, on=MONDAY.replace(day=2))
    return {model: list(model.objects.order_by("pk")[:2]) for model in MODELS}

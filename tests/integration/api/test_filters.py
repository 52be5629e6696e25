"""A list is narrowed as its page is: by the same FilterSet, to the same rows."""

from datetime import timedelta

import pytest

from dossiers.api.dossiers import Dossiers, RegisterFilter
from dossiers.api.incidents import Incidents
from dossiers.api.items import Items
from dossiers.filters import TABS, DossierFilter
from dossiers.item_filters import IncidentFilter, ItemFilter
from dossiers.models import Dossier
from dossiers.statuses import Status
from procedures.api.views import Procedures
from procedures.filters import ProcedureFilter
from tests.factories.dossiers import MONDAY, dossier_at, receive
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask
from tests.integration.api.routes import operations

LIST = "/api/v1/dossiers/"
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")
ASKED = [
    "",
    *(f"tab={name}" for name in TABS),
    "q=do+thi",
    "q=H02.16",
    "status=processing",
    "intake=public_post",
    "out=public_post",
    "post=any",
    "post=none",
    "why_not=any",
    "why_not=cost",
    "received_from=2020-06-15",
    "received_to=01/06/2020",
    "received_from=01/06/2020&received_to=01/06/2020&status=received",
    "counted=received&start=2020-06-01&end=2020-06-30",
    "agency=SNV",
    "agency=STP",
    "procedure=1.000000",
]


@pytest.fixture
def register(office: Office) -> None:
    """Dossiers of every status, and one that is like no other."""
    for status in Status:
        dossier_at(status, office)
    receive(office, applicant_name="Đỗ Thị Nhẫn", why_not_post="cost")
    dossier_at(Status.RESULT_READY, office, on=MONDAY + timedelta(days=30))


@pytest.mark.parametrize(
    ("ours", "pages"),
    [
        (RegisterFilter, DossierFilter),
        (Dossiers.filterset_class, DossierFilter),
        (Items.filterset_class, ItemFilter),
        (Incidents.filterset_class, IncidentFilter),
        (Procedures.filterset_class, ProcedureFilter),
    ],
)
def test_the_filters_are_those_of_the_page(ours: type, pages: type) -> None:
    assert issubclass(ours, pages)
    assert ours.base_filters.keys() >= pages.base_filters.keys()
    assert ours.base_filters.keys() - pages.base_filters.keys() <= {"tab", "number"}


def test_the_schema_tells_of_every_filter() -> None:
    told = {
        x.name: x.told["parameters"] for x in operations() if "dossiers_list" in x.name
    }
    names = {x["name"] for x in told["dossiers_list"] if x["in"] == "query"}
    assert names == {*RegisterFilter.base_filters, "cursor", "limit"}


@pytest.mark.usefixtures("register")
def test_page_and_program_find_the_same(ask: Ask, sign_in) -> None:
    client, browser = ask("clerk"), sign_in("clerk")
    sizes = set()
    for query in ASKED:
        answer = client.get(f"{LIST}?{query}&limit=200")
        assert answer.status_code == 200, query
        found = {x["reference"] for x in answer.json()["results"]}
        page = browser.get(f"/dossiers/?{query}")
        assert page.context["filter"].form.is_valid(), query
        assert len(found) == page.context["count"].number, query
        shown = {x.reference for x in page.context["page"].rows}
        assert shown <= found, query
        sizes.add(len(found))
    assert len(sizes) > 4
    assert max(sizes) == Dossier.objects.count()

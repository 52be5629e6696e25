"""Which endpoints hear of which step, and that a step that failed is not told."""

import json
from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import CustodyEntry, WebhookDelivery, WebhookEndpoint
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at, receive
from tests.integration.dossiers.faults import is_cut

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")


def endpoint(organisation, **values) -> WebhookEndpoint:
    values = {"url": "https://example.gov.vn/hook", "secret": "x"} | values
    return WebhookEndpoint.objects.create(organisation=organisation, **values)


def told() -> list[str]:
    return [d.payload["step"] for d in WebhookDelivery.objects.order_by("pk")]


def test_every_step_is_queued_with_codes_and_without_a_person(office):
    endpoint(office.agency)

    dossier = dossier_at(Status.RETURNED, office, return_channel="public_post")

    assert told() == [entry.step for entry in dossier.custody.all()]
    last = WebhookDelivery.objects.latest("pk")
    assert last.payload == {
        "dossier": dossier.code,
        "procedure": dossier.procedure.code,
        "step": "delivered",
        "status": "returned",
        "sequence": 5,
        "at": "2020-06-05T09:00:00+07:00",
        "held_by": None,
        "item": dossier.postal_items.get().number,
        "due_on": dossier.due_on.isoformat(),
        "seal": dossier.custody.last().seal,
    }
    everything = json.dumps(
        list(WebhookDelivery.objects.values_list("payload", flat=True)),
        ensure_ascii=False,
    )
    assert dossier.applicant_name not in everything
    assert dossier.return_address not in everything


@pytest.mark.parametrize(
    ("who", "hears"),
    [("agency", True), ("desk", True), ("province", True), ("post_office", False)],
)
def test_an_organisation_hears_of_the_dossiers_that_it_sees(office, who, hears):
    endpoint(getattr(office, who))

    receive(office)  # comes and goes at the counter

    assert WebhookDelivery.objects.exists() == hears


def test_the_post_hears_of_what_goes_by_post(office):
    endpoint(office.post_office)

    dossier_at(Status.WITH_POST, office)

    assert told() == ["received", "processing", "result_ready", "handed_to_post"]


def test_another_province_hears_nothing(office, other_office):
    endpoint(other_office.province)

    receive(office)

    assert not WebhookDelivery.objects.exists()


def test_an_endpoint_hears_of_its_own_steps_and_not_while_it_is_off(office):
    endpoint(office.agency, steps=["processing"])
    endpoint(office.agency, is_active=False)

    dossier_at(Status.PROCESSING, office)

    assert told() == ["processing"]


def test_two_endpoints_have_two_ids_for_one_step(office):
    endpoint(office.agency)
    endpoint(office.agency, url="https://example.gov.vn/other")

    receive(office)

    assert len(set(WebhookDelivery.objects.values_list("event_id", flat=True))) == 2


def test_a_step_that_failed_half_way_is_not_told(office):
    endpoint(office.agency)
    dossier = dossier_at(Status.RECEIVED, office)
    before = WebhookDelivery.objects.count()
    later, write = at(MONDAY + timedelta(days=9)), 0

    def verb() -> None:
        actions.start_processing(dossier, by=office.case_officer, at=later)

    while is_cut(verb, write + 1):
        write += 1
        assert WebhookDelivery.objects.count() == before
        assert CustodyEntry.objects.count() == 1
    assert write >= 4
    assert WebhookDelivery.objects.count() == before + 1

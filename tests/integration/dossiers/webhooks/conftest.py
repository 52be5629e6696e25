"""A receiver, and an endpoint that sends to it."""

from collections.abc import Iterator

import pytest

from dossiers.models import WebhookEndpoint
from tests.factories.offices import Office
from tests.integration.dossiers.webhooks.receiver import Receiver, receiving

SECRET = "bi-mat-cua-diem-nhan"


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    """A receiver on this machine, where sending inside is allowed."""
    settings.WEBHOOKS_MAY_GO_INSIDE = True
    with receiving() as found:
        yield found


@pytest.fixture
def endpoint(office: Office, receiver: Receiver) -> WebhookEndpoint:
    """An endpoint of the agency that hears of every step."""
    return WebhookEndpoint.objects.create(
        organisation=office.agency, url=receiver.url, secret=SECRET
    )

"""What was delivered and is sent again has not been delivered until it is."""

import pytest

from dossiers.models import WebhookDelivery
from dossiers.webhooks.sending import Sent, resend, send_due
from tests.factories.dossiers import receive

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")


def test_what_is_sent_again_is_no_longer_delivered(office, endpoint, receiver):
    receive(office)
    send_due()
    first = WebhookDelivery.objects.get()
    assert first.delivered_at is not None

    resend(first, by=office.administrator)
    waiting = WebhookDelivery.objects.get()
    receiver.answer = lambda handler: handler.say(500)
    assert send_due() == Sent(failed=1)
    failed = WebhookDelivery.objects.get()
    receiver.answer = lambda handler: handler.say(204)
    resend(failed, by=office.administrator)
    assert send_due() == Sent(delivered=1)

    assert (waiting.status, waiting.delivered_at) == ("waiting", None)
    assert (failed.status, failed.delivered_at) == ("waiting", None)
    assert WebhookDelivery.objects.get().delivered_at > first.delivered_at

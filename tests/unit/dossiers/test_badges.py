"""How far off a day is, in a word and a colour."""

from datetime import date

import pytest

from dossiers.badges import due_badge, until
from dossiers.models import Dossier
from dossiers.statuses import Status

DUE = date(2020, 6, 15)


@pytest.mark.parametrize(
    ("today", "kind", "text"),
    [
        (12, "calm", "3 days left"),
        (13, "soon", "2 days left"),
        (14, "soon", "1 day left"),
        (15, "soon", "due today"),
        (16, "overdue", "1 day late"),
        (17, "overdue", "2 days late"),
    ],
)
def test_a_day_is_ahead_today_or_past(today, kind, text):
    badge = until(DUE, date(2020, 6, today))

    assert (badge.kind, badge.text) == (kind, text)


@pytest.mark.parametrize(
    "status", [Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT]
)
@pytest.mark.parametrize(
    ("stopped", "kind", "text"),
    [
        pytest.param(10, "calm", "clock stands still", id="in time"),
        pytest.param(15, "calm", "clock stands still", id="on the last day"),
        pytest.param(17, "overdue", "2 days late", id="late when it stopped"),
    ],
)
def test_a_clock_that_stands_still_is_as_late_as_when_it_stopped(
    status, stopped, kind, text
):
    dossier = Dossier(
        status=status, due_on=DUE, clock_stopped_on=date(2020, 6, stopped)
    )

    badge = due_badge(dossier, date(2020, 7, 30))

    assert (badge.kind, badge.text) == (kind, text)


@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.REGISTERED])
def test_what_is_not_received_has_no_due_date(status):
    assert due_badge(Dossier(status=status), DUE) is None

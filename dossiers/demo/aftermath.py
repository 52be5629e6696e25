"""What comes after the report, so that the demo has work left on its last day.

Received in October 2020: none of it is in a period of the report. What still lies
before its people then waits on the desk's page.
"""

from collections.abc import Iterable
from datetime import date

from dossiers.demo.catalogue import Row
from dossiers.demo.counts import Fate
from dossiers.demo.moments import at
from dossiers.demo.stories import Receipt, Story
from dossiers.statuses import IntakeChannel, ReturnChannel

# The last moment of the demo.
PRESENT = at(date(2020, 10, 28), 16)

COUNTER, ONLINE = IntakeChannel.COUNTER, IntakeChannel.ONLINE
BY_POST, SENT_BY_POST = IntakeChannel.PUBLIC_POST, ReturnChannel.PUBLIC_POST
FETCHED = ReturnChannel.COUNTER

# Day of October, hour, minute; code; in, out; how it ends, or would; its stories.
# What is due on the 28th waits for the postman of the 30th.
RECEIVED = (
    (1, 14, 10, "1.990001", ONLINE, SENT_BY_POST, Fate.ON_TIME, {Story.COLLECTED}),
    (5, 9, 20, "1.990003", COUNTER, SENT_BY_POST, Fate.ON_TIME, {Story.COLLECTED}),
    (8, 8, 45, "1.990001", COUNTER, SENT_BY_POST, Fate.ON_TIME, {Story.SILENT}),
    (12, 9, 30, "1.990001", COUNTER, SENT_BY_POST, Fate.ON_TIME, {Story.FEES}),
    (14, 8, 40, "1.990003", ONLINE, SENT_BY_POST, Fate.ON_TIME, set()),
    (14, 14, 5, "1.990001", COUNTER, SENT_BY_POST, Fate.ON_TIME, set()),
    (15, 10, 15, "1.990091", COUNTER, FETCHED, Fate.WITHDRAWN, {Story.DISCONTINUED}),
    (21, 8, 50, "1.990005", BY_POST, SENT_BY_POST, Fate.ON_TIME, {Story.DAMAGED}),
    (26, 9, 10, "1.990001", BY_POST, SENT_BY_POST, Fate.WITHDRAWN, set()),
    # Announced and not yet brought in; the first lies on minutes half signed.
    (28, 16, 2, "1.990004", BY_POST, SENT_BY_POST, Fate.ON_TIME, set()),
    (29, 8, 55, "1.990001", BY_POST, SENT_BY_POST, Fate.ON_TIME, set()),
    (29, 14, 30, "1.990002", BY_POST, FETCHED, Fate.ON_TIME, set()),
)


def aftermath(rows: Iterable[Row]) -> list[Receipt]:
    """The receipts of October, in their order."""
    by_code = {row.code: row for row in rows}
    return [
        Receipt(
            at(date(2020, 10, day), hour, minute),
            by_code[code],
            intake,
            returned,
            fate,
            frozenset(stories),
        )
        for day, hour, minute, code, intake, returned, fate, stories in RECEIVED
    ]

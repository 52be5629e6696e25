"""Our lists for the post, sent back as they are: nothing in them contradicts us."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from dossiers import actions
from dossiers.models import Dossier
from dossiers.post_lists.matching import judge
from dossiers.post_lists.reading import Reading, read_list
from dossiers.post_lists.results import Kind
from dossiers.spreadsheets.exporting import Wish, choose, write
from dossiers.statuses import Status
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.offices import Office

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

LISTS = ["registrations", "by_post"]
KINDS = ["xlsx", "ods", "csv"]
NOW = at(MONDAY + timedelta(days=20))
FIRST, SECOND = (envelope(serial, Leg.RETURN).number for serial in (1_001, 1_002))


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def sent_twice(office: Office) -> Dossier:
    """A dossier whose result came back and went out again, for another postage."""
    dossier = dossier_at(Status.UNDELIVERED, office, item=envelope(1_000))
    came_back = dossier.postal_items.get(leg=Leg.RETURN)
    came_back.number, came_back.postage_dong, came_back.collect_dong = (
        FIRST,
        26_000,
        50_000,
    )
    came_back.save()
    again = envelope(1_002, Leg.RETURN)
    again.postage_dong, again.collect_dong = 31_000, 0
    at_last = at(MONDAY + timedelta(days=7))
    return actions.hand_to_post(dossier, again, by=office.clerk, at=at_last)


def sent_back(office: Office, folder: Path, layout: str, kind: str = "xlsx") -> Reading:
    """The list as the matching reads it."""
    wish, path = Wish(layout=layout, file_format=kind), folder / f"list.{kind}"
    write(choose(wish, office.clerk), wish, office.desk, path)
    return read_list(BytesIO(path.read_bytes()), name=path.name)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", LISTS)
@pytest.mark.parametrize("by", ["clerk", "postal_clerk"])
def test_a_list_that_comes_back_as_it_was_matches(
    office, sent_twice, tmp_path, layout, kind, by
):
    dossier_at(Status.RETURNED, office, return_channel="public_post")
    shared, other = (dossier_at(Status.WITH_POST, office) for _ in range(2))
    other.postal_items.set(shared.postal_items.all())
    dossier_at(Status.PROCESSING, office, return_channel="public_post")
    dossier_at(Status.ANNOUNCED, office, return_channel="public_post")
    dossier_at(Status.WITHDRAWN, office, return_channel="public_post")

    reading = sent_back(office, tmp_path, layout, kind)

    assert reading.faults == ()
    results = judge(reading.lines, by=getattr(office, by), at=NOW)
    assert [x for x in results if x.kind != Kind.MATCHED] == []
    assert len(results) == {"registrations": 6, "by_post": 5}[layout]


@pytest.mark.parametrize("layout", LISTS)
def test_an_envelope_has_a_line_with_what_it_cost_itself(
    office, sent_twice, tmp_path, layout
):
    first, second = sent_back(office, tmp_path, layout).lines

    assert [first.item_number, second.item_number] == [FIRST, SECOND]
    assert {first.code, second.code} == {sent_twice.code}
    if layout == "registrations":
        assert [first.postage, second.postage] == [26_000, 31_000]
        assert second.posted_on == MONDAY + timedelta(days=7)
    else:
        assert [first.collected, second.collected] == [50_000, 0]
    assert not first.status
    assert not second.status


def test_a_result_without_an_envelope_has_a_line_without_a_number(office, tmp_path):
    waiting = receive(office, return_channel="public_post")

    [line] = sent_back(office, tmp_path, "registrations").lines

    assert (line.code, line.item_number, line.posted_on) == (waiting.code, "", None)


def test_what_the_post_changed_in_a_line_is_seen(office, sent_twice, tmp_path):
    first, second = sent_back(office, tmp_path, "registrations").lines

    changed = replace(second, postage=first.postage)
    results = judge([first, changed], by=office.clerk, at=NOW)

    assert [x.kind for x in results] == [Kind.MATCHED, Kind.CONTRADICTS]

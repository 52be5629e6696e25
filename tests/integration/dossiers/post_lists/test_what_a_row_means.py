"""Which envelope, which day and which amount a row of a list means."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import Dossier, PostalItem
from dossiers.models.postal_item import MOST_DONG
from dossiers.post_lists import matching
from dossiers.post_lists.columns import read_dong
from dossiers.post_lists.reading import Line
from dossiers.post_lists.results import Kind
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status
from postal_tthc.errors import Invalid
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope
from tests.factories.offices import Office

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

POSTED = MONDAY + timedelta(days=3)  # Thursday
FRIDAY = POSTED + timedelta(days=1)
NOW = at(MONDAY + timedelta(days=20))


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


def kind_of(office: Office, line: Line) -> Kind:
    [result] = matching.judge([line], by=office.clerk, at=NOW)
    return result.kind


def test_a_station_told_by_its_day_alone_is_known_whatever_its_hour(office, item):
    actions.record_news(
        item, ItemStatus.IN_TRANSIT, by=office.postal_clerk, at=at(FRIDAY, 14)
    )
    told = {"item_number": item.number, "status": "Đang vận chuyển"}
    by_day = Line(6, **told, status_on=FRIDAY)
    by_hour = Line(6, **told, status_on=FRIDAY, status_hour=at(FRIDAY, 12).time())

    assert kind_of(office, by_day) == Kind.MATCHED
    assert kind_of(office, by_hour) == Kind.WRITES


def test_that_the_post_took_it_is_told_by_the_day_of_posting(office, item):
    actions.record_news(
        item, ItemStatus.IN_TRANSIT, by=office.postal_clerk, at=at(FRIDAY)
    )
    accepted = {"item_number": item.number, "status": "Chấp nhận gửi"}

    assert kind_of(office, Line(6, **accepted, posted_on=POSTED)) == Kind.MATCHED
    assert kind_of(office, Line(6, **accepted)) == Kind.FAULTY


def test_a_result_that_came_back_goes_out_again_under_a_new_number(office):
    dossier = dossier_at(Status.UNDELIVERED, office)
    number = envelope(4_711).number
    again = MONDAY + timedelta(days=14)
    line = Line(6, code=dossier.code, item_number=number, posted_on=again)

    shown = matching.judge([line], by=office.clerk, at=NOW)
    matching.write([line], shown=shown, by=office.clerk, at=NOW)

    assert shown[0].kind == Kind.WRITES
    dossier.refresh_from_db()
    assert dossier.status == Status.WITH_POST
    assert dossier.postal_items.get(number=number).posted_on == again


class TestByItsCodeAlone:
    """A dossier whose result joined an envelope older than the one it came in."""

    @pytest.fixture
    def dossier(self, office, item) -> Dossier:
        joining = dossier_at(
            Status.RESULT_READY,
            office,
            item=envelope(12),
            return_channel="public_post",
        )
        same = PostalItem(number=item.number, leg=Leg.RETURN)
        return actions.hand_to_post(joining, same, by=office.clerk, at=at(POSTED))

    @pytest.mark.parametrize("is_delivered", [False, True])
    def test_the_envelope_of_its_result_is_meant(
        self, office, dossier, item, is_delivered
    ):
        if is_delivered:
            actions.deliver(item, by=office.clerk, at=at(FRIDAY))
        came_in = dossier.postal_items.get(leg=Leg.INTAKE)
        assert came_in.pk > item.pk
        line = Line(6, code=dossier.code, postage=26_000)

        [result] = matching.judge([line], by=office.clerk, at=NOW)

        assert (result.kind, result.number) == (Kind.WRITES, item.number)


def test_an_amount_is_read_as_far_as_it_can_be_kept():
    assert read_dong(MOST_DONG) == MOST_DONG
    for cell in (MOST_DONG + 1, f"{MOST_DONG + 1:,} đ", 999_999_999):
        with pytest.raises(Invalid, match="amount in đồng"):
            read_dong(cell)

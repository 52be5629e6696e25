"""What a list tells of others: nothing, also within a province and an envelope."""

from datetime import date, timedelta

import pytest

from dossiers.models import PostalItem, PostList
from dossiers.post_lists import background, keeping, matching
from dossiers.post_lists.reading import Line
from dossiers.post_lists.results import Kind
from dossiers.statuses import Status
from postal_tthc.errors import Refused
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.running import perform
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.neighbours import make_centre, make_neighbour
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.post_lists.lists import PROVINCIAL, workbook

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

NOW = at(MONDAY + timedelta(days=20))


@pytest.fixture
def neighbour(office) -> Office:
    return make_neighbour(office)


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


@pytest.fixture
def source(office, item) -> PostList:
    """A list about the item, kept by our clerk and matched."""
    told = {
        "Mã vận đơn bưu điện": item.number,
        "Trạng thái": "Phát thành công",
        "Ngày trạng thái": date(2020, 6, 5),
    }
    file = workbook(PROVINCIAL, [told])
    kept = keeping.keep(file, "a.xlsx", by=office.clerk, at=NOW)
    return keeping.match(kept, by=office.clerk, at=NOW)


def test_a_dossier_of_the_agency_next_door_is_unknown_with_its_envelope(
    office, neighbour
):
    theirs = dossier_at(Status.WITH_POST, neighbour)
    number = theirs.postal_items.get().number
    line = Line(6, code=theirs.code, postage=26_000)

    [ours] = matching.judge([line], by=office.clerk, at=NOW)
    [own] = matching.judge([line], by=neighbour.clerk, at=NOW)

    assert ours.kind == Kind.UNKNOWN
    assert number not in str(ours)
    assert (own.kind, own.number) == (Kind.WRITES, number)


class TestSharedEnvelope:
    """The common counter received a dossier of each agency in one envelope."""

    @pytest.fixture(autouse=True)
    def _shared(self, office, neighbour):
        centre = make_centre(office)
        self.ours, self.theirs = [
            receive(centre, make_procedure(one), on=MONDAY, item=envelope(12))
            for one in (office, neighbour)
        ]
        self.number = self.ours.postal_items.get().number
        assert self.theirs.postal_items.get() == self.ours.postal_items.get()

    def test_each_is_shown_the_own_dossier_and_the_post_both(self, office, neighbour):
        line = Line(6, item_number=self.number)
        people = (office.clerk, neighbour.clerk, office.postal_clerk)

        shown = [matching.judge([line], by=by, at=NOW)[0].code for by in people]

        both = f"{self.ours.code}, {self.theirs.code}"
        assert shown == [self.ours.code, self.theirs.code, both]

    @pytest.mark.parametrize("is_theirs", [True, False])
    def test_a_row_with_another_code_shows_the_own_dossier_beside_it(
        self, office, is_theirs
    ):
        code = self.theirs.code if is_theirs else receive(office, on=MONDAY).code
        line = Line(6, item_number=self.number, code=code)

        [result] = matching.judge([line], by=office.clerk, at=NOW)

        assert result.kind == Kind.CONTRADICTS
        [fact] = result.facts
        assert (fact.ours, fact.theirs) == (self.ours.code, code)


@pytest.mark.parametrize("do", [background.MATCH, background.WRITE])
def test_work_about_the_list_of_another_organisation_is_not_done(
    other_office, item, source, do, settings
):
    settings.JOBS_INLINE_SIZE = 0
    job = background.ask(source, do, by=other_office.clerk)

    perform(job.pk)

    job = Job.objects.get()
    assert job.status == "failed"
    assert "belongs to another organisation" in job.sentence
    source.refresh_from_db()
    item.refresh_from_db()
    assert (source.matched_at, source.written_at) == (NOW, None)
    assert item.delivered_on is None


def test_a_leader_keeps_no_list(office, item):
    file = workbook(PROVINCIAL, [{"Mã vận đơn bưu điện": item.number}])

    with pytest.raises(Refused, match="role"):
        keeping.keep(file, "a.xlsx", by=office.leader, at=NOW)

    assert not PostList.objects.exists()


@pytest.mark.parametrize("verb", [keeping.match, keeping.write])
def test_a_leader_neither_matches_nor_writes_a_list(office, item, source, verb):
    with pytest.raises(Refused, match="role"):
        verb(source, by=office.leader, at=NOW + timedelta(hours=1))

    source.refresh_from_db()
    item.refresh_from_db()
    assert (source.matched_at, source.written_at) == (NOW, None)
    assert item.delivered_on is None

"""Matching a list: what matches, what is new, unknown, contradicting; written by verbs."""

from datetime import timedelta

import pytest

from dossiers import actions, custody
from dossiers.models import PostalItem
from dossiers.post_lists import matching, telling
from dossiers.post_lists.reading import Line
from dossiers.post_lists.results import Kind, Result
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status
from postal_tthc.errors import Refused
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope
from tests.integration.dossiers.faults import everything_kept

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

POSTED = MONDAY + timedelta(days=3)  # Thursday
FRIDAY = POSTED + timedelta(days=1)
NEXT_WEEK = POSTED + timedelta(days=5)
NOW = at(MONDAY + timedelta(days=20))
NEW = envelope(4_711).number


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def dossier(office):
    return dossier_at(Status.WITH_POST, office)


@pytest.fixture
def item(dossier) -> PostalItem:
    return dossier.postal_items.get()


def judge(office, *lines: Line, by=None) -> list[Result]:
    """Judging leaves nothing behind."""
    before = everything_kept()
    results = matching.judge(lines, by=by or office.clerk, at=NOW)
    assert everything_kept() == before
    return results


def write(office, *lines: Line, by=None) -> list[Result]:
    """Judged, looked at, written."""
    shown = judge(office, *lines, by=by)
    written, changed = matching.write(lines, shown=shown, by=by or office.clerk, at=NOW)
    assert changed == []
    return written


def kinds(results: list[Result]) -> list[Kind]:
    return [result.kind for result in results]


def test_what_is_here_as_the_list_says_matches(office, dossier, item):
    line = Line(6, item_number=item.number, code=dossier.code, posted_on=POSTED)

    assert kinds(judge(office, line)) == [Kind.MATCHED]
    [by_number] = judge(office, Line(6, item_number=item.number))
    assert (by_number.kind, by_number.code) == (Kind.MATCHED, dossier.code)
    before = everything_kept()
    assert kinds(write(office, line)) == [Kind.MATCHED]
    assert everything_kept() == before


@pytest.mark.parametrize("by_code", [True, False])
def test_postage_and_delivery_are_written_by_the_verbs(office, dossier, item, by_code):
    called = {"code": dossier.code} if by_code else {"item_number": item.number}
    line = Line(
        6,
        **called,
        postage=26_000,
        status="Phát thành công",
        status_on=FRIDAY,
        delivered_to="Trần Thị B",
    )

    assert kinds(write(office, line)) == [Kind.WRITES]

    item.refresh_from_db()
    dossier.refresh_from_db()
    assert (item.postage_dong, item.status) == (26_000, ItemStatus.DELIVERED)
    assert (item.delivered_on, item.delivered_to) == (FRIDAY, "Trần Thị B")
    assert dossier.status == Status.RETURNED
    steps = [entry.step for entry in dossier.custody.all()]
    assert steps[-2:] == ["corrected", "delivered"]
    assert custody.verify().breaks == []
    assert kinds(write(office, line)) == [Kind.MATCHED], "the same list again"


def test_the_postal_clerk_writes_it_too(office, dossier, item):
    line = Line(6, item_number=item.number, status="Phát thành công", status_on=FRIDAY)

    assert kinds(write(office, line, by=office.postal_clerk)) == [Kind.WRITES]
    assert item.events.last().by == office.postal_clerk


@pytest.mark.parametrize(
    "values",
    [{"item_number": NEW}, {"code": "H02.16-200601-9999"}, {"item_number": "x" * 30}],
)
def test_what_is_called_by_no_name_here_is_unknown(office, dossier, values):
    [result] = judge(office, Line(6, **values, postage=1))

    assert result.kind == Kind.UNKNOWN
    assert result.sentence


def test_another_offices_item_is_unknown(office, other_office):
    theirs = dossier_at(Status.WITH_POST, other_office).postal_items.get()

    assert kinds(judge(office, Line(6, item_number=theirs.number))) == [Kind.UNKNOWN]


CONTRADICTIONS = [
    pytest.param(
        {"posted_on": FRIDAY}, "04/06/2020", "05/06/2020", "differ", id="posting day"
    ),
    pytest.param({"postage": 27_000}, "26.000 đ", "27.000 đ", "differ", id="postage"),
    pytest.param({"collected": 5_000}, "0 đ", "5.000 đ", "differ", id="fees"),
    pytest.param(
        {"code": "H02.16-200601-9999"},
        "H02.16-200601-0001",
        "H02.16-200601-9999",
        "No dossier",
        id="code",
    ),
    pytest.param(
        {"status": "Chuyển hoàn", "status_on": FRIDAY},
        "Accepted by the post, 04/06/2020",
        "Chuyển hoàn, 05/06/2020",
        "tries twice",
        id="back too early",
    ),
    pytest.param(
        {"status": "Phát thành công", "status_on": MONDAY},
        "Accepted by the post, 04/06/2020",
        "Phát thành công, 01/06/2020",
        "cannot be earlier",
        id="delivered before it was posted",
    ),
    pytest.param(
        {"remitted": 5_000, "remitted_on": FRIDAY},
        "",
        "5.000 đ, 05/06/2020",
        "0 đ were to be collected",
        id="money for nothing",
    ),
]


@pytest.mark.parametrize(("says", "ours", "theirs", "why"), CONTRADICTIONS)
def test_a_contradiction_shows_both_values_and_nothing_of_its_row_is_written(
    office, item, says, ours, theirs, why
):
    PostalItem.objects.filter(pk=item.pk).update(postage_dong=26_000)
    line = Line(6, item_number=item.number, **says)
    other = {"postage": None} if "postage" in says else {}
    line_and_news = Line(
        7,
        item_number=item.number,
        **({"status": "Đang vận chuyển", "status_on": FRIDAY} | says | other),
    )

    [result, _other] = write(office, line, line_and_news)

    assert result.kind == Kind.CONTRADICTS
    [fact] = [fact for fact in result.facts if fact.why]
    assert (fact.ours, fact.theirs) == (ours, theirs)
    assert why in fact.why
    item.refresh_from_db()
    assert item.postage_dong == 26_000
    if "postage" not in says:
        assert item.status == ItemStatus.ACCEPTED


def test_an_envelope_that_carries_another_dossier_contradicts(office, dossier, item):
    other = dossier_at(Status.WITH_POST, office)

    [result] = judge(office, Line(6, item_number=item.number, code=other.code))

    assert result.kind == Kind.CONTRADICTS
    assert (result.facts[0].ours, result.facts[0].theirs) == (dossier.code, other.code)


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"status": "Bay mất"}, "not a known status"),
        ({"status": "Phát không thành công", "status_on": FRIDAY}, "why it was not"),
        (
            {
                "status": "Phát không thành công",
                "status_on": FRIDAY,
                "reason": "chó dữ",
            },
            "«chó dữ» is not a known reason. Known are: Đi vắng",
        ),
        ({"status": "Phát thành công"}, "on which day"),
        ({"remitted_on": FRIDAY}, "how much"),
        ({"remitted": 5_000}, "on which day"),
    ],
)
def test_a_row_that_is_not_understood_says_why(office, item, says, why):
    [result] = judge(office, Line(6, item_number=item.number, **says))

    assert result.kind == Kind.FAULTY
    assert why in result.sentence


def test_rows_of_one_item_are_told_in_the_order_of_their_days(office, item):
    number = item.number
    lines = [
        Line(6, item_number=number, status="Phát thành công", status_on=NEXT_WEEK),
        Line(
            7,
            item_number=number,
            status="Phát không thành công",
            reason="Đi vắng",
            status_on=FRIDAY,
        ),
        Line(8, item_number=number, status="Đang vận chuyển", status_on=POSTED),
    ]

    results = write(office, *lines)

    assert [(result.row, result.kind) for result in results] == [
        (6, Kind.WRITES),
        (7, Kind.WRITES),
        (8, Kind.WRITES),
    ]
    assert [event.status for event in item.events.all()] == [
        "accepted",
        "in_transit",
        "attempted",
        "delivered",
    ]


class TestNewNumber:
    """The list names the envelope of a result that is ready here."""

    @pytest.fixture
    def ready(self, office):
        return dossier_at(Status.RESULT_READY, office, return_channel="public_post")

    def line(self, ready, **values) -> Line:
        values = {"item_number": NEW, "posted_on": POSTED, "postage": 26_000} | values
        return Line(6, code=ready.code, **values)

    def test_it_hands_the_result_to_the_post(self, office, ready):
        line = self.line(ready, status="Phát thành công", status_on=FRIDAY)

        assert kinds(write(office, line)) == [Kind.WRITES]

        ready.refresh_from_db()
        item = ready.postal_items.get()
        assert (item.number, item.posted_on, item.postage_dong) == (NEW, POSTED, 26_000)
        assert ready.status == Status.RETURNED
        assert ready.returned_on == POSTED
        assert custody.verify().breaks == []

    def test_two_rows_about_it_both_count(self, office, ready):
        later = Line(
            7, item_number=NEW, code=ready.code, status="Đang phát", status_on=FRIDAY
        )

        assert kinds(write(office, self.line(ready), later)) == [Kind.WRITES] * 2
        assert ready.postal_items.get().status == ItemStatus.OUT_FOR_DELIVERY

    def test_the_post_cannot_hand_it_to_itself(self, office, ready):
        [result] = judge(office, self.line(ready), by=office.postal_clerk)

        assert result.kind == Kind.DESK
        assert result.facts[0].why == "The one-stop desk writes this down."

    def test_without_a_number_nothing_is_known_of_its_envelope(self, office, ready):
        [result] = judge(office, self.line(ready, item_number=""))

        assert (result.kind, result.code) == (Kind.UNKNOWN, ready.code)
        assert "No envelope" in result.sentence

    def test_without_the_day_it_is_not_understood(self, office, ready):
        [result] = judge(office, self.line(ready, posted_on=None))

        assert (result.kind, "on which day" in result.sentence) == (Kind.FAULTY, True)

    def test_a_doubtful_number_is_said(self, office, ready):
        [result] = judge(office, self.line(ready, item_number="EA123456789VN"))

        assert result.kind == Kind.WRITES
        assert "EA123456789VN" in result.sentence or "check" in result.sentence.lower()

    def test_a_result_that_is_not_ready_contradicts(self, office):
        working = dossier_at(Status.PROCESSING, office, return_channel="public_post")

        [result] = judge(office, self.line(working))

        assert result.kind == Kind.CONTRADICTS
        assert "Being processed" in result.facts[0].why

    def test_a_second_number_for_a_result_that_has_left_contradicts(
        self, office, item, dossier
    ):
        [result] = judge(office, self.line(dossier))

        assert result.kind == Kind.CONTRADICTS
        assert (result.facts[0].ours, result.facts[0].theirs) == (item.number, NEW)


class TestRemittance:
    """What the post collected for the agency and has paid over."""

    @pytest.fixture
    def owing(self, office, item) -> PostalItem:
        PostalItem.objects.filter(pk=item.pk).update(collect_dong=30_000)
        return actions.deliver(item, by=office.clerk, at=at(FRIDAY))

    def line(self, item, dong=30_000, on=NEXT_WEEK, **values) -> Line:
        return Line(6, item_number=item.number, remitted=dong, remitted_on=on, **values)

    def test_it_is_written_and_told_in_the_log(self, office, owing, dossier):
        assert kinds(write(office, self.line(owing))) == [Kind.WRITES]

        owing.refresh_from_db()
        assert owing.remitted_on == NEXT_WEEK
        assert "30.000 đ, 09/06/2020" in dossier.custody.last().note
        assert custody.verify().breaks == []
        assert kinds(write(office, self.line(owing))) == [Kind.MATCHED]

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"dong": 20_000}, "30.000 đ were to be collected"),
            ({"on": POSTED}, "not delivered by 04/06/2020"),
        ],
    )
    def test_what_differs_contradicts(self, office, owing, changes, why):
        [result] = judge(office, self.line(owing, **changes))

        assert result.kind == Kind.CONTRADICTS
        assert why in result.facts[0].why

    def test_papers_to_recover_come_with_minutes(self, office, owing):
        PostalItem.objects.filter(pk=owing.pk).update(recovers="Giấy phép cũ")

        [result] = judge(office, self.line(owing))

        assert "handover minutes" in result.facts[0].why

    def test_paid_on_another_day_contradicts(self, office, owing):
        write(office, self.line(owing))

        [result] = judge(office, self.line(owing, on=FRIDAY))

        assert "handed over on 09/06/2020 already" in result.facts[0].why

    def test_who_pays_does_not_confirm_it(self, office, owing):
        [result] = judge(office, self.line(owing), by=office.postal_clerk)

        assert result.kind == Kind.DESK
        assert result.facts[0].why == "The one-stop desk writes this down."

    def test_what_else_contradicts_stays_a_contradiction(self, office, owing):
        line = self.line(owing, posted_on=FRIDAY)

        [result] = judge(office, line, by=office.postal_clerk)

        assert result.kind == Kind.CONTRADICTS

    @pytest.mark.parametrize("role", ["clerk", "postal_clerk"])
    @pytest.mark.parametrize(
        "says",
        [
            {"remitted": 0},
            {"remitted": 0, "remitted_on": NEXT_WEEK},
            {"collected": 0, "remitted_on": NEXT_WEEK},
        ],
    )
    def test_nothing_paid_of_nothing_collected_says_nothing(
        self, office, item, role, says
    ):
        actions.deliver(item, by=office.clerk, at=at(FRIDAY))
        line, by = Line(6, item_number=item.number, **says), getattr(office, role)

        [result] = judge(office, line, by=by)

        assert result.kind == Kind.MATCHED
        assert "Fees handed over" not in [fact.label for fact in result.facts]
        before = everything_kept()
        write(office, line, by=by)
        assert everything_kept() == before

    def test_nothing_paid_of_what_was_collected_contradicts(self, office, owing):
        [result] = judge(office, self.line(owing, dong=0))

        assert result.kind == Kind.CONTRADICTS


def test_a_verb_that_refuses_the_role_leaves_the_row_to_the_desk(
    office, item, monkeypatch
):
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise Refused("Nguyễn Văn A may not do this.")

    monkeypatch.setattr(telling, "correct_item", refuse)

    [result] = judge(office, Line(6, item_number=item.number, postage=26_000))

    assert result.kind == Kind.DESK
    assert result.sentence == "The one-stop desk writes this down."


def test_what_changed_meanwhile_is_left_out_and_the_rest_is_written(office, item):
    other = dossier_at(Status.WITH_POST, office).postal_items.get()
    lines = [
        Line(6, item_number=item.number, status="Phát thành công", status_on=FRIDAY),
        Line(7, item_number=item.number, postage=26_000),
        Line(8, item_number=other.number, postage=26_000),
    ]
    shown = judge(office, *lines)
    actions.deliver(item, by=office.clerk, at=at(NEXT_WEEK))

    written, changed = matching.write(lines, shown=shown, by=office.clerk, at=NOW)

    assert (kinds(written), changed) == ([Kind.WRITES], [6, 7])
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.postage_dong, other.postage_dong) == (None, 26_000)
    assert item.delivered_on == NEXT_WEEK


def test_what_half_a_writing_left_is_gone_on_with(office, item):
    other = dossier_at(Status.WITH_POST, office).postal_items.get()
    lines = [
        Line(6, item_number=item.number, postage=26_000),
        Line(7, item_number=other.number, postage=26_000),
    ]
    shown = judge(office, *lines)
    matching.write(lines[:1], shown=shown, by=office.clerk, at=NOW)

    written, changed = matching.write(lines, shown=shown, by=office.clerk, at=NOW)

    assert (kinds(written), changed) == ([Kind.MATCHED, Kind.WRITES], [])


@pytest.mark.parametrize("postage", [None, 1, 26_001])
def test_nothing_is_written_that_was_not_shown(office, item, postage):
    said = Line(6, item_number=item.number, postage=postage)
    shown, before = judge(office, said), everything_kept()

    line = Line(6, item_number=item.number, postage=26_000)
    answer = matching.write([line], shown=shown, by=office.clerk, at=NOW)

    assert answer == ([], [6])
    assert everything_kept() == before


def test_a_power_cut_leaves_nothing_of_a_dossiers_rows(office, item, monkeypatch):
    lines = [
        Line(6, item_number=item.number, postage=26_000),
        Line(7, item_number=item.number, status="Phát thành công", status_on=FRIDAY),
    ]
    shown = judge(office, *lines)
    before = everything_kept()

    def cut(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(telling, "pass_on", cut)
        with pytest.raises(KeyboardInterrupt):
            matching.write(lines, shown=shown, by=office.clerk, at=NOW)

    assert everything_kept() == before
    assert kinds(write(office, *lines)) == [Kind.WRITES] * 2

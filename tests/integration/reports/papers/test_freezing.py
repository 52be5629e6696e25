"""A signature freezes: dossiers change, the report does not, the next one says so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dossiers import actions as dossier_actions
from dossiers.models import Dossier
from dossiers.statuses import ReturnChannel, Status, Step
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict
from procedures.models import Procedure
from reports import actions, adjusting, assembling
from reports.adjustments import Adjustment
from reports.models import CountedDossier, Report
from reports.paper_text import as_text
from tests.factories.dossiers import at, dossier_at, receive, take
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import (
    AUTUMN,
    HALF,
    begin,
    correct,
    send,
    sign,
    submit,
    withdraw,
)
from tests.factories.totals import enter, row
from tests.integration.reports.papers.faces import faces

POST_OUT = {"return_channel": ReturnChannel.PUBLIC_POST}
JUNE = date(2020, 6, 1)
LATER = at(AUTUMN + timedelta(days=1))
NEXT_MONTH, YEAR_END = date(2020, 11, 5), date(2020, 12, 7)


@pytest.fixture
def work(office: Office) -> Office:
    """One dossier open, one being worked on, one returned by post; all of June."""
    procedure = make_procedure(office, code="1.000001", name="Xếp lương")
    receive(office, procedure, on=JUNE)
    dossier_at(Status.PROCESSING, office, on=JUNE, procedure=procedure)
    dossier_at(Status.WITH_POST, office, on=JUNE, procedure=procedure, **POST_OUT)
    return office


def dossier(number: int) -> Dossier:
    return Dossier.objects.get(code=f"H02.16-200601-{number:04}")


def another(office: Office, on: date = JUNE) -> Dossier:
    """Received in the period, entered after the report was signed."""
    return receive(office, Procedure.objects.get(), on=on, **POST_OUT)


def by_post_after_all(office: Office) -> Dossier:
    changes = {
        **POST_OUT,
        "return_name": "Nguyễn Văn A",
        "return_address": "Số 1 đường Hùng Vương, Bắc Giang",
    }
    return dossier_actions.correct(dossier(1), changes, by=office.clerk, at=LATER)


def refused(office: Office) -> Dossier:
    return take(Step.REFUSED, dossier(2), office, LATER)


def withdrawn_later(office: Office) -> Dossier:
    return take(Step.WITHDRAWN, dossier(1), office, LATER)


def finished_later(office: Office) -> Dossier:
    return take(Step.RESULT_READY, dossier(2), office, LATER)


def finished_in_june(office: Office) -> Dossier:
    return take(Step.RESULT_READY, dossier(2), office, at(date(2020, 6, 9)))


def taken_back(office: Office) -> Dossier:
    """The result never went to the post: a step of June is undone."""
    return dossier_actions.take_back(
        dossier(3), reason="Nhầm", by=office.leader, at=LATER
    )


Change = Callable[[Office], Dossier]
# What is done after the signature, and every number that it moves.
CHANGES: dict[str, tuple[Change, dict[str, int]]] = {
    "another one was received": (
        another,
        {"received": 1, "by_post": 1, "outstanding": 1, "open_overdue": 1},
    ),
    "a channel was corrected": (by_post_after_all, {"by_post": 1}),
    "one was refused": (
        refused,
        {"received": -1, "outstanding": -1, "open_overdue": -1},
    ),
    "one was finished in the period": (
        finished_in_june,
        {"finished": 1, "early": 1, "outstanding": -1, "open_overdue": -1},
    ),
    "a return was taken back": (taken_back, {"results": -1, "return_by_post": -1}),
    "one was withdrawn after the period": (withdrawn_later, {}),
    "one was finished after the period": (finished_later, {}),
}


def named(lines: tuple[Adjustment, ...]) -> dict[str, int]:
    return {line.counted: line.net for line in lines}


def assert_only(lines: tuple[Adjustment, ...], changed: Dossier) -> None:
    """Every line is made by this dossier alone, and by nothing else."""
    for line in lines:
        codes = (changed.code,)
        assert (line.added, line.removed) == ((codes, ()), ((), codes))[line.net < 0]
        assert line.from_totals == 0


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_after_the_signature_moves_nothing_in_it(work, sign_in, name):
    report = sign(begin(work), work)
    client = sign_in(Role.LEADER)
    before = faces(client, report)
    change, expected = CHANGES[name]

    changed = change(work)

    report = Report.objects.get(pk=report.pk)
    assert faces(client, report) == before
    assert before["json"]["content_hash"] == report.content_hash
    assert assembling.is_intact(report)
    later = adjusting.since(report)
    assert named(later) == expected
    assert_only(later, changed)


@pytest.mark.parametrize("name", CHANGES)
def test_the_next_report_says_exactly_what_changed(work, name):
    first = send(sign(begin(work), work), work, 5)
    change, expected = CHANGES[name]
    changed = change(work)

    second = sign(begin(work, "2020-10", on=NEXT_MONTH), work, on=NEXT_MONTH)

    lines = second.thawed.adjustments
    assert named(lines) == expected
    assert_only(lines, changed)
    for line in lines:
        assert (line.report, line.period) == (first.pk, HALF)
        assert line.signed == "Báo cáo số 05/BC-SNV ngày 05/10/2020"
    assert ("Điều chỉnh số liệu kỳ trước" in as_text(second.thawed.paper)) == bool(
        lines
    )


def test_an_adjustment_is_not_repeated_by_the_report_after(work):
    sign(begin(work), work)
    first = another(work)
    sign(begin(work, "2020-10", on=NEXT_MONTH), work, on=NEXT_MONTH)

    third = begin(work, "2020-11", on=YEAR_END)
    assert adjusting.find(third) == ()

    second = another(work, on=date(2020, 6, 2))
    lines = adjusting.find(third)
    of_june = tuple(line for line in lines if line.period == HALF)
    assert named(of_june) == CHANGES["another one was received"][1]
    # It was open in October too, which the second report counted.
    carried = {"carried_over": 1, "outstanding": 1, "open_overdue": 1}
    assert named(tuple(x for x in lines if x.period == "2020-10")) == carried
    assert_only(lines, second)
    received = next(x for x in lines if x.counted == "received")
    assert (received.before, received.after) == (4, 5)
    assert first.code not in received.added
    sign(third, work, on=YEAR_END)
    assert adjusting.find(begin(work, "2020", on=YEAR_END)) == ()


def test_what_is_changed_and_changed_back_is_told_both_ways(work):
    sign(begin(work), work)
    by_post_after_all(work)
    sign(begin(work, "2020-10", on=NEXT_MONTH), work, on=NEXT_MONTH)
    back = {"return_channel": ReturnChannel.COUNTER}
    dossier_actions.correct(dossier(1), back, by=work.clerk, at=at(NEXT_MONTH))

    lines = adjusting.find(begin(work, "2020-11", on=YEAR_END))

    assert named(lines) == {"by_post": -1}


def test_one_for_another_is_told_though_the_number_is_the_same(work):
    report = sign(begin(work), work)
    gone, come = refused(work), another(work)

    received = next(x for x in adjusting.since(report) if x.counted == "received")

    assert (received.sign, received.added, received.removed) == (
        "0",
        (come.code,),
        (gone.code,),
    )


def test_a_period_that_goes_on_is_compared_up_to_its_last_counted_day(work):
    report = sign(begin(work, "2020"), work)
    assert report.thawed.report.periods[0].as_of == AUTUMN

    another(work, on=AUTUMN + timedelta(days=3))
    assert adjusting.since(report) == ()
    assert adjusting.find(begin(work, "2020-11", on=YEAR_END)) == ()

    late = another(work, on=date(2020, 10, 1))
    lines = adjusting.since(report)
    assert named(lines)["received"] == 1
    assert_only(lines, late)


def test_totals_of_paper_books_move_a_number_without_dossiers(work):
    report = sign(begin(work, "2018"), work)
    enter(work, row(Procedure.objects.get(), date(2018, 5, 1), received=4, by_post=1))

    lines = {x.counted: x for x in adjusting.since(report)}

    assert lines["received"].sign == "+4"
    assert lines["received"].from_totals == 4
    assert (lines["by_post"].added, lines["by_post"].from_totals) == ((), 1)


def test_numbers_from_totals_can_be_signed(work):
    enter(work, row(Procedure.objects.get(), date(2018, 5, 1), received=4, by_post=1))

    report = sign(begin(work, "2018"), work)

    assert report.thawed.report.periods[0].counts.received == 4
    assert not CountedDossier.objects.exists()
    assert adjusting.since(report) == ()


def test_a_corrected_version_says_what_it_adjusts_and_takes_its_place(work):
    first = sign(begin(work), work)
    changed = another(work)
    second = sign(correct(first, work), work)

    lines = second.thawed.adjustments
    assert named(lines) == CHANGES["another one was received"][1]
    assert_only(lines, changed)
    assert {line.report for line in lines} == {first.pk}
    assert lines[0].signed == "Báo cáo ký ngày 05/10/2020"
    first = Report.objects.get(pk=first.pk)
    assert first.status == Report.Status.REPLACED
    assert first.thawed.report.periods[0].counts.received == 3
    assert second.thawed.report.periods[0].counts.received == 4
    assert adjusting.find(begin(work, "2020-Q3")) == ()


def test_a_signature_after_midnight_is_named_by_the_day_in_vietnam(work):
    report = submit(begin(work), work)
    night = at(AUTUMN, 0) + timedelta(minutes=30)
    Report.objects.get(pk=actions.sign(report, by=work.leader, at=night).pk)
    another(work)

    line = adjusting.find(begin(work, "2020-10", on=NEXT_MONTH))[0]

    assert line.signed == "Báo cáo ký ngày 05/10/2020"


def test_a_withdrawn_report_stays_readable_with_its_reason(work, sign_in):
    report = sign(begin(work), work)
    client = sign_in(Role.CASE_OFFICER)
    before = faces(client, report)
    withdraw(report, work)
    after = faces(client, report)

    # All it said before, with the mark across every page.
    mark = '<p class="draft-mark">ĐÃ THU HỒI</p>'
    assert mark in after["page"]
    assert after["page"].replace(mark, "") == before["page"]
    assert {k: after[k] for k in ("docx", "xlsx", "json")} == {
        k: before[k] for k in ("docx", "xlsx", "json")
    }
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Withdrawn" in page
    assert "Sai kỳ" in page


def test_number_and_day_stand_on_paper_and_change_no_hash(work, sign_in):
    report = sign(begin(work), work)
    signed_hash = report.content_hash
    client = sign_in(Role.LEADER)
    drawn = faces(client, report)
    report = send(report, work, 5)
    sent = faces(client, report)

    assert report.content_hash == signed_hash
    assert "Số: 05/BC-SNV" in sent["page"]
    assert "ngày 05 tháng 10 năm 2020" in " ".join(sent["docx"])
    assert drawn["json"]["content"] == sent["json"]["content"]
    cells = [x for sheet in sent["xlsx"].values() for line in sheet for x in line]
    assert "Số: 05/BC-SNV" in cells
    assert "DỰ THẢO" not in sent["page"]


def test_every_face_of_a_signed_report_says_the_same(work, sign_in):
    report = sign(begin(work), work)
    drawn = faces(sign_in(Role.LEADER), report)

    ratio = "01/03 (33,33%)"
    counts = report.thawed.report.periods[0].counts
    assert str(counts.by_post_ratio) == ratio
    assert ratio in drawn["page"]
    assert any(ratio in text for text in drawn["docx"])
    assert "01 (33,33%)" in drawn["docx"]
    cells = [x for sheet in drawn["xlsx"].values() for line in sheet for x in line]
    assert ratio in cells
    assert report.content_hash in " ".join(str(x) for x in cells)
    frozen = drawn["json"]["content"]["report"]["periods"][0]["by_procedure"]
    assert sum(x["counts"]["by_post"] for x in frozen) == 1
    assert sum(x["counts"]["received"] for x in frozen) == 3


def tamper(report: Report, what: Callable[[dict], None]) -> None:
    frozen = Report.objects.get(pk=report.pk).frozen
    what(frozen)
    Report.objects.filter(pk=report.pk).update(frozen=frozen)


def more_by_post(frozen: dict) -> None:
    frozen["report"]["periods"][0]["by_procedure"][0]["counts"]["by_post"] += 1


def other_words(frozen: dict) -> None:
    frozen["paper"]["closing"] = ["Mọi việc đều tốt./."]


@pytest.mark.parametrize("what", [more_by_post, other_words])
def test_what_somebody_changed_in_the_database_is_shown(work, sign_in, what):
    report = sign(begin(work), work)
    client = sign_in(Role.LEADER)
    address = report.get_absolute_url()
    alarm = "no longer has the content hash"
    assert alarm not in client.get(address).content.decode()

    tamper(report, what)

    assert alarm in client.get(address).content.decode()
    for name in ("report.docx", "report.xlsx", "report.pdf"):
        answer = client.get(f"{address}{name}")
        assert answer.status_code == 409, name
        assert alarm in answer.content.decode()
    # Whoever wants to find out what was changed still gets it.
    assert client.get(f"{address}report.json").status_code == 200


def test_a_changed_hash_is_shown_too(work, sign_in):
    report = sign(begin(work), work)
    Report.objects.filter(pk=report.pk).update(content_hash="0" * 64)

    page = sign_in(Role.LEADER).get(report.get_absolute_url()).content.decode()

    assert "no longer has the content hash" in page


def test_what_cannot_be_read_any_more_is_said_in_words(work, sign_in):
    report = sign(begin(work), work)
    tamper(report, lambda frozen: frozen.pop("paper"))

    answer = sign_in(Role.LEADER).get(report.get_absolute_url())

    assert answer.status_code == 409
    assert "no longer has the content hash" in answer.content.decode()
    with pytest.raises(Conflict, match="content hash"):
        begin(work, "2020-Q3")


def test_numbers_that_move_during_the_signature_are_not_signed(work, monkeypatch):
    """PostgreSQL shows each question what is true at its moment."""
    report = submit(begin(work), work)
    remember = adjusting.remember

    def while_somebody_works(*args, **kwargs):
        another(work)
        remember(*args, **kwargs)

    monkeypatch.setattr(
        "reports.actions.signing.adjusting.remember", while_somebody_works
    )

    with pytest.raises(Conflict, match="Sign it once more"):
        actions.sign(report, by=work.leader, at=at(AUTUMN))
    assert not CountedDossier.objects.exists()
    assert not Report.objects.get().is_frozen


def test_the_dossiers_of_a_report_are_kept_set_by_set(work):
    report = sign(begin(work), work)

    rows = {x.dossier.code[-1]: set(x.sets) for x in report.counted.all()}
    assert rows == {
        "1": {"received", "outstanding", "open_overdue"},
        "2": {"received", "outstanding", "open_overdue"},
        "3": {
            "received",
            "by_post",
            "results",
            "return_by_post",
            "finished",
            "early",
        },
    }

"""What a loaded catalogue changes: procedures, their versions, their legs."""

from datetime import date, timedelta

import pytest

from procedures.catalogue import Kind, Way
from procedures.models import (
    Field,
    Leg,
    Procedure,
)
from tests.factories.catalogues import (
    NAME,
    NEW_DAY,
    OLD_DAY,
    judge,
    kinds,
    legs,
    load,
    told,
    versions,
)
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


def test_a_new_procedure_is_in_force_from_its_day(office, decision):
    judgement = load(
        office,
        {
            "fee": "30.000 đồng",
            "decision": "124/QĐ-UBND ngày 20/01/2020",
            "note": "Mới",
            "papers": "Đơn|bản chính|2\nBằng|bản sao chứng thực",
        },
    )

    (procedure,) = versions()
    assert kinds(judgement) == [Kind.NEW]
    assert judgement.new_fields == ("Công chức",)
    assert procedure.in_force_from == NEW_DAY
    assert procedure.in_force_to is None
    assert procedure.agency == office.agency
    assert procedure.decision == decision
    assert (procedure.processing_time, procedure.time_unit) == (10, "working_days")
    assert (procedure.fee_dong, procedure.note) == (30_000, "Mới")
    assert legs(procedure) == [("return", True, "", NEW_DAY, None)]
    assert [(p.name, p.form, p.quantity) for p in procedure.required_papers.all()] == [
        ("Đơn", "original", 2),
        ("Bằng", "certified_copy", 1),
    ]


def test_a_reason_decides_that_the_unmarked_leg_does_not_go_by_post(office):
    load(office, {"reasons": "Phải có mặt"}, effective_from=NEW_DAY)

    assert legs(versions()[0]) == [
        ("intake", False, "Phải có mặt", NEW_DAY, None),
        ("return", True, "", NEW_DAY, None),
    ]


def test_without_marks_and_reason_nothing_is_decided_about_post(office):
    load(office, {"result": None}, effective_from=NEW_DAY)

    assert legs(versions()[0]) == []


def test_the_row_says_its_own_day(office, decision):
    load(office, {"effective_from": "01/02/2020"}, decision=decision)

    assert versions()[0].in_force_from == date(2020, 2, 1)


def test_the_asked_day_comes_before_the_decisions(office, decision):
    load(office, {}, decision=decision, effective_from=date(2020, 3, 1))

    assert versions()[0].in_force_from == date(2020, 3, 1)
    assert versions()[0].decision == decision


def test_without_any_day_there_is_a_fault(office):
    assert told(judge(office, {})) == [
        (
            2,
            "Có hiệu lực từ",
            (
                "Nothing says from which day this holds. Fill in this cell, name a "
                "decision, or give a day for the whole file."
            ),
        )
    ]


def test_one_new_field_is_made_for_all_its_spellings(office):
    Field.objects.create(name="Tôn giáo")
    rows = [
        {"code": "1.000001", "field": "tôn  GIÁO"},
        {"code": "1.000002", "field": "Thi đua"},
        {"code": "1.000003", "field": "thi đua"},
    ]

    judgement = load(office, *rows, effective_from=NEW_DAY)

    assert judgement.new_fields == ("Thi đua",)
    assert set(Field.objects.values_list("name", flat=True)) == {"Tôn giáo", "Thi đua"}


def test_a_changed_rule_begins_a_new_version_and_keeps_the_old(office, old, decision):
    old.clock_policy = Procedure.ClockPolicy.PAUSE
    old.save()

    judgement = load(office, {"time": "7 ngày"}, decision=decision)

    before, after = versions()
    assert [(d.heading, d.old, d.new) for d in judgement.changes[0].differences] == [
        ("Thời hạn", "10 ngày làm việc", "7 ngày")
    ]
    assert judgement.changes[0].way == Way.SUCCEED
    assert before.pk == old.pk
    assert before.in_force_to == NEW_DAY - timedelta(days=1)
    assert before.processing_time == 10
    assert (after.processing_time, after.time_unit) == (7, "calendar_days")
    assert after.in_force_from == NEW_DAY
    assert after.clock_policy == Procedure.ClockPolicy.PAUSE
    assert after.decision == decision
    assert [p.name for p in after.required_papers.all()] == [
        "Đơn đề nghị",
        "Bằng tốt nghiệp",
    ]
    assert legs(after) == [("return", True, "", NEW_DAY, None)]
    # Dossiers under the old version still find what was decided about it.
    assert legs(before) == [("return", True, "", OLD_DAY, None)]


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        ({"name": "Xét tuyển công chức"}, "Tên TTHC"),
        ({"field": "Viên chức"}, "Lĩnh vực"),
        ({"fee": "30.000"}, "Phí, lệ phí"),
        ({"papers": "Đơn"}, "Giấy tờ"),
        ({"decision": "124/QĐ-UBND"}, "Quyết định công bố"),
    ],
)
def test_each_part_of_the_rule_makes_a_version(office, old, decision, row, heading):
    judgement = load(office, row, effective_from=NEW_DAY)

    assert [d.heading for d in judgement.changes[0].differences] == [heading]
    assert [version.in_force_from for version in versions()] == [OLD_DAY, NEW_DAY]


def test_papers_of_the_file_replace_those_of_the_old_version(office, old):
    load(office, {"papers": "Đơn|bản sao"}, effective_from=NEW_DAY)

    assert [p.name for p in versions()[1].required_papers.all()] == ["Đơn"]
    assert versions()[0].required_papers.count() == 2


def test_a_change_from_the_day_the_version_began_corrects_it(office, old):
    judgement = load(
        office,
        {"time": 7, "fee": "Tùy trường hợp", "papers": "Đơn", "result": None},
        effective_from=OLD_DAY,
    )

    (procedure,) = versions()
    assert judgement.changes[0].way == Way.IN_PLACE
    assert procedure.pk == old.pk
    assert procedure.processing_time == 7
    assert (procedure.fee_dong, procedure.fee_note) == (None, "Tùy trường hợp")
    assert [p.name for p in procedure.required_papers.all()] == ["Đơn"]
    assert legs(procedure) == []


def test_a_change_before_the_version_began_is_a_fault(office, old):
    (fault,) = judge(office, {"time": 7}, effective_from=date(2014, 12, 31)).faults

    assert (fault.row, fault.heading) == (2, "Có hiệu lực từ")
    assert "begins on 01/01/2015" in fault.sentence


def test_a_note_is_put_right_without_a_version_and_without_a_day(office, old):
    judgement = load(office, {"note": "Thay tờ trình"})

    (procedure,) = versions()
    assert kinds(judgement) == [Kind.CHANGED]
    assert procedure.note == "Thay tờ trình"


def test_empty_cells_say_nothing(office, old):
    old.note, old.fee_dong, old.fee_note = "Ghi", None, "Tùy"
    old.save()

    judgement = judge(office, {"note": None, "fee": None, "papers": None})

    assert kinds(judgement) == [Kind.UNCHANGED]


def test_a_decision_for_the_whole_file_alone_changes_nothing(office, old, decision):
    assert kinds(judge(office, {}, decision=decision)) == [Kind.UNCHANGED]


def test_an_end_is_written_on_the_version_that_stands(office, old):
    load(office, {"effective_to": date(2020, 12, 31)})

    assert [version.in_force_to for version in versions()] == [date(2020, 12, 31)]


def test_an_end_before_the_beginning_is_a_fault(office, old):
    for row in ({}, {"time": 7}, {"code": "1.000002"}):
        said = told(
            judge(office, row | {"effective_to": "01/01/2014"}, effective_from=NEW_DAY)
        )
        assert said == [(2, "Có hiệu lực đến", "It cannot end before it begins.")]


def test_an_ended_procedure_comes_back_from_a_later_day(office, old):
    old.in_force_to = date(2018, 12, 31)
    old.save()

    assert [f.heading for f in judge(office, {}).faults] == ["Có hiệu lực từ"]
    judgement = load(office, {}, effective_from=NEW_DAY)

    assert judgement.changes[0].differences[0].old == "01/01/2015 – 31/12/2018"
    assert [(v.in_force_from, v.in_force_to) for v in versions()] == [
        (OLD_DAY, date(2018, 12, 31)),
        (NEW_DAY, None),
    ]
    assert legs(versions()[1]) == [("return", True, "", NEW_DAY, None)]
    assert kinds(judge(office, {}, effective_from=NEW_DAY)) == [Kind.UNCHANGED]


def test_a_version_that_has_a_later_one_is_not_changed_in_its_middle(office, old):
    load(office, {"time": 7}, effective_from=date(2020, 6, 1))

    rows = {"time": 9, "effective_from": "01/01/2015"}
    judgement = judge(office, rows, effective_from=NEW_DAY)

    assert "A later version of this procedure begins on 01/06/2020" in str(
        judgement.faults[0]
    )


def test_a_version_cannot_reach_into_the_next(office, old):
    load(office, {"time": 7}, effective_from=NEW_DAY)

    row = {"effective_from": "01/01/2015", "effective_to": "01/06/2020"}

    assert [f.heading for f in judge(office, row).faults] == ["Có hiệu lực đến"]


def test_a_changed_leg_ends_its_row_and_begins_another(office, old, decision):
    judgement = load(
        office, {"intake": "x", "result": None, "reasons": "Ký sổ"}, decision=decision
    )

    (procedure,) = versions()
    assert kinds(judgement) == [Kind.ELIGIBILITY_CHANGED]
    assert [(c.leg, str(c.old), str(c.new)) for c in judgement.changes[0].legs] == [
        (Leg.INTAKE, "nothing decided", "by public post"),
        (Leg.RETURN, "by public post", "not by public post: Ký sổ"),
    ]
    assert legs(procedure) == [
        ("intake", True, "", NEW_DAY, None),
        ("return", True, "", OLD_DAY, NEW_DAY - timedelta(days=1)),
        ("return", False, "Ký sổ", NEW_DAY, None),
    ]
    assert procedure.eligibilities.get(leg=Leg.INTAKE).decision == decision


def test_a_leg_that_began_the_same_day_is_put_right(office, old):
    row = old.eligibilities.get()

    load(office, {"result": None, "reasons": "Ký sổ"}, effective_from=OLD_DAY)

    row.refresh_from_db()
    assert (row.is_eligible, row.reason, row.valid_from) == (False, "Ký sổ", OLD_DAY)


def test_a_mark_taken_away_ends_the_row(office, old):
    load(office, {"result": None}, effective_from=NEW_DAY)

    assert legs(versions()[0]) == [
        ("return", True, "", OLD_DAY, NEW_DAY - timedelta(days=1))
    ]


def test_a_reason_that_stands_stays_without_being_said_again(office):
    make_procedure(office, code="1.001445", name=NAME, field="Công chức", by_post=False)

    assert kinds(judge(office, {"result": None})) == [Kind.UNCHANGED]


def test_a_leg_decided_later_is_a_fault(office, old):
    load(office, {"intake": "x"}, effective_from=date(2020, 6, 1))

    (fault,) = judge(office, {"intake": None}, effective_from=NEW_DAY).faults

    assert fault.heading == "Tiếp nhận qua BCCI"
    assert "01/06/2020" in fault.sentence


def test_a_new_version_takes_over_what_begins_later(office, old):
    later = date(2020, 12, 1)
    old.eligibilities.create(leg=Leg.INTAKE, is_eligible=True, valid_from=later)

    load(office, {"time": 7}, effective_from=NEW_DAY)

    assert legs(versions()[1]) == [
        ("intake", True, "", later, None),
        ("return", True, "", NEW_DAY, None),
    ]


def test_a_new_version_with_another_leg(office, old):
    load(office, {"time": 7, "intake": "x", "result": None}, effective_from=NEW_DAY)

    assert legs(versions()[1]) == [("intake", True, "", NEW_DAY, None)]


def test_a_leg_does_not_change_after_the_end_that_the_row_repeats(office, old):
    old.in_force_to = date(2019, 12, 31)
    old.save()

    row = {"intake": "x", "effective_to": "31/12/2019"}
    judgement = judge(office, row, effective_from=NEW_DAY)

    assert told(judgement) == [
        (2, "Có hiệu lực đến", "It cannot end before it begins.")
    ]


def test_an_ended_procedure_comes_back_until_another_end(office, old):
    old.in_force_to = date(2018, 12, 31)
    old.save()

    load(office, {"effective_to": "31/12/2020"}, effective_from=NEW_DAY)

    assert versions()[1].in_force_to == date(2020, 12, 31)

"""What is frozen comes back as it was, and its hash tells every change."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.adjustments import Adjustment
from reports.documents import DossierRow
from reports.papers import PaperColumn, PaperTable
from reports.snapshots import Snapshot, fingerprint, freeze, thaw
from tests.factories.papers import make_paper, make_section
from tests.unit.reports.figures_made import (
    BRIEFING,
    BUSY,
    POST,
    drawn_reports,
    figures,
    line,
    report,
    seed,
)

ROW = DossierRow(
    code="H02.16-190601-0001",
    procedure="1.990000 Xếp lương",
    applicant="Nguyễn Thị Ổi «=1+1»",
    received_on=date(2019, 6, 3),
    intake="Bưu chính công ích",
    returned_by="Trực tiếp",
    due_on=date(2019, 6, 17),
    finished_on=None,
    returned_on=None,
    items="Gửi: EA123456785VN",
    status="Đang giải quyết",
)
LINE = Adjustment(
    1, "Báo cáo số 05", "2018", "năm 2018", "received", 4, 5, added=("a",)
)
FULL = Snapshot(
    replace(
        seed(post=POST, outreach=(BRIEFING,), refusals=(("fear", 3),)),
        dossiers=(ROW, replace(ROW, finished_on=date(2019, 6, 10))),
    ),
    make_paper(),
    (LINE,),
)
FROZEN = freeze(FULL)


def test_what_was_frozen_comes_back_equal():
    assert thaw(FROZEN) == FULL


def test_the_figures_that_come_back_still_count():
    back = thaw(FROZEN).report

    assert str(back.whole.counts.by_post_ratio) == "52/332 (15,66%)"
    assert back.title_of(back.whole) == "Cả kỳ"
    assert back.periods[0].post.both.p90 == 4


def test_a_frozen_snapshot_is_plain_json_and_survives_it():
    again = json.loads(json.dumps(FROZEN))

    assert again == FROZEN
    assert fingerprint(again) == fingerprint(FROZEN)


def turned_round(value: Any) -> Any:
    """The same value with the keys of every object in another order."""
    if isinstance(value, dict):
        return {key: turned_round(value[key]) for key in reversed(value)}
    return [turned_round(x) for x in value] if isinstance(value, list) else value


def test_the_hash_does_not_hang_on_the_order_of_keys():
    turned = turned_round(FROZEN)

    assert list(turned) != list(FROZEN)
    assert fingerprint(turned) == fingerprint(FROZEN)


def test_the_hash_is_sha_256_of_the_canonical_text():
    assert (
        fingerprint({"b": "đ", "a": [1, None]})
        # printf '{"a":[1,null],"b":"đ"}' | sha256sum
        == "6848eeeea0d86bbd2dd1968c08ee7b06c52538c98937c40c4aed29699ab40217"
    )


def test_freezing_twice_gives_one_hash():
    assert fingerprint(freeze(FULL)) == fingerprint(freeze(thaw(FROZEN)))


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """The way to every plain value."""
    if isinstance(value, dict):
        return [x for key in value for x in places(value[key], (*path, key))]
    if isinstance(value, list):
        return [x for n, each in enumerate(value) for x in places(each, (*path, n))]
    return [path]


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value} " if isinstance(value, str) else 0


PLACES = places(FROZEN)


@pytest.mark.parametrize("kind", [int, str, bool, type(None)])
def test_every_kind_of_value_is_among_those_changed(kind):
    found = []
    for path in PLACES:
        value: Any = FROZEN
        for key in path:
            value = value[key]
        found.append(type(value))

    assert kind in found
    assert len(found) > 500


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES))
def test_any_changed_value_changes_the_hash(path):
    changed = deepcopy(FROZEN)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = other(holder[path[-1]])

    assert fingerprint(changed) != fingerprint(FROZEN)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn_reports(), st.text(max_size=30))
def test_whatever_was_counted_comes_back_equal(made, words):
    snapshot = Snapshot(made, make_paper(abstract=words))
    frozen = freeze(snapshot)

    assert thaw(frozen) == snapshot
    assert freeze(thaw(frozen)) == frozen


def test_tables_and_sections_come_back_as_they_were():
    table = PaperTable("t", (PaperColumn("a", 10, "right", "g"),), (("1",),), (("2",),))
    paper = make_paper(sections=(make_section("I", tables=(table,)),))
    snapshot = Snapshot(report(figures("2019", line(0, BUSY))), paper)

    assert thaw(freeze(snapshot)) == snapshot


@pytest.mark.parametrize(
    "broken",
    [
        {},
        [],
        None,
        "text",
        {**FROZEN, "more": 1},
        {**FROZEN, "paper": None},
        {**FROZEN, "adjustments": 3},
        {key: value for key, value in FROZEN.items() if key != "report"},
        {**FROZEN, "report": {**FROZEN["report"], "made_on": "yesterday"}},
        {**FROZEN, "report": {**FROZEN["report"], "periods": [{"word": "2019"}]}},
    ],
)
def test_another_shape_is_refused(broken):
    with pytest.raises(ValueError, match="snapshot"):
        thaw(broken)


def test_a_snapshot_of_before_a_field_was_added_is_still_read():
    older = deepcopy(FROZEN)
    del older["adjustments"]
    for period in older["report"]["periods"]:
        del period["from_totals"]

    assert replace(thaw(older), adjustments=(LINE,)) == FULL

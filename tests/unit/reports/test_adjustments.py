"""Lines of adjustment: what they add up to, and how sets differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.adjustments import LABELS, Adjustment, differences
from reports.figures import COUNTED
from reports.membership import DERIVED


def adjustment(before: int, after: int, added: int = 0, removed: int = 0) -> Adjustment:
    return Adjustment(
        report=1,
        signed="Báo cáo số 05/BC-SNV",
        period="2019",
        period_name="năm 2019",
        counted="received",
        before=before,
        after=after,
        added=tuple(f"a{n}" for n in range(added)),
        removed=tuple(f"r{n}" for n in range(removed)),
    )


@pytest.mark.parametrize(
    ("line", "sign", "from_totals"),
    [
        pytest.param(adjustment(212, 214, added=2), "+2", 0, id="two came"),
        pytest.param(adjustment(23, 22, removed=1), "-1", 0, id="one went"),
        pytest.param(adjustment(5, 5, 1, 1), "0", 0, id="one for another"),
        pytest.param(adjustment(5, 7, 3, 1), "+2", 0, id="three came, one went"),
        pytest.param(adjustment(5, 9, 1), "+4", 3, id="three from paper books"),
        pytest.param(adjustment(9, 5), "-4", -4, id="taken out of paper books"),
    ],
)
def test_a_line_says_its_net_difference(line, sign, from_totals):
    assert line.sign == sign
    assert line.from_totals == from_totals


def test_every_counted_number_has_a_label_and_none_is_said_twice():
    assert set(LABELS) >= {*DERIVED, *COUNTED} - {"online"}
    assert len(set(LABELS.values())) == len(LABELS)


def test_a_set_that_did_not_change_is_left_out():
    before = {"received": {"a", "b"}, "by_post": {"a"}, "early": set()}
    after = {"received": {"b", "a"}, "by_post": {"b"}, "results": {"c"}}

    assert differences(before, after) == {
        "by_post": (("b",), ("a",)),
        "results": (("c",), ()),
    }


sets = st.dictionaries(
    st.sampled_from(COUNTED), st.sets(st.sampled_from("abcdef")), max_size=4
)


@given(sets, sets)
def test_what_came_and_went_leads_from_one_to_the_other(before, after):
    changed = differences(before, after)

    for name in before.keys() | after.keys():
        added, removed = changed.get(name, ((), ()))
        was, now = before.get(name, set()), after.get(name, set())
        assert (was | set(added)) - set(removed) == now
        assert list(added) == sorted(now - was)
        assert list(removed) == sorted(was - now)

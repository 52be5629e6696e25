"""Equal faults stand once, with all their rows."""

import pytest

from postal_tthc.lib.fault_groups import MOST_STRETCHES, grouped
from postal_tthc.lib.tables import Fault
from postal_tthc.templatetags.faults import MOST_GROUPS, fault_table


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([0], "–"),
        ([7], "7"),
        ([7, 8], "7–8"),
        ([8, 7, 7, 9, 12], "7–9, 12"),
        (range(2, 3002), "2–3001"),
        (range(1, 100, 2), ", ".join(map(str, range(1, 25, 2))) + " …"),
    ],
)
def test_rows_are_told_as_stretches(rows, places):
    (group,) = grouped(Fault(row, "Ngày nhận", "hôm qua", "Ghi ngày.") for row in rows)
    assert group.places == places
    assert group.rows == tuple(sorted(set(rows)))


def test_what_differs_in_anything_stands_alone_and_in_its_order():
    faults = [
        Fault(3, "Ngày nhận", "hôm qua", "Ghi ngày."),
        Fault(4, "Ngày trả", "hôm qua", "Ghi ngày."),
        Fault(5, "Ngày nhận", "mai", "Ghi ngày."),
        Fault(6, "Ngày nhận", "hôm qua", "Sau hôm nay."),
        Fault(9, "Ngày nhận", "hôm qua", "Ghi ngày."),
    ]
    groups = [(x.heading, x.value, x.sentence, x.places) for x in grouped(faults)]
    assert groups == [
        ("Ngày nhận", "hôm qua", "Ghi ngày.", "3, 9"),
        ("Ngày trả", "hôm qua", "Ghi ngày.", "4"),
        ("Ngày nhận", "mai", "Ghi ngày.", "5"),
        ("Ngày nhận", "hôm qua", "Sau hôm nay.", "6"),
    ]


def test_a_number_of_rows_is_written_in_vietnamese_digits():
    (group,) = grouped(Fault(row, "", "", "Trống.") for row in range(2, 1_236))
    assert group.number == "1.234"


def test_a_page_shows_so_many_kinds_and_counts_the_faults_of_the_rest():
    faults = [Fault(2, "", str(n), "Sai.") for n in range(MOST_GROUPS + 1)]
    faults.append(Fault(3, "", str(MOST_GROUPS), "Sai."))
    shown = fault_table(faults)
    assert len(shown["groups"]) == MOST_GROUPS
    assert shown["hidden"] == 2
    assert fault_table([]) == {"groups": [], "hidden": 0}


def test_what_is_left_out_of_the_places_is_said_by_their_number():
    (group,) = grouped(Fault(row, "", "", "Sai.") for row in range(1, 100, 2))
    assert group.places.count(",") == MOST_STRETCHES - 1
    assert group.places.endswith(" …")
    assert group.number == "50"

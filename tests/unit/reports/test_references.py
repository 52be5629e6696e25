"""References in the words of a report: what they become, and which are unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.references import (
    REFERENCE,
    Citation,
    Resolver,
    Value,
    has_references,
    join,
    ref,
)

VALUES = {
    "2019": {
        "received": Value("Tiếp nhận", "212"),
        "by_post.1.990001": Value("Hồ sơ", "07"),
    },
    "2020-01-01..2020-09-30": {"received": Value("Tiếp nhận", "120")},
    "A1@2019-09-20": {"by_post_ratio.percent": Value("Phần trăm", "10,85%")},
    "whole": {"received": Value("Tiếp nhận", "332")},
}
DOCUMENTS = {
    "12": Citation("Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016", "Quyết định số 45"),
    "13": Citation("Công văn số 1 ngày 02/01/2020", "Công văn số 1"),
}


def resolver() -> Resolver:
    return Resolver(VALUES, DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Tiếp nhận {2019:received} hồ sơ.", "Tiếp nhận 212 hồ sơ."),
        ("{2019:by_post.1.990001}", "07"),
        ("{2020-01-01..2020-09-30:received}", "120"),
        ("{A1@2019-09-20:by_post_ratio.percent}", "10,85%"),
        ("{2019:received}{whole:received}", "212332"),
        ("({whole:received}; {2019:received})", "(332; 212)"),
        ("Không có gì để thay", "Không có gì để thay"),
        ("", ""),
        ("{2018:received}", "{2018:received}"),
        ("{2019:nothing}", "{2019:nothing}"),
        ("{doc:99}", "{doc:99}"),
        ("{2019: received}", "{2019: received}"),
        ("{{2019:received}}", "{212}"),
    ],
)
def test_a_reference_becomes_what_it_stands_for(text, paper):
    assert resolver().resolve(text) == paper


def test_a_document_is_cited_in_full_first_and_short_after():
    reader = resolver()

    first = reader.resolve("Theo {doc:12} và {doc:13}; {doc:12} nêu")
    second = reader.resolve("Thực hiện {doc:12}, {doc:13}")

    assert first == (
        "Theo Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016 và Công văn số 1 ngày "
        "02/01/2020; Quyết định số 45 nêu"
    )
    assert second == "Thực hiện Quyết định số 45, Công văn số 1"


def test_every_reading_begins_with_full_citations():
    for _ in range(2):
        assert resolver().resolve("{doc:12}") == DOCUMENTS["12"].full


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{2019:received} và {doc:12}", []),
        ("{2018:received}", ["{2018:received}"]),
        ("{2019:x} {doc:99} {2019:received}", ["{2019:x}", "{doc:99}"]),
        ("{2019: received}", ["{2019: received}"]),
        ("{tiếp nhận}", ["{tiếp nhận}"]),
        ("còn {2019:received", ["{2019:received"]),
        ("2019:received}", ["}"]),
        ("{}", ["{}"]),
        ("không có ngoặc nhọn", []),
    ],
)
def test_what_would_be_printed_with_its_brackets_is_named(text, unknown):
    assert resolver().unknown(text) == unknown


@given(st.text())
def test_any_text_is_read_to_its_end(text):
    reader = resolver()

    paper = reader.resolve(text)

    if not has_references(text):
        assert paper == text
    if not reader.unknown(text):
        assert "{" not in paper
        assert "}" not in paper


wheres, names = st.sampled_from(sorted(VALUES)), st.sampled_from(["received", "x"])


@given(st.lists(st.tuples(st.text(alphabet="ab {}\n"), wheres, names), max_size=5))
def test_a_reference_is_known_or_named_as_unknown(parts):
    text = "".join(f"{words}{ref(where, name)}" for words, where, name in parts)
    missing = [ref(w, n) for _words, w, n in parts if n not in VALUES[w]]

    named = resolver().unknown(text)

    assert all(x in text for x in named)
    for reference in missing:
        assert any(reference in x or x in reference for x in named)


@given(wheres, st.from_regex(r"[0-9A-Za-z_.-]{1,80}", fullmatch=True))
def test_what_is_written_as_a_reference_is_read_as_one(where, name):
    assert REFERENCE.fullmatch(ref(where, name)).groups() == (where, name)


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a và b"),
        (["a", "", "b", "c"], "a, b và c"),
    ],
)
def test_a_list_is_joined_as_it_is_read(parts, joined):
    assert join(parts) == joined

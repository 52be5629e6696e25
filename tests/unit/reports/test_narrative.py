"""The narrative that writes itself: what it says, when it says nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from reports import claims, narrative
from reports.adjustments import Adjustment
from reports.documents import YearlyReport
from reports.narrative import SENTENCES, Context
from reports.narrative.sections import SECTIONS
from reports.post_figures import LegFigures, PostFigures
from reports.ratios import Ratio
from reports.references import REFERENCE, Resolver
from reports.vocabulary import vocabulary
from tests.unit.reports.figures_made import (
    BRIEFING,
    BUSY,
    DOCUMENTS,
    LEG,
    LETTER,
    NEXT,
    POST,
    TODAY,
    drawn_reports,
    figures,
    line,
    report,
    seed,
)

LATE = Adjustment(
    report=1,
    signed="Báo cáo số 05/BC-SNV ngày 05/01/2020",
    period="2019",
    period_name="năm 2019",
    counted="received",
    before=212,
    after=214,
    added=("H02.16-190601-0001", "H02.16-190601-0002"),
)
EARLIER = replace(LATE, counted="by_post", before=23, after=22, added=())
ONE = report(figures("2019", line(0, BUSY)))
QUIET = report(figures("2019", line(0)))
POSTED = report(figures("2019", line(0, BUSY), post=POST))
ALL_USED = report(figures("2019", line(0, BUSY), line(1, is_postal=False)))
HARMED = report(
    figures(
        "2019",
        post=PostFigures(
            outgoing=replace(LEG, came_back=1, attempts=2),
            incidents=(("lost", 1), ("seal", 0)),
            complaints=1,
            answered_late=1,
            compensation_paid_dong=250_000,
        ),
    )
)
ON_TIME = report(
    figures("2019", post=PostFigures(intake=replace(LEG, judged=18, within_norm=18)))
)
UNJUDGED = report(
    figures("2019", post=PostFigures(intake=replace(LEG, judged=0, within_norm=0)))
)
LOST = report(figures("2019", post=PostFigures(intake=replace(LEG, lost=1))))
FREE_OF_CHARGE = report(
    figures("2019", post=PostFigures(intake=replace(LEG, postage_known=0)))
)
ASKED = report(figures("2019", refusals=(("fear", 3), ("cost", 9), ("nearby", 0))))
NEARBY = report(figures("2019", refusals=(("nearby", 4),)))
TOLD = report(figures("2019", outreach=(BRIEFING,)))
BEHIND = report(figures("2019", line(0, BUSY)))
AHEAD = report(figures("2019", line(0, replace(BUSY, by_post=40, intake_by_post=40))))
SAME = report(
    figures("2019-Q1", line(0, BUSY)), figures("2019-Q2", line(0, BUSY)), whole=None
)
FALLING = report(figures("2019", line(0, NEXT)), figures("2020-9M", line(0, BUSY)))
APART = report(
    figures("2018", line(0, BUSY)), figures("2020-Q1", line(0, NEXT)), whole=None
)


def context(made: YearlyReport, **values) -> Context:
    values.setdefault("organisation", "Sở Nội vụ")
    return Context(made, **values)


def written(origin: str, made: YearlyReport, **values) -> str:
    """A sentence as paper says it."""
    write: Callable[[Context], str] = {o: w for _s, o, w in SENTENCES}[origin]
    return Resolver(vocabulary(made), DOCUMENTS).resolve(write(context(made, **values)))


# Origin, report, what else is known, what must be in it.
SAID = [
    ("request", ONE, {}, "Sở Nội vụ báo cáo kết quả tiếp nhận hồ sơ"),
    ("request", ONE, {}, "từ 01/01/2019 đến 31/12/2019 như sau:"),
    ("request", ONE, {"request": "1"}, f"Thực hiện {LETTER.full}, Sở Nội vụ báo cáo"),
    ("request", seed(), {}, "từ 01/01/2019 đến 30/09/2020 như sau:"),
    (
        "request",
        APART,
        {},
        (
            "năm 2018 (từ 01/01/2018 đến 31/12/2018) và quý I năm 2020 (từ 01/01/2020 đến "
            "31/03/2020) như sau:"
        ),
    ),
    (
        "replaces",
        ONE,
        {"replaces": "Báo cáo số 05/BC-SNV ngày 05/01/2020"},
        "Báo cáo này thay thế Báo cáo số 05/BC-SNV ngày 05/01/2020.",
    ),
    ("bases", ONE, {"bases": ("2",)}, "Thực hiện Quyết định số 45/2016/QĐ-TTg ngày"),
    ("bases", ONE, {"bases": ("2", "1")}, f" và {LETTER.full}, Sở Nội vụ đã chỉ đạo"),
    ("events", TOLD, {}, "đã tổ chức 01 đợt tuyên truyền, hướng dẫn:\n- Ngày"),
    ("events", TOLD, {}, "24/06/2020: Quán triệt Quyết định số 45, 58 lượt người."),
    ("no_events", ONE, {}, "Trong kỳ chưa có đợt tuyên truyền nào"),
    ("procedures", ONE, {}, "Tính đến ngày 31/12/2019, Sở Nội vụ có 06/98 (6,12%)"),
    ("headline", ONE, {}, "đã tiếp nhận 212 hồ sơ, trong đó 23/212 (10,85%) hồ sơ"),
    ("headline", seed(), {}, "52/332 (15,66%)"),
    ("headline", seed(), {}, "năm 2019: 23/212 (10,85%) hồ sơ; 9 tháng đầu năm 2020:"),
    ("headline", APART, {}, "năm 2018: 23/212 (10,85%) hồ sơ; quý I năm 2020: 29/120"),
    ("legs", ONE, {}, "Chiều gửi hồ sơ đến: 05/212 (2,36%)"),
    ("legs", ONE, {}, "Chiều trả kết quả: 21/190 (11,05%)"),
    ("legs", ONE, {}, "cả hai chiều: 03."),
    ("used", ONE, {}, "thuộc 01 thủ tục: 1) Xếp lương lần đầu (23 hồ sơ)."),
    ("unused", seed(), {}, "Còn 01 thủ tục"),
    ("unused", seed(), {}, "chưa phát sinh hồ sơ: Công nhận điều lệ hội."),
    ("time_kept", ONE, {}, "Đã giải quyết 192 hồ sơ, trong đó trước hạn 150, đúng"),
    ("time_kept", ONE, {}, "đúng hạn 180/190 (94,74%). Đang giải quyết 28 hồ sơ"),
    ("transit", POSTED, {}, "chiều gửi hồ sơ đến: một nửa số bưu gửi không quá 2 ngày"),
    (
        "transit",
        POSTED,
        {},
        "90% không quá 4 ngày làm việc; kể cả bưu gửi chưa đến nơi, đúng thời gian toàn trình",
    ),
    ("transit", UNJUDGED, {}, "90% không quá 4 ngày làm việc."),
    ("postage", POSTED, {}, "bình quân 22.550 đồng một bưu gửi; tổng cước 902.000"),
    (
        "adjusted",
        ONE,
        {"adjustments": (LATE, EARLIER)},
        (
            "Điều chỉnh số liệu kỳ trước (Báo cáo số 05/BC-SNV ngày 05/01/2020):\n- năm "
            "2019, hồ sơ tiếp nhận trong kỳ: +2 (đã báo cáo 212, nay 214);\n- năm 2019, "
            "qua bưu chính công ích (ít nhất một chiều): -1 (đã báo cáo 23, nay 22)."
        ),
    ),
    (
        "trend",
        seed(),
        {},
        "tăng từ 10,85% (năm 2019) lên 24,17% (9 tháng đầu năm 2020)",
    ),
    ("trend", FALLING, {}, "giảm từ 24,17% (năm 2019) xuống 10,85%"),
    ("trend", SAME, {}, "giữ nguyên ở mức 10,85% trong quý II năm 2019."),
    ("pace", seed(), {}, "năm 2019 khoảng 1,9 hồ sơ; 9 tháng đầu năm 2020 khoảng 3,2"),
    ("benefit", ONE, {}, "giảm số lần đi lại"),
    ("safety", POSTED, {}, "Trong 40 bưu gửi, không có trường hợp mất, thất lạc"),
    ("inform", QUIET, {}, "Tiếp tục niêm yết công khai"),
    ("answer_reasons", ASKED, {}, "Hướng dẫn người dân theo dõi từng giấy tờ gốc"),
    ("answer_reasons", ASKED, {}, "; phối hợp với Bưu điện gửi gộp các kết quả"),
    ("use_unused", seed(), {}, "Rà soát, hướng dẫn thực hiện đối với 01 thủ tục"),
    ("with_post", POSTED, {}, "Phối hợp với Bưu điện khắc phục"),
    ("intake_behind", BEHIND, {}, "05/212 (2,36%) hồ sơ gửi đến, 21/190 (11,05%) kết"),
    ("reasons", ASKED, {}, "Trong 12 trường hợp được giới thiệu nhưng không chọn"),
    ("reasons", ASKED, {}, ": 09 trường hợp cho là cước còn cao; 03 trường hợp e ngại"),
    ("slow", POSTED, {}, "chỉ 36/38 (94,74%) bưu gửi đến nơi trong thời gian"),
    ("undelivered", HARMED, {}, "Có 02 lần phát không thành công, 01 bưu gửi chuyển"),
    ("harm", HARMED, {}, "Sự cố phát hiện trong kỳ: 01 trường hợp mất, thất lạc. Đã"),
    ("harm", HARMED, {}, "gửi 01 khiếu nại đến Bưu điện. Số tiền đã bồi thường: 250"),
    ("to_post", HARMED, {}, "bảo đảm thời gian toàn trình theo quy định; trả lời"),
    ("to_post", ASKED, {}, "Đề nghị Bưu điện tỉnh xem xét giảm cước"),
    ("to_above", seed(), {}, "Đề nghị cấp có thẩm quyền rà soát danh mục"),
    ("closing", ONE, {}, "Sở Nội vụ báo cáo tổng hợp theo quy định./."),
    (
        "closing",
        ONE,
        {"addressee": "UBND tỉnh"},
        "Sở Nội vụ báo cáo UBND tỉnh tổng hợp theo quy định./.",
    ),
]
NO_CATALOGUE = report(
    replace(figures("2018"), procedures=Ratio(0, 0, "postal", "in_force"))
)
SILENT = [
    ("replaces", ONE),
    ("procedures", NO_CATALOGUE),
    ("bases", ONE),
    ("events", ONE),
    ("no_events", TOLD),
    ("used", QUIET),
    ("unused", ALL_USED),
    ("transit", ONE),
    ("postage", ONE),
    ("postage", FREE_OF_CHARGE),
    ("adjusted", ONE),
    ("trend", ONE),
    ("trend", report(figures("2018"), figures("2019"))),
    ("pace", ONE),
    ("pace", SAME),
    ("benefit", QUIET),
    ("safety", ONE),
    ("safety", HARMED),
    ("safety", LOST),
    ("answer_reasons", ONE),
    ("answer_reasons", NEARBY),
    ("use_unused", ALL_USED),
    ("with_post", ONE),
    ("with_post", ON_TIME),
    ("intake_behind", QUIET),
    ("intake_behind", AHEAD),
    ("reasons", ONE),
    ("slow", ON_TIME),
    ("undelivered", ON_TIME),
    ("harm", POSTED),
    ("to_post", ONE),
    ("to_above", ALL_USED),
]
ALWAYS = {
    "request",
    "headline",
    "legs",
    "time_kept",
    "inform",
    "closing",
}


@pytest.mark.parametrize(("origin", "made", "values", "part"), SAID)
def test_a_sentence_says_what_there_is_to_say(origin, made, values, part):
    assert part in written(origin, made, **values)


@pytest.mark.parametrize(("origin", "made"), SILENT)
def test_a_sentence_with_nothing_to_say_is_empty(origin, made):
    assert written(origin, made) == ""


def test_a_procedure_that_moved_to_another_field_is_listed_once():
    moved = replace(line(0, replace(BUSY, by_post=2)), field="Khác")
    made = report(figures("2019", line(0, BUSY), moved))

    said = written("used", made)

    assert said == (
        "Hồ sơ phát sinh thuộc 01 thủ tục: 1) Xếp lương lần đầu (25 hồ sơ)."
    )
    assert written("unused", made) == ""


def test_every_sentence_is_tried_and_every_one_that_may_be_silent_too():
    origins = {origin for _section, origin, _write in SENTENCES}

    assert {origin for origin, *_rest in SAID} == origins
    assert {origin for origin, _made in SILENT} == origins - ALWAYS
    assert len(origins) == len(SENTENCES)


def test_sentences_stand_in_the_order_of_the_sections():
    places = [list(SECTIONS).index(section) for section, _o, _w in SENTENCES]

    assert places == sorted(places)
    assert set(SECTIONS) - {section for section, _o, _w in SENTENCES} == {"situation"}


def test_a_whole_document_is_cited_in_full_once_and_short_after():
    reader = Resolver(vocabulary(ONE), DOCUMENTS)
    sentences = narrative.write(context(ONE, request="1", bases=("1", "2")))

    text = "\n".join(reader.resolve(x.text) for x in sentences)

    assert text.count(LETTER.full) == 1
    assert text.count(LETTER.short) == 2
    assert text.index(LETTER.full) < text.rindex(LETTER.short)


def test_when_the_first_paragraph_is_dropped_the_next_one_cites_in_full():
    reader = Resolver(vocabulary(ONE), DOCUMENTS)
    sentences = narrative.write(context(ONE, request="1", bases=("1", "2")))

    text = "\n".join(reader.resolve(x.text) for x in sentences if x.origin != "request")

    assert text.count(LETTER.full) == text.count(LETTER.short) == 1


def paper_of(made: YearlyReport, *adjustments: Adjustment) -> str:
    asked = context(
        made,
        request="1",
        bases=("2",),
        addressee="UBND tỉnh Bắc Giang",
        adjustments=adjustments,
    )
    reader = Resolver(vocabulary(made), DOCUMENTS)
    sentences = narrative.write(asked)
    assert [x for s in sentences for x in reader.unknown(s.text)] == []
    return "\n\n".join(reader.resolve(sentence.text) for sentence in sentences)


def doubted(text: str, made: YearlyReport) -> list[str]:
    own = {
        x.period.word: {
            "by_post": (x.counts.by_post, x.counts.received),
            "intake_by_post": (x.counts.intake_by_post, x.counts.received),
            "return_by_post": (x.counts.return_by_post, x.counts.results),
        }
        for x in made.columns
    }
    asked = claims.Context(
        organisation="Sở Nội vụ tỉnh Bắc Giang",
        symbol="SNV",
        is_draft=True,
        figures=own,
        today=TODAY,
    )
    return [f"{x.text}: {x.explanation}" for x in claims.check(text, context=asked)]


@pytest.mark.parametrize(
    "made",
    [ONE, QUIET, POSTED, ALL_USED, HARMED, ASKED, TOLD, SAME, FALLING, APART, seed()],
)
def test_the_number_doctor_finds_nothing_in_what_writes_itself(made):
    text = paper_of(made, LATE)

    assert "{" not in text
    assert doubted(text, made) == []


def test_the_number_doctor_would_find_a_wrong_number_in_it():
    text = paper_of(ONE).replace("23/212 (10,85%)", "23/212 (10,08%)")

    assert any("10,08" in x for x in doubted(text, ONE))


slowly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
PRINTED = re.compile(r"(\d+)/(\d+) \((\d+),(\d\d)%\)")


@slowly
@given(drawn_reports())
def test_whatever_was_counted_every_reference_resolves_and_nothing_is_doubted(made):
    text = paper_of(made)

    assert REFERENCE.search(text) is None
    assert doubted(text, made) == []
    for part, whole, units, hundredths in PRINTED.findall(text):
        exact = Decimal(part) * 100 / Decimal(whole)
        rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        assert Decimal(f"{units}.{hundredths}") == rounded


def test_no_item_of_the_post_is_needed_to_write_a_report():
    empty = report(figures("2019", post=PostFigures(intake=LegFigures())))

    assert doubted(paper_of(empty), empty) == []

"""The number doctor and linter: sentences, the report of 2020, mended reports."""

import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.claims import Context, check, named_periods, paragraph, pieces, tidy
from reports.claims.words import percent
from tests.unit.reports.claim_reports import COMMON, SEED, mend, variants
from tests.unit.reports.claim_sentences import RIGHT, WRONG

FORMS = [
    "Tiếp nhận {k}/{n} hồ sơ (chiếm {p}%).",
    "Tiếp nhận {k}/{n} hồ sơ, đạt {p}%.",
    "Tiếp nhận {k}/{n} hồ sơ qua bưu chính, chiếm tỷ lệ {p} %.",
    "Năm 2019: {k}/{n} hồ sơ ({p}%), còn lại gửi trực tiếp.",
    "Năm 2019: {k} / {n}\nhồ sơ (chiếm\n{p} %).",
    "Năm 2019: {k}/{n} ({p}%).",
    "Tỷ lệ đạt {p}% ({k}/{n} hồ sơ).",
    "Tiếp nhận {k} hồ sơ trên tổng số {n} hồ sơ, chiếm {p}%.",
    "Tiếp nhận {k}/{n} hồ sơ, chiếm {p} phần trăm.",
    "Tiếp nhận {k}/{n} hồ sơ (chiếm {p}).",
]


NOTHING_KNOWN = Context()


def kinds(text: str, context: Context = NOTHING_KNOWN) -> list[str]:
    return [x.kind for x in check(text, context=context)]


class TestSentences:
    def test_precision_and_recall_over_all_sentences(self, capsys):
        said = right = wanted = 0
        for text, expected in [*((text, []) for text in RIGHT), *WRONG]:
            found = Counter((x.kind, x.expected) for x in check(text))
            said += found.total()
            wanted += len(expected)
            right += (found & Counter(expected)).total()
        precision, recall = right / said, right / wanted
        with capsys.disabled():
            print(  # noqa: T201
                f"\n{len(RIGHT)} right and {len(WRONG)} wrong sentences: "
                f"precision {precision:.3f}, recall {recall:.3f}"
            )

        assert len(RIGHT) + len(WRONG) >= 60
        assert precision == 1
        assert recall >= 0.95

    @pytest.mark.parametrize("text", RIGHT)
    def test_nothing_is_said_about_what_is_right(self, text):
        assert kinds(text) == []

    @pytest.mark.parametrize(
        ("wrong", "hint"),
        [
            ("23/212 hồ sơ (10,08%)", "Có lẽ là 10,8% bị gõ thừa số 0."),
            ("23/212 hồ sơ (10,58%)", "Hai chữ số liền nhau bị đảo chỗ."),
            ("23/212 hồ sơ (921,74%)", "Tử số và mẫu số bị đảo khi chia."),
            ("23/212 hồ sơ (108,49%)", "Dấu phẩy bị đặt lệch một chữ số."),
            (
                "29/120 hồ sơ (24,17%), 23/212 hồ sơ (19,17%)",
                "19,17% là 23/120: có lẽ đã chia cho mẫu số của chỗ khác.",
            ),
            ("23/212 hồ sơ (12,26%)", "12,26% ứng với 26/212: xem lại tử số."),
            ("23/212 hồ sơ (13,13%)", "Không có số nguyên nào chia cho 212"),
        ],
    )
    def test_the_nearest_explanation_is_given(self, wrong, hint):
        (finding,) = check(f"Năm 2019: {wrong}.")

        assert hint in finding.explanation

    @given(
        n=st.integers(1, 99_999),
        share=st.floats(0, 1),
        form=st.sampled_from(FORMS),
        comma=st.booleans(),
        grouped=st.booleans(),
        off=st.one_of(st.none(), st.integers(-9_000, 9_000).filter(bool)),
    )
    def test_a_right_percentage_is_silent_and_any_other_gives_one_finding(
        self, n, share, form, comma, grouped, off
    ):
        k = round(n * share)
        right = percent(k, n, 2)
        printed = right + Decimal(off or 0) / 100
        if printed < 0:
            printed = right + 1
        text = form.format(
            k=f"{k:,}".replace(",", ".") if grouped else k,
            n=f"{n:,}".replace(",", ".") if grouped else n,
            p=str(printed).replace(".", ",") if comma else printed,
        )

        found = check(text)

        if printed == right:
            assert found == []
        else:
            (finding,) = found
            assert finding.kind in ("percentage_wrong", "percentage_truncated")
            assert finding.expected == f"{right}%".replace(".", ",")


class TestTheReportOf2020:
    WANTED = (
        ("percentage_wrong", "10,08%", "10,85%"),
        ("percentage_truncated", "24,16%", "24,17%"),
        ("foreign_department", "Sở Khoa học và Công nghệ", "Sở Nội vụ"),
        ("length_of_period", "01 năm", "21 tháng"),
        ("procedures_unlisted", "05 thủ tục", "06 thủ tục"),
        ("missing_number", "Số: /BC-SNV", "Số: …/BC-SNV"),
        ("missing_day", "Bắc Giang, ngày tháng 9 năm 2020", "ngày … tháng 9 năm 2020"),
        ("missing_addressee", "không có «Kính gửi»", "Kính gửi: …"),
        ("slip", "tiến nhận", "tiếp nhận"),
    )

    @pytest.mark.parametrize(("kind", "found", "expected"), WANTED)
    def test_it_finds(self, kind, found, expected):
        assert (kind, found, expected) in {
            (x.kind, x.found, x.expected) for x in check(SEED)
        }

    def test_it_names_both_decisions(self):
        (finding,) = (x for x in check(SEED) if x.kind == "two_decisions")

        assert "124/QĐ-UBND ngày 20/01/2020" in finding.found
        assert "104/QĐ-UBND ngày 17/01/2020" in finding.found

    def test_it_finds_nothing_else(self):
        assert Counter(kinds(SEED)) == Counter(
            {x: 1 for x, _, _ in self.WANTED}
            | {"slip": 3, "two_decisions": 1, "period_not_over": 1}
        )

    @pytest.mark.parametrize("name", variants())
    def test_a_mended_report_yields_nothing(self, name):
        assert check(variants()[name]) == []

    @pytest.mark.parametrize("name", variants())
    def test_nor_does_it_when_its_lines_are_broken_or_run_together(self, name):
        text = variants()[name]
        broken = "\n\n".join(
            part if len(part) <= 80 else "\n".join(wrap(part, 80))
            for part in text.split("\n\n")
        )

        assert check(broken) == []
        assert check(text.replace("\n\n", "\n")) == []

    def test_what_is_left_unmended_is_all_that_is_found(self):
        assert kinds(mend(SEED, COMMON)) == [
            "two_decisions",
            "length_of_period",
            "procedures_unlisted",
        ]

    def test_other_ways_of_writing_letters_change_nothing(self):
        decomposed = unicodedata.normalize("NFD", SEED).replace("\n", "\r\n")

        assert kinds("\ufeff" + decomposed.replace(" ", "\u00a0")) == kinds(SEED)

    def test_every_finding_stands_where_it_says(self):
        text = tidy(SEED)
        for finding in check(SEED):
            passage = text[finding.position : finding.end]
            if finding.kind not in ("missing_addressee", "two_decisions"):
                assert finding.found in " ".join(passage.split())
            assert passage.strip()

    def test_the_marked_text_is_the_whole_text(self):
        found = check(SEED)
        cut = list(pieces(tidy(SEED), found))

        assert "".join(x.text for x in cut) == tidy(SEED)
        numbers = list(range(1, len(found) + 1))
        assert sorted(n for x in cut for n in x.begins) == numbers
        assert sorted(n for x in cut for n in x.ends) == numbers

    def test_the_correction_says_what_becomes_of_each_word(self):
        text = paragraph(SEED, check(SEED), Context())

        assert text.startswith("Sở Nội vụ đính chính Báo cáo số … ngày … như sau:")
        assert "«10,08%» sửa thành «10,85%»" in text
        assert "«24,16%» sửa thành «24,17%»" in text

    def test_a_draft_is_not_asked_for_number_and_day(self):
        draft = Context(is_draft=True, today=date(2020, 11, 1))

        missing = [x for x in kinds(SEED, draft) if x.startswith("missing")]

        assert missing == ["missing_addressee"]

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            pytest.param("ngày 10 tháng 9 năm 2020", True, id="before the cut-off"),
            pytest.param("ngày 14 tháng 9 năm 2020", False, id="on the cut-off"),
            pytest.param("ngày 30 tháng 9 năm 2020", False, id="on its last day"),
            pytest.param("ngày 31 tháng 8 năm 2020", True, id="a month early"),
            pytest.param("ngày    tháng 9 năm 2020", True, id="day left blank"),
            pytest.param("ngày    tháng 10 năm 2020", False, id="month after, no day"),
        ],
    )
    def test_a_period_is_over_from_its_cut_off(self, day, said):
        text = mend(SEED, [("ngày tháng 9 năm 2020", day)])

        assert ("period_not_over" in kinds(text)) is said

    def test_an_abstract_that_says_one_year_is_quoted_as_it_is(self):
        text = variants()["twenty-one months everywhere"].replace(
            "Công văn số 4208/UBND-KGVT ngày 22/9/2020 của Chủ tịch UBND tỉnh về việc "
            "báo cáo kết quả sau 21 tháng (từ 01/01/2019 đến 30/9/2020)",
            "Công văn số 4208/UBND-KGVT ngày 22/9/2020 của Chủ tịch UBND tỉnh về việc "
            "báo cáo kết quả sau 01 năm",
        )

        assert "sau 01 năm" in text
        assert check(text) == []


class TestOurOwnFigures:
    CONTEXT = Context(
        figures={
            "2019": {"by_post": (23, 212), "intake_by_post": (5, 212)},
            "2020-9M": {"by_post": (29, 120), "procedures": (6, 98)},
        }
    )

    def test_periods_with_figures_are_named_as_we_name_them(self):
        text = (
            "Năm 2019: 23/212 hồ sơ; 9 tháng đầu năm 2020: 29/120 hồ sơ; "
            "quý III/2020: 9/40 hồ sơ; từ 01/01/2019 đến 30/9/2020: 52/332 hồ sơ. "
            "Kế hoạch năm 2021 đã ban hành."
        )

        assert named_periods(text) == [
            "2019",
            "2020-9M",
            "2020-Q3",
            "2019-01-01..2020-09-30",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Hồ sơ qua bưu chính năm 2019: 23/212 hồ sơ.",
            "Gửi hồ sơ qua bưu chính năm 2019: 5/212 hồ sơ.",
            "Hồ sơ qua bưu chính năm 2018: 1/200 hồ sơ.",
            "Hồ sơ trực tuyến năm 2019: 40/212 hồ sơ.",
            "Có 06/98 thủ tục thực hiện qua bưu chính.",
        ],
    )
    def test_what_agrees_or_was_not_counted_is_silent(self, text):
        assert check(text, context=self.CONTEXT) == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Hồ sơ qua bưu chính năm 2019: 25/212 hồ sơ.", "23/212 (10,85%)"),
            ("Qua bưu chính 9 tháng đầu năm 2020: 29/130 hồ sơ.", "29/120 (24,17%)"),
            ("Có 07/98 thủ tục thực hiện qua bưu chính.", "06/98 (6,12%)"),
        ],
    )
    def test_what_differs_is_said_with_both_numbers(self, text, expected):
        (finding,) = check(text, context=self.CONTEXT)

        assert finding.kind == "differs_from_ours"
        assert finding.severity == "warning"
        assert finding.expected == expected

    def test_in_our_own_draft_a_difference_is_an_error(self):
        context = Context(figures=self.CONTEXT.figures, is_draft=True)
        (finding,) = check("Qua bưu chính năm 2019: 25/212 hồ sơ.", context=context)

        assert finding.is_error


class TestTables:
    TABLE = (
        "Kỳ\tTổng số\tQua bưu chính\tTỷ lệ\n"
        "Năm 2019\t212\t23\t10,85%\n"
        "9 tháng đầu năm 2020\t120\t29\t24,17%\n"
    )

    def test_a_right_table_with_the_same_figures_in_the_text_is_silent(self):
        assert check(f"Năm 2019: 23/212 hồ sơ (10,85%).\n\n{self.TABLE}") == []

    def test_a_figure_of_the_text_that_differs_from_its_row_is_said(self):
        (finding,) = check(f"Năm 2019: 25/212 hồ sơ.\n\n{self.TABLE}")

        assert (finding.kind, finding.expected) == ("differs_from_table", "23/212")

    def test_another_figure_of_the_same_period_is_left_alone(self):
        assert check(f"Trả đúng hạn năm 2019: 195/196 hồ sơ.\n\n{self.TABLE}") == []

    def test_the_percentage_of_a_row_is_recomputed(self):
        wrong = self.TABLE.replace("24,17%", "24,16%").replace("10,85%", "10,08%")

        assert [(x.kind, x.expected) for x in check(wrong)] == [
            ("percentage_wrong", "10,85%"),
            ("percentage_truncated", "24,17%"),
        ]


class TestHeadingsAndCitations:
    LETTER = (
        "Số: 15/BC-SNV\nBắc Giang, ngày 05 tháng 10 năm 2020\nBÁO CÁO\n"
        "Kính gửi: UBND tỉnh\n{}\nNơi nhận:\n- Như trên;\nGIÁM ĐỐC\n"
    )

    def test_a_heading_that_stands_twice_is_said(self):
        text = self.LETTER.format(
            "I. KẾT QUẢ THỰC HIỆN\nĐã làm.\nII. KẾT QUẢ THỰC HIỆN\nĐã làm."
        )

        assert kinds(text) == ["heading_repeated"]

    def test_two_headings_in_a_row_with_one_number_are_said(self):
        text = self.LETTER.format("1. Kết quả chung\nĐã làm.\n1. Khó khăn\nÍt.")

        assert kinds(text) == ["heading_number_repeated"]

    def test_numbered_sentences_under_a_heading_are_no_headings(self):
        text = self.LETTER.format("1. Kết quả\n1. Đã tuyên truyền.\n2. Đã niêm yết.")

        assert kinds(text) == []

    def test_a_decision_without_any_day_is_said(self):
        text = self.LETTER.format("Thực hiện Quyết định số 124/QĐ-UBND, Sở đã làm.")

        assert kinds(text) == ["citation_incomplete"]

    def test_a_day_that_does_not_exist_is_said(self):
        text = self.LETTER.format("Đã làm.").replace("05 tháng 10", "31 tháng 9")

        assert kinds(text) == ["impossible_day"]

    def test_one_agreement_with_two_parties_is_said(self):
        one = "thỏa thuận hợp tác giữa UBND tỉnh Bắc Giang và {}"
        text = (
            f"Thực hiện {one.format('Tổng công ty Bưu điện Việt Nam')}. "
            f"Sau khi ký {one.format('Bưu điện tỉnh')}, kết quả tốt."
        )

        assert kinds(text) == ["agreement_party"]

    def test_recipients_and_signature_are_asked_of_a_whole_report(self):
        text = self.LETTER.format("Đã làm.").split("Nơi nhận")[0]

        assert kinds(text) == ["missing_recipients", "missing_signature"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "1" * 50_000,
        "1/2 " * 10_000,
        "\n" * 50_000,
        "(" * 50_000,
        "gồm 05 thủ tục: " * 3_000,
        "năm 2019: 23/212 hồ sơ " * 2_000,
        "999999999/1 hồ sơ (0,000001%)",
        "0/0 hồ sơ (0%)",
        "١٢/٢٣ hồ sơ",
        "ngày 99/99/9999 – 00/00/0000 năm 9999 tháng 13 năm 2020 quý IX/2020",
        "từ tháng 13/2020 đến tháng 99/2020: 1/2 hồ sơ",
    ],
    ids=lambda x: x[:12].strip() or "blank",
)
def test_odd_text_is_read_without_a_fault(text):
    assert isinstance(check(text), list)

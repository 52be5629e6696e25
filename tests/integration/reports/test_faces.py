"""One set of figures, many faces: dashboard, JSON, Excel, Word and the frozen report.

Asked of the demo, with the workbooks recalculated by LibreOffice.
"""

import json
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import Workbook

from postal_tthc.accounts.models import User
from reports import actions, layouts
from reports.models import Report
from tests.libreoffice import needs_libreoffice, recalculated

WHOLE = "2019-01-01..2020-09-30"
PERIODS = {
    "2019": ("23/212", "10.85"),
    "2020-9M": ("29/120", "24.17"),
    WHOLE: ("52/332", "15.66"),
}
SUMMARY_ROWS = {
    "received": "Hồ sơ tiếp nhận trong kỳ",
    "by_post": "Qua bưu chính công ích (ít nhất một chiều)",
    "intake_by_post": "Gửi đến qua bưu chính công ích",
    "return_by_post": "Trả qua bưu chính công ích",
    "procedures": "Thực hiện qua bưu chính công ích",
}


def as_json(word: str) -> dict:
    output = StringIO()
    call_command(
        "figures", "--organisation=SNV", f"--period={word}", "--json", stdout=output
    )
    return json.loads(output.getvalue())


def row_of(book: Workbook, label: str) -> list[object]:
    """The numbers of a row of the summary: three times count and rate."""
    for row in book["Tổng hợp"].iter_rows(values_only=True):
        if label in row:
            return list(row[row.index(label) + 1 :])[:6]
    raise AssertionError(label)


@pytest.mark.usefixtures("demo_and_its_report")
@pytest.mark.django_db
class TestEveryFace:
    """The demo, loaded once."""

    @pytest.mark.parametrize("word", PERIODS)
    def test_the_command_prints_the_figures_of_the_seed(self, word: str) -> None:
        parts, percent = PERIODS[word]
        figures = as_json(word)
        ratio = figures["by_post"]
        assert f"{ratio['numerator']}/{ratio['denominator']}" == parts
        assert ratio["percent"] == percent
        assert figures["received"] == ratio["denominator"]

    @pytest.mark.parametrize("word", PERIODS)
    def test_the_dashboard_shows_what_the_command_prints(
        self, client: Client, word: str
    ) -> None:
        client.force_login(User.objects.get(username="lanhdao"))
        page = client.get("/reports/", {"period": word}).content.decode()
        figures = as_json(word)
        shown = re.findall(
            r'class="value">([\d,–]+)%?</p>\s*<p class="parts"><a[^>]*>([\d.]+)</a>'
            r" / <a[^>]*>([\d.]+)</a>",
            page,
        )
        names = ("by_post", "intake_by_post", "return_by_post", "procedures", "on_time")
        printed = [
            (
                figures[name]["percent"].replace(".", ","),
                str(figures[name]["numerator"]),
                str(figures[name]["denominator"]),
            )
            for name in names
        ]
        assert shown == printed

    @needs_libreoffice
    @pytest.mark.libreoffice
    def test_the_recalculated_workbook_says_the_same(self, tmp_path: Path) -> None:
        file = tmp_path / "written.xlsx"
        call_command(
            "export_report",
            "--organisation=SNV",
            "--period=2019",
            "--period=2020-9M",
            "--format=xlsx",
            f"--output={file}",
            stdout=StringIO(),
        )
        book = recalculated(file.read_bytes(), tmp_path)
        printed = [as_json(word) for word in PERIODS]
        for name, label in SUMMARY_ROWS.items():
            cells = row_of(book, label)
            for place, figures in enumerate(printed):
                figure = figures[name]
                count, rate = cells[2 * place], cells[2 * place + 1]
                if name == "received":
                    assert count == figure
                else:
                    assert count == figure["numerator"], label
                    assert f"{rate * 100:.2f}" == figure["percent"], label

    def test_unused_procedures_are_listed_with_nothing(self) -> None:
        lines = {x["code"]: x for x in as_json("2020-9M")["by_procedure"]}
        used = {code for code, line in lines.items() if line["by_post"]}
        assert len(lines) == 98 + 2  # the two that ended on 16/01/2020 held too
        assert used == {f"1.99000{n}" for n in range(1, 6)}
        assert lines["1.990006"]["received"] == 0


SIGNED = ("2019", "2020-9M")
NAMES_ON_PAPER = {
    "received": "Hồ sơ tiếp nhận trong kỳ",
    "by_post": "– Qua bưu chính công ích (ít nhất một chiều)",
    "intake_by_post": "– – Gửi đến qua bưu chính công ích",
    "return_by_post": "– Trả qua bưu chính công ích",
    "procedures": "– Thực hiện qua bưu chính công ích",
    "carried_over": "Từ kỳ trước chuyển sang",
    "finished": "Đã giải quyết trong kỳ",
    "outstanding": "Đang giải quyết vào ngày cuối kỳ",
    "overdue": "– Quá hạn",
}


@pytest.fixture(scope="class")
def signed(demo_and_its_report) -> Report:
    """The draft of the demo, submitted by who wrote it and signed by the leader."""
    report = Report.objects.get()
    writer, leader = (User.objects.get(username=x) for x in ("danhmuc", "lanhdao"))
    actions.submit(report, by=writer, at=timezone.now())
    return actions.sign(report, by=leader, at=timezone.now())


def on_paper(number: int, percent: str | None = None) -> str:
    """``06``, ``52``, with the per cent behind it."""
    text = f"{number:02}" if number else "0"
    return f"{text} ({percent.replace('.', ',')}%)" if percent else text


@pytest.mark.usefixtures("demo_and_its_report")
@pytest.mark.django_db
class TestEveryFaceOfASignedReport:
    """The report that the office sent in 2020, as it should have been."""

    def test_the_tables_in_word_say_what_the_command_prints(self, signed, client):
        client.force_login(User.objects.get(username="lanhdao"))
        answer = client.get(f"/reports/papers/{signed.pk}/report.docx")
        document = Document(BytesIO(answer.content))
        table = next(t for t in document.tables if t.cell(0, 0).text == "Chỉ tiêu")
        rows: dict[str, list[str]] = {}
        for row in table.rows:
            rows.setdefault(row.cells[0].text, [x.text for x in row.cells[1:]])

        printed = [as_json(word) for word in PERIODS]
        for name, label in NAMES_ON_PAPER.items():
            for cell, figures in zip(rows[label], printed, strict=True):
                figure = figures.get(name, figures["balance"].get(name))
                if isinstance(figure, dict):
                    expected = on_paper(figure["numerator"], figure["percent"])
                else:
                    expected = on_paper(figure)
                assert cell == expected, (name, label)

    def test_its_sentences_say_the_same(self, signed, client):
        client.force_login(User.objects.get(username="lanhdao"))
        answer = client.get(f"/reports/papers/{signed.pk}/report.docx")
        said = "\n".join(x.text for x in Document(BytesIO(answer.content)).paragraphs)

        for word in PERIODS:
            figures = as_json(word)
            ratio = figures["by_post"]
            percent = ratio["percent"].replace(".", ",")
            assert f"{ratio['numerator']}/{ratio['denominator']} ({percent}%)" in said
        whole = as_json(WHOLE)
        assert f"đã tiếp nhận {whole['received']} hồ sơ" in said
        balance = whole["balance"]
        assert f"trước hạn {balance['early']}, đúng hạn {balance['on_time']}" in said
        for line in whole["by_procedure"]:
            if line["by_post"]:
                assert f"{line['name']} ({on_paper(line['by_post'])} hồ sơ)" in said

    @needs_libreoffice
    @pytest.mark.libreoffice
    def test_its_workbook_recalculated_says_the_same(self, signed, client, tmp_path):
        client.force_login(User.objects.get(username="lanhdao"))
        answer = client.get(f"/reports/papers/{signed.pk}/report.xlsx")
        book = recalculated(answer.content, tmp_path)

        for place, word in enumerate(PERIODS):
            figures = as_json(word)
            for name in ("by_post", "return_by_post", "procedures"):
                cells = row_of(book, SUMMARY_ROWS[name])
                assert cells[2 * place] == figures[name]["numerator"]
                percent = f"{cells[2 * place + 1] * 100:.2f}"
                assert percent == figures[name]["percent"]

    def test_what_was_frozen_says_the_same(self, signed):
        frozen = signed.thawed.report

        for figures, word in zip(frozen.columns, PERIODS, strict=True):
            printed = as_json(word)
            for name, value in printed["balance"].items():
                assert layouts.number(figures, name) == value, name
            ratio = figures.counts.by_post_ratio
            assert str(ratio.percent) == printed["by_post"]["percent"]

    @pytest.mark.parametrize("word", SIGNED)
    def test_the_dashboard_shows_the_frozen_headline(self, signed, client, word):
        client.force_login(User.objects.get(username="lanhdao"))
        page = client.get("/reports/", {"period": word})
        frozen = next(x for x in signed.thawed.report.periods if x.period.word == word)

        assert page.context["figures"].counts == frozen.counts
        assert page.context["figures"].post == frozen.post

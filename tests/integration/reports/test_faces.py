"""One set of figures, many faces: dashboard, yearly page, JSON and Excel agree.

Asked of the demo, with the workbook recalculated by LibreOffice.
"""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from openpyxl import Workbook

from dossiers.demo.loading import load
from postal_tthc.accounts.models import User
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


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


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


@pytest.mark.usefixtures("demo")
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

"""The report of the demo, put together from the sample data: every face the same."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import transaction
from openpyxl import load_workbook

from dossiers.demo.aftermath import PRESENT
from postal_tthc.accounts.models import User
from reports import actions, adjusting, assembling, counting, files, periods
from reports.assembling import Assembly
from reports.checking import check
from reports.demo import load
from reports.models import Report
from reports.paper_text import as_text
from reports.snapshots import Snapshot
from tests.integration.reports.papers.faces import words_of

TODAY = date(2020, 10, 28)
RATIOS = ("23/212 (10,85%)", "29/120 (24,17%)", "52/332 (15,66%)", "06/98 (6,12%)")


def draft() -> Report:
    return Report.objects.get()


def snapshot() -> Snapshot:
    return Assembly(draft(), TODAY).snapshot()


@pytest.mark.usefixtures("demo_and_its_report")
@pytest.mark.django_db
class TestTheDemo:
    """The draft of the demo, loaded once."""

    def test_nothing_is_wrong_with_it(self) -> None:
        assert [x.explanation for x in check(Assembly(draft(), TODAY))] == []

    def test_a_second_time_nothing_is_written(self) -> None:
        assert load() is False
        assert Report.objects.count() == 1

    @pytest.mark.parametrize("ratio", RATIOS)
    def test_the_right_percentages_are_in_the_text_and_in_the_word_file(
        self, ratio: str
    ) -> None:
        assert ratio in as_text(snapshot().paper)
        assert any(ratio in x for x in words_of(files.docx(snapshot())))

    def test_the_tables_of_paper_and_workbook_say_the_same(self) -> None:
        made = snapshot()
        book = load_workbook(BytesIO(files.xlsx(made)), data_only=True)
        numbers = {
            row[1]: [x for x in row[2:] if isinstance(x, int)]
            for row in book["Tổng hợp"].iter_rows(values_only=True)
            if row[1]
        }
        results = next(s for s in made.paper.sections if s.tables)
        for label, *cells in results.tables[0].rows:
            name = label.lstrip("– ")
            if name != "Quá hạn":  # two rows have this name
                first = [int(re.match(r"[\d.]+", x)[0].replace(".", "")) for x in cells]
                assert numbers[name][: len(first)] == first, name

    def test_figures_and_snapshot_are_what_is_counted(self) -> None:
        agency = draft().organisation
        for figures in snapshot().report.periods:
            again = counting.count(
                agency, periods.parse(figures.period.word), today=TODAY
            )
            assert again == figures

    def test_the_sections_stand_in_the_order_of_the_report_of_2020(self) -> None:
        heads = [(x.number, x.title) for x in snapshot().paper.sections]

        assert [number for number, _title in heads] == [
            *("I", "1", "2", "3", "4"),
            *("II", "III"),
        ]
        assert heads[0][1] == "Tình hình, kết quả thực hiện"
        assert heads[-1][1] == "Kiến nghị, đề xuất"

    def test_it_is_signed_as_it_stands_and_comes_back_equal(self) -> None:
        with transaction.atomic():
            leader = User.objects.get(username="lanhdao")
            report = actions.submit(draft(), by=leader, at=PRESENT)
            before = Assembly(report, TODAY).snapshot()
            report = actions.sign(report, by=leader, at=PRESENT)
            report = Report.objects.get(pk=report.pk)

            assert report.thawed == before
            assert assembling.is_intact(report)
            assert adjusting.since(report) == ()
            for figures in report.thawed.report.periods:
                assert adjusting.is_remembered(report, figures)
            transaction.set_rollback(True)

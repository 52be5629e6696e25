"""The demo gives the figures of the report of September 2020, rightly divided."""

from datetime import date
from decimal import Decimal

import pytest

from postal_tthc.accounts.models import Organisation
from reports import counting
from reports.figures import Figures
from reports.periods import parse

TODAY = date(2026, 11, 22)
BOTH = "2019-01-01..2020-09-30"
NEVER_USED = "1.990006"


def count(word: str, symbol: str = "SNV", today: date = TODAY) -> Figures:
    organisation = Organisation.objects.get(symbol=symbol)
    return counting.count(organisation, parse(word), today=today)


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
class TestTheReport:
    """Asked of the demo, loaded once for all."""

    @pytest.mark.parametrize("symbol", ["SNV", "UBND"])
    @pytest.mark.parametrize(
        ("word", "printed", "percent"),
        [
            ("2019", "23/212 (10,85%)", "10.85"),
            ("2020-9M", "29/120 (24,17%)", "24.17"),
            (BOTH, "52/332 (15,66%)", "15.66"),
        ],
    )
    def test_dossiers_by_post(self, word, printed, percent, symbol):
        ratio = count(word, symbol).counts.by_post_ratio

        assert str(ratio) == printed
        assert ratio.percent == Decimal(percent)

    def test_six_of_98_procedures_on_the_last_day(self):
        figures = count("2020-9M")

        assert figures.as_of == date(2020, 9, 30)
        assert str(figures.procedures) == "06/98 (6,12%)"

    def test_five_procedures_are_used_by_post_and_the_sixth_is_shown_with_nothing(self):
        lines = count(BOTH).postal_procedures

        assert len(lines) == 6
        assert all(line.counts.by_post > 0 for line in lines[:5])
        assert sum(line.counts.by_post for line in lines) == 52
        assert (lines[5].code, lines[5].counts.by_post) == (NEVER_USED, 0)

    @pytest.mark.parametrize("word", ["2019", "2020-9M", BOTH])
    def test_what_came_is_finished_or_outstanding(self, word):
        figures = count(word)

        assert figures.counts.is_balanced
        assert all(line.counts.is_balanced for line in figures.by_procedure)
        assert all(line.counts.is_balanced for line in figures.by_field)

    def test_the_whole_is_the_sum_of_its_periods(self):
        first, second, whole = (count(x).counts for x in ("2019", "2020-9M", BOTH))

        for name in ("received", "by_post", "results", "return_by_post", "finished"):
            added = getattr(first, name) + getattr(second, name)
            assert getattr(whole, name) == added, name
        assert second.carried_over == first.outstanding
        assert whole.outstanding == second.outstanding

    def test_the_year_before_stands_beside_each_month(self):
        months = count("2020-9M").by_month

        assert len(months) == 9
        assert sum(line.by_post for line in months) == 29
        assert sum(line.by_post_year_before for line in months) == sum(
            line.by_post for line in count("2019-01-01..2019-09-30").by_month
        )

    def test_the_period_was_not_over_when_the_report_was_written(self):
        assert not count("2020-9M", today=date(2020, 9, 29)).is_over
        assert count("2020-9M").is_over

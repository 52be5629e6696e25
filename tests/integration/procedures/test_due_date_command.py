"""``due_date`` prints a day, or says why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("known_calendar_days"),
]


def due_date(*arguments: str) -> str:
    output = StringIO()
    call_command("due_date", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("start", "days", "unit", "due"),
    [
        ("2026-11-20", "3", "working_days", "2026-11-26"),
        ("2020-01-20", "10", "working_days", "2020-02-10"),
        ("2025-12-31", "2", "working_days", "2026-01-06"),
        ("2019-05-03", "1", "working_days", "2019-05-04"),
        ("2020-01-10", "15", "calendar_days", "2020-01-30"),
        ("2020-06-06", "0", "calendar_days", "2020-06-06"),
    ],
)
def test_the_day_is_printed_in_iso_form(start, days, unit, due):
    assert due_date("--from", start, "--days", days, "--unit", unit) == f"{due}\n"


def test_days_are_working_days_unless_told_otherwise():
    assert due_date("--from", "2020-06-05", "--days", "1") == "2020-06-08\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(
            ["--from", "2020-01-20", "--days=-1"], "0 to 730 days", id="minus"
        ),
        pytest.param(
            ["--from", "2020-01-20", "--days", "731"],
            "0 to 730 days",
            id="absurdly long",
        ),
        pytest.param(
            ["--from", "1999-01-20", "--days", "1"], "2000 to 2099", id="long ago"
        ),
        pytest.param(
            ["--from", "20/01/2020", "--days", "1"], "--from", id="other form"
        ),
        pytest.param(
            ["--from", "2020-02-30", "--days", "1"], "--from", id="no such day"
        ),
        pytest.param(["--from", "2020-01-20", "--days", "x"], "--days", id="no number"),
        pytest.param(["--from", "2020-01-20"], "--days", id="without days"),
        pytest.param(["--days", "1"], "--from", id="without a beginning"),
        pytest.param(
            ["--from", "2020-01-20", "--days", "1", "--unit", "hours"],
            "--unit",
            id="unknown unit",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        due_date(*arguments)

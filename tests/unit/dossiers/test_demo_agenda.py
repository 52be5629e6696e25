"""Journeys of the demo are told side by side, in the order of the clock."""

from datetime import datetime, timedelta

from dossiers.demo.agenda import Agenda, Journey

MORNING = datetime(2020, 6, 1, 8)  # noqa: DTZ001  (any moments will do)


def hours(*numbers: int) -> list[datetime]:
    return [MORNING + timedelta(hours=number) for number in numbers]


def journey(name: str, moments: list[datetime], told: list[str]) -> Journey:
    for moment in moments:
        yield moment
        told.append(f"{name} at {moment:%H}")


def test_what_comes_first_happens_first_whoever_was_added_first():
    agenda, told = Agenda(), []
    agenda.add(journey("late", hours(1, 4), told))
    agenda.add(journey("early", hours(0, 2), told))

    agenda.run(until=MORNING + timedelta(days=1))

    assert told == ["early at 08", "late at 09", "early at 10", "late at 12"]


def test_what_lies_at_the_end_or_after_it_is_left_undone():
    agenda, told = Agenda(), []
    agenda.add(journey("one", hours(0, 2, 3), told))

    agenda.run(until=MORNING + timedelta(hours=2))

    assert told == ["one at 08"]


def test_a_journey_may_begin_another_and_wait_for_what_it_does():
    agenda, told = Agenda(), []

    def beginner() -> Journey:
        yield MORNING
        agenda.add(journey("begun", hours(1), told))
        answer = yield from waiting()
        told.append(answer)

    def waiting() -> Journey:
        yield MORNING + timedelta(hours=2)
        return "after it"

    agenda.add(beginner())
    agenda.run(until=MORNING + timedelta(days=1))

    assert told == ["begun at 09", "after it"]

"""docs/states.md says what the table says."""

from pathlib import Path

from dossiers.diagram import states_page
from dossiers.statuses import MOVES, OFFICIAL_NUMBERS, Status

PAGE = Path(__file__).parents[3] / "docs" / "states.md"


def test_the_diagram_in_docs_is_the_table():
    assert PAGE.read_text() == states_page(), (
        "run: python manage.py draw_states > docs/states.md"
    )


def test_every_state_and_every_move_is_drawn():
    page = states_page()

    assert all(f"    {status.value} : " in page for status in Status)
    drawn = page.count(" --> ") - page.count("--> [*]")
    assert drawn == sum(len(move.sources) + move.begins for move in MOVES.values())


def test_the_official_states_are_the_ten():
    assert sorted(OFFICIAL_NUMBERS.values()) == list(range(1, 11))

"""The states of a dossier as a page for docs/, drawn from the table of moves."""

from django.utils import translation

from dossiers.statuses import MOVES, OFFICIAL_NUMBERS, Move, Status
from postal_tthc.accounts.roles import ABILITIES, Role

HEAD = """# The states of a dossier

Drawn from `dossiers/statuses.py` by `python manage.py draw_states`; a test compares.
States with a number are the official ten; the others are what the post adds.
"""


def states_page() -> str:
    """Markdown: the diagram (Mermaid), and the table of who may move what."""
    with translation.override("en"):
        return "\n".join([HEAD, *_diagram(), "", *_table(), ""])


def _diagram() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {x.value} : {_numbered(x)}" for x in Status]
    for step, move in MOVES.items():
        sources = ["[*]"] * move.begins + _in_order(move)
        lines += [f"    {x} --> {move.to.value} : {step.label}" for x in sources]
    ends = [x for x in Status if not any(x in m.sources for m in MOVES.values())]
    lines += [f"    {x.value} --> [*]" for x in ends]
    return [*lines, "```"]


def _table() -> list[str]:
    lines = ["| Step | From | To | Who may |", "|---|---|---|---|"]
    for step, move in MOVES.items():
        sources = ["(new)"] * move.begins
        sources += [str(Status(x).label) for x in _in_order(move)]
        people = ", ".join(
            str(role.label) for role in Role if move.ability in ABILITIES[role]
        )
        lines.append(
            f"| {step.label} | {', '.join(sources)} | {move.to.label} | {people} |"
        )
    return lines


def _in_order(move: Move) -> list[str]:
    return [x.value for x in Status if x in move.sources]


def _numbered(status: Status) -> str:
    number = OFFICIAL_NUMBERS.get(status)
    return f"{number} {status.label}" if number else str(status.label)

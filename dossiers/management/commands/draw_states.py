"""Prints the page of states for docs/states.md."""

from typing import Any

from django.core.management.base import BaseCommand

from dossiers.diagram import states_page


class Command(BaseCommand):
    """``draw_states > docs/states.md``."""

    help = "Print docs/states.md: the states of a dossier, drawn from their table."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(states_page(), ending="")

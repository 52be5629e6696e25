"""The rows that migrations bring: a test that emptied the tables takes them away."""

from importlib import import_module

from django.apps import apps

MIGRATIONS = ("0002_known_calendar_days", "0004_known_norms_and_forms")


def bring_back(*migrations: str) -> None:
    """Write the rows of these migrations of the catalogue, of all without a name."""
    for name in migrations or MIGRATIONS:
        import_module(f"procedures.migrations.{name}").add(apps, None)

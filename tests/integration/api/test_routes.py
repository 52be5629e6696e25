"""Every verb that changes something has a route, or a reason why it has none."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import dossiers.actions
import dossiers.api
import postal_tthc.jobs.actions
import postal_tthc.rest
import procedures.actions
import procedures.api
import reports.actions
import reports.actions.outreach
import reports.actions.returns
import reports.api

API = (dossiers.api, procedures.api, reports.api, postal_tthc.rest)
VERBS = {
    dossiers.actions: dossiers.actions.__all__,
    reports.actions: reports.actions.__all__,
    reports.actions.outreach: None,
    reports.actions.returns: None,
    procedures.actions: None,
    postal_tthc.jobs.actions: None,
}
CATALOGUE = "the catalogue is read by programs; its managers load it from a file"
WITHOUT_ROUTE = {
    "dossiers.actions.keep_draft": "what a person has half typed",
    "dossiers.actions.discard_draft": "what a person has half typed",
    "dossiers.actions.post_papers_home": "happens when minutes are signed",
    "reports.actions.returns.accept": "a filled form that a person sees judged first",
    "reports.actions.returns.withdraw": "of what was handed in on the page",
    "procedures.actions.save_procedure": CATALOGUE,
    "procedures.actions.start_version": CATALOGUE,
    "procedures.actions.decide_eligibility": CATALOGUE,
    "procedures.actions.save_decision": CATALOGUE,
    "procedures.actions.save_calendar_day": CATALOGUE,
    "procedures.actions.remove_calendar_day": CATALOGUE,
    "procedures.actions.start_row": CATALOGUE,
    "procedures.actions.mend_row": CATALOGUE,
    "postal_tthc.jobs.actions.start": "asked for with what is to be done",
}


def verbs() -> set[str]:
    """The full names of all verbs: functions that say by whom."""
    return {
        f"{module.__name__}.{name}"
        for module, names in VERBS.items()
        for name in (names or vars(module))
        if _is_verb(getattr(module, name), module, is_named=bool(names))
    }


def _is_verb(thing: object, module: ModuleType, *, is_named: bool) -> bool:
    if not inspect.isfunction(thing) or thing.__name__.startswith(("_", "check_")):
        return False
    is_own = is_named or thing.__module__ == module.__name__
    # ``keep_draft`` calls them the owner.
    return is_own and (is_named or "by" in inspect.signature(thing).parameters)


def called() -> set[str]:
    """The full names of the functions that modules of the API name."""
    return {name for path in _files() for name in _named(ast.parse(path.read_text()))}


def _files() -> Iterator[Path]:
    for package in API:
        modules = pkgutil.iter_modules(package.__path__)
        for found in (x for x in modules if not x.ispkg):
            yield Path(package.__path__[0]) / f"{found.name}.py"


def _named(tree: ast.Module) -> Iterator[str]:
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{modules.get(node.value.id, node.value.id)}.{node.attr}"


def test_every_verb_has_a_route_or_a_reason() -> None:
    assert len(verbs()) > 65
    assert verbs() - called() == set(WITHOUT_ROUTE)


def test_a_verb_that_nobody_calls_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def burn(dossier: object, *, by: object) -> None:
        """A verb that was just thought of."""

    burn.__module__ = "procedures.actions"
    monkeypatch.setattr(procedures.actions, "burn", burn, raising=False)
    assert verbs() - called() - set(WITHOUT_ROUTE) == {"procedures.actions.burn"}


@pytest.mark.parametrize("name", sorted(WITHOUT_ROUTE))
def test_an_exception_is_of_a_verb_that_there_is(name: str) -> None:
    module, _dot, verb = name.rpartition(".")
    assert callable(getattr(importlib.import_module(module), verb))

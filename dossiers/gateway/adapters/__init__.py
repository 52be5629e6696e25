"""Adapters: one module for each way in which a post's system speaks.

A module here holds ``ADAPTER``, an instance of ``Adapter``; its name is what a
gateway is given. Adding a connection is adding one file (docs/decisions/0018).
"""

from importlib import import_module
from pkgutil import iter_modules

from dossiers.gateway.adapters.base import Adapter


def names() -> list[str]:
    """The adapters there are, by name."""
    found = (module.name for module in iter_modules(__path__))
    return sorted(name for name in found if name != "base")


def adapter(name: str) -> Adapter:
    """The adapter of this name. Raises ``KeyError`` when there is none."""
    if name not in names():
        raise KeyError(name)
    found: Adapter = import_module(f"{__name__}.{name}").ADAPTER
    return found

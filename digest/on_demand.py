"""Modules that are imported when they are first used: heavy ones that most runs of the program can do without.

At the top of a module, where the direction of every import is to be seen, and checked, as that of any other:

    if TYPE_CHECKING:
        import segno
    else:
        segno = on_demand("segno")
"""

import importlib
from typing import Any


class _Module:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)


def on_demand(name: str) -> Any:
    """A module by its full name; what is wrong with it is raised when it is first used."""
    return _Module(name)

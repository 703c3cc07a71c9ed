"""What a rule is, and which there are: every module of `digest/check/rules/`."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from digest.check import rules
from digest.check.context import Context
from digest.problem import Problem, Severity


@dataclass(frozen=True)
class Rule:
    """One rule: its name, what it looks for, and the function that looks."""

    name: str
    severity: Severity
    documentation: str
    """The docstring of its module: what, why, what passes, what fails."""
    check: Callable[[Context], Iterable[Problem]] | None
    """None for a fault that is found while reading."""

    @property
    def summary(self) -> str:
        """The first line of its documentation."""
        return self.documentation.partition("\n")[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return tuple(_rule(importlib.import_module(f"{rules.__name__}.{name}")) for name in names)


def _rule(module: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(name, module.SEVERITY, inspect.getdoc(module) or "", getattr(module, "check", None))


def iter_rules() -> Iterator[Rule]:
    """Every rule, by name."""
    yield from all_rules()


def find_rule(name: str) -> Rule | None:
    """The rule with this name, if there is one."""
    return next((rule for rule in all_rules() if rule.name == name), None)

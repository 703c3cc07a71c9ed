"""What a rule is, and which there are: every module of `digest/check/rules/`, and of `course_rules/` for courses."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from digest.check import course_rules, rules
from digest.check.context import Context
from digest.model.lookup import Document
from digest.problem import Problem, Severity


@dataclass(frozen=True)
class Rule:
    """One rule: its name, what it looks for, and the function that looks."""

    name: str
    severity: Severity
    documentation: str
    """The docstring of its module: what, why, what passes, what fails."""
    check: Callable[[Context], Iterable[Problem]] | None
    """Looks at the library, but at no document's body, of which anchors alone are known."""
    check_document: Callable[[Context, Document], Iterable[Problem]] | None
    """Looks at one document: what it finds stays true until the document, or any other's front matter, changes."""

    def find_problems(self, context: Context) -> Iterator[Problem]:
        """All that it finds; nothing, for a fault that is found while reading."""
        if self.check is not None:
            yield from self.check(context)
        if self.check_document is not None:
            for document in context.library.iter_documents():
                yield from self.check_document(context, document)

    @property
    def summary(self) -> str:
        """The first line of its documentation."""
        return self.documentation.partition("\n")[0]


@cache
def all_rules(folder: ModuleType = rules) -> tuple[Rule, ...]:
    """Every rule of a folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return tuple(_rule(importlib.import_module(f"{folder.__name__}.{name}")) for name in names)


def _rule(module: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    check, check_document = (getattr(module, name, None) for name in ("check", "check_document"))
    return Rule(name, module.SEVERITY, inspect.getdoc(module) or "", check, check_document)


def iter_rules() -> Iterator[Rule]:
    """Every rule of `digest check`, by name."""
    yield from all_rules()


def iter_course_rules() -> Iterator[Rule]:
    """Every rule of `digest training check`, by name."""
    yield from all_rules(course_rules)


def find_rule(name: str) -> Rule | None:
    """The rule with this name, if there is one."""
    return next((rule for rule in (*iter_rules(), *iter_course_rules()) if rule.name == name), None)

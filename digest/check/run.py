"""Run every rule over a library."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.check.context import Context
from digest.check.rule import iter_rules
from digest.model.library import Library
from digest.model.lookup import Lookup
from digest.problem import Problem, Severity, sort_problems
from digest.read import read_library


@dataclass(frozen=True)
class Check:
    """A library and everything that is wrong with it, in order of place."""

    library: Library
    problems: Sequence[Problem]

    def count(self, severity: Severity) -> int:
        """How many problems of one severity there are."""
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended before the digest may be published."""
        return self.count(Severity.ERROR) > 0


def check_library(root: Path, today: datetime.date) -> Check:
    """Read the digest at `root` and check all of it as of a day."""
    library, problems = read_library(root)
    context = Context(library, Lookup(library), today)
    found = [problem for rule in iter_rules() if rule.check for problem in rule.check(context)]
    return Check(library, sort_problems([*problems, *found]))

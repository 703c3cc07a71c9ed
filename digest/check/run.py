"""Run every rule over a library."""

import datetime
import gc
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digest.check.context import Context
from digest.check.problem_cache import ProblemCache, check_again
from digest.check.rule import iter_course_rules
from digest.model.library import Library
from digest.model.lookup import Lookup
from digest.problem import Problem, Severity, sort_problems
from digest.read import FileMemory, Files, Reader, no_collecting


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


def check_library(root: Path, today: datetime.date, files: Files | None = None) -> Check:
    """Read the digest at `root` and check all of it as of a day; of files that have been listed, if they have."""
    with no_collecting():
        check = _check(Reader(root), ProblemCache(root), today, files)
        gc.freeze()  # a library lives as long as the process: nobody need look for garbage in it
    return check


class Checker:
    """Checks one digest again and again, with a memory of what did not change: for a preview."""

    def __init__(self, root: Path) -> None:
        self._reader = Reader(root, FileMemory())
        self._found = ProblemCache(root)

    def check(self, today: datetime.date) -> Check:
        """As `check_library`."""
        return _check(self._reader, self._found, today)


def _check(reader: Reader, cache: ProblemCache, today: datetime.date, files: Files | None = None) -> Check:
    library, problems = reader.read(files)
    context = Context(library, Lookup(library), today)
    found = check_again(context, cache)
    drafts = {document.path for document in library.iter_documents() if getattr(document, "draft", False)}
    lacking = [problem for problem in problems if problem.rule == "field-missing"]
    unreadable = [problem for problem in problems if problem.rule != "field-missing"]
    return Check(library, sort_problems([*unreadable, *(_softened(each, drafts) for each in (*lacking, *found))]))


def check_course(library: Library, today: datetime.date) -> Sequence[Problem]:
    """What a teacher should look after in the course of a library, in order of place; drafts of modules too."""
    library = replace(library.published(), modules=library.modules)
    context = Context(library, Lookup(library), today)
    return sort_problems(problem for rule in iter_course_rules() for problem in rule.find_problems(context))


def _softened(problem: Problem, drafts: set[str]) -> Problem:
    """A draft is not published, so what it still lacks does not stop the site; what cannot be read always does."""
    if problem.severity is Severity.ERROR and problem.span.path in drafts:
        return replace(problem, severity=Severity.WARNING)
    return problem

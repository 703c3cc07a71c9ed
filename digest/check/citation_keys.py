"""Citation keys by which files name references."""

import re
from collections.abc import Iterator
from functools import cached_property

from digest.check.context import Context
from digest.check.near import Names, did_you_mean
from digest.problem import Problem, Severity, Span

RECORD = re.compile(r"(?:@\s*|^)\w+\s*[{(]\s*([^\s,{}()\"#%=][^,{}()\"#%=\n]*)", re.MULTILINE)


class CitationKeys:
    """The keys of `bib/`, for rules that look whether a key is one of them."""

    def __init__(self, context: Context, rule: str) -> None:
        self._context = context
        self._rule = rule
        self._names = Names(context.lookup.references)

    def knows(self, key: str) -> bool:
        """Whether a record has this key."""
        return key in self._context.lookup.references or key in self._written

    def check(self, key: str, place: Span) -> Iterator[Problem]:
        """A problem if no record has this key."""
        if self.knows(key):
            return
        meant = self._context.library.find_reference(key)  # a DOI is often written for the key
        fix = did_you_mean(meant.citation_key if meant else self._names.nearest(key))
        fix = fix or "add its record to a file in bib/, or mend the key"
        yield Problem(self._rule, Severity.ERROR, place, f"unknown citation key '{key}'", fix=fix)

    @cached_property
    def _written(self) -> frozenset[str]:
        """Keys of all records without blanks, also of records that could not be read: that was told already."""
        texts = (source.text for path, source in self._context.library.sources.items() if path.endswith(".bib"))
        return frozenset("".join(key.split()) for text in texts for key in RECORD.findall(text))

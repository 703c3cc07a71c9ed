"""Names by which one file calls another: slugs of training modules and studies, slugs or paths of entries."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from digest.check.context import Context
from digest.check.near import Names, did_you_mean
from digest.model.entry import Entry
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.problem import Edit, Problem, Severity, Span

ENTRY = re.compile(r"/\d{4}/\d\d/([^/]+)/")


def check_slugs(
    context: Context,
    rule: str,
    field: str,
    documents: Iterable[Entry | Study],
    known: Mapping[str, Study] | Mapping[str, TrainingModule],
) -> Iterator[Problem]:
    """Problems for slugs in a list field that name nothing, or a draft."""
    noun = "study" if rule == "study-unknown" else "training module"
    names = Names(known)
    for document in documents:
        for index, slug in enumerate(getattr(document, field)):
            thing = known.get(slug)
            place = document.places.at(field, index)
            if thing is not None and thing.draft and not document.draft:
                yield _draft(rule, noun, slug, place)
            elif thing is None and slug not in context.unread:
                fix = did_you_mean(names.nearest(slug))
                yield Problem(rule, Severity.ERROR, place, f"unknown {noun} '{slug}'", fix=fix or _list(known, noun))


def _list(known: Mapping[str, object], noun: str) -> str:
    folder = "studies" if noun == "study" else "training"
    return f"write the name of a file in {folder}/, without .md" if known else f"{folder}/ holds none yet"


def _draft(rule: str, noun: str, name: str, place: Span) -> Problem:
    return Problem(
        rule,
        Severity.ERROR,
        place,
        f"{noun} '{name}' is a draft",
        why="readers of this page would not find it: drafts are not published",
        fix="publish it too, or leave its name out for now",
    )


class EntryNames:
    """Entries by what other files call them: `a-title`, or `2023-01/a-title` where two have the same name."""

    def __init__(self, context: Context, rule: str) -> None:
        self._context = context
        self._rule = rule

    def check(self, name: str, place: Span, *, by_draft: bool) -> Iterator[Problem]:
        """A problem if the name stands for no entry, for several, or for a draft."""
        entry = self._context.lookup.find_entry(name)
        if entry is None:
            if _slug(name) not in self._context.unread:
                yield self._unknown(name, place)
        elif self._slugs[name] > 1:
            same = [f"'{each.edition}/{name}'" for each in self._context.library.entries if each.slug == name]
            fix = f"write which one: {' or '.join(same)}"
            yield Problem(self._rule, Severity.ERROR, place, f"{len(same)} entries are called '{name}'", fix=fix)
        elif entry.draft and not by_draft:
            yield _draft(self._rule, "entry", name, place)

    def _unknown(self, name: str, place: Span) -> Problem:
        """What became of an entry that was there once, else what was probably meant."""
        moved = self._moved.get(_slug(name))
        if moved is not None:
            fix, edits = f"it is called '{moved.slug}' now", (Edit(place, moved.slug),)
            return Problem(self._rule, Severity.ERROR, place, f"unknown entry '{name}'", fix=fix, edits=edits)
        if _slug(name) in self._published and _slug(name) not in self._slugs:
            message = f"entry '{name}' was withdrawn from the digest"
            why = "its address was published, and no entry is there any more"
            return Problem(self._rule, Severity.ERROR, place, message, why, "name another, or take it off the list")
        fix = did_you_mean(self._guess(name)) or "write the name of a file in entries/, without .md"
        return Problem(self._rule, Severity.ERROR, place, f"unknown entry '{name}'", fix=fix)

    @cached_property
    def _moved(self) -> dict[str, Entry]:
        """Entries by the last part of their old addresses, where that is nobody's name."""
        entries = self._context.library.entries
        return {_slug(alias.strip("/")): entry for entry in entries for alias in entry.aliases}

    @cached_property
    def _published(self) -> frozenset[str]:
        """Last parts of all addresses of entries that were ever published."""
        addresses = self._context.library.permalinks.spans
        return frozenset(found[1] for address in addresses if (found := ENTRY.fullmatch(address)))

    @cached_property
    def _slugs(self) -> Counter[str]:
        return Counter(entry.slug for entry in self._context.library.entries)

    @cached_property
    def _names(self) -> Names:
        return Names(self._slugs)

    def _guess(self, name: str) -> str:
        return self._names.nearest(_slug(name.strip("/")))


def _slug(name: str) -> str:
    """`2023-01/a-title` and `entries/2023-01/a-title.md` give `a-title`."""
    return name.rpartition("/")[2].removesuffix(".md")

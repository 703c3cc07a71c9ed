"""A record to the text of a new recruitment page: what the record knows, and room for plain words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.cli.slug import short_slug
from digest.cli.study_record import FoundRecord
from digest.errors import DigestError
from digest.model.library import Library
from digest.model.listing import Listing
from digest.model.study import REGISTRY, RecruitmentStatus
from digest.read.registry_record import parse_listing

SECTIONS = (
    "Who can take part",
    "What you will do, and how long it takes",
    "What you get",
    "Risks",
    "Privacy",
    "Who runs it, and who approved it",
    "How to leave",
)
"""What a visitor asks, in the order of asking."""
LONGEST = 120
"""Characters of a criterion's first words."""
HINTS = """\
# Ask the study team for these; leave out what you do not know, and invent nothing.
# sign_up:
#   url: https://...        # or email: ...; the host stands in `sign_up_hosts` in mkdocs.yml
#   seen_by: ...
# ethics: {board: ..., statement: ..., version_date: YYYY-MM-DD}
# contacts: [{name: ..., role: ..., email: ...}]
"""


@dataclass(frozen=True)
class PagePlan:
    """What will be written."""

    path: str
    text: str
    found: FoundRecord
    writes_record: bool
    notes: tuple[str, ...]

    @property
    def record_path(self) -> str:
        """Where the record is kept."""
        return f"{REGISTRY}/{self.found.nct_id}.json" if self.found.nct_id else ""


def plan_page(root: Path, library: Library, found: FoundRecord) -> PagePlan:
    """Decide names and words; nothing is written."""
    for study in library.studies:
        if found.nct_id and study.registry == found.nct_id:
            raise DigestError(f"{study.path} is the page of {found.nct_id} already", "go on with that one")
    listing, faults = parse_listing(found.data)
    is_there = bool(found.nct_id) and (root / REGISTRY / f"{found.nct_id}.json").exists()
    notes = [f"{fault.message} in the record" for fault in faults]
    if not found.nct_id:
        notes.append(
            "the record has no number, so it is not kept: name it, as in `digest study new NCT01234567 --record ...`"
        )
    elif is_there and not found.is_kept:
        notes.append(f"{REGISTRY}/{found.nct_id}.json is there already and was left as it is")
    if not is_there and found.nct_id and not found.is_dated:
        notes.append(
            f"the file does not say when it was fetched, so {found.fetched} counts as that day; if it was earlier,"
            f" write the day into {REGISTRY}/fetched.json, since the page shows it"
        )
    path = _free_path(root, listing, found.nct_id)
    return PagePlan(path, page_text(listing, found.nct_id), found, bool(found.nct_id) and not is_there, tuple(notes))


def _free_path(root: Path, listing: Listing, nct_id: str) -> str:
    title = short_slug(_clean(listing.title or listing.official_title or listing.acronym))
    slug = title if title != "untitled" else nct_id.lower() or title
    number, name = 2, slug
    while (root / "studies" / f"{name}.md").exists():
        number, name = number + 1, f"{slug}-{number}"
    return f"studies/{name}.md"


def page_text(listing: Listing, nct_id: str) -> str:
    """Front matter and headings of a new page."""
    title = listing.title or listing.official_title or listing.acronym or nct_id or "A study without a title"
    lines = ["---", f"title: {_quoted(title)}", "audiences: []"]
    lines += [f"registry: {nct_id}"] * bool(nct_id)
    lines += [f"status: {listing.status}"] * (listing.status in RecruitmentStatus.__members__)
    lines += [*HINTS.splitlines(), *_criteria(listing), *_arms(listing), "draft: true", "---", ""]
    headings = "\n".join(f"## {heading}\n" for heading in SECTIONS)
    return "\n".join(lines) + "\n" + headings


def _criteria(listing: Listing) -> Iterator[str]:
    named = [item.text for _, item in listing.eligibility.iter_criteria() if item.is_listed and _clean(item.text)]
    ages = ["ages"] if listing.eligibility.minimum_age or listing.eligibility.maximum_age else []
    if named or ages:
        yield "criteria: # `plain` says each in plain words, `question` asks it"
    for text in [*ages, *dict.fromkeys(map(_beginning, named))]:
        yield from (f"  - registry: {text if text == 'ages' else _quoted(text)}", '    plain: ""')


def _arms(listing: Listing) -> Iterator[str]:
    labels = [arm.label for arm in listing.arms if _clean(arm.label)]
    if labels:
        yield "arms: # what happens in each group, in plain words"
    for label in dict.fromkeys(labels):
        yield from (f"  - arm: {_quoted(label)}", '    plain: ""')


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]


def _clean(text: str) -> str:
    """Without characters that YAML does not take."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quoted(text: str) -> str:
    return json.dumps(_clean(text), ensure_ascii=False)


def write_plan(root: Path, plan: PagePlan) -> None:
    """The record first, so that the page never names one that is not there."""
    from digest.fetch import write_record

    found = plan.found
    if plan.writes_record:
        write_record(root, found.nct_id, found.data, fetched=found.fetched, source=found.source, kind=found.kind)
    path = root / plan.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(plan.text)

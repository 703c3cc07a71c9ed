"""`digest new`: from a DOI to an entry to be written, with its reference in `bib/`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from digest.cite import format_apa, format_bibtex
from digest.cli.append import append_references, default_bibliography
from digest.cli.fetching import open_services
from digest.cli.front_matter import entry_text
from digest.cli.options import HomePath, date_option, find_root, root_option, the_day
from digest.cli.slug import short_slug
from digest.errors import DigestError, NetworkFault
from digest.fetch import Found
from digest.link import Links
from digest.model.identifier import EDITION
from digest.model.library import Library
from digest.model.reference import Reference, RepositoryCopy
from digest.read import read_library
from digest.read.keys import make_key
from digest.read.records import Refused, iter_records
from digest.read.same import Matcher
from digest.search import find_related, open_index, subject_of_text
from digest.suggest.corpus import work_of_reference
from digest.suggest.suggester import TopicSuggestion
from digest.suggest.types import ResearchTypes, format_evidence

MOST_RELATED = 3


@dataclass(frozen=True)
class Plan:
    """What will be written, and what the editor should know before."""

    reference: Reference
    is_new: bool
    """Whether the reference must be added to `bib/`."""
    entry_path: str
    entry_text: str
    guess: TopicSuggestion | None
    """The type of research that it probably is."""
    warnings: tuple[str, ...]
    is_covered_in: tuple[str, ...] = ()
    """Paths of entries that summarise the work already, drafts too."""
    related: tuple[str, ...] = ()
    """Paths of entries that say something near: have we covered this?"""


@click.command()
@click.argument("identifier", required=False, metavar="DOI|PMID|URL")
@root_option
@date_option
@click.option("--from", "source", type=HomePath(exists=True, dir_okay=False), help="A file instead.")
@click.option("--edition", metavar="YYYY-MM", help="Month of the entry (default: this month).")
@click.option("--key", help="Citation key (default: first author, year, first word that tells).")
@click.option("--offline", is_flag=True, help="Ask no service; use only what was asked before.")
@click.option("--again", is_flag=True, help="Start another entry on a work that is summarised already.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def command(
    identifier: str | None,
    *,
    root: Path,
    day: str | None,
    source: Path | None,
    edition: str | None,
    key: str | None,
    offline: bool,
    again: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Start an entry: fetch the article's record, add it to bib/, and write a draft to fill in.

    Without a network, --from FILE takes BibTeX, RIS, nbib, PubMed XML, CSL-JSON or a pasted APA citation. Nothing that
    exists is overwritten, and a work that an entry summarises already gets no second one unless you say --again.
    """
    if (identifier is None) == (source is None):
        message = "name one thing: a DOI, PMID or address, or a file with --from"
        raise DigestError(message, "for example: digest new 10.1037/pst0000175")
    root = find_root(root)
    library, _ = read_library(root)
    month = edition or the_day(day, library.configuration.digest.time_zone).strftime("%Y-%m")
    if not EDITION.fullmatch(month):
        message = f"'{month}' is not an edition"
        raise DigestError(message, "write --edition YYYY-MM")
    found = _from_file(source) if source is not None else _ask(root, library, str(identifier), offline=offline)
    plan = make_plan(library, found, month, key)
    plan = replace(plan, related=_related(root, library, found.reference))
    if plan.is_covered_in and not again and not dry_run:
        raise _refused(plan)
    tell(plan, form, dry_run=dry_run)
    if not dry_run:
        write(root, plan)


def _refused(plan: Plan) -> DigestError:
    """The entry that there is, rather than a second one beside it."""
    message = f"'{plan.reference.citation_key}' is summarised already, in {' and '.join(plan.is_covered_in)}"
    return DigestError(message, "go on with that one; or, if you want another, say --again")


def _from_file(path: Path) -> Found:
    """The first record of a file."""
    records = list(iter_records(path))
    for record in records:
        if not isinstance(record, Refused):
            if len(records) > 1:
                click.echo(f"'{path}' holds {len(records)} records; the first one is taken", err=True)
            return Found(record.reference)
    reason = (
        f"line {records[0].line}: {records[0].reason}" if records and isinstance(records[0], Refused) else "it is empty"
    )
    message = f"'{path}' holds no record that can be read ({reason})"
    raise DigestError(message, "save the record as BibTeX, RIS, nbib or CSL-JSON, or paste the citation in APA style")


def _ask(root: Path, library: Library, identifier: str, *, offline: bool) -> Found:
    with open_services(root, library, offline=offline) as services:
        try:
            found = services.find(identifier)
        except NetworkFault as fault:
            if kept := library.find_reference(identifier):
                click.echo(f"{fault.message}: going by what bib/ says", err=True)
                return Found(kept)
            fault.todo += "; or save the record from your reference manager and hand it over: digest new --from FILE"
            raise
    if found is None:
        message = f"nobody knows '{identifier}'"
        raise DigestError(message, "compare it with the article's page, or use --from FILE")
    return found


def _related(root: Path, library: Library, reference: Reference) -> tuple[str, ...]:
    """The nearest entries by the words of title and abstract."""
    links = Links(library)
    subject = subject_of_text(links, f"{reference.title}\n{reference.abstract}")
    return tuple(each.entry.path for each in find_related(open_index(root), links, subject, MOST_RELATED))


def make_plan(library: Library, found: Found, month: str, key: str | None) -> Plan:
    """Decide keys, names and words; nothing is written."""
    reference = found.reference
    if found.open_access is not None and found.open_access.url not in {copy.url for copy in reference.copies}:
        copy = RepositoryCopy(found.open_access.url, found.open_access.version, "open", found.open_access.licence)
        reference = replace(reference, copies=(*reference.copies, copy))
    there = Matcher(library.references).find(reference)
    taken = {other.citation_key for other in library.references}
    if there is None:
        if key in taken:
            message = f"the key '{key}' is taken in bib/"
            raise DigestError(message, "choose another with --key, or leave it out")
        reference = replace(reference, citation_key=key or make_key(reference, taken))
    else:
        reference = there
    types = ResearchTypes(library.research_types)
    guess = next(iter(types.suggest(work_of_reference(found.reference), found.reference.publication_types)), None)
    covered = tuple(_iter_covering(library, there)) if there else ()
    return Plan(
        reference,
        there is None,
        _free_path(library, month, reference),
        _text(library, reference, guess),
        guess,
        _warnings(found, there, covered),
        covered,
    )


def _iter_covering(library: Library, reference: Reference) -> Iterator[str]:
    """Entries that summarise a work, and a file that bears its name and cannot be read as an entry."""
    yield from (entry.path for entry in library.entries if reference.citation_key in entry.citations[:1])
    own = f"/{short_slug(reference.title or reference.citation_key)}.md"
    readable = {entry.path for entry in library.entries}
    yield from (
        path for path in library.files if path.startswith("entries/") and path.endswith(own) and path not in readable
    )


def _free_path(library: Library, month: str, reference: Reference) -> str:
    """A file name that no entry has."""
    slug = short_slug(reference.title or reference.citation_key)
    taken = {entry.slug for entry in library.entries} | {
        path.rpartition("/")[2].removesuffix(".md") for path in library.files
    }
    number, name = 2, slug
    while name in taken:
        number, name = number + 1, f"{slug}-{number}"
    return f"entries/{month}/{name}.md"


def _text(library: Library, reference: Reference, guess: TopicSuggestion | None) -> str:
    headings = library.configuration.digest.practice_implications or ("Practice implications",)
    return entry_text(
        title=reference.title,
        citations=[reference.citation_key],
        research_types=[guess.topic] if guess else [],
        guessed=["research_types"] if guess else [],
        draft=True,
        body=f"\n\n## {headings[0]}\n",
    )


def _warnings(found: Found, there: Reference | None, covered: Iterable[str]) -> tuple[str, ...]:
    """What speaks against going on without a second look."""
    told = [] if there is None else [f"already in bib/ as '{there.citation_key}'"]
    told += [f"already summarised in {path}" for path in covered]
    told += [
        f"{notice.kind.replace('-', ' ')} known{f' since {notice.date}' if notice.date else ''}"
        f"{f', see https://doi.org/{notice.doi}' if notice.doi else ''}"
        for notice in found.notices
    ]
    told += [fault.message for fault in found.faults]
    return tuple(told)


def tell(plan: Plan, form: str, *, dry_run: bool) -> None:
    """What was found, what will be written, and the warnings first."""
    citation = format_apa(plan.reference)
    if form == "json":
        document = {
            "key": plan.reference.citation_key,
            "citation": citation.text,
            "reference_added": plan.is_new and not dry_run,
            "entry": plan.entry_path,
            "research_type": plan.guess.topic if plan.guess else None,
            "evidence": format_evidence(plan.guess) if plan.guess else "",
            "warnings": list(plan.warnings),
            "related": list(plan.related),
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for warning in plan.warnings:
        click.echo(f"warning: {warning}")
    click.echo(f"found: {citation.text}")
    if plan.guess:
        click.echo(f"guessed: {plan.guess.label}, since {format_evidence(plan.guess)}; confirm or correct it")
    for path in plan.related:
        click.echo(f"near it: {path}")
    would = "would write" if dry_run else "wrote"
    if plan.is_new:
        click.echo(f"{would} the reference '{plan.reference.citation_key}' to bib/")
    click.echo(f"{would} {plan.entry_path}")
    if dry_run:
        click.echo(format_bibtex(plan.reference).strip() if plan.is_new else "")
        click.echo(plan.entry_text)


def write(root: Path, plan: Plan) -> None:
    """The reference first, so that the entry never cites what is not there."""
    if plan.is_new:
        append_references(default_bibliography(root), [plan.reference])
    path = root / plan.entry_path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(plan.entry_text)

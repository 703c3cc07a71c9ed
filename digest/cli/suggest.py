"""`digest suggest`: topics and types of research for a work, each with its evidence."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import HomePath, find_root, refuse_content, root_option
from digest.errors import DigestError, IdentifierUnclear, NetworkFault
from digest.model.library import Library
from digest.suggest.work import Work

if TYPE_CHECKING:
    from digest.model.entry import Entry
    from digest.model.reference import Reference
    from digest.suggest.suggester import TopicSuggestion

TEXTS = (".md", ".txt", ".markdown")


@dataclass(frozen=True)
class Subject:
    """What the editor asked about."""

    work: Work
    reference: "Reference | None" = None
    entry: "Entry | None" = None


@click.command()
@click.argument("subject", metavar="ENTRY|FILE|DOI|-", required=False)
@root_option
@click.option("--apply", "apply_", is_flag=True, help="Write them into the entry's front matter (shown first).")
@click.option("--yes", is_flag=True, help="Apply without asking.")
@click.option("--without-ml", is_flag=True, help="As if the extra [ml] were not installed.")
@click.option("--offline", is_flag=True, help="Ask no service; use only what was asked before.")
@click.option("--batch", type=HomePath(exists=True, allow_dash=True), multiple=True, metavar="FILE|FOLDER|-",
              help="Tag every record of a file of references, or of all in a folder. May be repeated.")  # fmt: skip
@click.option("--for", "wanted", metavar="TOPIC", help="With --batch: only records for this topic, the best first.")
@click.option("--output", type=HomePath(dir_okay=False), help="With --batch: write here.")
@click.option("--dask", metavar="tcp://HOST:PORT", help="With --batch and --output: on a Dask cluster, a file a task.")
@click.option("--workers", type=click.IntRange(1), help="With --batch: processes (default: one a core).")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), help="csv: with --batch only.")
def command(
    subject: str | None,
    *,
    root: Path,
    apply_: bool,
    yes: bool,
    without_ml: bool,
    offline: bool,
    batch: Sequence[Path],
    wanted: str | None,
    output: Path | None,
    dask: str | None,
    workers: int | None,
    form: str | None,
) -> None:
    """Suggest topics and types of research, with what speaks for each: phrases found, and entries like this one.

    Give an entry (path or slug), a file with a text or a reference, a DOI or PMID, or - for standard input. Where
    nothing speaks loudly enough it says so. --batch FILE tags a whole literature, a line of JSON a record: RIS, nbib,
    PubMed XML (.gz too), BibTeX, CSL-JSON or JSON Lines, from a file, all files of a folder, or standard input (-).
    """
    from digest.read import read_library

    root = find_root(root)
    library, _ = read_library(root)
    if batch:
        from digest.cli.suggest_batch import STANDARD_INPUT, open_files, run_batch, run_on_cluster

        if dask is not None and (output is None or wanted is not None or form == "csv" or STANDARD_INPUT in batch):
            message = "--dask writes JSON Lines to a file, in the order of the records of other files"
            raise DigestError(message, "name it with --output; --for, --format csv and - work without --dask")
        with open_files(batch, output) as paths:
            if output is not None:
                refuse_content(output, root, paths)
            if dask is not None and output is not None:
                run_on_cluster(library, paths, dask, output, ml=not without_ml)
            else:
                run_batch(library, paths, wanted, output, workers, form or "json", ml=not without_ml)
        return
    if subject is None or form == "csv":
        message = "nothing to suggest topics for" if subject is None else "--format csv goes with --batch"
        raise DigestError(message, "name an entry, a file, a DOI, - for standard input, or files with --batch")
    found = find_subject(root, library, subject, offline=offline)
    topics, types = _suggest(root, library, found, ml=not without_ml)
    if form == "json":
        click.echo(json.dumps(as_json(found, topics, types), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(found, topics, types))
    if apply_:
        _apply(root, library, found, topics, types, yes=yes)


def _suggest(
    root: Path, library: Library, found: Subject, *, ml: bool
) -> "tuple[list[TopicSuggestion], list[TopicSuggestion]]":
    """Topics and types; what the entry itself carries is not learnt from."""
    from digest.suggest.corpus import corpus_of_library
    from digest.suggest.memory import Memory
    from digest.suggest.suggester import Suggester
    from digest.suggest.types import ResearchTypes

    corpus = corpus_of_library(library)
    others = [work for work in corpus.works if work.id != found.work.id]
    topics = Suggester(others, corpus.terms, ml=ml, memory=Memory(root)).suggest(found.work)
    published = found.reference.publication_types if found.reference else ()
    return topics, ResearchTypes(library.research_types).suggest(found.work, published)


def find_subject(root: Path, library: Library, name: str, *, offline: bool) -> Subject:
    """An entry by path or slug, a file, standard input, or what the services know by that name."""
    from digest.suggest.corpus import work_of_entry, work_of_reference

    if name == "-":
        return Subject(_work_of_text("-", sys.stdin.read()))
    references = {reference.citation_key: reference for reference in reversed(library.references)}
    path = Path(name)
    inside = _inside(root, path)
    entry = next(
        (each for each in library.entries if each.path in {name, inside} or name in {each.slug, f"{each.slug}.md"}),
        None,
    )
    if entry is not None:
        cited = references.get(entry.citations[0]) if entry.citations else None
        return Subject(work_of_entry(entry, references), cited, entry)
    if name in references:
        return Subject(work_of_reference(references[name]), references[name])
    if path.is_file():
        return _from_file(path)
    return _from_services(root, library, name, offline=offline)


def _inside(root: Path, path: Path) -> str:
    """A path as the library writes it, or nothing."""
    resolved, top = path.resolve(), root.resolve()
    return resolved.relative_to(top).as_posix() if resolved.is_relative_to(top) else ""


def _work_of_text(name: str, text: str) -> Work:
    """First line is the title, the rest is the abstract; of front matter its title and takeaway, and nothing else."""
    from digest.model.source import Source
    from digest.read.front_matter import split_front_matter

    front = split_front_matter(Source(name, text), required=False)
    fields = front.tree.data or {}
    if fields:
        said = [value for field in ("title", "takeaway") if isinstance(value := fields.get(field), str)]
        text = "\n".join([*said, text[front.body_start :]])
    if not text.strip():
        message = f"'{name}' holds no text"
        raise DigestError(message, "give a title, and an abstract below it")
    title, _, rest = text.strip().partition("\n")
    return Work(name, title.lstrip("# ").strip(), rest.strip())


def _from_file(path: Path) -> Subject:
    from digest.read.records import Refused, iter_records
    from digest.suggest.corpus import work_of_reference

    if path.suffix.lower() in TEXTS:
        return Subject(_work_of_text(path.as_posix(), path.read_text(encoding="utf-8", errors="replace")))
    for record in iter_records(path):
        if isinstance(record, Refused):
            message = f"'{path}' holds no record that can be read (line {record.line}: {record.reason})"
            raise DigestError(message, "give a .md or .txt file, or a file of references")
        return Subject(work_of_reference(record.reference), record.reference)
    message = f"'{path}' holds no record"
    raise DigestError(message, "give a .md or .txt file, or a file of references")


def _from_services(root: Path, library: Library, name: str, *, offline: bool) -> Subject:
    from digest.cli.fetching import open_services
    from digest.suggest.corpus import work_of_reference

    kept = library.find_reference(name)
    if kept is not None and kept.abstract:
        return Subject(work_of_reference(kept), kept)
    try:
        with open_services(root, library, offline=offline) as services:
            found = services.find(name)
    except IdentifierUnclear as unclear:
        message = f"'{name}' is no entry, no citation key, no file, and neither a DOI nor a PMID"
        raise DigestError(message, "name an entry by its slug or path; `digest search` finds it") from unclear
    except NetworkFault as fault:
        if kept is None:
            raise
        click.echo(f"{fault.message}: going by the title in bib/ alone", err=True)
        return Subject(work_of_reference(kept), kept)
    if found is None and kept is not None:
        return Subject(work_of_reference(kept), kept)
    if found is None:
        message = f"nobody knows '{name}'"
        raise DigestError(message, "compare it with the article's page, or give a file")
    return Subject(work_of_reference(found.reference), found.reference)


def as_json(found: Subject, topics: "Sequence[TopicSuggestion]", types: "Sequence[TopicSuggestion]") -> dict[str, Any]:
    """One document."""
    return {
        "id": found.work.id,
        "title": found.work.title,
        "given": list(found.entry.topics) if found.entry else [],
        "topics": [asdict(each) for each in topics],
        "research_types": [asdict(each) for each in types],
    }


def as_text(found: Subject, topics: "Sequence[TopicSuggestion]", types: "Sequence[TopicSuggestion]") -> str:
    """A line a suggestion, its evidence below."""
    given = set(found.entry.topics) if found.entry else set()
    kinds = set(found.entry.research_types) if found.entry else set()
    lines = [found.work.title, "", *_lines("Topics", topics, given), "", *_lines("Types of research", types, kinds)]
    missing = sorted(given - {each.topic for each in topics})
    if missing:
        lines += ["", f"The entry also has: {', '.join(missing)}"]
    return "\n".join(lines)


def _lines(heading: str, suggestions: "Sequence[TopicSuggestion]", given: set[str]) -> list[str]:
    lines = [f"{heading}:" if suggestions else f"{heading}: no suggestion"]
    for each in suggestions:
        mark = " (has it)" if each.topic in given else ""
        lines.append(f"  {each.score:.2f}  {each.topic}{mark}")
        if each.evidence.phrases:
            lines.append(f"        words: {', '.join(each.evidence.phrases)}")
        lines += [f"        in use: {c.words} ({c.right} of {c.works} entries with it)" for c in each.evidence.cues]
        lines += [f"        like:  {n.title} ({n.likeness:.2f})" for n in each.evidence.neighbours]
    return lines


def _apply(
    root: Path,
    library: Library,
    found: Subject,
    topics: "Sequence[TopicSuggestion]",
    types: "Sequence[TopicSuggestion]",
    *,
    yes: bool,
) -> None:
    """Add topics that the entry lacks, as many as it may have; types of research only where it names none."""
    from digest.cli.fix import offer_edits
    from digest.suggest.front_matter import add_items

    if found.entry is None:
        message = f"'{found.work.id}' is no entry of this digest"
        raise DigestError(message, "--apply writes into an entry: name one")
    entry = found.entry
    most = library.configuration.digest.lengths.topics_most
    new = [each.topic for each in topics if each.topic not in entry.topics]
    room = max(0, most - len(entry.topics))
    if new[room:]:
        click.echo(f"an entry has at most {most} topics, so without: {', '.join(new[room:])}", err=True)
    kinds = [] if entry.research_types else [each.topic for each in types]
    if not new[:room] and not kinds:
        click.echo("there is nothing to add to the entry", err=True)
        return
    source, places = library.sources[entry.path], entry.places
    edits = [*add_items(source, places, "topics", new[:room]), *add_items(source, places, "research_types", kinds)]
    offer_edits(root, library, edits, yes=yes)

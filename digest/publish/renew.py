"""A site made from the one before: only what changed is made, and all of it takes the old one's place in one step."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.pages import Bodies
from digest.publish.outputs import Copy, Output, copies_of_assets
from digest.publish.replace import swap_folders
from digest.publish.state import Record, State, read_state, write_state
from digest.publish.tree import Tree, look_at
from digest.publish.workers import Crew, Work, make_all


@dataclass(frozen=True)
class Recipe:
    """All that a site is made of."""

    outputs: Sequence[Output]
    """Files that the program makes."""
    copies: Mapping[str, Copy]
    """Files that are copied, by path on the site: the theme's."""
    late_copies: Callable[[], Mapping[str, Copy]]
    """Files that are ready only when the outputs are made: the search index."""
    bodies: Bodies
    contents: Mapping[str, str]
    """SHA-256 of every document's file, by path."""
    environment: str
    """Of everything else that the outputs depend on; without it all of them are made."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a build did, in files of the site."""

    made: int = 0
    """Rendered anew, whether or not that changed them."""
    written: int = 0
    """Not as they were."""
    kept: int = 0
    """Left alone."""
    removed: int = 0


@dataclass(frozen=True)
class Place:
    """Where a site is made."""

    root: Path
    """The digest."""
    target: Path
    """The folder that becomes the site."""
    spare: Path
    """The folder beside it in which the next site is put together."""


def renew_site(recipe: Recipe, place: Place, crew: Crew, *, clean: bool) -> Tally:
    """Bring a site up to date, or make it without belief in what is there; whatever is raised, it is as it was."""
    root, target, spare = place.root, place.target, place.spare
    if clean:
        shutil.rmtree(spare, ignore_errors=True)
    state = State() if clean else read_state(root, target)
    old = look_at(target)
    new = look_at(spare)
    spare.mkdir(parents=True, exist_ok=True)
    stale = _find_stale(recipe, state, old, new)
    kept = {output.path for output in recipe.outputs} - {output.path for output in stale}
    records = {path: state.records[path] for path in kept}
    new.remove_others({output.path for output in recipe.outputs} | recipe.copies.keys())
    made, written = make_all(Work(stale, recipe.bodies, state.records, old, new), crew)
    for path, record in made.items():
        records[path] = record
        new.note(path, record.stamp)
    copies = dict(recipe.copies) | dict(recipe.late_copies())
    assets = {to: source for record in records.values() for to, source in record.assets if to not in records}
    copies |= copies_of_assets(root, {to: source for to, source in assets.items() if to not in copies})
    for path, copy in copies.items():
        records[path], is_new = _copy(path, copy, state, old, new)
        written += is_new
    if old.stamps != {path: record.stamp for path, record in records.items()}:
        for path in kept:
            if new.stamps.get(path) != records[path].stamp:
                new.keep(path, old)
        new.remove_others(records)
        swap_folders(spare, target)
    if (state.environment, state.bodies, state.records) != (recipe.environment, recipe.contents, records):
        write_state(root, target, State(recipe.environment, dict(recipe.contents), records))
    removed = len(old.stamps.keys() - records.keys())
    return Tally(len(made), written, len(records) - written, removed)


def _find_stale(recipe: Recipe, state: State, old: Tree, new: Tree) -> list[Output]:
    """The outputs that must be made: something that went into them changed, or they are not on the disk."""
    if state.environment != recipe.environment or not recipe.environment:
        return list(recipe.outputs)
    changed = {path for path, content in recipe.contents.items() if state.bodies.get(path) != content}
    return [
        output
        for output in recipe.outputs
        if (known := state.records.get(output.path)) is None
        or not changed.isdisjoint(known.bodies)
        or known.stamp not in (old.stamps.get(output.path), new.stamps.get(output.path))
    ]


def _copy(path: str, copy: Copy, state: State, old: Tree, new: Tree) -> tuple[Record, bool]:
    """See to it that the new tree holds a copy; True if the old one did not."""
    known = state.records.get(path)
    if known is not None and known.key == copy.key:
        if new.stamps.get(path) == known.stamp:
            return known, False
        if old.stamps.get(path) == known.stamp:
            new.keep(path, old)
            return known, False
    return Record(copy.key, new.write(path, copy.source.read_bytes())), True

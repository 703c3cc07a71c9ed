"""A site made from the one before: only what changed is made, and all of it takes the old one's place in one step."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.pages import Bodies
from digest.publish.look_ahead import Trees
from digest.publish.outputs import Copy, Output, copies_of_assets
from digest.publish.replace import swap_folders
from digest.publish.state import Record, State, read_state, write_state
from digest.publish.tree import NOT_THERE, Stamp, Tree
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
class Renewed:
    """A site that is up to date."""

    tally: Tally
    stamps: Mapping[str, Stamp]
    """How each of its files is recognised."""


@dataclass(frozen=True)
class Place:
    """Where a site is made."""

    root: Path
    """The digest."""
    target: Path
    """The folder that becomes the site."""
    spare: Path
    """The folder beside it in which the next site is put together."""
    trees: Trees
    """What these two hold."""


def renew_site(recipe: Recipe, place: Place, crew: Crew, *, clean: bool) -> Renewed:
    """Bring a site up to date, or make it without belief in what is there; whatever is raised, it is as it was."""
    state = State() if clean else read_state(place.root, place.target)
    old, new = place.trees()
    if clean:
        shutil.rmtree(place.spare, ignore_errors=True)
        new = Tree(place.spare, {}, set())
    stale = _find_stale(recipe, state, old)
    place.spare.mkdir(parents=True, exist_ok=True)
    made, written = make_all(Work(stale, recipe.bodies, state.records, old, new), crew)
    for path, record in made.items():
        new.note(path, record.stamp)
    wanted = (output.path for output in recipe.outputs)
    records = {path: made[path] if path in made else state.records[path] for path in wanted}
    copies = dict(recipe.copies) | dict(recipe.late_copies())
    assets = {to: source for record in records.values() for to, source in record.assets if to not in records}
    copies |= copies_of_assets(place.root, {to: source for to, source in assets.items() if to not in copies})
    records |= {path: _known_copy(path, copy, state, old) for path, copy in copies.items()}
    if old.stamps != {path: record.stamp for path, record in records.items()}:
        for path, record in records.items():
            if record.stamp == NOT_THERE:
                stamp = new.write(path, copies[path].source.read_bytes())
                records[path] = Record(copies[path].key, stamp)
                written += 1
            elif new.stamps.get(path) != record.stamp:
                new.keep(path, old)
        new.remove_others(records)
        swap_folders(place.spare, place.target)
    if (state.environment, state.bodies, state.records) != (recipe.environment, recipe.contents, records):
        write_state(place.root, place.target, State(recipe.environment, dict(recipe.contents), records))
    removed = len(old.stamps.keys() - records.keys())
    tally = Tally(len(made), written, len(records) - written, removed)
    return Renewed(tally, {path: record.stamp for path, record in records.items()})


def _find_stale(recipe: Recipe, state: State, old: Tree) -> list[Output]:
    """The outputs that must be made: something that went into them changed, or they are not on the disk."""
    if state.environment != recipe.environment or not recipe.environment:
        return list(recipe.outputs)
    changed = {path for path, content in recipe.contents.items() if state.bodies.get(path) != content}
    return [
        output
        for output in recipe.outputs
        if (known := state.records.get(output.path)) is None
        or known.stamp != old.stamps.get(output.path)
        or not changed.isdisjoint(known.bodies)
    ]


def _known_copy(path: str, copy: Copy, state: State, old: Tree) -> Record:
    """The copy that the old site holds, or one that is yet to be made."""
    known = state.records.get(path)
    is_there = known is not None and known.key == copy.key and known.stamp == old.stamps.get(path)
    return known if is_there and known is not None else Record(copy.key, NOT_THERE)

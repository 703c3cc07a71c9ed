"""Renaming and merging topics: edits of the vocabulary and of every file that names the topic.

The old id stays as an alias and the old label as a synonym, so that no address dies and every old spelling is still
understood. Nothing is written here: the edits are shown to a person first.
"""

from collections.abc import Iterator

from digest.errors import DigestError
from digest.model.identifier import fold, slugify
from digest.model.library import Library
from digest.model.source import Source
from digest.model.vocabulary import Topic
from digest.problem import Edit
from digest.suggest.front_matter import add_items, lines_of_item, rename_item, stands_in_braces


def find_topic(library: Library, name: str) -> Topic:
    """The topic with this id, label or other name, or a clear sentence."""
    found = next((topic for topic in library.topics if topic.id == name), None)
    found = found or next((topic for topic in library.topics if fold(name) in topic.names), None)
    if found is None:
        raise DigestError(f"there is no topic '{name}' in vocabulary/topics.yml", "`digest topics` lists them")
    return found


def rename_topic(library: Library, old: Topic, label: str) -> list[Edit]:
    """Give a topic another label, and the id that goes with it."""
    new = slugify(label)
    if not new:
        raise DigestError(f"'{label}' has no letter that an id could be made of", "choose another label")
    taken = next((t for t in library.topics if t is not old and (t.id == new or fold(label) in t.names)), None)
    if taken is not None:
        raise DigestError(f"'{label}' is a name of the topic '{taken.id}' already", "use `digest topics merge`")
    source = library.sources[old.path]
    edits = [Edit(old.places.at("label"), _scalar(label, source, old))]
    synonyms = [old.label] if fold(old.label) not in {fold(name) for name in (label, *old.alt_labels)} else []
    edits += _exchange(source, old, "alt_labels", label, synonyms)
    if new != old.id:
        edits.append(Edit(old.places.at("id"), new))
        edits += _exchange(source, old, "aliases", new, [old.id])
        edits += _references(library, old, new)
    return edits


def _exchange(source: Source, topic: Topic, field: str, new: str, former: list[str]) -> list[Edit]:
    """Keep a former name; in the place of the new one where a topic gets back what it was called before."""
    items = [_item(name) for name in former]
    if items and new in getattr(topic, field):
        return rename_item(source, topic.places, field, new, items[0])
    return add_items(source, topic.places, field, items)


def merge_topics(library: Library, old: Topic, into: Topic) -> list[Edit]:
    """Take a topic out of the vocabulary; what carries it gets the other one, which takes over all its names."""
    if old is into:
        raise DigestError(f"'{old.id}' cannot be merged into itself", "name two topics")
    source = library.sources[into.path]
    known = {fold(name) for name in (into.label, *into.alt_labels)}
    names = [name for name in (old.label, *old.alt_labels) if fold(name) not in known]
    keywords = [phrase for phrase in old.keywords if phrase not in into.keywords]
    mesh = [heading for heading in old.mesh if heading not in into.mesh]
    edits = [_removal(library.sources[old.path], old)]
    for field, items in (("alt_labels", names), ("keywords", keywords), ("mesh", mesh)):
        edits += add_items(source, into.places, field, [_item(name) for name in items])
    edits += add_items(source, into.places, "aliases", [old.id, *old.aliases])
    if old.id in _iter_broader(library, into):
        edits.append(Edit(into.places.at("broader"), old.broader if old.broader != into.id else ""))
    return edits + _references(library, old, into.id)


def _iter_broader(library: Library, topic: Topic) -> Iterator[str]:
    """The ids of all topics above one."""
    broader = {each.id: each.broader for each in library.topics}
    above = topic.broader
    while above:
        yield above
        above = broader.pop(above, "")  # once each, should they go round


def _references(library: Library, old: Topic, new: str) -> list[Edit]:
    """Everything that names the old id: entries, modules, studies, narrower topics."""
    edits: list[Edit] = []
    places = [(entry.path, entry.places) for entry in library.entries]
    places += [(module.path, module.places) for module in library.modules]
    places += [(study.path, study.places) for study in library.studies]
    for path, where in places:
        edits += rename_item(library.sources[path], where, "topics", old.id, new)
    for topic in library.topics:
        if topic.broader == old.id and topic is not old and topic.id != new:
            edits.append(Edit(topic.places.at("broader"), new))
    return edits


def _removal(source: Source, topic: Topic) -> Edit:
    """From the line of its dash to the line before the next item, which keeps the comments above that one."""
    if source.text[: topic.places.whole.start].rstrip().endswith(("[", ",")):
        message = f"'{topic.id}' stands in a list in brackets, of which it cannot be taken out"
        raise DigestError(message, f"in {topic.path}, let each topic begin on a line of its own, with `- id: ...`")
    item = lines_of_item(source, topic.places)
    following, column = source.line_column(item.end)
    if column > 1:  # the file ends without a new line
        return Edit(item, "")
    while source.line_start(following) < len(source.text) and not source.line(following).strip():
        following += 1
    return Edit(source.span(item.start, source.line_start(following)), "")


def _scalar(text: str, source: Source, topic: Topic) -> str:
    """Plain as the file writes it, in quotes only where it stands in quotes or needs them."""
    start = topic.places.at("label").start
    quote = source.text[start - 1 : start]
    if quote == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    if quote == "'":
        return text.replace("'", "''")
    return _item(text) if stands_in_braces(source, topic.places) else _quoted(text, ": ", " #")


def _item(text: str) -> str:
    return _quoted(text, ",", "[", "]", "{", "}", ": ", " #")


def _quoted(text: str, *special: str) -> str:
    needs = (
        any(mark in text for mark in special)
        or text.endswith(":")
        or text[:1] in "-?:,[]{}#&*!|>'\"%@`"
        or not text.strip()
    )
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if needs else text

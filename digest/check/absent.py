"""Whether a field is left out, rather than written in a way that could not be read: that was told while reading."""

from collections.abc import Mapping

from digest.model.lookup import Document
from digest.model.source import KeyPart, Places, Source
from digest.read.fields import field_names, nearest

NOTHING = frozenset({"", "[]", "{}", "~", "null", "Null", "NULL"})


def is_left_out(document: Document, name: str, sources: Mapping[str, Source]) -> bool:
    """Whether a document says nothing in this field: it is not there, empty, or blank."""
    value = getattr(document, name)
    if value.strip() if isinstance(value, str) else value:
        return False
    places = document.places
    return places is None or (says_nothing(places, sources, name) and not _is_misspelt(document, places, name))


def _is_misspelt(document: Document, places: Places, name: str) -> bool:
    """Whether the field is there under a name that nothing reads: that was told while reading too."""
    known = field_names(type(document))
    written = {str(key[0]) for key in places.keys if len(key) == 1}
    return any(nearest(word, known) == name for word in written.difference(known))


def says_nothing(places: Places, sources: Mapping[str, Source], *key: KeyPart) -> bool:
    """Whether nothing is written at this place."""
    if not places.has(*key):
        return True
    span = places.at(*key)
    return "".join(sources[span.path].text[span.start : span.end].split()) in NOTHING

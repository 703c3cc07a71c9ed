"""Entries to a full-text index for the editor, and questions to it. The only room that imports Whoosh.

The index is a cache: it follows the files by itself, and one that is damaged, of another version or from elsewhere is
made anew, never trusted. The site and `digest check` never open it.
"""

from digest.search.find import Asked, Found, Hit, find_entries
from digest.search.index import EntryIndex, open_index
from digest.search.related import (
    Reason,
    Related,
    Subject,
    find_related,
    subject_of_doi,
    subject_of_entry,
    subject_of_text,
)
from digest.search.snippet import Snippet

__all__ = [
    "Asked",
    "EntryIndex",
    "Found",
    "Hit",
    "Reason",
    "Related",
    "Snippet",
    "Subject",
    "find_entries",
    "find_related",
    "open_index",
    "subject_of_doi",
    "subject_of_entry",
    "subject_of_text",
]

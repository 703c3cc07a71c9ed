"""Which of APA's few patterns a CSL type follows: serial, part of a book, page of the web, or a work by itself."""

from enum import Enum

from digest.model.reference import Reference

SERIAL_TYPES = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog", "review", "review-book",
})  # fmt: skip
WEB_TYPES = frozenset({"webpage", "post"})
SERIAL_UNLESS_EDITED = frozenset({"paper-conference", "interview"})
REPORT_TYPES = frozenset({"report", "document", "standard"})


class Kind(Enum):
    """A pattern of APA 7, chapter 10: what is italic, and what stands in the source."""

    SERIAL = "in a journal, magazine or blog: the journal and its volume are italic"
    PART = "in a book or in edited proceedings: the book is italic, after `In`"
    WEB = "a page: its title is italic, its site the source"
    ALONE = "a book, thesis, report, preprint, data set: its title is italic, its publisher the source"


def find_kind(reference: Reference) -> Kind:
    """The pattern that a reference follows, by its type and by what it stands in."""
    if reference.type in WEB_TYPES:
        return Kind.WEB
    if reference.type in SERIAL_TYPES or (reference.type in SERIAL_UNLESS_EDITED and not reference.editor):
        return Kind.SERIAL
    return Kind.PART if reference.container_title else Kind.ALONE

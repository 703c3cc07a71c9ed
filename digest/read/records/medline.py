"""What both of PubMed's formats share: kinds of publication, titles in brackets, names of headings, places in a volume.

Takes values; gives values in CSL's words. https://www.nlm.nih.gov/bsd/mms/medlineelements.html describes the fields.
"""

import re
from collections.abc import Sequence
from typing import Any

from digest.read.records.text import clean, full_pages, without_final_stop

TYPES = {
    "Preprint": "article",
    "Newspaper Article": "article-newspaper",
    "Academic Dissertation": "thesis",
    "Dataset": "dataset",
    "Technical Report": "report",
    "Legislation": "legislation",
}
"""CSL types, by PubMed's publication types; any other is an article of its journal."""
IN_A_JOURNAL = frozenset({"Technical Report", "Dataset"})
"""Of these, what is still an article where a journal is named."""
ARTICLE_NUMBER = re.compile(r"[eE]\d{2,}|[A-Za-z]{1,5}\d{4,}")
ARTICLE_NUMBER_ALONE = re.compile(r"[eE]?\d{2,8}")
JOURNAL_QUALIFIER = re.compile(
    r"\s+[:=]\s.*|\s*\((?=[^()]*[,:.])[^()]*\)\s*\Z|\s*\[electronic resource\]\s*\Z", re.IGNORECASE
)
"""What the National Library of Medicine puts behind a title to tell journals apart, and parallel titles."""
NOT_AVAILABLE = re.compile(r"(?i)not available|in process citation")
AHEAD = "aheadofprint"
ADVANCE = "Advance online publication"


def journal(written: str) -> str:
    """The title of a journal as it is cited: `Bioinformatics (Oxford, England)` is `Bioinformatics`."""
    title = clean(written)
    return JOURNAL_QUALIFIER.sub("", title).rstrip(".") or title


def find_type(publication_types: Sequence[str], *, in_journal: bool) -> str:
    """The CSL type of a work of these types."""
    for name in publication_types:
        if name in TYPES and not (in_journal and name in IN_A_JOURNAL):
            return TYPES[name]
    return "article-journal" if in_journal else "document"


def titles(title: str, vernacular: str) -> tuple[str, str]:
    """Title and original title: PubMed puts a title that it translated into brackets."""
    title, vernacular = without_final_stop(clean(title)), without_final_stop(clean(vernacular))
    title = without_final_stop(_without_brackets(title.removesuffix(".") if title.endswith("].") else title))
    if not title or NOT_AVAILABLE.fullmatch(title):
        return vernacular or title, ""
    return title, vernacular if vernacular != title else ""


def _without_brackets(title: str) -> str:
    if not (title.startswith("[") and title.endswith("]")):
        return title
    inner = title[1:-1]
    depth = 0
    for char in inner:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return title
    return inner


def heading(written: str) -> str:
    """A Medical Subject Heading without qualifiers and the asterisk of a major topic."""
    return clean(written).partition("/")[0].strip("* ")


def place(pages: str, publisher_item: str) -> dict[str, Any]:
    """Pages, or the article number that stands in their place or in the publisher's own identifier."""
    page, item = full_pages(pages), clean(publisher_item)
    if ARTICLE_NUMBER.fullmatch(page):
        return {"page": "", "number": page}
    if not page and (ARTICLE_NUMBER_ALONE.fullmatch(item) or ARTICLE_NUMBER.fullmatch(item)):
        return {"page": "", "number": item}
    return {"page": page, "number": ""}


def find_status(publication_status: str, volume: str, page: str) -> str:
    """An article that is online before it has a volume and pages."""
    return ADVANCE if publication_status == AHEAD and not (volume or page) else ""

"""Whether a record says what a service knows, in that field of BibTeX or in another that means the same."""

from collections.abc import Mapping

from digest.model.reference import Reference

SAME = {
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages", "page", "eid", "articleno", "article-number"),
    "eid": ("eid", "pages", "page", "articleno", "article-number"),
    "doi": ("doi",),
}


def still_better(reference: Reference, better: Mapping[str, str]) -> dict[str, str]:
    """Those of the known fields that the record still lacks, in the order in which records have them."""
    return {field: better[field] for field in SAME if field in better and lacks(reference, field)}


def lacks(reference: Reference, field: str) -> bool:
    """Whether a record says nothing of this."""
    return not any(reference.raw.get(name, "").strip() for name in SAME.get(field, (field,)))

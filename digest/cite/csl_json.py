"""A Reference as a CSL-JSON item: https://github.com/citation-style-language/schema, `csl-data.json`.

Every field of the record is in it. What CSL has no variable for (handle, licence, copies ...) stands in `custom`, the
schema's own place for such things. CSL's `original-title` means the work that was translated; the title of a work read
in its own language goes into `title`, its translation in brackets, and `custom` keeps the two apart.
"""

from typing import Any

from digest.model.reference import DateParts, Name, Reference

TEXTS = (
    "title", "original_title", "container_title", "collection_title", "collection_number", "event_title",
    "event_place", "volume", "issue", "page", "number", "edition", "version", "publisher", "publisher_place", "genre",
    "status", "DOI", "URL", "PMID", "PMCID", "ISBN", "ISSN", "language", "note", "abstract",
)  # fmt: skip
"""Fields that are a CSL variable of text, as the model names them."""
NAMES = ("author", "editor", "translator")
DATES = ("issued", "original_date", "accessed")

CslItem = dict[str, Any]


def reference_to_csl(reference: Reference) -> CslItem:
    """The item, with the citation key as its `id`; only what the record knows is in it."""
    item: CslItem = {"id": reference.citation_key, "citation-key": reference.citation_key, "type": reference.type}
    for field in NAMES:
        if names := getattr(reference, field):
            item[field] = [_csl_name(name) for name in names]
    for field in DATES:
        if (date := getattr(reference, field)) is not None:
            item[field.replace("_", "-")] = {"date-parts": [_date_parts(date)]}
    for field in TEXTS:
        if text := getattr(reference, field):
            item[field.replace("_", "-")] = text
    if reference.original_title and not reference.translator:
        item["title"] = original_and_translation(reference)
        del item["original-title"]
    if reference.keyword:
        item["keyword"] = "; ".join(reference.keyword)
    if custom := _custom(reference):
        item["custom"] = custom
    return item


def original_and_translation(reference: Reference) -> str:
    """`Titel [Title]`, as APA shows a work read in another language than the reader's."""
    if not reference.title or reference.title.casefold() == reference.original_title.casefold():
        return reference.original_title
    return f"{reference.original_title} [{reference.title}]"


def _csl_name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {key: value for key, value in parts.items() if value}


def _date_parts(date: DateParts) -> list[int]:
    parts = [date.year]
    if date.month:
        parts.append(date.month)
        if date.day:
            parts.append(date.day)
    return parts


def date_text(date: DateParts | None) -> str:
    """`2020-03-05`, as far as it is known; empty for no date."""
    if date is None:
        return ""
    year, *rest = _date_parts(date)
    text = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    return "-".join([text, *[f"{part:02d}" for part in rest]])


def _custom(reference: Reference) -> CslItem:
    custom: CslItem = {}
    if reference.original_title and not reference.translator:
        custom["title"] = reference.title
        custom["original-title"] = reference.original_title
    if reference.author_others:
        custom["author-others"] = True
    if reference.editor_others:
        custom["editor-others"] = True
    if reference.handle:
        custom["handle"] = reference.handle
    if reference.licence:
        custom["licence"] = reference.licence
    if reference.copies:
        custom["copies"] = [
            {key: value for key in ("url", "version", "access", "licence") if (value := getattr(copy, key))}
            for copy in reference.copies
        ]
    for field in ("keyword", "mesh", "publication_types", "recommended"):
        if words := getattr(reference, field):
            custom[field.replace("_", "-")] = list(words)
    return custom

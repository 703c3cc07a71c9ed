"""What the files of `/data/` hold, field by field: the words of the page that explains them, and of their schemas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "address": {"type": "string", "format": "uri"},
    "day": {"type": "string", "format": "date"},
    "number": {"type": "integer", "minimum": 0},
    "yes or no": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "addresses": {"type": "array", "items": {"type": "string", "format": "uri"}},
    "CSL-JSON": {"type": "object", "required": ["id", "type"]},
}
"""What a value may be, as the page calls it, and as JSON Schema does."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record."""

    name: str
    type: str
    """One of `TYPES`, or `group` and `groups`, which have fields of their own."""
    words: str
    required: bool = False
    fields: tuple["Column", ...] = ()


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file: a list of records under one name."""

    name: str
    """`entries` for `entries.json` with its list `entries`."""
    title: str
    words: str
    fields: tuple[Column, ...]
    csv: bool = False
    """Whether it also comes as a table."""


NOTICE = (
    Column("kind", "text", "retraction, withdrawal, expression-of-concern, correction ...", required=True),
    Column("date", "text", "As far as it is known: 2010-02-06, 2010-02 or 2010"),
    Column("doi", "text", "DOI of the notice"),
    Column("source", "text", "Who told of it"),
)
TERM = (
    Column("id", "text", "Never changes; entries name it", required=True),
    Column("url", "address", "Its page", required=True),
    Column("label", "text", "What readers see", required=True),
    Column("definition", "text", "What belongs under it"),
    Column("alt_labels", "texts", "Synonyms and former spellings"),
    Column("entries", "number", "How many summaries have it", required=True),
)

DATA_FILES = (
    DataFile(
        "entries",
        "Summaries",
        "Every summary, newest first, without its text",
        (
            Column("id", "text", "Month and short name: 2023-01/short-name", required=True),
            Column("url", "address", "Its page", required=True),
            Column("title", "text", "Title of the summary", required=True),
            Column("takeaway", "text", "What to remember, in one sentence"),
            Column("edition", "text", "The month it appeared in: 2023-01", required=True),
            Column("date", "day", "The day it appeared", required=True),
            Column("authors", "texts", "Who wrote the summary", required=True),
            Column("topics", "texts", "Ids in topics.json", required=True),
            Column("research_types", "texts", "Ids in research-types.json", required=True),
            Column("citations", "texts", "Keys in references.json; the first is the work summarised", required=True),
            Column("doi", "text", "DOI of the work summarised"),
            Column("standing", "text", "Retracted, Expression of concern ...: what is known against that work"),
            Column("limitations", "text", "What the study cannot show"),
            Column("disclosure", "text", "Interests that a reader should know of"),
            Column(
                "corrections",
                "groups",
                "What was put right in the summary",
                fields=(
                    Column("date", "day", "Day of the correction", required=True),
                    Column("note", "text", "What was wrong, and what it says now", required=True),
                ),
            ),
            Column("training", "texts", "Short names of the training modules that read it"),
            Column("minutes", "number", "Minutes that reading it takes", required=True),
        ),
        csv=True,
    ),
    DataFile(
        "references",
        "References",
        "Every work that the digest has a record of",
        (
            Column("key", "text", "Citation key; entries name it", required=True),
            Column("csl", "CSL-JSON", "The record, for reference managers and programs", required=True),
            Column("apa", "text", "The reference in APA style (7th edition)", required=True),
            Column("summaries", "addresses", "Pages of the summaries that cite it", required=True),
            Column("notices", "groups", "Retractions, concerns and corrections that are known", fields=NOTICE),
            Column("as_of", "day", "The day up to which notices are known; without it nobody has asked"),
        ),
        csv=True,
    ),
    DataFile(
        "topics",
        "Topics",
        "The controlled list of topics",
        (*TERM, Column("broader", "text", "Id of the topic above it")),
    ),
    DataFile(
        "research-types",
        "Types of research",
        "The controlled list of types of research",
        (*TERM, Column("strength", "text", "What this design can and cannot show")),
    ),
    DataFile(
        "studies",
        "Studies",
        "Studies that look or looked for participants, as of the day that the file names",
        (
            Column("id", "text", "Short name of its page", required=True),
            Column("url", "address", "Its page", required=True),
            Column("title", "text", "Title of its page", required=True),
            Column("open", "yes or no", "Whether it looked for participants on that day", required=True),
            Column("closes", "day", "The last day to take part, as far as is known"),
            Column("registry", "text", "Number in the registry"),
            Column("audiences", "texts", "For whom it is"),
        ),
    ),
)


def schema_of(file: DataFile, address: str) -> dict[str, Any]:
    """The file's JSON Schema. Fields may be added one day, so others than these are allowed."""
    top = (
        Column("$schema", "address", "This schema", required=True),
        Column("title", "text", "Name of the digest", required=True),
        Column("url", "address", "Address of the digest", required=True),
        Column("licence", "text", "Licence of the summaries"),
        Column("licence_url", "address", "Its address"),
        Column("day", "day", "The day as of which this holds", required=file.name == "studies"),
        Column(file.name, "groups", file.words, required=True, fields=file.fields),
    )
    return {"$schema": DIALECT, "$id": address, "title": file.title, **_object(top)}


def _object(fields: Sequence[Column]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [field.name for field in fields if field.required],
        "properties": {field.name: _value(field) for field in fields},
    }


def _value(field: Column) -> dict[str, Any]:
    if field.type == "groups":
        return {"description": field.words, "type": "array", "items": _object(field.fields)}
    return {"description": field.words, **TYPES[field.type]}

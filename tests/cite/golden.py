"""The golden cases of `tests/golden/cite/`: references, what citeproc-js makes of them, and how the two are compared.

`crossref.json` holds works as Crossref gives them, reduced to the fields that a citation needs and without abstracts;
`synthetic.json` holds made-up references of every type; `lists.json` lists of them whose order and letters count.
`apa.json` is what citeproc-js says, by `make_golden.py`. `disagreements.md` says where it is wrong, and why.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from digest.cite import reference_to_csl
from digest.model.reference import DateParts, Name, Reference
from digest.read.crossref import parse_crossref_work
from tests.builders import places

GOLDEN = Path(__file__).parents[1] / "golden" / "cite"
DATES = ("issued", "original_date", "accessed")
NAMES = ("author", "editor", "translator")
QUOTES = str.maketrans('“”‘’’"', "''''''")
"""citeproc-js turns quotation marks, and apostrophes at the end of a word, as its locale has them."""


def build_reference(key: str, fields: Mapping[str, Any]) -> Reference:
    """A reference from JSON: names are objects, dates lists of numbers."""
    values = dict(fields)
    for field in NAMES:
        if field in values:
            values[field] = tuple(Name(**name) for name in values[field])
    for field in DATES:
        if field in values:
            values[field] = DateParts(*values[field])
    return Reference(citation_key=key, path="golden.bib", places=places("golden.bib"), **values)


@cache
def real_references() -> dict[str, Reference]:
    """By its DOI, every work of Crossref."""
    return {work["DOI"]: parse_crossref_work(work, citation_key=work["DOI"]) for work in _load("crossref")}


@cache
def synthetic_references() -> dict[str, Reference]:
    """By its name, every case that somebody thought of."""
    return {key: build_reference(key, fields) for key, fields in _load("synthetic").items()}


@cache
def reference_lists() -> dict[str, list[Reference]]:
    """By its name, lists in an order that is not APA's."""
    return {
        name: [build_reference(f"{name}-{number}", fields) for number, fields in enumerate(items)]
        for name, items in _load("lists").items()
    }


@cache
def oracle() -> dict[str, Any]:
    """`{"entries": {key: text}, "lists": {name: [text, ...]}}` as citeproc-js gave it, as HTML."""
    found: dict[str, Any] = _load("apa")
    return found


def csl_items(references: list[Reference]) -> list[dict[str, Any]]:
    """What the oracle is given: our own export, without what only we understand."""
    return [{key: value for key, value in reference_to_csl(item).items() if key != "custom"} for item in references]


def normalise(text: str) -> str:
    """Text without tags, with one kind of quotation mark and one kind of blank: what the comparison is about."""
    plain = unescape(re.sub(r"</?(?:i|b|div|span|a)\b[^>]*>", "", text)).translate(QUOTES)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _load(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))

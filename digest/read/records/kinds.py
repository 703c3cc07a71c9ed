"""Which kind of references a file holds: told by its beginning, and only then by its name.

Takes the beginning of the text and the name; gives one of `KINDS`, or why it is none. Reads nothing.
"""

import re
from pathlib import PurePath

KINDS = ("bibtex", "ris", "nbib", "pubmed-xml", "endnote-xml", "csl-json", "crossref", "jsonl", "apa")
BY_NAME = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".ris": "ris",
    ".nbib": "nbib",
    ".medline": "nbib",
    ".csljson": "csl-json",
    ".json": "csl-json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "apa",
    ".md": "apa",
}
PUBMED = re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?\b|<!DOCTYPE\s+Pubmed")
ENDNOTE = re.compile(r"<ref-type\b|<xml\b[^>]*>\s*<records\b|<records>\s*(?:<record>|</records>)")
HTML = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
RIS = re.compile(r"^[ \t\ufeff]{0,4}TY[ \t]{0,3}-", re.MULTILINE)
NBIB = re.compile(r"^PMID[ \t]{0,2}-[ \t]*\d|^(?:OWN|STAT|FAU|DCOM|EDAT)[ \t]{0,2}- ", re.MULTILINE)
BIBTEX = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
CROSSREF = re.compile(
    r'"(?:message-type|is-referenced-by-count|reference-count|references-count|content-domain|deposited)"\s*:|"member"\s*:\s*"\d'
)
JSON_LINES = re.compile(r"\s*(?:\{[^\n]*\}[ \t]*\n\s*\{|\[[^\n]*\][ \t]*\n\s*\[)")
JSON = re.compile(r"\s*(?:\[\s*(?:[\[{\]]|\Z)|\{\s*(?:[\"}]|\Z))")
YEAR_IN_BRACKETS = re.compile(
    r"[(\[](?:ca?\. ?)?(?:1[5-9]|20)\d\d[a-z]?(?:[,/–-][^)\]\n]{0,40})?[)\]]|\((?:n\. ?d\.|in press)[^)\n]{0,3}\)"
)
OTHERS = (
    (HTML, "a web page: export the references from the program or site that shows them, as RIS or BibTeX"),
    (re.compile(r"^%0 ", re.MULTILINE), "in EndNote's tagged format (.enw): export it as RIS or EndNote XML"),
    (re.compile(r"\A\s*(?:FN |PT [JBSP]\b)"), "in Web of Science's own format: export it as RIS or BibTeX"),
    (re.compile(r"\A\s*<\d+>\s*$", re.MULTILINE), "in Ovid's own format: export it as RIS"),
)


TABLES = frozenset({".csv", ".tsv", ".tab"})
STRONG = (("ris", RIS), ("nbib", NBIB), ("bibtex", BIBTEX))
"""Kinds of text whose records begin in a way that nothing else does."""


def find_kind(head: str, path: PurePath) -> tuple[str, str]:
    """The kind of a file that begins so, or else nothing and what the file is instead."""
    if kind := _kind_of_text(head):
        return kind, ""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    suffix = name.suffix.lower()
    by_name = BY_NAME.get(suffix, "")
    if other := _other_kind(head, suffix):
        return "", f"the file is {other}"
    if by_name in {"", "apa"}:
        by_name = "apa" if by_name or YEAR_IN_BRACKETS.search(head) else ""
    return by_name, "" if by_name else f"the file is none of the kinds that can be read: {', '.join(KINDS)}"


def _other_kind(head: str, suffix: str) -> str:
    """What a file is that is none of `KINDS`, where that can be told."""
    start = head.lstrip("\ufeff \t\n")
    if not start:
        return "empty"
    if suffix in TABLES:
        return "a table: export the references as RIS or BibTeX"
    other = next((what for pattern, what in OTHERS if pattern.search(head)), "")
    return other or ("XML, but neither PubMed's nor EndNote's" if start.startswith("<") else "")


def _kind_of_text(head: str) -> str:
    start = head.lstrip("\ufeff \t\n")
    if start.startswith("<"):
        return "pubmed-xml" if PUBMED.search(head) else "endnote-xml" if ENDNOTE.search(head) else ""
    if JSON.match(start):
        return "crossref" if CROSSREF.search(head) else "jsonl" if JSON_LINES.match(start) else "csl-json"
    found = [(match.start(), kind) for kind, pattern in STRONG if (match := pattern.search(head))]
    return min(found)[1] if found else ""

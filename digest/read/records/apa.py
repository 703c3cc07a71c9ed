"""Pasted APA citations to References, as far as they can be understood: one a line or a paragraph.

Takes the lines of a file; gives a Record or Refused for each citation, one at a time; never raises on bad content.
A citation is authors, a year in parentheses, title and source (Publication Manual of the APA, 7th edition, chapters 9
and 10); one without year or title is refused rather than guessed at.
"""

import re
from collections.abc import Iterator
from typing import Any

from digest.model.reference import DateParts, Reference
from digest.model.source import Places
from digest.problem import Span
from digest.read.records.apa_people import PEOPLE, ROLE, parse_people
from digest.read.records.apa_source import parse_source
from digest.read.records.dates import make_date, parse_date
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import TextStream
from digest.read.records.text import clean, find_pmcid

LONGEST_CITATION = 10_000
WORDS_OF_A_SHORT_NAME = 2
DATE = re.compile(
    r"\(\s*(?P<date>(?:ca?\.\s?)?(?P<year>\d{4})(?P<letter>[a-z])?(?P<rest>(?:\s?[,/–-][^()]{1,40})?)"
    r"|(?P<none>n\.\s?d\.(?:-?[a-z])?)"
    r"|(?P<status>in press|forthcoming|submitted|in preparation|accepted)(?:-[a-z])?)\s*\)",
    re.IGNORECASE,
)
BULLET = re.compile(r"\A\s*(?:[-*•·▪]\s+|\[\d{1,4}\]\s*|\(?\d{1,4}[.)]\s+|>\s+)")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,2})(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")
LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)?)\)|<(https?://[^<>\s]+)>")
DOI_WRITTEN = re.compile(
    r"(?i)(?:https?://(?:dx\.)?doi\.org/|\bdoi:?\s*(?:https?://(?:dx\.)?doi\.org/)?)?(10\.\d{4,9}/[^\s\"]*[^\s\".,;])"
    r"|https?://doi\.org/(?P<short>10/[A-Za-z0-9]+)"
)
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")
RETRIEVED = re.compile(
    r"(?i)\b(?:retrieved|accessed)\b(?:\s+(?:on\s+)?(?P<date>[^,.]{3,20},?\s+\d{4}))?,?\s*(?:from:?|at)?\s*$"
)
STATUS = re.compile(r"(?i)\s*\b(advance online publication|online ahead of print|epub ahead of print|in press)\b\.?")
ORIGINAL = re.compile(r"(?i)\s*\(original(?:ly)?(?: work)? published(?: in)? (\d{4})\)\.?")
PMID = re.compile(r"(?i)\bPMID:?\s*(\d{1,9})\b[.;]?")
PMCID = re.compile(r"(?i)\b(?:PMCID:?\s*)?PMC\d+\b[.;]?")
HEADING = re.compile(r"(?i)\W*(?:references|bibliography|literature(?: cited)?|works cited|citations?|readings?)\W*")
GROUP_WORD_OF_NAMES = re.compile(
    r"\b(?:Agency|Association|Board|Cent(?:er|re)s?|Commission|Committee|Council|Department|Foundation|Government|"
    r"Group|Institut\w+|International|Ministry|Network|Office|Organi[sz]ation|Service|Society|Universit\w+)\b"
)
ENDS = re.compile(r"(?:[.?!…\"”)\]\d]|https?://\S+|\b10\.\d{4,9}/\S+)\s*$")
NO_YEAR = (
    "there is no year in parentheses, such as (2020), (n.d.) or (in press), which in APA stands behind the authors"
)
NO_TITLE = "there is no title behind the year"
NO_AUTHOR = "nothing stands before the year: no authors, no group, no title"


def iter_apa(stream: TextStream) -> Iterator[Outcome]:
    """The citations of a text."""
    for line, citation in _iter_citations(stream):
        found = _parse(citation, line, stream.path, stream.places)
        yield found if isinstance(found, Refused) else accept(found, line)


def parse_citation(citation: str, line: int = 1, *, path: str = "") -> Reference | Refused:
    """One citation as a Reference without a citation key, or why it is none."""
    return _parse(" ".join(citation.split()), line, path, Places(Span(path), {}, {}))


def _parse(citation: str, line: int, path: str, places: Places) -> Reference | Refused:
    if len(citation) > LONGEST_CITATION:
        return Refused(path, line, f"the paragraph is longer than {LONGEST_CITATION:,} characters")
    found = parse_apa(citation)
    return (
        Refused(path, line, found)
        if isinstance(found, str)
        else Reference(citation_key="", path=path, places=places, **found)
    )


def _iter_citations(stream: TextStream) -> Iterator[tuple[int, str]]:
    """Each citation on one line, and where it begins: paragraphs, cut where a line begins another citation."""
    first = length = 0
    parts: list[str] = []
    for number, line in stream.lines():
        is_blank = not line.strip() or bool(HEADING.fullmatch(line))
        if parts and (is_blank or _begins_citation(line, parts[-1], parts)):
            yield first, " ".join(parts)
            parts, length = [], 0
        if not is_blank:
            first = first if parts else number
            length += len(line)
            if length <= 2 * LONGEST_CITATION or len(parts) == 0:
                parts.append(line.strip()[: 2 * LONGEST_CITATION])
    if parts:
        yield first, " ".join(parts)


def _begins_citation(line: str, above: str, parts: list[str]) -> bool:
    """Whether a line within a paragraph begins another citation."""
    text = BULLET.sub("", line, count=1)
    bullet = len(text) < len(line) and bool(BULLET.match(line))
    date = DATE.search(text)
    if bullet and ENDS.search(above):
        return True
    if above.endswith((",", "&", " and", " In")):
        return False
    goes_on = not (any(DATE.search(part) for part in parts) and ENDS.search(above))
    if PEOPLE.match(text):
        return date is not None or not goes_on
    return date is not None and not goes_on


def parse_apa(citation: str) -> dict[str, Any] | str:
    """The fields of a citation, or why there are none."""
    text = BULLET.sub("", citation, count=1)
    text = clean(LINK.sub(lambda match: f" {match[2] or match[3]} ", text))
    text = EMPHASIS.sub(r"\2", text)
    date = DATE.search(text)
    if date is None:
        return NO_YEAR
    before, behind = text[: date.start()].strip(" ,"), text[date.end() :].lstrip(" .,:;")
    if not before.strip(" .&"):
        return NO_AUTHOR
    identifiers, behind = _take_identifiers(behind)
    online = bool(identifiers["URL"]) and not identifiers["DOI"]
    source = parse_source(behind, advance=bool(identifiers["status"]), online=online)
    source.pop("kind", None)
    if _is_title(before, source):
        container = source.get("container_title") or source.get("title", "")
        source |= {"title": before.removesuffix("."), "container_title": container}
    else:
        source |= _people(before)
    if not source.get("title"):
        return NO_TITLE
    status = identifiers["status"] or (date["status"] or "").lower()
    return {"type": "document", **identifiers, **source, "issued": _issued(date), "status": status}


def _is_title(before: str, source: dict[str, Any]) -> bool:
    """Whether the title stands before the year, as of a work without authors, and the source behind it."""
    if PEOPLE.match(before) or ROLE.search(before):
        return False
    if source.get("container_title") and not source.get("title"):
        return True
    alone = not (source.get("container_title") or source.get("publisher"))
    words = before.split()
    in_sentence_case = sum(word.islower() for word in words) * 2 > len(words)
    return alone and in_sentence_case and len(words) > WORDS_OF_A_SHORT_NAME and not GROUP_WORD_OF_NAMES.search(before)


def _people(before: str) -> dict[str, Any]:
    """Authors, or editors where the list says that they are."""
    names, others = parse_people(before)
    role = ROLE.search(before)
    if role and role["role"].lower().startswith(("ed", "hrsg")):
        return {"editor": names, "editor_others": others}
    return {"author": names, "author_others": others}


def _take_identifiers(text: str) -> tuple[dict[str, Any], str]:
    """DOI, address and what else says nothing about title and source, and the text without them."""
    found: dict[str, Any] = {"DOI": "", "URL": "", "PMID": "", "PMCID": "", "status": ""}
    if match := DOI_WRITTEN.search(text):
        doi = match[1] or match["short"]
        found["DOI"] = doi.rstrip(").") if doi.count("(") < doi.count(")") else doi
        text = f"{text[: match.start()]} {text[match.end() :]}"
    if match := PMID.search(text):
        found["PMID"], text = match[1], PMID.sub("", text)
    if match := PMCID.search(text):
        found["PMCID"], text = find_pmcid(match[0]), PMCID.sub("", text)
    if match := ADDRESS.search(text):
        found["URL"] = match[0]
        text = text[: match.start()]
        if (retrieved := RETRIEVED.search(text)) and retrieved[0].strip():
            found["accessed"] = parse_date(retrieved["date"] or "")
            text = text[: retrieved.start()]
    if match := ORIGINAL.search(text):
        found["original_date"], text = make_date(match[1]), ORIGINAL.sub("", text)
    if match := STATUS.search(text):
        found["status"], text = match[1], STATUS.sub("", text)
    return found, text.strip()


def _issued(date: re.Match[str]) -> DateParts | None:
    if not date["year"]:
        return None
    rest = (date["rest"] or "").lstrip(" ,")
    full = parse_date(f"{rest} {date['year']}") if rest[:1].isalpha() else None
    return full or make_date(date["year"])

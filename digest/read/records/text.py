"""Values as databases write them, to plain text: markup, doubled entities, invisible characters, page ranges cut short.

Takes strings; gives strings. Never raises.
"""

import re
from collections.abc import Iterable
from html import unescape

from digest.model.identifier import DOI, bare_doi
from digest.read.jats import plain_abstract, plain_text

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
FINAL_STOP = re.compile(r"(?<![.\s])\.\Z")
ABBREVIATED = re.compile(
    r"(?i)\b(?:[^\W\d_]\.[^\W\d_]|etc|vs|Jr|Sr|Inc|Ltd|Co|Corp|al|eds?|vols?|No|St|Drs?|Mrs?|approx)\.\Z"
)
"""A full stop that is part of the last word: `U.S.`, `et al.`"""
FIRST_AND_LAST = re.compile(r"([A-Za-z]*)(\d+)\s*[-–—]+\s*([A-Za-z]*)(\d+)")
ONE_PAGE = re.compile(r"[\w.:]+")
DASHES = re.compile(r"\s*(?:--+|[-\u2010-\u2015\u2212])\s*")
ASIDE = re.compile(r"\s*[;,]?\s*(?:discussion|quiz|author reply|authors? reply|reply|passim|concl)\b.*", re.IGNORECASE)
PAGE_WORD = re.compile(r"^(?:pp?|pages?|S\.)\.?\s*(?=\d)", re.IGNORECASE)
NO_PAGES = re.compile(r"(?i)no(?:[-–\s]*(?:pagination)?[-–\s]*specified)?|n\.?\s*pag\.?|n/a|null|none|na|[-–?.\s]+")
DATABASE_ADDRESS = re.compile(
    r"(?i)^https?://(?:(?:www\.)?scopus\.com/(?:inward|record)|(?:www\.)?embase\.com/|search\.proquest\.com/|"
    r"(?:www\.)?proquest\.com/docview|ovidsp\.|[^/]*ebscohost\.com|[^/]*\bproxy\b)"
)
NUMBER_OF_ANY_KIND = re.compile(r"(?=.*\d)[\dXx -]{4,20}")
SPACE = re.compile(r"\s")
PMCID = re.compile(r"(?i)PMC\d+")
DIGITS = re.compile(r"\d+")
ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
ISBN = re.compile(r"(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx]")
WITHIN = r"(?<![\d-]){}(?![\d-])"
ISSN_WITHIN, ISBN_WITHIN = (re.compile(WITHIN.format(f"(?:{number.pattern})")) for number in (ISSN, ISBN))


def clean(value: str) -> str:
    """One line of text, without markup, entities or invisible characters."""
    if "<" in value or "&" in value:
        value = plain_text(value)
    if value.isprintable():
        return " ".join(value.split()) if "  " in value else value.strip()
    return " ".join(INVISIBLE.sub("", value).split())


def clean_abstract(value: str) -> str:
    """An abstract in one paragraph; its section headings stay: `METHODS: ...`."""
    return clean(plain_abstract(value) if "<" in value else value)


def without_final_stop(title: str) -> str:
    """A title without the full stop that databases put behind it."""
    return title[:-1] if FINAL_STOP.search(title) and not ABBREVIATED.search(title[-8:]) else title


def full_pages(pages: str) -> str:
    """Pages with an en dash and the last one in full: `123-8` gives `123–128`; `S12-5` gives `S12–S15`."""
    pages = PAGE_WORD.sub("", ASIDE.sub("", clean(pages))).strip(" ,;.")
    if NO_PAGES.fullmatch(pages) or "://" in pages:
        return ""
    return _full_range(pages)


def _full_range(part: str) -> str:
    match = FIRST_AND_LAST.fullmatch(part)
    if match is None:
        ends = DASHES.split(part)
        is_range = len(ends) == len(("first", "last")) and all(map(ONE_PAGE.fullmatch, ends))
        return "–".join(ends) if is_range else part
    before, first, before_last, last = match.groups()
    if before_last and before_last != before:
        return f"{before}{first}–{before_last}{last}"
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{before}{first}" if last == first else f"{before}{first}–{before}{last}"


def join_pages(first: str, last: str) -> str:
    """First and last page, as two fields have them."""
    first, last = clean(first), clean(last)
    if NO_PAGES.fullmatch(first):  # PsycINFO: `SP - No`, `EP - Pagination Specified`
        return ""
    return f"{first}–{last}" if last and last != first else first


def find_doi(text: str) -> str:
    """The DOI in a text, bare; what only looks a little like one, as it is."""
    bare = bare_doi(unescape(text)).strip(" \t.,;")
    if bare.startswith(("10.", "10/")) and not SPACE.search(bare):
        return bare  # old ones hold `<` and `>`
    found = DOI.search(clean(text))
    return found[0] if found else ""


def is_of_database(address: str) -> bool:
    """Whether it is a database's page about a work, which only its subscribers see."""
    return bool(DATABASE_ADDRESS.search(address))


def find_pmcid(text: str) -> str:
    """`PMC1234567`, or nothing."""
    found = PMCID.search(text)
    return found[0].upper() if found else ""


def find_issn(text: str) -> str:
    """The first ISSN in a text, as it is written."""
    found = ISSN_WITHIN.search(text)
    return found[0] if found else ""


def find_isbn(text: str) -> str:
    """The first ISBN in a text, as it is written."""
    found = ISBN_WITHIN.search(text)
    return found[0] if found else ""


def isbn_and_issn(texts: Iterable[str], *, serial: bool) -> tuple[str, str]:
    """Book number and serial number of fields that hold either; what is neither is the one that the type suggests."""
    isbn = issn = ""
    for text in texts:
        written = clean(text)
        number = find_isbn(written)
        isbn = isbn or number
        issn = issn or ("" if number else find_issn(written))
        if not (isbn or issn) and NUMBER_OF_ANY_KIND.fullmatch(written):
            isbn, issn = ("", written) if serial else (written, "")
    return isbn, issn

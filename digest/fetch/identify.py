"""What an editor pastes, to a DOI or a PMID: the number itself, with or without a word before it, or an address with
one in it. No network: publishers' pages are not read.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from digest.errors import IdentifierUnclear
from digest.model.identifier import DOI, bare_doi

PMID = re.compile(r"(?:pmid\s*:?\s*)?([1-9]\d{0,8})", re.IGNORECASE)
PUBMED_HOSTS = frozenset({"pubmed.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov", "m.pubmed.gov"})
PUBMED_PATH = re.compile(r"/(?:pubmed/|m/pubmed/)?([1-9]\d{0,8})(?:/|$)")
BEHIND_DOI = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|html|meta|summary|references|full\.html|fulltext|download|v\d+)"
    r"|\.(?:pdf|full|abstract|short|html?)|/full/html)+$",
    re.IGNORECASE,
)
"""What publishers put behind the DOI in an address."""
FIX = "give a DOI such as 10.1000/garden.2023.17, a PMID, or an address that holds one of the two"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One of the two; the other is empty."""

    doi: str = ""
    pmid: str = ""


def parse_identifier(text: str) -> Identifier:
    """The DOI or PMID in a text. Raises IdentifierUnclear where it holds none."""
    text = text.strip()
    if match := PMID.fullmatch(text):
        return Identifier(pmid=match[1])
    bare = bare_doi(text)
    if DOI.fullmatch(bare):
        return Identifier(doi=bare)
    if re.match(r"(?i)https?://", text):
        return _parse_address(text)
    found = DOI.search(text)
    if found:
        return Identifier(doi=found[0])
    shown = text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line of a terminal
    raise IdentifierUnclear(f"'{shown}' is neither a DOI nor a PMID", FIX)


def _parse_address(text: str) -> Identifier:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        raise IdentifierUnclear(f"'{text[:80]}' is not an address", FIX) from None
    if host in PUBMED_HOSTS and (match := PUBMED_PATH.match(parts.path)):
        return Identifier(pmid=match[1])
    for place in (parts.path, parts.query.replace("&", " "), parts.fragment):
        if found := DOI.search(unquote(place)):
            doi = found[0] if host.endswith("doi.org") else BEHIND_DOI.sub("", found[0])
            return Identifier(doi=doi.rstrip("/."))
    raise IdentifierUnclear(
        f"the address at '{host}' holds neither a DOI nor a PMID",
        "open it, and give the DOI that the page shows; or `digest new --from FILE` with the citation that it offers",
    )

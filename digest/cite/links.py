"""Where a work can be found: its DOI or its address, as APA 7 prints it and as a browser wants it (9.34 to 9.36)."""

import re
from urllib.parse import quote

from digest.cite.dates import format_day
from digest.cite.runs import Run
from digest.cite.tidy import tidy
from digest.model.identifier import bare_doi
from digest.model.reference import Reference

RESOLVER = "https://doi.org/"
DOI_SAFE = "/:;()._-~!$&'*+,=@"
"""What may stand in the path of an address as it is; all else in a DOI is percent-encoded (DOI Handbook, 3.8)."""
URL_SAFE = DOI_SAFE + "?#%[]"
ESCAPED = re.compile(r"(%[0-9A-Fa-f]{2})")
"""A DOI copied out of an address may be percent-encoded already."""
SIMPLE = re.compile(r"[A-Za-z0-9/:;()._~!$*+,=@-]*")
WEB_ADDRESS = re.compile(r"(?i)https?://[^\s/]")


def doi_address(doi: str) -> str:
    """The address that resolves a DOI, percent-encoded; empty for no DOI."""
    doi = bare_doi(doi)
    if not doi:
        return ""
    if SIMPLE.fullmatch(doi):
        return RESOLVER + doi
    pieces = [
        part if ESCAPED.fullmatch(part) else quote(part, DOI_SAFE, errors="replace") for part in ESCAPED.split(doi)
    ]
    return RESOLVER + "".join(pieces)


def find_address(reference: Reference) -> str:
    """The one address of a work, percent-encoded: its DOI's, its own if it is of the web, its handle's; or nothing."""
    if tidy(reference.DOI):
        return doi_address(reference.DOI)
    url = tidy(reference.URL)
    if WEB_ADDRESS.match(url):
        return quote(url, safe=URL_SAFE, errors="replace")
    handle = tidy(reference.handle)
    return f"https://hdl.handle.net/{quote(handle, safe=DOI_SAFE, errors='replace')}" if handle and not url else ""


def link_runs(reference: Reference) -> list[Run]:
    """DOI, else address, else handle; with the day it was read where the work has no date."""
    href = find_address(reference)
    doi = bare_doi(tidy(reference.DOI))
    if doi:
        return [Run(f"{RESOLVER}{doi}", href=href)]
    shown = tidy(reference.URL) or href
    if not shown:
        return []
    run = Run(shown, href=href)
    if reference.accessed and reference.accessed.year and not reference.issued and not reference.status:
        return [Run(f"Retrieved {format_day(reference.accessed)}, from "), run]
    return [run]

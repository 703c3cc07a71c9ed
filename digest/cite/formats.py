"""The formats in which a reader takes references away, and what each is called."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from digest.cite.bibtex import format_bibtex
from digest.cite.csl_json import reference_to_csl
from digest.cite.ris import format_ris
from digest.model.reference import Reference


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """One format of a file of references."""

    label: str
    media_type: str
    """https://www.iana.org/assignments/media-types, or what Zotero and others register."""
    write: Callable[[Sequence[Reference]], str]


def _bibtex(references: Sequence[Reference]) -> str:
    return "\n".join(format_bibtex(reference).strip() + "\n" for reference in references)


def _ris(references: Sequence[Reference]) -> str:
    return "".join(format_ris(reference) for reference in references)


def _csl_json(references: Sequence[Reference]) -> str:
    return json.dumps([reference_to_csl(reference) for reference in references], ensure_ascii=False, indent=1) + "\n"


CITATION_FORMATS: Mapping[str, CitationFormat] = {
    "bib": CitationFormat("BibTeX", "application/x-bibtex", _bibtex),
    "ris": CitationFormat("RIS", "application/x-research-info-systems", _ris),
    "json": CitationFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", _csl_json),
}
"""By the ending of the file."""

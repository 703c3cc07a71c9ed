"""The formats in which a reader takes references away, and what each is called."""

import json
from collections.abc import Callable, Iterable, Mapping
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
    write_one: Callable[[Reference], str]
    """One reference, as it stands in a file of many."""
    join: Callable[[Iterable[str]], str]
    """A file of references that are written already."""

    def write(self, references: Iterable[Reference]) -> str:
        """A file of references."""
        return self.join(map(self.write_one, references))


def _bibtex(reference: Reference) -> str:
    return format_bibtex(reference).strip() + "\n"


def _csl_json(reference: Reference) -> str:
    return json.dumps(reference_to_csl(reference), ensure_ascii=False, indent=1)


CITATION_FORMATS: Mapping[str, CitationFormat] = {
    "bib": CitationFormat("BibTeX", "application/x-bibtex", _bibtex, "\n".join),
    "ris": CitationFormat("RIS", "application/x-research-info-systems", format_ris, "".join),
    "json": CitationFormat(
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        _csl_json,
        lambda items: "[\n" + ",\n".join(items) + "\n]\n",
    ),
}
"""By the ending of the file."""

"""References to citations: APA 7, CSL-JSON, BibTeX, RIS and COinS.

Takes References; gives text. Never reads a file, never escapes by halves: what is HTML here is safe HTML.
"""

from digest.cite.apa import format_apa
from digest.cite.bibtex import format_bibtex
from digest.cite.coins import format_coins
from digest.cite.csl_json import reference_to_csl
from digest.cite.formats import CITATION_FORMATS, CitationFormat
from digest.cite.in_text import format_in_text
from digest.cite.reference_list import assign_year_suffixes, format_reference_list, sort_references
from digest.cite.ris import format_ris
from digest.cite.runs import Citation, Run
from digest.cite.summary import summary_reference

__all__ = [
    "CITATION_FORMATS",
    "Citation",
    "CitationFormat",
    "Run",
    "assign_year_suffixes",
    "format_apa",
    "format_bibtex",
    "format_coins",
    "format_in_text",
    "format_reference_list",
    "format_ris",
    "reference_to_csl",
    "sort_references",
    "summary_reference",
]

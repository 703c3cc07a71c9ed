"""Files to model and problems. The only room that opens content.

The only imports of yaml, frontmatter, bibtexparser, pylatexenc and pydantic are here. Nothing in here raises on bad
content: everything becomes part of the `Library` or a `Problem` with its place.
"""

from digest.read.configuration import read_time_zone
from digest.read.files import CONTENT_FOLDERS, list_files
from digest.read.keys import make_key
from digest.read.library import IMAGES, read_library, read_some_entries
from digest.read.program import program_fingerprint
from digest.read.records import Record, Refused, detect_kind, iter_records, parse_citation
from digest.read.same import Matcher
from digest.read.sealed import NOT_THIS_FORM, SealedFolder, no_collecting

__all__ = [
    "CONTENT_FOLDERS",
    "IMAGES",
    "NOT_THIS_FORM",
    "Matcher",
    "Record",
    "Refused",
    "SealedFolder",
    "detect_kind",
    "iter_records",
    "list_files",
    "make_key",
    "no_collecting",
    "parse_citation",
    "program_fingerprint",
    "read_library",
    "read_some_entries",
    "read_time_zone",
]

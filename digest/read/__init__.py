"""Files to model and problems. The only room that opens content.

The only imports of yaml, frontmatter, bibtexparser, pylatexenc and pydantic are here. Nothing in here raises on bad
content: everything becomes part of the `Library` or a `Problem` with its place.

Parsers of other programs' files (`records`), matching (`same`) and key making (`keys`) are imported from their modules:
a build needs none of them.
"""

from digest.read.configuration import read_time_zone
from digest.read.files import CONTENT_FOLDERS, FileMemory, Files, list_files
from digest.read.library import IMAGES, Reader, read_frame, read_library, read_some_entries
from digest.read.program import program_fingerprint
from digest.read.sealed import NOT_THIS_FORM, SealedFolder, no_collecting

__all__ = [
    "CONTENT_FOLDERS",
    "IMAGES",
    "NOT_THIS_FORM",
    "FileMemory",
    "Files",
    "Reader",
    "SealedFolder",
    "list_files",
    "no_collecting",
    "program_fingerprint",
    "read_frame",
    "read_library",
    "read_some_entries",
    "read_time_zone",
]

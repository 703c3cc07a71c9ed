"""Files to model and problems. The only room that opens content.

The only imports of yaml, frontmatter, bibtexparser, pylatexenc and pydantic are here. Nothing in here raises on bad
content: everything becomes part of the `Library` or a `Problem` with its place.
"""

from digest.read.configuration import read_time_zone
from digest.read.files import CONTENT_FOLDERS
from digest.read.library import read_library

__all__ = ["CONTENT_FOLDERS", "read_library", "read_time_zone"]

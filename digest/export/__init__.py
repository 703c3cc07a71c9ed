"""A library to files for other programs, as bytes: one format a file.

Takes links between things; gives addresses and bytes; writes nothing.
"""

from digest.export.citations import iter_citation_files
from digest.export.every_file import iter_exported_files
from digest.export.file import ExportedFile

__all__ = ["ExportedFile", "iter_citation_files", "iter_exported_files"]

"""A library to files for other programs, as bytes: one format a file.

Takes links between things; gives addresses and bytes; writes nothing.
"""

from digest.export.cards import iter_card_files
from digest.export.citations import iter_citation_files
from digest.export.every_file import iter_exported_files
from digest.export.file import ExportedFile
from digest.export.pdf import iter_pdf_files

__all__ = ["ExportedFile", "iter_card_files", "iter_citation_files", "iter_exported_files", "iter_pdf_files"]

"""A library to data for programs and spreadsheets: JSON with schemas, and CSV. `pages/catalogue.py` has the fields."""

from digest.export.catalogue.files import iter_catalogue_files

__all__ = ["iter_catalogue_files"]

"""A library to pages as plain text: bodies put together as HTML, and what each page says of itself.

No engine and no disk. The only room that imports Jinja2; its templates escape everything that is not already
sanitised HTML of `markup/` or `cite/`.
"""

from digest.pages.page import Asset, Page, Redirect
from digest.pages.search import SearchDocument, iter_search_documents
from digest.pages.site import Site, plan_site

__all__ = ["Asset", "Page", "Redirect", "SearchDocument", "Site", "iter_search_documents", "plan_site"]

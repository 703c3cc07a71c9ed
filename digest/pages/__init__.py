"""A library to pages as plain text: bodies put together as HTML, and what each page says of itself.

No engine and no disk. The only room that imports Jinja2; its templates escape everything that is not already
sanitised HTML of `markup/` or `cite/`.
"""

from digest.pages.bodies import Bodies
from digest.pages.offers import Offers
from digest.pages.page import Asset, Page, PlannedPage, Redirect
from digest.pages.search import SearchBundle, SearchDocument, facet_codes, iter_search_bundles, search_years
from digest.pages.site import Site, plan_site

__all__ = [
    "Asset",
    "Bodies",
    "Offers",
    "Page",
    "PlannedPage",
    "Redirect",
    "SearchBundle",
    "SearchDocument",
    "Site",
    "facet_codes",
    "iter_search_bundles",
    "plan_site",
    "search_years",
]

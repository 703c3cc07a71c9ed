"""Pages to a website: staged tree, engine, finishing, and one step that replaces the old site.

The only room that imports mkdocs (in `plugin.py`) and the only one that starts engines.
"""

from digest.publish.build import Built, Request, Watcher, build_site, forget_caches, open_view, theme_of
from digest.publish.engine import ENGINES
from digest.publish.preview import Preview
from digest.publish.view import View
from digest.publish.watch import Watch

__all__ = [
    "ENGINES",
    "Built",
    "Preview",
    "Request",
    "View",
    "Watch",
    "Watcher",
    "build_site",
    "forget_caches",
    "open_view",
    "theme_of",
]

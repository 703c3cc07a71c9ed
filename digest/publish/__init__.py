"""Pages to a website: staged tree, engine, finishing, and one step that replaces the old site.

The only room that imports mkdocs (in `plugin.py`) and the only one that starts engines. What a preview needs
(`preview`, `watch`) is imported from its modules: a build needs none of it.
"""

from digest.publish.build import Built, Watcher, build_site, open_view
from digest.publish.engine import ENGINES
from digest.publish.renew import Tally
from digest.publish.request import Request
from digest.publish.unchanged import LastBuild, find_unchanged, key_of, note_build
from digest.publish.view import View

__all__ = [
    "ENGINES",
    "Built",
    "LastBuild",
    "Request",
    "Tally",
    "View",
    "Watcher",
    "build_site",
    "find_unchanged",
    "key_of",
    "note_build",
    "open_view",
]

"""Pages to a website: staged tree, engine, finishing, and one step that replaces the old site.

The only room that imports mkdocs (in `plugin.py`) and the only one that starts engines.
"""

from digest.publish.build import Built, Request, Watcher, build_site, forget_caches
from digest.publish.engine import ENGINES
from digest.publish.preview import Preview
from digest.publish.watch import changed_paths, look

__all__ = ["ENGINES", "Built", "Preview", "Request", "Watcher", "build_site", "changed_paths", "forget_caches", "look"]

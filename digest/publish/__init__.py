"""Pages to a website: staged tree, engine, finishing, and one step that replaces the old site.

The only room that imports mkdocs (in `plugin.py`) and the only one that starts engines.
"""

from digest.publish.build import Built, Request, build_site
from digest.publish.engine import ENGINES

__all__ = ["ENGINES", "Built", "Request", "build_site"]

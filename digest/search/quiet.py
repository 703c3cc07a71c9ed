"""Whoosh, imported without the warnings that newer Pythons give about its old comparisons and escapes."""

import importlib
import warnings

LATER = (
    "whoosh.automata.lev",
    "whoosh.classify",
    "whoosh.codec.whoosh3",
    "whoosh.collectors",
    "whoosh.searching",
    "whoosh.spelling",
    "whoosh.writing",
)
"""Modules that Whoosh itself imports only when it works, and then with a warning."""

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for _name in LATER:
        importlib.import_module(_name)
    from whoosh import analysis, fields, index, qparser, query
    from whoosh.filedb.filestore import FileStorage
    from whoosh.support.charset import accent_map

__all__ = ["FileStorage", "accent_map", "analysis", "fields", "index", "qparser", "query"]

"""A site to its feeds: Atom, RSS and JSON Feed of everything, of each list, and one list of them all (OPML).

What a format needs to know is a `Feed` of `Item`s; each format is a file.
"""

from digest.export.feeds.files import iter_feed_files

__all__ = ["iter_feed_files"]

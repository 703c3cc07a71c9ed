"""Who points at whom: entry, topic, type of research, training module, study.

Takes a library; gives lookups; reads and writes nothing.
"""

from digest.link.graph import Links, PlacedReading
from digest.link.standing import Standing, with_note

__all__ = ["Links", "PlacedReading", "Standing", "with_note"]

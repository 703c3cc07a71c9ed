"""The same notice, told by several, as one."""

from collections.abc import Iterable
from dataclasses import replace

from digest.model.identifier import bare_doi
from digest.model.status import NOTICE_SOURCES, Notice, NoticeKind

ORDER = {kind: place for place, kind in enumerate(NoticeKind)}
SOURCES = {source: place for place, source in enumerate(NOTICE_SOURCES)}


def merge_notices(notices: Iterable[Notice]) -> list[Notice]:
    """Gravest first, then by date. Two of a kind are one where they have a DOI or a PMID in common, or one of them has
    neither: it says no more than that there is such a notice.
    """
    merged: list[Notice] = []
    for notice in sorted(dict.fromkeys(notices), key=_place):
        for place, other in enumerate(merged):
            if _are_one(notice, other):
                merged[place] = _joined(other, notice)
                break
        else:
            merged.append(notice)
    return sorted(merged, key=_place)


def _place(notice: Notice) -> tuple[int, bool, str, str, str, tuple[str, ...]]:
    anonymous = not notice.doi and not notice.pmid
    return ORDER[notice.kind], anonymous, notice.date, notice.doi, notice.pmid, notice.sources


def _are_one(one: Notice, other: Notice) -> bool:
    if one.kind is not other.kind:
        return False
    if not (one.doi or one.pmid) or not (other.doi or other.pmid):
        return True
    if one.doi and other.doi:
        return bare_doi(one.doi).casefold() == bare_doi(other.doi).casefold()
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return one.kind.retracts or (one.date[:7] == other.date[:7] and len(one.date) > len("2020"))


def _joined(one: Notice, other: Notice) -> Notice:
    """What the first says, completed by the second."""
    sources = sorted({*one.sources, *other.sources}, key=lambda source: (SOURCES.get(source, len(SOURCES)), source))
    date = other.date if other.date.startswith(one.date) else one.date
    return replace(one, date=date, doi=one.doi or other.doi, pmid=one.pmid or other.pmid, sources=tuple(sources))

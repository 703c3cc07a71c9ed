"""What takes longest to learn, kept in the digest's cache until its entries, its vocabulary or this program change.

That is whom to trust, and from which score on: numbers, never code. The methods themselves learn each time. Whatever
does not fit (damaged, cut off, of other entries, of another form) is as good as none.
"""

import hashlib
import importlib.metadata
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.read.program import program_fingerprint
from digest.read.sealed import NOT_THIS_FORM, SealedFolder
from digest.suggest.combination import Trust
from digest.suggest.corpus import Corpus
from digest.suggest.manifest import fingerprint
from digest.suggest.threshold import Thresholds
from digest.suggest.work import Term, Work

FOLDER = ".digest/cache/suggest"
"""Below the digest's folder."""
MOST = 12
"""Files: each entry that is looked at is left out of what is learnt, and so has one of its own."""
OF_ML = ("numpy", "scikit-learn", "scipy")


@dataclass(frozen=True)
class Learnt:
    """What is kept."""

    trust: Trust
    thresholds: Thresholds


class Memory:
    """Of one digest."""

    def __init__(self, root: Path) -> None:
        self._folder = SealedFolder(root, FOLDER)

    def recall(self, key: bytes, parts: int) -> Learnt | None:
        """What was kept under this key, of a combination of so many methods."""
        data = self._folder.read(_name(key), key)
        try:
            learnt = None if data is None else _from_plain(data)
        except NOT_THIS_FORM:
            return None
        return learnt if learnt is not None and learnt.trust.fits(parts) else None

    def keep(self, key: bytes, learnt: Learnt) -> None:
        """For the next time."""
        name, folder = _name(key), self._folder.path
        if folder is not None and folder.is_dir() and len(list(folder.iterdir())) >= MOST:
            self._folder.forget_others({name})
        trust, thresholds = learnt.trust, learnt.thresholds
        data = {"common": trust.common, "own": trust.own, "threshold": thresholds.common, "thresholds": thresholds.own}
        self._folder.write(name, key, data)


def key_of(works: Sequence[Work], terms: Sequence[Term], parts: Sequence[str], *, ml: bool) -> bytes | None:
    """Of everything that the result depends on; nothing where that cannot be told."""
    try:
        versions = [importlib.metadata.version(package) for package in OF_ML] if ml else []
        return json.dumps([program_fingerprint(), versions, list(parts), fingerprint(Corpus(works, terms))]).encode()
    except (OSError, ImportError):
        return None


def _name(key: bytes) -> str:
    return f"{hashlib.sha256(key).hexdigest()[:32]}.json"


def _from_plain(data: Mapping[str, object]) -> Learnt:
    """Raises what is in NOT_THIS_FORM."""
    own, thresholds = data["own"], data["thresholds"]
    if not isinstance(own, dict) or not isinstance(thresholds, dict):
        raise TypeError
    trust = Trust(_numbers(data["common"]), {str(term): _numbers(each) for term, each in own.items()})
    names = [str(term) for term in thresholds]
    common, *others = _numbers([data["threshold"], *thresholds.values()])
    return Learnt(trust, Thresholds(common, dict(zip(names, others, strict=True))))


def _numbers(data: object) -> list[float]:
    if not isinstance(data, list) or not all(isinstance(each, (int, float)) and math.isfinite(each) for each in data):
        raise TypeError
    return [float(each) for each in data]

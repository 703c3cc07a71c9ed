"""A whole literature: records as a stream, tagged in as many processes as the machine has cores.

Chunks of plain tuples go to the workers, lines of output come back in order; never more than a few chunks are under
way, so memory does not grow with the number of records. Neighbours sit out: they would cost the most time.
"""

import json
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from digest.model.reference import Reference
from digest.suggest.combination import Combination
from digest.suggest.corpus import Corpus, work_of_reference
from digest.suggest.lexicon import Lexicon
from digest.suggest.method import Method, Model, sample_of
from digest.suggest.methods import FEWEST_FOR_LEARNING, has_ml, make_linear
from digest.suggest.suggester import MOST_SUGGESTIONS
from digest.suggest.threshold import find_thresholds
from digest.suggest.types import ResearchTypes
from digest.suggest.work import Work

CHUNK = 256
UNDER_WAY = 4
"""Chunks a worker."""
LEAST = 0.05
"""Scores below are not written."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record, small enough to be sent to another process."""

    id: str | int
    """A number only where a line of JSON has one."""
    title: str
    text: str
    publication_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """One record and what it is probably about."""

    id: str | int
    title: str
    topics: tuple[str, ...]
    research_types: tuple[str, ...]
    scores: dict[str, float]

    def as_json(self) -> str:
        """One line."""
        return json.dumps(
            {
                "id": self.id,
                "title": self.title,
                "topics": list(self.topics),
                "research_types": list(self.research_types),
                "scores": self.scores,
            },
            ensure_ascii=False,
        )


def item_of_reference(reference: Reference, number: int) -> Item:
    """Of a record that was read; its id is its DOI, PMID or key, else its number in the file."""
    work = work_of_reference(reference)
    identifier = reference.DOI or reference.PMID or reference.citation_key or str(number)
    return Item(identifier, work.title, work.abstract, tuple(reference.publication_types))


def item_of_line(line: str, number: int) -> Item | None:
    """Of a line of JSON with a title; nothing for any other."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    if not isinstance(record, dict):
        return None
    title = _first(record.get("title"))
    if not title:
        return None
    identifier = next(
        (record[key] for key in ("id", "DOI", "doi", "PMID", "pmid") if record.get(key) is not None), number
    )
    return Item(identifier if isinstance(identifier, int) else str(identifier), title, _first(record.get("abstract")))


def _first(value: Any) -> str:
    """A text, or the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


class Tagger:
    """What a worker knows."""

    def __init__(self, corpus: Corpus, types: ResearchTypes, *, ml: bool = True) -> None:
        works = [work for work in corpus.works if work.topics]
        parts: list[Method] = [Lexicon(), make_linear(corpus.terms)] if ml and has_ml() else [Lexicon()]
        method: Method = Combination(parts) if len(works) >= FEWEST_FOR_LEARNING else Lexicon(trains=False)
        self._model: Model = method.learn(works, corpus.terms)
        self._lexicon = Lexicon(trains=False).learn(works, corpus.terms)
        self._types = types
        sample = sample_of(works)
        self._thresholds = find_thresholds(self._model.held_out(sample), [works[index].topics for index in sample])

    def tag(self, items: Sequence[Item]) -> list[Tagged]:
        """Tag some records."""
        works = [Work(str(item.id), item.title, item.text) for item in items]
        found = []
        for item, work, scores in zip(items, works, self._model.score(works), strict=True):
            kept = {topic: round(score, 4) for topic, score in scores.items() if score >= LEAST}
            ordered = dict(sorted(kept.items(), key=lambda pair: (-pair[1], pair[0])))
            chosen = self._thresholds.suggest_spoken_for(scores, partial(self._lexicon.matches, work))
            topics = tuple(chosen[:MOST_SUGGESTIONS])
            types = tuple(kind.topic for kind in self._types.suggest(work, item.publication_types))
            found.append(Tagged(item.id, item.title, topics, types, ordered))
        return found


_tagger: Tagger | None = None
"""Of this process, when it is a worker."""


def _become_worker(tagger: Tagger) -> None:
    global _tagger  # noqa: PLW0603 - a pool has no other way of giving its workers something
    _tagger = tagger
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"


def _work(items: Sequence[Item]) -> list[Tagged]:
    if _tagger is None:
        raise RuntimeError("a worker was started without its tagger")
    return _tagger.tag(items)


def tag_all(items: Iterable[Item], tagger: Tagger, workers: int) -> Iterator[Tagged]:
    """Every record in its order."""
    chunks = _chunks(iter(items))
    if workers <= 1:
        for chunk in chunks:
            yield from tagger.tag(chunk)
        return
    room = threading.Semaphore(workers * UNDER_WAY)

    def admitted() -> Iterator[list[Item]]:
        for chunk in chunks:
            room.acquire()
            yield chunk

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    with multiprocessing.get_context(method).Pool(workers, _become_worker, (tagger,)) as pool:
        for tagged in pool.imap(_work, admitted()):
            room.release()
            yield from tagged


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk

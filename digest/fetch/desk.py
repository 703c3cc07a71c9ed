"""Many questions to several services at once, each service by its own few threads, until it fails too often.

Takes questions; gives the answers and, in words, what failed. Raises nothing but what interrupts the program.
"""

import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from digest.errors import NetworkFault, NotFetchedYet

MOST_FAULTS = 3
"""In a row; then a service is left alone."""
OnProgress = Callable[[int, int], None]
"""How many questions are answered or given up, and how many there are."""


@dataclass(frozen=True)
class Question:
    """One question, about one or several things."""

    about: tuple[Hashable, ...]
    ask: Callable[[], Mapping[Any, Any]]
    """Gives an answer for each thing. Raises NetworkFault."""


@dataclass
class Desk:
    """One service: its questions, and what came of them."""

    name: str
    workers: int
    questions: list[Question] = field(default_factory=list)
    answers: dict[Any, Any] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    """Message to the number of things that were asked in vain."""
    first_fault: NetworkFault | None = None
    unasked: int = 0
    """Things that nobody was asked about, because the service had failed too often."""
    _in_a_row: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, question: Question) -> None:
        """Ask, and note what comes of it."""
        with self._lock:
            if self._in_a_row >= MOST_FAULTS:
                self.unasked += len(question.about)
                return
        try:
            answers = question.ask()
        except NetworkFault as fault:
            with self._lock:
                self._in_a_row += 0 if isinstance(fault, NotFetchedYet) else 1
                self.first_fault = self.first_fault or fault
                self.faults[fault.message] += len(question.about)
        else:
            with self._lock:
                self._in_a_row = 0
                self.answers |= answers

    def close(self) -> None:
        """Ask nothing more."""
        with self._lock:
            self._in_a_row = MOST_FAULTS


def ask_all(desks: Iterable[Desk], on_progress: OnProgress | None = None) -> None:
    """Ask every question of every desk; return when all are answered or given up."""
    desks = [desk for desk in desks if desk.questions]
    total = sum(len(question.about) for desk in desks for question in desk.questions)
    finished: SimpleQueue[int | BaseException] = SimpleQueue()
    for desk in desks:
        todo: SimpleQueue[Question] = SimpleQueue()
        for question in desk.questions:
            todo.put(question)
        for _ in range(min(desk.workers, len(desk.questions))):
            # not a pool: at Ctrl+C that would wait for every question under way
            threading.Thread(target=_work, args=(desk, todo, finished), daemon=True).start()
    done = 0
    try:
        for _ in range(sum(len(desk.questions) for desk in desks)):
            result = finished.get()
            if isinstance(result, BaseException):
                raise result  # noqa: TRY301 - the fault of one of many questions
            done += result
            if on_progress:
                on_progress(done, total)
    except BaseException:
        for desk in desks:
            desk.close()
        raise


def _work(desk: Desk, todo: "SimpleQueue[Question]", finished: "SimpleQueue[int | BaseException]") -> None:
    while True:
        try:
            question = todo.get_nowait()
        except Empty:
            return
        try:
            desk.run(question)
        except BaseException as error:  # noqa: BLE001 - the asking thread raises it
            finished.put(error)
        else:
            finished.put(len(question.about))

"""What several files are made of: made for the first that asks, and let go when the last has had it.

A build of ten thousand entries asks for each file once, and need not hold the makings of all to its end.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """A value for so many uses; asked again after the last, it is made again."""

    def __init__(self, make: Callable[[], T], uses: int) -> None:
        self._make = make
        self._uses = uses
        self._kept: list[T] = []
        self._left = uses

    def take(self) -> T:
        """The value."""
        value = self._kept[0] if self._kept else self._make()
        self._left -= 1
        self._kept = [value] if self._left > 0 else []
        if self._left <= 0:
            self._left = self._uses
        return value

"""A window onto a stream: what is read of it and not yet given away, and the line that it begins in."""

import re

from digest.read.records.stream import LONGEST, TextStream

LONGEST_MARK = 64
"""What a pattern looks for, where the end of the window cuts it in two, begins at most so far before that."""


class TooLongError(Exception):
    """A record goes on for longer than any does."""


class Buffer:
    """The window: `text`, of which everything before the offset `at` is given away."""

    def __init__(self, stream: TextStream) -> None:
        self._chunks = stream.chunks()
        self.text = ""
        self.at = 0
        self.line = 1
        """The line of `at`."""

    @property
    def length(self) -> int:
        """How many characters are at hand."""
        return len(self.text) - self.at

    def read_on(self, wanted: int = 1) -> bool:
        """Read so many characters more, which moves offsets; false at the end of the file."""
        parts = [self.text[self.at :]]
        while wanted > 0 and (chunk := next(self._chunks, None)) is not None:
            parts.append(chunk)
            wanted -= len(chunk)
        self.text = "".join(parts)
        self.at = 0
        return len(parts) > 1

    def double(self) -> bool:
        """Read once more what is at hand; false at the end of the file."""
        return self.read_on(max(1, self.length))

    def advance(self, to: int) -> None:
        """Give away what stands before an offset."""
        self.line += self.text.count("\n", self.at, to)
        self.at = to

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Go behind what matches here, as far as it goes, and tell the next character; at the end there is none."""
        while True:
            if match := pattern.match(self.text, self.at):
                self.advance(match.end())
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.read_on():
                return ""

    def skip_to(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go to the next match; at the end of the file there is none."""
        while (match := pattern.search(self.text, self.at)) is None:
            self.advance(max(self.at, len(self.text) - LONGEST_MARK))
            if not self.read_on():
                return None
        self.advance(match.start())
        return match

    def find(self, pattern: re.Pattern[str], behind: int) -> re.Match[str] | None:
        """The next match at least so many characters behind the place, which stays."""
        while (match := pattern.search(self.text, self.at + behind)) is None:
            behind = max(behind, self.length - LONGEST_MARK)
            if behind > LONGEST:
                raise TooLongError
            if not self.read_on():
                return None
        return match

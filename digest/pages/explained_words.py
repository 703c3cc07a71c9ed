"""Words of the glossary, explained where an entry first uses them: a link to a note at the end, and one back.

It works like a footnote: on a phone, by keyboard, in a screen reader, on paper, and without a script. Only text is
looked at, never tags; links, headings, code and what an `<abbr>` explains already stay as they are.
"""

import re
from dataclasses import dataclass, replace
from html import escape, unescape

from markupsafe import Markup

from digest.model.glossary import GlossaryWords
from digest.model.identifier import fold, slugify
from digest.model.vocabulary import GlossaryTerm
from digest.pages.bodies import EntryBody

PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>|[^<]+')
LEFT_ALONE = frozenset({"a", "abbr", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "sub", "sup"})


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A word that an entry uses, with its note."""

    term: str
    written: str
    """How the entry writes it, where that is not the term: `95% CI`."""
    definition: str
    anchor: str
    """End of the ids of its note (`_word-`) and of the place that leads there (`_use-`)."""


def explain_words(body: EntryBody, words: GlossaryWords) -> tuple[EntryBody, tuple[ExplainedWord, ...]]:
    """The body with a link at the first use of each word, and the words in order of their terms."""
    notes = _Notes(words)
    summary, implications, rest = map(notes.link, (body.summary, body.implications, body.rest))
    explained = replace(body, summary=summary, implications=implications, rest=rest)
    return explained, tuple(sorted(notes.used.values(), key=lambda word: word.term.casefold()))


class _Notes:
    """Which words were used so far."""

    def __init__(self, words: GlossaryWords) -> None:
        self._words = words
        self.used: dict[str, ExplainedWord] = {}

    def link(self, html: Markup) -> Markup:
        """The same HTML with links to the notes of words that were not used before."""
        pieces: list[str] = []
        left_alone = 0
        for match in PIECE.finditer(html):
            piece, (closing, tag) = match[0], match.groups()
            if tag is None:
                piece = piece if left_alone else self._link_text(piece)
            elif tag in LEFT_ALONE:
                left_alone += -1 if closing else 1
            pieces.append(piece)
        return Markup("".join(pieces))  # noqa: S704 - sanitised HTML, with links put in that are escaped

    def _link_text(self, text: str) -> str:
        pieces: list[str] = []
        position = 0
        for start, end, term in self._words.iter_uses(text):
            if term.term not in self.used:
                word = self.used[term.term] = self._note(term, unescape(text[start:end]))
                link = f'<a class="word" role="doc-glossref" id="_use-{word.anchor}" href="#_word-{word.anchor}">'
                pieces += (text[position:start], link, text[start:end], "</a>")
                position = end
        return "".join([*pieces, text[position:]])

    def _note(self, term: GlossaryTerm, written: str) -> ExplainedWord:
        taken = {word.anchor for word in self.used.values()}
        base = anchor = escape(slugify(term.term)) or "word"
        number = 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        is_term = fold(written).startswith(fold(term.term))
        return ExplainedWord(term.term, "" if is_term else written, term.definition, anchor)

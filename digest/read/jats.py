"""Text that publishers sent with markup in it, to plain text: JATS, HTML, MathML and entities escaped twice.

Takes a string; gives text. Never raises. What stays is data, not markup: whoever shows it escapes it.
"""

import re
from html import unescape

TAG = re.compile(r"<(/?)((?:jats|mml|xref)?:?[A-Za-z][\w.-]*)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
"""A tag, and nothing such as `a < b and c > d`."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SHIFTED = re.compile(r"<(sub|sup)>([^<>]{1,20})</\1>", re.IGNORECASE)
GLUED_BEFORE = re.compile(r"(?<=[\w,;:)])<(i|em|italic)>(?=[^\W\d_]{3})", re.IGNORECASE)
GLUED_AFTER = re.compile(r"(?<=[^\W\d_]{3})</(i|em|italic)>(?=\w)", re.IGNORECASE)
"""Italic words that a publisher's export has glued to their neighbours: `Ant,<i>Melophorus bagoti</i>Lubbock`."""
SUBTITLE = re.compile(r"[\s:.]*<subtitle>\s*", re.IGNORECASE)
BLOCK_TAGS = frozenset({
    "br", "break", "div", "label", "li", "list", "list-item", "ol", "p", "sec", "title", "tr", "ul",
})  # fmt: skip
INLINE_TAGS = frozenset({
    "a", "alternatives", "annotation", "b", "bold", "code", "em", "emph", "ext-link", "font", "i", "inf",
    "inline-formula", "italic", "math", "mfrac", "mi", "mn", "mo", "monospace", "mover", "mrow", "mspace", "mstyle",
    "msub", "msubsup", "msup", "mtext", "munder", "named-content", "roman", "s", "sans-serif", "sc", "scp",
    "semantics", "small", "smallcaps", "span", "strong", "styled-content", "sub", "subtitle", "sup", "tex-math",
    "tt", "u", "underline", "xref",
})  # fmt: skip
"""Names of tags that are mark-up; what else stands in angle brackets is text, and stays."""
SUBSCRIPT = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
SUPERSCRIPT = str.maketrans("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
MOST_ESCAPES = 3
HEADING = re.compile(r"^\s*(?:abstract|summary)\s*[:.]?\s*(?=[^\W\d_]|$)", re.IGNORECASE)
SECTION_TITLE = re.compile(r"<(?:jats:)?title>\s*([^<>]*?)\s*[:.]?\s*</(?:jats:)?title>", re.IGNORECASE)


def plain_text(marked: str) -> str:
    """One line of text: tags gone, entities decoded however often they were escaped, digits raised and lowered."""
    text = _decode_entities(marked)
    if "<" in text:
        text = SHIFTED.sub(_shift, text)
        text = GLUED_AFTER.sub(" ", GLUED_BEFORE.sub(" ", text))
        text = SUBTITLE.sub(": ", text)
        text = TAG.sub(_gap, text)
    return " ".join(text.split())


def plain_abstract(marked: str) -> str:
    """An abstract as one paragraph; its sections keep their headings, the heading `Abstract` goes."""
    text = SECTION_TITLE.sub(lambda match: f"<p>{match[1]}{': ' if match[1] else ''}", _decode_entities(marked))
    return HEADING.sub("", plain_text(text), count=1)


def _decode_entities(text: str) -> str:
    for _ in range(MOST_ESCAPES):
        if not ENTITY.search(text):
            break
        text = unescape(text)
    return text


def _shift(match: re.Match[str]) -> str:
    """`<sub>2</sub>` as `₂` where every character has such a form, else the characters as they are."""
    alphabet = SUBSCRIPT if match[1].lower() == "sub" else SUPERSCRIPT
    inner = match[2]
    return inner.translate(alphabet) if all(ord(char) in alphabet for char in inner) else inner


def _gap(match: re.Match[str]) -> str:
    prefix, _, name = match[2].lower().rpartition(":")
    if name in BLOCK_TAGS:
        return " "
    return "" if prefix or name in INLINE_TAGS else match[0]

r"""Plain text to what may stand in a BibTeX value: `&` becomes `\&`, a word such as McKenzie gets braces.

Only what LaTeX or BibTeX would take for markup is escaped; accents, Greek and dashes stay as they are, in UTF-8.
"""

import re

ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # `\{` would count as an open brace in BibTeX
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
SPECIAL = re.compile(r"[\\{}~^&%$#_]")
LIGATURES = re.compile(r"-(?=-)|'(?=')|`(?=`)|[!?](?=`)")
"""First of two characters that LaTeX would draw together into another."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_START = re.compile(r"(?:\A|[:.?!]\s|—)[\W_]*([^\W_])")
LONG = 4
"""Letters of a word that says whether a title is in sentence case."""


def escape_latex(text: str) -> str:
    """Text with its special characters escaped, on one line."""
    if SPECIAL.search(text):
        text = SPECIAL.sub(lambda match: ESCAPES[match[0]], text)
    if LIGATURES.search(text):
        text = LIGATURES.sub(lambda match: f"{match[0]}{{}}", text)
    return " ".join(text.split())


def escape_verbatim(text: str) -> str:
    """An address or identifier, which BibTeX tools take as it stands: only braces that would end the value go."""
    text = " ".join(text.split())
    if is_balanced(text):
        return text
    return text.replace("{", "%7B").replace("}", "%7D")


def is_balanced(text: str) -> bool:
    """Whether the braces of a value pair up, so that it ends where it should."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def protect_capitals(escaped: str) -> str:
    """Braces around words whose capitals a style must not lower.

    A word with a capital inside always; in a title in sentence case also a word with a capital that does not begin a
    sentence: there it can only be a name.
    """
    starts = {match.start(1) for match in SENTENCE_START.finditer(escaped)}
    sentence_case = _is_sentence_case(escaped, starts)

    def protect(match: re.Match[str]) -> str:
        word, start = match[0], match.start()
        if start and escaped[start - 1] == "\\":
            return word  # the name of a LaTeX command
        inner = any(char.isupper() for char in word[1:])
        name = sentence_case and word[0].isupper() and start not in starts
        return f"{{{word}}}" if inner or name else word

    return WORD.sub(protect, escaped)


def _is_sentence_case(title: str, starts: set[int]) -> bool:
    """Whether more of its long words are small than capital, those apart that begin a sentence."""
    letters = [word[0][0] for word in WORD.finditer(title) if len(word[0]) >= LONG and word.start() not in starts]
    return sum(letter.islower() for letter in letters) > sum(letter.isupper() for letter in letters)

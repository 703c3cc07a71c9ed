r"""LaTeX in BibTeX values to plain text.

Takes the value of one field; gives text without markup: `{\'E}mile` becomes `Émile`, `{COVID-19}` loses its braces,
`--` becomes an en dash. Never raises: a command that nobody knows stays as it is written. The only import of
pylatexenc, which knows symbols and mathematics; one value through it costs 0.3 ms, so accents, braces and the
usual commands are done here, in one pass of one regular expression, and what pylatexenc says is remembered.
"""

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

_WHITE_SPACE = re.compile(r"[ \t\r\n\u00a0\u202f]+")

_TOKEN = re.compile(
    r"""
      \\ (?P<accent> ["'`^~=.] | [Hbcdkrtuv] (?![A-Za-z]) ) \s*
         (?: \{ \s* (?: \\ (?P<braced_command> [A-Za-z]+ ) \s* (?:\{\})? | (?P<braced> [^\\{}]* ) ) \}
           | \\ (?P<command> i|j|o|O|l|L|ae|AE|oe|OE|aa|AA ) (?![A-Za-z]) (?: \{\} | [ ]+ )?
           | (?P<letter> [^\W\d_] ) )
    | \\ (?P<dropped> begin|end|href|noopsort|hspace|vspace ) \s* \{ [^{}]* \}
    | \\ (?P<verbatim> url|path|nolinkurl ) \s* \{ (?P<address> [^{}]* ) \}
    | \\ (?P<word> [A-Za-z]+ ) (?P<space> \s* ) (?P<group> \{ [^\\{}$]* \} )?
    | \\ \( (?P<inline> [^$]{1,500}? ) \\ \)
    | \\ (?P<symbol> [^A-Za-z] )
    | \$ (?= \S ) (?P<math> [^$]{1,500} ) (?<= \S ) \$ (?! \d )
    | \{ | \} | ~ | --[-]? | `` | '' | !` | \?`
    """,
    re.VERBOSE,
)
"""Every alternative begins with a plain character, so that the engine skips to the next of them: three times as fast.
Dollars are mathematics by Pandoc's rule (https://pandoc.org/MANUAL.html#math), so that "$5 and $10" stays."""

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""Combining characters, by accent command."""

_PLAIN = {
    "{": "",
    "}": "",
    "~": " ",
    "--": "\N{EN DASH}",
    "---": "\N{EM DASH}",
    "``": "\N{LEFT DOUBLE QUOTATION MARK}",
    "''": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "!`": "\N{INVERTED EXCLAMATION MARK}",
    "?`": "\N{INVERTED QUESTION MARK}",
}
_ESCAPED = {char: char for char in "&%$#_{}'\"`"} | dict.fromkeys("\\ ,;:\t\n\r", " ") | dict.fromkeys("!/-@", "")
"""What `\\` and one character that is no letter stand for."""

_WORDS = {
    "SS": "SS", "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "TeX": "TeX", "LaTeX": "LaTeX",
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^", "textquotesingle": "'",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "textunderscore": "_", "textpercent": "%",
    "lbrace": "{", "rbrace": "}", "textquotedbl": '"', "quad": " ", "qquad": " ", "newline": " ", "and": "and",
}  # fmt: skip
"""Symbols that pylatexenc lacks or writes in another way."""

_TRANSPARENT = frozenset({
    "bf", "bfseries", "em", "emph", "ensuremath", "footnotesize", "hbox", "it", "itshape", "large", "lowercase",
    "mbox", "mdseries", "mkbibbold", "mkbibemph", "mkbibitalic", "noindent", "normalfont", "normalsize", "protect",
    "relax", "rm", "rmfamily", "sc", "scshape", "sf", "sffamily", "sl", "slshape", "small", "text", "textbf", "textit",
    "textlatin", "textmd", "textnormal", "textrm", "textsc", "textsf", "textsl", "texttt", "textup", "tt", "ttfamily",
    "underline", "uppercase", "upshape", "MakeLowercase", "MakeUppercase", "xspace",
})  # fmt: skip
"""Commands that change only the look of what follows."""

_QUOTES = frozenset({"enquote", "mkbibquote", "textquote"})
_SUPERSCRIPT = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISED = re.compile(r"\^(?:\{([0-9n+\-=()]+)\}|([0-9n]))")
_LOWERED = re.compile(r"_(?:\{([0-9+\-=()]+)\}|([0-9]))")
_FONT_OF_MATH = re.compile(r"\\math(?:bb|bf|cal|it|rm|sf|tt)(?![A-Za-z])")
_LONGEST_SYMBOL = 3

_COMMENT = re.compile(r"(?<!\\)%")
_SYMBOLS = get_default_latex_context_db()
_MATHEMATICS = LatexNodes2Text(math_mode="text")
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it logs what it makes of a broken formula

_VERBATIM_COMMAND = re.compile(r"\\(?:url|path|nolinkurl|texttt)\s*\{([^{}]*)\}")
_VERBATIM = re.compile(r"\\(?:textasciitilde|sim)\b(?:\{\}| )?|\$\\sim\$|\\[~^]\{\}|\\([_&%#$~^{}])|[{}]")


def decode_latex(value: str) -> str:
    """The text of a value: LaTeX decoded, runs of white space one space."""
    text = _TOKEN.sub(_decode_token, value)
    if "  " in text or not text.isprintable():
        text = _WHITE_SPACE.sub(" ", text)
    return text.strip(" ")


def decode_verbatim(value: str) -> str:
    r"""The text of a DOI, an address or an identifier: only escapes such as `\_` and braces go, dashes and `~` stay."""
    if "\\" in value or "{" in value or "}" in value:
        value = _VERBATIM.sub(_decode_verbatim_token, _VERBATIM_COMMAND.sub(r"\1", value))
    return value.strip(" \t\r\n")


def _decode_verbatim_token(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    written = match[0]
    return _PLAIN.get(written, "~") if written != r"\^{}" else "^"


def _decode_token(match: re.Match[str]) -> str:
    return _DECODERS[match.lastgroup or "plain"](match)


def _decode_accent(match: re.Match[str]) -> str:
    accent, command = match["accent"], match["braced_command"] or match["command"]
    if command is None:
        return _accented(accent, match["braced"])
    letter = {"i": "i", "j": "j"}.get(command) or _symbol(command)
    return match[0] if letter is None else _accented(accent, letter)


@lru_cache(maxsize=2048)
def _accented(accent: str, letters: str) -> str:
    r"""An accent over the first of these letters; over nothing it is the character itself, as in `\~{}`."""
    letters = {"ı": "i", "ȷ": "j"}.get(letters, letters).lstrip()
    if not letters:
        return accent if not accent.isalpha() else ""
    return unicodedata.normalize("NFC", letters[0] + _ACCENTS[accent]) + letters[1:]


def _decode_word(match: re.Match[str]) -> str:
    word, group = match["word"], match["group"]
    inner = "" if group is None else decode_latex(group[1:-1])
    if word in _TRANSPARENT:
        return inner
    if word in _QUOTES and group is not None:
        return f"\N{LEFT DOUBLE QUOTATION MARK}{inner}\N{RIGHT DOUBLE QUOTATION MARK}"
    if word == "textsuperscript":
        return _shifted(inner, _SUPERSCRIPT)
    if word == "textsubscript":
        return _shifted(inner, _SUBSCRIPT)
    symbol = _symbol(word)
    if symbol is None:
        return match[0]
    return symbol + inner


def _shifted(text: str, alphabet: dict[int, int]) -> str:
    return text.translate(alphabet) if all(ord(char) in alphabet for char in text) else text


@lru_cache(maxsize=2048)
def _symbol(word: str) -> str | None:
    """The character that a command without argument stands for, or None."""
    if word in _WORDS:
        return _WORDS[word]
    replacement = getattr(_SYMBOLS.get_macro_spec(word), "simplify_repl", None)
    if not isinstance(replacement, str) or "%" in replacement or not 0 < len(replacement) <= _LONGEST_SYMBOL:
        return None  # a command with arguments, or one that depends on something else: `\\today`
    return replacement


@lru_cache(maxsize=2048)
def _decode_math(math: str) -> str:
    """A formula as text, digits raised and lowered where Unicode can."""
    math = _FONT_OF_MATH.sub("", math)
    math = _RAISED.sub(lambda match: (match[1] or match[2]).translate(_SUPERSCRIPT), math)
    math = _LOWERED.sub(lambda match: (match[1] or match[2]).translate(_SUBSCRIPT), math)
    try:
        text = str(_MATHEMATICS.latex_to_text(_COMMENT.sub(r"\\%", math)))
    except Exception:  # noqa: BLE001 - pylatexenc raises what it likes on broken formulas, IndexError included
        return f"${math}$"
    return f"${math}$" if "%s" in text else text


_DECODERS: dict[str, Callable[[re.Match[str]], str]] = {
    "plain": lambda match: _PLAIN[match[0]],
    "letter": lambda match: _accented(match["accent"], match["letter"]),
    "braced": _decode_accent,
    "braced_command": _decode_accent,
    "command": _decode_accent,
    "space": _decode_word,
    "group": _decode_word,
    "symbol": lambda match: _ESCAPED.get(match["symbol"], match[0]),
    "address": lambda match: match["address"],
    "dropped": lambda _: "",
    "inline": lambda match: _decode_math(match["inline"]),
    "math": lambda match: _decode_math(match["math"]),
}
"""By the last group of a token that matched."""

"""BibTeX lists of names to `Name`s.

Takes the value of `author` or `editor`; gives the names, whether `and others` follows, and what is wrong with the list
in words. Never raises. Splitting is bibtexparser's (`middlewares.names`, which does what BibTeX does); what it does not
know is here: groups in braces, `et al.`, biblatex's `family=..., given=...`, and that other marks than `and` separate
nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from digest.model.reference import Name
from digest.read.latex import decode_latex
from digest.read.names_in_commas import SUFFIX, separated_by_and

_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_AND = re.compile(r" and ", re.IGNORECASE)
_OTHERS = re.compile(r"(?:^|[ ,~])et\.?[ ~]al\.?$", re.IGNORECASE)
_LENGTH_OF_OTHERS = 9
_NAME_PART = re.compile(r" ?(family|given|prefix|suffix|[a-z]+-i|useprefix) ?=(.*)", re.DOTALL | re.IGNORECASE)
_LONGEST_NAME = 1000
_FIX_AND = "write `Family, Given and Family, Given`"
_FIX_GROUP = (
    "write one name as `Family, Given` or `Family, Jr., Given`; put a group in braces: {World Health Organization}"
)


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names, and what is wrong with it as (message, fix)."""

    names: tuple[Name, ...] = ()
    others: bool = False
    """The list ends in `and others`."""
    faults: tuple[tuple[str, str], ...] = ()


def parse_names(text: str) -> NameList:
    """Parse the names of a value, LaTeX and all."""
    names: list[Name] = []
    faults: list[tuple[str, str]] = []
    others = False
    for part in _split(_WHITE_SPACE.sub(" ", text).strip(" ")):
        written = _without_dangling_and(part)
        if written != part:
            faults.append(("'and' stands here with no name on one side of it", _FIX_AND))
        if written.lower() == "others":
            others = True
            continue
        if match := _OTHERS.search(written, max(0, len(written) - _LENGTH_OF_OTHERS)):
            others = True
            written = written[: match.start()].rstrip(" ,~")
        if not written:
            continue
        name, fault = _parse_name(written)
        if name is not None:
            names.append(name)
        if meant := separated_by_and(written):
            faults.append((f"commas separate no names: '{written}'", f"write `{meant}`"))
        elif fault:
            faults.append((fault, _FIX_AND if ";" in fault else _FIX_GROUP))
    return NameList(tuple(names), others, tuple(faults))


def _split(text: str) -> list[str]:
    if "{" not in text and "\\" not in text:
        return [part for part in _AND.split(text) if part]
    return [part.strip(" ") for part in split_multiple_persons_names(text)]


def _without_dangling_and(part: str) -> str:
    if part.lower() == "and":
        return ""
    if part[:4].lower() == "and ":
        part = part[4:].lstrip(" ")
    return part[:-4].rstrip(" ") if part[-4:].lower() == " and" else part


@lru_cache(maxsize=65536)
def _parse_name(written: str) -> tuple[Name | None, str]:
    """One name, and what is wrong with it; no name where nothing is left of it."""
    if len(written) > _LONGEST_NAME:
        return Name(literal=decode_latex(written)), f"'{written[:40]}...' is no name: it has {len(written)} characters"
    if _is_one_group(written):
        return Name(literal=decode_latex(written)), ""
    if _NAME_PART.match(written) and (labelled := _parse_labelled(written)):
        return labelled, ""
    fault = ""
    if ";" in written and "," in written and "{" not in written and "\\" not in written:
        fault = f"';' separates no names: '{written}'"
    complete = f"{written} {{}}" if written.endswith(",") else written  # `Plato,` is a family name alone
    try:
        parts = parse_single_name_into_parts(complete, strict=True)
    except InvalidNameError as error:
        fault = fault or f"'{written}' is no name: {str(error.reason).lower()}"
        parts = parse_single_name_into_parts(complete, strict=False)
    family, given, particle, suffix = (
        decode_latex(" ".join(words)) for words in (parts.last, parts.first, parts.von, parts.jr)
    )
    if suffix and SUFFIX.fullmatch(given) and not SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
        fault = fault or f"'{written}' has its suffix behind the given name"
    if not family:
        family, given, particle = given or particle, "", particle if given else ""
    if not family:
        return None, fault or f"'{written}' is no name"
    return Name(family=family, given=given, non_dropping_particle=particle, suffix=suffix), fault


def _is_one_group(written: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (written.startswith("{") and written.endswith("}")):
        return False
    depth = 0
    for position, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return position == len(written) - 1
    return False


def _iter_comma_parts(written: str) -> Iterator[str]:
    """The parts between commas that stand outside braces."""
    depth = start = 0
    for position, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if char == "," and depth == 0:
            yield written[start:position]
            start = position + 1
    yield written[start:]


def _parse_labelled(written: str) -> Name | None:
    """The extended format of biblatex: `family=Beethoven, given=Ludwig, prefix=van`."""
    parts: dict[str, str] = {}
    for part in _iter_comma_parts(written):
        match = _NAME_PART.fullmatch(part)
        if match is None:
            return None
        value = match[2].strip()
        parts[match[1].lower()] = decode_latex(value[1:-1] if value[:1] == value[-1:] == '"' else value)
    if not parts.get("family"):
        return None
    return Name(
        family=parts["family"],
        given=parts.get("given", ""),
        non_dropping_particle=parts.get("prefix", ""),
        suffix=parts.get("suffix", ""),
    )

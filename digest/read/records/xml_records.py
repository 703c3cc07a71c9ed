"""An XML file to its record elements, one at a time, each with its line.

Takes a stream and the names of the elements wanted; gives elements, or a Refused for each that cannot be parsed.
Instead of one parser that goes through the whole file, and gives up at the first stray `&`, the text is cut at the
records' tags and each record is parsed alone: a fault costs one record, and memory holds one record. No entity can be
declared within an element, so an entity bomb is only an unknown entity; a file whose prologue declares some is
refused as a whole. Nothing outside the file is ever opened.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from html import escape
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

from digest.read.records.buffer import Buffer, TooLongError
from digest.read.records.record import Refused
from digest.read.records.stream import LONGEST, TextStream

ASIDES = {"<!--": re.compile("-->"), "<![CDATA[": re.compile(r"\]\]>")}
"""Where a tag is no tag: comments and character data, and what ends them."""
ASIDE = r"<!--|<!\[CDATA\["
END_OF_TAG = re.compile(">")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
STRAY = re.compile(
    r"&(?:#(?P<decimal>\d{1,7});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>[A-Za-z]\w{1,30};))?|<(?![A-Za-z/!?])"
)
OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
PREFIX = re.compile(r"(?<=<)(/?)[A-Za-z]\w*:(?=[A-Za-z])|\s[A-Za-z]\w*:(?=[A-Za-z]\w*\s*=\s*[\"'])")
ENTITIES_DECLARED = "the file declares XML entities, which can fill any memory; no file of references needs them"


def iter_elements(stream: TextStream, names: Sequence[str]) -> Iterator[tuple[Element, int] | Refused]:
    """Elements of these names, outermost ones only, and the line in which each begins."""
    opening = re.compile(rf"(?P<aside>{ASIDE})|<!ENTITY|<(?P<name>{'|'.join(names)})(?=[\s>/])")
    text = Buffer(stream)
    while match := text.skip_to(opening):
        line = text.line
        if match["aside"]:
            text.advance(match.end())
            text.skip_to(ASIDES[match["aside"]])
            continue
        if match["name"] is None:
            yield Refused(stream.path, line, ENTITIES_DECLARED)
            return
        written, fault = _cut(text, match["name"])
        element = None if fault else _parse(written)
        if isinstance(element, Element):
            yield element, line
        else:
            yield Refused(stream.path, line, fault or element or "")
    last = text.text.rfind("<", text.at)
    if last > text.text.rfind(">", text.at):
        text.advance(last)
        yield Refused(stream.path, text.line, "the file ends within a tag: it is cut off")


def _cut(text: Buffer, name: str) -> tuple[str, str]:
    """The record that the text begins with, or what is wrong with it; afterwards the text begins behind it."""
    try:
        end, fault = _find_end(text, name)
    except TooLongError:
        end, fault = len(text.text), f"the element <{name}> is longer than {LONGEST:,} characters"
    written = "" if fault else text.text[text.at : end]
    text.advance(end)
    return written, fault


def _find_end(text: Buffer, name: str) -> tuple[int, str]:
    """Where the record ends, and whether it cannot be one."""
    marks = re.compile(rf"(?P<aside>{ASIDE})|</{name}\s*>|<{name}(?=[\s>/])")
    found = text.find(END_OF_TAG, 1)
    if found and text.text[found.start() - 1] == "/":
        return found.end(), ""
    while found:
        found = text.find(marks, found.end() - text.at)
        if found and found["aside"]:
            found = text.find(ASIDES[found["aside"]], found.end() - text.at)
        elif found and found[0].startswith("</"):
            return found.end(), ""
        elif found:
            return found.start(), f"the element <{name}> is never closed: the next one begins within it"
    return len(text.text), f"the element <{name}> is never closed: the file ends within it"


def _parse(written: str) -> Element | str:
    """The element, mended where it must be, or what is wrong with it."""
    try:
        return _parse_alone(written)
    except (ParseError, ValueError):
        pass
    try:
        return _parse_alone(mend(written))
    except (ParseError, ValueError) as error:
        return f"the record is no well-formed XML: {error}"


def _parse_alone(written: str) -> Element:
    return fromstring(written, parser=XMLParser(encoding="utf-8"))  # noqa: S314 - an element can declare no entities


def mend(written: str) -> str:
    """XML without what breaks it most often: stray `&` and `<`, HTML's entities, control characters, prefixes."""
    return PREFIX.sub(_without_prefix, STRAY.sub(_mend_stray, NO_XML.sub("", written)))


def _without_prefix(match: re.Match[str]) -> str:
    return match[1] if match[1] is not None else " "


def _mend_stray(match: re.Match[str]) -> str:
    name, digits = match["name"], match["decimal"] or match["hex"]
    if name:
        return match[0] if name in OF_XML else escape(html5[name], quote=False) if name in html5 else f"&amp;{name}"
    if digits:
        number = int(digits, 10 if match["decimal"] else 16)
        return match[0] if number <= sys.maxunicode and not NO_XML.match(chr(number)) else ""
    return "&lt;" if match[0] == "<" else "&amp;"

"""Bytes of an answer to data, taken for a stranger's: never more than a limit, in memory or unpacked.

Takes the open answer, or bytes; gives bytes, text, JSON data or an XML tree. Raises Unusable, whose text says what is
wrong with the answer and follows on "the answer of Crossref ...".
"""

import re
import zlib
from xml.etree import ElementTree as ET

from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError
from urllib3.response import BaseHTTPResponse

from digest.fetch.transport import Watch
from digest.read.json_data import parse_json

MEGABYTE = 1024 * 1024
PIECE = 64 * 1024
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
CHARSETS = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d{1,2}|windows-125\d|cp125\d|utf-?16(?:[lb]e)?"
)
DEEPEST = 60
"""Elements of XML within each other; a record of PubMed has about ten."""
XML_ENTITY = re.compile(rb"<!ENTITY|<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")


class Unusable(Exception):
    """Why an answer cannot be used; `is_passing` where the same question may be answered better a moment later."""

    def __init__(self, reason: str, *, is_passing: bool = False) -> None:
        super().__init__(reason)
        self.is_passing = is_passing


def read_body(answer: BaseHTTPResponse, largest: int, seconds: float) -> bytes:
    """The whole body, unpacked: at most `largest` bytes, in at most `seconds`."""
    length = answer.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > largest:
        raise _too_large(largest)
    unpack = _Unpacking(answer.headers.get("Content-Encoding", ""), largest)
    with Watch(seconds, answer.shutdown) as watch:
        try:
            while piece := answer.read1(PIECE, decode_content=False):
                unpack.add(piece)
        except (HTTPError, OSError, ValueError) as error:
            raise _broken_off(error, watch, seconds) from error
        if watch.fired:
            raise Unusable(f"did not end within {seconds:g} seconds", is_passing=True)
    return unpack.end()


def _broken_off(error: Exception, watch: Watch, seconds: float) -> Unusable:
    if watch.fired or not isinstance(error, ProtocolError | IncompleteRead | ConnectionError):
        return Unusable(f"did not end within {seconds:g} seconds", is_passing=True)
    return Unusable("was cut off in the middle", is_passing=True)


def _too_large(largest: int) -> Unusable:
    return Unusable(f"is larger than {largest / MEGABYTE:g} MB, more than any record")


class _Unpacking:
    """Unpacks gzip as it comes, and stops where it grows too large."""

    def __init__(self, encoding: str, largest: int) -> None:
        self._body = bytearray()
        self._largest = largest
        self._gzip = None
        if encoding.strip().lower() in {"gzip", "x-gzip"}:
            self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif encoding.strip().lower() not in {"", "identity"}:
            raise Unusable(f"is packed as '{encoding[:40]}', which was not asked for")

    def add(self, piece: bytes) -> None:
        if self._gzip is not None:
            if self._gzip.eof:
                return
            try:
                piece = self._gzip.decompress(piece, self._largest + 1 - len(self._body))
            except zlib.error as error:
                raise Unusable("cannot be unpacked: it is not the gzip that it says") from error
        self._body += piece
        if len(self._body) > self._largest:
            raise _too_large(self._largest)

    def end(self) -> bytes:
        if self._gzip is not None and not self._gzip.eof:
            raise Unusable("was cut off in the middle", is_passing=True)
        return bytes(self._body)


def decode_json(body: bytes, content_type: str) -> object:
    """The data of a JSON document, in the charset that the answer says, else UTF-8."""
    kind = media_type(content_type)
    if kind not in {"application/json", "text/json", "text/javascript"} and not kind.endswith("+json"):
        raise Unusable(f"is {kind or 'of no type'} and not JSON")
    try:
        data: object = parse_json(_decode(body, content_type))
    except ValueError as error:
        raise Unusable(f"is not JSON: {error}") from error
    return data


def decode_xml(body: bytes, content_type: str) -> ET.Element:
    """The root of an XML document; one that defines entities of its own is refused, since they can fill any memory."""
    kind = media_type(content_type)
    if kind not in {"application/xml", "text/xml"} and not kind.endswith("+xml"):
        raise Unusable(f"is {kind or 'of no type'} and not XML")
    if XML_ENTITY.search(body):
        raise Unusable("defines XML entities, which no record does")
    charset = CHARSET.search(content_type)
    try:
        known = charset and CHARSETS.fullmatch(charset[1].lower())
        encoding = charset[1] if charset and known else None
        parser = ET.XMLParser(target=_Tree(), encoding=encoding)  # noqa: S314 - no entities, see above
        root: ET.Element = ET.fromstring(body, parser)  # noqa: S314 - entities are refused above
    except (ET.ParseError, ValueError, LookupError, RecursionError) as error:
        raise Unusable(f"is not XML: {error}") from error
    return root


class _Tree(ET.TreeBuilder):
    """A tree that is no deeper than one can climb."""

    _depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unusable("is nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)


def media_type(content_type: str) -> str:
    """`application/json; charset=utf-8` gives `application/json`."""
    return content_type.partition(";")[0].strip().lower()[:80]


def _decode(body: bytes, content_type: str) -> str:
    found = CHARSET.search(content_type)
    charset = found[1].lower() if found else ""
    if not CHARSETS.fullmatch(charset):
        charset = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unusable(f"is not in the charset that it says, {charset}") from error

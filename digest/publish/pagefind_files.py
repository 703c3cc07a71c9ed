"""The files of a Pagefind bundle, made fit for our page: entries get names that tell, and what no page asks for goes.

A binary file of a bundle is gzip over a signature and CBOR (RFC 8949), of which Pagefind uses whole numbers, texts and
arrays. Its metadata is named after its content, so whoever changes it renames it where it is named.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SIGNATURE = b"pagefind_dcd"
NOT_NEEDED = ("pagefind*.js", "pagefind*.css")
"""Ready-made interfaces, a worker, and the client, which our page holds itself."""
WASM = "wasm.*.pagefind"
"""What a browser loads once, from the bundle that the others are merged into."""
ENTRIES, PIECES = 1, 2
"""Where these tables stand in a `.pf_meta`: version, entries, pieces of the index, filters, sorts, metadata."""
LAST = "\U0010ffff"
"""Sorts behind all that a word may hold."""
UINT, TEXT, ARRAY = 0, 3, 4
"""Major types of CBOR."""
ENDLESS = 31
BREAK = 0xFF


class UnknownFormat(ValueError):
    """A file is not what Pagefind 1.5 writes."""


def tidy_bundle(folder: Path, names: Mapping[str, str], *, first: bool) -> None:
    """Delete what no page asks for, and give entries their `names` by address; the first keeps the WebAssembly.

    Raises UnknownFormat.
    """
    for pattern in NOT_NEEDED if first else (*NOT_NEEDED, WASM):
        for path in folder.glob(pattern):
            path.unlink()
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    wasm = {language["wasm"] or "unknown" for language in entry["languages"].values()}
    for path in folder.glob(WASM):
        if path.name.split(".")[1] not in wasm:
            path.unlink()
    for code, language in entry["languages"].items():
        language["hash"] = _name_entries(folder, code, language["hash"], names)
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8", newline="\n")


def _name_entries(folder: Path, code: str, name: str, names: Mapping[str, str]) -> str:
    """Rename the entries of one language; gives the new name of its metadata.

    Pagefind names an entry by a hash. Names that begin with the day and end with topics let the page sort and count
    without tables, and compress: at 10,000 entries they save every reader 100 KB.
    """
    old = folder / f"pagefind.{name}.pf_meta"
    meta = read_data(old)
    meta[ENTRIES] = [[_rename(folder / "fragment", old_name, names), words] for old_name, words in meta[ENTRIES]]
    meta[PIECES] = _widen(meta[PIECES])
    old.unlink()
    data = pack(meta)
    new = f"{code}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"pagefind.{new}.pf_meta").write_bytes(data)
    return new


def _widen(pieces: list[list[str]]) -> list[list[str]]:
    """Let pieces of the index, `[first, last, name]`, reach as far as their words.

    Pagefind cuts the last word down to what tells it from the first of the next piece. A word that goes on behind the
    cut is then in no piece, and a browser loads its neighbours as well.
    """
    beginnings = [first for first, _, _ in pieces[1:]]
    return [
        [first, last + LAST if following is None or last + LAST < following else last, name]
        for (first, last, name), following in zip(pieces, [*beginnings, None], strict=True)
    ]


def _rename(folder: Path, old: str, names: Mapping[str, str]) -> str:
    path = folder / f"{old}.pf_fragment"
    data = gzip.decompress(path.read_bytes())
    new = names[json.loads(data.removeprefix(SIGNATURE))["url"]]
    path.rename(folder / f"{new}.pf_fragment")
    return new


def read_data(path: Path) -> Any:
    """What a binary file of a bundle holds, as lists, texts and numbers. Raises UnknownFormat."""
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(SIGNATURE):
        raise UnknownFormat(path.name)
    try:
        value, end = _decode(data, len(SIGNATURE))
    except (IndexError, UnicodeDecodeError) as error:
        raise UnknownFormat(path.name) from error
    if end != len(data):
        raise UnknownFormat(path.name)
    return value


def pack(value: Any) -> bytes:
    """The bytes of a binary file, the same at every time."""
    return gzip.compress(SIGNATURE + b"".join(_encode(value)), mtime=0)


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """One value, and where the next one begins."""
    major, short = data[at] >> 5, data[at] & 31
    at += 1
    if short == ENDLESS and major == ARRAY:
        return _decode_items(data, at, None)
    if short > 27:  # noqa: PLR2004 - RFC 8949, section 3: 28 to 30 stand for nothing
        raise UnknownFormat
    length = 0 if short < 24 else 1 << (short - 24)  # noqa: PLR2004 - up to 23 the number is here, else in 1, 2, 4, 8 bytes
    number = short if not length else int.from_bytes(data[at : at + length], "big")
    at += length
    if major == UINT:
        return number, at
    if major == TEXT:
        return data[at : at + number].decode(), at + number
    if major == ARRAY:
        return _decode_items(data, at, number)
    raise UnknownFormat


def _decode_items(data: bytes, at: int, number: int | None) -> tuple[list[Any], int]:
    """The items of an array: so many, or up to the break."""
    items: list[Any] = []
    while len(items) != number:
        if number is None and data[at] == BREAK:
            return items, at + 1
        item, at = _decode(data, at)
        items.append(item)
    return items, at


def _encode(value: Any) -> list[bytes]:
    if isinstance(value, int):
        return [_head(UINT, value)]
    if isinstance(value, str):
        text = value.encode()
        return [_head(TEXT, len(text)), text]
    return [_head(ARRAY, len(value)), *(piece for item in value for piece in _encode(item))]


def _head(major: int, number: int) -> bytes:
    """Type and number in as few bytes as can be (RFC 8949, section 4.2.1)."""
    if number < 24:  # noqa: PLR2004 - see _decode
        return bytes([major << 5 | number])
    size = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([major << 5 | 24 + size]) + number.to_bytes(1 << size, "big")

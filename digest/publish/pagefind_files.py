"""The files of a Pagefind bundle, put into one order: filters, which Pagefind 1.5 writes at random, sorted.

A binary file of a bundle is gzip over a signature and CBOR (RFC 8949), of which Pagefind uses whole numbers, texts and
arrays. Files are named after their content, so whoever changes one renames it where it is named.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SIGNATURE = b"pagefind_dcd"
NOT_NEEDED = (
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "pagefind-modular-ui.*",
    "pagefind-ui.*",
    "pagefind-worker.js",
)
"""Ready-made interfaces and a worker, which our page does not ask for."""
ENTRIES, FILTERS = 1, 3
"""Where these tables stand in a `.pf_meta`: version, entries, index, filters, sorts, fields of metadata."""
UINT, TEXT, ARRAY = 0, 3, 4
"""Major types of CBOR."""
ENDLESS = 31
BREAK = 0xFF


class UnknownFormat(ValueError):
    """A file is not what Pagefind 1.5 writes."""


def tidy_bundle(folder: Path, names: Mapping[str, str]) -> None:
    """Delete what no page asks for, give the rest one order, and entries their `names` by address.

    Raises UnknownFormat.
    """
    for pattern in NOT_NEEDED:
        for path in folder.glob(pattern):
            path.unlink()
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    wasm = {language["wasm"] or "unknown" for language in entry["languages"].values()}
    for path in folder.glob("wasm.*.pagefind"):
        if path.name.split(".")[1] not in wasm:
            path.unlink()
    for code, language in entry["languages"].items():
        language["hash"] = _sort_language(folder, code, language["hash"], names)
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8", newline="\n")


def _sort_language(folder: Path, code: str, name: str, names: Mapping[str, str]) -> str:
    """Sort the filters of one language and rename its entries; gives the new name of its metadata.

    Pagefind names an entry by a hash. Names that begin with the day let the page sort by date without a table, and
    compress: at 10,000 entries they save every reader 40 KB.
    """
    old = folder / f"pagefind.{name}.pf_meta"
    meta = read_data(old)
    filters = []
    for label, file_name in meta[FILTERS]:
        filters.append([label, _sort_filter(folder / "filter", code, file_name)])
    meta[FILTERS] = sorted(filters)
    meta[ENTRIES] = [[_rename(folder / "fragment", old_name, names), words] for old_name, words in meta[ENTRIES]]
    old.unlink()
    data = pack(meta)
    new = f"{code}_{_hash(data)}"
    (folder / f"pagefind.{new}.pf_meta").write_bytes(data)
    return new


def _rename(folder: Path, old: str, names: Mapping[str, str]) -> str:
    path = folder / f"{old}.pf_fragment"
    data = gzip.decompress(path.read_bytes())
    new = names[json.loads(data.removeprefix(SIGNATURE))["url"]]
    path.rename(folder / f"{new}.pf_fragment")
    return new


def _sort_filter(folder: Path, code: str, name: str) -> str:
    old = folder / f"{name}.pf_filter"
    label, values = read_data(old)
    old.unlink()
    data = pack([label, sorted([value, sorted(pages)] for value, pages in values)])
    new = f"{code}_{_hash(data)}"
    (folder / f"{new}.pf_filter").write_bytes(data)
    return new


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


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

"""A blog's page saved as text: one paragraph a line."""

import re

from digest.read.archive.shape import Archive, Block, read_shape

ITEM = re.compile(r"^\s*[-*•·]\s+(.*)$")
SPECIAL = re.compile(r"([\\`*_\[\]<>])")
AT_START = re.compile(r"^(\s*)([#+>-]|\d+[.)])(\s)")


def read_text(text: str, implications: tuple[str, ...]) -> Archive:
    """Sort the lines of a page."""
    blocks = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        plain = " ".join(line.replace("\u00a0", " ").split())
        if not plain:
            continue
        item = ITEM.match(plain)
        kept = item[1] if item else plain
        blocks.append(Block(number, escape_markdown(kept), kept, "item" if item else "paragraph"))
    return read_shape(blocks, implications)


def escape_markdown(text: str) -> str:
    """Text that shows as it is when it is read as CommonMark."""
    text = SPECIAL.sub(r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    return AT_START.sub(lambda match: f"{match[1]}{_escaped_start(match[2])}{match[3]}", text)


def _escaped_start(mark: str) -> str:
    """`1.` is escaped before its stop, other marks before themselves."""
    return f"{mark[:-1]}\\{mark[-1]}"

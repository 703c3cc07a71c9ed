"""A Markdown file to its front matter and its body, each with its place."""

import re
from dataclasses import dataclass
from itertools import islice

from frontmatter.default_handlers import YAMLHandler

from digest.model.source import Places, Source
from digest.problem import Problem, Severity
from digest.read.files import BYTE_ORDER_MARK
from digest.read.yaml_faults import KEY_OF_LINE
from digest.read.yaml_tree import YamlTree, parse_yaml

HANDLER = YAMLHandler()
RULE = "front-matter-unreadable"


@dataclass
class FrontMatter:
    """The two parts of a Markdown file."""

    tree: YamlTree
    body_start: int
    """Offset of the first character of the body."""


def split_front_matter(source: Source, *, required: bool = True) -> FrontMatter:
    """Find the block between the two `---` lines and parse it.

    A file without one, or with one that is not closed, gives an empty tree, a problem (if `required`), and the whole
    text as body.
    """
    start = len(BYTE_ORDER_MARK) if source.text.startswith(BYTE_ORDER_MARK) else 0
    text = source.text[start:]
    if not HANDLER.detect(text):
        return _without(source, start, _find_opening(source, start) if required else None)
    # python-frontmatter gives the two texts; where they stand follows from its own boundary.
    boundaries = list(islice(HANDLER.FM_BOUNDARY.finditer(text), 2))
    if len(boundaries) < 2:  # noqa: PLR2004 - an opening and a closing line
        return _without(source, start, _find_closing(source, start, start + boundaries[0].end()))
    opening, closing = boundaries
    tree = parse_yaml(source, start + opening.end(), start + closing.start(), rule=RULE)
    tree.places = Places(source.span(start, start + opening.end()), tree.places.values, tree.places.keys)
    if tree.data is not None and not isinstance(tree.data, dict):
        tree.problems.append(
            Problem(RULE, Severity.ERROR, tree.places.at(), "the front matter is not a list of fields", fix=EXAMPLE)
        )
        tree.data = {}
    body_start = start + closing.end()
    body_start += source.text.startswith("\r\n", body_start) * 2 or source.text.startswith("\n", body_start)
    return FrontMatter(tree, body_start)


EXAMPLE = "write fields such as `title: ...`, one a line, between two lines ---"
HYPHENS = "write three hyphens, ---; a word processor makes one long dash of them"
DASHES = re.compile(r"[ \t]*[-_\u2010-\u2015\u2212]+[ \t\r]*")
"""A line that stands for `---` and is not."""
FENCE = re.compile(r"\s*^[ \t]*---+[ \t\r]*$", re.MULTILINE)
LINE = re.compile(r"[^\n]+")
PART_OF_FIELDS = re.compile(r"[ \t#-]|[A-Za-z_][\w -]*:|\s*$")


def _without(source: Source, start: int, fault: Problem | None) -> FrontMatter:
    first_line_end = start + len(source.text[start:].partition("\n")[0].rstrip())
    places = Places(source.span(start, first_line_end), {}, {})
    if fault is not None and not source.text.strip(BYTE_ORDER_MARK + " \t\r\n"):
        fault = Problem(RULE, Severity.ERROR, places.whole, "the file is empty", fix=EXAMPLE)
    return FrontMatter(YamlTree({}, places, [fault] if fault else []), start)


def _find_opening(source: Source, start: int) -> Problem:
    """Why there is no front matter; what an editor took for its first line is pointed at."""
    line = source.text[start:].partition("\n")[0]
    span = source.span(start, start + len(line.rstrip()))
    what, fix = "the file does not begin with front matter (---)", EXAMPLE
    if "\r" in source.text and "\n" not in source.text:
        what, fix = "its lines end as those of old Macs (CR)", "save the file with line endings LF"
        span = source.span(start, start + len(line.partition("\r")[0]))
    elif DASHES.fullmatch(line) and "---" not in line:
        what, fix = f"'{line.strip()}' does not open the front matter", HYPHENS
    elif fence := FENCE.match(source.text, start):
        what = "the front matter does not begin at the very beginning of the file"
        fix = "delete what stands before the first ---, blanks and empty lines too"
        span = source.span(fence.end() - len(fence[0].lstrip()), fence.end())
    elif KEY_OF_LINE.match(line):
        what, fix = "the line --- above the fields is missing", "write --- on a line of its own above this one"
    return Problem(RULE, Severity.ERROR, span, what, fix=fix)


def _find_closing(source: Source, start: int, position: int) -> Problem:
    """Where the second `---` is missing: at a line that was meant for it, or before the first that is no field."""
    for match in LINE.finditer(source.text, position):
        span = source.span(match.start(), match.start() + len(match[0].rstrip()))
        if DASHES.fullmatch(match[0]):
            what = f"'{match[0].strip()}' does not close the front matter"
            return Problem(RULE, Severity.ERROR, span, what, fix=HYPHENS)
        if not PART_OF_FIELDS.match(match[0]):
            break
    else:
        span = source.span(start, start + len(source.text[start:].partition("\n")[0].rstrip()))
    what = "the front matter is not closed: a second line --- is missing"
    return Problem(RULE, Severity.ERROR, span, what, fix="write --- on a line of its own below the last field")

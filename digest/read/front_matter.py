"""A Markdown file to its front matter and its body, each with its place."""

from dataclasses import dataclass
from itertools import islice

from frontmatter.default_handlers import YAMLHandler

from digest.model.source import Places, Source
from digest.problem import Problem, Severity
from digest.read.files import BYTE_ORDER_MARK
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
        return _without(source, start, "the file does not begin with front matter (---)" if required else "")
    # python-frontmatter gives the two texts; where they stand follows from its own boundary.
    boundaries = list(islice(HANDLER.FM_BOUNDARY.finditer(text), 2))
    if len(boundaries) < 2:  # noqa: PLR2004 - an opening and a closing line
        return _without(source, start, "the front matter is not closed: a second line --- is missing")
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


def _without(source: Source, start: int, what: str) -> FrontMatter:
    first_line_end = start + len(source.text[start:].partition("\n")[0].rstrip())
    places = Places(source.span(start, first_line_end), {}, {})
    problems = []
    if what:
        if not source.text.strip(BYTE_ORDER_MARK + " \t\r\n"):
            what = "the file is empty"
        problems.append(Problem(RULE, Severity.ERROR, places.whole, what, fix=EXAMPLE))
    return FrontMatter(YamlTree({}, places, problems), start)

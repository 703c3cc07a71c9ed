"""What looks like Markdown and is shown as typed is found, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markup import iter_unresolved_footnotes, iter_unresolved_links, parse_body, render_body

KNOWN = "\n\n[known]: https://example.org/\n\n[^1]: A note.\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[text][missing]", ["missing"]),
        ("[text][]", ["text"]),
        ("[*text* of it][missing]", ["missing"]),
        ("![picture][missing]", ["missing"]),
        ("- item\n  [text][missing]", ["missing"]),
        ("> [text]\n[missing]", ["missing"]),
        ("[text][known]", []),
        ("[known][]", []),
        ("[missing]", []),
        ("`[text][missing]`", []),
        ("    [text][missing]", []),
        (r"\[text][missing]", []),
        ("matrix[0][1]", []),
        ("[text][^2]", []),
        ("[text](https://example.org/[a][b])", []),
    ],
)
def test_links_by_reference(text, names):
    assert [name for _, _, name in iter_unresolved_links(text + KNOWN)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Half.[^2]", ["^2"]),
        ("Half.[^1][^2]", ["^2"]),
        ("Half [.23].[^a-b]", ["^a-b"]),
        ("Half.[^1]", []),
        ("`[^2]`", []),
        (r"\[^2]", []),
        ("[^ 2]", []),
        ("[^]", []),
    ],
)
def test_footnotes(text, names):
    assert [name for _, _, name in iter_unresolved_footnotes(text + KNOWN)] == names


@given(st.lists(st.sampled_from([*"[]()^!`\\ \na1", "][", "[^1]", "[^2]", "[known]", "\n\n", "é", "<b>"])))
def test_what_is_found_is_shown_as_typed(parts):
    text = "".join(parts) + KNOWN
    html = render_body(parse_body(text)).html
    for start, end, _ in (*iter_unresolved_links(text), *iter_unresolved_footnotes(text)):
        assert text[start:end].endswith("]")
        assert "]" in html

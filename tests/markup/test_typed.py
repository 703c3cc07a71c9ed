"""Signs of Markdown that stay as they were typed."""

import pytest

from digest.markup import iter_typed_signs


def signs(text):
    return [(text[start:end], sign.name) for start, end, sign in iter_typed_signs(text)]


@pytest.mark.parametrize(
    "text",
    [
        "a **b** c, `**` and `](`",
        "```\n**x\n\n• y\n```",
        r"2 \*\* 3",
        "[1](2020) and [sic] (2020, p. 3)",
        "- 5 points\n- **x**: y\n\n-0.5 points",
        "Numbers\n\n1.5 points fell",
        "f(x)[2] (a)[b]",
        "3 * 4, 3*4, p < .05* and \\*p < .05",
        "a [b](https://example.org/(y)) c [d](e.md 'the f')",
        "| a | b |\n|---|---|\n| **p** | *** |\n\n*** p < .05",
        "| a | b |\n|---|---|\n| .34* | .51** |",
        "**Note.** Text **bold *it* bold** end",
        "- one\n\n    its second paragraph\n",
        "[^1]: a note\n\n    its second paragraph\n",
    ],
)
def test_what_does_something_or_no_harm_is_no_sign(text):
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b c", [("**", "EMPHASIS")]),
        ("a ** b ** c\n\nd ** e", [("**", "EMPHASIS"), ("**", "EMPHASIS")]),
        ("a *b c", [("*", "EMPHASIS")]),
        ("*p* and *q", [("*", "EMPHASIS")]),
        ("see [a](b c.md).", [("[a](b c.md)", "LINK")]),
        ("see ![a](b c.png).", [("![a](b c.png)", "LINK")]),
        ("see [a](b.md and", [("[a](b.md and", "LINK")]),
        ("see [a] (https://example.org/).", [("[a] (https://example.org/)", "LINK_APART")]),
        ("see (a)[../b.md].", [("(a)[../b.md]", "LINK_REVERSED")]),
        ("##Results", [("##Results", "HEADING")]),
        ("##\u00a0Results", [("##\u00a0Results", "HEADING")]),
        ("a:\n\n• b\n• c", [("• b", "ITEM")]),
        ("-b\n-c", [("-b", "ITEM")]),
        ("1)Call", [("1)Call", "ITEM")]),
        ("| a | b |\n| 1 | 2 |", [("| a | b |", "TABLE")]),
        ("| a | b |\n|---|\n| 1 | 2 |", [("| a | b |", "TABLE")]),
        ("a\n\n\tb c\n\td", [("b c", "CODE")]),
        ("     b c", [("b c", "CODE")]),
    ],
)
def test_a_sign_is_found_with_what_it_was_meant_for(text, expected):
    assert signs(text) == expected

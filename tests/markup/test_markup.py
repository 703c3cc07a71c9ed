"""CommonMark: what stands where, and HTML that is safe on any page."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.markup import clean_inline, parse_body, render_body
from digest.markup.raw_html import SIGN

BEFORE = "---\ntitle: é𝒂\n---\n"


def parse(text):
    return parse_body(text, path="a.md", offset=len(BEFORE))


def cut(span, text):
    assert span.path == "a.md"
    return (BEFORE + text)[span.start : span.end]


def html_of(text, resolve=str):
    return render_body(parse(text), resolve).html


class Seen(HTMLParser):
    """Tags, ids, addresses and text of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.attributes = []
        self.ids = []
        self.heading_ids = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.heading_ids.append(dict(attrs).get("id"))

    def handle_data(self, data):
        self.text += data


# What stands where


def test_headings_have_their_text_level_anchor_and_place():
    text = "Before.\n\n## The *first* `one`\n\n### Größe & Co. ##\n\nThird\n-----\n\n## The first one\n"
    headings = parse(text).headings
    assert [(h.level, h.text, h.anchor) for h in headings] == [
        (2, "The first one", "the-first-one"),
        (3, "Größe & Co.", "grosse-co"),
        (2, "Third", "third"),
        (2, "The first one", "the-first-one-2"),
    ]
    assert [cut(h.span, text) for h in headings] == [
        "## The *first* `one`",
        "### Größe & Co. ##",
        "Third\n-----",
        "## The first one",
    ]


def test_anchors_never_meet():
    body = parse("## a\n\n## a-2\n\n## a\n\n## a\n\n## 漢字\n\n## !\n\n## fn 1\n\nx[^1]\n\n[^1]: note\n")
    anchors = [heading.anchor for heading in body.headings]
    assert anchors == ["a", "a-2", "a-3", "a-4", "section", "section-2", "section-fn-1"]
    assert body.anchors == {*anchors, "fn-1"}


def test_footnotes_of_different_labels_have_different_anchors():
    body = parse("a[^a b] b[^a-b] c[^漢] d[^字]\n\n[^a b]: 1\n[^a-b]: 2\n[^漢]: 3\n[^字]: 4\n")
    assert len(body.anchors) == 4


@pytest.mark.parametrize(
    ("text", "destination", "place", "words"),
    [
        ("[é𝒂](b.md)", "b.md", "b.md", "é𝒂"),
        ("[a *b* `c`](<d e.md> 'title')", "d e.md", "d e.md", "a b c"),
        ("[a](b%20c.md#d)", "b%20c.md#d", "b%20c.md#d", "a"),
        ("[a]( /b/?c=d&amp;e )", "/b/?c=d&e", "[a]( /b/?c=d&amp;e )", "a"),
        ("[b.md](b.md)", "b.md", "b.md", "b.md"),
        ("x [a][r] y\n\n[r]: b.md\n", "b.md", "[a][r]", "a"),
        ("<https://a.example/>", "https://a.example/", "https://a.example/", "https://a.example/"),
        ("<us@a.example>", "mailto:us@a.example", "us@a.example", "us@a.example"),
        ("[a]()", "", "[a]()", "a"),
        ("> - [a](b.md)", "b.md", "b.md", "a"),
        ("| x |\n|---|\n| [a](b.md) |\n", "b.md", "b.md", "a"),
        ("x[^1]\n\n[^1]: [a](b.md)\n", "b.md", "b.md", "a"),
    ],
)
def test_a_link_has_its_destination_text_and_place(text, destination, place, words):
    (link,) = parse(text).links
    assert (link.destination, link.text, cut(link.span, text)) == (destination, words, place)


def test_images_are_kept_apart_from_links():
    text = "[![A *bed*](bed.png)](page.md) ![](b.png)"
    body = parse(text)
    assert [(image.destination, image.text, cut(image.span, text)) for image in body.images] == [
        ("bed.png", "A bed", "bed.png"),
        ("b.png", "", "b.png"),
    ]
    assert [(link.destination, link.text) for link in body.links] == [("page.md", "A bed")]


@pytest.mark.parametrize("text", ["`[a](b.md)`", "    [a](b.md)\n", "```\n## a\n<b>\n```\n", "\\[a](b.md) \\<b>"])
def test_code_and_escapes_hold_nothing(text):
    body = parse(text)
    assert (body.links, body.headings, body.raw_html) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <em>b</em> c", ["<em>", "</em>"]),
        ("<div>\n\n*b*\n\n</div>\n", ["<div>", "</div>"]),
        ("<div>\nb\n</div>\n\nc", ["<div>\nb\n</div>"]),
        ("a <!-- b --> c", ["<!-- b -->"]),
        ("<script>\n\nalert(1)\n</script>\n", ["<script>\n\nalert(1)\n</script>"]),
        ("m<sup>2</sup> H<sub>2</sub>O<br>x <abbr title='y'>z</abbr>", []),
        ("a < b > c, 1<2", []),
    ],
)
def test_raw_html_is_found_where_it_stands(text, found):
    assert [cut(span, text) for span in parse(text).raw_html] == found


def test_sections_begin_at_second_level_headings_of_the_document_itself():
    text = (
        "One two.\n\n## A\n\nThree.\n\n### A lower one\n\nFour five.\n\n> ## Quoted\n> six\n\n## B\n\n## C\n\nSeven\n"
    )
    sections = parse(text).sections
    assert [(s.heading.text if s.heading else None, s.words) for s in sections] == [
        (None, 2),
        ("A", 4),
        ("B", 0),
        ("C", 1),
    ]
    assert cut(sections[0].span, text) == "One two.\n\n"
    assert cut(sections[2].span, text).strip() == ""
    assert parse(text).words == 7


@pytest.mark.parametrize("text", ["", "\n", "   \n\t\n"])
def test_an_empty_text_is_one_empty_section(text):
    body = parse(text)
    assert body.is_empty
    assert [section.words for section in body.sections] == [0]
    assert html_of(text) == ""


# HTML


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        "text <script>alert(1)</script> text",
        '"><img src=x onerror=alert(1)>',
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>*{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
        "</script><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php <script>alert(1)</script> ?>",
        "> <script>\n> alert(1)\n> </script>",
        "- <script>\n  alert(1)\n  </script>",
        "# <img src=x onerror=alert(1)>",
        "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
        "<abbr title='x' onclick='alert(1)'>x</abbr>",
        "<sup onmouseover=alert(1)>x</sup>",
        "<br/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:alert(1))",
        "[x](file:///etc/passwd)",
        "[x](//evil.example/)",
        "[x](\\\\\\\\evil.example/)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        '![x" onerror="alert(1)](x.png)',
        '![<abbr title="x onerror=alert(1) y">](x.png)',
        '[x](y "z\\" onclick=\\"alert(1)")',
        '![<h2>](x.png "<h3>")',
        "<javascript:alert(1)>",
        "[x]\n\n[x]: javascript:alert(1)",
        "x[^<script>]\n\n[^<script>]: y",
        "```<script>alert(1)</script>\nx\n```",
        f"{SIGN}0{SIGN} <b> {SIGN}{SIGN}1{SIGN}{SIGN}",
        "<!--" + SIGN * 2 + "0" + SIGN * 2 + "--> <b>",
    ],
)
def test_nothing_that_runs_or_leads_astray_survives(planted):
    body = parse(planted)
    html = render_body(body).html
    seen = Seen(html)
    assert not {"script", "style", "iframe", "svg", "object", "embed", "form", "input", "link", "meta"} & set(seen.tags)
    for _, name, value in seen.attributes:
        assert not name.startswith("on")
        if name in {"href", "src"}:
            scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value), re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}
            assert not value.replace("\\", "/").startswith("//")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <em>b</em> c", "a <em>b</em> c"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a <!-- b --> c", "a <!-- b --> c"),
        ("<div>\n# x\n</div>", "<div>\n# x\n</div>"),
        ("> <div>\n> x\n> </div>", "<div>\nx\n</div>"),
        ("&lt;b> &amp;amp; <b title='&quot;'>", "<b> &amp; <b title='&quot;'>"),
    ],
)
def test_raw_html_is_shown_as_text(text, shown):
    assert Seen(html_of(text)).text.strip() == shown


def test_the_allowed_tags_keep_their_meaning():
    html = html_of("m<sup>2</sup> H<sub>2</sub>O<br>x <abbr title='y'>z</abbr> <kbd>k</kbd> <cite>c</cite>")
    assert html == ('<p>m<sup>2</sup> H<sub>2</sub>O<br>x <abbr title="y">z</abbr> <kbd>k</kbd> <cite>c</cite></p>\n')


def test_links_and_images_go_through_resolve_and_anchors_stay():
    html = html_of("[a](b.md) ![c](d.png) [e](#f) <us@a.example>\n\n## f\n", resolve=lambda written: f"/x/{written}")
    addresses = [value for _, name, value in Seen(html).attributes if name in {"href", "src"}]
    assert addresses == ["/x/b.md", "/x/d.png", "#f", "/x/mailto:us@a.example"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, LookupError])
def test_what_is_raised_while_a_link_is_resolved_is_not_lost(error):
    """Ctrl+C, for one: a page would be published without that link."""

    def resolve(_written):
        raise error

    with pytest.raises(error):
        html_of("[a](b.md)", resolve=resolve)


def test_footnotes_lead_to_their_notes():
    seen = Seen(html_of("a[^1] b[^a&b] c[^É]\n\n[^1]: one\n[^1]: again\n[^a&b]: two\n[^é]: three\n"))
    targets = [value[1:] for _, name, value in seen.attributes if name == "href"]
    assert len(targets) == 3
    assert set(targets) == set(seen.ids)
    assert len(seen.ids) == len(set(seen.ids))


def test_sections_come_with_their_heading_and_html():
    rendered = render_body(parse("One.\n\n## A *b*\n\nTwo.\n\n### C\n\n> ## D\n\n## E\n"))
    assert [(section.anchor, section.heading) for section in rendered.sections] == [
        ("", ""),
        ("a-b", "A b"),
        ("e", "E"),
    ]
    assert rendered.sections[1].html.split() == [
        "<p>Two.</p>",
        "<h3",
        'id="c">C</h3>',
        "<blockquote>",
        "<h2",
        'id="d">D</h2>',
        "</blockquote>",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n# hidden\n</div>\n\n## shown\n",
        "a <b>\n## shown\n",
        "<!-- a\n## hidden\n-->\n\n## shown\n",
        "<!-- a -->\n---\n\n## shown\n",
        "<b>\n===\n\n## shown\n",
        "a\n<div>\n===\n\n## shown\n",
        "<pre>\n\n## hidden\n\n</pre>\n## shown\n",
        "> <div>\n> ## hidden\n\n## shown\n",
        "- <div>\n  ## hidden\n\n## shown\n",
        "foo <b\nclass='x'>\n---\n\n## shown\n",
        "<b\nclass='x'>\n\n## shown <i>x</i>\n",
        "## <script>\n\n<x>\n\n## shown\n",
        "[<b>]: /x\n\n## shown\n",
        "![<h2>](x.png)\n\n## shown\n",
        "## a\n\n<div>\n## b\n</div>\n\n## shown\n",
    ],
)
def test_headings_carry_the_anchors_of_the_body_whatever_the_raw_html(text):
    body = parse(text)
    assert "shown" in [heading.text.strip() for heading in body.headings] or "shown x" in body.headings[-1].text
    assert Seen(render_body(body).html).heading_ids == [heading.anchor for heading in body.headings]


@pytest.mark.parametrize("text", ["<b>&\"'", "a < b"])
def test_a_line_of_text_is_escaped(text):
    assert unescape(clean_inline(text)) == text
    assert not set(clean_inline(text)) & set("<>\"'")


pieces = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "### ",
            "\n",
            "\n\n",
            "a",
            "é𝒂",
            " ",
            "  ",
            "    ",
            "\t",
            "- ",
            "1. ",
            "> ",
            "---",
            "===",
            "`",
            "```",
        ),
        *(
            "*",
            "**",
            "_",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "<",
            ">",
            "<b>",
            "</b>",
            "<div>",
            "</div>",
            "<!--",
            "-->",
        ),
        *("<script>", "</script>", "<pre>", "<abbr title='<h2>'>", "<sup>", "&lt;", "&", '"', "'", "\\", "|", "|---|"),
        *(
            "[^1]",
            "[^1]: ",
            "[r]: ",
            "https://a.example/",
            "javascript:",
            "<us@a.example>",
            "\r\n",
            "\x00",
            SIGN,
            "0",
            ":",
        ),
    ]
)
markdown = st.one_of(st.lists(pieces, max_size=25).map("".join), st.text(max_size=60))


@given(markdown)
@settings(max_examples=400)
def test_any_text_is_parsed_and_every_place_lies_in_it(text):
    body = parse(text)
    things = (*body.headings, *body.links, *body.images, *body.sections)
    for span in (*(thing.span for thing in things), *body.raw_html):
        assert len(BEFORE) <= span.start <= span.end <= len(BEFORE + text)
    for heading in body.headings:
        assert cut(heading.span, text).strip() == cut(heading.span, text)
    assert sum(section.words for section in body.sections) == body.words
    anchors = [heading.anchor for heading in body.headings]
    assert len(anchors) == len(set(anchors))


@given(markdown)
@settings(max_examples=400)
def test_any_text_is_rendered_to_safe_html_with_the_anchors_of_the_body(text):
    body = parse(text)
    rendered = render_body(body)
    seen = Seen("".join(f'<h2 id="{s.anchor}"></h2>' * bool(s.anchor) + s.html for s in rendered.sections))
    assert seen.heading_ids == [heading.anchor for heading in body.headings]
    assert len(seen.ids) == len(set(seen.ids))
    assert not {"script", "style", "iframe"} & set(seen.tags)
    for _, name, value in seen.attributes:
        assert not name.startswith("on")
        assert "javascript:" not in value.lower() or name not in {"href", "src"}

"""What holds for every reference, however odd its fields."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cite import (
    assign_year_suffixes,
    format_apa,
    format_bibtex,
    format_coins,
    format_in_text,
    format_reference_list,
    format_ris,
    reference_to_csl,
)
from digest.model.reference import DateParts, Name, Reference
from tests.builders import make_reference

TYPES = [
    "article-journal", "article-magazine", "article-newspaper", "article", "book", "chapter", "dataset", "document",
    "entry", "paper-conference", "patent", "periodical", "post-weblog", "report", "review", "software", "standard",
    "thesis", "webpage", "a type that nobody knows",
]  # fmt: skip
TEXTS = [
    "title", "container_title", "collection_title", "original_title", "volume", "issue", "page", "number", "edition",
    "version", "publisher", "genre", "status", "DOI", "URL", "handle", "event_title", "event_place",
]  # fmt: skip


def references(text: st.SearchStrategy[str]) -> st.SearchStrategy[Reference]:
    names = st.builds(
        Name, family=text, given=text, non_dropping_particle=text, suffix=text, literal=text | st.just("")
    )
    people = st.lists(names, max_size=3).map(tuple)
    dates = st.none() | st.builds(
        DateParts, st.integers(-400, 2100), st.none() | st.integers(0, 13), st.none() | st.integers(0, 32)
    )
    fields: dict[str, Any] = dict.fromkeys(TEXTS, text)
    fields |= {"author": people | names.map(lambda name: (name,) * 25), "editor": people, "translator": people}
    fields |= {"author_others": st.booleans(), "issued": dates, "accessed": dates, "original_date": dates}
    return st.fixed_dictionaries({}, optional=fields | {"type": st.sampled_from(TYPES)}).map(
        lambda chosen: make_reference("key", **chosen)
    )


ANYTHING = st.text(max_size=12) | st.sampled_from(
    ["<b>&amp;</b>", "]]>", "*_`[a](b)", "https://a b.example/<>", "1. a"]
)
WORDS = st.lists(st.from_regex(r"[A-Za-zÀ-ÿα-ω0-9]{1,6}[?!.,]?", fullmatch=True), max_size=3).map(" ".join)
"""Text as people write it: words with single blanks."""
ALLOWED = re.compile(r"</?i>|<a href=\"https?://[^\"<>\s]*\">|</a>|&(?:amp|lt|gt|quot|#x27);")
DOUBLED = re.compile(r"\.\.|,,| [,.;:)\]]|\(\)|\[\]|[(\[] |  |[?!]\.|,\.|\.,$|^[,.;: ]|[ ,;:]$")


class TextOf(HTMLParser):
    """The text of HTML, and the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


@given(references(ANYTHING))
def test_any_reference_formats_in_every_format(reference):
    assert isinstance(format_apa(reference, year_suffix="a").text, str)
    assert format_in_text(reference).endswith(")")
    assert format_coins(reference).isascii()
    assert format_ris(reference).endswith("ER  - \n")
    assert format_bibtex(reference).endswith("}\n")
    assert reference_to_csl(reference)["id"] == "key"


@given(references(ANYTHING))
def test_html_holds_no_character_of_the_record_unescaped(reference):
    html = format_apa(reference).html
    rest = ALLOWED.sub("", html)
    assert not set("<>&") & set(rest)
    assert unescape(re.sub(r"</?(?:i|a)\b[^>]*>", "", html)) == format_apa(reference).text


@given(references(ANYTHING))
def test_only_web_addresses_become_links(reference):
    assert all(run.href.startswith(("http://", "https://")) for run in format_apa(reference).runs if run.href)


@given(references(WORDS))
def test_punctuation_is_never_doubled_nor_left_over(reference):
    text = format_apa(reference).text
    assert not DOUBLED.search(text), text


@given(references(ANYTHING))
def test_markdown_renders_to_the_text(reference):
    citation = format_apa(reference)
    rendered = TextOf(pyromark.html(citation.markdown))
    assert " ".join(rendered.text.split()) == " ".join(citation.text.split())
    assert rendered.tags <= {"p", "em", "a"}


@given(st.lists(references(WORDS), max_size=6), st.randoms(use_true_random=False))
def test_a_list_is_the_same_for_any_order_it_came_in(items, random):
    keyed = [make_reference(f"key{number}", **_fields(item)) for number, item in enumerate(items)]
    shuffled = random.sample(keyed, len(keyed))
    assert format_reference_list(shuffled) == format_reference_list(keyed)
    assert assign_year_suffixes(shuffled) == assign_year_suffixes(keyed)


def _fields(reference: Reference) -> dict[str, Any]:
    skipped = {"citation_key", "path", "places"}
    return {field: getattr(reference, field) for field in reference.__dataclass_fields__ if field not in skipped}


@pytest.mark.parametrize("text", ["", " ", ".", ",", "()", "—", "\x00", "\u202e", "\ud800"])
def test_a_field_that_says_nothing_leaves_no_trace(text):
    full = make_reference("key", title="Title", author=(Name("Author"),), issued=DateParts(2020))
    empty = make_reference(
        "key", title="Title", author=(Name("Author"),), issued=DateParts(2020),
        **{field: text for field in TEXTS if field not in {"title", "DOI", "URL"}},
    )  # fmt: skip
    assert format_apa(empty) == format_apa(full)

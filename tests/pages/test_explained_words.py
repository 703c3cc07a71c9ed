"""Words of the glossary are explained where an entry first uses them, and nothing else of its text changes."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from digest.markup import parse_body, render_body
from digest.model.glossary import GlossaryWords
from digest.model.vocabulary import GlossaryTerm
from digest.pages import plan_site
from digest.pages.bodies import EntryBody
from digest.pages.explained_words import explain_words
from tests.builders import make_entry, make_library, places

DAY = datetime.date(2026, 11, 22)
TAG = re.compile(r"<[^>]*>")


def term(word: str, *others: str, definition: str = "What it means.") -> GlossaryTerm:
    path = "vocabulary/glossary.yml"
    return GlossaryTerm(term=word, definition=definition, alt_terms=others, path=path, places=places(path))


GARDEN = GlossaryWords(
    [
        term("mulch"),
        term("drip irrigation", "DI"),
        term("correlation", "r"),
        term("Cohen's d"),
        term("odds ratio", "OR"),
    ]
)


def body_of(text: str) -> EntryBody:
    html = Markup(render_body(parse_body(text)).html)
    return EntryBody(html, "", Markup(), Markup())


def explained(text: str) -> tuple[str, list[str]]:
    body, words = explain_words(body_of(text), GARDEN)
    return str(body.summary), [word.term for word in words]


def linked(text: str) -> list[str]:
    return re.findall(r'<a class="word"[^>]*>(.*?)</a>', explained(text)[0], re.DOTALL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mulch helps. More mulch helps more.", ["Mulch"]),
        ("Two mulches.", ["mulches"]),
        ("Mulching and mulch-like.", []),
        ("Drip\nirrigation and DI.", ["Drip\nirrigation"]),
        ("DI, then drip irrigation.", ["DI"]),
        ("di, or DI.", ["DI"]),
        ("*r* = .28 or R.", ["r"]),
        ("Cohen’s d = 0.2, cohen's D.", ["Cohen’s d"]),
        ("An OR of 2 or more.", ["OR"]),
        ("Odds ratios.", ["Odds ratios"]),
        ("| a |\n|---|\n| mulch |", ["mulch"]),
    ],
)
def test_the_first_use_of_a_word_leads_to_its_note(text, found):
    assert linked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "[mulch](https://example.org/)",
        "`mulch`",
        "```\nmulch\n```",
        "## mulch",
        '<abbr title="straw">mulch</abbr>',
        "![mulch](https://example.org/mulch.png)",
        "![x](https://example.org/x.png 'mulch')",
    ],
)
def test_what_is_no_text_or_explained_already_stays_as_it_is(text):
    assert linked(text) == []
    assert explained(text)[0] == str(body_of(text).summary)


def test_a_word_is_explained_once_in_all_of_an_entry():
    body = EntryBody(Markup("<p>straw</p>"), "", Markup("<p>mulch</p>"), Markup("<p>mulch and DI</p>"))
    found, words = explain_words(body, GARDEN)
    assert str(found.summary) == "<p>straw</p>"
    assert [html.count('class="word"') for html in (found.summary, found.implications, found.rest)] == [0, 1, 1]
    assert [(word.term, word.written) for word in words] == [("drip irrigation", "DI"), ("mulch", "")]


@given(
    st.lists(st.sampled_from(["mulch", "r", "DI", "*", "_", "[", "](a)", "`", "<b>", "&lt;", "\n\n", " ", "OR", "é"]))
)
def test_nothing_of_the_text_changes(parts):
    text = "".join(parts)
    before = str(body_of(text).summary)
    after = explained(text)[0]
    assert TAG.sub("", after) == TAG.sub("", before)
    assert re.sub(r'<a class="word"[^>]*>(.*?)</a>', r"\1", after, flags=re.DOTALL) == before


def page_of(*glossary):
    library = make_library(entries=(make_entry("beds", text="Mulch, and é-words.\n"),), glossary=glossary)
    (page,) = (page for page in plan_site(library, DAY).pages if page.kind == "entry")
    return page.body


def test_each_link_has_its_note_and_each_note_leads_back():
    html = page_of(term("mulch", definition='Straw & "leaves" <b>.'))
    uses = re.findall(r'<a class="word" role="doc-glossref" id="([^"]*)" href="#([^"]*)">', html)
    assert uses == [("_use-mulch", "_word-mulch")]
    assert html.count('id="_word-mulch"') == 1
    assert 'href="#_use-mulch" role="doc-backlink"' in html
    assert "Straw &amp; &#34;leaves&#34; &lt;b&gt;." in html


def test_a_page_that_uses_no_such_word_has_no_notes():
    assert "doc-gloss" not in page_of(term("hedge"))


@pytest.mark.parametrize("word", ["<script>", "é", "--", "a" * 300, '" onclick="x', "()", "\\", "[a-z]+"])
def test_any_word_of_a_glossary_gives_sound_html(word):
    words = GlossaryWords([term(word, definition=word), term(word.upper(), word)])
    body = body_of(f"Say {word} and é.")
    found, _ = explain_words(body, words)
    ids = re.findall(r' id="([^"]*)"', str(found.summary))
    assert len(ids) == len(set(ids))
    assert TAG.sub("", str(found.summary)) == TAG.sub("", str(body.summary))


def test_two_words_of_one_slug_have_notes_of_their_own():
    words = GlossaryWords([term("a-b"), term("a b")])
    _, notes = explain_words(body_of("a-b and a b"), words)
    assert sorted(note.anchor for note in notes) == ["a-b", "a-b-2"]

"""Our references and citeproc-js's, case by case; see `golden.py` for what the cases are."""

import re
from html import unescape

from digest.cite import format_apa, format_reference_list
from tests.cite.golden import (
    GOLDEN,
    QUOTES,
    normalise,
    oracle,
    real_references,
    reference_lists,
    synthetic_references,
)

LISTED = set(re.findall(r"^\| `([^`]+)`", (GOLDEN / "disagreements.md").read_text(encoding="utf-8"), re.MULTILINE))


def disagreeing(references):
    entries = oracle()["entries"]
    return {key for key, item in references.items() if normalise(format_apa(item).text) != normalise(entries[key])}


def with_italics(html):
    """HTML with nothing but what is italic; a comma between two italic parts is italic for both."""
    text = unescape(re.sub(r"</?(?:b|div|span|a)\b[^>]*>", "", html).replace("<i>", "⟦").replace("</i>", "⟧"))
    return " ".join(text.translate(QUOTES).replace("⟧, ⟦", ", ").replace(".⟧", "⟧.").split())


def test_at_least_300_real_references_of_eight_types_are_compared():
    assert len(real_references()) >= 300
    assert len({item.type for item in real_references().values()}) >= 8


def test_real_references_agree_with_citeproc_in_99_of_100():
    assert len(disagreeing(real_references())) <= len(real_references()) / 100


def test_every_disagreement_is_listed_with_who_is_wrong_and_none_is_listed_that_is_none():
    lists = {
        name
        for name, items in reference_lists().items()
        if [normalise(citation.text) for citation in format_reference_list(items)]
        != [normalise(text) for text in oracle()["lists"][name]]
    }
    assert disagreeing(real_references()) | disagreeing(synthetic_references()) | lists == LISTED


def test_what_agrees_in_its_text_is_italic_in_the_same_places():
    references = real_references() | synthetic_references()
    different = {
        key
        for key, item in references.items()
        if key not in LISTED and with_italics(format_apa(item).html) != with_italics(oracle()["entries"][key])
    }
    assert different == {"book-other-language"}  # only the title is italic, not its translation in brackets (9.38)

"""COinS: what Zotero makes of it.

`read_like_zotero` does in Python what Zotero's `parseContextObject` and `cleanAuthor` do with the keys that we write.
"""

import re
from urllib.parse import unquote

import pytest

from digest.cite import format_coins
from digest.model.reference import DateParts, Name
from tests.builders import make_reference

ENDS = " \u00a0.,/[]:"
ARTICLE = {
    "title": "Title & <more> = 1+1",
    "container_title": "Journal",
    "volume": "12",
    "issue": "3",
    "page": "45–67",
    "DOI": "10.1000/title",
    "issued": DateParts(2020, 3, 5),
}


def clean_author(value):
    """Family and given name, as `cleanAuthor` splits them."""
    with_comma = "," in value
    value = value.strip(ENDS)
    if with_comma:
        family, *given = re.split(", ?", value)
        return family, given[0] if given else ""
    given, _, family = value.rpartition(" ")
    return family, given


def read_like_zotero(coins):
    parts = [part.split("=") for part in coins.split("&")]
    assert all(len(part) == 2 for part in parts)
    values = [(key, unquote(value).replace("+", " ")) for key, value in parts]
    item = dict(reversed(values))
    creators = [clean_author(value) for key, value in values if key == "rft.au"]
    first = (item.get("rft.aulast", ""), item.get("rft.aufirst", ""))
    if first[0] and not any(family == first[0] and given.startswith(first[1]) for family, given in creators):
        creators.insert(0, first)
    return item, creators


def item_of(**fields):
    return read_like_zotero(format_coins(make_reference("key", **fields)))[0]


def creators_of(*names):
    return read_like_zotero(format_coins(make_reference("key", author=names)))[1]


def test_an_article_has_its_journal_volume_pages_and_doi():
    item = item_of(**ARTICLE)
    assert item["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:journal"
    assert item["rft.atitle"] == "Title & <more> = 1 1"  # Zotero takes every plus for a blank, encoded or not
    assert (item["rft.jtitle"], item["rft.volume"], item["rft.issue"]) == ("Journal", "12", "3")
    assert (item["rft.pages"], item["rft.spage"], item["rft.epage"]) == ("45-67", "45", "67")
    assert item["rft_id"] == "info:doi/10.1000/title"
    assert item["rft.date"] == "2020-03-05"


@pytest.mark.parametrize(
    ("name", "creator"),
    [
        (Name("Author", "Ann B."), ("Author", "Ann B.")),
        (Name("Author", "A. B."), ("Author", "A. B.")),
        (Name("Author", "Ann", "van der"), ("van der Author", "Ann")),
        (Name("Author", "A.", "van der"), ("van der Author", "A")),  # Zotero drops the stop behind a comma
        (Name("Author Beta", "Ann"), ("Author Beta", "Ann")),
        (Name("Author"), ("Author", "")),
        (Name(literal="Group of Authors"), ("Group of Authors", "")),
        (Name("Author", "Ann", suffix="Jr."), ("Author", "Ann")),
    ],
)
def test_each_author_is_there_once_and_whole(name, creator):
    assert creators_of(name) == [creator]
    assert creators_of(name, Name("Beta", "Bea"), name) == [creator, ("Beta", "Bea"), creator]


@pytest.mark.parametrize(
    ("kind", "form", "genre"),
    [
        ("book", "book", "book"), ("chapter", "book", "bookitem"), ("report", "book", "report"),
        ("paper-conference", "book", "proceeding"), ("thesis", "dissertation", None), ("article", "dc", None),
        ("webpage", "dc", None),
    ],
)  # fmt: skip
def test_every_type_has_its_format(kind, form, genre):
    item = item_of(type=kind, title="Title", container_title="Container", publisher="Publisher")
    assert item["rft_val_fmt"] == f"info:ofi/fmt:kev:mtx:{form}"
    assert item.get("rft.genre") == genre
    assert "Title" in {item.get("rft.title"), item.get("rft.btitle"), item.get("rft.atitle")}


def test_a_chapter_names_its_book_and_a_book_not_its_series():
    assert item_of(type="chapter", title="Title", container_title="Book")["rft.btitle"] == "Book"
    assert item_of(type="book", title="Title", container_title="Series")["rft.btitle"] == "Title"


def test_it_is_safe_to_stand_in_an_attribute():
    coins = format_coins(make_reference("key", **{**ARTICLE, "title": "\"'<>&\x00é"}))
    assert coins.isascii()
    assert not set("\"'<>") & set(coins)

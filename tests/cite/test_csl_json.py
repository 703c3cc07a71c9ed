"""CSL-JSON: every field under the name that CSL gives it."""

from dataclasses import fields

from digest.cite import reference_to_csl
from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from tests.builders import make_reference

FULL = {
    "author": (Name("Author", "Ann", "van", "Jr."), Name(literal="Group")),
    "editor": (Name("Editor", "Eve"),),
    "translator": (Name("Translator"),),
    "issued": DateParts(2020, 3, 5),
    "original_date": DateParts(1950),
    "accessed": DateParts(2021, 4),
    "author_others": True,
    "editor_others": True,
    "copies": (RepositoryCopy("https://example.org/copy", "accepted version", "open", ""),),
    "recommended": ("beta2021", "gamma2022"),
}


def test_every_field_of_a_reference_is_in_it():
    texts = {
        field.name: f"text of {field.name}"
        for field in fields(Reference)
        if field.type in {"str", str} and field.name not in {"path", "type", "citation_key", "record_type"}
    }
    item = reference_to_csl(make_reference("key", **FULL, **texts))
    custom = item.pop("custom")
    known = {name.replace("_", "-") for name in (*texts, *FULL)} - {"handle", "licence", "copies", "recommended"}
    assert known - {"author-others", "editor-others"} <= item.keys()
    assert all(
        item[name.replace("_", "-")] == text for name, text in texts.items() if name not in {"handle", "licence"}
    )
    assert custom == {
        "author-others": True,
        "editor-others": True,
        "handle": "text of handle",
        "licence": "text of licence",
        "copies": [{"url": "https://example.org/copy", "version": "accepted version", "access": "open"}],
        "recommended": ["beta2021", "gamma2022"],
    }


def test_names_and_dates_have_the_shapes_of_the_schema():
    item = reference_to_csl(make_reference("key", **FULL))
    assert item["id"] == item["citation-key"] == "key"
    assert item["author"] == [
        {"family": "Author", "given": "Ann", "non-dropping-particle": "van", "suffix": "Jr."},
        {"literal": "Group"},
    ]
    assert item["issued"] == {"date-parts": [[2020, 3, 5]]}
    assert item["accessed"] == {"date-parts": [[2021, 4]]}


def test_what_nobody_knows_is_not_in_it():
    item = reference_to_csl(make_reference("key", title=""))
    assert item == {"id": "key", "citation-key": "key", "type": "article-journal"}


def test_a_title_in_another_language_comes_with_its_translation_as_apa_shows_it():
    item = reference_to_csl(make_reference("key", title="Title", original_title="Titel"))
    assert item["title"] == "Titel [Title]"
    assert "original-title" not in item
    assert item["custom"] == {"title": "Title", "original-title": "Titel"}

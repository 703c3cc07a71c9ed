"""BibTeX out, and in again."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cite import format_bibtex
from digest.cite.bibtex import ENTRY_TYPES
from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from digest.model.source import Source
from digest.read.bibliography import parse_bibliography
from digest.read.bibtex_fields import SUBTYPES, TYPES
from tests.builders import make_reference
from tests.cite.golden import real_references, synthetic_references

READ_TYPES = {*TYPES.values(), *SUBTYPES.values()}
NOT_COMPARED = {"path", "places", "raw", "record_type"}


def read_again(reference):
    text = format_bibtex(reference)
    found, problems = parse_bibliography(Source("bib/references.bib", text))
    assert not problems, (text, problems)
    assert len(found) == 1, text
    return found[0]


def differences(reference, other):
    return {
        field.name: (getattr(reference, field.name), getattr(other, field.name))
        for field in fields(Reference)
        if field.name not in NOT_COMPARED and getattr(reference, field.name) != getattr(other, field.name)
    }


def test_a_record_has_a_field_a_line():
    reference = synthetic_references()["article"]
    assert format_bibtex(replace(reference, citation_key="author2020title")) == (
        "@article{author2020title,\n"
        "  author = {Author, Ann A.},\n"
        "  title = {Title of the work},\n"
        "  journal = {Journal of Titles},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {45-67},\n"
        "  year = {2020},\n"
        "  doi = {10.1000/title},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Titles & 50% of $5 #1 a_b", r"{Titles \& 50\% of \$5 \#1 a\_b}"),
        ("{a} \\b", r"{\textbraceleft{}a\textbraceright{} \textbackslash{}b}"),
        ("~a ^b", r"{\textasciitilde{}a \textasciicircum{}b}"),
        ("Émile Ångström – α and β", "{Émile Ångström – α and β}"),
        ("a -- b ''c'' ``d``", "{a -{}- b '{}'c'{}' `{}`d`{}`}"),
        ("Of DNA and eHealth in McKenzie", "{Of {DNA} and {eHealth} in {McKenzie}}"),
        ("Titles from Canada: Evidence of change", "{Titles from {Canada}: Evidence of change}"),
        ("Titles In Canada and Evidence Of Change", "{Titles In Canada and Evidence Of Change}"),
        ("Two\nlines", "{Two lines}"),
    ],
)  # fmt: skip
def test_only_what_bibtex_would_misread_is_escaped_and_names_keep_their_capitals(title, written):
    assert f"  title = {written},\n" in format_bibtex(make_reference("key", title=title))


def test_braces_of_the_record_are_kept_while_its_title_says_the_same():
    raw = {"title": "A study of {Black} and {Indigenous Women}"}
    reference = make_reference("key", title="A study of Black and Indigenous Women", raw=raw)
    assert "title = {A study of {Black} and {Indigenous Women}}" in format_bibtex(reference)
    assert "title = {Another title}" in format_bibtex(replace(reference, title="Another title"))


def test_what_a_repository_says_stands_in_fields_that_other_tools_leave_alone():
    reference = make_reference(
        "key",
        handle="10000/123",
        licence="CC BY 4.0",
        copies=(
            RepositoryCopy("https://example.org/1", "publisher's version", "restricted", "Own licence"),
            RepositoryCopy("https://example.org/2", access="open"),
        ),
        recommended=("beta2021", "gamma2022"),
    )
    text = format_bibtex(reference)
    assert "  hdl = {10000/123},\n  licence = {CC BY 4.0},\n" in text
    copies = "https://example.org/1 | publisher's version | restricted | Own licence ;; https://example.org/2 | | open"
    assert f"  repository-copies = {{{copies}}},\n  recommended = {{beta2021, gamma2022}},\n" in text
    assert not differences(reference, read_again(reference))


def test_fields_that_nobody_here_knows_come_out_as_they_went_in():
    raw = {"keywords": "alpha, {Beta}", "file": ":/home/author/title.pdf:PDF", "annote": "open {brace"}
    text = format_bibtex(make_reference("key", raw=raw))
    assert "  keywords = {alpha, {Beta}},\n" in text
    assert "title.pdf" not in text  # a path on the editor's disk is nobody's business
    assert "open {brace" not in text  # would break the file


def test_a_record_keeps_the_type_that_it_named_itself():
    assert format_bibtex(make_reference("key", type="book", record_type="manual")).startswith("@manual{key,")
    assert format_bibtex(make_reference("key", type="book", record_type="jour")).startswith("@book{key,")


@pytest.mark.parametrize(
    "name",
    [
        Name("Author", "Ann", "van der", "Jr."), Name("de la Author", "Ann"), Name("Author and Sons", "Ann"),
        Name(literal="Group of Authors and others"), Name("Author"), Name("others"), Name("Author", "Ann, Bea"),
        Name("Maas genannt Author", "Ann"), Name("Author", "J.-L. é"), Name(literal="Titles & Works, Inc."),
    ],
)  # fmt: skip
def test_every_kind_of_name_comes_back(name):
    reference = make_reference("key", author=(name, Name("Beta", "Bea")), editor=(name,))
    assert not differences(reference, read_again(reference))


def test_and_others_comes_back():
    reference = make_reference(
        "key", author=(Name("Author", "Ann"),), author_others=True, editor=(Name("Editor", "Eve"),)
    )
    assert not differences(reference, read_again(reference))


@pytest.mark.parametrize("kind", sorted(READ_TYPES & ENTRY_TYPES.keys()))
def test_every_type_with_a_record_of_its_own_comes_back(kind):
    reference = make_reference("key", type=kind, issued=DateParts(2020, 3, 5), URL="https://example.org/")
    assert read_again(reference).type == kind


def test_every_real_reference_comes_back():
    differing = {
        key: found
        for number, (key, reference) in enumerate(real_references().items())
        if reference.type in READ_TYPES | {"document"}
        and (found := differences(plain := replace(reference, citation_key=f"r{number}"), read_again(plain)))
    }
    assert differing == {}


TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"])
    | st.sampled_from(" {}\\$&%#_~^'`-"),
    min_size=1,
    max_size=20,
).map(lambda text: " ".join(text.split()))


@given(title=TEXT, volume=TEXT, publisher=TEXT, abstract=TEXT)
def test_any_text_comes_back(title, volume, publisher, abstract):
    texts: dict[str, Any] = {"title": title, "volume": volume, "publisher": publisher, "abstract": abstract}
    reference = make_reference("key", **texts, type="book")
    assert not differences(reference, read_again(reference))

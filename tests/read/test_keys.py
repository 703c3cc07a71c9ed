"""Citation keys in the house style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.reference import DateParts, Name
from digest.read.keys import make_key
from tests.builders import make_reference
from tests.read.made_references import references


def key(taken=(), **fields):
    return make_key(make_reference("", **{"issued": DateParts(2023), **fields}), taken)


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        ("tasca2023training", {"author": (Name("Tasca", "G."),), "title": "Training of psychotherapists"}),
        ("author2023alliance", {"author": (Name("Author"),), "title": "How can the alliance ...?"}),
        ("muller2023alliance", {"author": (Name("Müller"),), "title": "L’alliance"}),
        ("vanderkolk2023body", {"author": (Name("Kolk", "B.", "van der"),), "title": "The body"}),
        ("obriensmith2023covid", {"author": (Name("O'Brien-Smith"),), "title": "“COVID-19” and more"}),
        ("world2023mental", {"author": (Name(literal="The World Health Organization"),), "title": "Mental health"}),
        ("editor2023whole", {"editor": (Name("Editor"),), "title": "A whole"}),
        ("practice2023guidelines", {"title": "Practice guidelines for depression"}),
        ("author2023", {"author": (Name("Author"),), "title": ""}),
        ("authortitle", {"author": (Name("Author"),), "title": "A title", "issued": None}),
        ("author2023the", {"author": (Name("Author"),), "title": "The one"}),
        ("author2023ways", {"author": (Name("Author"),), "title": "21 ways of therapy"}),
        ("lukasz2023sorensen", {"author": (Name("Łukasz"),), "title": "Sørensen"}),
        ("work2023", {"author": (Name("王"),), "title": "日本"}),
        ("work", {"title": "", "issued": None}),
    ],
)
def test_first_author_year_and_first_word_that_tells(expected, fields):
    assert key(**fields) == expected


def test_a_key_that_is_taken_gets_a_letter():
    fields = {"author": (Name("Author"),), "title": "A title"}
    taken: set[str] = set()
    keys: list[str] = []
    for _ in range(60):
        keys.append(key(taken, **fields))
        taken.add(keys[-1])
    assert keys[:3] == ["author2023title", "author2023titleb", "author2023titlec"]
    assert keys[25:28] == ["author2023titlez", "author2023titleba", "author2023titlebb"]
    assert len(set(keys)) == 60


@given(reference=references(), taken=st.sets(st.sampled_from(["a", "work", "work2020"])))
def test_any_reference_has_a_key_that_bibtex_allows(reference, taken):
    made = make_key(reference, taken)
    assert made not in taken
    assert made.isascii()
    assert made.isalnum()
    assert made == made.lower()
    assert make_key(reference, taken) == made

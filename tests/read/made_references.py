"""References that nobody wrote, with any of their fields: what goes out in a format must come in again."""

import datetime
from dataclasses import fields

from hypothesis import strategies as st

from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from tests.builders import places

LETTERS = "abcdeéèüößñçøłžαβγδπÅÉÖABCXYZ日本語ж"
WORD = st.text(LETTERS, min_size=1, max_size=8)
MARKED = st.one_of(
    WORD,
    st.sampled_from([
        "COVID-19", "McKenzie", "p < .05", "50%", "R&D", "a_b", "x^2", "$5", "#1", "~10", "{braces}", "C:\\path",
        "it's", "“quoted”", "–", "—", "a--b", "``x''", "?`", "and", "AND", "β-blocker", "Ω", "½", "H₂O", "(I)", "[b]",
        "d'Or", "1990", "50:50", "etc.", "what?", "=", "@home", "%", "a;b",
    ]),
)  # fmt: skip
TEXT = st.lists(MARKED, min_size=1, max_size=8).map(" ".join)
CAPITALISED = WORD.map(str.capitalize).filter(lambda word: word[:1].isupper() and word.isalpha())
GIVEN = st.one_of(CAPITALISED, st.sampled_from(["Ann", "A. B.", "Jean-Luc", "J.-L.", "Ann Bea", "Ö."]))
PERSON = st.builds(
    Name,
    family=st.one_of(CAPITALISED, st.sampled_from(["O'Brien", "Smith-Jones", "García Márquez", "Ångström"])),
    given=GIVEN,
    non_dropping_particle=st.sampled_from(["", "", "", "van der", "de", "von"]),
    suffix=st.sampled_from(["", "", "", "Jr.", "III"]),
)
GROUP = st.sampled_from([
    "World Health Organization", "Department of Health, Canada", "Smith and Sons", "NICE", "Group of R&D",
]).map(lambda name: Name(literal=name))  # fmt: skip
NAMES = st.lists(st.one_of(PERSON, PERSON, GROUP), max_size=4).map(tuple)
DATES = st.one_of(
    st.builds(DateParts, st.integers(1000, 2100)),
    st.builds(DateParts, st.integers(1000, 2100), st.integers(1, 12)),
    st.dates(datetime.date(1600, 1, 1)).map(lambda day: DateParts(day.year, day.month, day.day)),
)
NUMBER = st.integers(1, 99999).map(str)
DOIS = st.from_regex(r"10\.[1-9][0-9]{3,5}/[a-z0-9][a-z0-9.()/_-]{0,12}[a-z0-9]", fullmatch=True)
URLS = st.from_regex(r"https://[a-z]{1,8}\.example\.org/[A-Za-z0-9_~%?=&.-]{0,12}[a-z0-9]", fullmatch=True)
KEYWORDS = st.lists(TEXT.filter(lambda text: ";" not in text), max_size=3, unique=True).map(tuple)
HEADINGS = st.lists(
    st.sampled_from(["Depressive Disorder, Major", "Humans", "Adult", "Child"]), max_size=3, unique=True
)
COPIES = st.lists(
    st.builds(
        RepositoryCopy,
        url=URLS,
        version=st.sampled_from(["", "accepted version"]),
        access=st.sampled_from(["open", "restricted"]),
        licence=st.sampled_from(["", "CC BY 4.0"]),
    ),
    max_size=2,
).map(tuple)
TYPES = st.sampled_from([
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "document",
    "entry-encyclopedia", "interview", "legislation", "manuscript", "motion_picture", "paper-conference", "patent",
    "report", "software", "speech", "thesis", "webpage",
])  # fmt: skip
PAGES = st.one_of(
    NUMBER, st.tuples(NUMBER, NUMBER).filter(lambda ends: ends[0] != ends[1]).map("–".join), st.just("S1–S9")
)
GENRES = {"article": ["Preprint"], "thesis": ["Doctoral dissertation", "Master's thesis", "Thèse"]}
IN_SERIES = frozenset({"book", "chapter", "paper-conference"})
COMPARED = frozenset(field.name for field in fields(Reference)) - {"path", "places", "raw", "record_type"}


def maybe(strategy):
    return st.one_of(st.just(""), strategy)


@st.composite
def references(draw):
    """A reference; only what contradicts itself is left out, such as the place in a series without one."""
    kind = draw(TYPES)
    container = "" if kind in {"book", "thesis", "dataset", "software"} else draw(maybe(TEXT))
    series = draw(maybe(TEXT))
    return Reference(
        citation_key=draw(st.from_regex(r"[a-z]{2,8}[0-9]{4}[a-z]{2,8}", fullmatch=True)),
        type=kind,
        title=draw(TEXT),
        author=(author := draw(NAMES)),
        author_others=bool(author) and draw(st.booleans()),
        editor=draw(NAMES),
        translator=draw(st.lists(PERSON, max_size=2).map(tuple)),
        issued=draw(st.one_of(st.none(), DATES)),
        original_date=draw(st.one_of(st.none(), DATES)),
        original_title=draw(maybe(TEXT)),
        container_title=container,
        collection_title=series,
        collection_number=draw(maybe(NUMBER)) if kind not in IN_SERIES or series else "",
        event_title=f"{container} {draw(WORD)}"
        if kind == "paper-conference" and container and draw(st.booleans())
        else "",
        event_place=draw(maybe(TEXT)),
        volume=draw(maybe(NUMBER)),
        issue=draw(maybe(NUMBER)),
        page=draw(maybe(PAGES)),
        number=draw(maybe(NUMBER)),
        edition=draw(maybe(st.sampled_from(["2", "Rev."]))),
        version=draw(maybe(st.sampled_from(["1.0", "2.3.4"]))),
        publisher=draw(maybe(TEXT)),
        publisher_place=draw(maybe(TEXT)),
        genre=draw(maybe(st.sampled_from(GENRES.get(kind, ["Data set", "Lettre"])))),
        status=draw(maybe(st.sampled_from(["in press", "Advance online publication", "under review"]))),
        DOI=(doi := draw(maybe(DOIS))),
        URL=draw(maybe(URLS)),
        PMID=draw(maybe(st.integers(1, 10**8 - 1).map(str))),
        PMCID=draw(maybe(NUMBER.map("PMC{}".format))),
        ISBN=draw(maybe(st.just("978-3-16-148410-0"))),
        ISSN=draw(maybe(st.just("1234-567X"))),
        accessed=draw(st.one_of(st.none(), DATES)),
        language=draw(maybe(st.sampled_from(["en", "fr", "german"]))),
        abstract=draw(maybe(st.builds("METHODS: {}".format, TEXT))),
        keyword=draw(KEYWORDS),
        mesh=tuple(draw(HEADINGS)),
        publication_types=tuple(draw(HEADINGS)),
        note=draw(maybe(st.builds("Note {}".format, TEXT))),
        handle=draw(maybe(st.just("10000/123"))),
        licence=draw(maybe(st.just("CC BY 4.0"))),
        copies=draw(COPIES),
        recommended=("other2020title",) if doi else (),
        path="made.bib",
        places=places("made.bib"),
    )


def differences(reference, other):
    """Field by field, what is not as it was."""
    return {
        field: (getattr(reference, field), getattr(other, field))
        for field in COMPARED
        if getattr(reference, field) != getattr(other, field)
    }

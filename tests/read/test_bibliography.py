"""The BibTeX reader: what an editor writes in `bib/` is understood, and what is wrong is told at its place."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from digest.model.source import Source
from digest.problem import Problem, Severity
from digest.read.bibliography import parse_bibliography

MALFORMED, UNREADABLE = "reference-field-malformed", "reference-unreadable"


def parse(text: str, **options: bool) -> tuple[list[Reference], list[Problem]]:
    return parse_bibliography(Source("bib/test.bib", text), **options)


def one(text: str) -> Reference:
    (reference,), problems = parse(text)
    assert problems == []
    return reference


def article(**fields: str) -> Reference:
    return one(record("article", **fields))


def record(kind: str, **fields: str) -> str:
    lines = "".join(f"  {name.replace('_', '-')} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{key,\n{lines}}}\n"


def told(text: str) -> list[str]:
    """Problems as `line:column rule 'text of the span'`."""
    source = Source("bib/test.bib", text)
    _, problems = parse_bibliography(source)
    return [
        "{}:{} {} {!r}".format(*source.line_column(p.span.start), p.rule, text[p.span.start : p.span.end])
        for p in problems
    ]


def apply_edits(text: str, problems: list[Problem]) -> str:
    edits = [edit for problem in problems for edit in problem.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# What a record says


def test_a_record_becomes_a_reference_in_csls_words():
    reference = one(
        textwrap.dedent("""\
        @article{curran2019therapy,
          author = {Curran, J. and Parry, G. D.},
          title = {How does therapy harm? {A} model of adverse process},
          journal = {Frontiers in Psychology},
          year = {2019},
          month = mar,
          volume = {10},
          number = {4},
          pages = {347--358},
          eid = {347},
          doi = {10.3389/fpsyg.2019.00347},
          pmid = {30890975},
        }
        """)
    )
    assert reference.citation_key == "curran2019therapy"
    assert reference.type == "article-journal"
    assert reference.record_type == "article"
    assert reference.author == (Name(family="Curran", given="J."), Name(family="Parry", given="G. D."))
    assert reference.title == "How does therapy harm? A model of adverse process"
    assert reference.container_title == "Frontiers in Psychology"
    assert reference.issued == DateParts(2019, 3)
    assert (reference.volume, reference.issue, reference.number) == ("10", "4", "347")
    assert reference.page == "347–358"
    assert (reference.DOI, reference.PMID) == ("10.3389/fpsyg.2019.00347", "30890975")
    assert reference.raw["title"] == "How does therapy harm? {A} model of adverse process"
    assert reference.path == "bib/test.bib"


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("Article", {}, "article-journal"),
        ("article", {"entrysubtype": "newspaper"}, "article-newspaper"),
        ("book", {}, "book"),
        ("incollection", {}, "chapter"),
        ("inbook", {}, "chapter"),
        ("inproceedings", {}, "paper-conference"),
        ("conference", {}, "paper-conference"),
        ("phdthesis", {}, "thesis"),
        ("techreport", {}, "report"),
        ("online", {}, "webpage"),
        ("misc", {"url": "https://example.org"}, "webpage"),
        ("misc", {"howpublished": r"\url{https://example.org}"}, "webpage"),
        ("misc", {"eprint": "2101.00001", "archiveprefix": "arXiv"}, "article"),
        ("misc", {}, "document"),
        ("dataset", {}, "dataset"),
        ("unpublished", {}, "manuscript"),
        ("nothingknown", {}, "document"),
    ],
)
def test_types_are_those_of_csl(kind, fields, expected):
    assert one(record(kind, **fields)).type == expected


def test_a_number_is_an_issue_a_report_or_a_place_in_a_series():
    assert article(number="3").issue == "3"
    assert one(record("techreport", number="3")).number == "3"
    book = one(record("book", number="3", series="Lectures"))
    assert (book.collection_title, book.collection_number, book.number) == ("Lectures", "3", "")


def test_a_thesis_says_which_and_where():
    thesis = one(record("phdthesis", school="University of Ottawa", address="Ottawa"))
    assert (thesis.genre, thesis.publisher, thesis.publisher_place) == (
        "Doctoral dissertation",
        "University of Ottawa",
        "Ottawa",
    )
    assert one(record("thesis", type="mathesis")).genre == "Master's thesis"


def test_biblatex_names_of_fields_are_understood_too():
    reference = article(
        journaltitle="Psychotherapy", date="2021-05-31", location="New York", subtitle="A trial", title="T"
    )
    assert reference.container_title == "Psychotherapy"
    assert reference.issued == DateParts(2021, 5, 31)
    assert reference.publisher_place == "New York"
    assert reference.title == "T: A trial"


def test_what_a_repository_says_is_kept():
    reference = article(
        hdl="https://hdl.handle.net/10446/250890",
        license="CC BY 4.0",
        repository_copies="https://a.example/1 | publisher's version | restricted | Licence A ;; https://a.example/2||open",
        recommended="one2020, two2021",
        abstract="Short.",
    )
    assert reference.handle == "10446/250890"
    assert reference.licence == "CC BY 4.0"
    assert reference.copies == (
        RepositoryCopy("https://a.example/1", "publisher's version", "restricted", "Licence A"),
        RepositoryCopy("https://a.example/2", "", "open", ""),
    )
    assert reference.recommended == ("one2020", "two2021")
    assert reference.abstract == "Short."


def test_a_copy_that_has_no_address_or_another_access_is_told():
    (reference,), problems = parse(record("article", repository_copies="preprint | | free"))
    assert len(reference.copies) == 1
    assert [problem.severity for problem in problems] == [Severity.WARNING, Severity.WARNING]


@pytest.mark.parametrize(
    ("fields", "status", "note"),
    [
        ({"note": "Advance online publication"}, "Advance online publication", ""),
        ({"note": "in press."}, "in press", ""),
        ({"pubstate": "inpress", "note": "Shortened"}, "in press", "Shortened"),
        ({"year": "in press"}, "in press", ""),
        ({"note": "Title as given in a news item"}, "", "Title as given in a news item"),
    ],
)
def test_a_note_that_says_how_far_the_work_is_is_its_status(fields, status, note):
    reference = article(**fields)
    assert (reference.status, reference.note) == (status, note)


def test_a_doi_is_kept_as_it_is_written_but_for_its_escapes():
    assert article(doi="https://doi.org/10.1000/a").DOI == "https://doi.org/10.1000/a"
    assert article(doi=r"10.1000/a\_b--c<d>").DOI == "10.1000/a_b--c<d>"


def test_a_record_takes_over_what_its_crossref_says():
    book, chapter = (
        "@book{whole, title={Handbook}, editor={Barkham, M.}, year={2021}}",
        "@inbook{part, title={Harm}, crossref={whole}}",
    )
    references, problems = parse(f"{chapter}\n{book}")
    assert problems == []
    assert references[0].container_title == "Handbook"
    assert references[0].editor == (Name(family="Barkham", given="M."),)
    assert references[0].year == "2021"
    assert "year" not in references[0].raw


# Names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Tasca, Giorgio A.", Name(family="Tasca", given="Giorgio A.")),
        ("Giorgio A. Tasca", Name(family="Tasca", given="Giorgio A.")),
        ("van Beethoven, Ludwig", Name(family="Beethoven", given="Ludwig", non_dropping_particle="van")),
        ("Ludwig van Beethoven", Name(family="Beethoven", given="Ludwig", non_dropping_particle="van")),
        ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("{Maas genannt Bermpohl}, F.", Name(family="Maas genannt Bermpohl", given="F.")),
        ("{World Health Organization}", Name(literal="World Health Organization")),
        (r"Fl{\"u}ckiger, C.", Name(family="Flückiger", given="C.")),
        (r"\O stergaard, S{\o}ren~D.", Name(family="Østergaard", given="Søren D.")),
        ("Plato", Name(family="Plato")),
        ("Van Gogh,", Name(family="Van Gogh")),
        ("family=Hooks, given=Bell, prefix=de", Name(family="Hooks", given="Bell", non_dropping_particle="de")),
        ("Zoë Łukasiewicz", Name(family="Łukasiewicz", given="Zoë")),
    ],
)
def test_names_are_taken_apart_as_bibtex_does(written, name):
    assert article(author=written).author == (name,)


def test_a_group_in_braces_may_stand_in_a_list():
    reference = article(author="Smith, J. and {Simon and Schuster} and Doe, K.")
    assert reference.author == (
        Name(family="Smith", given="J."),
        Name(literal="Simon and Schuster"),
        Name(family="Doe", given="K."),
    )


@pytest.mark.parametrize("written", ["Coyne, A. E. and others", "Coyne, A. E. et al.", "Coyne, A. E. and et al"])
def test_and_others_is_no_name(written):
    reference = article(author=written)
    assert reference.author == (Name(family="Coyne", given="A. E."),)
    assert reference.author_others


@pytest.mark.parametrize(
    ("written", "families"),
    [
        ("Smith, J.; Doe, K.", None),
        ("Smith, J., Doe, K., Roe, L.", None),
        ("Smith, J. and", ["Smith"]),
        ("Smith, J., Jr.", ["Smith"]),
        (",", []),
        ("x" * 2000, None),
    ],
)
def test_a_list_that_names_nobody_rightly_is_told(written, families):
    (reference,), problems = parse(record("article", author=written))
    assert [problem.rule for problem in problems] == [MALFORMED]
    assert problems[0].fix
    if families is not None:
        assert [name.family for name in reference.author] == families


# LaTeX


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"{\'E}mile, \'{e}t\'e", "Émile, été"),
        (r"G{\"u}nther \c{c}a \v{S}koda na\"{\i}ve \~n \H{o}", "Günther ça Škoda naïve ñ ő"),
        (r"S{\o}ren {\AA}berg stra{\ss}e \L{}\'od\'z", "Søren Åberg straße Łódź"),
        ("The {COVID-19} {P}andemic", "The COVID-19 Pandemic"),
        (r"Cognition \& Emotion: 50\% of \$5 \#1 a\_b", "Cognition & Emotion: 50% of $5 #1 a_b"),
        ("pages 1--2---or ``so''", "pages 1–2—or “so”"),
        (r"$\alpha$ and $p < .05$, H$_2$O, $\chi^{2}$", "α and p < .05, H₂O, χ²"),
        (r"\emph{Homo \textbf{sapiens}}", "Homo sapiens"),
        ("between $5 and $10", "between $5 and $10"),
        ("100% & more", "100% & more"),
        ("Garfield’s Über-Ich αβγ", "Garfield’s Über-Ich αβγ"),
        ("<script>alert(1)</script> &amp; *", "<script>alert(1)</script> &amp; *"),
        (r"\unknown{this} stays", r"\unknown{this} stays"),
        ("two\n    lines", "two lines"),
        (r"\textbraceleft{}a\textbraceright{}\textasciitilde{}\textbackslash{}", "{a}~\\"),
    ],
)
def test_latex_becomes_plain_text(written, text):
    assert article(title=written).title == text


def test_broken_latex_stays_as_it_is():
    assert article(title=r"$\frac$ \foo \ ").title.startswith(r"$\frac$ \foo")


# Dates


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"year": "2023"}, DateParts(2023)),
        ({"year": "2023", "month": "9"}, DateParts(2023, 9)),
        ({"year": "2023", "month": "September"}, DateParts(2023, 9)),
        ({"year": "2023", "month": "26 Mar."}, DateParts(2023, 3, 26)),
        ({"year": "2020", "month": "3", "day": "26"}, DateParts(2020, 3, 26)),
        ({"date": "2020-03-26/2020-04-01", "year": "1999"}, DateParts(2020, 3, 26)),
        ({"date": "2020-21"}, DateParts(2020)),
        ({"year": "2020", "date": "Mar 3"}, DateParts(2020, 3, 3)),
        ({"year": "n.d."}, None),
        ({"month": "3"}, None),
    ],
)
def test_dates_are_known_as_far_as_they_are_written(fields, issued):
    assert article(**fields).issued == issued


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"year": "20233"}, None),
        ({"year": "c. 1990"}, DateParts(1990)),
        ({"year": "2023", "month": "13"}, DateParts(2023)),
        ({"year": "2023", "month": "2", "day": "31"}, DateParts(2023, 2)),
        ({"date": "2023-02-31"}, DateParts(2023, 2)),
        ({"date": "soon"}, None),
    ],
)
def test_what_no_calendar_has_is_told_and_left_out(fields, issued):
    (reference,), problems = parse(record("article", **fields))
    assert reference.issued == issued
    assert [(problem.rule, problem.severity) for problem in problems] == [(MALFORMED, Severity.WARNING)]


# BibTeX's own: macros, comments, delimiters


def test_macros_months_and_concatenations_are_resolved():
    text = '@string{jcp = "Journal of " # what}\n@STRING(what = {Counseling})\n'
    _, problems = parse(text)
    assert [problem.message for problem in problems] == ["macro 'what' is not defined"]
    macros = '@string(what = {Counseling})\n@string{jcp = "Journal of " # what}\n'
    reference = one(macros + "@article{k, journal = JCP # { Psychology}, month = jan}")
    assert reference.container_title == "Journal of Counseling Psychology"
    assert reference.raw["journal"] == "Journal of Counseling Psychology"
    assert reference.raw["month"] == "jan"


def test_macros_that_multiply_do_not_fill_the_memory():
    lines = ["@string{m0 = {" + "x" * 100 + "}}"]
    lines += [f"@string{{m{n} = {' # '.join([f'm{n - 1}'] * 20)}}}" for n in range(1, 12)]
    (reference,), problems = parse("\n".join([*lines, "@article{k, title = m11}"]))
    assert len(reference.title) < 1_000_000
    assert any("grows to" in problem.message for problem in problems)


def test_comments_and_preambles_are_neither_references_nor_problems():
    text = """\
        % Encoding: UTF-8
        Free text, with me@example.org and {braces} in it.
        @comment{jabref-meta: {x}}
        @comment{
        @article{old, title = {Put aside}}
        }
        @Comment without braces
        @preamble{"\\newcommand{\\x}{y}"}
        %% @article{off, title = {off}}
        %   title = {Off},
        @article{k, title = {On}}
        """
    assert one(textwrap.dedent(text)).citation_key == "k"


@pytest.mark.parametrize(
    "text",
    [
        '@article(k, title = "A {"}quoted{"} (word)", year = 2020)',
        '@article { k , title={A "quoted" (word)} , year="2020" , }',
        '@article\n{k,\n\ttitle\t=\t{A "quoted" (word)},year=2020}',
        '@ARTICLE{k,TITLE={A "quoted" (word)},YEAR={2020}}trailing words',
    ],
)
def test_all_of_bibtexs_delimiters_are_read(text):
    reference = one(text)
    assert (reference.title, reference.year) == ('A "quoted" (word)', "2020")


def test_windows_line_endings_and_a_byte_order_mark_change_nothing():
    text = record("article", title="A\nB", year="2020")
    reference = one("\ufeff" + text.replace("\n", "\r\n"))
    assert (reference.title, reference.year) == ("A B", "2020")


def test_an_empty_file_holds_nothing():
    assert parse("") == ([], [])


def test_two_records_of_one_key_are_two_references():
    references, problems = parse("@book{k, title={A}}\n@book{k, title={B}}")
    assert [reference.title for reference in references] == ["A", "B"]
    assert problems == []


# Faults: each at its place, and reading goes on


def test_a_missing_comma_is_told_where_it_belongs_and_costs_nothing():
    text = "@article{k,\n  title = {A},\n  journal = {J}\n  year = {2020},\n}\n"
    (reference,), problems = parse(text)
    assert told(text) == ["3:15 reference-field-malformed '}'"]
    assert (reference.container_title, reference.year) == ("J", "2020")
    assert apply_edits(text, problems) == text.replace("{J}\n", "{J},\n")
    assert parse(apply_edits(text, problems))[1] == []


def test_a_missing_comma_after_the_key_is_told():
    text = "@article{k\n  title = {A},\n}\n"
    (reference,), problems = parse(text)
    assert told(text) == ["1:10 reference-field-malformed 'k'"]
    assert (reference.citation_key, reference.title) == ("k", "A")
    assert parse(apply_edits(text, problems))[1] == []


def test_an_undefined_macro_is_told_at_its_name():
    text = '@string{jcp = {J}}\n@article{k,\n  journal = jcpp # " B",\n}\n'
    (reference,), problems = parse(text)
    assert told(text) == ["3:13 reference-field-malformed 'jcpp'"]
    assert "did you mean 'jcp'?" in problems[0].fix
    assert reference.raw["journal"] == "jcpp B"


def test_a_field_given_twice_keeps_the_first():
    text = "@article{k,\n  year = {2020},\n  Year = {2021},\n  title = {A},\n  title = {A},\n}\n"
    (reference,), problems = parse(text)
    assert told(text) == ["3:3 reference-field-malformed 'Year'", "5:3 reference-field-malformed 'title'"]
    assert [problem.severity for problem in problems] == [Severity.ERROR, Severity.WARNING]
    assert "line 2 says '2020'" in problems[0].why
    assert reference.year == "2020"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # the value that takes in all the rest, whether its own brace is missing or an inner one
        ("@article{a,\n  title = {A,\n  year = {2020},\n}\n\n", "2:11"),
        ("@article{a,\n  year = {2020},\n  title = {A {B},\n}\n\n", "3:11"),
        ("@article{a,\n  title = {A {B,\n  year = {2020},\n}\n\n", "2:11"),
        # the record itself
        ("@article{a,\n  title = {A},\n\n", "1:1"),
        ("@article{a,\n  title = {A}\n\n", "1:1"),
        ("@article{a\n\n", "1:1"),
        ("@article{a,\n  title = {A}\n#\n", "1:1"),
    ],
)
def test_an_unclosed_record_is_lost_and_the_next_one_is_read(text, place):
    for following in ("", "@book{b, title = {B}}\n", "  @book{b,\n title = {B}\n}\n"):
        references, _ = parse(text + following)
        assert [reference.citation_key for reference in references] == (["b"] if following else [])
        (line,) = told(text + following)
        assert line.startswith(f"{place} {UNREADABLE}")


def test_a_record_without_a_key_is_told_and_can_be_had_for_import():
    for text in ("@article{, title = {A}}", "@article{title = {A}}", "@article{\n title = {A}\n}"):
        references, problems = parse(text)
        assert references == []
        assert [problem.rule for problem in problems] == [UNREADABLE]
        assert text[problems[0].span.start : problems[0].span.end] == "@article{"
        (reference,), problems = parse(text, keys_required=False)
        assert problems == []
        assert (reference.citation_key, reference.title) == ("", "A")


@pytest.mark.parametrize(
    ("body", "place", "title"),
    [
        ('title = "A,\n  year = {2020}', "2:11", "A"),
        ('title = "A,\n  year = "2020"', "2:11", "A"),
        ('year = {2020},\n  title = "A', "3:11", "A"),
        ("title {A},\n  year = {2020}", "2:3", "A"),
        ("title = A longer text,\n  year = {2020}", "2:11", "A longer text"),
        ('title = "A "B" C",\n  year = {2020}', "2:15", "A"),
        ("title = {A}},\n  year = {2020}", "2:14", "A"),
        ("title = {A} {B},\n  year = {2020}", "2:15", "A"),
        ("year = {2020},\n  author = ,\n  title = {A}", "3:3", "A"),
        ("year = {2020},\n  author =\n  title = {A}", "3:3", "A"),
    ],
)
def test_a_fault_within_a_record_leaves_the_rest_readable(body, place, title):
    text = f"@article{{k,\n  {body},\n}}\n@book{{b, title = {{B}}}}\n"
    references, _ = parse(text)
    assert [reference.citation_key for reference in references] == ["k", "b"]
    assert (references[0].title, references[0].year) == (title, "2020")
    assert told(text)[0].startswith(f"{place} {MALFORMED}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("@article k,\n  title = {A},\n}\n", "1:1"),
        ("@{k,\n  title = {A},\n}\n", "1:1"),
        ("article{k,\n  title = {A},\n}\n", "1:1"),
        ("Words.\n  title = {A},\n}\n", "2:3"),
        ("@book{a, title = {A}\n}=year = {2020}}\n", "2:2"),
        ("@string{= {A}}\n", "1:1"),
        ("@string{jcp}\n", "1:1"),
        ("@preamble{ {A} \n", "1:1"),
    ],
)
def test_what_looks_like_a_lost_block_is_told(text, place):
    references, _ = parse(text + "@book{b, title = {B}}")
    assert references[-1].citation_key == "b"
    (line,) = told(text + "@book{b, title = {B}}")
    assert line.startswith(f"{place} {UNREADABLE}")


def test_forty_faults_are_forty_problems():
    text = "".join(f"@article{{k{n},\n  title = {{A}}\n  year = {{2020}},\n}}\n" for n in range(40))
    references, problems = parse(text)
    assert (len(references), len(problems)) == (40, 40)


def test_every_message_says_what_to_do():
    text = '@article{k\n title = "A, \n year {20}, x\n note = y z, note = n}} }\n@string{}\n@a{b,c={\n@x\n@d{,}'
    _, problems = parse(text)
    assert len(problems) > 5
    assert all(problem.message and problem.fix for problem in problems)


# Properties

PLAIN = st.text(st.characters(exclude_characters='{}@\\"', codec="utf-8"), max_size=30)
BALANCED = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3).map(
        lambda parts: "{" + "{".join(parts) + "}" * len(parts) if parts else ""
    ),
)
FIELD_NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,9}", fullmatch=True)
FRAGMENTS = st.sampled_from([
    "@article{", "@book(", "@string{", "@comment{", "@", "{", "}", '"', "(", ")", ",", "=", "#", "\n", " ", "\\", "%",
    "k,", "title", "author = ", "year = 2020", " and ", "\\'", "$", "~", "\r\n", "\ufeff", "é", "\0", "m", "jan",
])  # fmt: skip


@given(st.text() | st.lists(FRAGMENTS, max_size=60).map("".join))
def test_no_text_makes_it_raise_and_every_span_lies_within_it(text):
    references, problems = parse(text)
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.rule in {MALFORMED, UNREADABLE}
    for reference in references:
        assert text[reference.places.whole.start] == "@"


@given(st.text(max_size=200), st.sampled_from(["title", "author", "year", "doi", "pages", "repository-copies", "date"]))
def test_no_value_makes_it_raise(value, name):
    parse(f"@article{{k, {name} = {{{value}}}}}")
    parse(f"@article{{k, {name} = {value}}}")


@given(
    st.dictionaries(
        st.from_regex(r"[A-Za-z][\w:.+/-]{0,15}", fullmatch=True), st.dictionaries(FIELD_NAMES, BALANCED), max_size=5
    ),
    st.sampled_from(["@{kind}{{{key},{fields}}}", "@{kind}({key},{fields})", "@{kind}{{{key}{fields}}}"]),
    st.sampled_from(["", "\n", "words\n", "\r\n\r\n"]),
)
def test_of_a_well_formed_file_nothing_is_lost(records, shape, between):
    if shape.startswith("@{kind}{{{key}{f"):
        records = {key: {} for key in records}  # a key alone
    text = between.join(
        shape.format(
            kind="article", key=key, fields=",\n".join(f" {name} = {{{value}}}" for name, value in fields.items())
        )
        for key, fields in records.items()
    )
    references, _ = parse(text)
    assert [reference.citation_key for reference in references] == list(records)
    for reference, (key, fields) in zip(references, records.items(), strict=True):
        assert dict(reference.raw) == fields
        places = reference.places
        assert text[places.whole.start : places.whole.end].startswith("@article")
        assert text[places.at("citation_key").start : places.at("citation_key").end] == key
        assert set(places.values) == {("citation_key",), *((name,) for name in fields)}
        for name, value in fields.items():
            assert text[places.at(name).start : places.at(name).end] == value
            assert text[places.key_at(name).start : places.key_at(name).end] == name


@given(PLAIN.filter(lambda text: not set("$~`'-%") & set(text)))
def test_text_without_latex_stays_as_it_is(text):
    assert " ".join(article_of(text).title.split()) == " ".join(text.split())


def article_of(title: str) -> Reference:
    return parse(f"@article{{k, title = {{{title}}}}}")[0][0]


@settings(max_examples=300)
@given(st.data())
def test_each_block_is_a_reference_or_a_problem_whatever_one_character_does_to_one_of_them(data):
    blocks = [
        f"@article{{key{n},\n  author = {{Smith, J. and Doe, K.}},\n  title = {{The {{A}} of {n}}},\n"
        f'  note = "so",\n  volume = 3,\n  year = {{2020}}\n}}\n'
        for n in range(3)
    ]
    struck = data.draw(st.integers(0, 2), label="block")
    whole = blocks[struck]
    position = data.draw(st.integers(0, len(whole) - 2), label="position")
    instead = data.draw(st.sampled_from(["", "{", "}", '"', ",", "=", "@", "#", "\n", "%", "x", "\\"]), label="instead")
    blocks[struck] = whole[:position] + instead + whole[position + 1 :]
    text = "".join(blocks)
    references, problems = parse(text)
    start = 0
    for number, block in enumerate(blocks):
        end = start + len(block)
        here = [r for r in references if start <= r.places.whole.start < end]
        assert here or any(start <= problem.span.start < end for problem in problems), block
        if number != struck:
            (reference,) = here
            assert reference.citation_key == f"key{number}"
            assert list(reference.raw) == ["author", "title", "note", "volume", "year"]
            assert not any(start <= problem.span.start < end for problem in problems)
        start = end

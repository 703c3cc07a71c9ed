"""YAML: every value is text with its place, and what is wrong is told while the rest is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.source import Source
from digest.read.yaml_tree import DEEPEST, MOST_SYNTAX_FAULTS, parse_yaml

RULE = "front-matter-unreadable"


def parse(text, before="", after=""):
    source = Source("a.md", before + text + after)
    return parse_yaml(source, len(before), len(before) + len(text), rule=RULE), source


def told(text):
    """Problems as `line:column rule 'text of the span'`."""
    tree, source = parse(text)
    return [
        "{}:{} {} {!r}".format(*source.line_column(p.span.start), p.rule, source.text[p.span.start : p.span.end])
        for p in tree.problems
    ]


@pytest.mark.parametrize(
    "written", ["no", "yes", "2023-01-05", "012", "1e3", "1:30", "0x1f", "true", ".inf", "=", "<<"]
)
def test_no_value_changes_its_type(written):
    tree, _ = parse(f"title: {written}\n")
    assert tree.data == {"title": written}
    assert tree.problems == []


@pytest.mark.parametrize("written", ["", " ~", " null", " Null # nothing"])
def test_a_field_without_a_value_holds_nothing(written):
    assert parse(f"title:{written}\n")[0].data == {"title": None}


@pytest.mark.parametrize("written", ["''", '"null"', "'~'"])
def test_what_stands_in_quotes_is_text(written):
    assert parse(f"title: {written}\n")[0].data == {"title": written[1:-1]}


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("title: A title\n", ("title",), "A title"),
        ('title: "Größe: 1"\n', ("title",), "Größe: 1"),
        ("title: 'it''s'   # a comment\n", ("title",), "it''s"),
        ("a: 1\nlist: [one, 'two', three four]\n", ("list", 1), "two"),
        ("a: 1\nlist: [one, 'two', three four]\n", ("list", 2), "three four"),
        ("list:\n  - one\n  - {x: y, z: w}\n", ("list", 1, "z"), "w"),
        ("list: [one, two]  \nmore: x\n", ("list",), "[one, two]"),
        ("list:\n  - one\n  - two\n\n\nmore: x\n", ("list",), "- one\n  - two"),
        ("title: >-\n  one\n  two\nmore: x\n", ("title",), ">-\n  one\n  two"),
        ("𝒂: é\ntitle: ü 𝒃 x\n", ("title",), "ü 𝒃 x"),
    ],
)
def test_a_place_is_exactly_the_value(text, key, value):
    tree, source = parse(text, before="---\n𝒂é\n", after="---\n")
    span = tree.places.at(*key)
    assert source.text[span.start : span.end] == value


def test_the_place_of_a_field_s_name_is_the_name():
    tree, source = parse('one: 1\n"two": 2\nlist:\n  - three: 3\n')
    names = {key: source.text[span.start : span.end] for key, span in tree.places.keys.items()}
    assert names == {("one",): "one", ("two",): "two", ("list",): "list", ("list", 0, "three"): "three"}


def test_a_missing_place_is_that_of_the_nearest_thing_around_it():
    tree, source = parse("list:\n  - one: 1\n")
    span = tree.places.at("list", 0, "two")
    assert source.text[span.start : span.end] == "one: 1"
    assert not tree.places.has("list", 0, "two")


def test_a_field_that_stands_twice_keeps_its_first_value():
    tree, _ = parse("title: one\nx: {a: 1, a: 2}\ntitle: [two]\n")
    assert tree.data == {"title": "one", "x": {"a": "1"}}
    assert told("title: one\nx: {a: 1, a: 2}\ntitle: [two]\n") == [
        "2:11 field-duplicate 'a'",
        "3:1 field-duplicate 'title'",
    ]
    assert tree.places.at("title").end == len("title: one")


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("title: one: two", "a colon"),
        ("title: 'it's'", ""),
        ('title: "one" two', ""),
        ("title: @one", ""),
        ("title: `one`", ""),
        ("\ttitle: one", ""),
        ("title: [one, two", "brackets"),
        ("title: {one: two", "braces"),
        ('title: "one', "quotation"),
        ("just words", ""),
        ("title: !one!two x", ""),
        (" title: one", ""),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_are_read(line, meaning):
    text = f"before: 1\n{line}\nafter: 2\n"
    tree, _ = parse(text)
    assert tree.data == {"before": "1", "after": "2"}
    assert told(text) == [f"2:{1 + len(line) - len(line.lstrip())} {RULE} {line.strip()!r}"]
    assert meaning in tree.problems[0].message
    assert tree.problems[0].fix


@pytest.mark.parametrize("line", ["title: one: two", "\ttitle: one", 'title: "one'])
def test_a_field_on_an_unreadable_line_is_not_missing(line):
    tree, source = parse(f"before: 1\n{line}\nafter: 2\n")
    assert ("title",) in tree.unreadable
    assert tree.places.has("title")
    span = tree.places.at("title")
    assert source.text[span.start : span.end] == line.strip()


def test_a_field_that_goes_on_with_an_unreadable_line_is_not_missing():
    tree, _ = parse("before: 1\ntopics:\n\t- one\nafter: 2\n")
    assert tree.unreadable == {("topics",)}
    assert tree.data == {"before": "1", "topics": None, "after": "2"}


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ('title: "a "b" c"', "put single ones around the whole value: 'a \"b\" c'"),
        ('title: "a" b', "put single ones around the whole value: '\"a\" b'"),
        ('title: "a\'s" b', "write curly ones within it: \u201c...\u201d"),
        ("title: *a* b", 'leave it out, or put the whole value in quotes: "..."'),
        ("title: [a] b", 'leave it out, or put the whole value in quotes: "..."'),
        ("title: - a", 'leave it out, or put the whole value in quotes: "..."'),
        ("title: [@a]", 'leave it out, or put the whole value in quotes: "..."'),
        ("\ttitle: a", "use blanks, never tabs, to indent"),
        ('title: "a\\d"', "put single ones around the value, or write \\\\"),
        ('title: ["a\\x"]', "put single ones around the value, or write \\\\"),
        ("title: [a: b: c]", 'put each item in quotes: ["...", "..."]'),
        ("title: ['a'b', c]", 'put each item in quotes: ["...", "..."]'),
        ("title: [a, b]]", "delete the ] that is too many"),
        ("title: [[a, b]", "end the list with ]"),
    ],
)
def test_what_to_do_about_a_line_follows_from_what_stands_in_it(line, fix):
    tree, _ = parse(f"before: 1\n{line}\nafter: 2\n")
    assert [problem.fix for problem in tree.problems] == [fix]


@pytest.mark.parametrize("value", ["&me and you", "!important to all"])
def test_a_beginning_that_yaml_takes_for_its_own_is_not_lost_in_silence(value):
    tree, _ = parse(f"title: {value}\n")
    assert [problem.rule for problem in tree.problems] == ["field-malformed"]
    assert value.split()[0] in tree.problems[0].message


def test_a_first_line_without_a_colon_is_told_and_not_the_field_below_it():
    tree, _ = parse("title one\n\nafter: 2\n")
    assert told("title one\n\nafter: 2\n") == [f"1:1 {RULE} 'title one'"]
    assert tree.data == {"after": "2"}


def test_every_unreadable_line_is_told():
    text = "".join(f"a{number}: b: c\n" for number in range(40))
    assert told(text) == [f"{number + 1}:1 {RULE} 'a{number}: b: c'" for number in range(40)]


def test_reading_gives_up_after_so_many_faults():
    assert len(told("a: b: c\n" * 1000)) == MOST_SYNTAX_FAULTS


def test_aliases_are_told_and_never_followed():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    tree, _ = parse(bomb)
    assert len(tree.problems) == 40
    assert {problem.rule for problem in tree.problems} == {"field-malformed"}
    assert tree.data["u"] == [None, None]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_deep_nesting_is_told_once_and_passed_over(opening, closing):
    tree, _ = parse(f"deep: {opening * 200}x{closing * 200}\nafter: 1\n")
    assert [problem.message for problem in tree.problems] == [f"values are nested more than {DEEPEST} deep"]
    assert tree.data["after"] == "1"


def test_nesting_without_an_end_is_told():
    tree, _ = parse("deep: " + "[" * 100_000)
    assert tree.problems


def test_a_second_document_is_told():
    tree, _ = parse("a: 1\n...\n---\nb: 2\n")
    assert tree.data == {"a": "1"}
    assert [problem.rule for problem in tree.problems] == ["field-malformed"]


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
def test_a_name_that_is_no_word_is_told(key):
    tree, _ = parse(f"? {key}\n: 1\nafter: 2\n")
    assert tree.data == {"after": "2"}
    assert [problem.rule for problem in tree.problems] == ["field-malformed"]


@pytest.mark.parametrize("char", ["\x01", "\x7f", "\x0b", "\ufffe"])
def test_a_control_character_is_told_at_its_place_and_the_rest_is_read(char):
    text = f"é: 1\ntitle: a{char}b\nmore: {char}\nafter: 2\n"
    tree, _ = parse(text)
    assert told(text) == [f"2:9 {RULE} {char!r}", f"3:7 {RULE} {char!r}"]
    assert tree.data == {"é": "1", "title": "a b", "more": None, "after": "2"}


def test_windows_line_endings_do_not_move_anything():
    tree, source = parse("title: one\r\nlist:\r\n  - two\r\nbad: a: b\r\nafter: 1\r\n")
    assert tree.data == {"title": "one", "list": ["two"], "after": "1"}
    span = tree.places.at("list", 0)
    assert source.text[span.start : span.end] == "two"
    span = tree.problems[0].span
    assert source.text[span.start : span.end] == "bad: a: b"


def test_a_byte_order_mark_does_not_move_anything():
    tree, source = parse("\ufefftitle: one\nmore: two\n")
    assert tree.data == {"title": "one", "more": "two"}
    for key in ("title", "more"):
        span = tree.places.at(key)
        assert source.text[span.start : span.end] == tree.data[key]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "   \n"])
def test_nothing_is_nothing(text):
    tree, _ = parse(text)
    assert tree.data is None
    assert tree.problems == []


yaml_like = st.text(alphabet=st.sampled_from(list("ab:-[]{}#&*!|>'\"%@`,?~ \n\t\r\x01é𝒂0")), max_size=60)


@given(st.one_of(yaml_like, st.text(max_size=40)))
def test_any_text_is_read_and_every_place_lies_in_it(text):
    tree, source = parse(text, before="---\n", after="\n---\n")
    spans = [*tree.places.values.values(), *tree.places.keys.values(), *(problem.span for problem in tree.problems)]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(source.text)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.from_regex(r"[A-Za-z0-9é .]{1,12}", fullmatch=True)
    )
)
def test_every_plain_value_slices_to_itself(fields):
    fields = {name: value.strip() or "x" for name, value in fields.items()}
    tree, source = parse("".join(f'{name}: "{value}"\n' for name, value in fields.items()))
    for name, value in fields.items():
        span = tree.places.at(name)
        assert source.text[span.start : span.end] == value == tree.data[name]

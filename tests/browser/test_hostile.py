"""Planted markup in every text of a digest shows as text, and in a real browser nothing of it runs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from digest.pages.scripts import inline_script, script_names
from tests.trials import NUMBER, make_record

pytestmark = pytest.mark.browser

SCRIPT = "<script>alert(1)</script>"
SCRIPT_URL = "javascript:alert(1)"
PLANTED = f"""{SCRIPT} "><img src=x onerror=alert(1)> ' </script> {SCRIPT_URL} {{{{ 7 * 7 }}}} <b>&amp;"""
WATCH = """
window.ran = [];
window.alert = text => window.ran.push(`alert ${text}`);
window.addEventListener("error", event => window.ran.push(`error ${event.type}`), true);
"""
"""Runs before the page does: remembers what planted markup would do."""

LONG = "long" * 60
BODY = f"""Text with {PLANTED}

A word, {LONG}, and an address, <https://example.org/{LONG}?q={LONG}>, `{LONG}`.

{SCRIPT}

<img src=x onerror=alert(1)> <svg onload=alert(1)> <a href="{SCRIPT_URL}" onclick=alert(1)>raw</a>
<iframe srcdoc="{SCRIPT}">

[link]({SCRIPT_URL}) [entity](&#106;avascript:alert(1)) [spaced](<java\tscript:alert(1)>) [by reference][r]
[data](data:text/html,{SCRIPT}) [titled](https://example.org/ "{PLANTED.replace('"', "'")}") <{SCRIPT_URL}>

![picture]({SCRIPT_URL} "{PLANTED.replace('"', "'")}") ![{PLANTED}]({SCRIPT_URL})

[r]: {SCRIPT_URL}

### Heading {PLANTED}

| Column {PLANTED} | b | c | d | e |
|---|---|:-:|--:|---|
| Cell {PLANTED} | `{PLANTED}` | several words | of | {LONG} |

> A quotation with {LONG}

1. A list
   - with a list {LONG}

```html"><script>alert(1)</script>
Code {PLANTED} {LONG}
```

A note.[^"><script>alert(1)</script>] And one.[^x]

[^"><script>alert(1)</script>]: Note {PLANTED}
[^x]: Note <script>alert(1)</script>
"""

IMPLICATIONS = f"implications {SCRIPT} heading"
ENTRY_FIELDS = ("title", "takeaway", "author", "disclosure", "limitations", "coverage", "publisher", "correction")
BRIEF = ("entry title", "entry takeaway", "type label", "implications")
RECRUITING = {
    "overallStatus": "RECRUITING",
    "primaryCompletionDateStruct": {"date": "2027-09-30", "type": "ESTIMATED"},
    "studyFirstSubmitDate": "2026-03-02",
}
RECORD_FIELDS = (
    *("briefTitle", "officialTitle", "acronym", "fullName", "name", "briefSummary", "description", "label", "measure"),
    *("facility", "affiliation", "role", "sex", "minimumAge", "masking", "citation", "term", "type"),
)
FIELDS = {
    "home": ("configuration tagline", *BRIEF, "study title", "audience"),
    "edition": ("edition title", *BRIEF),
    "archive": ("edition title", "entry title"),
    "entry": (
        *(f"entry {name}" for name in ENTRY_FIELDS),
        *("reference title", "reference journal", "reference author", "copy version", "copy licence"),
        *("topic label", "type label", "type strength", "module title", "study title", "implications"),
    ),
    "terms": (),
    "follow": ("topic label", "type label", "module title"),
    "data": (),
    "map": ("topic label", "type label"),
    "old-address": ("topic label",),
    "topic": ("topic label", "topic definition", "topic synonym", "type label", "entry title", "entry takeaway"),
    "research-type": ("type label", "type definition", "type strength", "entry title", "entry takeaway"),
    "crossing": ("topic label", "type strength", "entry title", "entry takeaway"),
    "training": ("module title", "module objective"),
    "module": (
        *("module title", "module objective", "module format", "module duration", "reading note", "topic label"),
        *("entry title", "entry takeaway", "reference title", "study title", "reading title"),
    ),
    "reader": (
        *("module title", "module objective", "entry title", "entry takeaway", "entry disclosure", "entry limitations"),
        *("entry correction", "type label", "reference title", "implications"),
    ),
    "studies": ("study title", "audience"),
    "study": (
        *("study title", "audience", "sign-up label", "sign-up source", "seen by", "condition", "contact", "sponsor"),
        *("criterion", "question", "arm", "statement", "location", *(f"record {name}" for name in RECORD_FIELDS)),
    ),
    "poster": ("study title", "purpose", "criterion", "contact", "statement", "sponsor"),
    "study-closed": ("closed study title",),
    "page": ("page title",),
    "search": ("topic label", "type label"),
    "not-found": (),
}
"""What each kind of page shows of the planted fields, beside its body and the frame."""
FRAME = ("configuration title", "page title", "configuration copyright", "licence")
WITH_BODY = {"home", "edition", "entry", "topic", "module", "reader", "study", "study-closed", "page"}


def plant(name: str) -> str:
    """A text for one field, which says whose it is."""
    return f"{name} {PLANTED} {LONG}"


def write(path: Path, front_matter: object, body: str = "") -> None:
    """JSON is YAML: what is planted needs no quoting of our own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(front_matter, ensure_ascii=False)
    path.write_text(f"---\n{text}\n---\n{body}" if path.suffix == ".md" else text, encoding="utf-8")


def write_digest(root: Path) -> None:
    """A digest with one thing of each kind, whose every text is planted."""
    write(
        root / "mkdocs.yml",
        {
            "site_name": plant("configuration title"),
            "site_url": "https://digest.example.org/",
            "site_description": plant("configuration description"),
            "copyright": plant("configuration copyright"),
            "extra": {
                "digest": {
                    "tagline": plant("configuration tagline"),
                    "authors": [plant("entry author")],
                    "practice_implications": [IMPLICATIONS],
                    "licence": plant("licence"),
                    "licence_url": SCRIPT_URL,
                    "contact": plant("configuration contact"),
                    "subscribe": SCRIPT_URL,
                    "old_addresses": [{"old": f"/blog?{PLANTED}", "new": "/topics/topic/"}],
                }
            },
        },
    )
    (root / "bib").mkdir()
    (root / "bib" / "references.bib").write_text(reference("work") + reference("other"), encoding="utf-8")
    heading = IMPLICATIONS.replace("<", "\\<")
    body = f"{BODY}\n## {heading}\n\n{BODY}\n"
    write(root / "entries" / "2023-01" / "index.md", {"title": plant("edition title")}, BODY)
    write(
        root / "entries" / "2023-01" / "first.md",
        {
            **{name: plant(f"entry {name}") for name in ("title", "takeaway", "disclosure", "limitations")},
            "citations": ["work", "other"],
            "topics": ["topic"],
            "research_types": ["type"],
            "coverage": [
                {"title": plant("entry coverage"), "publisher": plant("entry publisher"), "url": SCRIPT_URL},
                {"title": "Elsewhere", "publisher": "p", "url": f'https://example.org/">{SCRIPT}'},
            ],
            "corrections": [{"date": "2023-02-01", "note": plant("entry correction")}],
            "training": ["module"],
            "studies": ["open", "closed"],
        },
        body,
    )
    write(
        root / "entries" / "2023-01" / "second.md",
        {"title": plant("second"), "citations": ["work"], "topics": ["topic"], "research_types": ["type"]},
        body,
    )
    topic = {"id": "topic", "label": plant("topic label"), "definition": plant("topic definition")}
    write(root / "vocabulary" / "topics.yml", [topic | {"alt_labels": [plant("topic synonym")]}])
    kind = {"id": "type", "label": plant("type label"), "definition": plant("type definition")}
    write(root / "vocabulary" / "research-types.yml", [kind | {"strength": plant("type strength")}])
    write(
        root / "training" / "module.md",
        {
            "title": plant("module title"),
            "number": 1,
            "objectives": [plant("module objective")],
            "format": plant("module format"),
            "duration": plant("module duration"),
            "topics": ["topic"],
            "readings": [
                {"entry": "first", "note": plant("reading note")},
                {"citation": "other"},
                {"url": SCRIPT_URL, "note": plant("unsafe reading")},
                {"url": "https://example.org/reading", "title": plant("reading title")},
            ],
        },
        BODY,
    )
    for slug, status, title in (("open", "RECRUITING", "study title"), ("closed", "COMPLETED", "closed study title")):
        write(
            root / "studies" / f"{slug}.md",
            {
                "title": plant(title),
                "audiences": [plant("audience")],
                "status": status,
                "registry": NUMBER if slug == "open" else "",
                "sign_up": {
                    "url": "" if slug == "open" else SCRIPT_URL,
                    "email": "a@example.org" if slug == "open" else f'a@example.org">{SCRIPT}',
                    "label": plant("sign-up label"),
                    "source": plant("sign-up source"),
                    "seen_by": plant("seen by"),
                },
                "criteria": [{"plain": plant("criterion"), "question": plant("question")}],
                "arms": [{"arm": plant("arm"), "plain": plant("plain arm")}],
                "poster": {"purpose": plant("purpose")},
                "ethics": {"board": plant("board"), "statement": plant("statement")},
                "contacts": [{"name": plant("contact"), "role": plant("role"), "email": plant("e-mail")}],
                "conditions": [plant("condition")],
                "interventions": [plant("intervention")],
                "sponsor": plant("sponsor"),
                "locations": [plant("location")],
                "topics": ["topic"],
                "training": ["module"],
            },
            BODY,
        )
    write(root / "studies" / "registry" / f"{NUMBER}.json", planted_record(make_record(statusModule=RECRUITING)))
    write(root / "studies" / "registry" / "fetched.json", {NUMBER: {"fetched": "2026-11-01", "source": SCRIPT_URL}})
    write(root / "pages" / "about.md", {"title": plant("page title"), "description": plant("description")}, BODY)


def planted_record(value: Any, name: str = "") -> Any:
    """A record whose every text is planted, but for its number, its status and its dates."""
    if isinstance(value, dict):
        return {key: planted_record(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [planted_record(each, name) for each in value]
    if not isinstance(value, str) or name in {"nctId", "overallStatus", "date"}:
        return value
    return f"record {name} {PLANTED} {LONG}"


def reference(key: str) -> str:
    """A record whose every field is planted; LaTeX would read some signs as its own."""
    planted = PLANTED.replace("{{ 7 * 7 }}", "").replace("&amp;", r"\&amp;") + LONG
    fields = {
        "title": f"reference title {planted}",
        "author": f"{{reference author {planted}}}",
        "journal": f"reference journal {planted}",
        "publisher": f"publisher {planted}",
        **{name: f"{name} {planted}" for name in ("volume", "number", "pages", "note", "abstract")},
        "year": "2020",
        "doi": f'10.1000/">{SCRIPT}',
        "url": SCRIPT_URL,
        "handle": f'1/">{SCRIPT}',
        "repository-copies": f'https://x.org/">{SCRIPT} | copy version {planted} | open | copy licence {planted}',
    }
    return f"@article{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, serve, build_digest) -> Iterator[object]:
    """That digest, built and served."""
    root = tmp_path_factory.mktemp("hostile") / "digest"
    write_digest(root)
    build_digest(root, root.parent / "site", "--drafts-and-errors")
    with serve(root.parent / "site") as site:
        yield site


FORBIDDEN = (
    "script:not([type$='json']), main form:not(.search-form, .find),"
    "iframe, object, embed, svg:not(figure > .code, .map *, .bars *), style, base, [srcdoc],"
    "[onerror], [onload], [onclick]"
)
"""What no page holds; what the search page needs, and the program's own scripts, aside."""
OWN = frozenset(map(inline_script, script_names()))


def forbidden(page):
    """What stands on a page and may not."""
    found = page.locator(FORBIDDEN).evaluate_all("found => found.map(each => each.outerHTML)")
    return [each for each in found if each not in OWN]


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_planted_markup_shows_as_text_and_nothing_runs(hostile, open_page, kind):
    tab = open_page(hostile.url + hostile.longest(kind), script=WATCH)
    page = tab.page
    tab.open_details()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") == []
    assert tab.dialogs == []
    assert [line for line in tab.complaints if line.startswith("script")] == []
    assert forbidden(page) == []
    unsafe = """links => links.filter(link => {
      const address = new URL(link.getAttribute("href"), document.baseURI);
      return !/^(https?|mailto):$/.test(address.protocol);
    }).map(link => link.outerHTML)"""
    assert page.locator("a[href]").evaluate_all(unsafe) == []
    text = " ".join(page.evaluate("document.body.textContent").split())
    assert [name for name in (*FRAME, *FIELDS[kind]) if not shows(text, name)] == []
    if kind in WITH_BODY:
        assert [name for name in ("Text with", "Heading", "Cell", "Code") if not shows(text, name)] == []
    assert PLANTED in page.title() or kind == "not-found"
    assert "49" not in text


def test_planted_markup_shows_as_text_in_an_e_mail(hostile, open_page):
    tab = open_page(f"{hostile.url}/newsletter/2023-01.html", script=WATCH, viewport={"width": 320, "height": 640})
    page = tab.page
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") == []
    assert tab.dialogs == []
    assert page.locator("script, img, iframe, form, svg, [onerror], [onload], [onclick]").count() == 0
    text = " ".join(page.evaluate("document.body.textContent").split())
    told = (
        "edition title",
        "entry title",
        "entry takeaway",
        "entry correction",
        "type label",
        "study title",
        "licence",
    )
    assert [name for name in told if not shows(text, name)] == []
    assert tab.sticking_out() == []


@pytest.mark.parametrize("query", [SCRIPT, "text", "textt", "topic", PLANTED])
def test_planted_markup_shows_as_text_among_search_results(hostile, open_page, query):
    address = f"{hostile.url}/search/?q={quote(query)}"
    tab = open_page(address, script=WATCH, viewport={"width": 320, "height": 640})
    page = tab.page
    page.locator("#_count:not(:empty)").wait_for()
    tab.open_details()
    assert page.evaluate("window.ran") == []
    assert tab.dialogs == []
    assert forbidden(page) == []
    assert query in page.locator("#_count").inner_text()
    if query == "text":
        assert SCRIPT in page.locator("#_hits").inner_text()
    assert tab.sticking_out() == []


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_long_words_wide_tables_and_code_stay_within_a_narrow_phone(hostile, open_page, kind):
    tab = open_page(hostile.url + hostile.longest(kind), viewport={"width": 320, "height": 640})
    tab.open_details()
    assert tab.sticking_out() == []


def shows(text: str, name: str) -> bool:
    """Whether a page shows what was planted in a field; a style of citation may change its case."""
    return f"{name} {SCRIPT} ".lower() in text.lower()


def test_every_kind_of_markup_in_a_body_meets_wcag_2_2_aa(hostile, open_page):
    tab = open_page(hostile.url + hostile.longest("page"), viewport={"width": 320, "height": 640})
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
    found = Axe().run(tab.page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()

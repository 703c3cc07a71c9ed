"""Old blogs, saved as text, as HTML or as a WordPress export, become entries."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.archive import Archive, read_archive
from digest.read.archive.html import html_blocks
from digest.read.archive.shape import month_of
from digest.read.archive.text import ITEM, read_text

IMPLICATIONS = ("Practice implications",)
PAGE = """Garden notes
The notes began in 2019 for people who grow vegetables.
This month...

…I write about mulch and about watering in the evening.
Topics
- ALL Topics (clear)
- Mulch
March 2024
Does Mulch Save Water?
Author, A. B., & Writer, C. (2023). A trial of mulch in dry beds: Results of a season. Journal of Gardens, 4(2), 11-19.
Beds under mulch were watered half as often. The season was dry.
Plants grew as well as without.
Practice Implications
Mulch before the dry months.
- Use straw.
- Leave the stems free.
Watering in the Evening
Evening watering was compared with watering at noon.
Practice Implications
Water in the evening.
January 2024
How Deep Should Beans Be Sown?
Sower, D. (2022). Depth of sowing. Bean Letters, 1, 1-2.
Three depths were tried.
Practice Implications
Sow at three centimetres.
"""


def _read(tmp_path: Path, text: str, name: str = "page.txt", encoding: str = "utf-8") -> Archive:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_archive(path, IMPLICATIONS)


def test_a_page_of_text_gives_its_summaries_by_month(tmp_path: Path) -> None:
    """Titles, citations, summaries and implications each in their place."""
    archive = _read(tmp_path, PAGE)
    assert [(entry.month, entry.title) for entry in archive.entries] == [
        ("2024-03", "Does Mulch Save Water?"),
        ("2024-03", "Watering in the Evening"),
        ("2024-01", "How Deep Should Beans Be Sown?"),
    ]
    first = archive.entries[0]
    assert first.citations[0].startswith("Author, A. B., & Writer, C. (2023).")
    assert [block.plain for block in first.summary] == [
        "Beds under mulch were watered half as often. The season was dry.",
        "Plants grew as well as without.",
    ]
    assert [block.kind for block in first.implications] == ["paragraph", "item", "item"]
    assert archive.leftovers == []
    assert [block.plain for block in archive.furniture][-2:] == ["ALL Topics (clear)", "Mulch"]


def test_this_month_introduces_the_newest_edition(tmp_path: Path) -> None:
    """And no other."""
    archive = _read(tmp_path, PAGE)
    assert list(archive.introductions) == ["2024-03"]
    assert "mulch and about watering" in archive.introductions["2024-03"][0].plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_endings_do_not_matter(encoding: str, tmp_path: Path) -> None:
    """What an old program saved is read all the same."""
    text = PAGE.replace("\n", "\r\n").replace("Mulch", "Mülch")
    assert len(_read(tmp_path, text, encoding=encoding).entries) == 3


def test_the_same_page_as_html_gives_the_same(tmp_path: Path) -> None:
    """Headings, paragraphs, lists; scripts are no text."""
    lines = []
    for line in PAGE.splitlines():
        if line.startswith("- "):
            lines.append(f"<ul><li>{line[2:]}</li></ul>")
        elif line:
            lines.append(f"<p>{line.replace('&', '&amp;')}</p>")
    html = "<!doctype html><html><head><title>x</title></head><body><script>alert(1)</script>" + "".join(lines)
    ours, theirs = _read(tmp_path, PAGE), _read(tmp_path, html, "page.html")
    assert [(e.title, e.month, e.citations) for e in theirs.entries] == [
        (e.title, e.month, e.citations) for e in ours.entries
    ]
    assert [b.plain for e in theirs.entries for b in e.implications] == [
        b.plain for e in ours.entries for b in e.implications
    ]


WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Garden notes</title>
<item><title>Does Mulch Save Water?</title><link>https://old.example.org/?p=12</link>
<content:encoded><![CDATA[<p>Author, A. (2023). A trial. Journal, 1, 2-3.</p><p>Half as often, <em>really</em>.</p>
<h3>Practice Implications</h3><p>Mulch.</p>]]></content:encoded>
<category domain="category">Mulch</category><wp:post_date>2024-03-05 10:00:00</wp:post_date>
<wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>
<item><title>About</title><wp:post_type>page</wp:post_type></item>
</channel></rss>
"""


def test_a_wordpress_export_gives_its_posts(tmp_path: Path) -> None:
    """With day, address, categories and state; pages are furniture."""
    archive = _read(tmp_path, WXR, "export.xml")
    (entry,) = archive.entries
    assert (entry.month, entry.day, entry.address) == ("2024-03", "2024-03-05", "https://old.example.org/?p=12")
    assert entry.topics == ["Mulch"]
    assert entry.draft
    assert entry.summary[0].text == "Half as often, *really*."
    assert [block.plain for block in entry.implications] == ["Mulch."]
    assert [block.plain for block in archive.furniture] == ["About"]


def test_entities_of_ones_own_are_refused(tmp_path: Path) -> None:
    """They can multiply without bound."""
    bomb = WXR.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<rss', 1)
    archive = _read(tmp_path, bomb, "export.xml")
    assert archive.entries == []
    assert "entities" in archive.leftovers[0].why


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_and_no_line_is_lost(text: str) -> None:
    """Each line is an entry's, an introduction's, furniture or a leftover."""
    archive = read_text("January 2024\n" + text, IMPLICATIONS)
    kept = {entry.title for entry in archive.entries} | {left.text for left in archive.leftovers}
    kept |= {block.plain for entry in archive.entries for block in (*entry.summary, *entry.implications)}
    kept |= {line for entry in archive.entries for line in entry.citations}
    for line in text.splitlines():
        plain = " ".join(line.replace("\u00a0", " ").split())
        item = ITEM.match(plain)
        plain = item[1].strip() if item else plain
        assert not plain or plain in kept or month_of(plain) or plain.strip(": ").lower() == "practice implications"


@given(st.text(max_size=300))
def test_any_html_is_read(text: str) -> None:
    """Never an exception."""
    html_blocks(text)

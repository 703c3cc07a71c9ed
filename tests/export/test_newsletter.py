"""The newsletter: complete, small, without pictures, the same whenever it is made, and safe whatever is in it."""

import dataclasses
import datetime
import email
import email.policy
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cli.init import write_template
from digest.cli.main import cli
from digest.export.newsletter import Contents, contents_of, iter_newsletter_files, write_eml, write_html, write_text
from digest.export.newsletter.contents import leave_link
from digest.export.newsletter.plain import PlainText
from digest.markup import parse_body
from digest.model.entry import Correction, Edition
from digest.model.status import Notice, NoticeKind, ReferenceStatus, Status
from digest.model.study import RecruitmentStatus, SignUp
from digest.pages import Site, plan_site
from digest.read import read_library
from tests.builders import make_entry, make_reference, make_study
from tests.export.garden_site import DAY, URL, make_configuration, make_site, make_topic, make_type

REPOSITORY = Path(__file__).parents[2]
WIDTH = 72
GMAIL_CUTS_AT = 102_400
TEXT = """Half of the beds were covered.

## Practice implications

Cover [the beds](#why) before *hot* weeks:

1. first the sunny ones,
   - with straw
2. then the rest.

> Water in the morning.

![Two beds](beds.png) and a note.[^1]

[^1]: In one garden.

## Why

Straw shades.
"""
HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(1)> & &amp; {{ 7 * 7 }} '
    "\r\nBcc: all@example.org\r\n\r\n\x00\x08\x1b\ud800 ünï 🌱"
)


def make_edition(text: str = "", month: str = "2023-01", **fields: Any) -> Edition:
    path = f"entries/{month}/index.md"
    return Edition(path=path, month=month, body=parse_body(text, path=path) if text else None, **fields)


def content(**more: Any) -> dict[str, Any]:
    """An edition with two entries, an introduction, an open and a closed study."""
    return {
        "entries": (
            make_entry("mulch", "2023-01", TEXT, research_types=("trial",), citations=("bloom",)),
            make_entry("shade", "2023-01", "Only a summary.\n"),
        ),
        "editions": (make_edition("This month: [mulch](mulch.md)."),),
        "references": (make_reference("bloom", DOI="10.5555/bloom"),),
        "studies": (
            make_study("diary", status=RecruitmentStatus.RECRUITING, audiences=("gardeners",)),
            make_study("over", status=RecruitmentStatus.COMPLETED),
        ),
        "files": frozenset({"entries/2023-01/beds.png"}),
        **more,
    }


def newsletter(site: Site, month: str = "2023-01") -> Contents:
    return contents_of(site, next(edition for edition in site.links.editions if edition.month == month))


class _Tags(HTMLParser):
    """Every element with its attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


# What is in it


def test_it_holds_introduction_takeaways_implications_links_open_studies_and_the_way_to_leave():
    contents = newsletter(
        make_site(configuration=make_configuration(leave="https://list.example.org/bye"), **content())
    )
    for form in (" ".join(_Tags(write_html(contents)).text.split()), " ".join(write_text(contents).split())):
        for words in ("Garden Digest", "January 2023", "This month:", "mulch", "Takeaway of mulch.", "Trial", "diary"):
            assert words.casefold() in form.casefold()
        assert "Looking for participants. For gardeners." in form
        assert "first the sunny ones" in form
        assert "Leave this newsletter" in form
        assert "over" not in form.replace("covered", "").replace("Cover ", "")
        assert "Half of the beds" not in form
    for form in (write_html(contents), write_text(contents)):
        for address in ("2023/01/mulch/", "studies/diary/", "newsletter/2023-01.html", "follow/"):
            assert URL + address in form
        assert "https://doi.org/10.5555/bloom" in form
        assert "https://list.example.org/bye" in form


def test_links_that_stand_below_every_summary_say_which_one_they_mean():
    entries = [make_entry(slug, "2023-01", TEXT, title=f'"{slug}" & more', citations=(slug,)) for slug in ("a", "b")]
    references = [make_reference(slug, DOI=f"10.5555/{slug}") for slug in ("a", "b")]
    page = _Tags(write_html(newsletter(make_site(entries=tuple(entries), references=tuple(references)))))
    said = [attributes["aria-label"] for tag, attributes in page.tags if tag == "a" and "aria-label" in attributes]
    assert said == [
        'Read the summary of: "a" & more',
        'The article summarised in: "a" & more',
        'Read the summary of: "b" & more',
        'The article summarised in: "b" & more',
    ]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://list.example.org/bye?u=1", "https://list.example.org/bye?u=1"),
        ("list@example.org", "mailto:list@example.org?subject=Please%20take%20me%20off%20the%20list"),
        ("mailto:list@example.org", "mailto:list@example.org?subject=Please%20take%20me%20off%20the%20list"),
        ("*|UNSUB|*", "*|UNSUB|*"),
        ("{{unsubscribe_url}}", "{{unsubscribe_url}}"),
        ("[unsubscribe]", "[unsubscribe]"),
        ("answer with STOP", ""),
        ("javascript:alert(1)", ""),
        ("{javascript:alert(1)}", ""),
        ("", ""),
    ],
)
def test_one_leaves_by_a_page_an_e_mail_or_the_mark_of_a_sending_service(written, link):
    assert leave_link(written) == link


def test_without_a_way_to_leave_configured_it_says_how_all_the_same():
    assert "To leave this newsletter: answer this e-mail and say so." in write_text(newsletter(make_site(**content())))
    told = make_site(configuration=make_configuration(leave="answer with STOP", sender="Bloom Street 1"), **content())
    assert "To leave this newsletter: answer with STOP." in write_text(newsletter(told))
    assert "Sent by Bloom Street 1" in write_text(newsletter(told))


def test_the_day_decides_which_studies_it_names():
    closes = datetime.date(2023, 1, 20)
    study = make_study(
        "diary", status=RecruitmentStatus.RECRUITING, sign_up=SignUp(email="a@example.org", closes=closes)
    )
    last = write_text(newsletter(make_site(closes, **content(studies=(study,)))))
    assert "Looking for participants until 20 January 2023." in last
    after = write_text(newsletter(make_site(closes + datetime.timedelta(1), **content(studies=(study,)))))
    assert "diary" not in after
    assert "TAKE PART" not in after


def test_a_retraction_and_a_correction_stand_before_the_takeaway():
    notice = Notice(NoticeKind.RETRACTION, "2025-07", "10.5555/notice", sources=("publisher",))
    status = Status(references={"bloom": ReferenceStatus(asked={"crossref": DAY}, notices=(notice,))})
    entry = dataclasses.replace(
        content()["entries"][0], corrections=(Correction(date=datetime.date(2023, 3, 4), note="It said 12."),)
    )
    contents = newsletter(make_site(status=status, **content(entries=(entry,))))
    for form in (write_text(contents).casefold(), _Tags(write_html(contents)).text.casefold()):
        flat = " ".join(form.split())
        retracted, corrected, takeaway = map(
            flat.index, ("retracted", "correction, 4 march 2023. it said 12.", "takeaway of mulch")
        )
        assert retracted < corrected < takeaway


# How it is made


def test_every_edition_of_this_digest_is_small_loads_nothing_and_runs_nothing():
    library, _ = read_library(REPOSITORY)
    site = plan_site(library.published(), DAY)
    made = list(iter_newsletter_files(site))
    assert len(made) == 2 * len(site.links.editions) > 30
    for file in made:
        text = file.content.decode()
        assert len(file.content) < GMAIL_CUTS_AT
        if file.address.endswith(".html"):
            page = _Tags(text)
            assert {tag for tag, _ in page.tags} & {"script", "img", "iframe", "form", "object", "svg"} == set()
            assert "url(" not in text
            assert [tag for tag, attributes in page.tags if "src" in attributes or "srcset" in attributes] == []
            loaded = [attributes["rel"] for tag, attributes in page.tags if tag == "link"]
            assert loaded == ["canonical"]
            assert [tag for tag, _ in page.tags].count("h1") == 1
        else:
            long = [line for line in text.splitlines() if len(line) > WIDTH and "://" not in line]
            assert long == []


def test_styles_stand_on_the_elements_since_mail_programs_drop_the_rest():
    page = _Tags(write_html(newsletter(make_site(**content()))))
    plain = {"html", "head", "meta", "title", "link", "style", "em", "strong", "br", "sup"}
    bare = [(tag, attributes) for tag, attributes in page.tags if tag not in plain and "style" not in attributes]
    assert [tag for tag, _ in bare if tag != "div"] == []


def test_a_picture_is_told_in_words():
    contents = newsletter(make_site(**content()))
    assert "[Picture: Two beds]" in write_html(contents)
    assert "[Picture: Two beds]" in write_text(contents)


@pytest.mark.parametrize("number", [60, 900])
def test_a_large_edition_stays_below_what_mail_programs_cut_and_keeps_the_way_to_leave(number):
    text = "Text.\n\n## Practice implications\n\n" + "Cover the beds with straw before the first hot week. " * 60
    entries = tuple(make_entry(f"e{index:03}", "2023-01", text) for index in range(number))
    contents = newsletter(make_site(**content(entries=entries)))
    html = write_html(contents)
    assert 60_000 < len(html.encode()) < GMAIL_CUTS_AT
    assert "To leave this newsletter" in html
    assert f"{URL}2023/01/e000/" in html
    assert ("more summaries on the site" in html) == (number == 900)
    assert write_text(contents).count("Read the summary:") == number


def test_an_endless_introduction_is_left_on_the_site():
    contents = newsletter(make_site(**content(editions=(make_edition("Words. " * 30_000),))))
    assert len(write_html(contents).encode()) < GMAIL_CUTS_AT


def test_plain_text_keeps_lists_quotations_and_links():
    html = (
        "<p>See <a href='https://a.example/'>here</a>, or <a href='https://b.example/'>there</a>.</p>\n"
        "<ol start='9'>\n<li>\n<p>nine, a longer item</p>\n"
        "<ul>\n<li>inner one</li>\n</ul>\n</li>\n<li>ten</li>\n</ol>\n"
        "<blockquote>\n<p>Said so.</p>\n</blockquote>\n<pre><code>a  b\n c\n</code></pre>\n"
        "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    links: list[str] = []
    assert PlainText(html, 24, links).text == (
        "See here [1], or there\n[2].\n\n"
        "9.  nine, a longer item\n    - inner one\n10. ten\n\n> Said so.\n\na  b\n c\n\nx | y\n1 | 2"
    )
    assert links == ["https://a.example/", "https://b.example/"]


# As a file for a mail program


def test_the_eml_is_a_message_of_two_forms_that_is_the_same_every_time():
    configuration = make_configuration(contact="editor@example.org", leave="https://list.example.org/bye")
    contents = newsletter(make_site(configuration=configuration, **content()))
    made = write_eml(contents)
    assert made == write_eml(newsletter(make_site(configuration=configuration, **content())))
    message = email.message_from_bytes(made, policy=email.policy.default)
    assert message.defects == []
    assert message["Subject"] == "Garden Digest: January 2023"
    assert message["From"] == "Garden Digest <editor@example.org>"
    assert message["To"] is None
    assert message["Date"].datetime == datetime.datetime(2023, 1, 1, 12, tzinfo=datetime.UTC)
    assert message["List-Unsubscribe"] == "<https://list.example.org/bye>"
    assert message["X-Unsent"] == "1"
    text, html = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == write_text(contents)
    assert html.get_content().replace("\r\n", "\n") == write_html(contents)
    assert all(len(line) <= 998 for line in made.split(b"\r\n"))


WORDS = ("title", "licence", "contact", "leave", "sender", "subscribe")


def hostile_site(text: str) -> Site:
    """Every text planted; a lone surrogate comes from an escape in YAML, never from a file's text."""
    body = text.encode("utf-8", "replace").decode()
    entry = make_entry(
        "one", "2023-01", f"{body}\n\n## Practice implications\n\n{body}\n", title=text, takeaway=text,
        research_types=("trial",), citations=("bloom",), corrections=(Correction(date=DAY, note=text),),
    )  # fmt: skip
    return make_site(
        configuration=make_configuration(**dict.fromkeys(WORDS, text)),
        entries=(entry,),
        editions=(make_edition(body, title=text),),
        references=(make_reference("bloom", DOI=text, URL=text),),
        topics=(make_topic(label=text),),
        research_types=(make_type(label=text),),
        studies=(make_study(title=text, audiences=(text,), status=RecruitmentStatus.RECRUITING),),
    )


def test_planted_markup_is_text_and_planted_headers_are_no_headers():
    contents = newsletter(hostile_site(HOSTILE))
    page = _Tags(write_html(contents))
    assert {tag for tag, _ in page.tags} & {"script", "img"} == set()
    assert page.text.count("<script>alert(1)</script>") > 8
    assert [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)] == []
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", write_html(contents) + write_text(contents))
    message = email.message_from_bytes(write_eml(contents), policy=email.policy.default)
    assert message["Bcc"] is None
    assert message["Subject"].startswith("<script>alert(1)</script>")
    assert message.defects == []


@settings(max_examples=30)
@given(st.text(st.characters(), max_size=40))
def test_whatever_is_written_every_form_can_be_made(text):
    contents = newsletter(hostile_site(text))
    assert write_html(contents).encode()
    assert write_text(contents).encode()
    message = email.message_from_bytes(write_eml(contents), policy=email.policy.default)
    assert message.defects == []
    assert {name.lower() for name, _ in message.items()} <= {
        *("subject", "date", "from", "message-id", "list-unsubscribe", "x-unsent", "mime-version", "content-type"),
    }


# The command


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    write_template(tmp_path / "digest")
    return tmp_path / "digest"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, ["newsletter", *map(str, arguments)])


def test_the_command_prints_an_edition_or_the_newest_or_writes_a_file(digest, tmp_path):
    site = plan_site(read_library(digest)[0].published(), DAY)
    months = [edition.month for edition in site.links.editions]
    printed = run("--root", digest, "--date", DAY)
    assert (printed.exit_code, printed.stdout) == (0, write_text(newsletter(site, months[0])))
    data = json.loads(run(months[-1], "--root", digest, "--date", DAY, "--format", "json").stdout)
    assert data["edition"] == months[-1]
    assert data["html"] == write_html(newsletter(site, months[-1]))
    target = tmp_path / "january.eml"
    assert run(months[0], "--root", digest, "--date", DAY, "--output", target).exit_code == 0
    assert target.read_bytes() == write_eml(newsletter(site, months[0]))


def test_the_command_overwrites_nothing_and_says_what_is_wrong(digest, tmp_path):
    target = tmp_path / "mine.txt"
    target.write_text("mine", encoding="utf-8")
    refused = run("--root", digest, "--output", target)
    assert "is there already" in str(refused.exception)
    assert target.read_text(encoding="utf-8") == "mine"
    assert "there is no edition 1999-01" in str(run("1999-01", "--root", digest).exception)
    assert "is not a month" in str(run("January", "--root", digest).exception)


def test_the_command_refuses_content_with_errors(digest):
    (entry,) = list((digest / "entries").rglob("*example.md"))[:1]
    entry.write_text(entry.read_text(encoding="utf-8").replace("topics:", "topic:"), encoding="utf-8")
    refused = run("--root", digest)
    assert "[field-unknown]" in refused.stdout
    assert refused.exit_code != 0
    assert run("--root", digest, "--format", "json").stdout == ""


def test_a_build_can_note_which_texts_each_form_shows_whatever_was_written_before():
    site = make_site(**content())
    made = {file.address: file for file in iter_newsletter_files(site)}
    for address in [*made, *made]:
        with site.bodies.note_used() as used:
            assert made[address].content
        assert used == {f"entries/2023-01/{name}.md" for name in ("mulch", "shade", "index")}

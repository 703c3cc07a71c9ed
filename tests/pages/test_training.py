"""Pages of the course: what a learner is told of each reading, the reader, and the ways there and back."""

import datetime
import itertools
import re
from collections import Counter
from html import unescape

import pytest

from digest.model.lookup import Lookup
from digest.model.reference import RepositoryCopy
from digest.model.status import Notice, NoticeKind, OpenAccess, ReferenceStatus, Status
from digest.model.study import RecruitmentStatus
from digest.model.training import Reading
from tests.builders import make_entry, make_library, make_reference, make_study
from tests.export.course_site import DAY, READINGS, SITE_URL, TEXT, make_module, make_site

SCRIPT = '</textarea><script>alert("1")</script>'


def body_of(address: str, *modules, **content) -> str:
    site = make_site(modules, **content)
    return next(planned for planned in site.plan if planned.address == address).render().body


def text_of(html: str) -> str:
    """What a reader sees, white space aside."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def soil(**content) -> str:
    return body_of("/training/soil/", make_module("soil", readings=READINGS), **content)


def test_a_reading_comes_with_takeaway_research_type_access_and_the_objectives_it_serves():
    words = text_of(soil())
    assert (
        "mulch Takeaway of mulch. January 2023 · Field trial Start here."
        " Article: no open copy known · Serves objectives 1 and 2" in words
    )


def test_a_work_that_is_summarised_here_says_what_and_where():
    further = soil().partition("Further readings")[2]
    assert "Takeaway of mulch." in further
    assert 'href="../../2023/01/mulch/">Summarised here' in further
    assert "Field trial" in further


def test_an_address_shows_its_title():
    assert '<a href="https://example.org/straw?a=1&amp;b=2">All about straw</a>' in soil()


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, None, "Article: no open copy known"),
        ({}, ReferenceStatus(asked={"unpaywall": DAY}), "Article: no open copy known as of 22 November 2026"),
        (
            {},
            ReferenceStatus(
                asked={"unpaywall": DAY}, open_access=OpenAccess("https://a.example/1", "", "acceptedVersion")
            ),
            "Article: open copy at a.example (accepted manuscript)",
        ),
        (
            {"copies": (RepositoryCopy("https://b.example/1", "preprint", "open"),)},
            ReferenceStatus(asked={"unpaywall": DAY}),
            "Article: open copy at b.example (preprint)",
        ),
        ({"copies": (RepositoryCopy("https://b.example/1", "", "restricted"),)}, None, "Article: no open copy known"),
        ({"PMCID": "PMC123"}, None, "Article: open copy at pmc.ncbi.nlm.nih.gov"),
        ({"licence": "CC BY 4.0"}, None, "Article: open to everybody"),
        ({"licence": "Ccopyright of the society"}, None, "Article: no open copy known"),
        ({"copies": (RepositoryCopy("javascript:alert(1)", "", "open"),)}, None, "Article: open to everybody"),
    ],
)
def test_access_is_told_as_far_as_it_is_known(fields, status, words):
    references = (make_reference("bloom", **fields), make_reference("rake"))
    known = Status(references={"bloom": status} if status else {})
    assert f"{words} · Serves" in text_of(soil(references=references, status=known))


def test_a_retracted_reading_says_so_whether_summary_or_work():
    notice = Notice(NoticeKind.RETRACTION, "2026-05-01", sources=("publisher",))
    status = Status(references={"bloom": ReferenceStatus(asked={"crossref": DAY}, notices=(notice,))})
    assert soil(status=status).count('<strong class="label">Retracted</strong>') == 2


def test_newest_summaries_on_the_topics_are_offered_unless_they_are_on_the_list():
    listed = body_of("/training/soil/", make_module("soil", readings=READINGS, topics=("soil",)))
    newest = listed.partition("not on the list")[2]
    assert "2023/02/compost/" in newest
    assert "2023/01/mulch/" not in newest
    assert "not on the list" not in soil()


def test_modules_lead_to_each_other_and_back_to_the_course():
    modules = [make_module("soil"), make_module("water", 2), make_module("shade", 3)]
    body = body_of("/training/water/", *modules)
    assert 'rel="prev" href="../../training/soil/"' in body
    assert 'rel="next" href="../../training/shade/"' in body
    assert '<a href="../../training/">Back to the course: all modules</a>' in body


def test_a_course_elsewhere_is_led_back_to_where_its_address_is_known():
    course = "https://learn.example.org/course/7?a=1&b=2"
    body = body_of("/training/soil/", make_module("soil"), course=course)
    assert '<a href="https://learn.example.org/course/7?a=1&amp;b=2">Back to the course</a>' in body
    assert "javascript" not in body_of("/training/soil/", make_module("soil"), course="javascript:alert(1)")


def test_open_studies_of_a_module_are_announced_and_closed_ones_are_listed_as_what_they_are():
    study = make_study("trial", training=("soil",), title="A trial of mulch", status=RecruitmentStatus.RECRUITING)
    body = soil(studies=(study,))
    assert "Take part in research" in body[: body.index("A trial of mulch")]
    closed = make_study("trial", training=("soil",), title="A trial of mulch", status=RecruitmentStatus.COMPLETED)
    body = soil(studies=(closed,))
    assert "Take part in research" not in body
    assert 'A trial of mulch</a> <span class="facts">Completed; recruitment has closed</span>' in body


def test_an_entry_says_in_which_module_it_is_read_and_for_which_objective():
    modules = [
        make_module("soil", 3, READINGS),
        make_module("water", 4, [Reading(entry="mulch", required=False)]),
    ]
    words = text_of(body_of("/2023/01/mulch/", *modules))
    assert (
        "Required reading in module 3: Soil , which wants you to be able to Say what mulch does. Choose a mulch."
        " Further reading in module 4: Water" in words
    )


def test_an_entry_that_names_a_module_by_itself_leads_there():
    entries = (make_entry("mulch", training=("soil",)),)
    body = body_of("/2023/01/mulch/", make_module("soil"), entries=entries)
    assert '<a href="../../../training/soil/">Module 1: Soil</a>' in body


def test_a_topic_lists_its_modules():
    module = make_module("soil", readings=READINGS, topics=("soil",))
    assert '<a href="../../training/soil/">Module 1: Soil</a>' in body_of("/topics/soil/", module)


def test_an_objective_that_does_not_exist_is_passed_over():
    module = make_module("soil", readings=[Reading(entry="mulch", objectives=(7, 0, 2, 2))])
    assert "Serves objective 2 " in text_of(body_of("/training/soil/", module)) + " "
    assert text_of(body_of("/2023/01/mulch/", module)).count("Choose a mulch.") == 1


def test_the_list_to_paste_has_whole_addresses_and_is_text_on_the_page():
    module = make_module("soil", title=SCRIPT, readings=[*READINGS, Reading(url="https://a.example", note=SCRIPT)])
    body = body_of("/training/soil/", module)
    assert "<script>alert" not in body
    pasted = unescape(body.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])
    assert f'<a href="{SITE_URL}2023/01/mulch/">mulch</a> – Start here.' in pasted
    assert '<a href="https://example.org/straw?a=1&amp;b=2">All about straw</a>' in pasted
    assert "&lt;script&gt;" in pasted
    assert "<script" not in pasted


def reader(*readings: Reading, **content) -> str:
    return body_of("/training/soil/reader/", make_module("soil", readings=readings), **content)


def test_the_reader_holds_every_required_summary_whole_with_its_citation():
    body = reader(Reading(entry="mulch"), Reading(entry="compost", required=False), Reading(citation="rake"))
    words = text_of(body)
    assert "1 required summary and 1 reading to find elsewhere" in words
    assert words.index("Say what mulch does.") < words.index("Read first.") < words.index("Takeaway of mulch.")
    for part in ("Beds were covered.", "With straw.", "Results", "Practice implications Do.", "Title of bloom"):
        assert part in words
    assert "Takeaway of compost." not in words
    assert "Title of rake" in words.partition("to find elsewhere")[2]


def test_no_two_anchors_of_the_reader_are_the_same_and_each_link_within_it_has_one():
    body = reader(Reading(entry="mulch"), Reading(entry="compost"), Reading(entry="2023-01/mulch"))
    assert body.count("Beds were covered.") == 2
    anchors = re.findall(r'\bid="([^"]*)"', body)
    assert [anchor for anchor, number in Counter(anchors).items() if number > 1] == []
    within = re.findall(r'href="#([^"]*)"', body)
    assert len(within) >= 6
    assert set(within) <= set(anchors)


def test_headings_of_the_reader_go_down_one_level_at_a_time():
    text = f"{TEXT}\n## More\n\n### Deep\n\n###### Deepest\n"
    body = reader(Reading(entry="mulch"), entries=(make_entry("mulch", text=text, citations=("bloom",)),))
    levels = [int(level) for level in re.findall(r"<h(\d)", body)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(levels) == 6
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels) if later != 6)
    assert [int(level) for level in re.findall(r"</h(\d)>", body)] == levels


def test_a_text_may_link_to_a_reader():
    lookup = Lookup(make_library(modules=(make_module("soil"),)))
    assert lookup.resolve("pages/about.md", "/training/soil/reader/").kind == "page"
    assert lookup.resolve("pages/about.md", "/training/water/reader/").kind == "broken"


def test_a_retracted_summary_says_so_in_the_reader():
    notice = Notice(NoticeKind.RETRACTION, "2026-05-01", sources=("publisher",))
    status = Status(
        references={"bloom": ReferenceStatus(asked={"crossref": datetime.date(2026, 6, 1)}, notices=(notice,))}
    )
    assert "<strong>Retracted.</strong>" in reader(Reading(entry="mulch"), status=status)


def test_a_module_that_requires_no_summary_offers_no_reader():
    body = body_of("/training/soil/", make_module("soil", readings=[Reading(citation="bloom")]))
    assert 'href="reader/"' not in body
    assert "No summary is required in this module." in reader(Reading(citation="bloom"))
    assert 'href="reader/"' in soil()

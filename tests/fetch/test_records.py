"""Records of the services, as they should be and as they should not: any shape is survived, and gives text."""

import json
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetch.body import Unusable
from digest.fetch.crossref import DATES, KINDS, fetch_agency, parse_work
from digest.fetch.notices import merge_notices
from digest.fetch.pubmed import fetch_by_doi, fetch_records, parse_article
from digest.fetch.status_file import format_status
from digest.fetch.unpaywall import fetch_open_access, is_web_address, parse_open_access
from digest.model.status import Notice, NoticeKind, ReferenceStatus, Status
from tests.fetch.fake import article, known, update, work

FIELDS = [
    *("DOI", "title", "subtitle", "author", "editor", "issued", "published", "type", "source", "update-to"),
    *("updated-by", "volume", "issue", "page", "container-title", "abstract", "license", "published-print", "event"),
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
UPDATES = st.lists(
    ANYTHING
    | st.fixed_dictionaries(
        {},
        optional={
            "DOI": ANYTHING | st.just("10.1000/x"),
            "type": ANYTHING | st.sampled_from(sorted(KINDS)),
            "source": ANYTHING | st.just("retraction-watch"),
            "updated": ANYTHING | st.fixed_dictionaries({"date-parts": ANYTHING | st.just([[2024, 5]])}),
        },
    ),
    max_size=4,
)
WORKS = st.fixed_dictionaries(
    {}, optional={field: (UPDATES if field.startswith("update") else ANYTHING) for field in FIELDS}
)


def status_text(notices):
    return format_status(Status(references={"a": ReferenceStatus(notices=tuple(notices))}))


@given(st.fixed_dictionaries({"message": WORKS}) | ANYTHING)
def test_a_work_of_any_shape_is_read_or_refused_in_words(data):
    try:
        found = parse_work(data, "10.1000/x")
    except Unusable as unusable:
        assert str(unusable).startswith("holds no record")  # noqa: PT017
        return
    assert all(1000 <= year <= 2999 for year in found.years)
    assert all(isinstance(notice.kind, NoticeKind) for notice in found.notices)
    json.loads(status_text(found.notices))


@given(WORKS, st.sampled_from(FIELDS), st.none() | ANYTHING)
def test_a_work_survives_any_one_field(fields, field, value):
    record = work("10.1000/garden.17", "Mulch and water", 2023, **fields)
    record["message"] |= {"title": ["Mulch and water"], field: value}
    parse_work({"message": {**record["message"], "DOI": "10.1000/garden.17"}}, "10.1000/garden.17")


def test_a_retracted_work_names_its_notices_gravest_first():
    record = work(
        "10.1000/garden.17",
        "RETRACTED: Mulch and water",
        2023,
        **{
            "updated-by": [
                update("10.1000/correction", "erratum", date=(2023, 12)),
                update("10.1000/Notice", "retraction", "retraction-watch", (2024, 5, 2)),
                update("10.1000/notice", "retraction", date=(2024,)),
                update("10.1000/other", "interesting"),
                {"type": "retraction"},
                None,
            ]
        },
    )
    assert parse_work(record, "10.1000/garden.17").notices == (
        Notice(NoticeKind.RETRACTION, "2024-05-02", "10.1000/notice", "", ("publisher", "retraction-watch", "title")),
        Notice(NoticeKind.CORRECTION, "2023-12", "10.1000/correction", "", ("publisher",)),
    )


def test_a_notice_is_told_from_the_work_that_it_is_about():
    record = work("10.1000/notice", "Retraction: Mulch", 2024, **{"update-to": [update("10.1000/g.17", "retraction")]})
    found = parse_work(record, "10.1000/notice")
    assert found.notices == ()
    assert found.notice_about == ("10.1000/g.17",)


def test_a_work_that_was_changed_in_place_carries_its_own_notice():
    record = work(
        "10.1000/G.17", "Mulch", 2024, **{"update-to": [update("10.1000/g.17", "correction", date=(2019, 4, 8))]}
    )
    found = parse_work(record, "10.1000/g.17")
    assert found.notices == (Notice(NoticeKind.CORRECTION, "2019-04-08", "10.1000/g.17", "", ("publisher",)),)
    assert found.notice_about == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RETRACTED: Mulch", NoticeKind.RETRACTION),
        ("[Retracted] Mulch", NoticeKind.RETRACTION),
        ("Retracted Article: Mulch", NoticeKind.RETRACTION),
        ("WITHDRAWN: Mulch", NoticeKind.WITHDRAWAL),
        ("Withdrawn: a gardener's memoir", None),
        ("Retracted muscles: a study", None),
        ("Retraction: Mulch", None),
    ],
)
def test_a_title_can_say_it_by_itself(title, kind):
    notices = parse_work(work("10.1000/x", title, 2020), "10.1000/x").notices
    assert [notice.kind for notice in notices] == ([kind] if kind else [])


def test_every_year_in_which_a_version_appeared_is_known():
    dates = {field: {"date-parts": [[2019 + number]]} for number, field in enumerate(DATES)}
    record = work("10.1000/x", "Mulch", 2019, **dates)
    assert parse_work(record, "10.1000/x").years == {2019, 2020, 2021, 2022, 2023}


def test_a_doi_of_another_agency_is_known_there(world, services):
    world.agencies["10.5281/zenodo.1"] = "DataCite"
    assert fetch_agency(services.client, services.crossref, "10.5281/zenodo.1") == "DataCite"
    assert fetch_agency(services.client, services.crossref, "10.5281/zenodo.2") == ""


# PubMed


def correction(kind, source, pmid="33333333"):
    inner = f"<RefSource>{source}</RefSource><PMID>{pmid}</PMID>"
    return f'<CommentsCorrections RefType="{kind}">{inner}</CommentsCorrections>'


def test_a_record_of_pubmed_says_types_headings_and_notices(world, services):
    world.articles["11111111"] = article(
        "11111111",
        "Shade &amp; <i>water</i>.",
        doi="10.1000/GARDEN.18",
        types=("Journal Article", "Randomized Controlled Trial", "Retracted Publication"),
        mesh=("Gardening", "Water"),
        corrections=correction("RetractionIn", "Gard Sci. 2024 May 2;7(1):3. doi: 10.1000/notice.")
        + correction("Cites", "Gard Sci. 1999")
        + correction("ErratumIn", "Gard Sci. 2022 Jan", "x")
        + "<CommentsCorrections/>",
    )
    record = fetch_records(services.client, services.pubmed, ["11111111"])["11111111"]
    record = known(record)
    assert record.doi == "10.1000/GARDEN.18"
    assert record.reference.title == "Shade & water"
    assert record.reference.abstract == "METHODS: We dug."
    assert record.reference.publication_types == (
        "Journal Article",
        "Randomized Controlled Trial",
        "Retracted Publication",
    )
    assert record.reference.mesh == ("Gardening", "Water")
    assert record.notices == (
        Notice(NoticeKind.RETRACTION, "2024-05-02", "10.1000/notice", "33333333", ("pubmed",)),
        Notice(NoticeKind.CORRECTION, "2022-01", "", "", ("pubmed",)),
    )


def test_a_notice_in_pubmed_is_told_from_the_work_that_it_is_about():
    text = article(
        "3", "Retraction", types=("Retraction of Publication",), corrections=correction("RetractionOf", "x", "11")
    )
    record = parse_article(ET.fromstring(text))
    assert record.notices == ()
    assert record.notice_about == ("11",)


def test_many_records_are_one_question_and_each_is_kept(world, services):
    found = fetch_records(services.client, services.pubmed, ["11111111", "22222222", "9", "rubbish", "11111111"])
    assert list(found) == ["11111111", "22222222", "9"]
    assert found["9"].data is None
    assert world.count("pubmed") == 1
    again = fetch_records(services.client, services.pubmed, ["9", "22222222"])
    assert known(again["22222222"]).reference.title == "Sowing in spring"
    assert again["9"].data is None
    assert all(answer.is_kept for answer in again.values())
    assert world.count("pubmed") == 1


def test_a_search_by_doi_takes_only_the_record_with_that_doi(world, services):
    world.articles["44444444"] = article("44444444", "Guessed", doi="10.1000/garden.1")
    found = fetch_by_doi(services.client, services.pubmed, ["10.1000/Garden.18", "10.1000/garden.99", 'odd"doi'])
    assert {doi: answer.data and answer.data.pmid for doi, answer in found.items()} == {
        "10.1000/garden.18": "11111111",
        "10.1000/garden.99": None,
    }
    asked = world.count("pubmed")
    fetch_by_doi(services.client, services.pubmed, ["10.1000/garden.18"])
    assert world.count("pubmed") == asked


TAGS = st.sampled_from(
    [
        *(
            "PMID",
            "MedlineCitation",
            "Article",
            "ArticleTitle",
            "Journal",
            "JournalIssue",
            "PubDate",
            "Year",
            "PubmedData",
        ),
        *("PublicationTypeList", "PublicationType", "CommentsCorrectionsList", "CommentsCorrections", "RefSource"),
        *("ArticleIdList", "ArticleId", "AuthorList", "Author", "LastName", "Abstract", "AbstractText", "Pagination"),
        *("MeshHeadingList", "MeshHeading", "DescriptorName", "BookDocument", "Book", "i"),
    ]
)
ELEMENTS = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(escape),
    lambda inner: st.builds(
        lambda tag, kind, parts: f'<{tag} RefType="{kind}" IdType="doi">{"".join(parts)}</{tag}>',
        TAGS,
        st.sampled_from(["RetractionIn", "RetractionOf", "ErratumIn", ""]),
        st.lists(inner, max_size=5),
    ),
    max_leaves=20,
)


@given(st.lists(ELEMENTS, max_size=6), st.sampled_from(["PubmedArticle", "PubmedBookArticle"]))
def test_a_record_of_pubmed_of_any_shape_is_survived(parts, tag):
    record = parse_article(ET.fromstring(f"<{tag}>{''.join(parts)}</{tag}>"))
    json.loads(status_text(record.notices))
    assert isinstance(record.pmid, str)


# Unpaywall


def test_the_best_open_copy_has_an_address_a_licence_and_a_version(world, services):
    world.copies["10.1000/garden.17"] = {
        "is_oa": True,
        "best_oa_location": {
            "url": "https://garden.example.net/17.pdf",
            "url_for_landing_page": "https://garden.example.net/17",
            "license": "cc-by",
            "version": "publishedVersion",
        },
    }
    copy = fetch_open_access(services.client, services.unpaywall, "10.1000/garden.17").data
    assert copy is not None
    assert (copy.url, copy.licence, copy.version) == ("https://garden.example.net/17", "cc-by", "publishedVersion")
    assert fetch_open_access(services.client, services.unpaywall, "10.1000/garden.18").data is None


@given(
    ANYTHING
    | st.fixed_dictionaries(
        {
            "is_oa": st.just(value=True) | ANYTHING,
            "best_oa_location": ANYTHING
            | st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("url", "url_for_landing_page", "license", "version"), ANYTHING)
            ),
        }
    )
)
def test_a_location_of_any_shape_gives_an_address_of_the_web_or_none(data):
    copy = parse_open_access(data)
    assert copy is None or is_web_address(copy.url)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.example.org",
            "https://",
            "https:///x",
            "ftp://a.example.org",
        ),
        *("https://a.example.org/<b>", 'https://a.example.org/"x', "https://me:secret@a.example.org/", "https://[::1"),
        *(
            "https://a.example.org/\n",
            "https://a.example.org/ b",
            "https://a.example.org/\x00",
            "https://a/" + "x" * 3000,
        ),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_no_copy(url):
    assert not is_web_address(url) or url.strip() != url
    copy = parse_open_access({"is_oa": True, "best_oa_location": {"url": url}})
    assert copy is None or copy.url == url.strip()


# notices of several

NOTICES = st.builds(
    Notice,
    st.sampled_from(NoticeKind),
    st.sampled_from(["", "2024", "2024-05", "2024-05-02", "2023-01"]),
    st.sampled_from(["", "10.1/a", "10.1/B"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from([("publisher",), ("pubmed",), ("retraction-watch",)]),
)


@given(st.lists(NOTICES, max_size=6), st.randoms(use_true_random=False))
def test_merging_notices_depends_on_no_order_and_loses_no_kind(notices, random):
    merged = merge_notices(notices)
    shuffled = random.sample(notices, len(notices))
    assert merge_notices(shuffled) == merged
    assert {notice.kind for notice in merged} == {notice.kind for notice in notices}
    assert {source for notice in merged for source in notice.sources} == {
        source for notice in notices for source in notice.sources
    }
    assert {notice.doi.casefold() for notice in notices} - {""} <= {notice.doi.casefold() for notice in merged} | {
        "10.1/a",
        "10.1/b",
    }

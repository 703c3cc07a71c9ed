"""What pages say of themselves to machines, held against schema.org's own vocabulary."""

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from digest.model.configuration import Configuration, DigestSettings, SiteSettings
from digest.model.entry import Correction
from digest.model.library import Library
from digest.model.reference import DateParts, Name
from digest.model.vocabulary import Topic
from digest.pages import Page, plan_site
from digest.pages.linked_data import write_linked_data
from digest.read import read_library
from tests.builders import make_entry, make_library, make_reference, places

REPOSITORY = Path(__file__).parents[2]
VOCABULARY: dict[str, Any] = json.loads((Path(__file__).parent / "schema-org.json").read_text(encoding="utf-8"))
DAY = datetime.date(2026, 11, 22)
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TEXTS = {"Text", "URL", "Date", "DateTime", "Duration", "CssSelectorType", "XPathType", "PronounceableText"}
PLANTED = "</script><script>alert(1)</script> <!-- ]]> & \u2028 \u0085 \ud800 \" ' \\"


def data_of(page: Page) -> dict[str, Any]:
    """The one block of a page."""
    found = BLOCK.findall(page.head)
    assert len(found) == 1, page.address
    node: dict[str, Any] = json.loads(found[0])
    return node


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """Every page of the repository's own digest."""
    library, _ = read_library(REPOSITORY)
    return list(plan_site(library.published(), DAY).pages)


def of_kind(pages: list[Page], kind: str) -> list[dict[str, Any]]:
    return [data_of(page) for page in pages if page.kind == kind]


def test_every_page_uses_types_and_properties_that_schema_org_has(pages):
    faults = [f"{page.address}: {fault}" for page in pages for fault in faults_of(data_of(page), "page")]
    assert faults == []


def test_the_check_against_the_vocabulary_finds_faults():
    wrong = {
        "@type": "BlogPosting",
        "headlin": "a",
        "author": {"@type": "Periodical", "name": "b"},
        "datePublished": True,
        "about": {"@type": "Unheard"},
        "isPartOf": "text",
    }
    assert len(list(faults_of(wrong, "page"))) == 5


def faults_of(node: dict[str, Any], where: str) -> Iterator[str]:
    """What the vocabulary does not know, or does not allow there."""
    if set(node) == {"@id"}:
        return
    kind = str(node.get("@type"))
    if kind not in VOCABULARY["parents"] and kind != "Thing":
        yield f"{where}: no type {kind}"
        return
    known = {name: ranges for each in lineage(kind) for name, ranges in VOCABULARY["properties"].get(each, {}).items()}
    for name, value in node.items():
        if name in {"@context", "@type", "@id"}:
            continue
        if name not in known:
            yield f"{where}: {kind} has no property {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if not fits(each, known[name]):
                yield f"{where}: {kind}.{name} takes {known[name]}, not {each}"
            if isinstance(each, dict):
                yield from faults_of(each, f"{where}.{name}")


def lineage(kind: str) -> set[str]:
    found = {kind}
    for parent in VOCABULARY["parents"].get(kind, ()):
        found |= lineage(parent)
    return found


def fits(value: object, ranges: list[str]) -> bool:
    if isinstance(value, dict):
        return set(value) == {"@id"} or value.get("@type") == "Thing" or bool(lineage(str(value["@type"])) & {*ranges})
    if isinstance(value, bool):
        return "Boolean" in ranges
    if isinstance(value, int | float):
        return bool({"Integer", "Number", "Float"} & {*ranges})
    names = {name for each in ranges for name in VOCABULARY["values"].get(each, ())}
    return bool(TEXTS & {*ranges}) or str(value).rpartition("/")[2] in names


def test_an_entry_is_a_post_about_the_article_that_it_summarises(pages):
    for node in of_kind(pages, "entry"):
        post = node["mainEntity"]
        work, *terms = post["about"]
        assert post["@type"] == "BlogPosting"
        assert work["@type"] in {"ScholarlyArticle", "Report", "Thesis", "Chapter", "Book"}
        assert "name" in work or "author" in work  # some records lack a title
        assert {term["@type"] for term in terms} == {"DefinedTerm"}
        assert post["citation"][0] == ({"@id": work["@id"]} if "@id" in work else work)
        assert post["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert post["publisher"]["@type"] == "Organization"
        assert datetime.date.fromisoformat(post["datePublished"]) <= DAY


def test_topics_are_terms_of_one_set(pages):
    whole = next(data_of(page) for page in pages if page.address == "/topics/")["mainEntity"]
    assert whole["@type"] == "DefinedTermSet"
    terms = {node["about"]["@id"] for node in of_kind(pages, "topic")}
    assert {term["@id"] for term in whole["hasDefinedTerm"]} == terms
    assert {node["about"]["inDefinedTermSet"]["@id"] for node in of_kind(pages, "topic")} == {whole["@id"]}


def test_the_course_has_the_modules_as_its_parts(pages):
    course = of_kind(pages, "training")[0]["mainEntity"]
    modules = [node["mainEntity"] for node in of_kind(pages, "module")]
    assert course["@type"] == "Course"
    assert {part["url"] for part in course["hasPart"]} == {module["url"] for module in modules}
    assert all(module["teaches"] and module["isPartOf"]["@id"] == course["@id"] for module in modules)


def test_the_catalogue_is_a_data_set_whose_files_are_there(pages):
    data = of_kind(pages, "data")[0]["mainEntity"]
    assert data["@type"] == "Dataset"
    assert "https://digest.example.org/data/entries.json" in {each["contentUrl"] for each in data["distribution"]}


def test_a_study_is_a_medical_trial_with_its_status(pages):
    kinds = {node["mainEntity"]["@type"] for node in of_kind(pages, "study")}
    assert kinds == {"MedicalTrial"}
    assert all("status" in node["mainEntity"] for node in of_kind(pages, "study"))


def test_every_page_but_home_says_where_it_stands(pages):
    addresses = {f"https://digest.example.org{page.address}" for page in pages}
    for page in pages:
        node = data_of(page)
        steps = node.get("breadcrumb", {}).get("itemListElement", [])
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert {step["item"]["@id"] for step in steps} <= addresses, page.address
        assert (steps[-1]["item"]["@id"] == node["url"]) if page.address != "/" else not steps


def test_pages_say_what_shows_when_they_are_passed_on(pages):
    for page in pages:
        found = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', page.head))
        assert unescape(found["og:title"]) == page.title
        assert unescape(found["og:description"]) == page.description
        assert found["og:url"] == f"https://digest.example.org{page.address}"
        assert found["og:locale"] == "en_CA"
        assert found["og:image"].startswith("https://digest.example.org/")


def small_library(**settings: Any) -> Library:
    """One entry on a retracted article, with a correction of its own."""
    reference = make_reference(
        "work",
        title=f"Work {PLANTED}",
        author=(Name(family="Bloom", given="Ada", suffix="Jr."), Name(literal="Garden Group")),
        editor=(Name(literal="A group"),),
        issued=DateParts(2020, 3),
        container_title="Soil",
        volume="3",
        issue="2",
        page="1-9",
        DOI="10.1000/1",
        PMID="123",
    )
    entry = make_entry(
        "first",
        title=f"Entry {PLANTED}",
        citations=("work",),
        topics=("soil",),
        authors=("Ada Bloom",),
        corrections=(Correction(date=datetime.date(2023, 5, 1), note=f"Note {PLANTED}"),),
    )
    topic = Topic(
        id="soil", label=f"Soil {PLANTED}", definition="What lies below.", path="t.yml", places=places("t.yml")
    )
    configuration = Configuration(places=places("mkdocs.yml"), **settings)
    return make_library(configuration=configuration, entries=(entry,), references=(reference,), topics=(topic,))


def test_whatever_is_in_a_text_it_is_data_and_the_element_ends_where_it_should():
    library = small_library(digest=DigestSettings(title=f"Digest {PLANTED}", authors=("A",)))
    for page in plan_site(library, DAY).pages:
        assert page.head.count("<script") == page.head.count("</script>") == 1
        assert not set("\u2028\u2029\u0085\ud800") & set(BLOCK.findall(page.head)[0])
        assert list(faults_of(data_of(page), page.address)) == []
    entry = next(page for page in plan_site(library, DAY).pages if page.kind == "entry")
    title = data_of(entry)["mainEntity"]["headline"]
    assert title == f"Entry {PLANTED}".replace("\ud800", "\ufffd")


def test_without_an_address_of_the_site_no_address_is_made_up():
    for page in plan_site(small_library(), DAY).pages:
        text = BLOCK.findall(page.head)[0].replace("https://doi.org/", "").replace("https://schema.org", "")
        assert "https://" not in text.replace("https://pubmed.ncbi.nlm.nih.gov/", ""), page.address
        assert "og:url" not in page.head
        assert "og:image" not in page.head


def test_an_article_is_told_with_its_volume_its_authors_and_its_identifiers():
    site = SiteSettings(site_url="https://example.org/digest/")
    entry = next(page for page in plan_site(small_library(site=site), DAY).pages if page.kind == "entry")
    post = data_of(entry)["mainEntity"]
    work = post["about"][0]
    assert [author["@type"] for author in work["author"]] == ["Person", "Organization"]
    assert work["author"][0] | {"name": "Ada Bloom Jr."} == work["author"][0]
    assert "editor" not in work
    assert work["datePublished"] == "2020-03"
    assert work["isPartOf"]["issueNumber"] == "2"
    assert work["isPartOf"]["isPartOf"]["isPartOf"] == {"@type": "Periodical", "name": "Soil"}
    assert work["@id"] == "https://doi.org/10.1000/1"
    assert post["author"] == [{"@type": "Person", "name": "Ada Bloom"}]
    assert post["url"] == "https://example.org/digest/2023/01/first/"
    assert post["dateModified"] == "2023-05-01"
    assert post["correction"][0]["datePublished"] == "2023-05-01"


def test_what_nobody_knows_is_left_out():
    node = {"@type": "Person", "name": "", "knows": [{"@type": "Person"}, None], "age": 0}
    assert BLOCK.findall(write_linked_data(node)) == ['{"@type":"Person","age":0}']


def test_a_page_changes_with_its_own_content_only(pages):
    """A correction elsewhere leaves the data of other pages alone."""
    library, _ = read_library(REPOSITORY)
    changed = replace(library.entries[-1], corrections=(Correction(date=DAY, note="x"),))
    after = plan_site(replace(library, entries=(*library.entries[:-1], changed)).published(), DAY).pages
    differing = [page.address for page, old in zip(after, pages, strict=True) if page.head != old.head]
    assert differing == [changed.permalink]

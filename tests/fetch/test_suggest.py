"""`digest suggest DOI`: topics and types of research for an article that the digest does not have."""

import json

import pytest

from tests.fetch.fake import article, work

NEW = "10.1000/garden.99"
TOPICS = """
- id: soil
  label: Soil
  definition: What plants stand in.
- id: shade
  label: Shade
  definition: Less sun.
  alt_labels: [shade cloth]
"""


@pytest.fixture
def trial(root, world):
    """A work that Crossref and PubMed know; PubMed says what kind of study it is."""
    (root / "vocabulary/topics.yml").write_text(TOPICS, encoding="utf-8")
    types = root / "vocabulary/research-types.yml"
    types.write_text(types.read_text(encoding="utf-8") + "  pubmed: [Field Trial]\n", encoding="utf-8")
    world.works[NEW] = work(NEW, "Beans under shade cloth", 2024, author=[{"family": "Leaf", "given": "Ann B."}])
    world.articles["33333333"] = article(
        "33333333", "Beans under shade cloth.", doi=NEW, year=2024, types=("Field Trial",)
    )


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("name", [NEW, f"https://doi.org/{NEW}", "33333333"])
def test_an_article_is_asked_for_by_its_doi_its_address_or_its_pmid(root, run, name):
    code, out, err = run("suggest", name, "--root", root, "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    assert found["title"].rstrip(".") == "Beans under shade cloth"
    assert [each["topic"] for each in found["topics"]] == ["shade"]
    assert set(found["topics"][0]["evidence"]["phrases"]) == {"Shade", "shade cloth"}
    assert [each["topic"] for each in found["research_types"]] == ["field-trial"]
    assert found["research_types"][0]["evidence"]["phrases"] == ['PubMed calls it "Field Trial"']


@pytest.mark.usefixtures("trial")
def test_what_was_asked_before_is_known_without_the_network(root, run, world):
    assert run("suggest", NEW, "--root", root)[0] == 0
    asked = len(world.asked)
    code, out, _ = run("suggest", NEW, "--root", root, "--offline")
    assert (code, len(world.asked)) == (0, asked)
    assert "shade" in out


def test_an_article_that_nobody_knows_is_named(root, run):
    code, out, err = run("suggest", "10.1000/none.1", "--root", root)
    assert (code, out) == (2, "")
    assert "nobody knows '10.1000/none.1'" in err


@pytest.mark.usefixtures("trial")
def test_topics_are_applied_to_entries_only(root, run):
    code, _, err = run("suggest", NEW, "--root", root, "--apply", "--yes")
    assert code == 2
    assert "is no entry of this digest" in err


BIB = """@article{leaf2024,
  author = {Leaf, A. B.}, title = {Beans under shade cloth}, year = {2024}, doi = {10.1000/GARDEN.99}%s
}
"""


@pytest.mark.usefixtures("trial")
def test_an_article_whose_abstract_the_digest_has_is_asked_of_nobody(root, run, world):
    (root / "bib/beans.bib").write_text(BIB % ", abstract = {Soil was kept moist.}", encoding="utf-8")
    code, out, err = run("suggest", f"https://doi.org/{NEW}", "--root", root, "--format", "json")
    assert (code, err, world.asked) == (0, "", [])
    assert {each["topic"] for each in json.loads(out)["topics"]} == {"shade", "soil"}


@pytest.mark.usefixtures("trial")
def test_an_article_of_the_digest_needs_no_network(root, run):
    (root / "bib/beans.bib").write_text(BIB % "", encoding="utf-8")
    code, out, err = run("suggest", NEW, "--root", root, "--offline")
    assert code == 0
    assert "shade" in out
    assert "going by the title in bib/ alone" in err

"""A retracted work says so on its entry, on every list and in every file to take away."""

import datetime

import pytest

from digest.export import iter_citation_files
from digest.model.status import Notice, NoticeKind, ReferenceStatus, Status
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Site, plan_site
from tests.builders import make_entry, make_library, make_reference, places

DAY = datetime.date(2026, 11, 22)
TEXT = "Words.\n\n## Practice implications\n\nDo this.\n"


def _site(*notices: Notice) -> Site:
    topic = Topic(id="soil", label="Soil", definition="What plants stand in.", path="t", places=places("t"))
    kind = ResearchType(
        id="trial", label="Trial", definition="In beds.", strength="It shows.", path="r", places=places("r")
    )
    entry = make_entry("mulch", text=TEXT, citations=("bloom",), topics=("soil",), research_types=("trial",))
    status = Status(references={"bloom": ReferenceStatus(asked={"crossref": DAY}, notices=notices)})
    library = make_library(
        entries=(entry,), references=(make_reference("bloom"),), topics=(topic,), research_types=(kind,), status=status
    )
    return plan_site(library, DAY)


RETRACTION = Notice(NoticeKind.RETRACTION, "2026-05-01", "10.1000/notice", sources=("publisher",))
LISTS = ("/", "/2023/01/", "/topics/soil/", "/topics/soil/trial/", "/research/trial/")


def _bodies(site: Site) -> dict[str, str]:
    return {page.address: page.body for page in site.pages}


def test_the_entry_has_a_banner_with_date_and_source() -> None:
    """Before its text."""
    body = _bodies(_site(RETRACTION))["/2023/01/mulch/"]
    banner, _, rest = body.partition("Words.")
    assert "<strong>Retracted.</strong>" in banner
    assert "2026-05-01" in banner
    assert 'href="https://doi.org/10.1000/notice"' in banner
    assert "Source: the publisher" in banner
    assert "No notice" not in rest


@pytest.mark.parametrize("address", LISTS)
def test_every_list_says_it_too(address: str) -> None:
    """Beside the title."""
    assert "Retracted" in _bodies(_site(RETRACTION))[address]
    assert "Retracted" not in _bodies(_site())[address]


def test_every_file_to_take_away_carries_the_notice() -> None:
    """BibTeX, RIS and CSL-JSON, of the entry and of each list."""
    files = list(iter_citation_files(_site(RETRACTION).links))
    assert len(files) == 15
    for file in files:
        assert "Retracted on 2026-05-01" in file.content.decode(), file.address


def test_without_a_notice_the_page_says_as_of_when() -> None:
    """Never that a work is not retracted."""
    body = _bodies(_site())["/2023/01/mulch/"]
    assert "No notice of a retraction or concern known as of 22 November 2026" in body
    assert "not retracted" not in body


def test_a_concern_and_a_correction_are_told_as_what_they_are() -> None:
    """Neither is a retraction."""
    concern = Notice(NoticeKind.CONCERN, "2025", sources=("publisher",))
    correction = Notice(NoticeKind.CORRECTION, doi="10.1000/erratum")
    body = _bodies(_site(concern, correction))["/2023/01/mulch/"]
    assert "Expression of concern" in body
    assert 'href="https://doi.org/10.1000/erratum"' in body
    assert "Retracted" not in body


def test_the_article_and_the_summary_are_cited_apart() -> None:
    """And only the article is offered to reference managers."""
    body = _bodies(_site())["/2023/01/mulch/"]
    assert body.count('class="Z3988"') == 1
    assert "rft.atitle=Title%20of%20bloom" in body
    assert body.index("Cite the article") < body.index("Cite this summary")

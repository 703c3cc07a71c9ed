"""`Services.find`: what `digest new` asks."""

import pytest

from digest.errors import DigestError, IdentifierUnclear, NetworkFault, ServiceRefused
from digest.fetch import CacheUse, read_addresses
from digest.model.status import NoticeKind, OpenAccess
from tests.fetch.fake import article, update, work


def test_crossref_comes_first_and_pubmed_completes_it(world, services):
    world.works["10.1000/garden.18"] = work("10.1000/garden.18", "Shade and water", 2021, volume="3")
    world.articles["11111111"] = article(
        "11111111",
        "Shade and water: a review.",
        doi="10.1000/garden.18",
        types=("Meta-Analysis",),
        mesh=("Water",),
        more="<Volume>99</Volume><Issue>2</Issue>",
    )
    world.copies["10.1000/garden.18"] = {"is_oa": True, "best_oa_location": {"url": "https://a.example.org/18"}}
    found = services.find("https://doi.org/10.1000/garden.18")
    assert found.reference.title == "Shade and water"
    assert (found.reference.volume, found.reference.issue) == ("3", "2")
    assert found.reference.abstract == "METHODS: We dug."
    assert found.reference.PMID == "11111111"
    assert found.reference.publication_types == ("Meta-Analysis",)
    assert found.reference.mesh == ("Water",)
    assert found.open_access == OpenAccess("https://a.example.org/18")
    assert found.sources == ("crossref", "pubmed", "unpaywall")
    assert found.faults == ()
    assert found.as_of is not None


def test_a_pmid_leads_to_crossref_by_its_doi(world, services):
    found = services.find("PMID 11111111")
    assert found.reference.title == "Shade and water"
    assert found.sources == ("crossref", "pubmed")


def test_what_pubmed_alone_knows_is_found(world, services):
    found = services.find("22222222")
    assert found.reference.title == "Sowing in spring"
    assert found.sources == ("pubmed",)


def test_what_crossref_alone_knows_is_found(world, services):
    found = services.find("10.1000/garden.17")
    assert found.sources == ("crossref",)
    assert found.reference.citation_key == "10.1000/garden.17"


def test_notices_of_both_are_one(world, services):
    world.works["10.1000/garden.18"] = work(
        "10.1000/garden.18", "Shade", 2021, **{"updated-by": [update("10.1000/notice", "retraction")]}
    )
    world.articles["11111111"] = article(
        "11111111",
        "Shade.",
        doi="10.1000/garden.18",
        types=("Retracted Publication",),
        corrections='<CommentsCorrections RefType="RetractionIn"><PMID>7</PMID></CommentsCorrections>',
    )
    (notice,) = services.find("10.1000/garden.18").notices
    assert notice.kind is NoticeKind.RETRACTION
    assert (notice.doi, notice.pmid, notice.sources) == ("10.1000/notice", "7", ("publisher", "pubmed"))


@pytest.mark.parametrize("identifier", ["10.1000/nobody.knows", "99999999"])
def test_what_nobody_knows_is_nothing(world, services, identifier):
    assert services.find(identifier) is None


def test_a_service_that_fails_costs_its_part_only(world, services):
    world.faults |= {"pubmed": "500", "unpaywall": "html"}
    found = services.find("10.1000/garden.18")
    assert found.sources == ("crossref",)
    assert [fault.message for fault in found.faults] == [
        "PubMed has a fault of its own (500)",
        "the answer of Unpaywall is text/html and not JSON",
    ]


def test_nothing_from_anybody_is_the_first_fault(world, services):
    world.faults |= {"crossref": "500", "pubmed": "html"}
    with pytest.raises(ServiceRefused, match="Crossref has a fault"):
        services.find("10.1000/garden.18")


def test_without_a_contact_unpaywall_is_not_asked(world, make_services):
    make_services(contact="").find("10.1000/garden.18")
    assert world.count("unpaywall") == 0


def test_offline_finds_what_was_found_before(world, services, make_services):
    before = services.find("10.1000/garden.18")
    world.faults |= {"crossref": "500", "pubmed": "500"}
    asked = len(world.asked)
    assert make_services(use=CacheUse.ONLY).find("10.1000/garden.18") == before
    with pytest.raises(NetworkFault, match="never asked"):
        make_services(use=CacheUse.ONLY).find("10.1000/garden.17")
    assert len(world.asked) == asked


def test_what_is_no_identifier_asks_nobody(world, services):
    with pytest.raises(IdentifierUnclear):
        services.find("mulch")
    assert world.asked == []


@pytest.mark.parametrize(
    "variable",
    [
        *("no json", "[]", '"x"', "1", "[" * 100_000, '{"crossref": 1}', '{"crossref": "http://api.crossref.org"}'),
        *('{"crossref": "https://127.0.0.1"}', '{"crossref": "http://localhost:1"}', '{"other": "http://127.0.0.1:1"}'),
        *(
            '{"crossref": "http://10.0.0.1"}',
            '{"crossref": "http://me@127.0.0.1"}',
            '{"crossref": "http://169.254.169.254"}',
        ),
    ],
)
def test_other_addresses_than_this_machines_are_refused(variable):
    with pytest.raises(DigestError, match="for tests only") as raised:
        read_addresses(variable)
    assert raised.value.todo


def test_addresses_of_this_machine_are_taken():
    assert read_addresses('{"crossref": "http://127.0.0.1:1234/crossref"}') == {
        "crossref": "http://127.0.0.1:1234/crossref"
    }
    assert read_addresses(None) == {}
    assert read_addresses("") == {}

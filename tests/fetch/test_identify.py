"""What an editor pastes is a DOI, a PMID, or an address with one in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import IdentifierUnclear
from digest.fetch import Identifier, parse_identifier
from digest.model.identifier import DOI


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1037/pst0000175", "10.1037/pst0000175"),
        (" doi:10.1037/pst0000175 ", "10.1037/pst0000175"),
        ("DOI: 10.1037/pst0000175", "10.1037/pst0000175"),
        ("https://doi.org/10.1002/wps.20701", "10.1002/wps.20701"),
        ("http://dx.doi.org/10.1002/wps.20701", "10.1002/wps.20701"),
        ("https://doi.org/10.1000%2Fgarden.17", "10.1000/garden.17"),
        ("https://doi.org/10.1000/garden.pdf", "10.1000/garden.pdf"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/wps.20701", "10.1002/wps.20701"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/wps.20701#section-1", "10.1002/wps.20701"),
        ("https://onlinelibrary.wiley.com/doi/epdf/10.1002/wps.20701", "10.1002/wps.20701"),
        (
            "https://www.tandfonline.com/doi/abs/10.1080/10503307.2020.1769219?journalCode=tpsr20",
            "10.1080/10503307.2020.1769219",
        ),
        ("https://link.springer.com/article/10.1007/s00406-020-01189-9", "10.1007/s00406-020-01189-9"),
        ("https://link.springer.com/content/pdf/10.1007/s00406-020-01189-9.pdf", "10.1007/s00406-020-01189-9"),
        ("https://www.frontiersin.org/articles/10.3389/fpsyg.2020.00001/full", "10.3389/fpsyg.2020.00001"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0122945&type=x",
            "10.1371/journal.pone.0122945",
        ),
        ("Swift, J. K. (2018). Preference. Journal, 74(11). https://doi.org/10.1002/jclp.22680.", "10.1002/jclp.22680"),
    ],
)
def test_a_doi_is_found(text, doi):
    assert parse_identifier(text) == Identifier(doi=doi)


@pytest.mark.parametrize(
    "text",
    [
        *("33721605", " PMID: 33721605", "pmid:33721605", "PMID33721605"),
        *("https://pubmed.ncbi.nlm.nih.gov/33721605/", "https://pubmed.ncbi.nlm.nih.gov/33721605/?from=x#y"),
        "https://www.ncbi.nlm.nih.gov/pubmed/33721605",
    ],
)
def test_a_pmid_is_found(text):
    assert parse_identifier(text) == Identifier(pmid="33721605")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' is neither a DOI nor a PMID"),
        ("mulch", "'mulch' is neither a DOI nor a PMID"),
        ("0123", "neither"),
        ("10.1", "neither"),
        ("https://psycnet.apa.org/record/2022-12345-001", "the address at 'psycnet.apa.org' holds neither"),
        ("https://evil.example.org/33721605/", "the address at 'evil.example.org' holds neither"),
        ("https://[::1", "is not an address"),
        ("x" * 500, "x…'"),
    ],
)
def test_anything_else_is_a_sentence_with_what_to_do(text, said):
    with pytest.raises(IdentifierUnclear) as raised:
        parse_identifier(text)
    assert said in raised.value.message
    assert raised.value.todo
    assert raised.value.exit_code == 2


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: f"https://a.example.org/{text}"))
def test_whatever_is_pasted_gives_one_of_the_two_or_a_sentence(text):
    try:
        found = parse_identifier(text)
    except IdentifierUnclear:
        return
    assert bool(found.doi) != bool(found.pmid)
    assert not found.doi or DOI.search(found.doi)

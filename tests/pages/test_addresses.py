"""Links are written from the root and made relative at the end."""

import pytest

from digest.pages.addresses import folder_of, from_root, link, relativise


@pytest.mark.parametrize(
    ("address", "target", "expected"),
    [
        ("/", "/", "./"),
        ("/", "/topics/", "topics/"),
        ("/topics/", "/", "../"),
        ("/2023/01/slug/", "/topics/a/#x", "../../../topics/a/#x"),
        ("/2023/01/slug/", "/2023/01/slug/figure.png", "../../../2023/01/slug/figure.png"),
    ],
)
def test_a_link_leads_from_its_page_to_the_root_and_down(address: str, target: str, expected: str) -> None:
    """A site may live in a folder of its host."""
    assert relativise(f'<a href="{from_root(target)}">', address) == f'<a href="{expected}">'


def test_addresses_elsewhere_stay_as_they_are() -> None:
    """And are escaped."""
    assert link('https://example.org/?a=1&b="') == "https://example.org/?a=1&amp;b=&#34;"


def test_text_that_looks_like_a_link_is_left_alone() -> None:
    """Only what the program marked is changed."""
    text = '<code>href="/topics/"</code>'
    assert relativise(text, "/2023/01/") == text


@pytest.mark.parametrize(
    ("site_url", "folder"),
    [
        ("https://example.org/", "/"),
        ("https://example.org/reading/digest/", "/reading/digest/"),
        ("", "/"),
        ("https://[broken/", "/"),
        ('https://example.org/"><script>/', "/%22%3E%3Cscript%3E/"),
    ],
)
def test_the_folder_of_a_site_is_fit_for_an_attribute(site_url, folder):
    assert folder_of(site_url) == folder

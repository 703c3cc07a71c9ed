"""Works cited, in the words of schema.org: what an entry is about, and what it cites."""

from digest.cite.csl_json import date_text
from digest.cite.links import find_address
from digest.link.standing import Standing
from digest.model.identifier import bare_doi
from digest.model.reference import Name, Reference
from digest.pages.addresses import is_web_address
from digest.pages.linked_data import Node

ARTICLES = {"article-journal", "paper-conference", "article", "review", "review-book"}
TYPES = {
    **dict.fromkeys(ARTICLES, "ScholarlyArticle"),
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "entry-dictionary": "Article",
    "entry-encyclopedia": "Article",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""CSL's types of works and schema.org's; whatever else there is, is a `CreativeWork`."""
PAGINATED = {"ScholarlyArticle", "Article", "NewsArticle", "BlogPosting", "Chapter", "Report"}
"""Types that schema.org gives page numbers."""


def work_data(reference: Reference, standing: Standing) -> Node:
    """One work. A work that was retracted says so."""
    kind, address = TYPES.get(reference.type, "CreativeWork"), find_address(reference)
    doi = bare_doi(reference.DOI)
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": reference.title or reference.original_title,
        "author": [_name(name) for name in reference.author],
        "editor": [_name(name) for name in reference.editor if not name.literal],  # schema.org: persons only
        "datePublished": date_text(reference.issued),
        "isPartOf": _container(reference),
        "pagination": reference.page if kind in PAGINATED else "",
        "publisher": {"@type": "Organization", "name": reference.publisher},
        "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": doi} if doi else None,
        "sameAs": f"https://pubmed.ncbi.nlm.nih.gov/{reference.PMID}/" if reference.PMID.isdecimal() else "",
        "inLanguage": reference.language,
        "license": reference.licence if is_web_address(reference.licence) else "",
        "creativeWorkStatus": standing.label or reference.status,
    }


def _name(name: Name) -> Node:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    family = f"{name.non_dropping_particle} {name.family}".strip()
    parts = (name.given, family, name.suffix)
    return {
        "@type": "Person",
        "name": " ".join(part for part in parts if part),
        "givenName": name.given,
        "familyName": family,
        "honorificSuffix": name.suffix,
    }


def _container(reference: Reference) -> Node | None:
    """Issue in volume in journal, as schema.org nests them; or the book of a chapter."""
    if not reference.container_title:
        return None
    if reference.type == "chapter":
        return {"@type": "Book", "name": reference.container_title, "isbn": reference.ISBN}
    if reference.type not in ARTICLES:
        return {"@type": "CreativeWork", "name": reference.container_title}
    node: Node = {"@type": "Periodical", "name": reference.container_title, "issn": reference.ISSN}
    if reference.volume:
        node = {"@type": "PublicationVolume", "volumeNumber": reference.volume, "isPartOf": node}
    if reference.issue:
        node = {"@type": "PublicationIssue", "issueNumber": reference.issue, "isPartOf": node}
    return node

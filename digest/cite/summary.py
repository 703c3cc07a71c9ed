"""A summary of the digest as a work of its own: what "cite this summary" cites, never to be mixed with the article."""

from digest.model.configuration import Configuration
from digest.model.entry import Entry
from digest.model.reference import DateParts, Name, Reference


def summary_reference(entry: Entry, configuration: Configuration) -> Reference:
    """The entry as a post on the digest's site, by the digest's authors, of its month (or its day, if it has one)."""
    year, month = (int(part) for part in entry.edition.split("-"))
    authors = entry.authors or configuration.digest.authors
    return Reference(
        citation_key=f"digest-{entry.edition}-{entry.slug}",
        type="post-weblog",
        title=entry.title,
        author=tuple(Name(literal=author) for author in authors),
        issued=DateParts(year, month, entry.date.day if entry.date else None),
        container_title="" if tuple(authors) == (configuration.title,) else configuration.title,
        URL=configuration.site.site_url.rstrip("/") + entry.permalink if configuration.site.site_url else "",
        path=entry.path,
        places=entry.places,
    )

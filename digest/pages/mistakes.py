"""How a reader reports a mistake: an e-mail that already says which page it is about."""

from digest.model.configuration import Configuration
from digest.model.entry import Entry
from digest.pages.abroad import absolute
from digest.pages.addresses import mail_link


def report_link(configuration: Configuration, entry: Entry | None = None) -> str:
    """A `mailto:` link to the configured contact; nothing where there is none."""
    contact = configuration.digest.contact
    if entry is None:
        return mail_link(contact, f"A mistake in {configuration.title}")
    page = absolute(entry.permalink, configuration.site.site_url)
    return mail_link(contact, f"A mistake in: {entry.title}", f"{page}\n\nWhat is wrong, and where it says so:\n")
